// What helps to write: `/`, `@` and `#` offer what is meant, buttons and keys mark words, a preview shows what will
// leave, copied pages come as Markdown, pasted and dropped files join the list. Every change goes through the browser's
// own editing, so that its undo takes it back. Markup: README.md.
import Combo from "js/combo"
import { fragment } from "js/trust"

// More than anybody reads in one message comes along as a file.
const MOST = 50_000
const meant = /(?<![^\n])\/[^\s/]*$|(?<![^\s(])[@#][^\s@#]*$/

export default class extends Combo {
  also = "Tab"

  // The end of what was typed says what is meant; what was closed or taken stays closed.
  get question() {
    const { selectionEnd, value } = this.inputTarget
    const found = meant.exec(value.slice(0, selectionEnd))
    this.start = found?.index
    if (this.start !== this.shut) this.shut = undefined
    return found && this.shut === undefined && new URLSearchParams({ q: found[0], by: this.element.dataset.kind })
  }

  press(event) {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event
    if (event.isComposing) return
    if (key === "Escape") this.shut = this.start
    if (key === "Backspace") this.shut = undefined
    if (!ctrlKey && !metaKey) return super.press(event)
    const button = !altKey && !shiftKey && this.element.querySelector(`[aria-keyshortcuts="Control+${CSS.escape(key.toUpperCase())}"]`)
    if (button) event.preventDefault(button.click())
  }

  open(any) {
    super.open(any)
    this.inputTarget.ariaExpanded = null
    const [first] = this.options
    if (any && !first.dataset.href) this.mark(first)
  }

  take(option) {
    if (!option) return
    const { text, href } = option.dataset
    this.shut = this.start
    this.put(text, this.start)
    this.open(false)
    if (href) location = href
  }

  put(text, from = this.inputTarget.selectionStart, to = this.inputTarget.selectionEnd) {
    this.inputTarget.focus()
    this.inputTarget.setSelectionRange(from, to)
    document.execCommand(text ? "insertText" : "delete", false, text)
  }

  // `**¦**` goes around what is chosen, `- ` before each of its lines, and `/` on a line of its own.
  use({ target }) {
    const { mark } = target.closest("[data-mark]")?.dataset ?? {}
    if (!mark) return
    this.show({})
    const field = this.inputTarget
    const { selectionStart, selectionEnd: to, value } = field
    const [before, after] = mark.split("¦")
    const around = after !== undefined
    const from = around ? selectionStart : value.slice(0, selectionStart).lastIndexOf("\n") + 1
    const chosen = value.slice(from, to)
    let at = 0
    if (mark === "/") this.put(chosen ? "\n/" : "/", to)
    else this.put(around ? before + chosen + after : chosen.replace(/^/gm, () => before.replace(1, ++at)), from)
    if (around) field.setSelectionRange(from + before.length, to + before.length)
  }

  async look() {
    const field = this.inputTarget
    const words = !field.hidden && (await fragment(this.address("preview?kind=" + this.element.dataset.kind), { method: "POST", body: field.value }).catch(() => {}))
    this.show({ words })
    if (!words) field.focus()
  }

  // The preview in place of the words; without one, the words again.
  show({ words }) {
    const [button, place] = this.element.querySelectorAll("[data-look]")
    place.replaceChildren(words || "")
    place.hidden = !words
    this.inputTarget.hidden = button.ariaPressed = Boolean(words)
  }

  address(verb) {
    return this.urlValue.replace("expand", verb)
  }

  async bring(event) {
    const { type, clipboardData, dataTransfer: data = clipboardData } = event
    const html = clipboardData?.getData("text/html")
    const text = data.getData("text/plain")
    if (text.length > MOST) {
      event.preventDefault()
      this.add([new File([text], "text.txt", { type: "text/plain" })])
    } else if (data.types.includes("Files") && !text) {
      event.preventDefault()
      if (type !== "dragover") this.add(data.files)
    } else if (html && html.length < 1e6) {
      event.preventDefault()
      this.copied(text, html)
    }
  }

  // The plain words stand at once; the marked ones take their place, unless somebody has gone on meanwhile.
  async copied(text, html) {
    const { element, inputTarget: field } = this
    const { selectionStart: from } = field
    if (text) this.put(text)
    const stands = () => [element.dataset.kind, field.value, field.selectionEnd, document.activeElement].join("\0")
    const to = field.selectionEnd
    const before = stands()
    const read = (answer) => (answer.ok && !answer.redirected ? answer.text() : "")
    const marked = await fetch(this.address("paste"), { method: "POST", body: html }).then(read).catch(() => "")
    if (marked && element.isConnected && before === stands()) this.put(marked, from, to)
  }

  add(files) {
    const input = this.element.querySelector("[type=file]")
    const all = new DataTransfer()
    for (const file of [...input.files, ...files]) all.items.add(file)
    input.files = all.files
    input.dispatchEvent(new Event("change", { bubbles: true }))
  }
}
