// Waiting for something to come true, with the end in sight: a test never waits longer than it says.
export async function until(truth, what, within = 10_000) {
  const end = Date.now() + within
  for (;;) {
    const value = await truth()
    if (value) return value
    if (Date.now() > end) throw new Error(`never came true within ${within} ms: ${what}`)
    await new Promise((next) => setTimeout(next, 25))
  }
}
