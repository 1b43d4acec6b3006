// Two people at one ticket: each sees the other's face at once, in the header and in the row, and that a reply is being
// typed; who leaves is gone at once.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { api } from "./lib/api.js"
import { faultsOf, launch } from "./lib/browser.js"
import { startDesk, unavailable } from "./lib/desk.js"
import { signIn, speak } from "./lib/sign-in.js"

const skip = unavailable
let desk, one, other

before(async () => {
  if (skip) return
  desk = await startDesk()
  one = await launch()
  other = await launch()
})
after(async () => {
  await one?.close()
  await other?.close()
  await desk?.stop()
})

test("each sees who else looks and who types, and sending still works", { skip, timeout: 90_000 }, async () => {
  const call = api(desk)
  const { number } = await call("POST", "/tickets", { subject: "The scanner is not found", body: "Since Monday." })
  const [writer, reader, list] = [await one.context.newPage(), await other.context.newPage(), await other.context.newPage()]
  const faults = [faultsOf(writer), faultsOf(reader), faultsOf(list)]
  await signIn(writer, desk, desk.people.technician)
  await signIn(reader, desk, desk.people.supervisor)
  const name = await writer.locator(".side .me .cut").textContent()
  await reader.goto(`${desk.url}/tickets/${number}?view=everyone`)
  await list.goto(`${desk.url}/inbox/everyone?order=newest`)
  assert.equal(await reader.locator("header .here .face").count(), 0, "nobody else is there")
  const gets = []
  reader.on("request", (request) => request.method() === "GET" && request.url().includes(`/tickets/${number}`) && gets.push(request.url()))
  await writer.goto(`${desk.url}/tickets/${number}?view=everyone`)
  const looks = reader.locator("header .here", { hasText: `${name} looks at this too` })
  await looks.waitFor({ timeout: 5000 })
  assert.equal(await looks.locator(".face").count(), 1)
  await list.locator(`#tk-${number} .here .face`).first().waitFor({ timeout: 5000 })
  assert.match(await list.locator(`#tk-${number} .here`).textContent(), new RegExp(name))

  await writer.locator(".compose [data-kind=note]").first().click()
  await writer.locator("#words").pressSequentially("Only for us")
  await writer.locator(".compose [data-kind=reply]").first().click()
  const writes = reader.locator("[data-writes]")
  assert.equal(await writes.isVisible(), false, "a note is not said")
  await writer.locator("#words").pressSequentially("Unplug it")
  await writes.filter({ hasText: `${name} is typing a reply.` }).waitFor({ timeout: 5000 })
  assert.deepEqual(gets, [], "one element, no fetch of the page")
  await reader.locator("#words").fill("The cable is loose.")
  await reader.locator("#words").press("Control+Enter")
  await reader.locator(".msg", { hasText: "The cable is loose." }).waitFor()

  await speak(list, desk, "fr")
  await list.goto(`${desk.url}/tickets/${number}`)
  await list.locator("header .here", { hasText: `${name} regarde aussi ce billet` }).waitFor()
  await writer.close()
  await looks.waitFor({ state: "detached", timeout: 5000 })
  assert.deepEqual(faults, [[], [], []])
})
