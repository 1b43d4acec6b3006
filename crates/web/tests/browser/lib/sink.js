// A mail server that takes everything and forwards nothing: where the desk's own letters arrive in a test.
import { createServer } from "node:net"
import { read } from "./letter.js"
import { until } from "./until.js"

function session(socket, letters) {
  const answer = (line) => socket.write(`${line}\r\n`)
  let waiting = ""
  let reading = false
  let from = ""
  let to = []
  answer("220 sink.example ESMTP")
  const command = (line) => {
    const verb = line.slice(0, 4).toUpperCase()
    if (verb === "EHLO") return answer("250-sink.example\r\n250-8BITMIME\r\n250 SMTPUTF8")
    if (verb === "MAIL") { from = line.match(/<(.*?)>/)?.[1]; to = [] }
    if (verb === "RCPT") to.push(line.match(/<(.*?)>/)?.[1])
    if (verb === "DATA") { reading = true; return answer("354 go on") }
    if (verb === "QUIT") { answer("221 bye"); return socket.end() }
    answer("250 ok")
  }
  const take = (raw) => {
    const plain = raw.replace(/^\.\./gm, ".")
    letters.push({ from, to, raw: plain, at: Date.now(), ...read(plain) })
    answer("250 taken")
  }
  socket.on("error", () => {})
  socket.on("data", (piece) => {
    waiting += piece.toString("latin1")
    for (;;) {
      const end = waiting.indexOf(reading ? "\r\n.\r\n" : "\r\n")
      if (end < 0) return
      const text = waiting.slice(0, end)
      waiting = waiting.slice(end + (reading ? 5 : 2))
      if (reading) { reading = false; take(text) } else command(text)
    }
  })
}

export async function startSink() {
  const letters = []
  const open = new Set()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on("close", () => open.delete(socket))
    session(socket, letters)
  })
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready))
  return {
    address: `127.0.0.1:${server.address().port}`,
    letters,
    // The first letter to this address that fits; letters that came before count as well.
    arrived: (to, fits, what, within = 20_000) => until(() => letters.find((one) => one.to.includes(to) && fits(one)), what, within),
    stop: () => {
      for (const socket of open) socket.destroy()
      return new Promise((done) => server.close(done))
    },
  }
}
