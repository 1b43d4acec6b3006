// Starts the page: trust first, then Turbo with the guard, then the behaviours.
import "js/trust"
import * as Turbo from "vendor/turbo"
import { Application } from "vendor/stimulus"
import { guard } from "js/guard"
import Busy from "js/busy"
import Compose from "js/compose"
import Dialog from "js/dialog"
import Draft from "js/draft"
import Keys from "js/keys"
import List from "js/list"
import Live from "js/live"
import Pane from "js/pane"
import Undo from "js/undo"
import When from "js/when"

Turbo.config.drive.progressBarDelay = 400
guard()

const controllers = {
  busy: Busy, compose: Compose, dialog: Dialog, draft: Draft, keys: Keys,
  list: List, live: Live, pane: Pane, undo: Undo, when: When,
}
const stimulus = Application.start()
for (const [name, controller] of Object.entries(controllers)) stimulus.register(name, controller)

// Only the pages that show such a form pay for it, and a ticket's only when its sheet is opened.
const rare = { ask: () => import("js/ask"), combo: () => import("js/combo") }
async function arrive() {
  for (const [name, load] of Object.entries(rare)) {
    if (![...document.querySelectorAll(`[data-controller~=${name}]`)].some((one) => one.checkVisibility())) continue
    delete rare[name]
    stimulus.register(name, (await load()).default)
  }
}
for (const event of ["turbo:load", "focusin"]) document.addEventListener(event, arrive)

// The list of chosen files comes with the first of them.
async function chosen({ target }) {
  if (target.type !== "file") return
  document.removeEventListener("change", chosen)
  stimulus.register("files", (await import("js/files")).default)
}
document.addEventListener("change", chosen)
