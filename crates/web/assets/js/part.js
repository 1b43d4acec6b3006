// What every behaviour shares: listeners that end when the part leaves the page.
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
