// Finds a caller while typing. The server answers ?q= with <li role="option" data-value data-label>; the
// arrow keys walk, Enter takes, Esc closes. An option may carry a <template>: what is known of the person,
// shown in the `detail` place once taken.
import { Controller } from "vendor/stimulus"
import { fragment } from "js/trust"

const PAUSE = 150

export default class extends Controller {
  static targets = ["input", "list", "value", "detail"]
  static values = { url: String }

  connect() {
    this.away = ({ target }) => this.element.contains(target) || this.close()
    document.addEventListener("pointerdown", this.away)
    this.inputTarget.addEventListener("input", () => this.later())
    this.inputTarget.addEventListener("keydown", (event) => this.press(event))
    this.listTarget.addEventListener("click", ({ target }) => this.take(target.closest('[role="option"]')))
    this.close()
  }

  disconnect() {
    document.removeEventListener("pointerdown", this.away)
    clearTimeout(this.timer)
    this.asking?.abort()
  }

  get options() {
    return [...this.listTarget.querySelectorAll('[role="option"]')]
  }

  later() {
    clearTimeout(this.timer)
    if (this.hasValueTarget) this.valueTarget.value = ""
    this.timer = setTimeout(() => this.ask(), PAUSE)
  }

  async ask() {
    this.asking?.abort()
    const words = this.inputTarget.value.trim()
    if (words.length < 2) return this.close()
    this.asking = new AbortController()
    const { signal } = this.asking
    try {
      const found = await fragment(`${this.urlValue}?q=${encodeURIComponent(words)}`, { signal })
      if (!found || signal.aborted) return
      this.listTarget.replaceChildren(found)
      this.options.forEach((option, at) => (option.id ||= `${this.listTarget.id}-${at}`))
      this.open(this.options.length > 0)
    } catch (error) {
      if (error.name !== "AbortError") this.close() // no network: the field still takes a name by hand
    }
  }

  press(event) {
    const { options } = this
    if (event.key === "Escape" && !this.listTarget.hidden) this.close()
    else if (event.key === "ArrowDown") this.mark(options[(this.at + 1) % options.length])
    else if (event.key === "ArrowUp") this.mark(options.at(Math.max(this.at, 0) - 1))
    else if (event.key === "Enter" && this.at >= 0) this.take(options[this.at])
    else return
    event.preventDefault()
  }

  get at() {
    return this.options.findIndex((option) => option.ariaSelected === "true")
  }

  mark(option) {
    if (!option) return
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
    this.close()
    this.dispatch("taken", { detail: { ...option.dataset } })
  }

  open(any) {
    this.listTarget.hidden = !any
    this.inputTarget.ariaExpanded = String(any)
    this.inputTarget.removeAttribute("aria-activedescendant")
  }

  close() {
    clearTimeout(this.timer)
    this.open(false)
  }
}
