// What could not leave for want of a network waits on this device under its writer's number, and no other person's page
// looks at it. Notes, calls and visits leave by themselves, in order, once each under their key; a reply waits for a tap.
// Files are not kept: such a form stays as it is, its words a draft.
import Part from "js/part"
import { visit } from "vendor/turbo"

// Shorter than the desk keeps the keys: what waits for longer is only looked at, for it might be said twice.
const LONGEST = 30 * 24 * 3600_000
const [SOON, LATE] = [10_000, 120_000]
const busy = (status) => status === 412 || status === 429 || status >= 500
// Nobody reads what a waiting entry was answered with.
const ahead = { accept: "text/html", "x-sec-purpose": "prefetch" }

export default class extends Part {
  pause = SOON
  // Before then the desk asked not to be asked.
  next = 0

  connect() {
    this.on(document, "turbo:fetch-request-error", ({ target, detail }) => this.take(target, detail.request))
    this.on(this.element, "turbo:before-morph-element", (event) => event.target.dataset.waits && event.preventDefault())
    this.on(document, "turbo:morph", () => (this.show(), this.flush()))
    this.on(document, "live:open visibilitychange", () => this.flush())
    this.on(window, "online", () => this.flush())
    this.on(window, "storage", ({ key }) => key === this.name && this.show())
    this.on(this.element, "click", ({ target }) => this.tapped(target.closest("[data-do]")))
    this.show()
    this.flush()
  }

  // A live update may have made this the page of somebody else.
  get name() {
    return `outbox:${document.body.dataset.me}`
  }

  get all() {
    return JSON.parse(localStorage.getItem(this.name)) ?? []
  }

  put(all, name = this.name) {
    if (all.length) localStorage.setItem(name, JSON.stringify(all))
    else localStorage.removeItem(name)
    this.show()
  }

  // The entry changed, or gone.
  become({ key }, ...now) {
    this.put(this.all.flatMap((one) => (one.key === key ? now : [one])))
  }

  take(form, { url, body }) {
    if (!form.matches(".compose")) return
    const fields = [...body]
    const { once: key, by } = Object.fromEntries(fields)
    if (fields.some(([, value]) => value.size > 0) || !this.name.endsWith(`:${by}`)) return
    // The button may have another address than its form: what is written there counts.
    const [, number, verb] = url.pathname.match(/(\d+)\/(\w+)$/)
    const kind = verb === "replies" ? "reply" : verb.slice(0, -1)
    const words = fields.filter(([, value]) => typeof value === "string")
    const one = { key, kind, number, url: url.pathname, words, at: Date.now() }
    try {
      if (!this.all.some((other) => other.key === key)) this.put([...this.all, one])
    } catch {
      return // the device is full: the words stay on the page
    }
    form.dispatchEvent(new Event("outbox:took"))
    this.later()
  }

  isHeld({ at, why }) {
    return why || !(Date.now() - at < LONGEST)
  }

  get ready() {
    return this.all.filter((one) => one.kind !== "reply" && !this.isHeld(one))
  }

  // One tab at a time; where there are no locks, the keys see to it that nothing is said twice.
  async flush() {
    if (this.sending || Date.now() < this.next || !this.ready.length) return this.later()
    this.sending = true
    const all = () => this.sendAll()
    await (navigator.locks ? navigator.locks.request("firstline-outbox", all) : all())
    this.sending = false
    this.later()
  }

  // Not every way back is told: it is tried again, more and more seldom.
  later() {
    if (this.timer || !this.leaving || !this.ready.length) return
    this.after(Math.max(this.pause, this.next - Date.now()), () => this.flush())
    this.pause = Math.min(2 * this.pause, LATE)
  }

  async sendAll() {
    for (const one of this.ready) {
      if (!(await this.send(one))) return
      this.pause = SOON
    }
  }

  // False when it is to be tried again later: no network, no session (or another person's), a desk that cannot now.
  // Only an address that says so tells that it was taken.
  async send(one, tapped) {
    const { name } = this
    const body = new FormData()
    for (const [field, value] of one.words) body.append(field, value)
    const answer = await fetch(one.url, { method: "POST", body, headers: ahead }).catch(() => {})
    const wait = answer?.headers.get("retry-after")
    if (wait) this.next = Date.now() + 1000 * wait
    // Another person's page by now: its writer's sends it again, under the same key.
    if (!answer || busy(answer.status) || name !== this.name) return false
    const done = new URL(answer.url).searchParams
    if (answer.ok && !done.has("done")) return false
    const shown = await answer.text().then((text) => new DOMParser().parseFromString(text, "text/html")).catch(() => {})
    if (answer.ok) this.said(one, done.has("left") && shown?.querySelector("#left"))
    else this.refused(one, answer, shown, tapped)
    document.dispatchEvent(new Event("live:ask"))
    return true
  }

  // What could not be done with it is told until somebody has looked.
  said(one, left) {
    if (left) this.become(one, { ...one, words: [], why: left.textContent.trim() })
    else this.become(one)
    this.renew(one)
  }

  // It stays, with the reason, and with the ticket it belongs to now: the one it was meant for may be merged.
  refused(one, { status }, shown, tapped) {
    const form = shown?.querySelector("#compose")
    const [, number = one.number] = form?.dataset.draftKeyValue.split(":") ?? []
    const why = (shown?.querySelector("#refused li") ?? shown?.querySelector("p"))?.textContent.trim() || status
    const now = { ...one, number, why, gone: !form }
    this.become(one, now)
    if (tapped && form) this.back(now)
  }

  // The page that is kept of its ticket shows it too.
  async renew({ number }) {
    const path = `/tickets/${number}`
    if (await window.caches?.match(path)) await fetch(path, { headers: { ...ahead, "x-keep": "1" } }).catch(() => {})
  }

  // Its words are a draft again, before they are gone here.
  back(one) {
    const name = `draft:${this.name.slice(7)}:${one.number}:${one.kind}`
    const { body, minutes } = Object.fromEntries(one.words)
    const old = JSON.parse(localStorage.getItem(name)) ?? {}
    const both = [...new Set([old.body, body])].filter(Boolean).join("\n\n")
    if (body) localStorage.setItem(name, JSON.stringify({ ...old, ...(minutes && { minutes }), body: both, at: Date.now(), kept: false }))
    this.become(one)
    visit(`/tickets/${one.number}?kind=${one.kind}`)
  }

  tapped(button) {
    const one = button && this.all.find(({ key }) => key === button.closest("p").dataset.waits)
    if (!one) return
    const { body } = Object.fromEntries(one.words)
    const ways = { send: () => this.isHeld(one) || this.send(one, true), look: () => this.back(one), copy: () => navigator.clipboard?.writeText(body), drop: () => this.become(one) }
    ways[button.dataset.do]()
  }

  // Each line keeps its place, and the focus in it; only what differs is written.
  show() {
    const { all, element } = this
    const lines = new Map([...element.querySelectorAll("[data-waits]")].map((line) => [line.dataset.waits + line.dataset.as, line]))
    for (const one of all) {
      const as = this.isHeld(one) ? "held" : one.kind
      if (!lines.delete(one.key + as)) element.append(this.line(one, as))
    }
    for (const line of lines.values()) line.remove()
  }

  line(one, as) {
    const line = element(this.element, as)
    Object.assign(line.dataset, { waits: one.key, as })
    const [words, why, typed] = line.querySelectorAll("span")
    words.textContent = words.textContent.replace("{number}", `#${one.number}`)
    if (as !== "held") return line
    const { body = "" } = Object.fromEntries(one.words)
    if (one.why) why.textContent = one.why
    if (!body) words.textContent = `#${one.number}`
    // What cannot be looked at elsewhere is read here.
    if (one.gone) typed.textContent = body
    const hidden = { look: one.gone, copy: !body, drop: !one.gone }
    for (const button of line.querySelectorAll("[data-do]")) button.hidden = hidden[button.dataset.do]
    return line
  }
}

const element = (place, kind) => place.querySelector(`template[data-kind="${kind}"]`).content.cloneNode(true).firstElementChild
