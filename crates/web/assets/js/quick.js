// Enter in a short field adds and leaves it ready for the next; Ctrl Enter sends, Ctrl Shift Enter sends and solves.
import Part from "js/part"

export default class extends Part {
  connect() {
    this.on(this.element, "keydown", (event) => this.press(event))
    this.on(this.element, "turbo:submit-end", ({ detail }) => this.arrived(detail) && this.empty())
  }

  get short() {
    return this.element.querySelector("[data-enter]")
  }

  press(event) {
    const { key, shiftKey, target, isComposing } = event
    const strong = event.ctrlKey || event.metaKey
    if (key !== "Enter" || isComposing || (!strong && (shiftKey || target !== this.short))) return
    event.preventDefault()
    this.element.requestSubmit(strong && shiftKey ? this.element.querySelector("[data-solve]") : null)
  }

  empty() {
    if (this.short) this.short.value = ""
  }
}
