// "This is my own device": the worker that keeps pages is there, under this person's number, or it is not.
import Part from "js/part"

const worker = navigator.serviceWorker

export default class extends Part {
  async connect() {
    if (!worker) return
    this.address = `/sw.js?for=${document.body.dataset.me}`
    const box = this.element.querySelector("input")
    this.on(document, "submit", ({ target }) => target.action?.endsWith("/sign-out") && this.empty())
    this.on(box, "change", () => (box.checked ? this.keep() : this.forget()))
    const { active, waiting, installing } = (await worker.getRegistration("/")) ?? {}
    box.checked = (active ?? waiting ?? installing)?.scriptURL.endsWith(this.address) ?? false
    this.element.hidden = false
  }

  // A worker that was given up while a page still has it goes on without what it installed: it is told to begin again.
  async keep() {
    const { active } = await worker.register(this.address)
    active?.postMessage("keep")
  }

  // Without what is kept the worker keeps nothing more; a page that is loaded anew is rid of it.
  async forget() {
    await this.empty()
    location.reload()
  }

  async empty() {
    await (await worker.getRegistration("/"))?.unregister()
    for (const name of await caches.keys()) await caches.delete(name)
  }
}
