// Sheets and menus. <button data-opens="id"> opens the dialog of that id, <button data-closes> closes its own;
// a press on the backdrop closes too. Esc and the return of focus are the platform's.
import { Controller } from "vendor/stimulus"

export default class extends Controller {
  connect() {
    this.click = this.click.bind(this)
    this.done = this.done.bind(this)
    document.addEventListener("click", this.click)
    document.addEventListener("turbo:submit-end", this.done)
  }

  disconnect() {
    document.removeEventListener("click", this.click)
    document.removeEventListener("turbo:submit-end", this.done)
  }

  click({ target }) {
    const opener = target.closest("[data-opens]")
    const sheet = opener && document.getElementById(opener.dataset.opens)
    if (sheet) {
      opener.closest(":popover-open")?.hidePopover()
      sheet.showModal()
    } else if (target.closest("[data-closes]") || target.matches("dialog")) {
      target.closest("dialog")?.close()
    } else if (target.closest("[popover] :is(a, button)")) {
      target.closest("[popover]").hidePopover()
    }
  }

  // A sheet whose form was taken closes itself, so that the page behind it may be renewed.
  done({ target, detail }) {
    if (detail.success) target.closest("dialog")?.close()
  }
}
