// Nothing typed is ever lost: words stay on this device 300 ms after a pause, come back with the page and go
// when they were sent. The key names person and ticket; each kind (reply, note …) keeps its own.
import Part from "js/part"

const texts = "textarea[name], input[type=text][name], input[type=number][name], input:not([type])[name]"

export default class extends Part {
  static values = { key: String, url: String }

  // One of each kind.
  telling = {}
  keys = {}
  tried = {}
  // What this page last knew to be kept.
  known = {}

  connect() {
    this.first = this.kind
    this.on(this.element, "input", () => ((this.sent = undefined), this.after(300, () => this.save())))
    this.on(this.element, "compose:leave", () => this.leave())
    this.on(this.element, "turbo:submit-start", () => (this.save(), this.hush()))
    this.on(this.element, "formdata", ({ formData }) => formData.set("once", this.attempt()))
    this.on(this.element, "outbox:took", () => this.took())
    this.on(this.element, "compose:enter", () => this.load(true))
    this.on(this.element, "turbo:submit-end", ({ detail }) => (this.arrived(detail) ? this.forget() : this.soon()))
    this.on(this.element, "turbo:before-morph-element", (event) => this.beside(event))
    this.on(document, "turbo:morph", () => this.load())
    this.on(window, "pagehide", () => this.leave())
    this.load()
  }

  // The ticket was merged while its page stood: what this device keeps for it goes along, never to another person.
  keyValueChanged(now, before) {
    const [me] = now.split(":")
    if (!before?.startsWith(`${me}:`) || now === before) return
    for (const name of Object.keys(localStorage).filter((one) => one.startsWith(`draft:${before}:`))) {
      const words = this.storedAs(name)
      const to = name.replace(before, now)
      const there = this.storedAs(to)
      const beside = [...new Set([there.other, words.body, words.other])].filter((one) => one && one !== there.body).join("\n\n")
      this.put(there.body ? { ...there, other: beside } : words, to)
      this.put(undefined, name)
    }
    this.load()
  }

  left() {
    if (this.timer || this.slow) this.leave()
  }

  leave() {
    this.save()
    if (this.slow) this.tell()
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
    const other = this.aside(old, words)
    try {
      if (this.fields.some(({ name }) => words[name] !== old[name])) {
        this.put(any || other ? { ...words, other, at: Date.now() } : undefined)
        this.soon()
      }
      this.say(any)
    } catch {
      this.say(false) // the device keeps nothing: the words stay on the page
    }
  }

  // What another page of this browser has written meanwhile stays as the other version.
  aside({ body, other }, words) {
    if (!body || body === this.known[this.name] || body === words.body) return other
    const older = other && ![body, words.body].some((later) => later?.startsWith(other))
    return older ? `${other}\n\n${body}` : body
  }

  put(words, name = this.name) {
    this.known[name] = words?.body
    if (words) localStorage.setItem(name, JSON.stringify(words))
    else localStorage.removeItem(name)
  }

  // What these words are said under: a draft of them that comes late is not kept, and what arrives twice is said once.
  get key() {
    return (this.keys[this.name] ??= [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(36)).join("-"))
  }

  // Other words than were tried before are another thing to say.
  attempt() {
    const words = JSON.stringify(this.fields.map(({ value }) => value))
    if (words !== (this.tried[this.name] ?? words)) delete this.keys[this.name]
    this.tried[this.name] = words
    return this.key
  }

  // They wait for the network elsewhere, with all that was typed beside them.
  took() {
    this.forget()
    for (const field of this.element.querySelectorAll(`${texts}, [name=until]`)) field.value = ""
    for (const field of [this.element, ...this.element.elements]) field.removeAttribute("data-dirty")
  }

  // Whose words they are, whoever is signed in by now.
  get by() {
    return this.keyValue.split(":")[0]
  }

  soon() {
    this.hush()
    this.slow = this.urlValue && setTimeout(() => this.tell(), 1700)
  }

  hush() {
    clearTimeout(this.slow)
    this.slow = undefined
    this.telling[this.kind]?.abort()
  }

  // The desk answers when it kept them, by its own clock. Without network or session the device's copy stays as it is.
  async tell() {
    this.hush()
    const { name, kind, stored: { body = "", kept } } = this
    if (kept) return
    const { signal } = (this.telling[kind] = new AbortController())
    const sent = { method: "POST", body: new URLSearchParams({ kind, body, once: this.key, by: this.by }), keepalive: body.length < 2e4, signal }
    const at = Number(await fetch(this.urlValue, sent).then((answer) => answer.text()).catch(() => 0))
    const now = this.storedAs(name)
    if (at && body && now.body === body) this.put({ ...now, at, kept: true }, name)
  }

  // Of what the device and the desk keep, the later; the desk's is looked at once, as the page brought it.
  later() {
    const { stored: here, element, kind } = this
    const { body = "", at = 0, kept } = here
    const page = element.querySelector(`[data-draft-at][data-kind="${kind}"]`)?.dataset
    if (!page) return here
    const { draft, draftAt } = page
    delete page.draftAt
    if (draft === body || this.waits(draft)) return here
    // What was kept there and is gone was sent from elsewhere. Words an undo brought back are later than any.
    const theirs = !element.dataset.returned && (draftAt > at || (kept && !draft))
    // A version that still waits to be looked at stays, above the one that joins it.
    const beside = (words, now) => [...new Set([here.other, words])].filter((one) => one && one !== now).join("\n\n")
    if (theirs) this.put({ ...here, body: draft || undefined, at: +draftAt, kept: true, other: beside(body, draft) })
    else this.put({ ...here, other: beside(draft, body) })
    return this.stored
  }

  // Said already, as far as the writer is concerned.
  waits(words) {
    return words && localStorage.getItem(`outbox:${this.by}`)?.includes(JSON.stringify(words))
  }

  // The other version comes in, this one is kept in its place.
  swap() {
    const field = this.element.querySelector("textarea")
    const { stored } = this
    this.put({ ...stored, body: stored.other, other: field.value, at: Date.now(), kept: false })
    this.load(true)
    this.soon()
    field.focus()
  }

  // With `swap` the fields become this kind's own words; else only untouched fields fill.
  load(swap) {
    const words = this.later()
    this.known[this.name] = words.body
    for (const field of this.fields) {
      if (!swap && (field.value !== this.given(field) || !(field.name in words))) continue
      field.value = words[field.name] ?? this.given(field)
      field.toggleAttribute("data-dirty", field.value !== field.defaultValue)
    }
    this.say(this.fields.some(({ name }) => words[name]))
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
    this.put({ ...words, [name]: under(words[name]), at: Date.now(), kept: false }, this.nameOf(kind))
  }

  // The words still on the page were sent: no draft any more.
  forget() {
    this.cancel()
    this.hush()
    this.sent = this.name
    delete this.keys[this.name]
    delete this.tried[this.name]
    this.put()
    this.say(false)
  }

  say(kept) {
    for (const [slot, shown] of Object.entries({ kept, earlier: this.stored.other })) {
      const place = this.element.querySelector(`[data-slot="${slot}"]`)
      if (place) place.hidden = !shown
    }
  }
}
