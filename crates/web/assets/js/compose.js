// The composer: reply, note, call and visit are tabs over one field; each has its own address, its own
// button and its own draft. Words written for the team can never slide into a reply. Markup: README.md.
import Part from "js/part"

const slots = ["to", "go", "label", "stay", "wait", "hold", "solve"]

export default class extends Part {
  connect() {
    this.first = this.element.dataset.kind
    this.on(this.element, "click", ({ target }) => this.click(target.closest('[role="tab"]')))
    this.on(this.element, "keydown", (event) => this.press(event))
    // What is said is said: the keys act again, and the conversation is what is read next.
    this.on(this.element, "turbo:submit-end", ({ detail }) => this.arrived(detail) && this.rest())
    // A fix that is used stands in the text, after what was typed.
    this.on(document, "turbo:submit-start", ({ detail }) => this.bring(detail.formSubmission.submitter?.dataset.words))
    this.on(document, "click", ({ target }) => this.lend(target.closest("[data-lend]")))
    // A morph may put the first kind back: the rest follows.
    this.on(document, "turbo:morph", () => this.dress())
    this.dress()
  }

  // The kind the server wrote the form for.
  get home() {
    return this.element.dataset.home ?? this.first
  }

  get kind() {
    return this.element.dataset.kind
  }

  get tabs() {
    return [...this.element.querySelectorAll('[role="tab"]')]
  }

  get text() {
    return this.element.querySelector("textarea")
  }

  click(tab) {
    if (!tab) return
    this.choose(tab)
    this.text.focus()
  }

  press(event) {
    if (event.isComposing) return
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return this.send(event)
    // A time that was typed is meant: never send at once.
    if (event.key === "Enter" && event.target.name === "until") return this.send(event, "[value=own]")
    const { tabs } = this
    const at = tabs.indexOf(event.target)
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (at < 0 || !step) return
    const next = tabs.at((at + step) % tabs.length)
    this.choose(next)
    next.focus()
    event.preventDefault()
  }

  send(event, named) {
    const find = (selector) => this.element.querySelector(selector)
    const solve = named ? find(named) : event.shiftKey && find('[data-send="solve"]')
    const button = solve || find('[data-send]:not([data-send="solve"])') || find(".btn.is-main")
    event.preventDefault()
    if (button && !button.disabled) this.element.requestSubmit(button)
  }

  async bring(address) {
    const answer = address && (await fetch(address).catch(() => {}))
    if (answer?.ok && !answer.redirected) this.put(await answer.text())
  }

  put(words) {
    if (!words) return
    const { text } = this
    const added = (text.value.trim() && "\n\n") + words
    text.focus()
    text.setSelectionRange(text.value.length, text.value.length)
    if (document.activeElement === text) return document.execCommand("insertText", false, added)
    // On a telephone it stands in another pane, where nothing can be typed now.
    text.value += added
    text.dispatchEvent(new Event("input", { bubbles: true }))
  }

  // A draft's words stand behind what was typed; the same button takes them out again where they still stand.
  lend(button) {
    if (!button) return
    const { text } = this
    const { lend, other } = button.dataset
    const lent = button.hasAttribute("data-lent")
    const at = text.value.lastIndexOf(lend)
    if (!lent) this.put(lend)
    else if (at >= 0) {
      text.focus()
      text.setSelectionRange(text.value.slice(0, at).endsWith("\n\n") ? at - 2 : at, at + lend.length)
      document.execCommand("delete")
    }
    button.toggleAttribute("data-lent", !lent)
    button.dataset.other = button.textContent
    button.textContent = other
  }

  rest() {
    if (!this.element.contains(document.activeElement)) return
    document.activeElement.blur()
    document.querySelector(".talk")?.focus({ preventScroll: true })
  }

  choose({ dataset: { kind } }) {
    if (kind === this.kind) return
    this.dispatch("leave")
    this.element.dataset.kind = kind
    // A chosen kind is work too: a live update must not turn a note back into a reply.
    this.element.toggleAttribute("data-dirty", kind !== this.home)
    this.dress()
    this.dispatch("enter")
  }

  dress() {
    const tab = this.tabs.find(({ dataset }) => dataset.kind === this.kind)
    if (!tab) return
    for (const one of this.tabs) {
      one.ariaSelected = String(one === tab)
      one.tabIndex = one === tab ? 0 : -1
    }
    for (const slot of slots) {
      const place = this.element.querySelector(`[data-slot="${slot}"]`)
      if (place && slot in tab.dataset) place.textContent = tab.dataset[slot]
    }
    if (tab.dataset.url) this.element.action = tab.dataset.url
    if (tab.dataset.placeholder) this.text.placeholder = tab.dataset.placeholder
    for (const part of this.element.querySelectorAll("[data-for]")) {
      part.hidden = !part.dataset.for.split(" ").includes(this.kind)
      for (const field of part.querySelectorAll("input, select")) field.disabled = part.hidden
    }
  }
}
