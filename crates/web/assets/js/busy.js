// Instant or honest: a form goes once; a wait of two seconds, a lost network and a desk that cannot take it
// get a sentence each: [data-slow], [data-offline], [data-failed] stand hidden in the page.
import Part from "js/part"
import { navigator as turbo } from "vendor/turbo"

export default class extends Part {
  connect() {
    this.on(document, "submit", (event) => this.once(event))
    this.on(document, "turbo:before-fetch-request", () => this.after(2000, () => this.show("slow", true)))
    this.on(document, "turbo:before-fetch-response turbo:load", () => this.end())
    this.on(document, "turbo:before-fetch-response", (event) => this.refused(event))
    this.on(document, "turbo:fetch-request-error", (event) => this.lost(event))
    this.on(document, "turbo:submit-end turbo:before-cache", () => this.free())
    this.on(window, "pageshow", () => this.free())
    this.on(window, "online offline", () => this.end())
    this.end()
  }

  once(event) {
    const form = event.target
    if (event.defaultPrevented || form.method === "dialog") return
    if (form.ariaBusy === "true") event.preventDefault()
    else form.ariaBusy = "true"
  }

  free() {
    for (const form of document.querySelectorAll("form[aria-busy]")) form.ariaBusy = null
  }

  end() {
    this.cancel()
    this.show("slow", false)
    this.show("offline", !navigator.onLine)
  }

  // Turbo would leave for the browser's error page; the words on this one are worth more.
  lost(event) {
    event.preventDefault()
    if (turbo.currentVisit) turbo.stop()
    this.end()
    this.show("offline", true)
  }

  // A desk that cannot take words now must not replace them by an error page.
  refused(event) {
    const failed = event.target.matches?.("form") && event.detail.fetchResponse.serverError
    this.show("failed", failed)
    if (failed) event.preventDefault()
  }

  show(name, on) {
    for (const element of document.querySelectorAll(`[data-${name}]`)) element.hidden = !on
  }
}
