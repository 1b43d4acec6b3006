// Keeps written times true. <time datetime data-when> reads "5 minutes ago"; data-when="left" counts down
// as "2 h 48". Beyond a day the server's own words stand.
import { Controller } from "vendor/stimulus"

const MINUTE = 60_000
const HOUR = 60 * MINUTE

function ago(past, words) {
  const minutes = Math.round(past / MINUTE)
  if (Math.abs(minutes) < 60) return words.format(-minutes, "minute")
  return words.format(-Math.round(past / HOUR), "hour")
}

function left(rest) {
  const minutes = Math.ceil(rest / MINUTE)
  if (minutes <= 0) return undefined
  const pad = String(minutes % 60).padStart(2, "0")
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${pad}`
}

export default class extends Controller {
  connect() {
    this.tell = this.tell.bind(this)
    this.timer = setInterval(this.tell, 30_000)
    document.addEventListener("turbo:morph", this.tell)
    document.addEventListener("visibilitychange", this.tell)
    this.tell()
  }

  disconnect() {
    clearInterval(this.timer)
    document.removeEventListener("turbo:morph", this.tell)
    document.removeEventListener("visibilitychange", this.tell)
  }

  tell() {
    if (document.hidden) return
    const words = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "auto" })
    for (const time of this.element.querySelectorAll("time[data-when]")) {
      const past = Date.now() - Date.parse(time.dateTime)
      if (Number.isNaN(past) || Math.abs(past) > 24 * HOUR) continue
      const text = time.dataset.when === "left" ? left(-past) : ago(past, words)
      if (text && text !== time.textContent) time.textContent = text
    }
  }
}
