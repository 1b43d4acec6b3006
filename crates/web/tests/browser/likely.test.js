// Likely solutions beside a ticket: used by key, by mouse and by finger, their words in the composer; set aside; taken
// back; still under the mouse; and a page that is whole without them.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { api } from "./lib/api.js"
import { faultsOf, launch } from "./lib/browser.js"
import { check } from "./lib/checks.js"
import { startDesk, unavailable } from "./lib/desk.js"
import { signIn, speak } from "./lib/sign-in.js"
import { until } from "./lib/until.js"

const skip = unavailable
const STEPS = "Turn the porthole handle to the left."
const SAID = "The porthole whistles at night, code 0xA11CE777."
let desk, browser, page

before(async () => {
  if (skip) return
  desk = await startDesk()
  browser = await launch()
  page = await browser.context.newPage()
  await signIn(page, desk, desk.people.administrator)
  await speak(page, desk, "en")
  const { number } = await api(desk)("POST", "/tickets", { subject: "The porthole whistles", body: SAID })
  await api(desk)("PUT", `/tickets/${number}/solution`, { cause: "", steps: STEPS })
})
after(async () => {
  await browser?.close()
  await desk?.stop()
})

/** A new ticket like the one that was solved, once the index knows both. */
async function ticket() {
  const { number } = await api(desk)("POST", "/tickets", { subject: "Porthole whistles", body: SAID })
  const found = async () => (await api(desk)("GET", `/tickets/${number}/suggestions`)).items
  await until(async () => (await found()).some(({ fix }) => fix === STEPS), "the index has followed", 20_000)
  return number
}

const card = () => page.locator("#likely .sol", { hasText: STEPS })
const words = () => page.locator("#words").inputValue()
const gone = (what) => until(async () => (await card().count()) === 0, what)

async function open(number, size = { width: 1440, height: 900 }, hash = "") {
  await page.setViewportSize(size)
  await page.goto(`${desk.url}/tickets/${number}?view=everyone${hash}`)
  await card().waitFor()
}

async function undo() {
  await page.locator(".toast button").first().click()
  await card().waitFor()
}

test("a key uses the first one, its words stand in the reply, and Undo brings it back", { skip, timeout: 90_000 }, async () => {
  const complaints = faultsOf(page)
  const number = await ticket()
  await open(number)
  assert.match(await card().innerText(), /Same code:\s*0xA11CE777/)
  assert.deepEqual(await check(page), [])
  await page.keyboard.press("1")
  await until(async () => (await words()) === STEPS, "the words are in the composer")
  await gone("it stands on the ticket")
  await page.locator(".toast", { hasText: "The fix is in your reply" }).waitFor()
  assert.equal(await words(), STEPS, "and the words stay when the page has changed")
  await undo()
  assert.deepEqual(complaints, [])
})

test("the mouse uses it after what was typed; what does not fit goes and comes back", { skip, timeout: 90_000 }, async () => {
  const number = await ticket()
  await open(number)
  await card().getByRole("button", { name: "does not fit" }).click()
  await gone("it was set aside")
  await undo()
  await page.locator("#words").fill("Good day,")
  await card().getByRole("button", { name: "Use fix" }).click()
  await until(async () => (await words()) === `Good day,\n\n${STEPS}`, "after what was typed")
  await gone("it is used, even under the mouse")
})

test("what comes anew waits while the mouse is on it", { skip, timeout: 90_000 }, async () => {
  const number = await ticket()
  await open(number)
  const [{ kind, id }] = (await api(desk)("GET", `/tickets/${number}/suggestions`)).items
  await card().hover()
  const asked = page.waitForResponse((answer) => answer.url().includes(`/tickets/${number}/likely`))
  await api(desk)("POST", `/tickets/${number}/suggestions/dismiss`, { kind, id })
  await (await asked).finished()
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  assert.equal(await card().count(), 1, "it stands still under the mouse")
  await page.mouse.move(700, 400)
  await gone("and is gone once it is left")
})

test("in French and on a telephone", { skip, timeout: 90_000 }, async () => {
  await speak(page, desk, "fr")
  const number = await ticket()
  await open(number, { width: 390, height: 844 }, "#facts")
  await page.getByRole("heading", { name: "Solutions probables" }).waitFor()
  // On a telephone the subject stands in the pane beside this one.
  const faults = (await check(page)).filter((fault) => !fault.startsWith("page-has-heading-one"))
  assert.deepEqual(faults, [])
  await card().getByRole("button", { name: "Utiliser la solution" }).click()
  await until(async () => (await words()) === STEPS, "the words are in the composer")
  await gone("it stands on the ticket")
  await page.setViewportSize({ width: 1440, height: 900 })
  await speak(page, desk, "en")
})

test("the page is whole where they do not come", { skip, timeout: 90_000 }, async () => {
  const number = await ticket()
  await page.setViewportSize({ width: 1440, height: 900 })
  for (const status of [503, 500]) {
    await page.route("**/likely?*", (route) => route.fulfill({ status, contentType: "text/html", body: "<p>Busy</p>" }))
    const asked = page.waitForResponse((answer) => answer.url().includes("/likely"))
    await page.goto(`${desk.url}/tickets/${number}?view=everyone`)
    await (await asked).finished()
    assert.equal(await page.locator("#likely").innerText(), "")
    await page.locator("#words").fill("It is worked on")
    await page.unroute("**/likely?*")
  }
  await open(number)
})
