// Letters that wait for somebody's word, with the keyboard alone: through the list and back to it, ticked, set aside,
// taken back with z; let in and taken back on the page of the letter; a file as it came. And on a small telephone.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { api } from "./lib/api.js"
import { faultsOf, launch } from "./lib/browser.js"
import { smallTargets } from "./lib/checks.js"
import { startDesk, unavailable } from "./lib/desk.js"
import { signIn } from "./lib/sign-in.js"
import { deliver } from "./lib/smtp.js"
import { until } from "./lib/until.js"

const skip = unavailable
let desk, browser, page, complaints

const subjects = ["The plan of the first floor", "The plan of the second floor", "The plan of the third floor"]

// It says that it is a technician's, and nobody vouches for that: it is held.
const raw = (subject) => [
  `From: Cedar <${desk.people.technician.email}>`, `To: ${desk.mailbox}`, `Subject: ${subject}`, "Content-Type: multipart/mixed; boundary=b", "",
  "--b", "", "As we said.", "--b", "Content-Type: text/html", 'Content-Disposition: attachment; filename="plan.html"', "", "<script>alert(1)</script>", "--b--", "",
].join("\r\n")

before(async () => {
  if (skip) return
  desk = await startDesk()
  const from = desk.people.technician.email
  await deliver(desk.smtp, subjects.map((subject) => ({ from, to: desk.mailbox, raw: raw(subject) })))
  const call = api(desk)
  const held = async () => (await call("GET", "/letters?limit=200")).items.filter(({ state, subject }) => state === "held" && subjects.includes(subject)).length === 3
  await until(held, "three letters are held", 30_000)
  browser = await launch()
  page = await browser.context.newPage()
  complaints = faultsOf(page)
  await signIn(page, desk, desk.people.administrator)
})
after(async () => {
  await browser?.close()
  await desk?.stop()
})

const list = "/letters?state=held&q=plan"
const open = async () => {
  await page.goto(desk.url + list)
  await page.locator("#rows .tk").nth(2).waitFor()
}

test("j and k walk, o opens, u leads back to the list as it was", { skip }, async () => {
  await open()
  await page.keyboard.press("j")
  await page.keyboard.press("j")
  const marked = page.locator("#rows .tk[aria-current]")
  assert.match(await marked.textContent(), /second floor/)
  await page.keyboard.press("o")
  await page.locator("h1", { hasText: "second floor" }).waitFor()
  await page.keyboard.press("u")
  await page.locator("#rows .tk").first().waitFor()
  assert.ok(page.url().endsWith(list), page.url())
})

test("what is ticked is set aside with e, and z brings it back", { skip }, async () => {
  await open()
  for (const key of ["j", "x", "j", "x"]) await page.keyboard.press(key)
  assert.match(await page.locator("[data-slot=chosen]").textContent(), /2/)
  await page.keyboard.press("e")
  await page.locator(".toast", { hasText: "2 letters were set aside" }).waitFor()
  assert.equal(await page.locator("#rows .tk").count(), 1)
  await page.keyboard.press("z")
  await page.locator(".banner", { hasText: "2 letters are back" }).waitFor()
  assert.equal(await page.locator("#rows .tk").count(), 3)
})

test("a letter is let in with c and taken back with z", { skip }, async () => {
  await open()
  await page.locator("#rows .tk").first().click()
  await page.locator("[data-key=c]").waitFor()
  await page.keyboard.press("c")
  await page.locator(".toast", { hasText: "The letter was let in" }).waitFor()
  await page.keyboard.press("z")
  await page.locator("[data-key=e]").waitFor()
  assert.equal(await page.locator(".chip", { hasText: "Held" }).count(), 1)
})

test("a file of a held letter comes as it was sent, as a download", { skip }, async () => {
  await open()
  await page.locator("#rows .tk").first().click()
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("a[download]").click()])
  assert.equal(download.suggestedFilename(), "plan.html")
  const chunks = await (await download.createReadStream()).toArray()
  assert.equal(Buffer.concat(chunks).toString(), "<script>alert(1)</script>")
})

test("on a small telephone nothing is too low for a finger", { skip }, async () => {
  const phone = await launch({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true })
  try {
    const small = await phone.context.newPage()
    await signIn(small, desk, desk.people.administrator)
    for (const path of [list, await page.evaluate(() => location.pathname)]) {
      await small.goto(desk.url + path)
      await small.locator("h1").waitFor()
      assert.deepEqual(await smallTargets(small), [], path)
    }
  } finally {
    await phone.close()
  }
})

test("nothing was complained of", { skip }, () => assert.deepEqual(complaints, []))
