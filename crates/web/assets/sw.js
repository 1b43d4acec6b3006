// On a device of somebody's own (decision 0017): keeps the shell of the desk, the last tickets he opened and his lists,
// and gives them back, dated, when there is no network. What is another's is never kept; signing out deletes all.
const base = "/assets/HASH"
const files = "app.css js/app.js js/late vendor/turbo vendor/stimulus icons.svg favicon.svg fonts/inter.woff2"
const whose = new URL(location).searchParams.get("for")
const shell = `shell ${base}`
const kept = `kept ${base} ${whose}`
const MOST = { tickets: 50, inbox: 10 }
const LONGEST = 7 * 24 * 3600_000
// The page has the sentence with its own hour; it is shown when the page comes from here.
const [hidden, shown] = ['role="status" data-as-was hidden>', 'role="status" data-as-was>']

addEventListener("install", (event) => event.waitUntil(install()))
addEventListener("activate", (event) => event.waitUntil(activate()))
addEventListener("message", (event) => event.waitUntil(install().then(() => clients.claim())))
addEventListener("fetch", (event) => {
  const { request } = event
  const { origin, pathname, search } = new URL(request.url)
  if (origin !== location.origin) return
  if (pathname === "/sign-out") event.waitUntil(forget())
  if (request.method !== "GET") return
  // Who is asked to sign in has no session any more.
  if (pathname === "/sign-in") event.waitUntil(caches.delete(kept))
  if (/^\/(assets|brand)\//.test(pathname)) event.respondWith(asset(request))
  else if (pathname === "/" && request.mode === "navigate") event.respondWith(fetch(request).catch(() => Response.redirect("/inbox/mine")))
  else if (isPage(request, pathname, search)) event.respondWith(page(event, pathname))
})

async function install() {
  const cache = await caches.open(shell)
  await cache.addAll(files.split(" ").map((name) => `${base}/${name}`))
  await skipWaiting()
}

// What an older version or another person left goes.
async function activate() {
  for (const name of await caches.keys()) if (![shell, kept].includes(name)) await caches.delete(name)
  await clients.claim()
}

async function forget() {
  await registration.unregister()
  for (const name of await caches.keys()) await caches.delete(name)
}

// The shell is the mark: where it was deleted, nothing is kept, however long a page still has this worker.
const keeps = () => caches.has(shell)

async function asset(request) {
  const had = await caches.match(request, { cacheName: shell })
  if (had) return had
  const answer = await fetch(request)
  if (answer.ok && (await keeps())) await (await caches.open(shell)).put(request, answer.clone())
  return answer
}

// A list as it stands without a filter; a ticket however one came to it. Not what is only fetched ahead, nor a piece;
// `x-keep` fetches what is kept anew.
function isPage({ headers }, path, search) {
  if (headers.has("turbo-frame") || (headers.has("x-sec-purpose") && !headers.has("x-keep"))) return false
  return /^\/tickets\/\d+$/.test(path) || (/^\/inbox\/[\w-]+$/.test(path) && !search)
}

async function page(event, path) {
  let answer
  try {
    answer = await fetch(event.request)
  } catch (fault) {
    const had = await asWas(path)
    if (had) return had
    throw fault
  }
  event.waitUntil(keep(path, answer.clone()))
  return answer
}

async function asWas(path) {
  const had = await caches.match(path, { cacheName: kept })
  if (!had || isOld(had)) return undefined
  // What was a draft then may have been said since.
  const text = (await had.text()).replace(/ data-draft(-at)?="[^"]*"/g, "")
  return new Response(text.replace(hidden, shown), { headers: had.headers })
}

const isOld = ({ headers }) => Date.now() - headers.get("x-kept") > LONGEST

async function keep(path, answer) {
  // The browser follows it, and comes by here again.
  if (answer.type === "opaqueredirect") return
  const end = new URL(answer.url).pathname
  if (end === "/sign-in") return void (await caches.delete(kept))
  if ([403, 404, 410].includes(answer.status)) return void (await drop(path))
  // A desk that cannot answer now takes nothing away, nor does an answer that breaks off.
  if (answer.status !== 200) return
  const text = await answer.text()
  const [, reader] = text.match(/<body data-me="(\d+)"/) ?? []
  if (reader !== whose) return void (reader && (await forget()))
  const headers = new Headers(answer.headers)
  headers.delete("content-encoding")
  headers.set("x-kept", Date.now())
  for (const one of new Set([path, end])) await drop(one)
  if (!(await keeps())) return
  const cache = await caches.open(kept)
  await cache.put(end, new Response(text, { headers }))
  await trim(cache)
}

async function drop(path) {
  if (await caches.has(kept)) await (await caches.open(kept)).delete(path)
}

// The last ones that were opened, none for longer than a week.
async function trim(cache) {
  const count = {}
  for (const request of (await cache.keys()).reverse()) {
    const room = new URL(request.url).pathname.split("/")[1]
    const stays = !isOld(await cache.match(request)) && (count[room] = (count[room] ?? 0) + 1) <= MOST[room]
    if (!stays) await cache.delete(request)
  }
}
