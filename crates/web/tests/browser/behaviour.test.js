// The small behaviours, each against the promise it keeps: one stream a browser, one fetch a burst, no echo of
// one's own change, drafts that outlive a reload and never slide between kinds, keys, undo, finding a caller.
import assert from "node:assert/strict"
import { afterEach, beforeEach, test } from "node:test"
import { faultsOf } from "./lib/browser.js"
import { stage } from "./lib/stage.js"
import { page as wrap, policy } from "./lib/assets.js"

let desk

const tab = (kind, to, go) => `<button type="button" role="tab" data-kind="${kind}" data-url="/send/${kind}" data-to="${to}" data-go="${go}" aria-selected="${kind === "reply"}">${kind}</button>`

const ticket = () => `<main class="work" data-controller="pane"><p id="version">${desk.version}</p>
<nav><a href="/inbox/mine">Mine</a><a href="/tickets/new">New</a><input type="search" aria-label="Search"></nav>
<section class="list"><ul data-controller="list" role="list"><li><a class="tk" id="r1" href="/ticket" aria-current="true">One</a><input type="checkbox" aria-label="One"></li>
<li><a class="tk" id="r2" href="/two">Two</a><input type="checkbox" aria-label="Two"></li></ul></section>
<div class="thread"><form class="compose" data-kind="${desk.back?.kind ?? "reply"}" data-home="${desk.back?.kind ?? "reply"}" ${desk.back ? `data-returned="${desk.back.id}"` : ""} data-controller="compose draft" data-draft-key-value="p7:2418" data-turbo-action="replace" action="/send/reply" method="post">
<div role="tablist">${tab("reply", "to payroll@example.org", "Send")}${tab("note", "Team only, never sent", "Add note")}${tab("call", "Phone log", "Save call")}</div>
<span data-slot="to">to payroll@example.org</span><label data-for="call">Minutes <input name="minutes" type="number"></label>
<textarea name="body" aria-label="Words" ${desk.refused ? 'aria-invalid="true"' : ""}>${desk.refused ?? desk.back?.words ?? ""}</textarea><span data-slot="kept" hidden>kept</span>
<button class="btn is-main" name="then" value="wait" data-send><span data-slot="go">Send</span></button><button name="then" value="solved" data-send="solve">Solve</button></form></div>
<section class="facts">Facts</section></main>
<div class="toasts">${desk.toast ? '<div class="toast" id="toast" role="status" data-controller="undo"><form method="post" action="/undo" data-turbo-action="replace"><button>Undo</button></form></div>' : ""}</div>
<time id="ago" datetime="${new Date(Date.now() - 5 * 60_000 - 9000).toISOString()}" data-when>earlier</time>
<time id="left" datetime="${new Date(Date.now() + 168 * 60_000 + 9000).toISOString()}" data-when="left">later</time>
<time id="late" datetime="${new Date(Date.now() - 12 * 60_000 - 9000).toISOString()}" data-when="left" data-left="{time} left" data-late="{time} late">later</time>
<p data-slow hidden>Still working on it.</p><p class="banner" data-offline hidden>No network. Your words are kept.</p><p class="banner" data-failed hidden>The desk cannot take it now.</p>`

const form = () => `<main><form><div data-controller="combo" data-combo-url-value="/people"><input data-combo-target="input" role="combobox" aria-label="Who"><input type="hidden" data-combo-target="value">
<ul role="listbox" id="found" data-combo-target="list"></ul><div id="detail" data-combo-target="detail"></div></div></form>
<form data-controller="files" data-files-remove-value="Take out {name}"><input type="file" name="files" multiple aria-label="Files"><ul data-slot="files" hidden></ul></form></main>`

async function bodyOf(request) {
  let text = ""
  for await (const piece of request) text += piece
  return new URLSearchParams(text)
}

async function answer(request, response, url) {
  const head = `<meta name="live-topics" content="ticket:2418 view:mine">`
  const bodyAttributes = 'data-controller="live keys busy dialog when"'
  if (url.pathname === "/live") {
    response.writeHead(200, { "content-type": "text/event-stream" }).write(": here\n\n")
    desk.streams.add(response)
    desk.opened.push(url.searchParams.get("topics"))
    response.on("close", () => desk.streams.delete(response))
    return
  }
  if (request.method === "POST") {
    const fields = await bodyOf(request)
    desk.posts.push({ path: url.pathname, ...Object.fromEntries(fields) })
    desk.echo = request.headers["x-turbo-request-id"]
    desk.back = url.pathname === "/undo" ? desk.returns : undefined
    desk.refused = fields.get("body") === "refuse this" ? "refuse this" : undefined
    if (desk.full) return void response.writeHead(503, { "content-type": "text/html", "content-security-policy": policy }).end("<p>Full</p>")
    if (!desk.refused) return void response.writeHead(303, { location: "/ticket?done=1" }).end()
    const text = wrap({ body: ticket(), head, bodyAttributes })
    return void response.writeHead(422, { "content-type": "text/html", "content-security-policy": policy }).end(text)
  }
  if (url.pathname === "/people") {
    const person = '<li role="option" data-value="17" data-label="Payroll office">Payroll office, ext. 2214<template><p>3 tickets this year</p></template></li>'
    const headers = { "content-type": "text/html", "content-security-policy": url.searchParams.get("q").includes("as sent") ? "sandbox" : policy }
    return void response.writeHead(200, headers).end(person)
  }
  desk.gets.push(url.pathname)
  if (desk.down) return void response.writeHead(503, { "content-type": "text/html", "content-security-policy": policy }).end("<p>Too much at once</p>")
  if (url.pathname === "/new") return wrap({ body: form(), bodyAttributes })
  return wrap({ body: url.pathname === "/ticket" ? ticket() : `<main><h1>${url.pathname}</h1></main>`, head, bodyAttributes })
}

const stand = stage(answer)

const tell = (topic, requestId = "") => {
  for (const stream of desk.streams) stream.write(`event: refresh\ndata: ${JSON.stringify({ topic, request: requestId })}\n\n`)
}

beforeEach(() => {
  desk = { version: 1, streams: new Set(), opened: [], gets: [], posts: [] }
})

// Whatever a test left open or stored is gone for the next.
afterEach(async () => {
  for (const page of stand.browser.context.pages()) {
    await page.evaluate(() => localStorage.clear()).catch(() => {})
    await page.close()
  }
})

async function open(path = "/ticket") {
  const page = await stand.browser.context.newPage()
  page.faults = faultsOf(page)
  await page.goto(stand.site.address + path)
  if (path === "/ticket") await page.locator(".compose [tabindex='0']").waitFor()
  return page
}

const until = async (truth, what) => {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await truth()) return
    await new Promise((next) => setTimeout(next, 25))
  }
  assert.fail(`never came true: ${what}`)
}

const shows = (page, version) => until(async () => (await page.locator("#version").textContent()) === String(version), `version ${version}`)
const reads = () => desk.gets.filter((path) => path === "/ticket").length
const words = (page) => page.locator("textarea").inputValue()

test("three tabs hold one stream, and when its tab goes another takes over", async () => {
  const first = await open()
  const others = [await open(), await open()]
  await until(() => desk.streams.size === 1, "one stream")
  desk.version = 2
  tell("ticket:2418")
  for (const page of [first, ...others]) await shows(page, 2)
  await first.close()
  await until(() => desk.streams.size === 1 && desk.opened.length === 2, "the stream of another tab")
  desk.version = 3
  tell("view:mine")
  for (const page of others) await shows(page, 3)
})

test("a burst of events makes two fetches at most, a foreign topic none, one's own echo none", async () => {
  const page = await open()
  await until(() => desk.streams.size === 1, "a stream")
  const before = reads()
  desk.version = 2
  tell("ticket:2418")
  tell("ticket:2418")
  tell("view:mine")
  await shows(page, 2)
  await page.waitForLoadState("networkidle")
  assert.ok(reads() - before <= 2, `${reads() - before} fetches`)
  await page.locator("textarea").fill("sent")
  await page.keyboard.press("Control+Enter")
  await until(() => desk.posts.length === 1, "the post")
  await page.waitForLoadState("networkidle")
  const settled = reads()
  desk.version = 3
  tell("ticket:2418", desk.echo)
  tell("ticket:9999")
  await page.waitForLoadState("networkidle")
  assert.equal(reads(), settled, "neither the echo nor the foreign topic fetched")
  tell("ticket:2418", "somebody-else")
  await shows(page, 3)
  assert.deepEqual(page.faults, [])
})

test("a hidden tab waits until it is seen", async () => {
  const page = await open()
  await until(() => desk.streams.size === 1, "a stream")
  await page.evaluate(() => Object.defineProperty(document, "hidden", { get: () => window.away, configurable: true }))
  await page.evaluate(() => { window.away = true })
  const before = reads()
  desk.version = 2
  tell("ticket:2418")
  await page.waitForLoadState("networkidle")
  assert.equal(reads(), before)
  await page.evaluate(() => { window.away = false; document.dispatchEvent(new Event("visibilitychange")) })
  await shows(page, 2)
})

test("a refused or unreachable refresh leaves the words on the page", async () => {
  const page = await open()
  await until(() => desk.streams.size === 1, "a stream")
  await page.locator("textarea").fill("half a letter")
  const before = reads()
  desk.down = true
  tell("ticket:2418")
  await until(() => reads() > before, "the refused fetch")
  await page.waitForLoadState("networkidle")
  assert.equal(await words(page), "half a letter")
  desk.down = false
  desk.full = true
  await page.keyboard.press("Control+Enter")
  await page.locator("[data-failed]").waitFor()
  assert.equal(await words(page), "half a letter", "a desk that is full takes no words away")
  await page.route("**/two", (route) => route.abort())
  await page.locator("#r2").click()
  await page.locator("[data-offline]").waitFor()
  assert.equal(await words(page), "half a letter")
  desk.version = 2
  tell("ticket:2418")
  await shows(page, 2)
  assert.equal(await words(page), "half a letter")
})

test("each kind keeps its own draft; a note never slides into a reply, not by a live update either", async () => {
  const page = await open()
  await page.locator("textarea").fill("for the requester")
  await page.locator("h1, #version").first().click()
  await page.keyboard.press("n")
  assert.equal(await words(page), "")
  assert.equal(await page.locator("[data-slot=to]").textContent(), "Team only, never sent")
  desk.version = 2
  await until(() => desk.streams.size === 1, "a stream")
  tell("ticket:2418")
  await shows(page, 2)
  assert.equal(await page.locator(".compose").getAttribute("data-kind"), "note", "an empty note stays a note")
  await page.keyboard.type("for the team")
  await page.getByRole("tab", { name: "reply" }).click()
  assert.equal(await words(page), "for the requester")
  await page.reload()
  await page.locator(".compose [tabindex='0']").waitFor()
  assert.equal(await words(page), "for the requester")
  await page.getByRole("tab", { name: "note" }).click()
  assert.equal(await words(page), "for the team")
  await page.keyboard.press("Control+Enter")
  await until(() => desk.posts.length === 1, "the post")
  const { once, ...post } = desk.posts[0]
  assert.deepEqual(post, { path: "/send/note", body: "for the team", then: "wait" })
  assert.match(once, /^[\w-]{12,64}$/, "under a key")
  await until(async () => (await words(page)) === "for the requester", "the reply's draft is back")
  assert.equal(await page.locator(".compose").getAttribute("data-kind"), "reply")
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), ["draft:p7:2418:reply"], "the sent note is no draft")
  assert.deepEqual(page.faults, [])
})

test("a refused form keeps its words, on the page and on the device; fields of a kind belong to it", async () => {
  const page = await open()
  assert.equal(await page.locator("[name=minutes]").isVisible(), false)
  await page.locator("textarea").fill("refuse this")
  await page.keyboard.press("Control+Shift+Enter")
  await until(() => desk.refused, "the refusal")
  assert.equal(desk.posts[0].then, "solved")
  await until(async () => (await page.locator("textarea").evaluate((field) => field.defaultValue)) === "refuse this", "the page came back")
  assert.equal(await words(page), "refuse this")
  desk.refused = undefined
  desk.version = 2
  await until(() => desk.streams.size === 1, "a stream")
  tell("ticket:2418")
  await shows(page, 2)
  assert.equal(await page.locator("textarea[aria-invalid]").inputValue(), "refuse this", "a live update leaves the marked form alone")
  await page.reload()
  await page.locator(".compose [tabindex='0']").waitFor()
  assert.equal(await words(page), "refuse this")
  await page.getByRole("tab", { name: "call" }).click()
  assert.equal(await page.locator("[name=minutes]").isVisible(), true)
})

test("keys: lists, pairs, fields, and off", async () => {
  const page = await open()
  await page.keyboard.press("j")
  assert.equal(await page.locator("[aria-current]").getAttribute("id"), "r2")
  await page.keyboard.press("x")
  assert.equal(await page.getByRole("checkbox", { name: "Two" }).isChecked(), true)
  await page.keyboard.press("k")
  await page.keyboard.press("/")
  assert.equal(await page.evaluate(() => document.activeElement.type), "search")
  await page.keyboard.press("c")
  assert.equal(new URL(page.url()).pathname, "/ticket", "a letter in a field is a letter")
  await page.evaluate(() => { document.activeElement.blur(); document.body.dataset.keys = "off" })
  await page.keyboard.press("c")
  assert.equal(new URL(page.url()).pathname, "/ticket", "keys are off")
  await page.evaluate(() => { delete document.body.dataset.keys })
  await page.keyboard.press("g")
  await page.keyboard.press("i")
  await page.waitForURL("**/inbox/mine")
})

test("undo outlives a live update and goes by z", async () => {
  desk.toast = true
  const page = await open()
  await until(() => desk.streams.size === 1, "a stream")
  desk.toast = false
  desk.version = 2
  tell("ticket:2418")
  await shows(page, 2)
  assert.equal(await page.locator("#toast").count(), 1)
  await page.keyboard.press("z")
  await until(() => desk.posts.length === 1, "the undo")
  assert.equal(desk.posts[0].path, "/undo")
  await page.locator("#toast").waitFor({ state: "detached" })
})

const drafts = (page) => page.evaluate(() => Object.fromEntries(Object.entries(localStorage).map(([name, words]) => [name, JSON.parse(words).body])))

async function takeBack(words, kind = "reply") {
  desk.toast = true
  desk.returns = { id: "71", kind, words }
  const page = await open()
  return { page, back: async () => {
    await page.locator("#toast button").click()
    await until(() => desk.posts.length === 1, "the undo")
    await page.locator("form[data-returned]").waitFor()
  } }
}

test("words that were taken back are in the composer, and a draft at once", async () => {
  const { page, back } = await takeBack("try this first", "note")
  await back()
  await until(async () => (await words(page)) === "try this first", "the words")
  assert.equal(await page.locator(".compose").getAttribute("data-kind"), "note")
  await until(async () => (await drafts(page))["draft:p7:2418:note"] === "try this first", "the draft")
  await page.getByRole("tab", { name: "reply" }).click()
  assert.equal(await words(page), "", "a note that came back does not slide into a reply")
})

test("words that were taken back take nothing away that was typed meanwhile", async () => {
  const { page, back } = await takeBack("try this first")
  await page.locator("textarea").fill("and then that")
  await back()
  await until(async () => (await words(page)) === "try this first\n\nand then that", "both")
  await until(async () => (await drafts(page))["draft:p7:2418:reply"] === "try this first\n\nand then that", "the draft")
})

test("a note that comes back while a reply is written waits in its own place", async () => {
  const { page, back } = await takeBack("for the team", "note")
  await page.locator("textarea").fill("half a reply")
  await back()
  await until(async () => (await drafts(page))["draft:p7:2418:note"] === "for the team", "the note")
  assert.equal(await words(page), "half a reply")
  await page.getByRole("tab", { name: "note" }).click()
  assert.equal(await words(page), "for the team")
})

test("chosen files are named, and each can be taken out", async () => {
  const page = await open("/new")
  const input = page.locator("input[type=file]")
  const file = (name, size) => ({ name, mimeType: "text/plain", buffer: Buffer.alloc(size) })
  await input.setInputFiles([file("a.txt", 1), file("<b>.txt", 2_500_000)])
  await page.getByRole("listitem").first().waitFor()
  assert.match((await page.locator("[data-slot=files]").textContent()), /a\.txt.*<b>\.txt2\.5/)
  await page.getByRole("button", { name: "Take out a.txt" }).click()
  assert.deepEqual(await input.evaluate(({ files }) => [...files].map(({ name }) => name)), ["<b>.txt"])
  await page.getByRole("button", { name: "Take out <b>.txt" }).click()
  assert.equal(await page.locator("[data-slot=files]").isVisible(), false)
  assert.deepEqual(page.faults, [])
})

test("times are told in the reader's language", async () => {
  const page = await open()
  assert.equal(await page.locator("#ago").textContent(), "5 minutes ago")
  assert.equal(await page.locator("#left").textContent(), "2\u00a0h\u00a048")
  assert.equal(await page.locator("#late").textContent(), "12\u00a0min late")
})

test("finding a caller: type, walk, take; an answer under another policy never becomes markup", async () => {
  const page = await open("/new")
  const who = page.getByRole("combobox")
  await who.fill("as sent")
  await page.waitForLoadState("networkidle")
  assert.equal(await page.getByRole("option").count(), 0)
  await who.fill("")
  await who.pressSequentially("pay")
  await page.getByRole("option").waitFor()
  await page.keyboard.press("ArrowDown")
  assert.equal(await who.getAttribute("aria-activedescendant"), "found-0")
  await page.keyboard.press("Enter")
  assert.equal(await who.inputValue(), "Payroll office")
  assert.equal(await page.locator("[data-combo-target=value]").inputValue(), "17")
  assert.equal(await page.locator("#detail").textContent(), "3 tickets this year")
  assert.deepEqual(page.faults, [])
})
