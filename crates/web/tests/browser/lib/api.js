// Calls the desk's own API with the token the sample desk printed; waits as told when it asks for patience.
export function api(desk) {
  const once = (method, path, body) => fetch(`${desk.url}/api/firstline/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${desk.token}`, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  return async (method, path, body) => {
    let response = await once(method, path, body)
    for (let tries = 0; [429, 503].includes(response.status) && tries < 20; tries += 1) {
      const seconds = Number(response.headers.get("retry-after") ?? 1)
      await new Promise((next) => setTimeout(next, seconds * 1000))
      response = await once(method, path, body)
    }
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`)
    return text ? JSON.parse(text) : null
  }
}
