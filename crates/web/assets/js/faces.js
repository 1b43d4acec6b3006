// Who else looks at a ticket, in its header and its row, and who types a reply: one element each, no fetch.
const element = (className, textContent) => Object.assign(document.createElement("span"), { className, textContent })

function face({ initials, tone }) {
  const mark = element("face", initials)
  mark.dataset.tone = tone
  mark.ariaHidden = "true"
  return mark
}

export function show({ ticket, faces, looks, writes }) {
  for (const place of document.querySelectorAll(`[data-here="${ticket}"], #tk-${ticket} .here`)) {
    place.replaceChildren(...faces.map(face), element(place.closest(".tk") ? "vh" : "cut", looks))
  }
  for (const place of document.querySelectorAll(`[data-writes="${ticket}"]`)) {
    // What stands already is not told again.
    if (place.textContent !== writes) place.textContent = writes
    place.hidden = !writes
  }
}
