// Says every ten seconds that somebody looks at this ticket, and whether he types a reply. A hidden page does not look,
// nor does one that nobody has touched for five minutes.
import Part from "js/part"
import { show } from "js/faces"

const BEAT = 10_000
const AWAY = 300_000

export default class extends Part {
  static values = { url: String }

  connect() {
    this.touched = Date.now()
    this.wrote = 0
    this.on(document, "pointermove pointerdown keydown wheel", () => this.touch())
    this.on(document, "input", ({ target }) => target.closest('.compose[data-kind="reply"]') && this.write())
    this.on(document, "turbo:submit-end", () => (this.wrote = 0))
    this.on(document, "visibilitychange", () => this.beat())
    this.on(window, "pagehide", () => this.left())
    this.beat()
  }

  left() {
    navigator.sendBeacon(this.urlValue, new URLSearchParams({ leaves: true }))
  }

  get away() {
    return document.hidden || Date.now() - this.touched > AWAY
  }

  touch() {
    const { away } = this
    this.touched = Date.now()
    if (away) this.beat()
  }

  write() {
    const begins = Date.now() - this.wrote > BEAT
    this.wrote = Date.now()
    if (begins) this.beat()
  }

  async beat() {
    this.after(BEAT, () => this.beat())
    if (this.away) return
    const body = new URLSearchParams({ writes: Date.now() - this.wrote < BEAT })
    const answer = await fetch(this.urlValue, { method: "POST", body }).catch(() => {})
    if (answer?.ok && !answer.redirected && this.element.isConnected) show(await answer.json())
  }
}
