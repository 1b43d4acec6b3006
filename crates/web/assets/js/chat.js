// One talk, on either side: lines go out one after the other, each under a name of its own, until the desk has said
// that it keeps them; a lost connection sends them again, and again they are the same lines. Without this the page works
// by its forms.
const trusted = window.trustedTypes
const plain = { createHTML: (text) => text }
let policy
const parse = (text) => {
  // On the desk a policy is in force already that lets our own pages through. Made when it is first needed: the page
  // that begins a talk has another script that makes one of this name.
  policy ??= trusted && !trusted.defaultPolicy ? trusted.createPolicy("firstline", plain) : plain
  return new DOMParser().parseFromString(policy.createHTML(text), "text/html")
}
const framed = document.body.hasAttribute("data-framed")
const name = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("")
// What a browser remembers for a talk; where it may not, the talk works and forgets.
const memory = (key, value) => {
  try {
    if (value === undefined) return sessionStorage.getItem(key)
    if (value) sessionStorage.setItem(key, value)
    else sessionStorage.removeItem(key)
  } catch {}
  return null
}
const PLACE = "firstline-chat"

function talk(chat) {
  const base = chat.dataset.base
  const at = (id) => chat.querySelector("#" + id)
  let queue = [], sending = false, wait = 1000, typed = 0, quiet, lost, stream, over = false
  let shown = 0, looking, again = false, gone = false

  const down = (is) => {
    clearTimeout(lost)
    if (is) lost = setTimeout(() => (at("chat-lost").hidden = false), 2000)
    else at("chat-lost").hidden = true
  }
  const keep = () => memory(base, queue.length ? JSON.stringify(queue.map(({ client, body }) => ({ client, body }))) : "")
  const typing = (words) => {
    clearTimeout(quiet)
    at("chat-typing").textContent = words
    if (words) quiet = setTimeout(() => typing(""), 20_000)
  }
  const bottom = () => { const log = chat.querySelector("[role=log]"); log.scrollTop = log.scrollHeight }

  // Words that were not said stand where the next ones are typed; where none can be, they stand to be read and sent
  // another way.
  const place = () => at("say") ?? at("unsent")
  const field = () => place()?.querySelector("textarea")
  const typedBack = (words) => {
    if (!words || !place()) return
    field().value = [words, field().value].filter(Boolean).join("\n")
    place().hidden = false
  }

  // The line of this name that the desk keeps; and the one that stands here until it does.
  const said = (client, kept) => at("said").querySelector(`[data-client="${client}"]${kept ? "[id]" : ":not([id])"}`)

  // The page as it is now: its lines are added to those that stand, the rest is put in place where it differs.
  const show = (text) => {
    const fresh = parse(text).getElementById("chat")
    if (!fresh) return false
    shown += 1
    for (const line of fresh.querySelectorAll("#said > li")) {
      if (at(line.id)) continue
      const mine = line.dataset.client && said(line.dataset.client, false)
      if (mine) mine.replaceWith(line)
      else at("said").append(line)
      if (!mine) typing("")
      bottom()
    }
    for (const id of ["chat-state", "chat-wrong"]) {
      const now = fresh.querySelector("#" + id)
      if (now.innerHTML != at(id).innerHTML) at(id).replaceChildren(...now.childNodes)
    }
    chat.dataset.typing = fresh.dataset.typing
    // What is typed stays: the foot is changed only when something can be done now that could not before.
    const can = (one) => [...one.querySelectorAll("#chat-foot form, #chat-foot a.btn")].map((each) => each.id || each.action || each.href).join()
    if (can(fresh) != can(chat)) {
      const words = field()?.value
      at("chat-foot").replaceWith(fresh.querySelector("#chat-foot"))
      if (field()) field().value = ""
      typedBack(words)
    }
    over = !at("end")
    if (over) { stream?.close(); memory(PLACE, "") }
    return true
  }
  // False when there is no talk here any more for who asks: he is to sign in again, or it is gone. One at a time, and
  // again when something was shown or told meanwhile: an answer that was overtaken would put back what was before.
  const look = () => {
    again = true
    return (looking ??= lookUntilCalm())
  }
  async function lookUntilCalm() {
    let here = true
    while (again) {
      again = false
      const before = shown
      const answer = await fetch(location.href).catch(() => null)
      const text = answer && answer.status < 429 ? await answer.text().catch(() => null) : null
      if (text === null) break
      if (shown !== before) again = true
      else here = show(text)
    }
    looking = undefined
    return here
  }

  async function send() {
    const line = queue[0]
    if (sending || !line) return
    sending = true
    const before = shown
    try {
      const answer = await fetch(base + "/lines", { method: "POST", body: new URLSearchParams({ client: line.client, body: line.body }) })
      if (answer.status >= 500 || answer.status == 429) throw answer.status
      // It is kept when the page that answers has it, and refused when the talk's own page says so. Another page, such
      // as the one to sign in, is no answer: the line stays, and goes out when the talk is here again.
      if (!show(await answer.text())) {
        if (!(await look())) location.reload()
        throw answer.status
      }
      if (shown > before + 1) look()
      if (answer.ok && !said(line.client, true)) throw answer.status
      queue.shift()
      keep()
      if (!answer.ok) refuse(line)
      down(false)
      wait = 1000
      sending = false
      send()
    } catch {
      for (const { item } of queue) { item.classList.add("is-unsent"); item.querySelector("time").textContent = chat.dataset.unsent }
      down(true)
      sending = false
      setTimeout(send, (wait = Math.min(wait * 2, 15_000)))
    }
  }
  // It was not taken, and the page says why: the words come back to where they were typed.
  const refuse = ({ item, body }) => {
    item.remove()
    typedBack(body)
  }
  const add = ({ client, body }) => {
    const item = document.createElement("li")
    item.className = "msg"
    item.dataset.client = client
    const part = (tag, className, words) => Object.assign(document.createElement(tag), { className, textContent: words })
    const head = part("div", "head", "")
    head.append(part("span", "strong", chat.dataset.you), part("time", "", ""))
    item.append(part("span", "", ""), head, part("div", "body", body))
    at("said").append(item)
    queue.push({ client, body, item })
    bottom()
  }

  const listen = () => {
    if (over || gone) return
    stream = new EventSource(base + "/live")
    stream.addEventListener("changed", look)
    stream.addEventListener("typing", () => typing(chat.dataset.typing))
    stream.onopen = () => { down(false); look(); send() }
    stream.onerror = () => {
      down(true)
      if (stream.readyState == EventSource.CLOSED) setTimeout(() => look().then(listen), 5000)
    }
  }
  chat.addEventListener("submit", (event) => {
    if (event.target.id != "say") return
    event.preventDefault()
    const field = event.target.body
    const body = field.value.trim()
    if (!body) return
    add({ client: name(), body })
    keep()
    // A line ends the typing over there: the next word is told again.
    typed = 0
    field.value = ""
    field.focus()
    send()
  })
  chat.addEventListener("keydown", (event) => {
    if (event.key != "Enter" || event.shiftKey || event.isComposing || event.target.tagName != "TEXTAREA" || event.target.readOnly) return
    event.preventDefault()
    event.target.form.requestSubmit()
  })
  chat.addEventListener("input", (event) => {
    if (event.target.tagName != "TEXTAREA" || event.timeStamp < typed) return
    typed = event.timeStamp + 8000
    fetch(base + "/typing", { method: "POST" }).catch(() => {})
  })
  const online = () => send()
  addEventListener("online", online)
  // Of what waited here when the page was left, the desk may keep some by now: its answer was not heard.
  JSON.parse(memory(base) || "[]").filter(({ client }) => !said(client, true)).forEach(add)
  keep()
  over = !at("end")
  if (framed) memory(PLACE, over ? "" : location.pathname)
  listen()
  send()
  bottom()
  return () => {
    gone = true
    stream?.close()
    removeEventListener("online", online)
  }
}

// One page has one talk, however often it is told that it is there.
let stop, here
const begin = () => {
  const chat = document.getElementById("chat")
  if (chat === here) return
  stop?.()
  here = chat
  stop = chat && talk(chat)
}
begin()
// On the desk pages change without being loaded anew.
document.addEventListener("turbo:load", begin)

if (framed) {
  const before = document.getElementById("start") && memory(PLACE)
  if (before) {
    memory(PLACE, "")
    location.replace(before)
  }
  addEventListener("keydown", (event) => event.key == "Escape" && parent.postMessage("firstline:close", "*"))
}
