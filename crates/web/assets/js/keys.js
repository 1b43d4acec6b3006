// Single keys, outside fields only and never when switched off (<body data-keys="off">).
// A page may give any button or link a key with data-key="e" or data-key="g i"; the table below is
// what the desk's own parts answer to. Always event.key, so that French layouts work.
import { Controller } from "vendor/stimulus"

const field = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]"
const home = {
  "g i": 'a[href="/inbox/mine"]', "g u": 'a[href="/inbox/unassigned"]', c: 'a[href^="/tickets/new"]',
  "/": '[type="search"], .find', r: '.compose [data-kind="reply"]', n: '.compose [data-kind="note"]',
  l: '.compose [data-kind="call"]', L: '.compose [data-kind="visit"]', u: 'a[href="#list"]',
  Escape: 'a[href="#list"]', f: 'a[href="#facts"]', z: ".toast button", "?": '[data-opens="keys"]',
}

export default class extends Controller {
  connect() {
    this.press = this.press.bind(this)
    document.addEventListener("keydown", this.press)
  }

  disconnect() {
    document.removeEventListener("keydown", this.press)
  }

  press(event) {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    if (document.body.dataset.keys === "off" || event.target.closest?.(field)) return
    if (document.querySelector("dialog[open], :popover-open")) return
    const keys = this.first ? `${this.first} ${event.key}` : event.key
    this.first = undefined
    clearTimeout(this.timer)
    if (keys === "g" || keys === "a") this.wait(keys)
    else if (this.walk(keys, event) || this.use(keys)) event.preventDefault()
  }

  // g and a begin a pair; alone, they act when no second key follows.
  wait(key) {
    this.first = key
    this.timer = setTimeout(() => {
      this.first = undefined
      this.use(key)
    }, 800)
  }

  walk(key, event) {
    const element = document.querySelector('[data-controller~="list"]')
    const list = element && this.application.getControllerForElementAndIdentifier(element, "list")
    if (!list) return false
    const low = key.toLowerCase()
    if (low === "j") list.move(1, event.shiftKey)
    else if (low === "k") list.move(-1, event.shiftKey)
    else if (key === "o") list.open()
    else if (key === "x") list.tick()
    else if (key === "Enter" && event.target === document.body) list.open()
    else return false
    return true
  }

  use(keys) {
    const quoted = keys.replace(/["\\]/g, "\\$&")
    const named = document.querySelectorAll(`[data-key="${quoted}"]`)
    const known = home[keys] ? document.querySelectorAll(home[keys]) : []
    const element = [...named, ...known].find((one) => one.checkVisibility())
    if (!element) return false
    if (element.matches(field)) element.focus()
    else element.click()
    return true
  }
}
