// On a narrow screen one pane stands at a time: the list, the ticket or its facts, by #list and #facts. The
// attribute sits on <html>, where a morph does not reach.
import Part from "js/part"

export default class extends Part {
  static values = { at: { type: String, default: "ticket" } }

  connect() {
    this.on(window, "hashchange popstate", () => this.show())
    this.show()
  }

  left() {
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
    const top = (element) => element.getBoundingClientRect().top
    talk.scrollBy(0, fresh ? top(fresh) - top(talk) : talk.scrollHeight)
  }
}
