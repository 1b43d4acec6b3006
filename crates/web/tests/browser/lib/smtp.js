// Hands letters to the desk over SMTP, several on one connection.
import { connect } from "node:net"
import { createInterface } from "node:readline"

async function* replies(socket) {
  for await (const line of createInterface({ input: socket })) if (line[3] !== "-") yield line
}

export async function deliver(where, letters) {
  const [, host, port] = where.match(/^(.*):(\d+)$/)
  const socket = connect(Number(port), host.replace(/^\[|\]$/g, ""))
  socket.setNoDelay(true)
  const heard = replies(socket)
  const expect = async (code) => {
    const { value, done } = await heard.next()
    if (done) throw new Error("the mail server hung up")
    if (!value.startsWith(code)) throw new Error(`expected ${code}, heard: ${value}`)
  }
  const say = async (line, code) => {
    socket.write(`${line}\r\n`)
    await expect(code)
  }
  await expect("220")
  await say("EHLO elsewhere.example", "250")
  for (const { from, to, raw } of letters) {
    await say(`MAIL FROM:<${from}>`, "250")
    await say(`RCPT TO:<${to}>`, "250")
    await say("DATA", "354")
    // A Buffer is one byte a letter, so that nothing is changed on the way.
    const bytes = (Buffer.isBuffer(raw) ? raw : Buffer.from(raw, "utf8")).toString("latin1")
    const whole = bytes.replace(/\r?\n/g, "\r\n").replace(/^\./gm, "..")
    socket.write(Buffer.from(whole.endsWith("\r\n") ? whole : `${whole}\r\n`, "latin1"))
    await say(".", "250")
  }
  socket.end("QUIT\r\n")
}
