// Writing on the real desk: canned replies by slash in both languages, marks and their undo, the preview, what is pasted
// and dropped, and drafts that follow their writer to another device.
import assert from "node:assert/strict"
import { after, afterEach, before, test } from "node:test"
import { api } from "./lib/api.js"
import { faultsOf, launch } from "./lib/browser.js"
import { startDesk, unavailable } from "./lib/desk.js"
import { signIn, speak } from "./lib/sign-in.js"
import { until } from "./lib/until.js"

const skip = unavailable
let desk, browser, other, numbers

before(async () => {
  if (skip) return
  desk = await startDesk()
  browser = await launch()
  other = await launch()
  for (const { context } of [browser, other]) {
    const page = await context.newPage()
    await signIn(page, desk, desk.people.technician)
    await page.close()
  }
  numbers = await workable()
})

// Open tickets the technician may see, by their language.
async function workable() {
  const found = { open: [] }
  const call = api(desk)
  const page = await browser.context.newPage()
  await page.goto(`${desk.url}/search`)
  for (const { number } of (await call("GET", "/tickets?limit=200")).items) {
    const { language, status } = await call("GET", `/tickets/${number}`)
    const seen = await page.evaluate(async (path) => (await fetch(path)).ok, `/tickets/${number}`)
    if (!seen || status === "solved" || status === "closed") continue
    if (language === "fr") found.fr ??= number
    else found.open.push(number)
  }
  await page.close()
  return found
}

after(async () => {
  await browser?.close()
  await other?.close()
  await desk?.stop()
})

// Every test has a ticket, and a device, of its own.
const fresh = () => numbers.open.pop()
afterEach(async () => {
  for (const { context } of [browser, other].filter(Boolean)) {
    for (const page of context.pages().slice(1)) {
      await page.evaluate(() => localStorage.clear()).catch(() => {})
      await page.close()
    }
  }
})

const words = (page) => page.locator("#words")
const value = (page) => words(page).inputValue()
const options = (page) => page.locator("#words-offers [role=option]")
const becomes = async (page, text) => {
  await until(async () => (await value(page)) === text, "the text", 3000).catch(() => {})
  assert.equal(await value(page), text)
}

async function open(number, { context } = browser) {
  const page = await context.newPage()
  page.faults = faultsOf(page)
  await page.goto(`${desk.url}/tickets/${number}?view=everyone`)
  await page.locator(".compose [tabindex='0']").first().waitFor()
  return page
}

// The composer with its helpers there.
async function write(number, device) {
  const page = await open(number, device)
  await words(page).focus()
  await page.locator("[data-mark]").first().hover()
  await until(() => page.evaluate(() => Boolean(window.Stimulus) || performance.getEntriesByType("resource").some(({ name }) => /js\/late/.test(name))), "the helpers")
  await page.waitForLoadState("networkidle")
  await words(page).focus()
  return page
}

test("a slash offers canned replies, filled; Esc leaves the slash; one undo takes the reply back", { skip }, async () => {
  const page = await write(numbers.open[0])
  await page.keyboard.type("Thanks.\n/")
  await options(page).first().waitFor()
  assert.equal(await options(page).count(), 3, "the one of a closed team is not among them")
  await page.keyboard.press("Escape")
  await page.keyboard.type("v")
  assert.equal(await value(page), "Thanks.\n/v")
  await page.waitForLoadState("networkidle")
  assert.equal(await options(page).first().isVisible(), false, "what was closed stays closed")
  await page.keyboard.press("Backspace")
  await page.keyboard.press("Backspace")
  await page.keyboard.type("/v")
  await until(async () => (await options(page).count()) === 1, "filtered while typing")
  assert.equal(await words(page).getAttribute("aria-activedescendant"), await options(page).first().getAttribute("id"))
  await page.keyboard.press("Enter")
  const filled = await value(page)
  assert.match(filled, /^Thanks\.\nHello [^{]+,\n\n1\. Disconnect/)
  assert.match(filled, new RegExp(`#${numbers.open[0]} here: http://127.*/en/requests/${numbers.open[0]}\n\nCedar$`))
  await page.keyboard.press("Control+z")
  assert.equal(await value(page), "Thanks.\n/v")
  assert.deepEqual(page.faults, [])
})

test("a French ticket offers French first and says so, in both languages of the desk", { skip, timeout: 60_000 }, async () => {
  for (const [lang, says] of [["fr", "Écrit en français"], ["en", "Writes in French"]]) {
    const page = await browser.context.newPage()
    await speak(page, desk, lang)
    const there = await write(numbers.fr)
    await there.locator(".compose .chip[data-for=reply]", { hasText: says }).waitFor()
    await there.keyboard.type("/")
    await options(there).first().waitFor()
    const chips = await there.locator("#words-offers .chip").allTextContents()
    assert.deepEqual(chips, lang === "fr" ? ["français", "français", "anglais"] : ["French", "French", "English"])
    await there.keyboard.press("ArrowDown")
    await there.keyboard.press("Tab")
    assert.match(await value(there), /^Bonjour [^{]+,\n/)
    await there.keyboard.press("Control+a")
    await there.keyboard.press("Delete")
    await there.locator(".compose [data-kind=note]").click()
    assert.equal(await there.locator(".compose .chip[data-for=reply]").isVisible(), false, "a note is in the team's language")
    assert.deepEqual(there.faults, [])
    await there.close()
    await page.close()
  }
})

test("@ offers technicians and # tickets; the button opens canned replies on a line of their own", { skip }, async () => {
  const page = await write(fresh())
  await page.keyboard.type("Ask @lar")
  await options(page).first().waitFor()
  await page.keyboard.press("Enter")
  assert.equal(await value(page), "Ask @Larch")
  const some = numbers.open[0]
  await page.keyboard.type(`, see #${some}`)
  await options(page).first().waitFor()
  assert.match(await options(page).first().textContent(), new RegExp(`^#${some}`))
  await page.keyboard.press("Tab")
  assert.equal(await value(page), `Ask @Larch, see #${some}`)
  await page.locator("[data-mark='/']").click()
  await options(page).first().waitFor()
  assert.equal(await value(page), `Ask @Larch, see #${some}\n/`)
  await options(page).filter({ hasText: "/picture" }).click()
  assert.match(await value(page), new RegExp(`see #${some}\nHello,`))
  assert.equal(await page.evaluate(() => document.activeElement.id), "words")
  await page.keyboard.press("Control+Enter")
  await page.locator(`.talk .msg a[href="/tickets/${some}"]`).waitFor()
  assert.deepEqual(page.faults, [])
})

test("marks go around what is chosen, by button and by key, and each is undone natively", { skip }, async () => {
  const page = await write(fresh())
  const press = (name) => page.getByRole("button", { name, exact: true }).click()
  await page.keyboard.type("one two")
  await page.keyboard.press("Shift+Control+ArrowLeft")
  await press("Bold")
  assert.equal(await value(page), "one **two**")
  await page.keyboard.press("Control+i")
  assert.equal(await value(page), "one **_two_**", "what was chosen stays chosen")
  await page.keyboard.press("Control+z")
  await page.keyboard.press("Control+z")
  assert.equal(await value(page), "one two")
  for (const [name, text] of [["List", "- one\n- two"], ["Numbered list", "1. one\n2. two"], ["Quote", "> one\n> two"]]) {
    await words(page).fill("one\ntwo")
    await page.keyboard.press("Control+a")
    await press(name)
    assert.equal(await value(page), text)
  }
  await words(page).fill("word")
  await page.keyboard.press("Control+a")
  await page.keyboard.press("Control+e")
  assert.equal(await value(page), "`word`")
  await press("Link")
  assert.equal(await value(page), "`[word](https://)`")
  assert.deepEqual(page.faults, [])
})

test("the preview shows the letter, beginning with what the page will, and gives the words back", { skip }, async () => {
  const page = await write(fresh())
  await words(page).fill("Open **Settings**.\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n<script>alert(1)</script>")
  const text = await value(page)
  const button = page.getByRole("button", { name: "Preview" })
  await button.click()
  const preview = page.locator(".compose .body")
  await preview.locator("table").first().waitFor()
  assert.equal(await words(page).isVisible(), false)
  assert.equal(await button.getAttribute("aria-pressed"), "true")
  const shown = await preview.innerHTML()
  await button.click()
  assert.equal(await value(page), text)
  assert.equal(await page.evaluate(() => document.activeElement.id), "words")
  assert.equal(await preview.isVisible(), false)
  await button.click()
  await preview.locator("strong").first().waitFor()
  await page.keyboard.press("Control+Enter")
  await page.locator(".talk .msg table").last().waitFor()
  const said = await page.locator(".talk .msg .body").last().innerHTML()
  const plain = (html) => html.trim().replace(/\s+/g, " ")
  assert.ok(plain(shown).startsWith(plain(said)), "to the letter")
  assert.match(shown, /\/k\/0000/, "and what stands under it")
  assert.equal(await words(page).isVisible(), true)
  assert.deepEqual(page.faults, [])
})

// As the browser does when somebody pastes; the picture is one point large.
const paste = (page, types, picture) => words(page).evaluate((field, [all, name]) => {
  const data = new DataTransfer()
  for (const [type, text] of Object.entries(all)) data.setData(type, text)
  if (name) data.items.add(new File([new Uint8Array([137, 80, 78, 71])], name, { type: "image/png" }))
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
  field.dispatchEvent(event)
  return event.defaultPrevented
}, [types, picture])

test("a pasted page becomes Markdown; plain text and words without marks stay as they are", { skip }, async () => {
  const page = await write(fresh())
  await page.keyboard.type("See: ")
  const html = '<h2>Ports</h2><table><tr><th>Port</th><th>Use</th></tr><tr><td>443</td><td><b>web</b></td></tr></table><ul><li>one</li><li><a href="https://example.org/">two</a></li></ul><img src=x onerror="window.ran = 1"><script>window.ran = 2</script>'
  assert.equal(await paste(page, { "text/html": html, "text/plain": "Ports" }), true)
  await becomes(page, "See: ## Ports\n\n| Port | Use |\n| --- | --- |\n| 443 | **web** |\n\n- one\n- [two](https://example.org/)")
  await page.keyboard.press("Control+z")
  assert.equal(await value(page), "See: Ports", "the plain words stood first")
  await page.keyboard.press("Control+z")
  assert.equal(await value(page), "See: ")
  assert.equal(await paste(page, { "text/html": "<div>  if x:</div><div>    y()</div>", "text/plain": "if x:\n    y()" }), true)
  await becomes(page, "See: if x:\n    y()")
  assert.equal(await paste(page, { "text/plain": "**plain**" }), false, "the browser's own paste")
  await page.route("**/paste", (route) => route.abort())
  await words(page).fill("")
  await paste(page, { "text/html": "<b>bold</b>", "text/plain": "bold" })
  await becomes(page, "bold")
  assert.equal(await page.evaluate(() => window.ran), undefined)
  assert.deepEqual(page.faults.filter((line) => !/ERR_FAILED/.test(line)), [])
})

test("whoever goes on before the marks arrive keeps the plain words where they were pasted", { skip }, async () => {
  const page = await write(fresh())
  let arrive
  const held = new Promise((release) => (arrive = release))
  await page.route("**/paste", async (route) => (await held, route.continue()))
  await paste(page, { "text/html": "<b>bold</b>", "text/plain": "bold" })
  assert.equal(await value(page), "bold", "nothing is waited for")
  await page.keyboard.type(" and more")
  const answered = page.waitForResponse("**/paste")
  arrive()
  await answered
  await page.locator("[role=tab][data-kind=note]").click()
  assert.equal(await value(page), "", "words of a reply never come into a note")
  await page.locator("[role=tab][data-kind=reply]").click()
  assert.equal(await value(page), "bold and more")
})

test("pasted pictures and dropped files join the list and are sent", { skip }, async () => {
  const page = await write(fresh())
  assert.equal(await paste(page, {}, "image.png"), true)
  await page.locator(".compose .file", { hasText: "image.png" }).waitFor()
  const dropped = await page.locator(".compose").evaluate((form) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(["log"], "log.txt", { type: "text/plain" }))
    const drop = (type) => !form.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
    return [drop("dragover"), drop("drop")]
  })
  assert.deepEqual(dropped, [true, true], "the browser does not leave the page for the file")
  await page.locator(".compose .file", { hasText: "log.txt" }).waitFor()
  await words(page).fill("Both files.")
  await page.keyboard.press("Control+Enter")
  await page.locator(".talk .msg a.file", { hasText: "log.txt" }).waitFor()
  assert.equal(await page.locator(".talk .msg", { hasText: "Both files." }).locator("a.file").count(), 2)
  assert.deepEqual(page.faults, [])
})

test("a very long plain text comes along as a file; typed in, it is refused and kept", { skip, timeout: 60_000 }, async () => {
  const page = await write(fresh())
  const long = "All work and no rest. ".repeat(12_000)
  assert.equal(await paste(page, { "text/html": `<b>${long.repeat(5)}</b>`, "text/plain": long }), true, "too long to be read")
  await page.locator(".compose .file", { hasText: "text.txt" }).waitFor()
  await words(page).fill(long)
  await page.keyboard.press("Control+Enter")
  await page.locator("#refused").waitFor()
  assert.equal((await value(page)).length, long.length, "nothing is lost")
})

const kept = (page) => page.waitForResponse((answer) => /\/draft$/.test(answer.url()) && answer.ok())

test("a draft is on the other device, of each kind its own, and gone everywhere once it was sent", { skip, timeout: 60_000 }, async () => {
  const number = fresh()
  const page = await open(number)
  await Promise.all([kept(page), words(page).fill("half a reply")])
  await page.locator(".compose [data-kind=note]").click()
  await Promise.all([kept(page), words(page).fill("half a note")])
  const there = await open(number, other)
  assert.equal(await value(there), "half a reply")
  await there.locator(".compose [data-kind=note]").click()
  assert.equal(await value(there), "half a note")
  await there.locator(".compose [data-kind=reply]").click()
  await words(there).fill("a whole reply")
  await words(there).press("Control+Enter")
  await there.locator(".talk .msg", { hasText: "a whole reply" }).waitFor()
  await there.reload()
  await there.locator(".compose [tabindex='0']").first().waitFor()
  assert.equal(await value(there), "")
  await page.close()
  const again = await open(number)
  assert.equal(await value(again), "", "what was sent elsewhere is no draft here")
  await again.locator("[data-slot=earlier]").click()
  assert.equal(await value(again), "half a reply", "but its words are not lost")
  assert.deepEqual([...there.faults, ...again.faults], [])
})

test("of a device's draft and the desk's the later wins, and the other can be put back", { skip, timeout: 60_000 }, async () => {
  const number = fresh()
  const page = await open(number)
  await Promise.all([kept(page), words(page).fill("first, here")])
  const there = await open(number, other)
  await Promise.all([kept(there), words(there).fill("second, there")])
  await page.goto(`${desk.url}/search`)
  await page.goto(`${desk.url}/tickets/${number}?view=everyone`)
  await page.locator(".compose [tabindex='0']").first().waitFor()
  assert.equal(await value(page), "second, there")
  const earlier = page.locator("[data-slot=earlier]")
  await earlier.click()
  assert.equal(await value(page), "first, here")
  await earlier.click()
  assert.equal(await value(page), "second, there", "and again")
  // Offline, this device goes on alone: then its words are the later ones.
  await page.route("**/draft", (route) => route.abort())
  await words(page).fill("third, here alone")
  await page.goto(`${desk.url}/search`)
  await page.goto(`${desk.url}/tickets/${number}?view=everyone`)
  await page.locator(".compose [tabindex='0']").first().waitFor()
  assert.equal(await value(page), "third, here alone")
  await earlier.waitFor()
  await page.unroute("**/draft")
})

test("leaving the page keeps the draft at once; without a session the device keeps it", { skip, timeout: 60_000 }, async () => {
  const number = fresh()
  const page = await open(number)
  await words(page).fill("not two seconds old")
  await page.goto(`${desk.url}/search`)
  const there = await open(number, other)
  await until(async () => {
    if ((await value(there)) === "not two seconds old") return true
    await there.reload()
    await there.locator(".compose [tabindex='0']").first().waitFor()
    return false
  }, "the draft of a page that was left")
  const cookies = await other.context.cookies()
  await words(there).fill("typed after the session had ended")
  await other.context.clearCookies()
  await there.waitForResponse((answer) => /\/draft$/.test(answer.url()))
  await other.context.addCookies(cookies)
  await there.reload()
  await there.locator(".compose [tabindex='0']").first().waitFor()
  assert.equal(await value(there), "typed after the session had ended")
})
