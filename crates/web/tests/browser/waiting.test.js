// What waits, and what has happened meanwhile: a merge, an answer, weeks, another person, a desk that takes it no more.
// Whatever it was, the words are there, they are said once, and nobody is led away from what he does.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { api } from "./lib/api.js"
import { faultsOf, launch } from "./lib/browser.js"
import { startDesk, unavailable } from "./lib/desk.js"
import { signIn } from "./lib/sign-in.js"
import { until } from "./lib/until.js"

const skip = unavailable
const timeout = 90_000
let desk, call

before(async () => {
  if (skip) return
  desk = await startDesk()
  call = api(desk)
})
after(() => desk?.stop())

const open = async (subject) => (await call("POST", "/tickets", { subject, body: "Words.", requester: { email: "loft@example.net" } })).number
const said = async (number, words) => (await call("GET", `/tickets/${number}`)).messages.filter(({ body }) => body.includes(words)).length
const words = (page) => page.locator("#words")
const waiting = (page) => page.locator("[data-waits]")
const stored = (page) => page.evaluate(() => JSON.parse(localStorage.getItem(`outbox:${document.body.dataset.me}`)) ?? [])
const put = (page, all) => page.evaluate((all) => localStorage.setItem(`outbox:${document.body.dataset.me}`, JSON.stringify(all)), all)

async function stand(t, person = desk.people.technician) {
  const browser = await launch()
  t.after(() => browser.close())
  const page = await browser.context.newPage()
  await signIn(page, desk, person)
  const network = (there) => browser.context.setOffline(!there)
  return { browser, page, network }
}

async function at(page, number) {
  await page.goto(`${desk.url}/tickets/${number}?view=everyone`)
  await words(page).focus()
  await page.locator("#words-offers").waitFor({ state: "attached" })
  await page.waitForLoadState("networkidle").catch(() => {})
}

async function write(page, kind, text, button) {
  await page.locator(`.compose [role=tab][data-kind=${kind}]`).click()
  await words(page).fill(text)
  if (!button) return words(page).press("Control+Enter")
  await page.locator("[popovertarget=menu-send]").click()
  await page.locator(`#menu-send [data-send=${button}]`).click()
}

const merge = async (t, number, into) => {
  const { page } = await stand(t, desk.people.supervisor)
  await page.goto(`${desk.url}/tickets/${number}`)
  await page.evaluate(([number, into]) => fetch(`/tickets/${number}/merge`, { method: "POST", body: new URLSearchParams({ into }) }), [number, into])
}

test("a note that waited for a ticket merged meanwhile is in the composer of the one kept", { skip, timeout }, async (t) => {
  const { page, network } = await stand(t)
  const [kept, gone] = [await open("The one kept"), await open("The one merged")]
  await at(page, gone)
  await network(false)
  await write(page, "note", "Seen from the cellar")
  await waiting(page).first().waitFor()
  await merge(t, gone, kept)
  await network(true)
  const line = waiting(page).filter({ hasText: `What you wrote on #${kept} waits for you. It was merged into this ticket meanwhile` })
  await line.waitFor()
  await line.locator("[data-do=look]").click()
  await page.waitForURL((url) => url.pathname === `/tickets/${kept}`)
  await until(async () => (await words(page).inputValue()) === "Seen from the cellar", "the words are there")
  assert.equal(await page.locator(".compose").getAttribute("data-kind"), "note")
  assert.equal(await waiting(page).count(), 0)
  await words(page).press("Control+Enter")
  await page.locator(".msg.is-note", { hasText: "Seen from the cellar" }).waitFor()
  assert.equal(await said(kept, "Seen from the cellar"), 1)
})

test("what is being typed on a ticket while it is merged goes along, and goes out once", { skip, timeout }, async (t) => {
  const { page } = await stand(t)
  const [kept, gone] = [await open("Stays"), await open("Goes")]
  await at(page, gone)
  await words(page).fill("Half a reply")
  await merge(t, gone, kept)
  await page.locator("h1", { hasText: "Stays" }).waitFor()
  assert.equal(await words(page).inputValue(), "Half a reply")
  await words(page).press("Control+Enter")
  await page.locator("#refused", { hasText: "merged into this ticket" }).waitFor()
  assert.equal(await words(page).inputValue(), "Half a reply")
  await page.reload()
  await until(async () => (await words(page).inputValue()) === "Half a reply", "and they are its draft")
  await words(page).press("Control+Enter")
  await page.locator(".msg", { hasText: "Half a reply" }).waitFor()
  assert.equal(await said(kept, "Half a reply"), 1)
})

test("what has waited for longer than its key is kept is not sent, only looked at", { skip, timeout }, async (t) => {
  const { page } = await stand(t)
  const number = await open("A month in a drawer")
  const one = (kind, age) => ({ key: `k-${kind}-${age}`, kind, number, url: `/tickets/${number}/${kind === "reply" ? "replies" : "notes"}`, words: [["body", `Words of a ${kind}, ${age} days`], ["once", `k-${kind}-${age}`]], at: Date.now() - age * 86_400_000 })
  const { at: _, ...older } = one("note", 0)
  await put(page, [one("note", 31), { ...older, key: "k-no-hour" }, one("reply", 31), one("note", 29)])
  await page.goto(`${desk.url}/inbox/everyone`)
  await until(async () => (await waiting(page).count()) === 3, "the youngest has left")
  assert.equal(await said(number, "Words of a note, 29 days"), 1, "control")
  assert.equal(await waiting(page).locator("[data-do=send]").count(), 0)
  assert.equal(await said(number, "31 days"), 0)
  await waiting(page).first().locator("[data-do=look]").click()
  await until(async () => (await words(page).inputValue()) === "Words of a note, 31 days", "looked at")
})

test("a visit that would have solved it over a newer message is kept; the status is not", { skip, timeout }, async (t) => {
  const { page, network } = await stand(t)
  const number = await open("Solved from the cellar")
  await at(page, number)
  await network(false)
  await write(page, "visit", "The cable was loose", "solve")
  await waiting(page).first().waitFor()
  const { page: theirs } = await stand(t, desk.people.supervisor)
  await at(theirs, number)
  await write(theirs, "reply", "It is broken again")
  await theirs.locator(".msg", { hasText: "broken again" }).waitFor()
  await network(true)
  await waiting(page).filter({ hasText: "the status was left as it is" }).waitFor()
  assert.equal(await said(number, "The cable was loose"), 1)
  assert.notEqual((await call("GET", `/tickets/${number}`)).status, "solved")
  await waiting(page).locator("[data-do=look]").click()
  await until(async () => (await waiting(page).count()) === 0, "it was looked at")
  assert.equal(await words(page).inputValue(), "")
})

test("what could not leave is tried again without anybody's doing", { skip, timeout }, async (t) => {
  const { browser, page } = await stand(t)
  const number = await open("A network that lies")
  await at(page, number)
  let tries = 0
  await browser.context.route(`**/tickets/${number}/notes*`, (route) => ((tries += 1) > 1 ? route.continue() : route.abort("connectionreset")))
  await write(page, "note", "Leaves in the end")
  await waiting(page).first().waitFor()
  const address = page.url()
  await until(async () => (await waiting(page).count()) === 0, "it has left", 30_000)
  assert.equal(page.url(), address)
  assert.equal(await said(number, "Leaves in the end"), 1)
})

test("it looks at nothing in its writer's name: what somebody wrote meanwhile stays unread", { skip, timeout }, async (t) => {
  const { page } = await stand(t)
  const number = await open("Unread all the while")
  await at(page, number)
  await page.goto(`${desk.url}/inbox/everyone`)
  const { page: theirs } = await stand(t, desk.people.supervisor)
  await at(theirs, number)
  await write(theirs, "note", "News of the supervisor")
  await theirs.locator(".msg", { hasText: "News of" }).waitFor()
  await put(page, [{ key: "k-unread", kind: "note", number, url: `/tickets/${number}/notes`, words: [["body", "From the train"], ["once", "k-unread"]], at: Date.now() }])
  await page.reload()
  await until(() => said(number, "From the train"), "it is said")
  await until(async () => (await stored(page)).length === 0, "and told")
  await page.goto(`${desk.url}/tickets/${number}?view=everyone`)
  await page.locator("#new").waitFor()
})

test("what is refused stays with its reason and its words; nobody is led away", { skip, timeout }, async (t) => {
  const { page } = await stand(t)
  const number = await open("Refused somewhere else")
  const one = (to, key) => ({ key, kind: "note", number: to, url: `/tickets/${to}/notes`, words: [["body", `The words ${key}`], ["minutes", key === "k-1" ? "9999" : ""], ["once", key]], at: Date.now() })
  await page.goto(`${desk.url}/inbox/everyone`)
  await put(page, [one(number, "k-1"), one(999_999, "k-2")])
  await page.reload()
  const address = page.url()
  const [refused, gone] = [waiting(page).filter({ hasText: `#${number}` }), waiting(page).filter({ hasText: "#999999" })]
  await gone.filter({ hasText: "The words k-2" }).waitFor()
  assert.match(await refused.textContent(), /minutes/i)
  assert.equal(await gone.locator("[data-do=look]").isVisible(), false)
  assert.equal(page.url(), address)
  await page.reload()
  await until(async () => (await waiting(page).count()) === 2, "they are still there")
  await gone.locator("[data-do=drop]").click()
  await refused.locator("[data-do=look]").click()
  await until(async () => (await words(page).inputValue()) === "The words k-1", "its words are in the composer")
  assert.equal(await waiting(page).count(), 0)
})

test("a page that became another person's shows nothing of the first, and keeps no draft under his name", { skip, timeout }, async (t) => {
  const { browser, page } = await stand(t)
  const number = await open("Two people, one browser")
  await at(page, number)
  const me = await page.evaluate(() => document.body.dataset.me)
  await browser.context.route(`**/tickets/${number}/replies*`, (route) => route.abort("connectionreset"))
  await write(page, "reply", "A waits")
  await waiting(page).first().waitFor()
  const tab = await browser.context.newPage()
  await browser.context.clearCookies()
  await signIn(tab, desk, desk.people.supervisor)
  const told = page.waitForResponse((response) => response.url().endsWith("/draft"))
  await words(page).fill("Still of the first")
  assert.equal((await told).status(), 412)
  await page.evaluate(() => document.dispatchEvent(new Event("live:ask")))
  await until(async () => (await page.evaluate(() => document.body.dataset.me)) !== me, "the page is the second's")
  await until(async () => (await waiting(page).count()) === 0, "nothing of the first stands there")
  await tab.goto(`${desk.url}/tickets/${number}`)
  assert.equal(await words(tab).inputValue(), "")
  assert.equal(await tab.locator('[data-draft="Still of the first"]').count(), 0)
})

test("a reply that was stopped and becomes a note without a network waits as a note", { skip, timeout }, async (t) => {
  const { page, network } = await stand(t)
  const number = await open("Made a note")
  await at(page, number)
  await words(page).fill("Restart it")
  const { page: theirs } = await stand(t, desk.people.supervisor)
  await at(theirs, number)
  await write(theirs, "reply", "Theirs, first")
  await page.locator(".msg", { hasText: "Theirs, first" }).waitFor()
  await words(page).press("Control+Enter")
  const note = page.locator("#refused [value=instead]")
  await note.waitFor()
  await network(false)
  await note.click()
  await waiting(page).filter({ hasText: `Your note on #${number} waits` }).waitFor()
  await network(true)
  await until(() => said(number, "Restart it"), "it is said")
  const { messages } = await call("GET", `/tickets/${number}`)
  assert.equal(messages.at(-1).kind, "note")
})

test("minutes go with the words they were typed beside", { skip, timeout }, async (t) => {
  const { page, network } = await stand(t)
  const number = await open("Two visits")
  await at(page, number)
  await page.locator(".compose [role=tab][data-kind=visit]").click()
  await network(false)
  await page.locator(".compose [name=minutes]").fill("45")
  await write(page, "visit", "The first visit")
  await until(async () => (await waiting(page).count()) === 1, "one waits")
  assert.equal(await page.locator(".compose [name=minutes]").inputValue(), "")
  assert.equal(await page.locator(".compose [data-dirty]").count(), 0)
  await write(page, "visit", "The second visit")
  await until(async () => (await waiting(page).count()) === 2, "two wait")
  const minutes = (await stored(page)).map((one) => Object.fromEntries(one.words).minutes)
  assert.deepEqual(minutes, ["45", ""])
})

test("a live update leaves the focus on what waits, and says nothing twice", { skip, timeout }, async (t) => {
  const { browser, page } = await stand(t)
  const faults = faultsOf(page)
  const number = await open("Focus on Send")
  await at(page, number)
  await browser.context.route(`**/tickets/${number}/replies*`, (route) => route.abort("connectionreset"))
  await write(page, "reply", "Waits for a tap")
  await waiting(page).locator("[data-do=send]").focus()
  await page.evaluate(() => {
    window.changes = 0
    new MutationObserver((all) => (window.changes += all.length)).observe(document.querySelector("#outbox"), { childList: true, subtree: true, characterData: true })
  })
  await call("POST", `/tickets/${number}/notes`, { body: "News for the page" })
  await page.locator(".msg", { hasText: "News for the page" }).waitFor()
  assert.equal(await page.evaluate(() => document.activeElement.dataset.do), "send")
  assert.equal(await page.evaluate(() => window.changes), 0)
  assert.deepEqual(faults.filter((fault) => !/ERR_CONNECTION_RESET|Failed to fetch/.test(fault)), [])
})
