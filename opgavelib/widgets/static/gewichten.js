/* Weights: native controls, shares at once, Python at most every 40 ms and always the latest. */
const maak = (soort, klasse, inhoud) => {
  const e = document.createElement(soort);
  if (klasse) e.className = klasse;
  if (inhoud !== undefined) e.textContent = inhoud;
  return e;
};
const PROCENT = new Intl.NumberFormat("nl-NL", { style: "percent", maximumFractionDigits: 0 });

function render({ model, el }) {
  el.classList.add("ow-gewichten");
  el.dataset.versie = "0";
  let regels = new Map(), waarden = {}, klok = 0, laatst = 0;
  const vak = maak("div"), terug = maak("button", "ow-terug", "Zet terug");
  terug.type = "button";
  el.append(vak, terug);

  function stuur() {
    const wacht = 40 - (performance.now() - laatst);
    clearTimeout(klok);
    if (wacht > 0) { klok = setTimeout(stuur, wacht); return; }
    laatst = performance.now();
    model.set("waarden", { ...waarden });
    model.save_changes();
  }

  function toon() {
    const som = Object.values(waarden).reduce((a, b) => a + b, 0), hoogste = model.get("hoogste"), begin = model.get("begin");
    for (const [k, r] of regels) {
      const w = waarden[k] ?? 0, deel = som > 0 ? PROCENT.format(w / som) : "–";
      if (document.activeElement !== r.schuif || +r.schuif.value !== w) r.schuif.value = w;
      if (document.activeElement !== r.getal) r.getal.value = w;
      r.schuif.style.setProperty("--deel", `${(100 * w) / hoogste}%`);
      r.schuif.setAttribute("aria-valuetext", `${String(w).replace(".", ",")}, dat is ${deel} van het geheel`);
      r.deel.textContent = deel;
    }
    terug.disabled = Object.keys(begin).every((k) => begin[k] === waarden[k]);
    el.dataset.versie = String(+el.dataset.versie + 1);
    el.dataset.klaar = "ja";
  }

  function bouw() {
    regels = new Map();
    vak.replaceChildren();
    for (const c of model.get("criteria")) {
      const id = "g" + Math.random().toString(36).slice(2);
      const rij = maak("div", "ow-gewicht"), label = maak("label"), rail = maak("div", "ow-rail");
      const schuif = maak("input"), getal = maak("input"), deel = maak("output");
      schuif.type = "range"; getal.type = "number"; schuif.id = id; label.htmlFor = id; deel.htmlFor = id;
      schuif.dataset.criterium = c.criterium;
      for (const i of [schuif, getal]) { i.min = 0; i.max = model.get("hoogste"); i.step = i === schuif ? 0.5 : "any"; }
      getal.setAttribute("aria-label", `Gewicht van ${c.naam}`);
      label.append(maak("span", "", c.naam), deel);
      rail.append(schuif, getal);
      rij.append(label);
      if (c.omschrijving) { const o = maak("p", "onder", c.omschrijving); o.id = id + "o"; schuif.setAttribute("aria-describedby", o.id); rij.append(o); }
      rij.append(rail);
      vak.append(rij);
      regels.set(c.criterium, { schuif, getal, deel });
      const wijzig = (invoer) => {
        const w = Math.min(Math.max(Number(invoer.value), 0), model.get("hoogste"));
        if (invoer.value === "" || Number.isNaN(w)) return;
        waarden = { ...waarden, [c.criterium]: w };
        toon(); stuur();
      };
      schuif.addEventListener("input", () => wijzig(schuif));
      getal.addEventListener("input", () => wijzig(getal));
      getal.addEventListener("blur", toon);
    }
    haal();
  }
  function haal() { waarden = { ...model.get("waarden") }; toon(); }
  const sleept = () => performance.now() - laatst < 300 && el.contains(document.activeElement);
  terug.addEventListener("click", () => { waarden = { ...model.get("begin") }; toon(); stuur(); });
  model.on("change:criteria change:hoogste change:begin", bouw);
  model.on("change:waarden", () => { if (!sleept()) haal(); });
  bouw();
}
export default { render };
