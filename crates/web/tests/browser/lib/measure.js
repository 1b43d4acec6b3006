// What a page costs: bytes of its parts as they come over the wire, compressed and without their headers, nodes, and how
// much it moves under the reader's eyes.
export async function weigh(context, address, then = async () => {}) {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send("Network.enable")
  let bytes = 0
  const names = new Map()
  const heads = new Map()
  const sizes = new Map()
  // What had come when the answer began are its headers.
  session.on("Network.responseReceived", ({ requestId, response }) => {
    names.set(requestId, new URL(response.url).pathname)
    heads.set(requestId, response.encodedDataLength)
  })
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const size = Math.max(0, encodedDataLength - (heads.get(requestId) ?? 0))
    bytes += size
    sizes.set(requestId, size)
  })
  await page.addInitScript(() => {
    window.moved = []
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries()) window.moved.push([value, sources.map(({ node }) => node?.className ?? node?.nodeName)])
    }).observe({ type: "layout-shift", buffered: true })
  })
  await page.goto(address, { waitUntil: "load" })
  await page.evaluate(() => document.fonts.ready)
  // Two frames after the font stands, everything that would move has moved.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  await then(page)
  const found = await page.evaluate(() => ({ nodes: document.querySelectorAll("*").length, moved: window.moved }))
  await page.close()
  const pieces = [...sizes].map(([id, size]) => `${names.get(id)} ${size}`)
  return { bytes, pieces, nodes: found.nodes, shift: found.moved.reduce((sum, [value]) => sum + value, 0), moved: found.moved }
}
