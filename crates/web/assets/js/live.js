// One live stream a browser. The tab that holds the lock listens to the server and passes each
// word on to the other tabs; a tab to whom it matters fetches its page again and morphs.
import { Controller } from "vendor/stimulus"
import { navigator as turbo, session } from "vendor/turbo"

const JOIN = 200
const name = "firstline-live"
const tab = Math.random().toString(36).slice(2)

export default class extends Controller {
  connect() {
    this.wanted = new Map()
    this.air = new BroadcastChannel(name)
    this.air.onmessage = ({ data }) => this.hear(data)
    this.stop = new AbortController()
    const { signal } = this.stop
    const on = (target, event, run) => target.addEventListener(event, run, { signal })
    on(document, "visibilitychange", () => this.settle())
    on(document, "turbo:load", () => (this.announce(), this.settle()))
    on(document, "turbo:submit-start", () => (this.sending = true))
    on(document, "turbo:submit-end", () => ((this.sending = false), this.settle()))
    on(document, "turbo:before-fetch-response", (event) => this.check(event))
    on(window, "pagehide", () => this.air.postMessage({ kind: "bye", tab }))
    this.announce()
    this.lead(signal)
  }

  disconnect() {
    this.air.postMessage({ kind: "bye", tab })
    this.stop.abort()
    this.release?.()
    this.source?.close()
    this.air.close()
    clearTimeout(this.timer)
  }

  get topics() {
    const meta = document.querySelector('meta[name="live-topics"]')
    return (meta?.content ?? "").split(/[\s,]+/).filter(Boolean)
  }

  // Without locks (plain HTTP on a local network) every tab listens for itself.
  lead(signal) {
    const hold = () => {
      if (signal.aborted) return
      this.leader = true
      this.air.postMessage({ kind: "who" })
      this.listen()
      return new Promise((release) => (this.release = release))
    }
    if (!navigator.locks) return void hold()
    navigator.locks.request(name, { signal }, hold).catch((error) => {
      if (error.name !== "AbortError") throw error
    })
  }

  announce() {
    this.want(tab, this.topics)
    this.air.postMessage({ kind: "want", tab, topics: this.topics })
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
    if (!topics.length || (this.source && topics.every((topic) => this.covered?.has(topic)))) return
    const old = this.source
    const source = new EventSource(`/live?topics=${encodeURIComponent(topics.join(","))}`)
    let stood = false
    this.source = source
    this.covered = new Set(topics)
    source.addEventListener("open", () => {
      old?.close()
      // After a gap nobody knows what was missed, so everybody looks once.
      if (stood) this.spread({ kind: "refresh" })
      stood = true
    })
    source.addEventListener("refresh", ({ data }) => this.spread({ kind: "refresh", ...JSON.parse(data) }))
  }

  spread(word) {
    this.air.postMessage(word)
    this.refresh(word)
  }

  refresh({ topic, request }) {
    if (topic && !this.topics.includes(topic)) return
    if (request && session.recentRequests.has(request)) return
    this.due = true
    this.settle()
  }

  // An overloaded server must not put its error page over somebody's words: the page stays as it is.
  check(event) {
    if (!turbo.currentVisit?.isPageRefresh || event.detail.fetchResponse.succeeded) return
    event.preventDefault()
    turbo.stop()
  }

  // The first event goes at once, those that follow join; a hidden tab waits until it is seen.
  settle() {
    const busy = this.sending || turbo.currentVisit
    if (!this.due || this.timer || document.hidden || busy) return
    this.due = false
    session.refresh(document.baseURI)
    this.timer = setTimeout(() => {
      this.timer = undefined
      this.settle()
    }, JOIN)
  }
}
