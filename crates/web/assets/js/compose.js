// The composer: reply, note, call and visit are tabs over one field; each has its own address, its own
// button and its own draft. Words written for the team can never slide into a reply.
// Tab: <button type="button" role="tab" data-kind="note" data-url="/tickets/2418/notes"
//   data-to="Team only, never sent" data-go="Add note" data-placeholder="…" data-label="…">
import { Controller } from "vendor/stimulus"

export default class extends Controller {
  connect() {
    this.first = this.element.dataset.kind
    this.stop = new AbortController()
    const { signal } = this.stop
    this.element.addEventListener("click", (event) => this.click(event), { signal })
    this.element.addEventListener("keydown", (event) => this.press(event), { signal })
    // A morph may put the first kind back: then button, address and readers line follow.
    document.addEventListener("turbo:morph", () => this.dress(this.element.dataset.kind), { signal })
    this.dress(this.first)
  }

  disconnect() {
    this.stop.abort()
  }

  get tabs() {
    return [...this.element.querySelectorAll('[role="tab"][data-kind]')]
  }

  click(event) {
    const tab = event.target.closest('[role="tab"][data-kind]')
    if (!tab) return
    this.choose(tab.dataset.kind)
    this.element.querySelector("textarea").focus()
  }

  press(event) {
    if (event.isComposing) return
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return this.send(event)
    if (event.target.role !== "tab" && event.target.getAttribute("role") !== "tab") return
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    const { tabs } = this
    const next = tabs.at((tabs.indexOf(event.target) + step) % tabs.length)
    this.choose(next.dataset.kind)
    next.focus()
    event.preventDefault()
  }

  send(event) {
    const solve = event.shiftKey && this.element.querySelector('[data-send="solve"]')
    const button = solve || this.element.querySelector('[data-send]:not([data-send="solve"]), .btn.is-main[type="submit"]')
    event.preventDefault()
    if (button && !button.disabled) this.element.requestSubmit(button)
  }

  choose(kind) {
    if (kind === this.element.dataset.kind) return
    this.dispatch("leave")
    this.element.dataset.kind = kind
    // A chosen kind is work too: without the mark a live update would turn a note back into a reply.
    this.element.toggleAttribute("data-dirty", kind !== this.first)
    this.dress(kind)
    this.dispatch("enter")
  }

  dress(kind) {
    const tab = this.tabs.find((one) => one.dataset.kind === kind)
    if (!tab) return
    for (const one of this.tabs) {
      one.setAttribute("aria-selected", String(one === tab))
      one.tabIndex = one === tab ? 0 : -1
    }
    const { url, to, go, placeholder, label } = tab.dataset
    const say = (slot, text) => {
      const place = this.element.querySelector(`[data-slot="${slot}"]`)
      if (place && text !== undefined) place.textContent = text
    }
    if (url) this.element.action = url
    say("to", to)
    say("go", go)
    say("label", label)
    if (placeholder !== undefined) this.element.querySelector("textarea").placeholder = placeholder
    for (const part of this.element.querySelectorAll("[data-for]")) {
      part.hidden = !part.dataset.for.split(" ").includes(kind)
      if ("disabled" in part) part.disabled = part.hidden
    }
  }
}
