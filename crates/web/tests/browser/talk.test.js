// What a talk shows when its answers come in the worst order: in the end always the newest, and one talk on a page
// however often the page is told that it is there. The server here holds an answer back until the test lets it go.
import assert from "node:assert/strict"
import { test } from "node:test"
import { page as wrap, policy } from "./lib/assets.js"
import { stage } from "./lib/stage.js"
import { until } from "./lib/until.js"

const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": policy, "cache-control": "no-store" }
const desk = { state: "waiting", streams: new Set(), opened: 0, gets: 0, hold: undefined }

const chat = () => wrap({
  body: `<main><div id="chat" data-base="/talk" data-you="You" data-unsent="Not sent" data-typing="types">
<div id="chat-wrong"></div><div role="log"><ol id="said"></ol></div><p id="chat-typing"></p><p id="chat-lost" hidden>Lost</p>
<p id="chat-state">${desk.state}</p><div id="chat-foot"><form id="end" method="post" action="/end"><button>End</button></form></div></div></main>
<script type="module" src="/assets/js/chat.js"></script>`,
})

async function answer(request, response, { pathname }) {
  if (pathname === "/talk/live") {
    response.writeHead(200, { "content-type": "text/event-stream" }).write(": here\n\n")
    desk.streams.add(response)
    desk.opened += 1
    return void response.on("close", () => desk.streams.delete(response))
  }
  desk.gets += 1
  const [now, hold] = [chat(), desk.hold]
  desk.hold = undefined
  // Its head comes at once: the browser lets nobody else ask for the same page before it knows that.
  response.writeHead(200, headers).write(now.slice(0, 400))
  await hold
  response.end(now.slice(400))
}

const stand = stage(answer)
const tell = () => desk.streams.forEach((stream) => stream.write("event: changed\ndata: -\n\n"))

test("an answer that was overtaken does not put back what was before", async () => {
  const page = await stand.browser.context.newPage()
  await page.goto(`${stand.site.address}/talk`)
  await until(() => desk.opened > 0 && desk.gets > 1, "it listens, and has looked")
  let go
  desk.hold = new Promise((open) => (go = open))
  const before = desk.gets
  tell()
  await until(() => desk.gets > before, "the older answer is on its way")
  desk.state = "taken"
  tell()
  // What was asked for with it is answered before this is.
  const roundTrip = () => page.evaluate(() => fetch("/talk").then((answer) => answer.text()).then(Boolean))
  await roundTrip()
  go()
  await page.locator("#chat-state", { hasText: "taken" }).waitFor()
  await roundTrip()
  assert.equal(await page.locator("#chat-state").innerText(), "taken")
  assert.equal(desk.opened, 1, "one talk listens once")
})
