/* Weights: native controls, shares at once, Python at most every 40 ms and always the latest.
   The number is a text field: one of type number follows the language of the browser, so a point for our comma. */
const maak = (soort, klasse, inhoud) => {
  const e = document.createElement(soort);
  if (klasse) e.className = klasse;
  if (inhoud !== undefined) e.textContent = inhoud;
  return e;
};
const EEN = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 1, useGrouping: false });
/* At most one decimal, comma or point; null is no number. */
const lees = (tekst) => (/^[+-]?\d+([.,]\d*)?$/.test(tekst.trim()) ? Math.round(10 * Number(tekst.replace(",", "."))) / 10 : null);
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
      // What cannot be read stays, with its message, until it is mended or the slider moves.
      if (document.activeElement !== r.getal && !r.fout.textContent) r.getal.value = EEN.format(w);
      r.getal.setAttribute("aria-valuenow", w); r.getal.setAttribute("aria-valuetext", EEN.format(w));
      r.schuif.style.setProperty("--deel", `${(100 * w) / hoogste}%`);
      r.schuif.setAttribute("aria-valuetext", `${EEN.format(w)}, dat is ${deel} van het geheel`);
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
      const schuif = maak("input"), getal = maak("input"), deel = maak("output"), fout = maak("p", "fout"), hoogste = model.get("hoogste");
      schuif.type = "range"; schuif.id = id; label.htmlFor = id; deel.htmlFor = id;
      schuif.dataset.criterium = c.criterium;
      schuif.min = 0; schuif.max = hoogste; schuif.step = 0.5;
      getal.type = "text"; getal.inputMode = "decimal"; getal.autocomplete = "off";
      for (const [k, w] of Object.entries({ role: "spinbutton", "aria-valuemin": 0, "aria-valuemax": hoogste, "aria-label": `Gewicht van ${c.naam}` })) getal.setAttribute(k, w);
      fout.setAttribute("role", "alert");
      label.append(maak("span", "", c.naam), deel);
      rail.append(schuif, getal);
      rij.append(label);
      if (c.omschrijving) { const o = maak("p", "onder", c.omschrijving); o.id = id + "o"; schuif.setAttribute("aria-describedby", o.id); rij.append(o); }
      rij.append(rail, fout);
      vak.append(rij);
      const meld = (tekst) => { fout.textContent = tekst; if (tekst) getal.setAttribute("aria-invalid", "true"); else getal.removeAttribute("aria-invalid"); };
      regels.set(c.criterium, { schuif, getal, deel, fout, meld });
      const zet = (w) => { waarden = { ...waarden, [c.criterium]: Math.min(Math.max(w, 0), hoogste) }; toon(); stuur(); };
      const typt = () => {
        const w = lees(getal.value), goed = w !== null && w >= 0 && w <= hoogste;
        meld(goed || getal.value.trim() === "" ? "" : `Vul een getal van 0 tot ${EEN.format(hoogste)} in; tot dan telt ${EEN.format(waarden[c.criterium] ?? 0)}.`);
        if (goed) zet(w);
      };
      schuif.addEventListener("input", () => { meld(""); zet(Number(schuif.value)); });
      getal.addEventListener("input", typt);
      getal.addEventListener("keydown", (e) => {
        const stap = { ArrowUp: 1, ArrowDown: -1 }[e.key];
        if (!stap) return;
        e.preventDefault();
        meld("");
        zet(Math.round(10 * ((waarden[c.criterium] ?? 0) + stap)) / 10);
        getal.value = EEN.format(waarden[c.criterium]);
      });
      getal.addEventListener("blur", toon);
    }
    haal();
  }
  function haal() { waarden = { ...model.get("waarden") }; toon(); }
  const sleept = () => performance.now() - laatst < 300 && el.contains(document.activeElement);
  terug.addEventListener("click", () => { for (const r of regels.values()) r.meld(""); waarden = { ...model.get("begin") }; toon(); stuur(); });
  model.on("change:criteria change:hoogste change:begin", bouw);
  model.on("change:waarden", () => { if (!sleept()) haal(); });
  bouw();
}
export default { render };
