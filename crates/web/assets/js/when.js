// Keeps written times true, once a minute while somebody looks: "5 minutes ago", or data-when="left": "2 h 48", in the
// sentences data-left and data-late where they are given. Beyond a day the server's words stand.
import Part from "js/part"

const MINUTE = 60_000
const DAY = 1440

function ago(minutes, words) {
  return minutes < 60 ? words.format(-minutes, "minute") : words.format(-Math.round(minutes / 60), "hour")
}

// As the server writes it.
function span(minutes) {
  const rest = minutes % 60
  if (minutes < 60) return `${minutes}\u00a0min`
  return `${Math.floor(minutes / 60)}\u00a0h${rest ? `\u00a0${String(rest).padStart(2, "0")}` : ""}`
}

function left(past, { left: before = "{time}", late = "" }) {
  const sentence = past < 0 ? before : late
  return sentence.replace("{time}", span(Math.floor(Math.abs(past))))
}

export default class extends Part {
  connect() {
    this.on(document, "turbo:morph visibilitychange", () => this.tell())
    this.tell()
  }

  tell() {
    this.cancel()
    if (document.hidden) return
    this.after(MINUTE, () => this.tell())
    const words = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "auto" })
    for (const time of this.element.querySelectorAll("time[data-when]")) {
      const past = (Date.now() - Date.parse(time.dateTime)) / MINUTE
      if (!(Math.abs(past) <= DAY)) continue
      const text = time.dataset.when === "left" ? left(past, time.dataset) : ago(Math.floor(past), words)
      if (text && text !== time.textContent) time.textContent = text
    }
  }
}
