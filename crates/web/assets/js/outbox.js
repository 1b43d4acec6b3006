// What could not leave for want of a network waits on this device under its writer's number, and no other person's page
// looks at it. Notes, calls and visits leave by themselves, in order, once each under their key; a reply waits for a tap.
// Files are not kept: such a form stays as it is, its words a draft.
import Part from "js/part"
import { visit } from "vendor/turbo"

export default class extends Part {
  connect() {
    this.name = `outbox:${document.body.dataset.me}`
    this.on(document, "turbo:fetch-request-error", ({ target, detail }) => this.take(target, detail.request))
    this.on(document, "turbo:morph", () => this.show())
    this.on(window, "online", () => this.flush())
    this.on(window, "storage", ({ key }) => key === this.name && this.show())
    this.on(this.element, "click", ({ target }) => this.tapped(target.closest("[data-do]")))
    this.show()
    this.flush()
  }

  get all() {
    return JSON.parse(localStorage.getItem(this.name)) ?? []
  }

  put(all) {
    if (all.length) localStorage.setItem(this.name, JSON.stringify(all))
    else localStorage.removeItem(this.name)
    this.show()
  }

  drop({ key }) {
    this.put(this.all.filter((one) => one.key !== key))
  }

  take(form, { url, body }) {
    if (!form.matches(".compose")) return
    const fields = [...body]
    const { once: key, by } = Object.fromEntries(fields)
    if (fields.some(([, value]) => value.size > 0) || !this.name.endsWith(`:${by}`)) return
    const { kind } = form.dataset
    const [number] = url.pathname.match(/\d+/)
    const words = fields.filter(([, value]) => typeof value === "string")
    try {
      if (!this.all.some((one) => one.key === key)) this.put([...this.all, { key, kind, number, url: url.pathname, words }])
    } catch {
      return // the device is full: the words stay on the page
    }
    form.dispatchEvent(new Event("outbox:took"))
  }

  // One tab at a time; where there are no locks, the keys see to it that nothing is said twice.
  flush() {
    if (navigator.locks) navigator.locks.request("firstline-outbox", () => this.sendAll())
    else this.sendAll()
  }

  async sendAll() {
    for (const one of this.all) if (one.kind !== "reply" && !(await this.send(one))) return
  }

  // False when it is to be tried again later: no network, no session (or another person's), a desk that cannot now.
  async send(one) {
    const body = new FormData()
    for (const [name, value] of one.words) body.append(name, value)
    const answer = await fetch(one.url, { method: "POST", body, headers: { accept: "text/html" } }).catch(() => {})
    if (!answer || answer.status === 412 || answer.status === 429 || answer.status >= 500 || /\/sign-in$/.test(answer.url.split("?")[0])) return false
    this.drop(one)
    if (!answer.ok) this.back(one)
    document.dispatchEvent(new Event("live:ask"))
    return answer.ok
  }

  // Its words are a draft again.
  back(one) {
    const name = `draft:${this.name.slice(7)}:${one.number}:${one.kind}`
    const { body } = Object.fromEntries(one.words)
    const old = JSON.parse(localStorage.getItem(name)) ?? {}
    localStorage.setItem(name, JSON.stringify({ ...old, body: [...new Set([old.body, body])].filter(Boolean).join("\n\n"), at: Date.now(), kept: false }))
    this.drop(one)
    visit(`/tickets/${one.number}?kind=${one.kind}`)
  }

  tapped(button) {
    const one = button && this.all.find(({ key }) => key === button.closest("p").dataset.waits)
    if (!one) return
    if (button.dataset.do === "send") this.send(one)
    else this.back(one)
  }

  show() {
    for (const old of this.element.querySelectorAll("[data-waits]")) old.remove()
    for (const { key, kind, number } of this.all) {
      const line = this.element.querySelector(`template[data-kind="${kind}"]`).content.cloneNode(true).firstElementChild
      line.dataset.waits = key
      const words = line.querySelector("span")
      words.textContent = words.textContent.replace("{number}", `#${number}`)
      this.element.append(line)
    }
  }
}
