// The attack strings as lines of a chat, from both sides: shown when the page is opened and when a line comes in live,
// nothing runs, nothing is asked of another host, and no policy has to step in. That these eyes see, and that the
// strings run on a bare page, is the control of xss.test.js.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { startDesk, unavailable } from "./lib/desk.js"
import { signIn } from "./lib/sign-in.js"
import { until } from "./lib/until.js"
import { sample, withoutData } from "./lib/vectors.js"
import { armed, watching } from "./lib/watch.js"

const skip = unavailable || withoutData
// Of one visitor thirty lines a minute are taken, so that several strings share a line.
const LINES = 20
const LONGEST = 2000

let desk

before(async () => { if (!skip) desk = await startDesk() })
after(() => desk?.stop())

// As many strings as fit, none cut.
function lines(vectors) {
  const all = [""]
  for (const { html } of vectors.filter(({ html }) => html.length < LONGEST && !html.includes("\0"))) {
    if (all.at(-1).length + html.length + 2 > LONGEST) all.push("")
    all.push(`${all.pop()}\n\n${html}`)
  }
  return all.slice(0, LINES)
}

test("strings said in a chat stay words on both sides", { skip, timeout: 240_000 }, async () => {
  const said = lines(sample().live)
  assert.ok(said.join("").length > 1000, "there is something to say")
  // Each side has a browser of its own: whoever is signed in is no stranger.
  const [eyes, guest] = [await watching([desk.url]), await watching([desk.url])]
  try {
    const [team, visitor] = [await eyes.open(), await guest.open()]
    await signIn(team, desk, desk.people.technician)
    await visitor.goto(`${desk.url}/en/chat`)
    await visitor.locator("#name").fill("<img src=x onerror=alert(1)>")
    await visitor.locator("#address").fill("strings@example.net")
    await visitor.locator("#body").fill(said[0])
    await visitor.locator("#start .is-main").click()
    await visitor.locator("#say").waitFor()
    await team.goto(`${desk.url}/chat`)
    await team.locator("[action$='/take'] button").click()
    await team.locator("#say").waitFor()
    for (const [page, other] of [[visitor, team], [team, visitor]]) {
      const before = await page.locator("#said > li").count()
      for (const words of said) {
        await page.locator("#body").fill(words)
        await page.locator("#body").press("Enter")
      }
      for (const one of [page, other]) {
        await until(async () => (await one.locator("#said > li[id]").count()) === before + said.length, "every line is there", 60_000)
      }
    }
    for (const page of [visitor, team]) {
      for (const reload of [false, true]) {
        if (reload) await page.reload()
        assert.deepEqual(await armed(page, "#said .body"), [])
      }
    }
    await team.goto(`${desk.url}/chat`)
    await team.locator(".lines").waitFor()
    for (const { seen } of [eyes, guest]) assert.deepEqual(seen, { ran: [], foreign: [], violations: [] })
  } finally {
    await eyes.close()
    await guest.close()
  }
})
