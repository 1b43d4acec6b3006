// Enter in a short field adds and leaves it ready for the next; Ctrl Enter sends, Ctrl Shift Enter sends and solves.
import Part from "js/part"

export default class extends Part {
  connect() {
    this.on(this.element, "keydown", (event) => this.press(event))
    this.on(this.element, "turbo:submit-start", () => this.take())
    this.on(this.element, "turbo:submit-end", ({ detail }) => this.arrived(detail) || this.putBack())
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

  // What is typed while it is on its way is the next one.
  take() {
    if (!this.short) return
    this.sent = this.short.value
    this.short.value = ""
  }

  putBack() {
    if (this.short && this.sent) this.short.value = [this.sent, this.short.value].filter(Boolean).join("\n")
    this.sent = ""
  }
}
