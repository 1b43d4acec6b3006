// An administrator shapes a desk by the keyboard alone, in both languages: a team, a topic that leads to it, a mailbox,
// an organization; a colour that cannot be read is refused by name, one that can is seen on the portal; and a token is
// revoked. And somebody who is no administrator finds no way in.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { api } from "./lib/api.js"
import { faultsOf, launch } from "./lib/browser.js"
import { check } from "./lib/checks.js"
import { startDesk, unavailable } from "./lib/desk.js"
import { signIn, speak } from "./lib/sign-in.js"

const languages = {
  en: {
    team: ["Field service", "Service sur place"], topic: ["Label printers", "Imprimantes d’étiquettes"], leads: "goes to Field service",
    mailbox: "field@example.org", organization: "Harbour office", domain: "harbour.example", colleagues: "Colleagues",
    weak: "#ffd400", said: /Too weak as words on the page in the light theme: 1\.36 to 1/, strong: "#1d4ed8", rgb: "rgb(29, 78, 216)",
    welcome: "The desk of the harbour.", token: "wall board", forGood: "cannot be brought back", revoked: "The token is revoked.", state: /Everything is working|needs? you/,
  },
  fr: {
    team: ["Workshop", "Atelier"], topic: ["Scales", "Balances"], leads: "va à Atelier",
    mailbox: "atelier@example.org", organization: "Bureau du port", domain: "port.example", colleagues: "Les collègues",
    weak: "#9fd8c0", said: /Trop faible pour des mots sur la page, thème clair : 1,\d\d pour 1/, strong: "#8a1c7c", rgb: "rgb(138, 28, 124)",
    welcome: "Le centre du port.", token: "tableau mural", forGood: "il ne revient pas", revoked: "Le jeton est révoqué.", state: /Tout fonctionne|vous atten/,
  },
}

let desk, browser, guest

before(async () => {
  if (unavailable) return
  desk = await startDesk()
  browser = await launch()
  guest = await launch()
  const page = await browser.context.newPage()
  await signIn(page, desk, desk.people.administrator)
  await page.close()
})
after(async () => {
  await browser?.close()
  await guest?.close()
  await desk?.stop()
})

// By Tab alone, so that what cannot be reached is found out.
async function reach(page, target) {
  const wanted = await target.first().elementHandle()
  for (let step = 0; step < 120; step += 1) {
    if (await page.evaluate((one) => document.activeElement === one, wanted)) return
    await page.keyboard.press("Tab")
  }
  throw new Error(`the keyboard does not reach ${target}`)
}

async function press(page, target) {
  await reach(page, target)
  await page.keyboard.press("Enter")
}

async function type(page, name, text) {
  const field = page.locator(`main [name=${name}]`)
  await reach(page, field)
  await page.keyboard.press("ControlOrMeta+a")
  await page.keyboard.type(text)
  assert.equal(await field.inputValue(), text)
}

// A list answers to the first letters of what is wanted.
async function choose(page, name, words) {
  await reach(page, page.locator(`main select[name=${name}]`))
  await page.keyboard.type(words)
  assert.equal(await page.locator(`main select[name=${name}] option:checked`).textContent(), words)
}

const save = (page) => page.locator("main .btn.is-main[class]").filter({ visible: true })
const tab = (page, path) => page.locator(`main > nav a[href="${path}"]`)

for (const lang of Object.keys(languages)) {
  const said = languages[lang]
  const at = lang === "en" ? 0 : 1

  test(`${lang}: a desk is shaped without a mouse`, { skip: unavailable, timeout: 240_000 }, async (t) => {
    const page = await browser.context.newPage()
    const faults = faultsOf(page)
    const arrived = (path) => page.waitForURL((url) => url.pathname + url.search === path)

    await t.test("the side bar leads to the state of the system", async () => {
      await speak(page, desk, lang)
      await page.goto(`${desk.url}/inbox/mine`)
      await press(page, page.locator(".side a[href='/admin']"))
      await arrived("/admin")
      assert.match(await page.locator("h1").textContent(), said.state)
    })

    await t.test("a team", async () => {
      await press(page, tab(page, "/admin/teams"))
      await arrived("/admin/teams")
      await press(page, page.locator("main a[href='/admin/teams/new']"))
      await arrived("/admin/teams/new")
      await type(page, "name_en", said.team[0])
      await type(page, "name_fr", said.team[1])
      await page.keyboard.press("Enter")
      await page.locator("h1", { hasText: said.team[at] }).waitFor()
      await choose(page, "person", "Juniper")
      await press(page, page.locator("form[action$='/join'] button"))
      await page.locator("main .lines", { hasText: "Juniper" }).waitFor()
    })

    await t.test("a topic that leads to it", async () => {
      await press(page, tab(page, "/admin/topics"))
      await arrived("/admin/topics")
      await press(page, page.locator("main a[href='/admin/topics/new']"))
      await arrived("/admin/topics/new")
      await type(page, "name_en", said.topic[0])
      await type(page, "name_fr", said.topic[1])
      await choose(page, "team", said.team[at])
      await press(page, save(page))
      await arrived("/admin/topics?saved=true")
      assert.equal(await page.locator("main section", { hasText: said.topic[at] }).getByText(said.leads).count(), 1)
    })

    await t.test("a mailbox", async () => {
      await press(page, tab(page, "/admin/channels"))
      await arrived("/admin/channels")
      await press(page, page.locator("main a[href='/admin/channels/new']"))
      await arrived("/admin/channels/new")
      await type(page, "address", "no address")
      await press(page, save(page))
      await page.locator("#address-help .field-error").waitFor()
      assert.equal(await page.locator("#address").inputValue(), "no address", "nothing typed is cleared")
      await type(page, "address", said.mailbox)
      await choose(page, "team", said.team[at])
      await press(page, save(page))
      await arrived("/admin/channels?saved=true")
      assert.match(await page.locator("tr", { hasText: said.mailbox }).textContent(), new RegExp(said.team[at]))
    })

    await t.test("an organization", async () => {
      await press(page, tab(page, "/admin/organizations"))
      await arrived("/admin/organizations")
      await press(page, page.locator("main a[href='/admin/organizations/new']"))
      await arrived("/admin/organizations/new")
      await type(page, "name", said.organization)
      await type(page, "domain", said.domain)
      await reach(page, page.locator("#shares_requests"))
      await page.keyboard.press("Space")
      await press(page, save(page))
      await arrived("/admin/organizations?saved=true")
      assert.match(await page.locator("tr", { hasText: said.organization }).textContent(), new RegExp(said.colleagues))
    })

    await t.test("a colour that cannot be read is refused by its pair, one that can is seen on the portal", async () => {
      await press(page, tab(page, "/admin/brand"))
      await arrived("/admin/brand")
      await type(page, "accent", said.weak)
      await page.keyboard.press("Enter")
      await page.locator("#accent-help .field-error").waitFor()
      assert.match((await page.locator("#accent-help .field-error").textContent()).replace(/\u00a0/g, " "), said.said)
      assert.deepEqual(await check(page), [], "the refusal")
      await type(page, "welcome_en", languages.en.welcome)
      await type(page, "welcome_fr", languages.fr.welcome)
      await type(page, "accent", said.strong)
      await press(page, save(page))
      await arrived("/admin/brand?saved=true")
      const portal = await guest.context.newPage()
      const complaints = faultsOf(portal)
      await portal.goto(`${desk.url}/${lang}`)
      assert.equal(await portal.locator(".hero p").textContent(), said.welcome)
      await portal.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" })
      assert.equal(await portal.locator(".hero .btn.is-main").evaluate((one) => getComputedStyle(one).backgroundColor), said.rgb)
      for (const colorScheme of ["light", "dark"]) {
        await portal.emulateMedia({ colorScheme, reducedMotion: "reduce" })
        assert.deepEqual(await check(portal), [], colorScheme)
      }
      assert.deepEqual(complaints, [], "the policy lets the sheet in")
      await portal.close()
    })

    await t.test("a token is revoked, after being told that it is for good", async () => {
      await page.goto(`${desk.url}/me`)
      await page.locator("#token-name").fill(said.token)
      await page.locator("form[action='/me/tokens'] .btn").click()
      const token = await page.locator(".notice code").textContent()
      assert.equal((await api({ ...desk, token })("GET", "/tickets")).items.length > 0, true, "control: it opens the door")
      await page.goto(`${desk.url}/admin/tokens`)
      assert.match(await page.locator("#for-good").textContent(), new RegExp(said.forGood))
      await press(page, page.locator("tr", { hasText: said.token }).locator("button"))
      await page.getByText(said.revoked).waitFor()
      await assert.rejects(api({ ...desk, token })("GET", "/tickets"), /401/)
    })

    assert.deepEqual(faults.filter((line) => !/422|the server responded with a status/.test(line)), [])
    await page.close()
  })
}

test("a technician finds neither the entry nor the pages", { skip: unavailable }, async () => {
  const page = await guest.context.newPage()
  await signIn(page, desk, desk.people.technician)
  await page.goto(`${desk.url}/inbox/mine`)
  assert.equal(await page.locator("a[href='/admin']").count(), 0)
  assert.equal((await page.goto(`${desk.url}/admin/teams`)).status(), 404)
  await page.close()
})
