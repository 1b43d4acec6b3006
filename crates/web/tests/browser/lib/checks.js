// What every page must pass: axe-core with the WCAG 2.2 AA rules and its best practices, and no sideways scroll.
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

async function axeFaults(page, only) {
  // The tool comes in by the debugger, not through the page, so the page's own policy stays in force.
  await page.evaluate(axe)
  return page.evaluate(async (rules) => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    const { violations } = await window.axe.run(document, { runOnly: rules ?? tags, resultTypes: ["violations"], iframes: false })
    // While a page is fetched anew Turbo says so on <html>, where ARIA has no such word; it is gone a moment later.
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary.split("\n")[1]?.trim()}`)).filter((fault) => !/^aria-allowed-attr: html: .*aria-busy="true"$/.test(fault))
  }, only)
}

// The page, and each pane that scrolls down, may never scroll sideways; what is meant to (a wide table, the
// row of properties on a telephone) says so by its class.
function sidewaysFaults(page) {
  return page.evaluate(() => {
    const meant = ".scroll, .props, .keys, .cut, .vh, textarea, input, select, iframe, .track, svg, svg *"
    const clips = (one) => getComputedStyle(one).overflowX !== "visible"
    const panes = [document.documentElement, ...document.body.querySelectorAll("*")].filter((one) => !one.matches(meant))
    const wide = panes.filter((one) => one.scrollWidth > one.clientWidth + 1 && (one === document.documentElement || clips(one)))
    return wide.map((pane) => {
      const edge = pane.getBoundingClientRect().left + pane.clientWidth + 1
      const inside = [...pane.querySelectorAll("*")].filter((one) => !one.closest(meant) && one.getBoundingClientRect().right > edge)
      const name = (one) => `${one.tagName.toLowerCase()}.${one.className.baseVal ?? one.className}`
      return `sideways: ${name(pane)} ${pane.scrollWidth} > ${pane.clientWidth} by ${inside.slice(0, 4).map(name).join(", ")}`
    })
  })
}

// Controls too low for a finger. Links inside a sentence and fields inside their label are excused, as in WCAG 2.5.8.
export function smallTargets(page) {
  return page.evaluate(() => {
    const LOW = 40
    const excused = "label *, .vh, .skip, .body *, .soft *, .aside *, .pair *, .dl *, .side *, p.small *"
    const all = [...document.querySelectorAll("a, button, input, select, summary, textarea")]
    const shown = all.filter((one) => one.checkVisibility() && !one.matches(excused) && one.type !== "hidden")
    const low = shown.filter((one) => one.getBoundingClientRect().height > 0 && one.getBoundingClientRect().height < LOW)
    return low.map((one) => `${one.tagName}.${one.className} ${Math.round(one.getBoundingClientRect().height)}`)
  })
}

// `axe`: every rule, none, or a list of rules.
export async function check(page, { axe: wanted = true } = {}) {
  return [...(await sidewaysFaults(page)), ...(wanted ? await axeFaults(page, Array.isArray(wanted) ? wanted : undefined) : [])]
}
