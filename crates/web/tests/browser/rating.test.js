// How it went, in both languages: from the letter that says a request is solved, by way of its two answers, to the
// technician's open page; and what was answered before, found while one asks anew.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { faultsOf, launch } from "./lib/browser.js"
import { startDesk, unavailable } from "./lib/desk.js"
import { letter } from "./lib/letter.js"
import { signIn, speak } from "./lib/sign-in.js"
import { startSink } from "./lib/sink.js"
import { deliver } from "./lib/smtp.js"
import { until } from "./lib/until.js"

const languages = {
  en: {
    mailbox: "help@example.org", from: "pier@example.net", subject: "The gate reader blinks red", body: "Since this morning it opens for nobody.",
    good: "It went well", bad: "It did not go well", thanks: "Thank you. It is noted.", words: "The second visit <b>helped</b>.",
  },
  fr: {
    mailbox: "assistance@example.org", from: "jetee@example.net", subject: "Le lecteur de la barrière clignote en rouge",
    body: "Bonjour, depuis ce matin la barrière ne s’ouvre pour personne. Merci beaucoup!",
    good: "Ça s’est bien passé", bad: "Ça ne s’est pas bien passé", thanks: "Merci. C’est noté.", words: "La deuxième visite a <b>aidé</b>.",
  },
}

let desk, sink, team, person, plain

before(async () => {
  if (unavailable) return
  sink = await startSink()
  desk = await startDesk({ args: ["--relay", sink.address] })
  team = await launch()
  person = await launch()
  plain = await launch({ javaScriptEnabled: false })
  const page = await team.context.newPage()
  await signIn(page, desk, desk.people.technician)
  await page.close()
})
after(async () => {
  for (const one of [team, person, plain]) await one?.close()
  await desk?.stop()
  await sink?.stop()
})

const here = (link) => desk.url + new URL(link).pathname + new URL(link).search
const answer = (sent, word) => here(sent.text.match(new RegExp(`https?://\\S+/rate/[\\w-]+\\?answer=${word}`))[0])

for (const lang of Object.keys(languages)) {
  const said = languages[lang]

  test(`${lang}: looking records nothing, a hand does, and the team sees it`, { skip: unavailable, timeout: 120_000 }, async () => {
    const page = await team.context.newPage()
    const faults = faultsOf(page)
    await speak(page, desk, lang)
    await deliver(desk.smtp, [{ from: said.from, to: said.mailbox, raw: letter({ from: said.from, to: said.mailbox, subject: said.subject, text: said.body }) }])
    await page.goto(`${desk.url}/inbox/unassigned`)
    await page.locator(".tk", { hasText: said.subject }).click({ timeout: 10_000 })
    await page.locator(".talk").waitFor()
    await page.keyboard.press("e")
    await page.locator("#cause").fill("A worn cable.")
    await page.locator("#solve .btn.is-main").click()
    await page.locator("form [value=reopen]").first().waitFor({ state: "attached" })
    const sent = await sink.arrived(said.from, ({ text }) => /\/rate\//.test(text), "the letter that it is solved", 40_000)
    assert.match(sent.headers["auto-submitted"], /auto-generated/)
    assert.match(sent.html, /answer=good[^]*answer=bad/)
    const chip = (words) => page.locator(".facts .chip", { hasText: words })

    // Scanners: one without script, one that runs it. Both open both.
    for (const { context } of [plain, person]) {
      const scanner = await context.newPage()
      for (const word of ["good", "bad"]) {
        await scanner.goto(answer(sent, word))
        assert.equal(await scanner.locator(`[value=${word}]`).isChecked(), true)
        await scanner.evaluate(() => dispatchEvent(new PointerEvent("pointermove", { movementY: 9 })))
      }
      await scanner.close()
    }
    await page.reload()
    assert.equal((await chip(said.good).count()) + (await chip(said.bad).count()), 0, "opened, and not said")

    const reader = await person.context.newPage()
    const wrong = faultsOf(reader)
    await reader.goto(answer(sent, "bad"))
    await reader.locator("#words").fill("Not sent yet")
    await reader.mouse.move(200, 200)
    await reader.mouse.move(240, 260)
    await reader.getByText(said.thanks).waitFor()
    assert.equal(await reader.locator("#words").inputValue(), "Not sent yet", "what is being typed stays")
    await chip(said.bad).waitFor({ timeout: 10_000 })

    // The other answer of the letter, without script: one button.
    const button = await plain.context.newPage()
    await button.goto(answer(sent, "good"))
    await button.locator("#words").fill(said.words)
    await button.locator(".answer .btn").click()
    await button.locator("h1", { hasText: said.thanks }).waitFor()
    await chip(said.good).waitFor({ timeout: 10_000 })
    assert.equal(await chip(said.bad).count(), 0, "changed, not added")
    await page.locator(".facts", { hasText: said.words }).waitFor()
    assert.deepEqual([faults, wrong], [[], []])
    for (const one of [page, reader, button]) await one.close()
  })
}

test("while one asks, what was answered before appears below, and nothing typed is moved or lost", { skip: unavailable, timeout: 60_000 }, async () => {
  const page = await person.context.newPage()
  const faults = faultsOf(page)
  await signIn(page, desk, desk.people.requester)
  await page.goto(`${desk.url}/en/requests`)
  const earlier = page.locator("a.req").first()
  const [subject, place] = [await earlier.locator("h3").textContent(), await earlier.getAttribute("href")]
  await page.goto(`${desk.url}/en/ask`)
  await page.locator("#subject").pressSequentially(subject)
  await page.locator(`#answers a[href="${place}"]`).waitFor()
  assert.ok((await page.locator("#answers li").count()) <= 3)
  assert.ok((await page.locator("#answers mark").count()) > 0)
  assert.equal(await page.locator("#subject").inputValue(), subject)
  await page.locator("#subject").fill("zzzz qqqq")
  await until(async () => (await page.locator("#answers a").count()) === 0, "nothing is said where there is nothing to say")
  await page.locator("#body").fill("Never seen before.")
  await page.locator(".form-acts .btn.is-main").click()
  await page.waitForURL(/\/en\/requests\/\d+/)
  assert.deepEqual(faults, [])
  await page.close()
})
