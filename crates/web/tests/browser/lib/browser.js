// One Chromium for a test file, with a fresh folder for its profile, and a watch on everything it complains about.
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { chromium } from "playwright-core"

const flags = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
]

export async function launch({ args = [], ...options } = {}) {
  const profile = await mkdtemp(join(tmpdir(), "firstline-browser-"))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [...flags, ...args],
    viewport: { width: 1440, height: 900 },
    ...options,
  })
  const close = async () => {
    await context.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  return { context, close }
}

// Faults of a page: uncaught errors, console errors and policy violations, in the order they came.
export function faultsOf(page) {
  const faults = []
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`))
  page.on("console", (line) => line.type() === "error" && faults.push(`console: ${line.text()}`))
  return faults
}
