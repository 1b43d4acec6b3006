// S1 and A2: attack strings as letter HTML, subject, display name, file name, portal text, note and reply, a person's
// name, and in the address of a page. Every page that shows them is opened in Chromium: nothing runs, nothing is asked
// of another host, no policy has to step in. Once more with the policy switched off: the sanitiser alone holds. And with
// the sanitiser left out: the policy alone holds. The control comes first: the same eyes see the same strings run on a
// bare page.
//
// A violation counts wherever it happens, the frame of a letter as sent included: what reaches that frame has been
// through the sanitiser too, so its policy has nothing to stop. One that steps in means that the sanitiser did not.
import assert from "node:assert/strict"
import { createServer } from "node:http"
import { after, before, test } from "node:test"
import { api } from "./lib/api.js"
import { startDesk, unavailable } from "./lib/desk.js"
import { letter } from "./lib/letter.js"
import { signIn } from "./lib/sign-in.js"
import { startSink } from "./lib/sink.js"
import { deliver } from "./lib/smtp.js"
import { until } from "./lib/until.js"
import { sample, withoutData } from "./lib/vectors.js"
import { armed, watching } from "./lib/watch.js"

const skip = unavailable || withoutData
const chunks = (list, size) => Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, at * size + size))

let desk, sink, bare, call, vectors, live
let policy = ""

before(async () => {
  if (skip) return
  ;({ vectors, live } = sample())
  bare = await bareSite()
  sink = await startSink()
  desk = await startDesk({ args: ["--relay", sink.address] })
  call = api(desk)
})
after(async () => {
  await desk?.stop()
  await sink?.stop()
  bare?.server.closeAllConnections()
  bare?.server.close()
})

// A page that is nothing but the string; with ?policy, under the desk's own content policy.
async function bareSite() {
  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://bare")
    // Strings that name a script of the site find one; under the policy, as on the desk, there is none by that name.
    if (url.pathname.endsWith(".js") && !policy) return void response.writeHead(200, { "content-type": "text/javascript" }).end("alert(1)")
    if (!/^\/v\/\d+$/.test(url.pathname)) return void response.writeHead(404).end()
    const headers = { "content-type": "text/html; charset=utf-8", ...(url.searchParams.has("policy") ? { "content-security-policy": policy } : {}) }
    response.writeHead(200, headers).end(`<!doctype html><meta charset="utf-8"><title>Bare</title><body>${live[Number(url.pathname.slice(3))].html}`)
  })
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready))
  return { server, address: `http://127.0.0.1:${server.address().port}` }
}

test("control: on a bare page the same eyes see the strings run", { skip, timeout: 120_000 }, async () => {
  const eyes = await watching([bare.address])
  try {
    const ran = new Set()
    await eyes.visit(live.map((_, at) => `${bare.address}/v/${at}`), async (page, at) => {
      if (eyes.seen.ran.some((what) => what.endsWith(`/v/${at}`))) ran.add(at)
    })
    const page = await eyes.open()
    await page.goto(`${bare.address}/v/0`)
    await page.evaluate(() => new Promise((done) => { new Image().src = "https://elsewhere.example/seen.png"; setTimeout(done, 100) }))
    assert.match(eyes.seen.foreign.join(), /elsewhere\.example\/seen/, "a request to another host is seen")
    assert.ok(ran.size >= live.length * 0.9, `only ${ran.size} of ${live.length} were seen to run: the harness is blind`)
    console.log(`control: ${ran.size} of ${live.length} strings ran on a bare page and were seen`)
  } finally {
    await eyes.close()
  }
})

test("the policy alone: the same strings under the desk's own policy run nothing", { skip, timeout: 120_000 }, async () => {
  policy = (await fetch(`${desk.url}/en`)).headers.get("content-security-policy")
  const eyes = await watching([bare.address])
  try {
    await eyes.visit(live.map((_, at) => `${bare.address}/v/${at}?policy`))
    assert.deepEqual(eyes.seen.ran, [])
    assert.ok(eyes.seen.violations.length > 0, "the policy had something to stop")
  } finally {
    await eyes.close()
  }
})

const GROUP = 10
const sender = (at) => `sender${at}@attack.example`

// Each group is one ticket by mail: the first letter opens it, the others answer by its keyed address.
async function mailed() {
  const groups = chunks(vectors, GROUP)
  const write = ({ html, id }, at, to) => ({
    from: sender(at), to, raw: letter({ name: html.replace(/[\r\n]+/g, " "), from: sender(at), to, subject: html.replace(/[\r\n]+/g, " "), html, files: [{ name: html, body: html, type: "text/html" }], id: `${id}.${at}@attack.example` }),
  })
  await deliver(desk.smtp, groups.map((group, at) => write(group[0], at, desk.mailbox)))
  const rest = []
  for (const [at, group] of groups.entries()) {
    const thanks = await sink.arrived(sender(at), () => true, `the keyed address of group ${at}`, 60_000)
    const keyed = thanks.headers["reply-to"].match(/<?([^<>\s]+@[^<>\s]+?)>?$/)[1]
    rest.push(...group.slice(1).map((one) => write(one, at, keyed)))
  }
  await deliver(desk.smtp, rest)
}

// Opened by a program in the name of each: subject, person's name, plain words; and a note and a reply in Markdown.
async function opened() {
  const numbers = []
  for (const [at, { html }] of vectors.entries()) {
    const line = html.replace(/\s+/g, " ").trim().slice(0, 200) || "-"
    const { number } = await call("POST", "/tickets", { subject: line, body: html, requester: { email: `named${at}@attack.example`, name: line }, channel: "phone" })
    numbers.push(number)
  }
  const home = chunks(vectors, GROUP).map((group, at) => [numbers[at * GROUP], group])
  for (const [number, group] of home) {
    for (const { html } of group) {
      await call("POST", `/tickets/${number}/notes`, { body: html })
      await call("POST", `/tickets/${number}/replies`, { body: `A word, then: ${html}` })
    }
  }
  return numbers
}

// The requester asks on the portal, signed in: many strings in one text, for text is where they stand side by side.
async function asked(eyes) {
  const page = await eyes.open()
  await signIn(page, desk, desk.people.requester)
  const places = []
  for (const group of chunks(vectors, Math.max(20, Math.ceil(vectors.length / 10)))) {
    await page.goto(`${desk.url}/en/ask`)
    await page.locator("#subject").fill(group[0].html.replace(/\s+/g, " ").slice(0, 240))
    await page.locator("#body").fill(group.map(({ html }) => html).join("\n\n"))
    await page.locator("form .btn.is-main").last().click()
    await page.waitForURL(/\/en\/requests\/\d+/)
    places.push(new URL(page.url()).pathname)
  }
  await page.goto(`${desk.url}/en/requests`)
  await page.close()
  return places
}

async function allRead() {
  const mine = []
  await until(async () => {
    mine.length = 0
    for (let cursor = ""; cursor !== null;) {
      const page = await call("GET", `/letters?limit=200${cursor && `&cursor=${cursor}`}`)
      mine.push(...page.items.filter(({ from }) => from?.endsWith("@attack.example")))
      cursor = page.next
    }
    return mine.length === vectors.length && mine.every(({ state }) => state !== "kept")
  }, `${vectors.length} letters are read`, 120_000)
  return mine
}

// Every page that shows one of them.
function pagesOf(letters, numbers, portal) {
  const filed = [...new Set(letters.map(({ ticket }) => ticket).filter(Boolean))]
  const homes = numbers.filter((_, at) => at % GROUP === 0)
  const joined = chunks(vectors, 5).map((group) => encodeURIComponent(group.map(({ html }) => html).join(" ").slice(0, 390)))
  return {
    tickets: [...filed, ...homes].map((number) => `/tickets/${number}?view=everyone&all=true`),
    subjects: numbers.filter((_, at) => at % GROUP !== 0).map((number) => `/tickets/${number}?view=waiting`),
    letters: letters.map(({ id }) => `/letters/${id}`),
    frames: letters.map(({ id }) => `/letters/${id}/frame`),
    lists: ["/inbox/everyone?order=newest", "/inbox/unassigned?order=newest", "/letters?state=all", "/people"],
    found: joined.map((words) => `/search?q=${words}`),
    addresses: joined.map((words, at) => [`/people?q=${words}`, `/en/ask?q=${words}`, `/tickets/${numbers[0]}?view=${words}&kind=${words}#${words}`][at % 3]),
    portal,
  }
}

// All the rows of a list, page by page, by its own links.
async function walk(eyes, from) {
  const page = await eyes.open()
  await page.goto(desk.url + from)
  for (let pages = 1; pages < 200; pages += 1) {
    await page.waitForLoadState("load")
    const next = page.locator("a[rel=next], nav.more a.btn").last()
    if ((await next.count()) === 0) break
    const before = page.url()
    const address = await next.getAttribute("href")
    if (new URL(address, before).href === before || !/after=|before=|page=/.test(address)) break
    await page.goto(desk.url + address)
  }
  await page.close()
}

let pages

for (const bypassCSP of [false, true]) {
  const title = bypassCSP ? "with the policy switched off: the sanitiser alone" : "the strings as letters, names, files, words and addresses: nothing runs"
  test(title, { skip, timeout: 3_600_000 }, async () => {
    const eyes = await watching([desk.url], { options: { bypassCSP } })
    try {
      if (!pages) {
        await mailed()
        const numbers = await opened()
        const portal = await asked(eyes)
        pages = pagesOf(await allRead(), numbers, portal)
        await eyes.context.clearCookies()
      }
      const page = await eyes.open()
      await signIn(page, desk, desk.people.supervisor)
      await page.close()
      const begun = Date.now()
      const faults = []
      const look = async (page) => faults.push(...(await armed(page, ".talk .body, .said .body, .facts .dl, h1")).map((fault) => `${fault} at ${page.url()}`))
      // With the policy a letter stands in its page; without, it is opened alone, where nothing but the sanitiser is left.
      const kinds = ["tickets", "found", "addresses", ...(bypassCSP ? ["subjects", "frames"] : ["letters"])]
      const all = kinds.flatMap((kind) => pages[kind])
      await eyes.visit(all.map((path) => desk.url + path), look)
      for (const list of pages.lists) await walk(eyes, list)
      await eyes.context.clearCookies()
      const requester = await eyes.open()
      await signIn(requester, desk, desk.people.requester)
      await requester.close()
      await eyes.visit(["/en", "/en/requests", ...pages.portal].map((path) => desk.url + path), look)
      assert.deepEqual(eyes.seen.ran, [], "nothing ran")
      assert.deepEqual(eyes.seen.foreign, [], "nothing was asked of another host")
      assert.deepEqual([...new Set(faults)].slice(0, 20), [], "nothing waits for a click")
      assert.deepEqual([...new Set(eyes.seen.violations)].slice(0, 20), [], "no policy had to step in")
      console.log(`${vectors.length} strings on ${all.length + pages.portal.length} pages${bypassCSP ? ", policy off" : ""}: 0 ran, 0 foreign requests, in ${Math.round((Date.now() - begun) / 1000)} s`)
    } finally {
      await eyes.close()
    }
  })
}
