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

  // A session that has ended answers with the page to sign in: that is no arrival.
  arrived({ success, fetchResponse }) {
    return success && !/\/sign-in$/.test(new URL(fetchResponse.response.url, location).pathname)
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
