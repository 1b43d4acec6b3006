// A line to a desk that can be cut: what goes through it then ends at once, for pages and for their worker alike. The
// browser itself believes in its network all the while, as it does in a cellar.
import { connect, createServer } from "node:net"

export async function lineTo(desk) {
  const ends = new Set()
  let there = true
  const server = createServer((near) => {
    if (!there) return near.resetAndDestroy()
    const far = connect(new URL(desk.url).port, "127.0.0.1")
    for (const [one, other] of [[near, far], [far, near]]) {
      ends.add(one)
      one.on("error", () => {}).on("close", () => (ends.delete(one), other.destroy())).pipe(other)
    }
  })
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready))
  const cut = () => {
    there = false
    for (const one of ends) one.destroy()
  }
  const close = () => {
    cut()
    return new Promise((done) => server.close(done))
  }
  return { url: `http://127.0.0.1:${server.address().port}`, cut, join: () => (there = true), close }
}
