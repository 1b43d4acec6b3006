// On a narrow screen one pane stands at a time: the list, the ticket or its facts, by #list and #facts.
// The page says where it begins: <main data-controller="pane" data-pane-at-value="ticket">. The attribute
// sits on <html>, where a morph does not reach.
import { Controller } from "vendor/stimulus"

export default class extends Controller {
  static values = { at: { type: String, default: "ticket" } }

  connect() {
    this.show = this.show.bind(this)
    window.addEventListener("hashchange", this.show)
    window.addEventListener("popstate", this.show)
    this.show()
  }

  disconnect() {
    window.removeEventListener("hashchange", this.show)
    window.removeEventListener("popstate", this.show)
    delete document.documentElement.dataset.pane
  }

  show() {
    const asked = location.hash.slice(1)
    document.documentElement.dataset.pane = asked === "list" || asked === "facts" ? asked : this.atValue
    if (!this.begun) this.begin()
  }

  // A ticket opens at the first thing not read yet, else at its end.
  begin() {
    const talk = this.element.querySelector(".talk")
    if (!talk?.checkVisibility()) return
    this.begun = true
    const fresh = talk.querySelector(".new")
    const down = fresh ? fresh.getBoundingClientRect().top - talk.getBoundingClientRect().top : talk.scrollHeight
    talk.scrollBy(0, down)
  }
}
