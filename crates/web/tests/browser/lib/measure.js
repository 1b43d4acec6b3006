// What a page costs: bytes over the wire, nodes, and how much it moves under the reader's eyes.
export async function weigh(context, address, then = async () => {}) {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send("Network.enable")
  let bytes = 0
  const pieces = []
  const names = new Map()
  session.on("Network.responseReceived", ({ requestId, response }) => names.set(requestId, new URL(response.url).pathname))
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    bytes += encodedDataLength
    pieces.push(`${names.get(requestId) ?? "?"} ${Math.round(encodedDataLength)}`)
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
  return { bytes, pieces, nodes: found.nodes, shift: found.moved.reduce((sum, [value]) => sum + value, 0), moved: found.moved }
}
