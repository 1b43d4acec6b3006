// Comes in as one of the sample desk's people, through the page everybody uses.
export async function signIn(page, desk, person) {
  await page.goto(`${desk.url}/sign-in`)
  await page.locator("#address").fill(person.email)
  await page.locator("#password").fill(person.password)
  await page.locator("form[action='/sign-in'] button").click()
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"))
}

// The desk in this language, by its own switch.
export async function speak(page, desk, lang) {
  await page.goto(`${desk.url}/me`)
  if ((await page.locator("html").getAttribute("lang")).startsWith(lang)) return
  await page.locator("form[action='/me/language'] button").click()
  await page.locator(`html[lang^="${lang}"]`).waitFor()
}
