// All parts on real pages: no accessibility fault, no sideways scroll, no policy violation, in both themes,
// on a desk, a telephone, a very narrow screen and with text a third longer. SHOTS=folder keeps pictures.
import assert from "node:assert/strict"
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { after, before, test } from "node:test"
import { faultsOf, launch } from "./lib/browser.js"
import { check, smallTargets } from "./lib/checks.js"
import { pages, servePages } from "./lib/pages.js"

const shots = process.env.SHOTS
const sizes = { desk: { width: 1440, height: 900 }, middle: { width: 1100, height: 800 }, phone: { width: 390, height: 844 }, narrow: { width: 320, height: 640 } }

let site, browser

before(async () => {
  if (shots) mkdirSync(shots, { recursive: true })
  site = await servePages()
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await site?.close()
})

async function open(name, theme, size, hash = "") {
  const page = await browser.context.newPage()
  const faults = faultsOf(page)
  await page.setViewportSize(sizes[size])
  await page.goto(`${site.address}/${name}?theme=${theme}${hash}`)
  await page.evaluate(() => document.fonts.ready)
  const shot = (label = size) => shots && page.screenshot({ path: join(shots, `${name}-${theme}-${label}.png`) })
  return { page, faults, shot }
}

for (const name of Object.keys(pages)) {
  for (const theme of ["light", "dark"]) {
    test(`${name}, ${theme}: no fault at any size`, async () => {
      for (const size of Object.keys(sizes)) {
        const { page, faults, shot } = await open(name, theme, size)
        await shot()
        assert.deepEqual(await check(page, { axe: size === "desk" || size === "phone" }), [], `${name} ${theme} ${size}`)
        assert.deepEqual(faults, [], `${name} ${theme} ${size}`)
        await page.close()
      }
    })
  }
  test(`${name}: holds text a third longer at 320 px`, async () => {
    const { page, shot } = await open(name, "light", "narrow")
    await page.evaluate(() => {
      const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      for (let at = words.nextNode(); at; at = words.nextNode()) {
        const text = at.nodeValue
        if (text.trim()) at.nodeValue = text + text.trim().slice(0, Math.ceil(text.trim().length * 0.35))
      }
    })
    await shot("long")
    assert.deepEqual(await check(page, { axe: false }), [])
    await page.close()
  })
}

for (const pane of ["list", "facts"]) {
  for (const theme of ["light", "dark"]) {
    test(`the ${pane} pane on a telephone, ${theme}`, async () => {
      const { page, shot } = await open("workspace", theme, "phone", `#${pane}`)
      await page.locator(pane === "list" ? ".list" : ".facts").waitFor()
      await shot(`phone-${pane}`)
      assert.equal(await page.locator(".thread").isVisible(), false)
      assert.deepEqual(await check(page), [])
      await page.close()
    })
  }
}

test("the note looks private, in both themes", async () => {
  for (const theme of ["light", "dark"]) {
    const { page, shot } = await open("workspace", theme, "desk")
    await page.keyboard.press("n")
    assert.equal(await page.locator(".compose").getAttribute("data-kind"), "note")
    assert.equal(await page.locator("[data-slot=go]").textContent(), "Add note")
    await shot("note")
    assert.deepEqual(await check(page), [])
    await page.close()
  }
})

test("menu and sheet open, hold no fault and close by Esc", async () => {
  for (const theme of ["light", "dark"]) {
    for (const size of ["desk", "phone"]) {
      const { page, shot } = await open("new", theme, size)
      await page.getByRole("button", { name: "More" }).click()
      await shot(`${size}-menu`)
      assert.deepEqual(await check(page), [])
      await page.keyboard.press("Escape")
      await page.getByRole("button", { name: "Keys" }).click()
      await shot(`${size}-sheet`)
      assert.deepEqual(await check(page), [])
      await page.keyboard.press("Escape")
      assert.equal(await page.locator("dialog[open]").count(), 0)
      assert.equal(await page.evaluate(() => document.activeElement.dataset.opens), "keys", "focus comes back")
      await page.close()
    }
  }
})

test("forced colours and print hold no sideways scroll", async () => {
  const { page, shot } = await open("workspace", "light", "desk")
  await page.emulateMedia({ forcedColors: "active" })
  await shot("forced")
  assert.deepEqual(await check(page, { axe: false }), [])
  await page.emulateMedia({ forcedColors: "none", media: "print" })
  await shot("print")
  assert.equal(await page.locator(".compose").isVisible(), false)
  await page.close()
})

test("a finger finds every control", async () => {
  const touch = await launch({ viewport: sizes.phone, hasTouch: true, isMobile: true })
  try {
    for (const name of Object.keys(pages)) {
      const page = await touch.context.newPage()
      await page.goto(`${site.address}/${name}?theme=light`)
      assert.deepEqual(await smallTargets(page), [], name)
      assert.deepEqual(await check(page, { axe: false }), [], name)
      await page.close()
    }
  } finally {
    await touch.close()
  }
})

test("the checks themselves see a fault", async () => {
  const { page } = await open("gate", "light", "narrow")
  await page.evaluate(() => {
    document.querySelector("label").remove()
    document.querySelector("h1").className = "cut"
    document.querySelector(".card").append(Object.assign(document.createElement("img"), { src: "/assets/favicon.svg", width: 900 }))
    document.querySelector("img").style.maxWidth = "none"
    document.querySelector(".btn").style.cssText = "min-height: 0; height: 20px"
  })
  assert.match((await smallTargets(page)).join(), /BUTTON.*20/)
  const faults = (await check(page)).join()
  assert.match(faults, /sideways/)
  assert.match(faults, /label/)
  assert.match(faults, /image-alt/)
  await page.close()
})
