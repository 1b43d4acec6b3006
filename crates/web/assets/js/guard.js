// The morph guard: what a person typed, ticked, opened or marked outlives a live update.
const open = "details[open], dialog[open], :popover-open"
const dirty = "[data-dirty]"
// What was refused, and why, stands until the form is taken.
const refused = "#refused"

// Frames in which something was sent.
const acted = new Set()

const fields = (form) => [...form.elements, form]

function unchanged(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked === field.defaultChecked
  if (field.options) return [...field.options].every((option) => option.selected === option.defaultSelected)
  return field.value === field.defaultValue
}

function mark(event) {
  const field = event.target
  if (field.matches?.("input, textarea, select")) field.toggleAttribute("data-dirty", !unchanged(field))
}

function holdsWork(element) {
  if (element.matches("[data-answered]")) return false
  if (element.matches(dirty) || element.matches(open) || element.matches(refused)) return true
  return element.matches("form") && fields(element).some((field) => field.matches(dirty))
}

function beforeElement(event) {
  const { newElement } = event.detail
  const element = event.target
  // A removal has no new element: then anything inside counts.
  const leaves = !newElement && element.querySelector(`${dirty}, ${open}`)
  // A form that was fetched stays while its frame is called the same; one of another name takes its place.
  const fetched = newElement && element.matches("turbo-frame[complete]")
  if (leaves || fetched || holdsWork(element)) event.preventDefault()
}

function beforeAttribute(event) {
  const { attributeName } = event.detail
  const inList = attributeName === "aria-current" && event.target.closest("[data-controller~=list]")
  if (attributeName === "open" || attributeName === "data-dirty" || inList) event.preventDefault()
}

// Taken, or coming back with its faults marked: either way the answer may show.
function submitted({ target, detail }) {
  if (!detail.success && !detail.fetchResponse?.clientError) return
  acted.add(target.closest("turbo-frame"))
  for (const field of fields(target)) field.removeAttribute("data-dirty")
  if (detail.success) return document.querySelector(refused)?.remove()
  // A sheet stays open and takes its answer.
  target.closest("dialog")?.setAttribute("data-answered", "")
}

// Words that came back are still somebody's work.
function returned() {
  document.querySelector("[data-answered]")?.removeAttribute("data-answered")
  for (const wrong of document.querySelectorAll("[aria-invalid=true]")) {
    wrong.form?.setAttribute("data-dirty", "")
    wrong.closest("details")?.setAttribute("open", "")
  }
}

// After a refusal a leap within the page would be a visit to another: it would fetch this one anew and lose the answer.
function leapt(event) {
  if (event.target.getAttribute("href").startsWith("#")) event.preventDefault()
}

// Where a fetched form holds work, the empty frame that would have taken its place goes.
function alone() {
  const works = (frame) => frame.querySelector(dirty)
  for (const frame of [...document.querySelectorAll("turbo-frame")].filter(works)) {
    for (const other of [...frame.parentNode.children]) if (other.matches("turbo-frame") && !works(other)) other.remove()
  }
}

// What comes anew does not change under the mouse, unless by what was just done there.
function framed(event) {
  const { target, detail } = event
  if (acted.delete(target) || !target.matches(":hover")) return
  event.preventDefault()
  target.addEventListener("pointerleave", detail.resume, { once: true })
}

// What comes after the page does without, where it does not come.
function missing(event) {
  if (event.target.loading === "lazy") event.preventDefault()
}

export function guard(root = document) {
  root.addEventListener("input", mark)
  root.addEventListener("turbo:before-morph-element", beforeElement)
  root.addEventListener("turbo:before-morph-attribute", beforeAttribute)
  root.addEventListener("turbo:submit-end", submitted)
  root.addEventListener("turbo:render", returned)
  root.addEventListener("turbo:click", leapt)
  root.addEventListener("turbo:morph", alone)
  root.addEventListener("turbo:before-frame-render", framed)
  root.addEventListener("turbo:frame-missing", missing)
}
