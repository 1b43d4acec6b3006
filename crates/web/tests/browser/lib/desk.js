// A whole desk for a test: the real program on a free port with its sample company, in a folder of its own.
// FIRSTLINE_BIN names the program; without it the tests that need it say so loudly and are skipped.
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"

export const program = process.env.FIRSTLINE_BIN

export const unavailable = program ? false : "SKIPPED: FIRSTLINE_BIN is not set"
if (unavailable) console.error(unavailable)

const READY_WITHIN = 30_000

// The first line that is JSON holds the addresses and the sign-ins.
async function announcement(child) {
  const lines = createInterface({ input: child.stdout })
  for await (const line of lines) {
    if (!line.startsWith("{")) continue
    child.stdout.resume()
    return JSON.parse(line)
  }
  throw new Error("the desk ended before it said where it listens")
}

export function startDesk({ args = [], env = {} } = {}) {
  return start(["demo", "--listen", "127.0.0.1:0", "--json", ...args], env, announcement)
}

// A desk nobody has set up yet, in an empty folder of its own: `url` is the one-time address of its set-up page.
export async function startBlankDesk() {
  const data = await mkdtemp(join(tmpdir(), "firstline-blank-"))
  const desk = await start(["serve", "--data", data, "--listen", "127.0.0.1:0"], {}, invitation)
  const stop = async () => {
    await desk.stop()
    await rm(data, { recursive: true, force: true })
  }
  return { ...desk, stop }
}

async function invitation(child) {
  for await (const line of createInterface({ input: child.stdout })) {
    const url = line.match(/https?:\/\/\S+\/setup\?key=\S+/)?.[0]
    if (!url) continue
    child.stdout.resume()
    return { url }
  }
  throw new Error("the desk ended before it said where to set it up")
}

async function start(args, env, told) {
  const child = spawn(program, args, {
    env: { FIRSTLINE_LOG: "warn", ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  })
  const failed = once(child, "error").then(([error]) => { throw error })
  const late = new AbortController()
  const tooLate = new Promise((_, refuse) => {
    const timer = setTimeout(() => refuse(new Error(`the desk was not ready within ${READY_WITHIN} ms`)), READY_WITHIN)
    late.signal.addEventListener("abort", () => clearTimeout(timer))
  })
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, "exit")
    child.kill("SIGTERM")
    await gone
  }
  try {
    const where = await Promise.race([told(child), failed, tooLate])
    return { ...where, stop }
  } catch (error) {
    await stop()
    throw error
  } finally {
    late.abort()
  }
}
