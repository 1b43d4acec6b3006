// Find or do anything: what this page can do and where it leads answers at once; tickets and people come from the
// desk. Recent choices stand first. Markup: README.md.
import { visit } from "vendor/turbo"
import { fragment } from "js/trust"

// What is about this ticket stands before what leads elsewhere.
const commands = ["main [data-key], #menu-more :is(a, button)", "[data-key], .side li a, .side h2 a, .side .me a"]
const left = ".num, kbd, svg, .face"
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
const make = (name, attributes, ...parts) => {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  element.append(...parts)
  return element
}
// What one person looked for is not the next one's to see.
const store = () => `palette:${document.body.dataset.me}`
const box = () => document.getElementById("palette")
const options = () => [...list.children]
const list = make("ul", { role: "listbox", id: "palette-list", tabindex: "-1" })
const input = make("input", {
  type: "search", role: "combobox", "aria-controls": list.id, "aria-expanded": "true", "aria-autocomplete": "list", autocomplete: "off",
})
const none = make("p", { role: "status" })
let known, timer, asking

function recent() {
  try {
    return JSON.parse(localStorage.getItem(store())) ?? []
  } catch {
    return []
  }
}

function remember(words, href) {
  const others = recent().filter((one) => one.words !== words)
  try {
    localStorage.setItem(store(), JSON.stringify([{ words, href }, ...others].slice(0, 6)))
  } catch {
    // the device keeps nothing: then nothing is recent
  }
}

function wordsOf(element) {
  const parts = [...element.childNodes].filter((part) => !part.matches?.(left))
  const words = parts.map((part) => part.textContent).join(" ").replace(/\s+/g, " ").trim()
  return words || element.ariaLabel || ""
}

// What the page can do, once each; those done lately first.
function collect() {
  known = new Map()
  for (const { words, href } of recent()) known.set(words, { href })
  for (const element of commands.flatMap((some) => [...document.querySelectorAll(some)])) {
    const words = wordsOf(element)
    const { key } = element.dataset
    if (words && !known.get(words)?.element) known.set(words, { element, key })
  }
  for (const [words, { element, href }] of known) if (!element && !href) known.delete(words)
}

function show() {
  const asked = fold(input.value.trim()).split(/\s+/)
  const fits = [...known].filter(([words]) => asked.every((part) => fold(words).includes(part)))
  list.replaceChildren(...fits.slice(0, 8).map(([words, { href, key }]) => {
    const hint = key ? [make("kbd", { class: "push" }, key)] : []
    return make("li", { role: "option", "data-words": words, ...(href && { "data-href": href }) }, make("span", { class: "cut" }, words), ...hint)
  }))
  mark(options()[0])
}

async function ask() {
  asking = new AbortController()
  const words = input.value.trim()
  const { signal } = asking
  try {
    const found = words && (await fragment(`/palette?q=${encodeURIComponent(words)}`, { signal }))
    if (signal.aborted) return
    if (found) list.append(...found.children)
    none.textContent = options().length ? "" : box().dataset.none
    if (!chosen()) mark(options()[0])
  } catch {
    // no network: what the page knows still answers
  }
}

const chosen = () => list.querySelector("[aria-selected=true]")

function mark(option) {
  options().forEach((one, at) => {
    one.id ||= `palette-${at}`
    one.ariaSelected = String(one === option)
  })
  if (option) input.setAttribute("aria-activedescendant", option.id)
  option?.scrollIntoView({ block: "nearest" })
}

function take(option) {
  if (!option) return
  const { words = option.children[1]?.textContent, href } = option.dataset
  const { element } = known.get(words) ?? {}
  box().close()
  remember(words, href)
  if (href) visit(href)
  else element?.click()
}

function press(event) {
  const all = options()
  const at = all.indexOf(chosen())
  if (event.key === "ArrowDown") mark(all[(at + 1) % all.length])
  else if (event.key === "ArrowUp") mark(all.at(at - 1))
  else if (event.key === "Enter") take(all[at])
  else return
  event.preventDefault()
}

input.addEventListener("keydown", press)
input.addEventListener("input", () => {
  // What was found for fewer letters is no answer to these.
  asking?.abort()
  show()
  clearTimeout(timer)
  timer = setTimeout(ask, 100)
})
list.addEventListener("click", ({ target }) => take(target.closest("li")))

export function open() {
  const dialog = box()
  if (!dialog || dialog.open) return
  // Nor is what was still on its way when it was closed.
  asking?.abort()
  clearTimeout(timer)
  input.ariaLabel = input.placeholder = dialog.dataset.words
  list.ariaLabel = dialog.ariaLabel
  input.value = none.textContent = ""
  dialog.replaceChildren(input, list, none)
  collect()
  show()
  dialog.showModal()
  input.focus()
}
