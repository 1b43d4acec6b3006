// A draft's words are lent to the composer: behind what was typed, taken out again by the same button, never sent.
import assert from "node:assert/strict"
import { afterEach, test } from "node:test"
import { faultsOf } from "./lib/browser.js"
import { page as wrap } from "./lib/assets.js"
import { closePages, stage } from "./lib/stage.js"

const words = "Restart the laptop.\n\n1. Hold the button <b>\n2. Wait & see"
const posts = []

const ticket = `<main><form class="compose" data-kind="reply" data-controller="compose" action="/send" method="post">
<div role="tablist"><button type="button" role="tab" data-kind="reply" aria-selected="true">Reply</button></div>
<textarea name="body" aria-label="Words"></textarea><button class="btn is-main" data-send>Send</button></form>
<button id="lend" class="btn" type="button" data-lend="${words.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}" data-other="Take these words out again">Use these words</button></main>`

function answer(request) {
  if (request.method === "POST") posts.push(request.url)
  return wrap({ body: ticket, bodyAttributes: 'data-controller="keys"' })
}

const stand = stage(answer)
afterEach(() => closePages(stand))

async function open() {
  const page = await stand.browser.context.newPage()
  const faults = faultsOf(page)
  await page.goto(`${stand.site.address}/ticket`)
  await page.locator("[role=tab][tabindex='0']").waitFor()
  const field = page.locator("textarea")
  return { page, faults, field, button: page.locator("#lend"), text: () => field.inputValue() }
}

test("they come behind what was typed, and go without taking anything of it along", async () => {
  const { field, button, text, faults } = await open()
  await field.fill("Hello,")
  await button.click()
  assert.equal(await text(), `Hello,\n\n${words}`)
  assert.equal(await button.textContent(), "Take these words out again")
  await field.press("Control+End")
  await field.pressSequentially(" Bye")
  await button.click()
  assert.equal(await text(), "Hello, Bye")
  assert.equal(await button.textContent(), "Use these words")
  await button.click()
  assert.equal(await text(), `Hello, Bye\n\n${words}`)
  assert.deepEqual([posts, faults], [[], []])
})

test("an empty composer gets them alone, and the browser's own undo knows them", async () => {
  const { field, button, text } = await open()
  await button.click()
  assert.equal(await text(), words)
  await field.press("Control+z")
  assert.equal(await text(), "")
})

test("words that were changed since are the writer's: they stay", async () => {
  const { field, button, text } = await open()
  await button.click()
  assert.equal(await text(), words)
  await field.fill("Restart the laptop twice.")
  await button.click()
  assert.equal(await text(), "Restart the laptop twice.")
  assert.equal(await button.textContent(), "Use these words")
  assert.deepEqual(posts, [])
})
