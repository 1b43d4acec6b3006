// Sheets and menus. data-opens="id" opens that dialog, data-closes its own; a press on the backdrop closes
// too. Esc and the return of focus are the platform's.
import Part from "js/part"

export default class extends Part {
  connect() {
    this.on(document, "click", ({ target }) => this.click(target))
    // A sheet whose form was taken closes, so that the page behind it may be renewed.
    this.on(document, "turbo:submit-end", ({ target, detail }) => this.arrived(detail) && target.closest("dialog")?.close())
  }

  click(target) {
    const menu = target.closest("[popover]")
    const opener = target.closest("[data-opens]")
    if (menu && target.closest("a, button")) menu.hidePopover()
    // Where buttons have commands, the browser opens it by itself.
    if (opener && !opener.commandForElement) document.getElementById(opener.dataset.opens)?.showModal()
    else if (target.closest("[data-closes]") || target.matches("dialog")) target.closest("dialog")?.close()
  }
}
