// What every behaviour shares: listeners that end when the part leaves the page, and whether a form arrived.
import { Controller } from "vendor/stimulus"

export default class extends Controller {
  on(target, events, run) {
    this.leaving ??= new AbortController()
    for (const event of events.split(" ")) target.addEventListener(event, run, { signal: this.leaving.signal })
  }

  disconnect() {
    this.left?.()
    this.cancel()
    this.leaving?.abort()
    this.leaving = undefined
  }

  // A session that has ended answers with the page to sign in: that is no arrival. What a composer wrote has arrived
  // only where the address says that it was done.
  arrived({ success, fetchResponse, formSubmission: { formElement } }) {
    const { pathname, search } = new URL(fetchResponse?.response.url ?? "", location)
    return success && !pathname.endsWith("/sign-in") && (!formElement.matches(".compose") || /[?&]done=/.test(search))
  }

  after(pause, run) {
    this.cancel()
    this.timer = setTimeout(() => {
      this.timer = undefined
      run()
    }, pause)
  }

  cancel() {
    clearTimeout(this.timer)
    this.timer = undefined
  }
}
