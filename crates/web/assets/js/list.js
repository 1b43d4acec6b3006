// The ticket list under the fingers: j and k move the mark, o opens, x ticks.
import Part from "js/part"

export default class extends Part {
  get rows() {
    return [...this.element.querySelectorAll(".tk")]
  }

  get at() {
    return this.rows.findIndex((row) => row.hasAttribute("aria-current"))
  }

  move(step, extend) {
    const { rows, at } = this
    const next = rows[at < 0 ? 0 : at + step]
    if (!next) return
    if (extend) this.tick(rows[at], true)
    rows[at]?.removeAttribute("aria-current")
    next.setAttribute("aria-current", "true")
    if (extend) this.tick(next, true)
    next.focus({ preventScroll: true })
    next.scrollIntoView({ block: "nearest" })
  }

  open() {
    this.rows[this.at]?.click()
  }

  tick(row = this.rows[this.at], on) {
    const box = row?.closest("li")?.querySelector("[type=checkbox]")
    if (box && box.checked !== on) box.click()
  }
}
