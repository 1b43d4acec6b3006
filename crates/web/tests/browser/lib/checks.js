// What every page must pass: axe-core with the WCAG 2.2 AA rules and its best practices, and no sideways scroll.
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

async function axeFaults(page) {
  // The tool comes in by the debugger, not through the page, so the page's own policy stays in force.
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    const { violations } = await window.axe.run(document, { runOnly: tags, resultTypes: ["violations"], iframes: false })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary.split("\n")[1]?.trim()}`))
  })
}

function sidewaysFaults(page) {
  return page.evaluate(() => {
    const root = document.documentElement
    if (root.scrollWidth <= root.clientWidth) return []
    const wide = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1)
    const names = wide.slice(0, 5).map((one) => `${one.tagName.toLowerCase()}.${one.className.baseVal ?? one.className}`)
    return [`sideways: ${root.scrollWidth} > ${root.clientWidth} by ${names.join(", ")}`]
  })
}

export async function check(page) {
  return [...(await sidewaysFaults(page)), ...(await axeFaults(page))]
}
