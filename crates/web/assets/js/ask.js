// A form that answers while it is filled in: what depends on it is fetched after a pause and morphed.
import Part from "js/part"
import { morphElements } from "vendor/turbo"
import { fragment } from "js/trust"

export default class extends Part {
  static values = { url: String }

  connect() {
    this.on(this.element, "input", () => this.after(300, () => this.ask()))
  }

  left() {
    this.asking?.abort()
  }

  get words() {
    return new URLSearchParams(new FormData(this.element))
  }

  async ask() {
    this.asking?.abort()
    this.asking = new AbortController()
    const body = this.words
    const found = await fragment(this.urlValue, { method: "POST", body, signal: this.asking.signal }).catch(() => null)
    const next = found?.firstElementChild
    const now = next && document.getElementById(next.id)
    // What was typed meanwhile is newer than the answer.
    if (!now || `${body}` !== `${this.words}`) return
    // The answer holds what was typed: nothing is left to be kept from it.
    for (const field of now.querySelectorAll("[data-dirty]")) field.removeAttribute("data-dirty")
    morphElements(now, next)
  }
}
