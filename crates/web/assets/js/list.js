// The ticket list under the fingers: j and k move the mark, o opens, x ticks. Nothing moves under the pointer: while
// it or the focus is in the list, rows stay where they are, those that left are greyed, and new ones wait.
import Part from "js/part"

export default class extends Part {
  connect() {
    this.on(document, "turbo:before-render", ({ detail }) => detail.renderMethod === "morph" && this.steady(detail.newBody))
    this.on(this.element, "pointerleave focusout scroll", () => this.after(50, () => this.held && this.settle()))
    this.on(this.element, "change", () => this.count())
    this.on(this.element.parentElement, "click", ({ target }) => target.closest("[data-slot=waiting]") && this.settle(true))
  }

  get rows() {
    return [...this.element.querySelectorAll(".tk")]
  }

  get at() {
    return this.rows.findIndex((row) => row.hasAttribute("aria-current"))
  }

  get inUse() {
    return this.element.matches(":hover, :focus-within") || this.element.scrollTop > 0
  }

  steady(body) {
    const next = body.querySelector("#rows")
    if (!next || this.now || !this.inUse) return (this.now = false)
    const fresh = new Map([...next.querySelectorAll("li")].map((row) => [row.id, row]))
    const held = this.element.cloneNode(true)
    for (const row of held.querySelectorAll("li")) {
      const now = fresh.get(row.id)
      if (now) row.replaceWith(now)
      else row.classList.add("is-gone")
      this.held ||= !now
      fresh.delete(row.id)
    }
    next.replaceWith(held)
    this.held ||= fresh.size > 0
    const note = body.querySelector("[data-slot=waiting]")
    if (!note || !fresh.size) return
    note.hidden = false
    note.textContent = note.dataset.words.replace("{count}", fresh.size)
  }

  settle(now) {
    if (!now && this.inUse) return
    this.held = false
    this.now = now
    document.dispatchEvent(new Event("live:ask"))
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

  count() {
    const slot = document.querySelector("[data-slot=chosen]")
    const count = this.element.querySelectorAll(":checked").length
    if (slot) slot.textContent = slot.dataset.words.replace("{count}", count)
  }
}
