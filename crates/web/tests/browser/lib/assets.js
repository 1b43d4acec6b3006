// Serves the real assets, unhashed, with the real policy, so that parts can be tried without the desk.
import { createServer } from "node:http"
import { readFileSync, readdirSync } from "node:fs"
import { extname, join } from "node:path"
import { fileURLToPath } from "node:url"

export const root = fileURLToPath(new URL("../../../assets/", import.meta.url))

const types = { ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".txt": "text/plain" }
const nonce = "dGhpcyBpcyBhIHRlc3Q"

export const policy = [
  "default-src 'self'", "img-src 'self' blob: data:", `style-src 'self' 'nonce-${nonce}'`, `script-src 'self' 'nonce-${nonce}'`,
  "frame-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'",
  "require-trusted-types-for 'script'", "trusted-types firstline default",
].join("; ")

const list = (folder, end) => readdirSync(join(root, folder)).filter((name) => name.endsWith(end)).sort()

export const stylesheet = () => list("css", ".css").map((name) => readFileSync(join(root, "css", name), "utf8")).join("\n")

// Every module by the name its importers use: its path without the ending.
export const modules = () => ["vendor", "js"].flatMap((folder) => list(folder, ".js").map((name) => `${folder}/${name}`))

const imports = () => Object.fromEntries(modules().map((path) => [path.slice(0, -3), `/assets/${path}`]))

export function page({ title = "Firstline", lang = "en", html = "", head = "", body, bodyAttributes = "", swap = {} }) {
  return `<!doctype html>
<html lang="${lang}" ${html}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="csp-nonce" content="${nonce}">
<meta name="turbo-refresh-method" content="morph">
<meta name="turbo-refresh-scroll" content="preserve">
<meta name="turbo-prefetch" content="false">
<title>${title}</title>
<link rel="stylesheet" href="/assets/app.css" data-turbo-track="reload">
<link rel="icon" href="/assets/favicon.svg">
<script type="importmap" nonce="${nonce}" data-turbo-track="reload">${JSON.stringify({ imports: { ...imports(), ...swap } })}</script>
<script type="module" src="/assets/js/app.js" data-turbo-track="reload"></script>
${head}
</head>
<body ${bodyAttributes}>${body}</body>
</html>`
}

function asset(path, response) {
  try {
    const body = path === "app.css" ? stylesheet() : readFileSync(join(root, path))
    response.writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream" }).end(body)
  } catch {
    response.writeHead(404).end()
  }
}

// `routes(request, response, url)` answers what is not an asset: a string becomes a page under the policy.
export async function serve(routes) {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://localhost")
    if (url.pathname.startsWith("/assets/")) return asset(url.pathname.slice(8), response)
    const text = await routes(request, response, url)
    if (typeof text === "string") {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-security-policy": policy, "cache-control": "no-store" })
      response.end(text)
    } else if (!response.headersSent && text !== undefined) response.writeHead(404).end()
  })
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready))
  const close = () => {
    server.closeAllConnections()
    return new Promise((done) => server.close(done))
  }
  return { address: `http://127.0.0.1:${server.address().port}`, close }
}
