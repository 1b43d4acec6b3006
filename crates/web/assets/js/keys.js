// Single keys, outside fields only and never when switched off. Any element may take a key (data-key="g i");
// the table is what the desk's own parts answer to. Always event.key: French layouts.
import Part from "js/part"

const field = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]"
const kind = (name) => `.compose [data-kind="${name}"]`
const home = {
  "g i": 'a[href="/inbox/mine"]', "g u": 'a[href="/inbox/unassigned"]', "g k": 'a[href="/kb"]', "g t": 'a[href="/team"]', c: 'a[href^="/tickets/new"]',
  "/": "[type=search], .find", r: kind("reply"), n: kind("note"), l: kind("call"), L: kind("visit"),
  u: 'a[href="#list"]', Escape: 'a[href="#list"]', f: 'a[href="#facts"]', z: ".toast button", "?": "[data-opens=keys]",
}

export default class extends Part {
  connect() {
    this.on(document, "keydown", (event) => this.press(event))
    this.on(document, "click", (event) => event.target.closest("[data-palette]") && !event.ctrlKey && !event.metaKey && this.find(event))
  }

  async find(event) {
    event.preventDefault()
    const { palette } = await import("js/late")
    palette.open()
  }

  // What a person has changed: from the usual key to his own.
  get map() {
    return JSON.parse(document.body.dataset.keymap || "{}")
  }

  // The usual key for the one that was pressed; nothing for a key that was moved away.
  usual(keys) {
    const { map } = this
    return Object.keys(map).find((usual) => map[usual] === keys) ?? (keys in map ? undefined : keys)
  }

  press(event) {
    if ((event.ctrlKey || event.metaKey) && event.key === "k") return this.find(event)
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    if (document.body.dataset.keys === "off" || event.target.closest(field)) return
    if (event.key === "Shift" || document.querySelector("dialog[open], :popover-open")) return
    const keys = this.first ? `${this.first} ${event.key}` : event.key
    this.first = undefined
    this.cancel()
    const usual = this.usual(keys)
    if (this.begins(keys)) this.wait(keys)
    else if (usual && (this.walk(usual, event) || this.use(usual))) event.preventDefault()
  }

  begins(key) {
    return [...Object.keys(home), ...Object.values(this.map)].some((keys) => keys.startsWith(`${key} `) && this.usual(keys))
  }

  // A key that begins a pair waits for the second.
  wait(key) {
    this.first = key
    this.after(800, () => (this.first = undefined))
  }

  // The message after the one that stands on top, or the one before it.
  message(step) {
    const talk = document.querySelector(".talk")
    const top = ({ offsetTop }) => offsetTop - talk.offsetTop - talk.scrollTop
    const all = [...(talk?.querySelectorAll(".msg") ?? [])]
    const next = step > 0 ? all.find((one) => top(one) > 20) : all.findLast((one) => top(one) < -20)
    next?.scrollIntoView({ block: "start" })
  }

  walk(key, { shiftKey, target }) {
    const element = document.querySelector('[data-controller~="list"]')
    const list = element && this.application.getControllerForElementAndIdentifier(element, "list")
    const steps = {
      j: () => list.move(1, shiftKey), k: () => list.move(-1, shiftKey), o: () => list.open(), x: () => list.tick(),
      Enter: target === document.body && (() => list.open()),
    }
    const talk = { ",": () => this.message(-1), ".": () => this.message(1) }
    const step = talk[key] ?? (list && (steps[key] || steps[shiftKey && key.toLowerCase()]))
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
