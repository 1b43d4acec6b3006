// The main job, in both languages, on the real desk: a letter comes in and is taken, noted, answered, answered again by
// mail, solved, reopened on the portal without script, solved again and found. Nothing here is mocked but the two
// people's mail programs.
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
    mailbox: "help@example.org", name: "Harbour office", from: "harbour@example.net",
    subject: "The scale program stops when a label is printed",
    body: "Every label stops the scale program with error 0x8024402C since this morning. The computer is HRB-0093.",
    note: "Secret of the team: the same driver as on the quay computer.", wrong: "This answer is taken back before it leaves.",
    reply: "Close the program, then:\n\n1. Open **Settings**.\n2. Choose the label printer again.", bold: "<strong>Settings</strong>",
    answer: "It works until the second label, then the porthole window freezes.", again: "It stopped again after lunch.",
    cause: "The driver of the label printer was too old.", steps: "Install driver 7.41, then start the program again.", word: "porthole", part: "24402c",
  },
  fr: {
    mailbox: "assistance@example.org", name: "Bureau du port", from: "port@example.net",
    subject: "Le logiciel de pesée s’arrête à l’impression d’une étiquette",
    body: "Bonjour, chaque étiquette arrête le logiciel de pesée avec l’erreur 0x80240FFF depuis ce matin. L’ordinateur est le PRT-0094. Merci beaucoup!",
    note: "Secret de l’équipe : le même pilote que sur le quai.", wrong: "Cette réponse est reprise avant de partir.",
    reply: "Fermez le logiciel, puis :\n\n1. Ouvrez les **Paramètres**.\n2. Choisissez l’imprimante d’étiquettes de nouveau.", bold: "<strong>Paramètres</strong>",
    answer: "Ça marche jusqu’à la deuxième étiquette, puis la fenêtre du hublot fige.", again: "Le logiciel s’est arrêté de nouveau après le dîner.",
    cause: "Le pilote de l’imprimante était trop ancien.", steps: "Installer le pilote 7.41, puis redémarrer le logiciel.", word: "hublots", part: "240fff",
  },
}

let desk, sink, browser, plain

before(async () => {
  if (unavailable) return
  sink = await startSink()
  desk = await startDesk({ args: ["--relay", sink.address] })
  browser = await launch()
  // The requester's browser runs no script: the portal must be whole without.
  plain = await launch({ javaScriptEnabled: false })
  const page = await browser.context.newPage()
  await signIn(page, desk, desk.people.technician)
  await page.close()
})
after(async () => {
  await browser?.close()
  await plain?.close()
  await desk?.stop()
  await sink?.stop()
})

const row = (page, subject) => page.locator(".tk", { hasText: subject })
const words = (page) => page.locator("#words")
const chip = (page) => page.locator(".thread > header .chip").first()
const take = (page) => page.locator("[data-key=i]")

async function compose(page, key, text) {
  await page.keyboard.press(key)
  await page.locator(`.compose[data-kind="${key === "n" ? "note" : "reply"}"]`).waitFor()
  await words(page).fill(text)
  await words(page).press("Control+Enter")
}

async function solve(page, said) {
  await page.keyboard.press("e")
  await page.locator("#cause").fill(said.cause)
  await page.locator("#steps").fill(said.steps)
  await page.locator("#solve .btn.is-main").click()
  await page.locator("form [value=reopen]").first().waitFor({ state: "attached" })
}

for (const lang of Object.keys(languages)) {
  const said = languages[lang]

  test(`${lang}: from a letter to a solved ticket, and found again`, { skip: unavailable, timeout: 120_000 }, async (t) => {
    const page = await browser.context.newPage()
    const faults = faultsOf(page)
    let number, first

    await t.test("a letter comes in and appears in Unassigned while somebody looks", async () => {
      await speak(page, desk, lang)
      await page.goto(`${desk.url}/inbox/unassigned`)
      await page.evaluate(() => { window.sameDocument = true })
      const raw = letter({ name: said.name, from: said.from, to: said.mailbox, subject: said.subject, text: said.body })
      await deliver(desk.smtp, [{ from: said.from, to: said.mailbox, raw }])
      await row(page, said.subject).waitFor({ timeout: 10_000 })
      assert.equal(await page.evaluate(() => window.sameDocument), true, "it came live, not by a reload")
      assert.match(await row(page, said.subject).getAttribute("class"), /is-new/, "unread")
      const thanks = await sink.arrived(said.from, () => true, "the acknowledgement")
      assert.match(thanks.headers["auto-submitted"], /auto-replied/)
    })

    await t.test("a technician opens and takes it, takes that back by Undo, and takes it again", async () => {
      await row(page, said.subject).click()
      await page.locator(".talk").getByText(said.body.slice(0, 30)).waitFor()
      number = page.url().match(/tickets\/(\d+)/)[1]
      assert.equal(await page.locator(".thread h1").textContent(), said.subject)
      await take(page).click()
      await take(page).waitFor({ state: "detached" })
      await page.locator(".toast button").click()
      await take(page).waitFor()
      await take(page).click()
      await take(page).waitFor({ state: "detached" })
      await page.goto(`${desk.url}/inbox/mine`)
      assert.doesNotMatch(await row(page, said.subject).getAttribute("class"), /is-new/, "read now")
      await row(page, said.subject).click()
      await words(page).waitFor()
    })

    await t.test("a note stays with the team", async () => {
      await compose(page, "n", said.note)
      await page.locator(".msg.is-note", { hasText: said.note }).waitFor()
    })

    await t.test("a reply taken back in time never leaves; the next one arrives, in text and HTML, keyed", async () => {
      await compose(page, "r", said.wrong)
      await page.locator(".msg", { hasText: said.wrong }).waitFor()
      await page.locator(".toast button").click()
      await page.locator(".msg", { hasText: said.wrong }).waitFor({ state: "detached" })
      await compose(page, "r", said.reply)
      await page.locator(".msg strong").first().waitFor()
      first = await sink.arrived(said.from, (one) => one.html.includes(said.bold), "the reply")
      assert.match(first.headers["message-id"], /^<[^<>\s]+@[^<>\s]+>$/)
      assert.match(first.headers["reply-to"], new RegExp(`${said.mailbox.replace("@", "\\+t[a-z2-7]{26}@")}`))
      assert.match(first.headers["in-reply-to"], /@elsewhere\.example>/)
      assert.match(first.text, /1\. /)
      assert.equal(first.headers["auto-submitted"], undefined, "a person wrote it")
      const all = sink.letters.filter((one) => one.to.includes(said.from)).map((one) => one.text + one.html).join()
      assert.ok(!all.includes(said.note), "no word of the note left")
      assert.ok(!all.includes(said.wrong), "the reply that was taken back did not leave before the one sent after it")
    })

    await t.test("the requester answers by mail, and the open page shows it", async () => {
      const keyed = first.headers["reply-to"].match(/<?([^<>\s]+@[^<>\s]+?)>?$/)[1]
      const raw = letter({
        name: said.name, from: said.from, to: keyed, subject: `Re: ${first.headers.subject}`, text: `${said.answer}\n\n> ${first.text.split("\n")[0]}\n`,
        headers: { "In-Reply-To": first.headers["message-id"] },
      })
      await deliver(desk.smtp, [{ from: said.from, to: keyed, raw }])
      await page.locator(".msg", { hasText: said.answer }).waitFor({ timeout: 10_000 })
      assert.match(page.url(), new RegExp(`/tickets/${number}`), "on the same ticket")
    })

    await t.test("it is solved with cause and steps", async () => {
      await solve(page, said)
      await page.locator(".talk", { hasText: said.cause }).waitFor()
    })

    await t.test("the requester opens the link of the letter and reopens, without any script", async () => {
      const link = first.text.match(/https?:\/\/\S+\/k\/[\w-]+/)[0]
      assert.match(link, new RegExp(`/${lang}/k/`), "in his own language")
      const portal = await plain.context.newPage()
      await portal.goto(new URL(link).pathname.replace(/^/, desk.url))
      assert.equal(await portal.locator("h1").textContent(), said.subject)
      assert.ok(!(await portal.content()).includes(said.note), "no note on the portal")
      await portal.locator('button[formaction$="/reopen"]').click()
      await portal.locator("#body").fill(said.again)
      await portal.locator("#answer .btn.is-main").click()
      await portal.getByText(said.again).waitFor()
      assert.equal(await portal.locator('button[formaction$="/reopen"]').count(), 0, "it is open")
      await portal.close()
      await page.locator(".msg", { hasText: said.again }).waitFor({ timeout: 10_000 })
      await page.locator("[data-key=e]").waitFor()
    })

    await t.test("solved again, it is found by a word of the conversation and by part of the error code", async () => {
      await solve(page, { ...said, cause: `${said.cause} (2)` })
      for (const q of [said.word, said.part, said.subject.split(" ").slice(0, 3).join(" ")]) {
        const hit = page.locator(`.hit[href="/tickets/${number}"]`)
        await until(async () => {
          await page.goto(`${desk.url}/search?q=${encodeURIComponent(q)}`)
          return hit.count()
        }, `ticket ${number} is found by ${q}`, 5000)
        assert.ok((await hit.locator("mark").count()) > 0, `${q} is marked`)
      }
    })

    assert.deepEqual(faults, [], "no error and no policy violation on the way")
    await page.close()
  })
}

test("a new ticket by phone for a caller nobody knew", { skip: unavailable }, async () => {
  const page = await browser.context.newPage()
  await speak(page, desk, "en")
  await page.goto(`${desk.url}/tickets/new`)
  await page.locator("details", { has: page.locator("#name") }).locator("summary").click()
  await page.locator("#name").fill("Ferry ticket booth")
  await page.locator("#address").fill("booth@example.net")
  await page.locator("#subject").fill("The ticket printer is out of paper and blinks")
  await page.locator("#body").fill("Blinks amber twice.")
  await page.locator(".form-acts > .btn.is-main").click()
  await page.locator("h1", { hasText: "The ticket printer" }).waitFor()
  await page.locator(".facts", { hasText: "Ferry ticket booth" }).waitFor()
  // The form that is refused comes back with its words.
  await page.goto(`${desk.url}/tickets/new`)
  await page.locator("#body").fill("Words that must not be lost.")
  await page.locator(".form-acts > .btn.is-main").click()
  await page.locator("#refused").waitFor()
  assert.equal(await page.locator("#body").inputValue(), "Words that must not be lost.")
  await page.close()
})

test("a known caller is found while typing, by keyboard alone", { skip: unavailable }, async () => {
  const page = await browser.context.newPage()
  await page.goto(`${desk.url}/tickets/new`)
  await page.locator("#requester").pressSequentially("wareh")
  await page.locator("#who-list [role=option]").first().waitFor()
  await page.locator("#requester").press("ArrowDown")
  await page.locator("#requester").press("Enter")
  assert.match(await page.locator("#requester").inputValue(), /Warehouse 3/)
  assert.match(await page.locator("[name=person]").inputValue(), /^\d+$/)
  await page.close()
})

test("the day's work by keyboard alone", { skip: unavailable, timeout: 60_000 }, async () => {
  const said = languages.en
  const subject = "Keyboard only, from the list to the end"
  await deliver(desk.smtp, [{ from: said.from, to: said.mailbox, raw: letter({ from: said.from, to: said.mailbox, subject, text: "Two words." }) }])
  const page = await browser.context.newPage()
  const faults = faultsOf(page)
  const press = (keys) => page.keyboard.press(keys)
  await page.goto(`${desk.url}/inbox/everyone`)
  await press("g")
  await press("u")
  await page.waitForURL(/inbox\/unassigned/)
  await row(page, subject).waitFor({ timeout: 10_000 })
  const marked = page.locator(".tk[aria-current]", { hasText: subject })
  for (let steps = 0; (await marked.count()) === 0; steps += 1) {
    assert.ok(steps < 60, "j reaches the row")
    await press("j")
  }
  await press("Enter")
  await page.locator("h1", { hasText: subject }).waitFor()
  await press("i")
  await take(page).waitFor({ state: "detached" })
  await press("r")
  await page.keyboard.type("Typed without a mouse.")
  await press("Control+Enter")
  await page.locator(".msg", { hasText: "Typed without a mouse." }).waitFor()
  await press("e")
  await page.locator("#solve[open]").waitFor()
  await page.keyboard.press("Tab")
  await page.locator("#cause").focus()
  await page.keyboard.type("A cause.")
  await page.locator("#steps").focus()
  await page.keyboard.type("Steps.")
  await page.locator("#solve .btn.is-main").focus()
  await press("Enter")
  await page.locator("form [value=reopen]").first().waitFor({ state: "attached" })
  await press("z")
  await page.locator("[data-key=e]").waitFor()
  await press("g")
  await press("i")
  await page.waitForURL(/inbox\/mine/)
  assert.deepEqual(faults, [])
  await page.close()
})

test("the dark theme is chosen once and rendered by the server", { skip: unavailable }, async () => {
  const page = await browser.context.newPage()
  const set = async (theme) => {
    await page.goto(`${desk.url}/me`)
    await page.locator("#theme").selectOption(theme)
    await page.locator("form[action='/me/preferences'] .btn.is-main").click()
    await page.locator("main [role=status]").waitFor()
  }
  await set("dark")
  await page.goto(`${desk.url}/inbox/mine`)
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark")
  const shade = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await set("light")
  await page.goto(`${desk.url}/inbox/mine`)
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), shade)
  await set("system")
  await page.close()
})

test("the main steps on a telephone", { skip: unavailable, timeout: 60_000 }, async () => {
  const said = languages.en
  const subject = "From the telephone: the door display is dark"
  await deliver(desk.smtp, [{ from: said.from, to: said.mailbox, raw: letter({ from: said.from, to: said.mailbox, subject, text: "Dark since noon." }) }])
  const phone = await launch({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  try {
    const page = await phone.context.newPage()
    await signIn(page, desk, desk.people.technician)
    await page.goto(`${desk.url}/inbox/unassigned`)
    await row(page, subject).waitFor({ timeout: 10_000 })
    await row(page, subject).tap()
    await words(page).waitFor()
    assert.equal(await page.locator(".list").isVisible(), false, "one pane at a time")
    await take(page).tap()
    await take(page).waitFor({ state: "detached" })
    await page.locator("[role=tab][data-kind=note]").tap()
    await words(page).fill("Seen from the hallway.")
    await page.locator("[data-send=usual]").tap()
    await page.locator(".msg.is-note", { hasText: "Seen from the hallway." }).waitFor()
    await page.locator("[href='#facts']").tap()
    await page.locator(".facts").waitFor()
    await page.locator(".facts > a.btn").tap()
    await page.locator("[popovertarget=menu-more]").tap()
    await page.locator("#menu-more [data-opens=solve]").tap()
    await page.locator("#cause").fill("A loose cable.")
    await page.locator("#steps").fill("Pushed it in.")
    await page.locator("#solve .btn.is-main").tap()
    await page.locator("form [value=reopen]").first().waitFor({ state: "attached" })
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true)
  } finally {
    await phone.close()
  }
})
