// One live stream a browser: the tab that holds the lock listens and passes each word on; a tab to whom it
// matters fetches its page again and morphs.
import { show } from "js/faces"
import Part from "js/part"
import { navigator as turbo, session } from "vendor/turbo"

const JOIN = 200
const AGAIN = 30_000
const name = "firstline-live"
const tab = Math.random()
// Places in the log: a transaction and a line of it.
const isLater = (one, other) => {
  const [[a, b], [c, d]] = [one, other].map((place) => place.split("-").map(Number))
  return a === c ? b > d : a > c
}

export default class extends Part {
  connect() {
    this.wanted = new Map()
    // The last word of each topic.
    this.told = new Map()
    this.covered = new Set()
    // The last one listens to all that is covered.
    this.sources = new Set()
    this.air = new BroadcastChannel(name)
    this.air.onmessage = ({ data }) => this.hear(data)
    this.on(document, "visibilitychange", () => this.settle())
    this.on(document, "live:ask", () => ((this.due = true), this.settle()))
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
    // What is still read for this page is no news for the next.
    this.sending = undefined
    this.release?.()
    for (const source of this.sources) source.close()
    clearTimeout(this.again)
    this.air.close()
  }

  meta(name) {
    return document.querySelector(`meta[name="live-${name}"]`)?.content ?? ""
  }

  get topics() {
    return this.meta("topics").split(/[\s,]+/).filter(Boolean)
  }

  // Where this page stands in the log; empty when the server could not say.
  get since() {
    return this.meta("since")
  }

  // Without locks (plain HTTP on a local network) every tab listens for itself.
  lead(signal) {
    const hold = () => {
      this.leader = true
      this.say({ kind: "who" })
      this.listen()
      return new Promise((release) => (this.release = release))
    }
    // It is refused when the page is left while it waits.
    if (navigator.locks) navigator.locks.request(name, { signal }, hold).catch(() => {})
    else hold()
  }

  say(word) {
    this.air.postMessage(word)
  }

  announce() {
    const word = { kind: "want", tab, topics: this.topics, since: this.since }
    this.want(word)
    this.say(word)
  }

  // A page may have been made before a word of it came, and have missed it on its way here.
  want({ tab, topics, since }) {
    this.wanted.set(tab, { topics, since })
    if (!this.leader) return
    this.listen()
    for (const topic of topics) {
      const word = this.told.get(topic)
      if (!word || !since || !isLater(word.at, since) || word.again.has(tab + since)) continue
      // What comes may look no newer.
      word.again.add(tab + since)
      this.spread(word)
    }
  }

  hear(word) {
    if (word.kind === "who") this.announce()
    if (word.kind === "want") this.want(word)
    if (word.kind === "bye") this.wanted.delete(word.tab)
    if (word.kind === "refresh") this.refresh(word)
    if (word.kind === "here") show(word)
  }

  // Reopens only when a topic is missing, where the oldest page that misses one stands; or the oldest of all, when the
  // old stream has broken off. That one ends after the new one stands.
  listen() {
    const pages = [...this.wanted.values()]
    const missing = pages.filter((page) => !page.topics.every((topic) => this.covered.has(topic)))
    if (!missing.length) return
    const topics = [...new Set(pages.flatMap((page) => page.topics))].sort()
    const open = [...this.sources].at(-1)?.readyState === EventSource.OPEN
    const places = (open ? missing : pages).map((page) => page.since).filter(Boolean)
    const since = places.reduce((first, place) => (isLater(first, place) ? place : first), places[0] ?? "")
    const source = new EventSource(`/live?topics=${encodeURIComponent(topics)}&since=${since}`)
    this.sources.add(source)
    this.covered = new Set(topics)
    source.onopen = () => (this.stands(source), document.dispatchEvent(new Event("live:open")))
    source.onerror = () => this.lost(source)
    source.addEventListener("refresh", ({ data }) => this.news(JSON.parse(data)))
    source.addEventListener("here", ({ data }) => this.meet(JSON.parse(data)))
  }

  stands(source) {
    for (const older of this.sources) {
      if (older === source) return
      older.close()
      this.sources.delete(older)
    }
  }

  // The browser opens a stream again that broke off, and says where; one that was refused it gives up.
  lost(source) {
    if (source.readyState !== EventSource.CLOSED) return
    this.sources.delete(source)
    this.covered.clear()
    clearTimeout(this.again)
    this.again = setTimeout(() => this.listen(), AGAIN)
  }

  // A word without a place: the desk was set back in time, and no place of before counts.
  news(word) {
    if (word.at) this.told.set(word.topic, { ...word, again: new Set() })
    else this.told.clear()
    this.spread(word)
  }

  // Others look at a ticket: that is shown as it is told.
  meet(word) {
    this.say({ ...word, kind: "here" })
    show(word)
  }

  spread(word) {
    this.say({ ...word, kind: "refresh" })
    this.refresh(word)
  }

  refresh({ topic, request, at }) {
    if (!this.topics.includes(topic)) return
    if (at && this.since && !isLater(at, this.since)) return
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
    // Broken off: owed, then.
    await fetchResponse?.responseHTML?.catch(() => {})
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
