// Live chat in two browsers, in both languages: asked, taken, typing seen, lines both ways, a line kept through a lost
// connection and sent once, handed over, ended. And the widget on another site: where it may stand, and what that site
// may learn.
import assert from "node:assert/strict"
import { createServer } from "node:http"
import { after, before, test } from "node:test"
import { check } from "./lib/checks.js"
import { faultsOf, launch } from "./lib/browser.js"
import { startDesk, unavailable } from "./lib/desk.js"
import { signIn, speak } from "./lib/sign-in.js"
import { until } from "./lib/until.js"

const languages = {
  en: { ask: "The badge printer <i>blinks</i>", next: /next/, with: "Cedar", hint: "typing", ended: /has ended/ },
  fr: { ask: "L’imprimante à badges <i>clignote</i>", next: /bientôt/, with: "Cedar", hint: "écrit", ended: /terminé/ },
}

let desk, team, other, person, site, origin

// A site of somebody else: its page loads the widget, in the language asked for.
async function startSite() {
  const server = createServer((request, response) => {
    const lang = new URL(request.url, "http://x").searchParams.get("lang")
    response.writeHead(200, { "content-type": "text/html" })
    response.end(`<!doctype html><html lang="${lang}"><title>A site</title><main><h1>A site</h1><a href="/">Home</a></main><script src="${desk.url}/widget.js" data-lang="${lang}" async></script></html>`)
  })
  await new Promise((done) => server.listen(0, "127.0.0.1", done))
  return server
}

before(async () => {
  if (unavailable) return
  desk = await startDesk()
  team = await launch()
  other = await launch()
  person = await launch()
  site = await startSite()
  origin = `http://127.0.0.1:${site.address().port}`
  for (const [browser, who] of [[team, "technician"], [other, "administrator"]]) {
    const page = await browser.context.newPage()
    await signIn(page, desk, desk.people[who])
    await page.close()
  }
})
after(async () => {
  for (const one of [team, other, person]) await one?.close()
  site?.close()
  await desk?.stop()
})

const lines = (page) => page.locator("#said .body").allInnerTexts()
const once = async (page, line) => assert.equal((await lines(page)).filter((one) => one === line).length, 1, line)
// Nothing waits to be sent any more: every line has the name the desk gave it.
const sent = (page) => until(async () => (await page.locator("#said > li").count()) > 0 && (await page.locator("#said > li:not([id])").count()) === 0, "sent", 20_000)

for (const lang of Object.keys(languages)) {
  const said = languages[lang]

  test(`${lang}: a talk, from asking to its transcript`, { skip: unavailable, timeout: 180_000 }, async () => {
    const page = await team.context.newPage()
    const faults = faultsOf(page)
    await speak(page, desk, lang)
    await page.goto(`${desk.url}/chat`)

    const visitor = await person.context.newPage()
    await visitor.goto(`${desk.url}/${lang}/chat`)
    await visitor.locator("#name").fill("Quay")
    await visitor.locator("#address").fill(`quay-${lang}@example.net`)
    await visitor.locator("#body").fill(said.ask)
    await visitor.locator("#start .is-main").click()
    await visitor.locator("#chat-state").filter({ hasText: said.next }).waitFor()

    // The queue hears of it by itself.
    await page.locator(".lines", { hasText: said.ask }).locator("form button").click({ timeout: 15_000 })
    await page.locator("#say").waitFor()
    await visitor.locator("#chat-state").filter({ hasText: said.with }).waitFor({ timeout: 10_000 })
    const shots = process.env.SHOTS
    if (shots) await page.screenshot({ path: `${shots}/chat-pane-${lang}.png` })
    if (shots) await visitor.screenshot({ path: `${shots}/chat-talk-${lang}.png` })
    assert.deepEqual([...(await check(page)), ...(await check(visitor))], [])

    await visitor.locator("#body").pressSequentially("It ")
    await page.locator("#chat-typing").filter({ hasText: said.hint }).waitFor({ timeout: 10_000 })
    await page.locator("#body").pressSequentially("Which ")
    await visitor.locator("#chat-typing").filter({ hasText: said.hint }).waitFor({ timeout: 10_000 })
    await page.locator("#body").fill("Which **one**?")
    await page.keyboard.press("Enter")
    await visitor.locator("#said .body", { hasText: "Which one?" }).waitFor({ timeout: 10_000 })
    assert.equal(await visitor.locator("#body").inputValue(), "It ", "what is being typed stays")
    assert.equal(await visitor.locator("#chat-typing").innerText(), "", "a line ends the typing")

    // The network goes, and comes back: the line is marked, sent by itself, and there once.
    await person.context.setOffline(true)
    await visitor.locator("#body").fill("The blue one")
    await visitor.keyboard.press("Enter")
    await visitor.locator(".is-unsent", { hasText: "The blue one" }).waitFor()
    assert.ok(!(await lines(page)).includes("The blue one"))
    await person.context.setOffline(false)
    await page.locator("#said .body", { hasText: "The blue one" }).waitFor({ timeout: 20_000 })
    await until(async () => (await visitor.locator(".is-unsent").count()) === 0, "the mark goes", 20_000)
    // Its answer lost on the way: kept by the desk, and sent again all the same.
    let lost = 0
    await visitor.route("**/lines", async (route) => {
      if (lost++) return route.continue()
      await route.fetch({ maxRedirects: 0 })
      await route.abort()
    })
    await visitor.locator("#body").fill("By the door")
    await visitor.keyboard.press("Enter")
    await until(async () => lost > 1 && (await visitor.locator(".is-unsent").count()) === 0, "sent again", 20_000)
    // Left before the answer is there, as on a slow line: the desk keeps it, and the page that comes shows it once.
    const left = page.locator("#said .body", { hasText: "Left of it" })
    await visitor.unroute("**/lines")
    await visitor.route("**/lines", async (route) => {
      await route.fetch({ maxRedirects: 0 })
      await left.waitFor()
    })
    await visitor.locator("#body").fill("Left of it")
    await visitor.keyboard.press("Enter")
    await left.waitFor()
    await visitor.unroute("**/lines")
    await visitor.reload()
    await sent(visitor)
    for (const side of [page, visitor]) {
      await once(side, "By the door")
      await once(side, "Left of it")
    }

    // The technician's session ends: the page to sign in is no answer, and the line waits until he has signed in again.
    const [pane, signedIn] = [page.url(), await team.context.cookies()]
    await team.context.clearCookies()
    await page.locator("#body").fill("Signed in again")
    await page.keyboard.press("Enter")
    await page.waitForURL("**/sign-in**")
    await team.context.addCookies(signedIn)
    await page.goto(pane)
    await visitor.locator("#said .body", { hasText: "Signed in again" }).waitFor({ timeout: 20_000 })
    await sent(page)
    await once(page, "Signed in again")

    // To a colleague, who finds it open.
    const colleague = await other.context.newPage()
    const name = (await page.locator("#to option").allInnerTexts()).find((words) => /Juniper/.test(words))
    await page.locator("#to").selectOption({ label: name })
    await page.locator("#hand button").click()
    await visitor.locator("#chat-state").filter({ hasText: "Juniper" }).waitFor({ timeout: 10_000 })
    await until(async () => (await page.locator("#say").count()) === 0, "it is another's now")
    await colleague.goto(page.url())
    await colleague.locator("#body").fill("I go on here")
    await colleague.keyboard.press("Enter")
    await visitor.locator("#said .body", { hasText: "I go on here" }).waitFor({ timeout: 10_000 })
    await visitor.locator("#body").fill("One more thing")
    await colleague.locator("#end button").click()
    await visitor.locator("#chat-state").filter({ hasText: said.ended }).waitFor({ timeout: 10_000 })
    assert.equal(await visitor.locator("#say").count(), 0)
    assert.equal(await visitor.locator("#kept").inputValue(), "One more thing", "what was being typed can go as a request")
    assert.ok(await visitor.locator("#unsent button").isVisible())

    await page.goto(page.url().replace("/chat/", "/tickets/"))
    const talk = await page.locator(".talk .body").allInnerTexts()
    assert.deepEqual(talk.map((one) => one.trim()), [said.ask, "Which one?", "The blue one", "By the door", "Left of it", "Signed in again", "I go on here"])
    assert.equal(await page.locator(".talk i").count(), 0, "what a visitor writes is words")
    assert.deepEqual(faults, [])
    for (const one of [page, visitor, colleague]) await one.close()
  })

  test(`${lang}: nobody takes chats, so the words become a request`, { skip: unavailable, timeout: 90_000 }, async () => {
    const away = async (count) => {
      for (const { context } of [team, other]) {
        const page = await context.newPage()
        await page.goto(`${desk.url}/chat`)
        await page.locator("#takes").selectOption(String(count))
        await page.locator("form[action='/chat/share'] button").click()
        await page.waitForLoadState()
        await until(async () => (await page.locator("#takes").inputValue()) === String(count), "it is kept")
        await page.close()
      }
    }
    const visitor = await person.context.newPage()
    await person.context.clearCookies()
    await visitor.goto(`${desk.url}/${lang}/chat`)
    await visitor.locator("#name").fill("Pier")
    await visitor.locator("#address").fill(`pier-${lang}@example.net`)
    await visitor.locator("#body").fill(said.ask)
    await away(0)
    await visitor.locator("#start .is-main").click()
    await visitor.locator(".summary").waitFor()
    assert.equal(await visitor.locator("#body").inputValue(), said.ask)
    await visitor.locator("#start [value=request]").click()
    await visitor.waitForURL(`**/${lang}/asked`)
    await away(3)
    await visitor.close()
  })

  test(`${lang}: the widget stands on a named site, by keyboard and on a narrow screen`, { skip: unavailable, timeout: 120_000 }, async () => {
    const admin = await other.context.newPage()
    const allow = async (sites) => {
      await admin.goto(`${desk.url}/admin/chat`)
      await admin.locator("#sites").fill(sites)
      await admin.locator("form[action='/admin/chat'] button").click()
      await admin.waitForURL("**/admin/chat?saved=true")
    }
    const page = await person.context.newPage()
    await allow("")
    await page.goto(`${origin}/?lang=${lang}`)
    await page.getByRole("button").click()
    const frame = () => page.frames()[1]
    await until(() => frame()?.url().startsWith("chrome-error:"), "a site that is not named shows nothing")

    await allow(origin)
    await page.setViewportSize({ width: 320, height: 640 })
    await page.reload()
    await page.getByRole("button").focus()
    await page.keyboard.press("Enter")
    const inside = page.frameLocator("iframe")
    await inside.locator("#start").waitFor()
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/chat-widget-${lang}.png` })
    assert.deepEqual(await check(page, { axe: true }), [])
    await inside.locator("#name").focus()
    await page.keyboard.press("Escape")
    await until(() => page.getByRole("dialog").isHidden(), "Escape closes it, in the frame too")
    assert.equal(await page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.className), "open", "the focus is back on the button")
    await page.keyboard.press("Enter")

    await inside.locator("#name").fill("Quay")
    await inside.locator("#address").fill(`widget-${lang}@example.net`)
    await inside.locator("#body").fill(said.ask)
    await inside.locator("#start .is-main").click()
    await inside.locator("#chat-state").filter({ hasText: said.next }).waitFor()
    const secret = frame().url().split("/").at(-1)
    const reach = await page.evaluate(async (talk) => {
      const tried = []
      const attempt = async (what, work) => { try { await work(); tried.push(what) } catch {} }
      await attempt("location", () => frames[0].location.href.length)
      await attempt("document", () => frames[0].document.body.innerHTML)
      await attempt("storage", () => frames[0].sessionStorage.length)
      await attempt("fetch", () => fetch(talk))
      await attempt("credentials", () => fetch(talk, { credentials: "include" }))
      return { tried, text: document.documentElement.outerHTML }
    }, frame().url())
    assert.deepEqual(reach.tried, [], "the site around it reaches nothing")
    assert.ok(!reach.text.includes(secret), "nor does it see the secret")
    assert.deepEqual((await person.context.cookies(desk.url)).filter(({ name }) => name === "__Host-chat"), [], "the frame keeps no cookie")

    await page.reload()
    await page.getByRole("button").click()
    await inside.locator("#chat-state").filter({ hasText: said.next }).waitFor({ timeout: 10_000 })
    assert.equal(frame().url().split("/").at(-1), secret, "the talk is found again on the next page")
    await inside.locator("#end button").click()
    await inside.locator("#chat-state").filter({ hasText: said.ended }).waitFor()
    await page.close()
    await admin.close()
  })
}
