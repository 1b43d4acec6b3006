// Instant or honest: a form goes once, a wait of two seconds gets a sentence ([data-slow]), a lost network
// one too ([data-offline]). Both elements stand in the page, hidden, in the reader's language.
import { Controller } from "vendor/stimulus"
import { navigator as turbo } from "vendor/turbo"

const SENTENCE = 2000

export default class extends Controller {
  connect() {
    this.stop = new AbortController()
    const { signal } = this.stop
    const on = (target, event, run) => target.addEventListener(event, run, { signal })
    on(document, "submit", (event) => this.once(event))
    on(document, "turbo:before-fetch-request", () => this.start())
    for (const end of ["turbo:before-fetch-response", "turbo:load"]) on(document, end, () => this.end())
    on(document, "turbo:fetch-request-error", (event) => this.lost(event))
    for (const event of ["turbo:submit-end", "turbo:before-cache"]) on(document, event, () => this.free())
    on(window, "pageshow", () => this.free())
    for (const event of ["online", "offline"]) on(window, event, () => this.network())
    this.network()
  }

  disconnect() {
    this.stop.abort()
    this.end()
  }

  once(event) {
    const form = event.target
    if (event.defaultPrevented || form.method === "dialog") return
    if (form.ariaBusy === "true") return event.preventDefault()
    form.ariaBusy = "true"
  }

  free() {
    for (const form of document.querySelectorAll('form[aria-busy="true"]')) form.removeAttribute("aria-busy")
  }

  start() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.show("[data-slow]", true), SENTENCE)
  }

  end() {
    clearTimeout(this.timer)
    this.show("[data-slow]", false)
    this.network()
  }

  // Turbo would leave for the browser's own error page; the words on this one are worth more.
  lost(event) {
    event.preventDefault()
    if (turbo.currentVisit) turbo.stop()
    this.end()
    this.show("[data-offline]", true)
  }

  network() {
    this.show("[data-offline]", !navigator.onLine)
  }

  show(selector, on) {
    for (const element of document.querySelectorAll(selector)) element.hidden = !on
  }
}
