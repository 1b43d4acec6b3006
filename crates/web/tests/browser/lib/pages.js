// Pages made of every part, served as a desk would: the same head, the same policy, theme by ?theme=.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { page as wrap, serve } from "./assets.js"

const folder = fileURLToPath(new URL("../pages/", import.meta.url))
const desk = { bodyAttributes: 'data-controller="keys busy dialog when live"' }
const portal = { bodyAttributes: 'class="portal"' }

export const pages = {
  workspace: { ...desk, html: 'data-pane="ticket"' },
  new: desk,
  data: desk,
  portal,
  "portal.fr": { ...portal, lang: "fr" },
  "portal-ticket": portal,
  gate: {},
  setup: {},
}

const letter = "<!doctype html><html lang=en><title>Letter</title><p>A letter."

export function servePages() {
  return serve((request, response, url) => {
    if (url.pathname === "/letter") return void response.writeHead(200, { "content-type": "text/html" }).end(letter)
    if (url.pathname === "/live") return void response.writeHead(204).end()
    const name = url.pathname.slice(1)
    if (!pages[name]) return null
    const html = `${pages[name].html ?? ""} data-theme="${url.searchParams.get("theme")}"`
    return wrap({ ...pages[name], html, body: readFileSync(join(folder, `${name}.html`), "utf8") })
  })
}
