// Sees whatever a page runs that it should not: a call of alert, confirm, prompt or print in any frame, a request to
// another host, a policy violation. It looks from outside the page, by the browser's own protocol.
import { launch } from "./browser.js"

// Long enough for an image to fail and its handler to run; the control shows that it is.
const DWELL = 250

const hooks = () => {
  for (const name of ["alert", "confirm", "prompt", "print"]) {
    window[name] = (...words) => void globalThis.__ran?.(`${name}(${words.map(String).join()}) at ${location.href}`)
  }
  const away = (what) => void globalThis.__ran?.(`${what} at ${location.href}`)
  addEventListener("message", (event) => event.source !== window && away(`message ${String(event.data).slice(0, 40)}`))
}

export async function watching(own, { options = {}, pages = 6 } = {}) {
  // No name but our own resolves; every request is seen, answered or not. (Interception would switch the cache off.)
  const args = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
  const browser = await launch({ ...options, args, serviceWorkers: "block" })
  const { context } = browser
  const seen = { ran: [], foreign: [], violations: [] }
  await context.exposeFunction("__ran", (what) => seen.ran.push(what))
  await context.addInitScript(hooks)
  const hosts = new Set(own.map((address) => new URL(address).host))
  context.on("request", (request) => {
    const url = new URL(request.url())
    if (!/^(https?|wss?|ftp):$/.test(url.protocol) || hosts.has(url.host)) return
    seen.foreign.push(`${url.href.slice(0, 120)} from ${request.frame()?.url()}`)
  })
  const open = async () => {
    const page = await context.newPage()
    page.on("dialog", (dialog) => {
      seen.ran.push(`dialog ${dialog.message()} at ${page.url()}`)
      dialog.dismiss().catch(() => {})
    })
    page.on("console", (line) => {
      if (/content security policy|trusted ?types?|refused to|violates/i.test(line.text())) seen.violations.push(`${line.text().slice(0, 200)} at ${page.url()}`)
    })
    return page
  }
  // Visits every address, a few at a time, and dwells on each.
  const visit = async (addresses, look = async () => {}) => {
    const left = [...addresses.entries()]
    const worker = async () => {
      const page = await open()
      for (let next = left.shift(); next; next = left.shift()) {
        const [at, address] = next
        await page.goto(address, { waitUntil: "load" }).catch((error) => {
          if (!/Download is starting|ERR_ABORTED|interrupted/.test(error.message)) throw error
        })
        await new Promise((end) => setTimeout(end, DWELL))
        await look(page, at)
      }
      await page.close()
    }
    await Promise.all(Array.from({ length: Math.min(pages, addresses.length) }, worker))
  }
  return { ...browser, seen, open, visit }
}

// What a string could still do after a click: an event attribute, an address that is a script, an element that loads or
// sends, a mark our own scripts would act on. Looks only where strangers' words stand.
export function armed(page, places) {
  return page.evaluate((selector) => {
    const faults = []
    const safe = /^(https?:|mailto:|tel:|\/|#|$)/i
    const never = "script, style, link, meta, base, object, embed, applet, form, input, button, textarea, select, iframe, frame, svg *[href], math, video, audio, source, template, portal, dialog, slot"
    for (const place of document.querySelectorAll(selector)) {
      for (const one of place.querySelectorAll("*")) {
        const ours = one.closest(".file, .quoted > summary, svg.i") || (one.matches("iframe.letter") && one.hasAttribute("sandbox"))
        if (ours) continue
        if (one.matches(never)) faults.push(`element ${one.outerHTML.slice(0, 120)}`)
        for (const { name, value } of one.attributes) {
          const address = ["href", "src", "action", "formaction", "xlink:href", "poster", "background", "srcset"].includes(name)
          if (/^on|^data-|^style$|^id$|^is$|^slot$/.test(name)) faults.push(`attribute ${name} of ${one.outerHTML.slice(0, 120)}`)
          if (address && !safe.test(value.replace(/[\u0000-\u0020]/g, ""))) faults.push(`address ${name}=${value.slice(0, 80)}`)
        }
      }
    }
    return faults
  }, places)
}
