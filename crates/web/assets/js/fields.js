// The fields of a topic: they come when it is chosen, and each shows while the others have what it asks for. The server
// decides the same again.
import Part from "js/part"
import { fragment } from "js/trust"

export default class extends Part {
  static targets = ["rows"]
  static values = { url: String }

  connect() {
    this.on(this.element, "input", ({ target }) => (this.urlValue && target.name == "topic" ? this.bring(target.value) : this.show()))
    this.on(document, "turbo:render", () => this.show())
    this.show()
  }

  async bring(topic) {
    const rows = await fragment(`${this.urlValue}?topic=${topic}`)
    if (rows && this.element.topic.value == topic) this.rowsTarget.replaceChildren(rows)
    this.show()
  }

  show() {
    for (const row of this.element.querySelectorAll("[data-shown]")) {
      const has = [...new FormData(this.element)].flatMap(([name, value]) => (value ? [name, `${name}=${value}`] : []))
      row.hidden = row.disabled = !row.dataset.shown.split(" ").some((one) => has.includes(one))
    }
  }
}
