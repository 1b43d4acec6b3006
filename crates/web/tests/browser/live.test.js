// Two technicians on one ticket: what one says shows on the other's page within two seconds, and nothing the other had
// in hand is lost: half a sentence, where the cursor stood, what was open.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { api } from "./lib/api.js"
import { faultsOf, launch } from "./lib/browser.js"
import { startDesk, unavailable } from "./lib/desk.js"
import { signIn } from "./lib/sign-in.js"

const SOON = 2000

let desk, one, other

before(async () => {
  if (unavailable) return
  desk = await startDesk()
  one = await launch()
  other = await launch()
})
after(async () => {
  await one?.close()
  await other?.close()
  await desk?.stop()
})

test("a reply of one shows on the other's page, and the other's work stays", { skip: unavailable, timeout: 60_000 }, async () => {
  const call = api(desk)
  const { number } = await call("POST", "/tickets", { subject: "Two technicians at once", body: "The badge reader beeps." })
  await call("POST", `/tickets/${number}/notes`, { body: "A note first." })
  await call("PUT", `/tickets/${number}/assignee`, { email: desk.people.technician.email })
  const [writer, reader] = [await one.context.newPage(), await other.context.newPage()]
  const faults = [faultsOf(writer), faultsOf(reader)]
  await signIn(writer, desk, desk.people.technician)
  await signIn(reader, desk, desk.people.supervisor)
  for (const page of [writer, reader]) await page.goto(`${desk.url}/tickets/${number}?view=everyone`)

  const fold = reader.locator(".facts details").first()
  await fold.locator("summary").click()
  await reader.locator("#words").pressSequentially("Half a sentence that must st")
  await reader.evaluate(() => {
    document.querySelector("#words").setSelectionRange(5, 9)
    window.sameDocument = true
  })

  for (const [round, text] of ["The first of two replies.", "The second of two replies."].entries()) {
    await writer.locator("#words").fill(text)
    await writer.locator("#words").press("Control+Enter")
    await writer.locator(".msg", { hasText: text }).waitFor()
    const begun = Date.now()
    await reader.locator(".msg", { hasText: text }).waitFor({ timeout: SOON })
    assert.ok(Date.now() - begun <= SOON, `round ${round}: ${Date.now() - begun} ms`)
  }

  const held = await reader.evaluate(() => {
    const field = document.querySelector("#words")
    return { text: field.value, from: field.selectionStart, to: field.selectionEnd, focus: document.activeElement.id, same: window.sameDocument }
  })
  assert.deepEqual(held, { text: "Half a sentence that must st", from: 5, to: 9, focus: "words", same: true })
  assert.equal(await fold.evaluate((details) => details.open), true, "what was open stays open")
  // The control: had the page been left to itself, a reload would have lost what was open.
  await reader.reload()
  assert.equal(await reader.locator(".facts details").first().evaluate((details) => details.open), false)
  assert.equal(await reader.locator("#words").inputValue(), "Half a sentence that must st", "even then the words are kept")
  assert.deepEqual(faults, [[], []])
})
