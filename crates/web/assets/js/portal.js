// Three small helps of the portal. Every page is whole without them.
// The elements with these ids, where the page has them.
const { tapped, noted, answers, topic, fields } = window
const ours = { createHTML: (text) => text }
const policy = window.trustedTypes?.createPolicy("firstline", ours) ?? ours

// An answer tapped in a letter is sent at the first sign of a hand: a mouse that moves, a finger that scrolls. Opening
// the page alone sends nothing, since scanners of mail open pages too.
if (tapped)
  onpointermove = async (event) => {
    if (!event.isTrusted || !event.movementY) return
    onpointermove = null
    const said = await fetch(tapped.action, { method: tapped.method, body: new URLSearchParams(new FormData(tapped)) })
    noted.hidden = !said.ok
  }

// What was answered before, below the words while they are typed: after a pause, and only for the words that stand.
if (answers) {
  const form = answers.closest("form")
  const asked = () => encodeURIComponent([form.subject?.value, form.body.value].join(" "))
  const place = answers.dataset.from ?? "ask/answers"
  form.oninput = () => {
    const words = asked()
    setTimeout(async () => {
      const found = words == asked() && (await fetch(place + "?q=" + words.slice(0, 999)))
      if (found.ok && words == asked()) answers.innerHTML = policy.createHTML(await found.text())
    }, 500)
  }
  form.oninput()
}

// What the topic asks for, when it is chosen; each field shows while the others have what it asks for. What was typed
// for another topic is there again with that topic.
if (fields) {
  const { form } = topic
  const typed = {}
  const each = (deed) => fields.querySelectorAll("[name]").forEach(deed)
  const show = () => {
    for (const row of form.querySelectorAll("[data-shown]")) {
      const has = [...new FormData(form)].flatMap(([name, value]) => (value ? [name, name + "=" + value] : []))
      row.hidden = row.disabled = !row.dataset.shown.split(" ").some((one) => has.includes(one))
    }
  }
  topic.onchange = async () => {
    const wanted = topic.value
    const found = await (await fetch("ask/fields?topic=" + wanted)).text()
    if (wanted == topic.value) {
      each((one) => (typed[one.name] = one.checked || one.value))
      fields.innerHTML = policy.createHTML(found)
      each((one) => (one.type == "checkbox" ? (one.checked = typed[one.name] === true) : (one.value = typed[one.name] ?? one.value)))
    }
    show()
  }
  form.addEventListener("input", show)
  show()
}
