// Nothing typed is ever lost: words stay on this device 300 ms after a pause, come back with the page and go
// when they were sent. The key names person and ticket; each kind (reply, note …) keeps its own.
import Part from "js/part"

const texts = "textarea[name], input[type=text][name], input:not([type])[name]"

export default class extends Part {
  static values = { key: String }

  connect() {
    this.first = this.kind
    this.on(this.element, "input", () => ((this.sent = undefined), this.after(300, () => this.save())))
    this.on(this.element, "compose:leave turbo:submit-start", () => this.save())
    this.on(this.element, "compose:enter", () => this.load(true))
    this.on(this.element, "turbo:submit-end", ({ detail }) => this.arrived(detail) && this.forget())
    this.on(this.element, "turbo:before-morph-element", (event) => this.beside(event))
    this.on(document, "turbo:morph", () => this.load())
    this.on(window, "pagehide", () => this.save())
    this.load()
  }

  left() {
    if (this.timer) this.save()
  }

  // The kind the server wrote the form for.
  get home() {
    return this.element.dataset.home ?? this.first
  }

  get kind() {
    return this.element.dataset.kind ?? ""
  }

  get name() {
    return this.nameOf(this.kind)
  }

  nameOf(kind) {
    return `draft:${this.keyValue}:${kind}`
  }

  get fields() {
    return [...this.element.querySelectorAll(texts)]
  }

  get stored() {
    return this.storedAs(this.name)
  }

  storedAs(name) {
    try {
      return JSON.parse(localStorage.getItem(name)) ?? {}
    } catch {
      return {}
    }
  }

  // What the server wrote into a field belongs to the kind it wrote it for.
  given(field) {
    return this.kind === this.home ? field.defaultValue : ""
  }

  save() {
    this.cancel()
    if (this.sent === this.name) return
    // A form that came back holds the words as given: what is stored stays stored.
    const old = this.stored
    const own = (field) => field.value !== this.given(field) || field.value === old[field.name]
    const worth = (field) => field.value.trim() && (own(field) || this.element.dataset.returned)
    const words = Object.fromEntries(this.fields.filter(worth).map(({ name, value }) => [name, value]))
    const any = Object.keys(words).length > 0
    try {
      if (any) localStorage.setItem(this.name, JSON.stringify(words))
      else localStorage.removeItem(this.name)
      this.say(any)
    } catch {
      this.say(false) // the device keeps nothing: the words stay on the page
    }
  }

  // With `swap` the fields become this kind's own words; else only untouched fields fill.
  load(swap) {
    const words = this.stored
    for (const field of this.fields) {
      if (!swap && (field.value !== this.given(field) || !(field.name in words))) continue
      field.value = words[field.name] ?? this.given(field)
      field.toggleAttribute("data-dirty", field.value !== field.defaultValue)
    }
    this.say(Object.keys(words).length > 0)
    this.welcome()
  }

  // Words that an undo brought back are a draft again.
  welcome() {
    const { returned } = this.element.dataset
    if (!returned || returned === this.back) return
    this.back = returned
    this.sent = undefined
    this.save()
  }

  // They come beside what was typed meanwhile, which keeps the form as it is: above it, or into their own kind.
  beside({ target, detail: { newElement } }) {
    const { returned, kind } = newElement?.dataset ?? {}
    const work = "[data-dirty]"
    if (target !== this.element || !returned || returned === this.element.dataset.returned) return
    if (!target.matches(work) && !target.querySelector(work)) return
    target.dataset.returned = returned
    const { name, value } = newElement.querySelector("textarea")
    const under = (words) => [value, words].filter(Boolean).join("\n\n")
    if (kind === this.kind) {
      const field = target.querySelector("textarea")
      field.value = under(field.value)
      return
    }
    const words = this.storedAs(this.nameOf(kind))
    localStorage.setItem(this.nameOf(kind), JSON.stringify({ ...words, [name]: under(words[name]) }))
  }

  // The words still on the page were sent: no draft any more.
  forget() {
    this.cancel()
    this.sent = this.name
    localStorage.removeItem(this.name)
    this.say(false)
  }

  say(kept) {
    const place = this.element.querySelector('[data-slot="kept"]')
    if (place) place.hidden = !kept
  }
}
