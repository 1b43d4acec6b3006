// The files that were chosen, by name and size, each with a way to take it out. data-files-remove-value says how
// ("Take out {name}"); the input stays the one the form sends. Without script the browser's own field shows.
import Part from "js/part"

const units = ["byte", "kilobyte", "megabyte"]

export default class extends Part {
  static values = { remove: String }

  connect() {
    this.on(this.element, "change", ({ target }) => target === this.input && this.show())
    this.on(this.element, "turbo:submit-end", ({ detail }) => this.arrived(detail) && this.keep([]))
    this.on(document, "turbo:morph", () => this.show())
    this.show()
  }

  get input() {
    return this.element.querySelector("input[type=file]")
  }

  get list() {
    return this.element.querySelector("[data-slot=files]")
  }

  show() {
    const { input, list } = this
    if (!input || !list) return
    list.replaceChildren(...[...input.files].map((file, at) => this.line(file, at)))
    list.hidden = input.files.length === 0
    // Chosen files are work: a live update must not take them away.
    input.toggleAttribute("data-dirty", input.files.length > 0)
  }

  line(file, at) {
    const line = document.createElement("li")
    const name = document.createElement("span")
    const size = document.createElement("span")
    const button = document.createElement("button")
    line.className = "file"
    name.className = "cut"
    name.textContent = file.name
    size.className = "faint tiny"
    size.textContent = this.size(file.size)
    button.type = "button"
    button.className = "btn is-quiet is-icon"
    button.ariaLabel = button.title = this.removeValue.replace("{name}", file.name)
    button.textContent = "×"
    this.on(button, "click", () => this.take(at))
    line.append(name, size, button)
    return line
  }

  take(at) {
    this.keep([...this.input.files].filter((_, index) => index !== at))
    ;(this.list.querySelectorAll("button")[at] ?? this.list.querySelector("li:last-child button") ?? this.input).focus()
  }

  keep(files) {
    const kept = new DataTransfer()
    for (const file of files) kept.items.add(file)
    this.input.files = kept.files
    this.show()
  }

  size(bytes) {
    const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1)
    const style = { style: "unit", unit: units[step], maximumFractionDigits: step > 1 ? 1 : 0 }
    return new Intl.NumberFormat(document.documentElement.lang || "en", style).format(bytes / 1000 ** step)
  }
}
