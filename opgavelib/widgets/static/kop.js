/* Header. The projector choice is the browser's, not the page's: it is remembered there. */
const maak = (soort, klasse, inhoud) => {
  const e = document.createElement(soort);
  if (klasse) e.className = klasse;
  if (inhoud !== undefined) e.textContent = inhoud;
  return e;
};
const wortel = document.documentElement;
const onthoud = (naam, waarde) => {
  if (waarde) wortel.dataset[naam] = waarde; else delete wortel.dataset[naam];
  try { if (waarde) localStorage.setItem("opgave-" + naam, waarde); else localStorage.removeItem("opgave-" + naam); } catch (_) { /* not remembered then */ }
};

function render({ model, el }) {
  el.classList.add("ow-kop");
  const nav = maak("nav"), rechts = maak("span", "rechts"), blok = maak("div"), staat = maak("span");
  nav.setAttribute("aria-label", "Pagina's");
  const knop = (tekst, naam, waarde, uitleg) => {
    const k = maak("button", "", tekst);
    k.type = "button";
    k.title = uitleg;
    const toon = () => k.setAttribute("aria-pressed", String(wortel.dataset[naam] === waarde));
    k.addEventListener("click", () => { onthoud(naam, wortel.dataset[naam] === waarde ? "" : waarde); toon(); });
    toon();
    return k;
  };
  rechts.append(staat, knop("Projector", "weergave", "projector", "Grote letters voor op een scherm"), knop("Donker", "thema", "donker", "Lichte letters op een donkere achtergrond"));
  el.append(nav, blok);
  function toon() {
    const links = model.get("links").map((l) => {
      const a = maak("a", "", l.titel);
      const adres = String(l.adres);
      a.href = /^[a-z][a-z0-9+.-]*:/i.test(adres) && !/^https?:/i.test(adres) ? "#" : adres;
      if (l.hier) a.setAttribute("aria-current", "page");
      return a;
    });
    nav.replaceChildren(maak("strong", "", "Opgavenwerkboek"), ...links, rechts);
    const wie = [model.get("werkmap"), model.get("staat")].filter(Boolean).join(" · ");
    staat.textContent = wie;
    blok.replaceChildren(maak("h1", "", model.get("titel")));
    if (model.get("vraag")) blok.append(maak("p", "vraag", model.get("vraag")));
  }
  model.on("change:titel change:vraag change:werkmap change:staat change:links", toon);
  toon();
}
export default { render };
