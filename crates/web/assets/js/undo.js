// The toast with Undo: stays eight seconds, longer while hovered or focused, and outlives a live update.
import { Controller } from "vendor/stimulus"

const STAY = 8000

export default class extends Controller {
  connect() {
    const on = (event, run) => this.element.addEventListener(event, run)
    on("turbo:before-morph-element", (event) => {
      if (event.target === this.element && !event.detail.newElement && this.timer) event.preventDefault()
    })
    for (const event of ["pointerenter", "focusin"]) on(event, () => clearTimeout(this.timer))
    for (const event of ["pointerleave", "focusout"]) on(event, () => this.wait())
    on("turbo:submit-end", ({ detail }) => detail.success && this.leave())
    this.wait()
  }

  disconnect() {
    clearTimeout(this.timer)
  }

  wait() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.leave(), STAY)
  }

  leave() {
    clearTimeout(this.timer)
    this.timer = undefined
    this.element.remove()
  }
}
