// Without a network: what was typed waits and leaves by itself, a reply waits for a tap, another person in the same
// browser neither sees nor sends it. What a device of one's own keeps: device.test.js.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { api } from "./lib/api.js"
import { faultsOf, launch } from "./lib/browser.js"
import { check } from "./lib/checks.js"
import { startDesk, unavailable } from "./lib/desk.js"
import { signIn, speak } from "./lib/sign-in.js"
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

const open = async (subject) => (await call("POST", "/tickets", { subject, body: "Words." })).number
const said = async (number, words) => (await call("GET", `/tickets/${number}`)).messages.filter(({ body }) => body.includes(words)).length
const words = (page) => page.locator("#words")
const waiting = (page) => page.locator("[data-waits]")

async function stand(t, person = desk.people.technician) {
  const browser = await launch()
  t.after(() => browser.close())
  const page = await browser.context.newPage()
  await signIn(page, desk, person)
  const network = (there) => browser.context.setOffline(!there)
  return { browser, page, network }
}

async function write(page, kind, text) {
  await page.locator(`.compose [role=tab][data-kind=${kind}]`).click()
  await words(page).fill(text)
  await words(page).press("Control+Enter")
}

test("notes, calls and visits leave by themselves, in order and once; a reply waits for a tap", { skip, timeout }, async (t) => {
  const { page, network } = await stand(t)
  const faults = faultsOf(page)
  const number = await open("The network drops")
  await page.goto(`${desk.url}/tickets/${number}?view=everyone`)
  await words(page).focus()
  await page.waitForLoadState("networkidle").catch(() => {})
  await network(false)
  await write(page, "note", "The first note without a network")
  await waiting(page).first().waitFor()
  assert.equal(await words(page).inputValue(), "", "the field is free again")
  await page.locator("[data-offline]:not([hidden])").waitFor()
  await write(page, "visit", "At the counter meanwhile")
  await write(page, "reply", "A reply that waits")
  await until(async () => (await waiting(page).count()) === 3, "three wait")
  assert.deepEqual(await check(page), [])
  await network(true)
  await until(async () => (await waiting(page).count()) === 1, "two have left")
  const { messages } = await call("GET", `/tickets/${number}`)
  const kinds = messages.slice(1).map(({ kind }) => kind)
  assert.deepEqual(kinds, ["note", "visit"], "in their order, and the reply has not left")
  assert.match(await waiting(page).textContent(), new RegExp(`Your reply on #${number} waits for you`))
  await waiting(page).locator("[data-do=send]").click()
  await page.locator(".msg", { hasText: "A reply that waits" }).waitFor()
  assert.equal(await waiting(page).count(), 0)
  assert.equal(await said(number, "A reply that waits"), 1)
  assert.equal(await words(page).inputValue(), "", "and it is no draft")
  assert.deepEqual(faults.filter((fault) => !/ERR_INTERNET_DISCONNECTED|ERR_NETWORK|Failed to fetch/.test(fault)), [])
})

test("an answer that is lost on its way does not say the words twice", { skip, timeout }, async (t) => {
  const { browser, page } = await stand(t)
  const number = await open("Half a network")
  await page.goto(`${desk.url}/tickets/${number}?view=everyone`)
  await words(page).focus()
  let reached = 0
  await browser.context.route(`**/tickets/${number}/notes*`, async (route) => {
    reached += 1
    if (reached > 1) return route.continue()
    await route.fetch({ maxRedirects: 0 })
    return route.abort("connectionreset")
  })
  await write(page, "note", "Said once and only once")
  await waiting(page).first().waitFor()
  assert.equal(await said(number, "Said once"), 1, "control: it had arrived")
  await page.reload()
  await until(async () => reached === 2 && (await waiting(page).count()) === 0, "it is sent again")
  assert.equal(await said(number, "Said once"), 1)
})

test("a reply that waited goes through the stop: somebody answered meanwhile", { skip, timeout }, async (t) => {
  const { page, network } = await stand(t)
  const number = await open("Two at once")
  await page.goto(`${desk.url}/tickets/${number}?view=everyone`)
  await words(page).focus()
  await network(false)
  await write(page, "reply", "Mine, from the train")
  await waiting(page).first().waitFor()
  const { browser, page: theirs } = await stand(t, desk.people.supervisor)
  await theirs.goto(`${desk.url}/tickets/${number}`)
  await write(theirs, "reply", "Theirs, from the office")
  await theirs.locator(".msg", { hasText: "Theirs" }).waitFor()
  await browser.context.pages().at(-1).close()
  await network(true)
  await waiting(page).locator("[data-do=send]").click()
  await page.locator(".msg", { hasText: "Theirs, from the office" }).waitFor()
  await until(async () => (await words(page).inputValue()) === "Mine, from the train", "the words are back in the composer")
  assert.equal(await said(number, "Mine, from the train"), 0)
})

test("after the session has ended the words are there; another person neither sees nor sends them", { skip, timeout }, async (t) => {
  const { browser, page, network } = await stand(t)
  const number = await open("A session ends")
  await page.goto(`${desk.url}/tickets/${number}?view=everyone`)
  await words(page).focus()
  await network(false)
  await write(page, "note", "Of the technician alone")
  await waiting(page).first().waitFor()
  await browser.context.clearCookies()
  await network(true)
  const posts = []
  page.on("response", (response) => response.request().method() === "POST" && /notes/.test(response.url()) && posts.push(response.status()))
  await page.reload()
  await page.waitForURL(/sign-in/)
  await signIn(page, desk, desk.people.supervisor)
  await page.goto(`${desk.url}/tickets/${number}`)
  await words(page).focus()
  await page.locator("#words-offers").waitFor({ state: "attached" })
  assert.equal(await waiting(page).count(), 0)
  assert.equal(await said(number, "Of the technician"), 0)
  await page.goto(`${desk.url}/me`)
  await page.locator("form[action='/sign-out'] button").click()
  await page.waitForURL(/sign-in/)
  await signIn(page, desk, desk.people.technician)
  await until(() => said(number, "Of the technician alone"), "it leaves once its writer is back")
  assert.equal(await said(number, "Of the technician alone"), 1)
})

test("on a telephone in French: the choice, and what waits", { skip, timeout }, async (t) => {
  const { page, network } = await stand(t)
  await speak(page, desk, "fr")
  await page.setViewportSize({ width: 320, height: 640 })
  await page.goto(`${desk.url}/me`)
  await page.getByText("Cet appareil est à moi").waitFor()
  assert.deepEqual(await check(page), [])
  const number = await open("Le réseau tombe")
  await page.goto(`${desk.url}/tickets/${number}`)
  await words(page).focus()
  await network(false)
  await write(page, "reply", "Une réponse du train")
  await waiting(page).filter({ hasText: `Votre réponse sur #${number} vous attend.` }).waitFor()
  assert.deepEqual(await check(page), [])
  await network(true)
  await waiting(page).locator("[data-do=look]").click()
  await until(async () => (await words(page).inputValue()) === "Une réponse du train", "its words are back in the composer")
  assert.equal(await waiting(page).count(), 0)
})
