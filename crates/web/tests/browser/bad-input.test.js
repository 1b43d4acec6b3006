// What people bring that nobody planned for: two tabs, two people, a network that goes, a session that ends, ten
// megabytes, three hundred messages, names without an end, words from right to left, letters twice as big.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { api } from "./lib/api.js"
import { faultsOf, launch } from "./lib/browser.js"
import { check } from "./lib/checks.js"
import { startDesk, unavailable } from "./lib/desk.js"
import { letter } from "./lib/letter.js"
import { signIn, speak } from "./lib/sign-in.js"
import { deliver } from "./lib/smtp.js"
import { until } from "./lib/until.js"

const skip = unavailable
const timeout = 120_000
const sizes = [{ width: 1440, height: 900 }, { width: 390, height: 844 }, { width: 320, height: 640 }]
let desk, call, browser, other

before(async () => {
  if (skip) return
  desk = await startDesk()
  call = api(desk)
  browser = await launch()
  other = await launch()
  for (const [{ context }, person] of [[browser, "technician"], [other, "supervisor"]]) {
    const page = await context.newPage()
    await signIn(page, desk, desk.people[person])
    await page.close()
  }
})
after(async () => {
  await browser?.close()
  await other?.close()
  await desk?.stop()
})

const open = async (subject) => (await call("POST", "/tickets", { subject, body: "Words." })).number
const words = (page) => page.locator("#words")
const value = (page) => words(page).inputValue()
const said = async (number, text) => (await call("GET", `/tickets/${number}`)).messages.filter(({ body }) => body.includes(text)).length

async function at(number, { context } = browser) {
  const page = await context.newPage()
  await page.goto(`${desk.url}/tickets/${number}?view=everyone`)
  return page
}

// By letter, as strangers' words come; the number of the ticket it opened.
async function byLetter(parts) {
  const from = `stranger${Math.random().toString(36).slice(2)}@elsewhere.example`
  await deliver(desk.smtp, [{ from, to: desk.mailbox, raw: letter({ from, to: desk.mailbox, ...parts }) }])
  const mine = async () => (await call("GET", "/tickets?limit=20")).items.find(({ subject }) => subject === parts.subject)
  return (await until(mine, "the letter is a ticket")).number
}

test("two tabs write the same draft: what either wrote is found again", { skip, timeout }, async () => {
  const number = await open("Two tabs")
  const [one, two] = [await at(number), await at(number)]
  const kept = (page, text) => until(() => page.evaluate((wanted) => Object.values(localStorage).some((had) => had.includes(wanted)), text), `${text} is kept`)
  await words(one).fill("Written in the first tab")
  await kept(one, "the first tab")
  await words(two).fill("Written in the second tab")
  await kept(two, "the second tab")
  await one.close()
  await two.close()
  const page = await at(number)
  const first = await value(page)
  await page.locator("[data-slot=earlier]").click()
  const both = [first, await value(page)].sort()
  assert.deepEqual(both, ["Written in the first tab", "Written in the second tab"])
  await page.close()
})

test("two people answer: the second stops once, and may make it a note", { skip, timeout }, async () => {
  const number = await open("Two people")
  const [mine, theirs] = [await at(number), await at(number, other)]
  await words(mine).fill("What I would say")
  await words(theirs).fill("What they have said")
  await words(theirs).press("Control+Enter")
  await theirs.locator(".msg", { hasText: "What they have said" }).waitFor()
  await words(mine).press("Control+Enter")
  const stop = mine.locator(".summary")
  await stop.getByRole("button", { name: "Send anyway" }).waitFor()
  assert.equal(await value(mine), "What I would say")
  assert.deepEqual(await check(mine), [])
  await mine.setViewportSize(sizes[2])
  assert.deepEqual(await check(mine, { axe: false }), [])
  await stop.getByRole("button", { name: "Make it a note" }).click()
  await mine.locator(".msg.is-note", { hasText: "What I would say" }).waitFor()
  assert.equal(await value(mine), "", "it is no draft any more")
  await mine.reload()
  assert.equal(await value(mine), "")
  const { messages } = await call("GET", `/tickets/${number}`)
  assert.deepEqual(messages.slice(1).map(({ kind }) => kind), ["reply", "note"])
  await mine.close()
  await theirs.close()
})

test("the network goes while a reply with a file is sent: both stay where they are", { skip, timeout }, async () => {
  const number = await open("A file and no network")
  const page = await at(number)
  await words(page).fill("See the picture")
  await page.locator(".compose [type=file]").setInputFiles({ name: "picture.txt", mimeType: "text/plain", buffer: Buffer.from("x") })
  await browser.context.setOffline(true)
  await words(page).press("Control+Enter")
  await page.locator("[data-offline]:not([hidden])").waitFor()
  assert.equal(await value(page), "See the picture")
  assert.equal(await page.locator("[data-waits]").count(), 0, "a file does not wait elsewhere")
  await browser.context.setOffline(false)
  await words(page).press("Control+Enter")
  await page.locator(".msg .file", { hasText: "picture.txt" }).waitFor()
  assert.equal(await said(number, "See the picture"), 1)
  await page.close()
})

test("the session ends in the middle of a reply: the words are there after sign-in", { skip, timeout }, async (t) => {
  const alone = await launch()
  t.after(() => alone.close())
  const page = await alone.context.newPage()
  await signIn(page, desk, desk.people.technician)
  const number = await open("A session ends")
  await page.goto(`${desk.url}/tickets/${number}`)
  await words(page).fill("Half a reply, then lunch")
  await alone.context.clearCookies()
  await words(page).press("Control+Enter")
  await page.waitForURL(/sign-in/)
  await page.locator("#address").fill(desk.people.technician.email)
  await page.locator("#password").fill(desk.people.technician.password)
  await page.locator("form[action='/sign-in'] button").click()
  await page.waitForURL(new RegExp(`/tickets/${number}`))
  await until(async () => (await value(page)) === "Half a reply, then lunch", "the draft is back")
  assert.equal(await said(number, "Half a reply"), 0)
})

test("ten megabytes pasted come along as a file, and the page lives", { skip, timeout }, async () => {
  const number = await open("Ten megabytes")
  const page = await at(number)
  const faults = faultsOf(page)
  const most = 10 * 1024 * 1024
  await words(page).fill("The log is long.")
  await page.locator("#words-offers[data-write-target]").waitFor({ state: "attached" })
  await until(() => page.evaluate((count) => {
    const data = new DataTransfer()
    data.setData("text/plain", "A line of a log that is long.\n".repeat(count / 30))
    return !document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
  }, most), "it is taken")
  await page.locator(".compose .files .file", { hasText: "text.txt" }).waitFor()
  assert.equal(await value(page), "The log is long.")
  await words(page).press("Control+Enter")
  await page.locator(".msg .file", { hasText: "text.txt" }).waitFor({ timeout: 30_000 })
  assert.deepEqual(faults, [])
  await page.close()
})

test("more words than a message takes are refused in a sentence, and stay", { skip, timeout }, async () => {
  const page = await at(await open("Too many words"))
  const many = "A line of a log that is long.\n".repeat(8000)
  // As from another program: at once, and not through the page's own way of pasting.
  await words(page).evaluate((field, text) => {
    field.value = text
    field.dispatchEvent(new InputEvent("input", { bubbles: true }))
  }, many)
  await page.locator(".compose .btn.is-main[data-send]").click()
  await page.locator(".summary[role=alert] a[href='#words']").waitFor({ timeout: 30_000 })
  assert.equal((await value(page)).length, many.length)
  await words(page).fill("Short again")
  await words(page).press("Control+Enter")
  await page.locator(".msg", { hasText: "Short again" }).waitFor()
  await page.close()
})

test("three hundred messages: the middle is folded, it opens at the first unread", { skip, timeout }, async () => {
  const number = await open("Three hundred messages")
  for (let at = 1; at <= 100; at += 1) await call("POST", `/tickets/${number}/notes`, { body: `Message ${at} of many` })
  const before = await at(number, other)
  await before.locator(".msg", { hasText: "Message 100 of many" }).waitFor()
  await before.close()
  for (let at = 101; at <= 300; at += 1) await call("POST", `/tickets/${number}/notes`, { body: `Message ${at} of many` })
  const page = await at(number, other)
  const fresh = page.locator(".talk .new")
  await fresh.waitFor()
  assert.match(await page.locator(".talk .new + .msg").textContent(), /Message 101 of many/)
  const seen = await fresh.evaluate((one) => one.getBoundingClientRect().top - one.closest(".talk").getBoundingClientRect().top)
  assert.ok(seen >= -2 && seen < 200, `it stands ${seen} px below the top`)
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length)
  assert.ok(nodes < 1500, `${nodes} nodes`)
  assert.equal(await page.locator(".talk .sys a").count(), 2, "before and after something is folded")
  await page.close()
})

test("a name of three hundred characters fits everywhere", { skip, timeout }, async () => {
  const name = "Cedar".repeat(60)
  const number = await byLetter({ name, subject: `Long ${"x".repeat(180)}`, text: `A word without an end: ${"y".repeat(400)}` })
  const page = await at(number)
  for (const size of sizes) {
    await page.setViewportSize(size)
    for (const path of [`/tickets/${number}`, `/tickets/${number}#facts`, "/inbox/everyone?order=newest", "/people"]) {
      await page.goto(desk.url + path)
      assert.deepEqual(await check(page, { axe: false }), [], `${path} at ${size.width}`)
    }
  }
  await page.close()
})

test("words from right to left stand where they begin, and the page stays whole", { skip, timeout }, async () => {
  const number = await byLetter({ name: "أرز", subject: "الطابعة لا تعمل", text: "لا تطبع الطابعة منذ الصباح.\n\nError 0x8024." })
  const page = await at(number)
  const side = (selector) => page.locator(selector).first().evaluate((one) => getComputedStyle(one).direction)
  assert.equal(await side(".thread h1"), "rtl")
  assert.equal(await side(".msg .body p"), "rtl")
  assert.equal(await side("html"), "ltr")
  await words(page).fill("سأتصل بك")
  assert.equal(await side("#words"), "rtl")
  await words(page).fill("I call you")
  assert.equal(await side("#words"), "ltr")
  for (const size of sizes) {
    await page.setViewportSize(size)
    assert.deepEqual(await check(page, { axe: false }), [], `at ${size.width}`)
  }
  await page.goto(`${desk.url}/inbox/everyone?order=newest`)
  assert.equal(await side(`#tk-${number} .t`), "rtl")
  await page.close()
})

// What is cut off on purpose says so by its class; anything else shows whole.
const cut = (page) => page.evaluate(() => {
  const meant = ".cut, .cut *, .vh, .vh *, textarea, input, select, svg, svg *, .scroll, .props, .rows, .talk, .keys, .list > .seg"
  const hides = (one) => /hidden|clip/.test(getComputedStyle(one).overflow) && !one.matches(meant) && one.checkVisibility()
  const cropped = (one) => one.scrollWidth > one.clientWidth + 2 || one.scrollHeight > one.clientHeight + 2
  const all = [...document.body.querySelectorAll("*")].filter((one) => hides(one) && cropped(one) && one.textContent.trim())
  const spills = [...document.querySelectorAll(".btn, .chip, h1, h2, label")].filter((one) => one.checkVisibility() && !one.closest(meant) && one.scrollWidth > one.clientWidth + 2)
  return [...all, ...spills].map((one) => `${one.tagName.toLowerCase()}.${one.className} "${one.textContent.trim().slice(0, 30)}"`)
})

for (const lang of ["en", "fr"]) {
  test(`${lang}: letters twice as big at 320 px: inbox, ticket and portal`, { skip, timeout }, async () => {
    const page = await browser.context.newPage()
    await speak(page, desk, lang)
    await page.setViewportSize(sizes[2])
    const number = await open("The label printer prints blank labels since the update")
    const faults = []
    for (const path of ["/inbox/mine", "/inbox/everyone", `/tickets/${number}`, `/tickets/${number}#facts`, `/${lang}`, `/${lang}/ask`]) {
      await page.goto(desk.url + path)
      await page.evaluate(() => {
        document.documentElement.style.fontSize = "200%"
      })
      const wrong = [...(await check(page, { axe: false })), ...(await cut(page))]
      faults.push(...wrong.map((fault) => `${path}: ${fault}`))
    }
    await page.close()
    assert.deepEqual(faults, [])
  })
}
