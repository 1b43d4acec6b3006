// The attack strings: a seeded sample of FIRSTLINE_VECTORS (200 when unset, `all` for every one). Every string that is
// known to run in today's browsers is listed apart, for the control.
import { readFileSync } from "node:fs"
import { join } from "node:path"

export const data = process.env.FIRSTLINE_TEST_DATA

export const withoutData = data ? false : "SKIPPED: FIRSTLINE_TEST_DATA is not set"
if (withoutData) console.error(withoutData)

export const SEED = 20261121

function random(seed) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

export function sample() {
  const all = readFileSync(join(data, "xss-dev/vectors.jsonl"), "utf8").trim().split("\n").map((line) => JSON.parse(line))
  const size = process.env.FIRSTLINE_VECTORS ?? "200"
  const known = new Set(readFileSync(join(data, "xss-dev/live.txt"), "utf8").trim().split(/\s+/))
  const live = all.filter(({ id }) => known.has(id))
  if (size === "all") return { vectors: all, live }
  const next = random(SEED)
  const shuffled = all.map((one) => [next(), one]).sort(([a], [b]) => a - b).map(([, one]) => one)
  // Half of a sample would be dead strings of one source: those known to run come first.
  const others = shuffled.filter(({ id }) => !known.has(id))
  return { vectors: [...live, ...others].slice(0, Number(size)), live }
}
