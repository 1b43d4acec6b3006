// Fields by topic in the browser: they come with the topic, each shows while the others have what it asks for, and what
// is hidden is not sent.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { faultsOf, launch } from "./lib/browser.js"
import { startDesk, unavailable } from "./lib/desk.js"
import { signIn } from "./lib/sign-in.js"

let desk, browser, guest

before(async () => {
  if (unavailable) return
  desk = await startDesk()
  browser = await launch()
  guest = await launch()
})
after(async () => {
  for (const one of [browser, guest]) await one?.close()
  await desk?.stop()
})

const field = (page, key) => page.locator(`[name="f.${key}"]`)

test("on the portal a field comes with its topic and goes with its reason", { skip: unavailable, timeout: 60_000 }, async () => {
  const page = await guest.context.newPage()
  const faults = faultsOf(page)
  await page.goto(`${desk.url}/en/ask`)
  assert.equal(await field(page, "building").count(), 0, "control: nothing is asked before")
  await page.locator("#topic").selectOption({ label: "Network and remote access: Wi-Fi and wired network" })
  await field(page, "wired-or-wi-fi").selectOption("wi-fi")
  await field(page, "name-of-the-network").waitFor({ state: "visible" })
  await field(page, "name-of-the-network").fill("Cedar")
  assert.ok(await field(page, "number-of-the-wall-socket").isHidden())
  await field(page, "wired-or-wi-fi").selectOption("wired")
  await field(page, "number-of-the-wall-socket").waitFor({ state: "visible" })
  assert.ok(await field(page, "name-of-the-network").isDisabled(), "what is hidden is not sent")
  assert.equal(await field(page, "access-point-or-switch").count(), 0, "what is the team's is not asked")
  await page.locator("#subject").fill("No net")
  await page.locator("#body").fill("Since noon.")
  await page.locator("#name").fill("Quay")
  await page.locator("#address").fill("quay@example.net")
  await page.locator("form.answer .btn.is-main").click()
  await page.locator(".summary a[href='#f.building']").waitFor()
  assert.equal(await page.locator("#body").inputValue(), "Since noon.")
  await field(page, "building").selectOption("library")
  await page.locator("form.answer .btn.is-main").click()
  await page.waitForURL("**/en/asked")
  assert.deepEqual(faults.filter((fault) => !/422/.test(fault)), [])
})

test("a technician is asked the same with a new ticket, and changes it on the ticket", { skip: unavailable, timeout: 60_000 }, async () => {
  const page = await browser.context.newPage()
  await signIn(page, desk, desk.people.technician)
  await page.goto(`${desk.url}/tickets/new`)
  await page.locator("#requester").fill("payroll")
  await page.locator("#who-list [role=option]").first().click()
  await page.locator("#subject").fill("No net")
  await page.locator("#topic").selectOption({ label: "Network and remote access: Wi-Fi and wired network" })
  await field(page, "building").selectOption("library")
  await field(page, "wired-or-wi-fi").selectOption("wi-fi")
  await field(page, "name-of-the-network").fill("Cedar")
  await page.locator("form .btn.is-main").last().click()
  await page.waitForURL(/\/tickets\/\d+/)
  const facts = page.locator("#form-field")
  assert.match(await facts.innerText(), /Cedar/)
  await facts.locator("summary").first().click()
  await facts.locator("[name='f.wired-or-wi-fi']").selectOption("wired")
  await facts.locator("[name='f.number-of-the-wall-socket']").fill("12-B")
  await facts.locator("form .btn").last().click()
  await page.locator(".toast").waitFor()
  assert.match(await facts.locator("dl").first().innerText(), /12-B/)
  assert.doesNotMatch(await facts.locator("dl").first().innerText(), /Cedar/)
})
