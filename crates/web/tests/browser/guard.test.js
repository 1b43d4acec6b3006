// Section 8.5 of the design, kept true: what a person had before a live update is there after it. Each line
// runs twice, with the guard and without; the second run is the control that shows the line can fail.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { faultsOf, launch } from "./lib/browser.js"
import { page as wrap, serve } from "./lib/assets.js"

let site, browser
let version = 0

const body = () => `
<main>
  <p id="version">version ${version}</p>
  <form id="words" action="/sent" method="post" data-turbo-action="replace"><label>First <input id="first" name="first"></label>
    <label>Second <textarea id="second" name="second"></textarea></label>
    <label><input id="box" type="checkbox" name="box"> Box</label>
    <button id="send">Send</button></form>
  <details id="fold"><summary>More</summary><p>Inside</p></details>
  <div class="list"><ul data-controller="list" role="list">
    <li><a class="tk" id="row1" href="/one" aria-current="true">One</a></li>
    <li><a class="tk" id="row2" href="/two">Two</a></li></ul></div>
  <dialog class="sheet" id="sheet" aria-label="Sheet"><p>In the sheet</p><button>In the sheet</button></dialog>
  <div id="kept" data-turbo-permanent><label>Kept <input id="permanent"></label></div>
  <button id="opens" popovertarget="pop">Menu</button><div class="menu" id="pop" popover><a href="/one">One</a></div>
  <div id="tall">${"<p>A line to scroll by.</p>".repeat(80)}</div>
</main>`

before(async () => {
  site = await serve((request, response, url) => {
    if (url.pathname === "/sent") return void response.writeHead(303, { location: "/" }).end()
    if (url.pathname === "/live") return void response.writeHead(204).end()
    if (url.pathname === "/no-guard.js") return void response.writeHead(200, { "content-type": "text/javascript" }).end("export const guard = () => {}")
    const swap = url.searchParams.has("unguarded") ? { "js/guard": "/no-guard.js" } : {}
    return url.pathname === "/" ? wrap({ body: body(), swap, bodyAttributes: 'data-controller="keys busy dialog"' }) : null
  })
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await site?.close()
})

async function open(guarded) {
  const page = await browser.context.newPage()
  const faults = faultsOf(page)
  await page.goto(`${site.address}/${guarded ? "" : "?unguarded"}`)
  await page.waitForFunction(() => customElements.get("turbo-frame"))
  return { page, faults }
}

async function morph(page) {
  version += 1
  await page.evaluate(async () => {
    const { session } = await import("vendor/turbo")
    session.refresh(document.baseURI)
  })
  await page.waitForFunction((text) => document.querySelector("#version").textContent === text, `version ${version}`)
}

const value = (page, id) => page.locator(id).inputValue()

const lines = [
  { had: "text in the focused field", lostWithout: true,
    make: (page) => page.locator("#first").pressSequentially("half a word"),
    held: async (page) => (await value(page, "#first")) === "half a word" && (await page.evaluate(() => document.activeElement.id)) === "first" },
  { had: "text in another field", lostWithout: true,
    make: async (page) => { await page.locator("#second").pressSequentially("half a letter"); await page.locator("#opens").focus() },
    held: async (page) => (await value(page, "#second")) === "half a letter" },
  { had: "a ticked box", lostWithout: true,
    make: (page) => page.locator("#box").check(),
    held: (page) => page.locator("#box").isChecked() },
  { had: "an open details", lostWithout: true,
    make: (page) => page.locator("#fold summary").click(),
    held: (page) => page.locator("#fold").evaluate((fold) => fold.open) },
  { had: "the list row marked by j", lostWithout: true,
    make: (page) => page.keyboard.press("j"),
    held: async (page) => (await page.locator("[aria-current]").getAttribute("id")) === "row2" },
  { had: "an open modal dialog", lostWithout: true,
    make: (page) => page.evaluate(() => document.querySelector("#sheet").showModal()),
    held: (page) => page.locator("#sheet").evaluate((sheet) => sheet.open && sheet.matches(":modal")) },
  { had: "text under data-turbo-permanent", lostWithout: false,
    make: (page) => page.locator("#permanent").pressSequentially("stays"),
    held: async (page) => (await value(page, "#permanent")) === "stays" },
  { had: "an open popover", lostWithout: false,
    make: (page) => page.locator("#opens").click(),
    held: (page) => page.locator("#pop").evaluate((pop) => pop.matches(":popover-open")) },
  { had: "the scroll position", lostWithout: false,
    make: (page) => page.evaluate(() => scrollTo(0, 700)),
    held: (page) => page.evaluate(() => scrollY === 700) },
]

for (const { had, lostWithout, make, held } of lines) {
  for (const guarded of [true, false]) {
    const kept = guarded || !lostWithout
    test(`${had}: ${kept ? "kept" : "lost"} ${guarded ? "with" : "without"} the guard`, async () => {
      const { page, faults } = await open(guarded)
      await make(page)
      assert.equal(await held(page), true, "the state stands before the update")
      await morph(page)
      assert.equal(await held(page), kept)
      assert.deepEqual(faults, [], "no error and no policy violation")
      await page.close()
    })
  }
}

test("a successful submit ends the guard: the field is the server's again", async () => {
  const { page, faults } = await open(true)
  await page.locator("#first").pressSequentially("sent words")
  version += 1
  await page.locator("#send").click()
  await page.waitForFunction((text) => document.querySelector("#version").textContent === text, `version ${version}`)
  assert.equal(await value(page, "#first"), "")
  assert.equal(await page.locator("[data-dirty]").count(), 0)
  assert.deepEqual(faults, [])
  await page.close()
})

test("the policy refuses markup a script put together, and a script from elsewhere", async () => {
  const { page } = await open(true)
  const tries = await page.evaluate(() => {
    const attempt = (run) => { try { run(); return "went through" } catch (error) { return error.name } }
    return {
      markup: attempt(() => { document.createElement("div").innerHTML = "<img src=x onerror=alert(1)>" }),
      parsed: attempt(() => new DOMParser().parseFromString("<p>made up</p>", "text/html")),
      script: attempt(() => { document.createElement("script").textContent = "alert(1)" }),
      elsewhere: attempt(() => { document.createElement("script").src = "https://example.org/a.js" }),
      policy: attempt(() => trustedTypes.createPolicy("other", { createHTML: (text) => text })),
    }
  })
  assert.deepEqual(tries, { markup: "TypeError", parsed: "TypeError", script: "TypeError", elsewhere: "TypeError", policy: "TypeError" })
  await page.close()
})
