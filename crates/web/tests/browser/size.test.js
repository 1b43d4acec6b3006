// Bytes are promises: what a first visit loads, gzipped, against section 12 of the design.
import assert from "node:assert/strict"
import { readFileSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { gzipSync } from "node:zlib"
import { modules, root, stylesheet } from "./lib/assets.js"

const KB = 1024
const gz = (data) => gzipSync(data, { level: 6 }).length
// As it leaves the desk: without indentation and lines that only explain.
const lean = (text) => text.split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("//")).join("\n")
const file = (path) => gz(path.startsWith("js/") ? source(path) : readFileSync(join(root, path)))

// Some come when they are first needed, as one, and two pages of the portal have their own; the others leave as one
// with the page.
const rare = ["js/ask.js", "js/combo.js", "js/device.js", "js/fields.js", "js/files.js", "js/late.js", "js/outbox.js", "js/palette.js", "js/quick.js", "js/write.js"]
const source = (path) => lean(readFileSync(join(root, path), "utf8"))
const joined = (paths) => gz(paths.map(source).join("\n"))
const first = joined(modules().filter((path) => path.startsWith("js/") && ![...rare, "js/portal.js", "js/chat.js"].includes(path)))
const later = joined(rare)
const turbo = file("vendor/turbo.js")
const stimulus = file("vendor/stimulus.js")
// A sheet leaves without room around its marks.
const packed = (css) => css.replace(/\/\*[^]*?\*\//g, "").replace(/\s+/g, " ").replace(/ ?([{};,]) ?/g, "$1").replace(/: /g, ":").replaceAll(";}", "}")
const css = gz(packed(stylesheet()))
const font = readFileSync(join(root, "fonts/inter.woff2")).length
const icons = file("icons.svg")

function within(name, bytes, budget) {
  test(`${name}: ${bytes} of ${budget} bytes`, () => assert.ok(bytes <= budget, `${name} is ${bytes} bytes, ${bytes - budget} over`))
}

within("own behaviours of a first visit", first, 12 * KB)
within("own behaviours that come when they are needed", later, 8 * KB)
within("the worker that keeps pages", file("sw.js"), 3 * KB)
within("the portal's own", file("js/portal.js"), 900)
within("a talk's own", file("js/chat.js"), 3 * KB)
// All a visitor of somebody's site loads for the widget, once its button is pressed; the page itself is 2.5 KB at most,
// which the test of chat looks at.
const widget = (name) => gz(lean(readFileSync(join(root, "widget", name), "utf8").replace(/\/\*[^]*?\*\//g, "")))
within("the widget's script on other sites", widget("widget.js"), 2 * KB)
within("the widget, all in all", 2.5 * KB + widget("widget.js") + widget("frame.css") + file("js/chat.js") + file("js/portal.js") + icons, 15 * KB)
within("Turbo", turbo, 26 * KB)
within("Stimulus", stimulus, 11.5 * KB)
within("style", css, 14 * KB)
within("font", font, 28 * KB)
within("icons", icons, 5 * KB)
// The page itself is measured by the tests of the desk; here stands the room it was given.
within("ticket page, first visit (7 KB of page)", 7 * KB + first + turbo + stimulus + css + font + icons, 100 * KB)
within("portal, first visit (3 KB of page, no script)", 3 * KB + css + font + icons, 55 * KB)

test("no file is a page long, and no style hides in an attribute", () => {
  for (const folder of ["css", "js"]) {
    for (const name of readdirSync(join(root, folder))) {
      const text = readFileSync(join(root, folder, name), "utf8")
      assert.ok(text.split("\n").length <= 300, `${folder}/${name} is over 300 lines`)
      assert.doesNotMatch(text, /@import|https?:\/\/(?!www\.w3\.org)/, `${folder}/${name} loads from elsewhere`)
      assert.doesNotMatch(text, /\beval\(|new Function|setAttribute\("style"/, `${folder}/${name} breaks the policy`)
    }
  }
})

// Every page pays for the style of all; what no page wears is of no page.
test("no class has a style that nothing wears", () => {
  const source = join(root, "../src")
  const worn = readdirSync(source, { recursive: true })
    .filter((name) => /\.(html|rs)$/.test(name))
    .map((name) => readFileSync(join(source, name), "utf8"))
    .concat(modules().map((path) => readFileSync(join(root, path), "utf8")))
    .flatMap((text) => [...text.matchAll(/class(?:Name|=\\?)?[^"]{0,3}"((?:\{[{%].*?[%}]\}|[^"\\])*)|"([\w -]+)"/g)])
    .flatMap(([, attribute, literal]) => (attribute ?? literal).match(/[a-z][\w-]*/gi) ?? [])
  const known = new Set(worn)
  const selectors = stylesheet().replace(/\/\*[^]*?\*\//g, "").replace(/\{[^{}]*\}/g, "{}")
  const styled = new Set([...selectors.matchAll(/\.([a-z][\w-]*)/gi)].map(([, name]) => name))
  assert.ok(styled.size > 100 && !known.has("marquee"), "control: many are styled, and an old one is not worn")
  assert.deepEqual([...styled].filter((name) => !known.has(name)), [])
})
