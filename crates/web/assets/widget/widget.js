// The widget: a button on somebody's page, and our frame when it is pressed. Nothing of the page is read, and nothing
// of the frame can be: the frame says only that it wishes to be closed.
(() => {
  const here = document.currentScript
  const desk = new URL(here.src).origin
  const lang = (here.dataset.lang || document.documentElement.lang).slice(0, 2) == "fr" ? "fr" : "en"
  const words = {
    en: { open: "Help and chat", close: "Close help", title: "Help and chat" },
    fr: { open: "Aide et clavardage", close: "Fermer l’aide", title: "Aide et clavardage" },
  }[lang]
  const make = (name, attributes, ...inside) => {
    const one = document.createElement(name)
    for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value)
    one.append(...inside)
    return one
  }
  const start = () => {
    const host = make("div", { lang })
    const root = host.attachShadow({ mode: "open" })
    const style = new CSSStyleSheet()
    // A sheet made by script is allowed where the page's own policy forbids inline styles.
    style.replaceSync(`
      button { font: 500 16px/1.25 system-ui, sans-serif; min-height: 44px; padding: 8px 16px; border: 1px solid #fff; border-radius: 22px; color: #fff; background: #08614d; cursor: pointer; }
      button:focus-visible { outline: 3px solid #fff; box-shadow: 0 0 0 6px #08614d; }
      .open { position: fixed; z-index: 2147483646; right: 16px; bottom: 16px; }
      [role=dialog] { position: fixed; z-index: 2147483647; right: 16px; bottom: 16px; width: min(24rem, calc(100vw - 32px)); height: min(40rem, calc(100vh - 32px)); border-radius: 12px; overflow: hidden; box-shadow: 0 8px 32px #0006; background: Canvas; }
      .shut { position: absolute; top: 4px; right: 4px; min-width: 44px; padding: 8px; }
      iframe { width: 100%; height: 100%; border: 0; display: block; }
      [hidden] { display: none; }
      @media (max-width: 480px) { [role=dialog] { inset: 0; width: 100%; height: 100%; border-radius: 0; } }`)
    root.adoptedStyleSheets = [style]
    const open = make("button", { class: "open", type: "button", "aria-expanded": "false", "aria-haspopup": "dialog" }, words.open)
    const shut = make("button", { class: "shut", type: "button", "aria-label": words.close }, "✕")
    const panel = make("div", { role: "dialog", "aria-label": words.title, hidden: "" }, shut)
    let frame
    const show = (shown) => {
      if (shown && !frame) {
        frame = make("iframe", { title: words.title, src: `${desk}/widget/${lang}/chat` })
        panel.append(frame)
      }
      panel.hidden = !shown
      open.hidden = shown
      open.setAttribute("aria-expanded", shown)
      if (shown) frame.focus()
      else open.focus()
    }
    open.onclick = () => show(true)
    shut.onclick = () => show(false)
    panel.onkeydown = (event) => event.key == "Escape" && show(false)
    addEventListener("message", (event) => {
      if (frame && event.source == frame.contentWindow && event.origin == desk && event.data == "firstline:close") show(false)
    })
    root.append(open, panel)
    document.body.append(host)
  }
  if (document.body) start()
  else addEventListener("DOMContentLoaded", start)
})()
