// The fields of a topic: they come when it is chosen, and each shows while the others have what it asks for. What was
// typed for another topic is there again with that topic. The server decides the same again.
import Part from "js/part"
import { fragment } from "js/trust"

export default class extends Part {
  static targets = ["rows"]
  static values = { url: String }

  typed = {}

  connect() {
    this.on(this.element, "input", ({ target }) => (this.urlValue && target.name == "topic" ? this.bring(target.value) : this.show()))
    this.on(document, "turbo:render", () => this.show())
    this.show()
  }

  async bring(topic) {
    const rows = await fragment(`${this.urlValue}?topic=${topic}`)
    if (rows && this.element.topic.value == topic) {
      this.each((one) => (this.typed[one.name] = one.checked || one.value))
      this.rowsTarget.replaceChildren(rows)
      this.each((one) => (one.type == "checkbox" ? (one.checked = this.typed[one.name] === true) : (one.value = this.typed[one.name] ?? one.value)))
    }
    this.show()
  }

  each(deed) {
    this.rowsTarget.querySelectorAll("[name]").forEach(deed)
  }

  show() {
    for (const row of this.element.querySelectorAll("[data-shown]")) {
      const has = [...new FormData(this.element)].flatMap(([name, value]) => (value ? [name, `${name}=${value}`] : []))
      row.hidden = row.disabled = !row.dataset.shown.split(" ").some((one) => has.includes(one))
    }
  }
}
