// Forms that a ticket's page fetches only when they are opened: the topic, the team, its subject, a link, snoozing and
// time spent. Each is there a moment after its menu or sheet, does its deed, and can be taken back.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { api } from "./lib/api.js"
import { faultsOf, launch } from "./lib/browser.js"
import { startDesk, unavailable } from "./lib/desk.js"
import { signIn } from "./lib/sign-in.js"
import { until } from "./lib/until.js"

const skip = unavailable
const timeout = 60_000
let desk, browser, call, page, number, other

before(async () => {
  if (skip) return
  desk = await startDesk()
  browser = await launch()
  call = api(desk)
  page = await browser.context.newPage()
  await signIn(page, desk, desk.people.technician)
  const open = (subject) => call("POST", "/tickets", { subject, body: "As it says.", requester: { email: "loft@example.net" } })
  number = (await open("The loft is dark")).number
  other = (await open("The cellar is dark")).number
  await page.goto(`${desk.url}/tickets/${number}?view=everyone`)
})
after(async () => {
  await browser?.close()
  await desk?.stop()
})

const toast = () => page.locator(".toast [type=submit], .toast button", { hasText: "Undo" }).first()

test("the page brings none of them, and each comes with its menu or sheet", { skip, timeout }, async () => {
  assert.equal(await page.locator("select#topic, select#team, input#subject, input#other, input#until, input#spent").count(), 0)
  await page.keyboard.press("t")
  const topic = page.locator("#menu-topic select")
  await topic.selectOption({ index: 1 })
  const chosen = await topic.locator("option:checked").innerText()
  await page.locator("#menu-topic form .btn").click()
  await page.locator("[popovertarget=menu-topic]", { hasText: chosen }).waitFor()
})

test("what was changed is in the form the next time it is opened", { skip, timeout }, async () => {
  await page.evaluate(() => document.getElementById("edit").showModal())
  await page.locator("#edit #subject").fill("The loft is dark again")
  await page.locator("#edit .btn.is-main").click()
  await page.locator("h1", { hasText: "dark again" }).waitFor()
  await page.evaluate(() => document.getElementById("edit").showModal())
  await page.locator("#edit #subject").waitFor()
  assert.equal(await page.locator("#edit #subject").inputValue(), "The loft is dark again")
  await page.keyboard.press("Escape")
})

test("a link that cannot be comes back with its words, one that can stands on the page", { skip, timeout }, async () => {
  await page.evaluate(() => document.getElementById("link").showModal())
  await page.locator("#link #other").fill("999999")
  await page.locator("#link .btn.is-main").click()
  await page.locator("#link .field-error").waitFor()
  assert.equal(await page.locator("#link #other").inputValue(), "999999")
  await page.locator("#link #other").fill(String(other))
  await page.locator("#link .btn.is-main").click()
  await page.locator(".facts", { hasText: `#${other}` }).waitFor()
  // The requester's other tickets stand there already: it was taken when its sheet has closed.
  await page.locator("#link[open]").waitFor({ state: "detached" })
  await page.locator("#refused").waitFor({ state: "detached" })
})

test("snoozing by its key, and back", { skip, timeout }, async () => {
  const { status } = await call("GET", `/tickets/${number}`)
  await page.keyboard.press("s")
  await page.locator("#snooze li .btn").first().click()
  await toast().click()
  await page.locator("[data-opens=snooze]").waitFor()
  assert.equal((await call("GET", `/tickets/${number}`)).status, status)
})

const frames = () => page.locator("turbo-frame").count()
const news = async (words) => {
  await call("POST", `/tickets/${number}/notes`, { body: words })
  await page.locator(".msg", { hasText: words }).waitFor()
}

test("live updates leave as many frames as there were, one form in each sheet, and fetch none anew", { skip, timeout }, async () => {
  const faults = faultsOf(page)
  await page.goto(`${desk.url}/tickets/${number}?view=everyone`)
  const before = await frames()
  const fetched = []
  page.on("request", (request) => request.url().includes("whole=true") && fetched.push(request.url()))
  const edit = () => page.evaluate(() => document.getElementById("edit").showModal())
  await edit()
  await page.locator("#edit #subject").waitFor()
  await page.keyboard.press("Escape")
  assert.equal(fetched.length, 1)
  for (const words of ["One by another", "Two by another", "Three by another"]) await news(words)
  assert.equal(await frames(), before)
  assert.equal(fetched.length, 1, "nothing that is closed is fetched")
  await edit()
  await page.locator("#edit #subject").waitFor()
  assert.equal(await page.locator("#edit form").count(), 1)
  assert.equal(fetched.length, 2)
  await page.locator("#edit #subject").fill("Half a subject")
  await page.keyboard.press("Escape")
  for (const words of ["Four by another", "Five by another"]) await news(words)
  assert.equal(await frames(), before, "what holds work stays, alone")
  await edit()
  assert.equal(await page.locator("#subject").count(), 1)
  assert.equal(await page.locator("#edit #subject").inputValue(), "Half a subject")
  assert.equal(fetched.length, 2)
  assert.deepEqual(faults, [])
  await page.locator("#edit .btn.is-main").click()
  await page.locator("h1", { hasText: "Half a subject" }).waitFor()
  await until(async () => (await frames()) === before, "and gives way when it was taken")
})
