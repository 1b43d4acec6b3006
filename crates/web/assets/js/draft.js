// Nothing typed is ever lost: words are kept on this device 300 ms after a pause, come back when the page
// does, and go when they were sent. The key names person and ticket; the kind (reply, note …) keeps its own.
import { Controller } from "vendor/stimulus"

const PAUSE = 300

export default class extends Controller {
  static values = { key: String }

  connect() {
    this.stop = new AbortController()
    const { signal } = this.stop
    const on = (target, event, run) => target.addEventListener(event, run, { signal })
    on(this.element, "input", () => this.later())
    on(this.element, "compose:leave", () => this.save())
    on(this.element, "compose:enter", () => this.load(true))
    on(this.element, "turbo:submit-start", () => ((this.sent = this.name), this.save()))
    on(this.element, "turbo:submit-end", ({ detail }) => detail.success && this.forget())
    on(document, "turbo:morph", () => this.load())
    on(window, "pagehide", () => this.save())
    this.load()
  }

  disconnect() {
    if (this.timer) this.save()
    this.stop.abort()
  }

  get name() {
    return `draft:${this.keyValue}:${this.element.dataset.kind ?? ""}`
  }

  get stored() {
    try {
      return JSON.parse(localStorage.getItem(this.name)) ?? {}
    } catch {
      return {}
    }
  }

  get fields() {
    return [...this.element.querySelectorAll("textarea[name], input[type=text][name], input:not([type])[name]")]
  }

  later() {
    this.clean = false
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), PAUSE)
  }

  save() {
    clearTimeout(this.timer)
    this.timer = undefined
    if (this.clean) return
    // A form that came back with a fault holds the words as its default: what is stored stays stored.
    const old = this.stored
    const worth = ({ name, value, defaultValue }) => value.trim() && (value !== defaultValue || value === old[name])
    const words = Object.fromEntries(this.fields.filter(worth).map((field) => [field.name, field.value]))
    const any = Object.keys(words).length > 0
    try {
      if (any) localStorage.setItem(this.name, JSON.stringify(words))
      else localStorage.removeItem(this.name)
      this.say(any)
    } catch {
      this.say(false) // the device keeps nothing (private window, full): the words stay on the page
    }
  }

  // With `swap` the fields become this kind's own words, or empty; without, only untouched fields are filled.
  load(swap = false) {
    if (swap) this.clean = false
    const words = this.stored
    for (const field of this.fields) {
      const text = words[field.name] ?? (swap ? field.defaultValue : undefined)
      if (text === undefined || text === field.value) continue
      if (!swap && field.value !== field.defaultValue) continue
      field.value = text
      field.toggleAttribute("data-dirty", text !== field.defaultValue)
    }
    this.say(Object.keys(words).length > 0)
  }

  forget() {
    clearTimeout(this.timer)
    this.timer = undefined
    this.clean = true // the words still on the page were sent: they are no draft
    localStorage.removeItem(this.sent ?? this.name)
    this.say(false)
  }

  say(kept) {
    const place = this.element.querySelector('[data-slot="kept"]')
    if (place) place.hidden = !kept
  }
}
