// One live stream a browser: the tab that holds the lock listens and passes each word on; a tab to whom it
// matters fetches its page again and morphs.
import Part from "js/part"
import { navigator as turbo, session } from "vendor/turbo"

const JOIN = 200
const name = "firstline-live"
const tab = Math.random()

export default class extends Part {
  connect() {
    this.wanted = new Map()
    this.air = new BroadcastChannel(name)
    this.air.onmessage = ({ data }) => this.hear(data)
    this.on(document, "visibilitychange", () => this.settle())
    this.on(document, "turbo:load", () => (this.announce(), this.settle()))
    this.on(document, "turbo:submit-start", ({ detail }) => this.begin(detail))
    this.on(document, "turbo:submit-end", ({ detail }) => this.end(detail))
    this.on(document, "turbo:render", () => (this.asked = this.owed = false))
    this.on(document, "turbo:before-fetch-response", (event) => this.check(event))
    this.on(window, "pagehide", () => this.say({ kind: "bye", tab }))
    this.announce()
    this.lead(this.leaving.signal)
  }

  left() {
    this.say({ kind: "bye", tab })
    this.leader = false
    this.sending = undefined // what is still read for this page is no news for the next
    this.release?.()
    this.source?.close()
    this.source = undefined
    this.air.close()
  }

  get topics() {
    const meta = document.querySelector('meta[name="live-topics"]')
    return (meta?.content ?? "").split(/[\s,]+/).filter(Boolean)
  }

  // Without locks (plain HTTP on a local network) every tab listens for itself.
  lead(signal) {
    const hold = () => {
      this.leader = true
      this.say({ kind: "who" })
      this.listen()
      return new Promise((release) => (this.release = release))
    }
    if (navigator.locks) navigator.locks.request(name, { signal }, hold).catch(() => {}) // left while waiting
    else hold()
  }

  say(word) {
    this.air.postMessage(word)
  }

  announce() {
    this.want(tab, this.topics)
    this.say({ kind: "want", tab, topics: this.topics })
  }

  want(who, topics) {
    this.wanted.set(who, topics)
    if (this.leader) this.listen()
  }

  hear(word) {
    if (word.kind === "who") this.announce()
    if (word.kind === "want") this.want(word.tab, word.topics)
    if (word.kind === "bye") this.wanted.delete(word.tab)
    if (word.kind === "refresh") this.refresh(word)
  }

  // Reopens only when a topic is missing; the old stream ends after the new one stands.
  listen() {
    const topics = [...new Set([...this.wanted.values()].flat())].sort()
    if (!topics.length || (this.source && topics.every((topic) => this.covered.has(topic)))) return
    const old = this.source
    const source = new EventSource(`/live?topics=${encodeURIComponent(topics)}`)
    let stood = false
    this.source = source
    this.covered = new Set(topics)
    source.onopen = () => {
      old?.close()
      // After a gap nobody knows what was missed.
      if (stood) this.spread({})
      stood = true
    }
    source.addEventListener("refresh", ({ data }) => this.spread(JSON.parse(data)))
  }

  spread(word) {
    this.say({ ...word, kind: "refresh" })
    this.refresh(word)
  }

  refresh({ topic, request }) {
    if (topic && !this.topics.includes(topic)) return
    if (request && session.recentRequests.has(request)) return
    this.due = true
    this.settle()
  }

  // An overloaded server must not put its error page over somebody's words.
  check(event) {
    if (!turbo.currentVisit?.isPageRefresh || event.detail.fetchResponse.succeeded) return
    event.preventDefault()
    turbo.stop()
  }

  // What is sent ends a fetch that was on its way: its news are still to be shown.
  begin({ formSubmission }) {
    this.sending = formSubmission
    this.due ||= this.asked
  }

  // The answer shows first, since it is older than what is fetched now. One that never shows is owed: nobody tells
  // this page of its own change.
  async end({ formSubmission, success, fetchResponse }) {
    await fetchResponse?.responseHTML?.catch(() => {}) // broken off: owed, then
    if (this.sending !== formSubmission) return
    this.sending = undefined
    this.owed = success
    this.after(JOIN, () => this.settle())
  }

  // The first event goes at once, those that follow join; a hidden tab waits until it is seen.
  settle() {
    if (!(this.due || this.owed) || this.timer || document.hidden || this.sending) return
    // A visit still counts as current while its own end is told, so it is asked again later.
    if (turbo.currentVisit) return this.after(JOIN, () => this.settle())
    this.due = this.owed = false
    this.asked = true
    // Not `session.refresh`: it waits 150 ms, and then breaks off what was sent meanwhile.
    session.visit(document.baseURI, { action: "replace", shouldCacheSnapshot: false })
    this.after(JOIN, () => this.settle())
  }
}
