/* A heading where something new has come: it is scrolled to and gets the focus, so that who chose far above sees it. */
function render({ model, el }) {
  el.classList.add("ow-anker");
  const kop = document.createElement("h2");
  kop.tabIndex = -1;
  kop.className = "ow-vraag";
  el.append(kop);
  const toon = () => { kop.textContent = model.get("titel"); el.dataset.klaar = "ja"; };
  model.on("change:titel", toon);
  model.on("change:teller", () => {
    toon();
    const rustig = matchMedia("(prefers-reduced-motion: reduce)").matches;
    requestAnimationFrame(() => { kop.focus({ preventScroll: true }); kop.scrollIntoView({ block: "start", behavior: rustig ? "auto" : "smooth" }); });
  });
  toon();
}
export default { render };
