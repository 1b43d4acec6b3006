// What may become markup: only pages our own server rendered. Turbo hands fetched text to DOMParser, which
// under Trusted Types asks the policy `default`. We remember each answer of our own origin that came under
// our own policy and admit exactly those strings; anything a script put together is refused.
const KEPT = 24
const admitted = new Set()
const html = /^text\/(html|vnd\.turbo-stream\.html)\b/
const nativeFetch = window.fetch.bind(window)

function ours(response) {
  const policy = response.headers.get("content-security-policy") ?? ""
  return (
    new URL(response.url, location.href).origin === location.origin &&
    html.test(response.headers.get("content-type") ?? "") &&
    policy.includes("trusted-types") // not a stored file, nor a letter "as sent"
  )
}

function admit(text) {
  admitted.delete(text)
  admitted.add(text)
  if (admitted.size > KEPT) admitted.delete(admitted.values().next().value)
}

window.fetch = async (...request) => {
  const response = await nativeFetch(...request)
  if (ours(response)) admit(await response.clone().text())
  return response
}

const createHTML = (text) => (text === "" || admitted.has(text) ? text : null)
const asset = (address) => {
  const url = new URL(address, location.href)
  return url.origin === location.origin && /^\/(assets\/|sw\.js$)/.test(url.pathname) ? address : null
}
const trusted = window.trustedTypes
// Turbo copies a <script src> by way of an empty text; nothing else is a script.
trusted?.createPolicy("default", { createHTML, createScriptURL: asset, createScript: (text) => (text === "" ? text : null) })
const firstline = trusted?.createPolicy("firstline", { createHTML }) ?? { createHTML: (text) => text }

// A piece of a page; null when the answer is not one of our own.
export async function fragment(address, options = {}) {
  const response = await window.fetch(address, { ...options, headers: { accept: "text/html" } })
  if (!response.ok || !ours(response)) return null
  const page = new DOMParser().parseFromString(firstline.createHTML(await response.text()), "text/html")
  const piece = document.createDocumentFragment()
  piece.append(...page.body.childNodes)
  return piece
}
