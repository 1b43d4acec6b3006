// Single keys, outside fields only and never when switched off. Any element may take a key (data-key="g i");
// the table is what the desk's own parts answer to. Always event.key: French layouts.
import Part from "js/part"

const field = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]"
const kind = (name) => `.compose [data-kind="${name}"]`
const home = {
  "g i": 'a[href="/inbox/mine"]', "g u": 'a[href="/inbox/unassigned"]', c: 'a[href^="/tickets/new"]',
  "/": "[type=search], .find", r: kind("reply"), n: kind("note"), l: kind("call"), L: kind("visit"),
  u: 'a[href="#list"]', Escape: 'a[href="#list"]', f: 'a[href="#facts"]', z: ".toast button", "?": "[data-opens=keys]",
}

export default class extends Part {
  connect() {
    this.on(document, "keydown", (event) => this.press(event))
  }

  press(event) {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    if (document.body.dataset.keys === "off" || event.target.closest(field)) return
    if (event.key === "Shift" || document.querySelector("dialog[open], :popover-open")) return
    const keys = this.first ? `${this.first} ${event.key}` : event.key
    this.first = undefined
    this.cancel()
    if (keys === "g" || keys === "a") this.wait(keys)
    else if (this.walk(keys, event) || this.use(keys)) event.preventDefault()
  }

  // g and a begin a pair; alone, they act when no second key follows.
  wait(key) {
    this.first = key
    this.after(800, () => {
      this.first = undefined
      this.use(key)
    })
  }

  walk(key, { shiftKey, target }) {
    const element = document.querySelector('[data-controller~="list"]')
    const list = element && this.application.getControllerForElementAndIdentifier(element, "list")
    const steps = {
      j: () => list.move(1, shiftKey), k: () => list.move(-1, shiftKey), o: () => list.open(), x: () => list.tick(),
      Enter: target === document.body && (() => list.open()),
    }
    const step = list && (steps[key] || steps[shiftKey && key.toLowerCase()])
    step?.()
    return Boolean(step)
  }

  use(keys) {
    const named = document.querySelectorAll(`[data-key="${CSS.escape(keys)}"]`)
    const known = home[keys] ? document.querySelectorAll(home[keys]) : []
    const element = [...named, ...known].find((one) => one.checkVisibility())
    if (element?.matches(field)) element.focus()
    else element?.click()
    return Boolean(element)
  }
}
