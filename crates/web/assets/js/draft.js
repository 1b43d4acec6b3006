// Nothing typed is ever lost: words stay on this device 300 ms after a pause, come back with the page and go
// when they were sent. The key names person and ticket; each kind (reply, note …) keeps its own.
import Part from "js/part"

const texts = "textarea[name], input[type=text][name], input:not([type])[name]"

export default class extends Part {
  static values = { key: String }

  connect() {
    this.home = this.kind
    this.on(this.element, "input", () => ((this.sent = undefined), this.after(300, () => this.save())))
    this.on(this.element, "compose:leave turbo:submit-start", () => this.save())
    this.on(this.element, "compose:enter", () => this.load(true))
    this.on(this.element, "turbo:submit-end", ({ detail }) => this.arrived(detail) && this.forget())
    this.on(document, "turbo:morph", () => this.load())
    this.on(window, "pagehide", () => this.save())
    this.load()
  }

  left() {
    if (this.timer) this.save()
  }

  get kind() {
    return this.element.dataset.kind ?? ""
  }

  get name() {
    return `draft:${this.keyValue}:${this.kind}`
  }

  get fields() {
    return [...this.element.querySelectorAll(texts)]
  }

  get stored() {
    try {
      return JSON.parse(localStorage.getItem(this.name)) ?? {}
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
    const worth = (field) => field.value.trim() && (field.value !== this.given(field) || field.value === old[field.name])
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
  }

  // A session that has ended answers with the page to sign in: that is no arrival.
  arrived({ success, fetchResponse }) {
    return success && !new URL(fetchResponse.response.url, location).pathname.endsWith("/sign-in")
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
