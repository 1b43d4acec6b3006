// A colleague is named in a note with @ and the first letters of his name: the note says that he was told, and he finds
// the ticket, unread, among what he watches. In both languages.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { api } from "./lib/api.js"
import { faultsOf, launch } from "./lib/browser.js"
import { startDesk, unavailable } from "./lib/desk.js"
import { signIn, speak } from "./lib/sign-in.js"

const skip = unavailable
let desk, one, other

before(async () => {
  if (skip) return
  desk = await startDesk()
  one = await launch()
  other = await launch()
})
after(async () => {
  await one?.close()
  await other?.close()
  await desk?.stop()
})

for (const [lang, told, watching] of [["en", "Told", "Watching"], ["fr", "Avis donné à", "Suivis"]]) {
  test(`whoever is named finds the ticket (${lang})`, { skip, timeout: 60_000 }, async () => {
    const subject = lang == "en" ? "The plotter smells" : "Le traceur sent"
    const { number } = await api(desk)("POST", "/tickets", { subject, body: "Since Monday." })
    const [writer, named] = [await one.context.newPage(), await other.context.newPage()]
    const faults = [faultsOf(writer), faultsOf(named)]
    if (lang == "en") {
      await signIn(writer, desk, desk.people.technician)
      await signIn(named, desk, desk.people.supervisor)
    }
    for (const page of [writer, named]) await speak(page, desk, lang)
    const name = await named.locator(".side .me .cut").textContent()
    await named.goto(`${desk.url}/inbox/watching`)
    assert.equal(await named.locator(`#tk-${number}`).count(), 0, "control: nobody has named him yet")

    await writer.goto(`${desk.url}/tickets/${number}?view=everyone`)
    await writer.locator(".compose [data-kind=note]").first().click()
    await writer.locator("#words").pressSequentially(`@${name.slice(0, 3)}`)
    await writer.locator("#words-offers [role=option]", { hasText: name }).click()
    await writer.keyboard.type(", do you know it?")
    await writer.keyboard.press("Control+Enter")
    await writer.locator(".msg.is-note", { hasText: new RegExp(`${told}\\s?: ${name}`) }).waitFor()

    // He need not load the page anew.
    const row = named.locator(`#tk-${number}`)
    await row.waitFor({ timeout: 5000 })
    assert.match(await named.locator(".side a[href='/inbox/watching']").textContent(), new RegExp(`${watching}\\s*\\d`))
    await row.click()
    await named.locator(".msg.is-note", { hasText: `@${name}` }).waitFor()
    assert.deepEqual(faults.flat(), [])
    for (const page of [writer, named]) await page.close()
  })
}
