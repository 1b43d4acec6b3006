// A device of one's own keeps what was read, dated, until its owner signs out, clears the box, or another person comes.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { api } from "./lib/api.js"
import { launch } from "./lib/browser.js"
import { startDesk, unavailable } from "./lib/desk.js"
import { lineTo } from "./lib/line.js"
import { signIn } from "./lib/sign-in.js"
import { until } from "./lib/until.js"

const skip = unavailable
const timeout = 90_000
let desk, call, line

before(async () => {
  if (skip) return
  const real = await startDesk()
  line = await lineTo(real)
  call = api(real)
  desk = { ...real, url: line.url }
})
after(async () => {
  await line?.close()
  await desk?.stop()
})

const open = async (subject) => (await call("POST", "/tickets", { subject, body: "Words." })).number
const words = (page) => page.locator("#words")

async function stand(t, person = desk.people.technician) {
  const browser = await launch()
  t.after(() => browser.close())
  line.join()
  const page = await browser.context.newPage()
  await signIn(page, desk, person)
  const network = (there) => (there ? line.join() : line.cut())
  return { browser, page, network }
}

const own = async (page) => {
  await page.goto(`${desk.url}/me`)
  await page.locator("[data-controller=device] input").check()
  await until(() => page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.active && navigator.serviceWorker.controller)), "the worker is there", 30_000)
}
const kept = (page) => page.evaluate(async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("kept"))
  const lists = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))
  return lists.flat()
})

test("a device of one's own keeps what was opened, dated, and signing out deletes it", { skip, timeout }, async (t) => {
  const { page, network } = await stand(t)
  const [number, unopened] = [await open("Kept on the device"), await open("Never opened here")]
  await page.goto(`${desk.url}/tickets/${number}`)
  assert.deepEqual(await kept(page), [], "off until it is chosen")
  await own(page)
  await page.goto(`${desk.url}/inbox/everyone`)
  await page.goto(`${desk.url}/tickets/${number}?view=everyone`)
  assert.equal(await page.locator("[data-as-was]").isVisible(), false)
  await until(async () => (await kept(page)).includes(`/tickets/${number}`), "it is kept")
  await network(false)
  for (const [path, what] of [[`/tickets/${number}`, "Kept on the device"], ["/inbox/everyone", "Kept on the device"]]) {
    await page.goto(desk.url + path)
    await page.locator("[data-as-was]", { hasText: /This is as it was on/ }).waitFor()
    assert.ok(await page.getByText(what).first().isVisible())
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.querySelector(".desk")).display), "block", "with its looks")
  }
  await assert.rejects(page.goto(`${desk.url}/tickets/${unopened}`), /ERR_/, "what was never opened is not there")
  await page.waitForURL(/^chrome-error/)
  await network(true)
  await page.goto(`${desk.url}/me`)
  await page.locator("form[action='/sign-out'] button").click()
  await page.waitForURL(/sign-in/)
  await until(async () => (await page.evaluate(async () => (await caches.keys()).length)) === 0, "all is deleted")
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0)
})

test("what is another person's is never kept, and a session that ended empties the device", { skip, timeout }, async (t) => {
  const { browser, page } = await stand(t)
  const number = await open("Whose is this")
  await own(page)
  await page.goto(`${desk.url}/tickets/${number}`)
  await until(async () => (await kept(page)).length > 0, "it is kept")
  await browser.context.clearCookies()
  await page.goto(`${desk.url}/tickets/${number}`)
  await page.waitForURL(/sign-in/)
  await until(async () => (await kept(page)).length === 0, "the session is over")
  await signIn(page, desk, desk.people.supervisor)
  await page.goto(`${desk.url}/tickets/${number}`)
  await until(async () => (await page.evaluate(async () => (await caches.keys()).length)) === 0, "the worker of another is gone")
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0)
})

test("the last fifty tickets, no more", { skip, timeout }, async (t) => {
  const { page } = await stand(t)
  const number = await open("One of many")
  await own(page)
  await page.goto(`${desk.url}/tickets/${number}`)
  await until(async () => (await kept(page)).length > 0, "one is kept")
  await page.evaluate(async () => {
    const [name] = (await caches.keys()).filter((one) => one.startsWith("kept"))
    const cache = await caches.open(name)
    for (let at = 0; at < 55; at += 1) await cache.put(`/tickets/9${at}`, new Response("old", { headers: { "x-kept": Date.now() } }))
    await cache.put("/tickets/95000", new Response("too old", { headers: { "x-kept": Date.now() - 8 * 86_400_000 } }))
  })
  await page.goto(`${desk.url}/tickets/${number}`)
  await until(async () => (await kept(page)).filter((path) => path.startsWith("/tickets/")).length === 50, "fifty stay")
  const all = await kept(page)
  assert.ok(all.includes(`/tickets/${number}`) && all.includes("/tickets/954") && !all.includes("/tickets/90") && !all.includes("/tickets/95000"))
})

// Nothing is known while the page is loaded anew.
const count = (page) => page.evaluate(async () => (await caches.keys()).length).catch(() => -1)

test("clearing the box ends the keeping at once, and signing out brings nothing back", { skip, timeout }, async (t) => {
  const { page } = await stand(t)
  const number = await open("No longer mine")
  await own(page)
  await page.goto(`${desk.url}/tickets/${number}`)
  await until(async () => (await kept(page)).length > 0, "control: it is kept")
  await page.goto(`${desk.url}/me`)
  // A second page has the worker still, and goes on without a new load.
  const other = await page.context().newPage()
  await other.goto(`${desk.url}/inbox/everyone`)
  await page.locator("[data-controller=device] input").uncheck()
  await until(async () => (await count(page)) === 0, "all is deleted")
  assert.ok(await other.evaluate(() => Boolean(navigator.serviceWorker.controller)), "control: the second page has it")
  const answered = other.waitForResponse((response) => response.url().includes(`/tickets/${number}`) && response.fromServiceWorker())
  await other.evaluate(async (path) => (await import("vendor/turbo")).visit(path), `/tickets/${number}`)
  await answered
  await other.locator("h1", { hasText: "No longer mine" }).waitFor()
  await words(other).focus()
  assert.equal(await count(other), 0)
  await page.goto(`${desk.url}/inbox/everyone`)
  assert.equal(await count(page), 0)
  await own(page)
  await page.goto(`${desk.url}/tickets/${number}`)
  await until(async () => (await kept(page)).includes(`/tickets/${number}`), "ticked again, it keeps again")
  await page.goto(`${desk.url}/me`)
  await page.locator("form[action='/sign-out'] button").click()
  await page.waitForURL(/sign-in/)
  await until(async () => (await count(page)) === 0, "signing out deletes it")
  await other.evaluate((path) => fetch(path), `/tickets/${number}`)
  assert.equal(await count(other), 0, "and nothing comes back")
})

test("a desk that cannot answer takes nothing away; a ticket that is gone is gone", { skip, timeout }, async (t) => {
  const { page, network } = await stand(t)
  const number = await open("Kept in bad times")
  await own(page)
  const path = `/tickets/${number}`
  await page.goto(desk.url + path)
  await until(async () => (await kept(page)).includes(path), "it is kept")
  // The worker is given each answer as the desk would give it.
  const worker = page.context().serviceWorkers()[0]
  const answers = (status) => worker.evaluate((status) => {
    self.real ??= self.fetch
    self.fetch = async (...asked) => {
      const answer = await self.real(...asked)
      const given = new Response(status === 200 ? answer.body : "x", { status, headers: answer.headers })
      Object.defineProperty(given, "url", { value: answer.url })
      Object.defineProperty(given, "clone", { value: () => Object.defineProperty(Response.prototype.clone.call(given), "url", { value: answer.url }) })
      return given
    }
  }, status)
  for (const status of [503, 429]) {
    await answers(status)
    assert.equal(await page.evaluate(async (path) => (await fetch(path)).status, path), status)
  }
  network(false)
  await page.goto(desk.url + path)
  await page.locator("[data-as-was]", { hasText: /This is as it was on/ }).waitFor()
  network(true)
  await answers(404)
  assert.equal(await page.evaluate(async (path) => (await fetch(path)).status, path), 404)
  await until(async () => !(await kept(page)).includes(path), "it is not there any more")
})

test("a kept page does not bring back the draft of words that were said since", { skip, timeout }, async (t) => {
  const { page, network } = await stand(t)
  const number = await open("Said since")
  const path = `/tickets/${number}`
  await own(page)
  await page.goto(desk.url + path)
  await words(page).fill("Restart the router")
  const keeps = (response) => response.url().endsWith("/draft") && response.ok()
  await page.waitForResponse(keeps)
  await page.goto(desk.url + path)
  assert.equal(await words(page).inputValue(), "Restart the router", "control: it is a draft")
  await until(async () => page.evaluate(async (path) => (await (await caches.match(path))?.text())?.includes('data-draft="Restart the router"'), path), "kept with its draft")
  // Said from another device: nothing of it is told to this one.
  await page.goto(`${desk.url}/inbox/everyone`)
  await page.evaluate(() => localStorage.clear())
  await call("POST", `${path}/notes`, { body: "Meanwhile" })
  network(false)
  await page.goto(desk.url + path)
  await page.locator("[data-as-was]", { hasText: /This is as it was on/ }).waitFor()
  await words(page).focus()
  assert.equal(await words(page).inputValue(), "")
})

test("what waited and was said stands on the page that is kept", { skip, timeout }, async (t) => {
  const { page, network } = await stand(t)
  const number = await open("Said at last")
  const path = `/tickets/${number}`
  await own(page)
  await page.goto(desk.url + path)
  await until(async () => (await kept(page)).includes(path), "it is kept")
  await page.goto(`${desk.url}/inbox/everyone`)
  await page.evaluate(([number, path]) => {
    const one = { key: "k-kept", kind: "note", number, url: `${path}/notes`, words: [["body", "From the cellar"], ["once", "k-kept"]], at: Date.now() }
    localStorage.setItem(`outbox:${document.body.dataset.me}`, JSON.stringify([one]))
  }, [number, path])
  await page.reload()
  await until(() => page.evaluate(async (path) => (await (await caches.match(path)).text()).includes("From the cellar"), path), "kept anew")
  network(false)
  await page.goto(desk.url + path)
  await page.locator("[data-as-was]", { hasText: /This is as it was on/ }).waitFor()
  await page.locator(".msg.is-note", { hasText: "From the cellar" }).waitFor()
  assert.equal(await page.locator("[data-waits]").count(), 0)
})
