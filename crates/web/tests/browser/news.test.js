// A page misses no word of what it shows: neither one that came while it was made, nor one that came while no stream
// stood.
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { page as wrap } from "./lib/assets.js"
import { closePages, stage } from "./lib/stage.js"
import { until } from "./lib/until.js"

let desk

const text = (pathname) => wrap({
  body: `<main><p id="version">version ${desk.version}</p><a href="/next">next</a></main>`,
  head: `<meta name="live-topics" content="ticket:${pathname === "/next" ? 2 : 1}"><meta name="live-since" content="${desk.since}">`,
  bodyAttributes: 'data-controller="live"',
})

function answer(request, response, { pathname, searchParams }) {
  if (pathname !== "/live") {
    desk.gets.push(pathname)
    return text(pathname)
  }
  desk.opened.push(searchParams.get("since"))
  if (desk.refuses) return void response.writeHead(503).end()
  response.writeHead(200, { "content-type": "text/event-stream" }).write(": here\n\n")
  desk.streams.add(response)
  response.on("close", () => desk.streams.delete(response))
}

const stand = stage(answer)
const tell = (at, topic = "ticket:1") => desk.streams.forEach((stream) => stream.write(`event: refresh\ndata: ${JSON.stringify({ topic, request: null, at })}\n\n`))
const shows = (page, version) => page.locator("#version", { hasText: `version ${version}` }).waitFor({ timeout: 5000 })

async function open() {
  const page = await stand.browser.context.newPage()
  await page.clock.install()
  await page.goto(`${stand.site.address}/ticket`)
  return page
}

beforeEach(async () => {
  await closePages(stand)
  desk = { version: 1, since: "7-9", streams: new Set(), opened: [], gets: [] }
})

test("the stream begins where the page stands, and an older word fetches nothing", async () => {
  const page = await open()
  await until(() => desk.streams.size === 1, "a stream")
  assert.deepEqual(desk.opened, ["7-9"])
  // Every word is passed on to the other tabs, so a listener there knows when it came.
  await page.evaluate(() => {
    window.came = []
    new BroadcastChannel("firstline-live").onmessage = ({ data }) => window.came.push(data.at)
  })
  tell("7-9")
  tell("6-400")
  await page.waitForFunction(() => window.came.length === 2)
  await page.clock.fastForward(400)
  assert.equal(desk.gets.length, 1, "neither is newer than the page")
  desk.version = 2
  desk.since = "7-10"
  tell("7-10")
  await shows(page, 2)
  assert.equal(desk.gets.length, 2, "one fetch, for the one word that is newer")
  await page.clock.fastForward(400)
  tell("7-10")
  desk.version = 3
  tell("12-1")
  await shows(page, 3)
  assert.equal(desk.gets.length, 3)
})

test("a page made before a word that another tab heard is told of it", async () => {
  await open()
  await until(() => desk.streams.size === 1, "a stream")
  desk.since = "7-12"
  tell("7-12")
  await until(() => desk.gets.length === 2, "the first tab fetches")
  // As if it had been made before, and was long on its way.
  Object.assign(desk, { since: "7-11", version: 5 })
  const late = await open()
  await until(() => desk.gets.length === 4, "the second tab fetches once more")
  await shows(late, 5)
  await late.clock.fastForward(400)
  assert.equal(desk.gets.length, 4, "and no more, though it looks no newer")
  assert.equal(desk.opened.length, 1, "by the one stream there is")
})

test("a word without a place is for every page: the desk may have been set back", async () => {
  const page = await open()
  await until(() => desk.streams.size === 1, "a stream")
  Object.assign(desk, { since: "5-1", version: 8 })
  tell(null)
  await shows(page, 8)
  await page.clock.fastForward(400)
  desk.version = 9
  tell("5-2")
  await shows(page, 9)
})

test("the stream of the next page begins where that page stands", async () => {
  const page = await open()
  await until(() => desk.streams.size === 1, "a stream")
  desk.since = "8-1"
  await page.locator("a").click()
  await until(() => desk.opened.length === 2 && desk.streams.size === 1, "a stream of its own")
  assert.equal(desk.opened[1], "8-1")
})

test("a stream that was refused is asked for again", async () => {
  desk.refuses = true
  const page = await open()
  await until(() => desk.opened.length === 1, "it is refused")
  desk.refuses = false
  // The refusal reaches the page in its own time.
  await until(async () => (await page.clock.fastForward(30_000), desk.streams.size === 1), "a stream")
  desk.version = 4
  tell("7-20")
  await shows(page, 4)
})
