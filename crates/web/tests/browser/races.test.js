// What a page shows when its own answer, a live update and the network come in the worst order: in the end always the
// newest. The server here holds an answer back until the test lets it go.
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { page as wrap, policy } from "./lib/assets.js"
import { faultsOf } from "./lib/browser.js"
import { closePages, stage } from "./lib/stage.js"
import { until } from "./lib/until.js"

// The same page, told what was done: it morphs.
const answered = "/ticket?done=1"

let desk

const ticket = () => `<main><p id="version">version ${desk.version}</p>
<form method="post" action="/send" data-turbo-action="replace"><textarea name="body" aria-label="Words"></textarea><button>Send</button></form></main>`
const text = () => wrap({ body: ticket(), swap: desk.swap, head: '<meta name="live-topics" content="ticket:1">', bodyAttributes: 'data-controller="live busy"' })
// The live part as one would write it first.
const naive = `import Live from "/assets/js/live.js"
import { session } from "vendor/turbo"
export default class extends Live { settle() { if (this.due && !this.sending) session.refresh(document.baseURI) } }`
const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": policy, "cache-control": "no-store" }

// The page as it is now; its second half waits for `hold`.
async function slowly(response, hold) {
  const now = text()
  response.writeHead(200, headers).write(now.slice(0, 400))
  await hold
  response.end(now.slice(400))
}

async function answer(request, response, { pathname, search }) {
  const place = pathname + search
  if (pathname === "/naive.js") return void response.writeHead(200, { "content-type": "text/javascript" }).end(naive)
  if (pathname === "/live") {
    response.writeHead(200, { "content-type": "text/event-stream" }).write(": here\n\n")
    desk.streams.add(response)
    return void response.on("close", () => desk.streams.delete(response))
  }
  if (request.method === "POST") {
    desk.version += 1
    desk.posts += 1
    response.on("close", () => (desk.broken ||= !response.writableEnded))
    const refusal = text()
    await desk.posting
    if (desk.refuses) return void response.writeHead(422, headers).end(refusal)
    return void response.writeHead(303, { location: answered }).end()
  }
  desk.gets.push(place)
  const hold = desk.holds[place]
  if (!hold) return text()
  delete desk.holds[place]
  await slowly(response, hold)
}

const stand = stage(answer)
const gate = () => {
  let open
  const shut = new Promise((go) => (open = go))
  return { shut, open }
}
const tell = () => desk.streams.forEach((stream) => stream.write(`event: refresh\ndata: ${JSON.stringify({ topic: "ticket:1", request: "" })}\n\n`))
const shows = (page, version) => page.locator("#version", { hasText: `version ${version}` }).waitFor({ timeout: 10_000 })

beforeEach(async () => {
  await closePages(stand)
  desk = { version: 1, streams: new Set(), gets: [], holds: {}, posts: 0 }
})

async function open() {
  const page = await stand.browser.context.newPage()
  const faults = faultsOf(page)
  await page.clock.install()
  await page.goto(`${stand.site.address}/ticket`)
  await until(() => desk.streams.size === 1, "a stream")
  return { page, faults }
}

test("news that come while an answer is read are shown after it", async () => {
  const { page, faults } = await open()
  const { shut, open: go } = gate()
  desk.holds[answered] = shut
  await page.locator("button").click()
  await until(() => desk.gets.includes(answered), "the answer begins")
  desk.version = 7
  tell()
  // Longer than the pause in which events join.
  await page.clock.fastForward(400)
  go()
  await shows(page, 7)
  assert.deepEqual(faults, [])
})

test("news that were on their way when something was sent, and refused, are fetched again", async () => {
  const { page } = await open()
  const [news, post] = [gate(), gate()]
  desk.holds["/ticket"] = news.shut
  desk.posting = post.shut
  desk.refuses = true
  desk.version = 5
  tell()
  await until(() => desk.gets.length === 2, "the news begin")
  await page.locator("textarea").fill("words")
  await page.locator("button").click()
  await until(() => desk.posts === 1, "it is sent")
  desk.version = 9
  post.open()
  await shows(page, 9)
})

test("an answer that never showed is fetched again, though nobody else tells of it", async () => {
  const { page } = await open()
  // As when the network breaks between the answer's head and its end.
  await page.evaluate(async () => {
    const { navigator } = await import("vendor/turbo")
    document.addEventListener("turbo:submit-end", () => (navigator.proposeVisit = () => delete navigator.proposeVisit), { once: true })
  })
  await page.locator("button").click()
  await shows(page, 2)
})

// The words leave while a fetch for news may have been put off.
async function sendAmidNews(page) {
  await page.evaluate(() => {
    new BroadcastChannel("firstline-live").postMessage({ kind: "refresh", topic: "ticket:1" })
    setTimeout(() => document.forms[0].requestSubmit(), 40)
  })
  await until(() => desk.posts === 1, "it is sent")
}

test("news never break off what is being sent", async () => {
  const { page, faults } = await open()
  const post = gate()
  desk.posting = post.shut
  await sendAmidNews(page)
  // Long enough for any fetch that was put off.
  await page.clock.fastForward(400)
  tell()
  post.open()
  await until(() => desk.gets.includes(answered), "the answer is fetched")
  await shows(page, 2)
  // Said of a connection once it is done with, which may be after the page has its answer.
  assert.equal(await until(() => desk.broken !== undefined && String(desk.broken), "the end of it"), "false", "it was heard to its end")
  // News half read are let go of for the answer that is on its way: Turbo means to, and leaves its own promise unheard.
  assert.deepEqual(faults.filter((fault) => fault !== "error: The user aborted a request."), [])
})

test("control: a refresh that is put off breaks it off", async () => {
  desk.swap = { "js/live": "/naive.js" }
  const { page } = await open()
  const post = gate()
  desk.posting = post.shut
  await sendAmidNews(page)
  await until(() => desk.broken, "it is broken off")
  post.open()
})
