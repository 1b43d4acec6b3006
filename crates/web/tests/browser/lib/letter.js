// Writes letters as a mail program would, and reads those that come back. Small on purpose: enough of MIME for tests,
// and no code shared with the program under test.
const word = (text) => (/^[\x20-\x7e]{0,60}$/.test(text) && !text.includes("=?") ? text : encoded(text))

// RFC 2047 in pieces of whole characters, none longer than a header line allows.
function encoded(text) {
  const pieces = [""]
  for (const letter of text) {
    if (Buffer.byteLength(pieces.at(-1) + letter) > 42) pieces.push("")
    pieces[pieces.length - 1] += letter
  }
  return pieces.map((piece) => `=?utf-8?B?${Buffer.from(piece).toString("base64")}?=`).join("\r\n ")
}

const lines = (bytes) => Buffer.from(bytes).toString("base64").replace(/.{76}/g, "$&\r\n")
const percent = (text) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("")

function part(type, body, more = []) {
  return [`Content-Type: ${type}`, "Content-Transfer-Encoding: base64", ...more, "", lines(body)].join("\r\n")
}

let serial = 0
export const unique = () => `${Date.now().toString(36)}.${process.pid}.${(serial += 1)}`

// A long file name goes in pieces (RFC 2231), as a line may not be longer than 998 letters.
function fileName(name) {
  const whole = percent(name).match(/(?:%..){1,20}/g) ?? [""]
  return whole.map((piece, at) => `;\r\n filename*${at}*=${at === 0 ? "utf-8''" : ""}${piece}`).join("")
}

export function letter({ name = "", from, to, subject = "", text, html, files = [], headers = {}, id = `${unique()}@elsewhere.example` }) {
  const parts = []
  if (text !== undefined) parts.push(part("text/plain; charset=utf-8", text))
  if (html !== undefined) parts.push(part("text/html; charset=utf-8", html))
  const boundary = `b.${unique()}`
  const several = (kind, all) => `Content-Type: multipart/${kind}; boundary="${boundary}.${kind}"\r\n\r\n${all.map((one) => `--${boundary}.${kind}\r\n${one}\r\n`).join("")}--${boundary}.${kind}--\r\n`
  let body = parts.length > 1 ? several("alternative", parts) : parts[0]
  if (files.length > 0) {
    const attached = files.map((file) => part(file.type ?? "application/octet-stream", file.body ?? "x", [`Content-Disposition: attachment${fileName(file.name)}`]))
    body = several("mixed", [body, ...attached])
  }
  const head = {
    From: name ? `${word(name).startsWith("=?") ? word(name) : `"${name.replace(/["\\]/g, "\\$&")}"`} <${from}>` : from,
    To: to, Subject: word(subject), Date: new Date().toUTCString().replace("GMT", "+0000"), "Message-ID": `<${id}>`, "MIME-Version": "1.0", ...headers,
  }
  return `${Object.entries(head).map(([key, value]) => `${key}: ${value}\r\n`).join("")}${body}`
}

function decoded(body, encoding) {
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8")
  if (encoding !== "quoted-printable") return Buffer.from(body, "latin1").toString("utf8")
  const bytes = body.replace(/=\r?\n/g, "").replace(/=([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(bytes, "latin1").toString("utf8")
}

const readWord = (text) => text.replace(/=\?utf-8\?([BQ])\?([^?]*)\?=(\s+(?==\?))?/gi, (_, kind, body) =>
  kind.toUpperCase() === "B" ? decoded(body, "base64") : decoded(body.replaceAll("_", " "), "quoted-printable"))

function split(raw) {
  const at = raw.search(/\r?\n\r?\n/)
  const head = raw.slice(0, at).replace(/\r?\n[ \t]+/g, " ")
  const headers = {}
  for (const line of head.split(/\r?\n/)) {
    const colon = line.indexOf(":")
    headers[line.slice(0, colon).toLowerCase()] = readWord(line.slice(colon + 1).trim())
  }
  return { headers, body: raw.slice(at).replace(/^\r?\n\r?\n/, "") }
}

// `raw` is latin1 text, so that no byte is lost before its own encoding is known.
export function read(raw) {
  const { headers, body } = split(raw)
  const type = headers["content-type"] ?? "text/plain"
  const boundary = type.match(/boundary="?([^";]+)"?/i)?.[1]
  if (!boundary) {
    const text = decoded(body, (headers["content-transfer-encoding"] ?? "").toLowerCase())
    const file = /^attachment/i.test(headers["content-disposition"] ?? "")
    return { headers, text: !file && /^text\/plain/i.test(type) ? text : "", html: !file && /^text\/html/i.test(type) ? text : "" }
  }
  const inside = body.split(`--${boundary}`).slice(1, -1).map((piece) => read(piece.replace(/^\r?\n/, "").replace(/\r?\n$/, "")))
  return { headers, text: inside.map((one) => one.text).join(""), html: inside.map((one) => one.html).join("") }
}
