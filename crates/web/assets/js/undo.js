// The toast with Undo: stays eight seconds, longer while hovered or focused, and outlives a live update.
import Part from "js/part"

export default class extends Part {
  connect() {
    const toast = this.element
    // One at a time: what was done last is what can be taken back.
    for (const other of document.querySelectorAll(".toast")) if (other !== toast) other.remove()
    this.on(toast, "turbo:before-morph-element", (event) => {
      if (event.target === toast && !event.detail.newElement) event.preventDefault()
    })
    this.on(toast, "pointerenter focusin", () => this.cancel())
    this.on(toast, "pointerleave focusout", () => this.wait())
    this.on(toast, "turbo:submit-end", ({ detail }) => this.arrived(detail) && toast.remove())
    this.wait()
  }

  wait() {
    this.after(8000, () => this.element.remove())
  }
}
