// What a test of the behaviours stands on: a site of its own that answers as the test says, and a browser.
import { after, before } from "node:test"
import { serve } from "./assets.js"
import { launch } from "./browser.js"

// `site` and `browser` are there once the tests begin.
export function stage(answer) {
  const stand = {}
  before(async () => {
    stand.site = await serve(answer)
    stand.browser = await launch()
  })
  after(async () => {
    await stand.browser?.close()
    await stand.site?.close()
  })
  return stand
}

export async function closePages({ browser }) {
  for (const page of browser.context.pages()) await page.close()
}
