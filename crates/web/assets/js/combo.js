// Finds a caller while typing; arrow keys walk, Enter takes, Esc closes. Markup: README.md.
import Part from "js/part"
import { fragment } from "js/trust"

export default class extends Part {
  static targets = ["input", "list", "value", "detail"]
  static values = { url: String }

  connect() {
    this.on(document, "pointerdown", ({ target }) => this.element.contains(target) || this.open(false))
    this.on(this.inputTarget, "input", () => this.later())
    this.on(this.inputTarget, "keydown", (event) => this.press(event))
    this.on(this.listTarget, "click", ({ target }) => this.take(target.closest('[role="option"]')))
    this.open(false)
  }

  left() {
    this.asking?.abort()
  }

  get options() {
    return [...this.listTarget.querySelectorAll('[role="option"]')]
  }

  get at() {
    return this.options.findIndex((option) => option.ariaSelected === "true")
  }

  later() {
    if (this.hasValueTarget) this.valueTarget.value = ""
    this.after(150, () => this.ask())
  }

  // What to ask for; nothing while too little is typed.
  get question() {
    const q = this.inputTarget.value.trim()
    return q.length < 2 ? "" : new URLSearchParams({ q })
  }

  async ask() {
    this.asking?.abort()
    const { question } = this
    if (!question) return this.open(false)
    this.asking = new AbortController()
    const { signal } = this.asking
    try {
      const found = await fragment(`${this.urlValue}?${question}`, { signal })
      if (signal.aborted) return
      this.listTarget.replaceChildren(found ?? "")
      this.options.forEach((option, at) => (option.id ||= `${this.listTarget.id}-${at}`))
      this.open(this.options.length > 0)
    } catch (error) {
      if (error.name !== "AbortError") this.open(false)
    }
  }

  press(event) {
    const { options, at } = this
    if (this.listTarget.hidden) return
    if (event.key === "Escape") this.open(false)
    else if (event.key === "ArrowDown") this.mark(options[(at + 1) % options.length])
    else if (event.key === "ArrowUp") this.mark(options.at(Math.max(at, 0) - 1))
    else if ((event.key === "Enter" || event.key === this.also) && at >= 0) this.take(options[at])
    else return
    event.preventDefault()
  }

  mark(option) {
    for (const one of this.options) one.ariaSelected = String(one === option)
    this.inputTarget.setAttribute("aria-activedescendant", option.id)
    option.scrollIntoView({ block: "nearest" })
  }

  take(option) {
    if (!option) return
    this.inputTarget.value = option.dataset.label ?? option.textContent.trim()
    if (this.hasValueTarget) this.valueTarget.value = option.dataset.value ?? ""
    const known = option.querySelector("template")
    if (this.hasDetailTarget) this.detailTarget.replaceChildren(known ? known.content.cloneNode(true) : "")
    this.open(false)
    // Whoever reads the form hears of the choice; the field itself does not, or it would forget it again.
    if (this.hasValueTarget) this.valueTarget.dispatchEvent(new Event("input", { bubbles: true }))
  }

  open(any) {
    this.cancel()
    this.listTarget.hidden = !any
    this.inputTarget.ariaExpanded = String(any)
    this.inputTarget.removeAttribute("aria-activedescendant")
  }
}
