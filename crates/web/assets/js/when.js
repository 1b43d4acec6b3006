// Keeps written times true: "5 minutes ago", or data-when="left": "2 h 48". Beyond a day the server's words stand.
import Part from "js/part"

const MINUTE = 60_000
const DAY = 1440

function ago(minutes, words) {
  return minutes < 60 ? words.format(-minutes, "minute") : words.format(-Math.round(minutes / 60), "hour")
}

function left(minutes) {
  if (minutes <= 0) return undefined
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`
}

export default class extends Part {
  connect() {
    this.on(document, "turbo:morph visibilitychange", () => this.tell())
    this.tell()
  }

  tell() {
    this.after(MINUTE / 2, () => this.tell())
    if (document.hidden) return
    const words = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "auto" })
    for (const time of this.element.querySelectorAll("time[data-when]")) {
      const past = Math.floor((Date.now() - Date.parse(time.dateTime)) / MINUTE)
      if (!(Math.abs(past) <= DAY)) continue
      const text = time.dataset.when === "left" ? left(-past) : ago(past, words)
      if (text && text !== time.textContent) time.textContent = text
    }
  }
}
