// Starts the page: trust first, then Turbo with the guard, then the behaviours.
import "js/trust"
import * as Turbo from "vendor/turbo"
import { Application } from "vendor/stimulus"
import { guard } from "js/guard"
import Busy from "js/busy"
import Compose from "js/compose"
import Dialog from "js/dialog"
import Draft from "js/draft"
import Here from "js/here"
import Keys from "js/keys"
import List from "js/list"
import Live from "js/live"
import Pane from "js/pane"
import Undo from "js/undo"
import When from "js/when"

Turbo.config.drive.progressBarDelay = 400
guard()

const controllers = {
  busy: Busy, compose: Compose, dialog: Dialog, draft: Draft, here: Here, keys: Keys,
  list: List, live: Live, pane: Pane, undo: Undo, when: When,
}
const stimulus = Application.start()
for (const [name, controller] of Object.entries(controllers)) stimulus.register(name, controller)

// A behaviour that comes when it is first needed.
function late(name, events, needed) {
  let coming
  const come = async (event) => {
    if (coming || !needed(event)) return
    coming = true
    const late = await import("js/late").catch(() => {})
    coming = false
    // Without network it comes at a later touch.
    if (!late) return
    for (const one of events) document.removeEventListener(one, come)
    stimulus.register(name, late[name])
  }
  for (const one of events) document.addEventListener(one, come)
}

// Of tabs that do not fit the current one is in sight.
document.addEventListener("turbo:load", () => document.querySelector(".seg.scroll [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" }))

// Only the pages that show such a form pay for it, and a ticket's only when its sheet is opened.
const seen = (name) => () => [...document.querySelectorAll(`[data-controller~=${name}]`)].some((one) => one.checkVisibility())
late("combo", ["turbo:load", "focusin"], seen("combo"))
late("ask", ["turbo:load"], seen("ask"))
late("quick", ["focusin"], ({ target }) => target.closest?.("[data-controller~=quick]"))
late("fields", ["turbo:load", "focusin"], seen("fields"))
// The list of chosen files comes with the first of them.
late("files", ["change"], ({ target }) => target.type === "file")
// What waits for the network, and what may begin to.
const waits = () => localStorage.getItem(`outbox:${document.body.dataset.me}`)
late("outbox", ["turbo:load", "focusin"], ({ target }) => waits() || target.closest?.(".compose"))
late("device", ["turbo:load"], seen("device"))
// What helps to write comes with the first touch of the composer.
late("write", ["focusin", "pointerover", "dragenter"], ({ target }) => target.closest?.("[data-controller~=write]"))
