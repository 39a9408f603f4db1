/* Order by dragging (pointer) or with the arrow keys; every move is announced. */
const maak = (soort, klasse, inhoud) => {
  const e = document.createElement(soort);
  if (klasse) e.className = klasse;
  if (inhoud !== undefined) e.textContent = inhoud;
  return e;
};

function render({ model, el }) {
  el.classList.add("ow-lijst");
  el.dataset.versie = "0";
  const uitleg = maak("p"), lijst = maak("ol"), melder = maak("div", "ow-alleen-voorlezen");
  const nr = "l" + Math.random().toString(36).slice(2);
  uitleg.id = nr;
  lijst.setAttribute("aria-describedby", nr);
  melder.setAttribute("aria-live", "polite");
  el.append(uitleg, lijst, melder);
  let rijen = new Map();

  const volgorde = () => [...lijst.children].map((li) => li._id);
  const nummer = () => [...lijst.children].forEach((li, i) => { li.firstChild.textContent = i + 1; });
  const bewaar = () => { model.set("volgorde", volgorde()); model.save_changes(); };
  const meld = (li) => { melder.textContent = `${li._titel}: nu plaats ${[...lijst.children].indexOf(li) + 1} van ${lijst.children.length}`; };

  function verplaats(li, naar) {
    const rest = [...lijst.children].filter((x) => x !== li);
    naar = Math.max(0, Math.min(rest.length, naar));
    if ([...lijst.children].indexOf(li) === naar) return;
    lijst.insertBefore(li, rest[naar] ?? null);
    nummer(); li.focus(); meld(li); bewaar();
  }

  function teken() {
    const items = new Map(model.get("items").map((i) => [i.id, i]));
    lijst.setAttribute("aria-label", model.get("bijschrift"));
    uitleg.textContent = "Sleep, of kies een regel en gebruik de pijltjes omhoog en omlaag.";
    const actief = lijst.contains(document.activeElement) ? document.activeElement._id : null;
    const oud = rijen;
    rijen = new Map();
    const deel = document.createDocumentFragment();
    for (const id of model.get("volgorde")) {
      const item = items.get(id);
      if (!item) continue;
      const li = oud.get(id) ?? maakRegel(id);
      li._titel = item.titel;
      const midden = li.children[1];
      midden.replaceChildren(document.createTextNode(item.titel));
      if (item.onder) midden.append(maak("span", "onder", item.onder));
      rijen.set(id, li);
      deel.append(li);
    }
    lijst.replaceChildren(deel);
    nummer();
    if (actief !== null) rijen.get(actief)?.focus();
    el.dataset.versie = String(+el.dataset.versie + 1);
    el.dataset.klaar = "ja";
  }

  function maakRegel(id) {
    const li = maak("li");
    li._id = id;
    li.dataset.id = id;
    li.tabIndex = 0;
    const greep = maak("span", "greep", "⋮⋮");
    greep.setAttribute("aria-hidden", "true");
    li.append(maak("span", "rang"), maak("span"), greep);
    li.addEventListener("keydown", (e) => {
      const i = [...lijst.children].indexOf(li);
      const naar = { ArrowUp: i - 1, ArrowDown: i + 1, Home: 0, End: lijst.children.length - 1 }[e.key];
      if (naar === undefined) return;
      e.preventDefault();
      verplaats(li, naar);
    });
    li.addEventListener("pointerdown", (e) => {
      if (e.button) return;
      const begin = volgorde().join("\n");
      let bezig = false;
      const y0 = e.clientY;
      const beweeg = (m) => {
        if (!bezig && Math.abs(m.clientY - y0) < 4) return;
        if (!bezig) { bezig = true; li.classList.add("sleept"); }
        const rest = [...lijst.children].filter((x) => x !== li);
        const voor = rest.find((x) => { const r = x.getBoundingClientRect(); return m.clientY < r.top + r.height / 2; });
        if (li.nextElementSibling !== (voor ?? null)) { lijst.insertBefore(li, voor ?? null); nummer(); }
      };
      const los = () => {
        removeEventListener("pointermove", beweeg); removeEventListener("pointerup", los); removeEventListener("pointercancel", los);
        li.classList.remove("sleept");
        if (bezig && volgorde().join("\n") !== begin) { meld(li); bewaar(); }
        li.focus();
      };
      addEventListener("pointermove", beweeg); addEventListener("pointerup", los); addEventListener("pointercancel", los);
    });
    return li;
  }
  model.on("change:items change:volgorde change:bijschrift", teken);
  teken();
}
export default { render };
