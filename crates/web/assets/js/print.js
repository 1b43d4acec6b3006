// A page that is made for paper too has a button for it.
document.addEventListener("click", ({ target }) => target.closest?.("[data-prints]") && print())
