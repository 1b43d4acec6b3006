// The whole job with the keyboard alone, in both languages: sign in, choose, open, reply, note, tag, assign, solve, undo,
// find. Where the focus is can be seen at every step.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { api } from "./lib/api.js"
import { faultsOf, launch } from "./lib/browser.js"
import { startDesk, unavailable } from "./lib/desk.js"
import { until } from "./lib/until.js"

const skip = unavailable
let desk

before(async () => {
  if (!skip) desk = await startDesk()
})
after(() => desk?.stop())

// What has the focus, and whether it, or what frames it, shows that by an outline in the window.
const focus = (page) => page.evaluate(() => {
  const one = document.activeElement
  const frames = [one, one.closest(".compose"), one.closest(".btn, label")].filter(Boolean)
  const outlined = frames.some((part) => getComputedStyle(part).outlineStyle !== "none" && parseFloat(getComputedStyle(part).outlineWidth) >= 1)
  const { top, bottom, height } = one.getBoundingClientRect()
  const inside = height > 0 && bottom > 0 && top < innerHeight
  return { name: `${one.tagName.toLowerCase()}#${one.id}.${one.className} "${(one.ariaLabel ?? one.textContent).trim().slice(0, 30)}"`, shown: one !== document.body && outlined && inside }
})
const seen = async (page, where) => {
  const { name, shown } = await focus(page)
  assert.ok(shown, `${where}: the focus on ${name} cannot be seen`)
}

// Tab until the wanted element has the focus, which is seen on every step.
async function tabTo(page, selector, most = 80, key = "Tab") {
  for (let step = 0; step < most; step += 1) {
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return
    await page.keyboard.press(key)
    // At the end of the page it goes to the browser's own bar.
    if (await page.evaluate(() => document.activeElement !== document.body)) await seen(page, `on the way to ${selector}`)
  }
  throw new Error(`${selector} is not reached in ${most} steps`)
}

for (const lang of ["en", "fr"]) {
  test(`${lang}: from sign-in to solved without a mouse`, { skip, timeout: 120_000 }, async (t) => {
    const browser = await launch({ locale: `${lang}-CA` })
    t.after(() => browser.close())
    const call = api(desk)
    const subject = `By keys alone, ${lang}`
    const { number } = await call("POST", "/tickets", { subject, body: "Nobody touches a mouse." })
    const page = await browser.context.newPage()
    const faults = faultsOf(page)
    const press = (key) => page.keyboard.press(key)
    const { messages: said } = await call("GET", `/tickets/${number}`)
    const kinds = async () => (await call("GET", `/tickets/${number}`)).messages.slice(said.length).map(({ kind }) => kind)
    const ticket = () => call("GET", `/tickets/${number}`)

    await page.goto(`${desk.url}/sign-in`)
    await tabTo(page, "#address")
    await page.keyboard.type(desk.people.technician.email)
    await press("Tab")
    await page.keyboard.type(desk.people.technician.password)
    await press("Enter")
    await page.waitForURL(/inbox/)
    if (!(await page.locator("html").getAttribute("lang")).startsWith(lang)) {
      await tabTo(page, ".side .me button", 120)
      await press("Enter")
      await page.locator(`html[lang^="${lang}"]`).waitFor()
    }

    await press("g")
    await press("u")
    await page.waitForURL(/inbox\/unassigned/)
    const row = page.locator(".tk[aria-current]")
    for (let step = 0; step < 60 && !(await row.filter({ hasText: subject }).count()); step += 1) {
      await press("j")
      await seen(page, "in the list")
    }
    await press("k")
    await press("j")
    await press("o")
    await page.waitForURL(new RegExp(`/tickets/${number}`))

    await press("r")
    await seen(page, "in the composer")
    await page.keyboard.type("Restart the printer.")
    await press("Control+Enter")
    await until(async () => (await kinds()).includes("reply"), "the reply")
    await page.locator(".msg", { hasText: "Restart the printer." }).waitFor()
    await press("n")
    await page.locator('.compose[data-kind="note"]').waitFor()
    await page.keyboard.type("It is the old model.")
    await press("Control+Enter")
    await page.locator(".msg.is-note", { hasText: "It is the old model." }).waitFor()

    await tabTo(page, "[popovertarget=menu-tag]", 40, "Shift+Tab")
    await press("Enter")
    await tabTo(page, "#tag")
    await page.keyboard.type("printer")
    await press("Enter")
    await page.locator(".prop", { hasText: "printer" }).waitFor()

    await press("a")
    await page.locator("#menu-assignee:popover-open").waitFor()
    await tabTo(page, "#assignee")
    await press("Escape")
    await page.locator("#menu-assignee:popover-open").waitFor({ state: "detached" })
    if (await page.locator("[data-key=i]").isVisible()) await press("i")
    await until(async () => Boolean((await ticket()).assignee), "it is somebody's")

    await press("e")
    await tabTo(page, "#cause")
    await page.keyboard.type("The old model.")
    await tabTo(page, "#steps")
    await page.keyboard.type("Restart it.")
    await tabTo(page, "#solve .btn.is-main")
    await press("Enter")
    await until(async () => (await ticket()).status === "solved", "it is solved")
    await page.locator("form [value=reopen]").first().waitFor({ state: "attached" })
    await page.locator(".toast").waitFor()
    await press("z")
    await until(async () => (await ticket()).status !== "solved", "it is taken back")
    await page.locator(".thread > header [data-key=e]").waitFor()

    await press("g")
    await press("i")
    await page.waitForURL(/inbox\/mine/)
    await press("Control+k")
    await page.locator("#palette[open]").waitFor()
    await seen(page, "in the palette")
    await page.keyboard.type(`#${number}`)
    await page.locator("#palette [role=option]", { hasText: subject }).waitFor()
    const chosen = page.locator("#palette [role=option][aria-selected=true]")
    for (let step = 0; step < 9 && !(await chosen.filter({ hasText: subject }).count()); step += 1) await press("ArrowDown")
    await press("Enter")
    await page.waitForURL(new RegExp(`/tickets/${number}$|/tickets/${number}[?]`))
    await page.locator("#palette[open]").waitFor({ state: "detached" })
    assert.deepEqual(faults, [])
  })
}
