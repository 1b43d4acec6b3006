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

  // The page as it is now: its lines are added to those that stand, the rest is put in place where it differs.
  const show = (text) => {
    const fresh = parse(text).getElementById("chat")
    if (!fresh) return false
    for (const line of fresh.querySelectorAll("#said > li")) {
      if (at(line.id)) continue
      const mine = line.dataset.client && at("said").querySelector(`[data-client="${line.dataset.client}"]`)
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
    return fresh
  }
  // False when there is no talk here any more for who asks: he is to sign in again, or it is gone.
  const look = async () => {
    const answer = await fetch(location.href).catch(() => null)
    return !answer || answer.status >= 429 || Boolean(show(await answer.text()))
  }

  async function send() {
    const line = queue[0]
    if (sending || !line) return
    sending = true
    try {
      const answer = await fetch(base + "/lines", { method: "POST", body: new URLSearchParams({ client: line.client, body: line.body }) })
      if (answer.status >= 500 || answer.status == 429) throw answer.status
      // It is kept when the page that answers has it, and refused when the talk's own page says so. Another page, such
      // as the one to sign in, is no answer: the line stays, and goes out when the talk is here again.
      const fresh = show(await answer.text())
      if (!fresh) {
        if (!(await look())) location.reload()
        throw answer.status
      }
      if (answer.ok && !chat.querySelector(`#said [data-client="${line.client}"][id]`)) throw answer.status
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
    if (over) return
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
  JSON.parse(memory(base) || "[]").forEach(add)
  over = !at("end")
  if (framed) memory(PLACE, over ? "" : location.pathname)
  listen()
  send()
  bottom()
  return () => {
    over = true
    stream?.close()
    removeEventListener("online", online)
  }
}

let stop
const begin = () => {
  stop?.()
  const chat = document.getElementById("chat")
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
