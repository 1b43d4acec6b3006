// "This is my own device": the worker that keeps pages is there, under this person's number, or it is not.
import Part from "js/part"

const worker = navigator.serviceWorker

export default class extends Part {
  async connect() {
    if (!worker) return
    this.address = `/sw.js?for=${document.body.dataset.me}`
    const box = this.element.querySelector("input")
    this.on(box, "change", () => (box.checked ? this.keep() : this.forget()))
    const { active, waiting, installing } = (await worker.getRegistration("/")) ?? {}
    box.checked = (active ?? waiting ?? installing)?.scriptURL.endsWith(this.address) ?? false
    this.element.hidden = false
  }

  keep() {
    return worker.register(this.address)
  }

  async forget() {
    await (await worker.getRegistration("/"))?.unregister()
    for (const name of await caches.keys()) await caches.delete(name)
  }
}
