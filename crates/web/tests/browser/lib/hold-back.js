// A mailbox that is fetched and held back, with a heap that its brake holds; and another one, whose number comes back, out
// of use.
import { letter } from "./letter.js"
import { deliver } from "./smtp.js"
import { until } from "./until.js"

export async function holdBack(page, desk) {
  const own = `${desk.url}/admin/channels/1`
  const send = async (form) => {
    await page.locator(`form[action$='${form}'] .btn.is-main, form[action$='${form}'] .form-acts .btn`).first().click()
    await page.waitForLoadState("networkidle")
  }
  await page.goto(`${own}/source`)
  for (const [name, value] of Object.entries({ host: "127.0.0.1", port: "9", user_name: "help", secret: "nine quiet rivers" })) await page.locator(`#${name}`).fill(value)
  await page.locator("#protection").selectOption("none")
  await send("/source")
  await page.goto(own)
  await page.locator("#most_an_hour").fill("1")
  await send("/brake")
  await page.goto(own)
  await page.locator("#sender").fill("alerts.of.a.rather.long.name@monitor.example")
  await send("/exempt")
  const from = "robot@pump.example"
  await deliver(desk.smtp, [1, 2, 3].map((n) => ({ from, to: desk.mailbox, raw: letter({ from, to: desk.mailbox, subject: `Pump ${n} is hot`, text: "Since noon." }) })))
  await page.goto(`${desk.url}/admin/channels/new`)
  await page.locator("#address").fill("former.office@desk.example")
  await send("/channels")
  await page.goto(`${desk.url}/admin/channels`)
  await page.locator("a", { hasText: "former.office" }).click()
  await page.locator("form[action$='/retire'] .btn").click()
  await page.locator("#toast-admin").waitFor()
  const retired = new URL(page.url()).pathname.split("/").at(-1)
  await until(async () => {
    await page.goto(`${desk.url}/letters?state=held`)
    return (await page.locator("form[action^='/letters/heap/']").count()) > 0
  }, "the brake holds a heap", 30_000)
  return retired
}
