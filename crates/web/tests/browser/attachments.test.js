// S3: odd attachments, as real letters. Each is kept under its content, named harmlessly, served as a download that no
// browser takes for a page, to those alone who may read its message. Opened inline all the same, nothing in it runs: the
// policy it is served under holds by itself. The control takes that policy away and sees the script run.
import assert from "node:assert/strict"
import { readFileSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { after, before, test } from "node:test"
import { api } from "./lib/api.js"
import { startDesk, unavailable } from "./lib/desk.js"
import { letter } from "./lib/letter.js"
import { signIn } from "./lib/sign-in.js"
import { deliver } from "./lib/smtp.js"
import { until } from "./lib/until.js"
import { data, withoutData } from "./lib/vectors.js"
import { watching } from "./lib/watch.js"

const skip = unavailable || withoutData

const page = (type) => ({ "text/html": "<script>alert(1)</script><img src=x onerror=alert(2)>", "image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(3)</script></svg>' })[type]
const ours = ["x.html", "x.svg", "x.pht", "x.html.png"].map((name) => {
  const type = name.endsWith("svg") ? "image/svg+xml" : "text/html"
  return { name, type: name.endsWith("png") ? "image/png" : type, body: page(type) }
})

let desk, eyes, files, html, stranger

before(async () => {
  if (skip) return
  desk = await startDesk()
  const call = api(desk)
  const folder = join(data, "mail-dev/odd")
  const odd = readdirSync(folder).filter((name) => name.startsWith("att")).map((name, at) => ({ from: `odd${at}@attack.example`, to: desk.mailbox, raw: readFileSync(join(folder, name)) }))
  const own = { from: "own@attack.example", to: desk.mailbox, raw: letter({ from: "own@attack.example", to: desk.mailbox, subject: "Odd files", text: "Files.", files: ours }) }
  const before = (await call("GET", "/letters?limit=1")).items[0]?.id ?? 0
  await deliver(desk.smtp, [...odd, own])
  const come = await until(async () => {
    const { items } = await call("GET", "/letters?limit=200")
    const fresh = items.filter(({ id }) => id > before)
    return fresh.length === odd.length + 1 && fresh.every(({ state }) => state !== "kept") && fresh
  }, "the odd letters are read", 60_000)
  assert.ok(come.length >= 30, `${come.length} letters`)
  eyes = await watching([desk.url])
  const tab = await eyes.open()
  await signIn(tab, desk, desk.people.supervisor)
  files = new Set()
  const seen = new Map()
  for (const number of new Set(come.map(({ ticket }) => ticket).filter(Boolean))) {
    await tab.goto(`${desk.url}/tickets/${number}?view=everyone&all=true`)
    for (const [href, name] of await tab.locator("a.file").evaluateAll((all) => all.map((one) => [one.getAttribute("href"), one.textContent.trim()]))) {
      // One letter has five hundred files of one name: two of them will do.
      const alike = (seen.get(name) ?? 0) + 1
      seen.set(name, alike)
      if (alike <= 2) files.add(href)
      if (name.startsWith("x.html")) html = href
    }
  }
  await tab.close()
  stranger = await watching([desk.url])
})
after(async () => {
  await eyes?.close()
  await stranger?.close()
  await desk?.stop()
})

// What the server says of a file, as a page of its own reads it.
const headersOf = (tab, list) => tab.evaluate(async (paths) => {
  const all = []
  for (const path of paths) {
    const response = await fetch(path)
    all.push({ path, status: response.status, ...Object.fromEntries(response.headers) })
  }
  return all
}, list)

test("every odd file is a download with a harmless name, under a policy that runs nothing", { skip, timeout: 120_000 }, async () => {
  assert.ok(files.size >= 30, `${files.size} files`)
  const tab = await eyes.open()
  await tab.goto(`${desk.url}/search`)
  for (const file of await headersOf(tab, [...files])) {
    const disposition = file["content-disposition"]
    assert.equal(file.status, 200, file.path)
    assert.match(disposition, /^attachment; filename="[A-Za-z0-9 ._()-]*"; filename\*=UTF-8''[A-Za-z0-9._%-]*$/, disposition)
    const name = decodeURIComponent(disposition.split("''")[1])
    // No way up or out, no letter that hides, none that turns the name around.
    assert.doesNotMatch(name, /[/\\\u0000-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/, `${file.path} ${JSON.stringify(name)}`)
    assert.doesNotMatch(name, /^\.*$|^-/, `${file.path} ${JSON.stringify(name)}`)
    assert.equal(file["x-content-type-options"], "nosniff")
    assert.match(file["content-security-policy"], /^sandbox;.*default-src 'none'/)
    assert.doesNotMatch(file["content-type"], /html|svg|xml|script/, file.path)
    assert.equal(file["cache-control"], "no-store")
  }
  await tab.close()
})

test("nobody else gets it: not a requester of another ticket, not somebody without a session", { skip }, async () => {
  const [some] = files
  const tab = await stranger.open()
  await tab.goto(`${desk.url}/en`)
  const out = await tab.evaluate(async (path) => { const r = await fetch(path); return [r.redirected, new URL(r.url).pathname] }, some)
  assert.deepEqual(out, [true, "/sign-in"])
  await signIn(tab, desk, desk.people.requester)
  assert.equal((await headersOf(tab, [some]))[0].status, 404)
  assert.equal((await headersOf(tab, ["/files/99999999"]))[0].status, 404, "the same as a file that is not there")
  await tab.close()
})

test("a press on it downloads and shows nothing", { skip, timeout: 60_000 }, async () => {
  const tab = await eyes.open()
  await tab.goto(`${desk.url}/search?q=odd`)
  const [download] = await Promise.all([tab.waitForEvent("download"), tab.goto(desk.url + html).catch(() => {})])
  assert.match(download.suggestedFilename(), /^x\.html/)
  assert.match(tab.url(), /\/search/)
  await tab.close()
})

// Shown inline against the server's word, with and without the policy it was served under.
async function inline(kept) {
  await eyes.context.route("**/files/*", async (route) => {
    const response = await route.fetch()
    const headers = { ...response.headers() }
    delete headers["content-disposition"]
    if (!kept) delete headers["content-security-policy"]
    // The worst a browser could guess from what is in it.
    const text = (await response.body()).toString("latin1", 0, 400)
    headers["content-type"] = text.includes("<svg") ? "image/svg+xml" : /xhtml|<\?xml/.test(text) ? "application/xhtml+xml" : "text/html"
    delete headers["x-content-type-options"]
    await route.fulfill({ response, headers })
  })
  eyes.seen.ran.length = 0
  await eyes.visit([...files].map((path) => desk.url + path))
  await eyes.context.unroute("**/files/*")
  return eyes.seen.ran.length
}

test("shown inline, nothing in it runs; without its policy it would", { skip, timeout: 120_000 }, async () => {
  assert.equal(await inline(true), 0)
  assert.deepEqual(eyes.seen.foreign, [])
  assert.ok((await inline(false)) > 0, "the control: without the policy the script runs and is seen")
})
