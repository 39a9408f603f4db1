/* Tabs. A style rule hides the inactive parts, so that parts which appear later obey as well. */
function render({ model, el }) {
  el.classList.add("ow-navigatie");
  el.dataset.versie = "0";
  const balk = document.createElement("div"), regels = document.createElement("style");
  balk.setAttribute("role", "tablist");
  balk.setAttribute("aria-label", "Onderdelen van deze pagina");
  el.append(balk, regels);
  const eigen = "n" + Math.random().toString(36).slice(2);
  let knoppen = new Map();

  function panelen() {
    let alle = true;
    for (const [id, knop] of knoppen) {
      const vlak = document.querySelector(".vlak-" + CSS.escape(id));
      if (!vlak) { alle = false; continue; }
      vlak.id ||= `${eigen}-vlak-${id}`;
      vlak.setAttribute("role", "tabpanel");
      vlak.setAttribute("aria-labelledby", knop.id);
      knop.setAttribute("aria-controls", vlak.id);
    }
    return alle;
  }

  function toon() {
    const actief = model.get("actief");
    const uit = [];
    for (const [id, knop] of knoppen) {
      const aan = id === actief;
      knop.setAttribute("aria-selected", String(aan));
      knop.tabIndex = aan ? 0 : -1;
      if (!aan) uit.push(".vlak-" + CSS.escape(id));
    }
    // On paper every part is there.
    regels.textContent = uit.length ? `@media screen { ${uit.join(",")} { display: none !important; } }` : "";
    panelen();
    el.dataset.versie = String(+el.dataset.versie + 1);
    el.dataset.klaar = "ja";
  }

  function kies(id, adres = true) {
    if (!knoppen.has(id) || id === model.get("actief")) return;
    model.set("actief", id);
    model.save_changes();
    if (adres) history.replaceState(null, "", "#" + id);
  }

  function bouw() {
    knoppen = new Map();
    balk.replaceChildren();
    const ids = model.get("vlakken").map((v) => v.id);
    for (const v of model.get("vlakken")) {
      const knop = document.createElement("button");
      knop.type = "button";
      knop.id = `${eigen}-${v.id}`;
      knop.dataset.vlak = v.id;
      knop.setAttribute("role", "tab");
      knop.textContent = v.titel;
      knop.addEventListener("click", () => kies(v.id));
      knop.addEventListener("keydown", (e) => {
        const i = ids.indexOf(v.id), n = ids.length;
        const naar = { ArrowRight: (i + 1) % n, ArrowLeft: (i - 1 + n) % n, Home: 0, End: n - 1 }[e.key];
        if (naar === undefined) return;
        e.preventDefault();
        kies(ids[naar]);
        knoppen.get(ids[naar]).focus();
      });
      balk.append(knop);
      knoppen.set(v.id, knop);
    }
    toon();
  }

  model.on("change:vlakken", bouw);
  model.on("change:actief", toon);
  const hash = () => kies(decodeURIComponent(location.hash.slice(1)), false);
  addEventListener("hashchange", hash);
  bouw();
  hash();
  let pogingen = 0;
  const zoek = setInterval(() => { if (panelen() || ++pogingen > 100) clearInterval(zoek); }, 200);
  return () => { clearInterval(zoek); removeEventListener("hashchange", hash); };
}
export default { render };
