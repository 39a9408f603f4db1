/* Sorting: all rows in memory, those in sight in the DOM. Data only through textContent. */
const LEEG = "\u0000leeg";
const FACETTEN = [["bron", "Bron"], ["programma", "Programma"], ["portefeuillehouder", "Portefeuillehouder"], ["gebied", "Gebied"],
  ["domein", "Domein"], ["werksoort", "Werksoort"], ["wettelijk", "Wettelijk"]];
const ORDES = [["", "Volgorde van de bron"], ["titel", "Titel"], ["programma", "Programma"], ["portefeuillehouder", "Portefeuillehouder"],
  ["werksoort", "Werksoort"], ["domein", "Domein"], ["gebied", "Gebied"], ["bestemming", "Bestemming"]];
const BESTEMMEN = [["opgave", "O", "Bij opgave"], ["lijn", "L", "Regulier werk"], ["parkeerplaats", "P", "Parkeerplaats"],
  ["afgewezen", "A", "Afgewezen"], ["samengevoegd", "M", "Samenvoegen"], ["open", "N", "Terug naar open"]];
const WERKSOORTEN = [["regulier proces", "1"], ["beleidsproces", "2"], ["project of programma", "3"], ["opgave", "4"]];
const DOMEINEN = [["fysiek", "F"], ["sociaal", "S"], ["bedrijfsvoering", "B"]];
const VRIJ = [["gebied", "G", "Gebied"], ["portefeuillehouder", "H", "Portefeuillehouder"], ["taakveld", "T", "Taakveld"]];
const TOETSEN = [
  ["Kiezen", [["↑ ↓", "vorige of volgende rij"], ["Spatie", "kies de rij erbij"], ["Shift+↑ ↓", "kies meer rijen"], ["Ctrl+A", "kies alle rijen van het filter"], ["Esc", "wis de selectie"], ["/", "zoek"]]],
  ["Bestemming", BESTEMMEN.map(([, t, n]) => [t, n])],
  ["Kenmerken", [...WERKSOORTEN.map(([w, t]) => [t, `werksoort: ${w}`]), ["W", "wettelijk: ja of nee"], ...DOMEINEN.map(([w, t]) => [t, `domein: ${w}`]), ...VRIJ.map(([, t, n]) => [t, n.toLowerCase()])]],
  ["Verder", [["Z of Ctrl+Z", "maak ongedaan"], ["Enter", "bevestig de reden"], ["Esc", "annuleer de vraag"], ["?", "deze lijst"]]],
];
const vergelijker = new Intl.Collator("nl", { numeric: true, sensitivity: "base" });
const rijen_ = (n) => telwoord(n, "rij", "rijen");
const toonWaarde = (w) => (w === LEEG ? "nog leeg" : w === true || w === "true" ? "ja" : w === false || w === "false" ? "nee" : String(w));
const groot = (s) => s[0].toUpperCase() + s.slice(1);

function render({ model, el }) {
  el.classList.add("ow-sorteren");
  const s = { rijen: new Map(), bezig: new Map(), wacht: {}, bestemming: "open", filter: {}, zoek: "", woorden: [], orde: "", detail: null, vraag: null, laatste: {}, nr: 0, begonnen: false };
  const stuur = (bericht) => model.send(bericht);
  const nl = (n) => n.toLocaleString("nl-NL");

  // -- the parts ----------------------------------------------------------------------------------
  const stand = maak("div", "stand"), standZin = maak("p", "zin"), standRest = maak("p", "rest"), balk = maak("div", "ow-balk"), chips = maak("div", "chips");
  balk.setAttribute("role", "img");
  chips.setAttribute("role", "group"); chips.setAttribute("aria-label", "Toon rijen met bestemming");
  const zinnen = maak("div", "zinnen");
  zinnen.append(standZin, standRest);
  stand.append(zinnen, balk, chips);

  const filters = maak("div", "filters"), zoek = maak("input"), zoeklabel = maak("label", "ow-alleen-voorlezen", "Zoek in titel, toelichting en sleutel");
  zoek.type = "search"; zoek.id = uid(); zoek.placeholder = "Zoek  /"; zoeklabel.htmlFor = zoek.id;
  const facetvak = maak("div", "facetten"), orde = maak("select"), ordelabel = maak("label", "", "Volgorde");
  orde.id = uid(); ordelabel.htmlFor = orde.id;
  for (const [w, n] of ORDES) orde.append(new Option(n, w));
  const ordevak = maak("div", "orde");
  ordevak.append(ordelabel, orde);
  const hulpknop = knop("Toetsen", "hulpknop", () => toonHulp());
  hulpknop.append(" ", maak("kbd", "", "?"));
  filters.append(zoeklabel, zoek, facetvak, hulpknop);

  const werk = maak("div", "werk"), links = maak("div", "links"), kop = maak("div", "lijstkop"), alles = knop("Kies alle", "alles", () => lijst.kiesAlle());
  const telling = maak("p", "telling"), wis = knop("Wis selectie", "wis", () => { lijst.wis(); lijst.teken(); lijst.el.focus(); });
  telling.setAttribute("role", "status");
  kop.append(telling, wis, alles, ordevak);
  const niets = maak("div", "niets");
  const lijst = rijenlijst({ label: "Rijen om te sorteren. Druk op vraagteken voor de toetsen.", hoog: 68, vul: (rij, id) => vulRij(rij, id), bij: (anders) => bijLijst(anders), toets: (e) => toets(e) });
  links.append(kop, lijst.el, niets);
  const paneel = maak("section", "paneel");
  paneel.setAttribute("aria-label", "Gekozen rij");
  werk.append(links, paneel);
  const melder = maak("div", "ow-alleen-voorlezen");
  melder.setAttribute("aria-live", "polite");
  const hulp = maak("dialog", "hulp");
  el.append(stand, filters, werk, melder, hulp);

  // -- filter, search, order ----------------------------------------------------------------------
  const waardeVan = (rij, veld) => rij[veld] ?? LEEG;
  const past = (rij, behalve) => {
    if (behalve !== "bestemming" && s.bestemming && rij.bestemming !== s.bestemming) return false;
    for (const [veld] of FACETTEN) {
      const keus = s.filter[veld];
      if (keus?.size && veld !== behalve && !keus.has(waardeVan(rij, veld))) return false;
    }
    return s.woorden.every((w) => rij.hooi.includes(w));
  };
  const verrijk = (rij) => {
    rij.hooi = plat([rij.id, rij.titel, rij.omschrijving, rij.programma, rij.doel, rij.gebied, rij.portefeuillehouder].join(" "));
    return rij;
  };
  function bereken() {
    let uit = [...s.rijen.values()].filter((r) => past(r));
    if (s.orde) {
      const k = s.orde;
      uit = uit.map((r, i) => [r, i]).sort(([a, i], [b, j]) => (a[k] === undefined) - (b[k] === undefined) || vergelijker.compare(String(a[k] ?? ""), String(b[k] ?? "")) || i - j).map(([r]) => r);
    }
    return uit.map((r) => r.id);
  }
  function ververs(boven = false) {
    if (boven) { lijst.el.scrollTop = 0; lijst.plek = 0; lijst.focus = null; }
    tekenStand(); tekenFacetten();
    lijst.zet(bereken());
    el.dataset.versie = String(+(el.dataset.versie ?? 0) + 1);
    if (s.begonnen) el.dataset.klaar = "ja";
  }

  // -- drawing ------------------------------------------------------------------------------------
  function tekenStand() {
    const v = model.get("voortgang");
    if (!v.delen) return;
    standZin.textContent = groot(v.zin);
    standRest.textContent = v.rest;
    balk.replaceChildren(...v.delen.filter((d) => d.aantal).map((d) => { const b = maak("span", `b-${d.waarde}`); b.style.flexGrow = d.aantal; return b; }));
    balk.setAttribute("aria-label", v.delen.map((d) => `${d.naam} ${d.aantal}`).join(", "));
    const was = chips.contains(document.activeElement) ? document.activeElement.dataset.waarde : null;
    chips.replaceChildren(...[...v.delen, { waarde: "", naam: "Alle rijen", aantal: v.totaal }].map((d) => {
      const k = knop("", "chip", () => { s.bestemming = d.waarde; ververs(true); });
      k.dataset.waarde = d.waarde;
      k.setAttribute("aria-pressed", String(s.bestemming === d.waarde));
      const vlek = maak("i", d.waarde ? `ow-vlek b-${d.waarde}` : "geen");
      vlek.setAttribute("aria-hidden", "true");
      k.append(vlek, `${d.waarde === "open" ? "Nog te sorteren" : d.naam} `, maak("b", "", nl(d.aantal)));
      return k;
    }));
    if (was !== null) [...chips.children].find((k) => k.dataset.waarde === was)?.focus();
  }
  let openFacet = null;
  function tekenFacetten() {
    if (openFacet) return; // while somebody ticks values the counts stay put
    const was = facetvak.contains(document.activeElement) ? document.activeElement.dataset.veld : null;
    const knoppen = [];
    for (const [veld, naam] of FACETTEN) {
      const waarden = new Map();
      let soorten = new Set();
      for (const r of s.rijen.values()) {
        const w = waardeVan(r, veld);
        soorten.add(w);
        if (past(r, veld)) waarden.set(w, (waarden.get(w) ?? 0) + 1);
      }
      if (soorten.size < 2) continue;
      const keus = s.filter[veld] ??= new Set();
      const tekst = keus.size ? `${naam}: ${[...keus].map(toonWaarde).slice(0, 1).join("")}${keus.size > 1 ? ` +${keus.size - 1}` : ""}` : naam;
      const k = knop(tekst, "facet" + (keus.size ? " aan" : ""), () => klapUit(veld, naam, waarden, k));
      k.dataset.veld = veld;
      k.setAttribute("aria-expanded", "false"); k.setAttribute("aria-haspopup", "true");
      const vak = maak("div", "facetvak");
      vak.append(k);
      knoppen.push(vak);
    }
    if (FACETTEN.some(([veld]) => s.filter[veld]?.size) || s.zoek) knoppen.push(knop("Wis filters", "wis", () => { s.filter = {}; s.zoek = zoek.value = ""; s.woorden = []; ververs(true); lijst.el.focus(); }));
    facetvak.replaceChildren(...knoppen);
    if (was) facetvak.querySelector(`[data-veld="${was}"]`)?.focus();
  }
  function klapUit(veld, naam, waarden, k) {
    if (openFacet) { openFacet(); return; }
    const keus = s.filter[veld], vak = maak("div", "uitklap"), buiten = (e) => { if (!k.parentElement.contains(e.target)) dicht(false); };
    vak.setAttribute("role", "group"); vak.setAttribute("aria-label", `Filter op ${naam.toLowerCase()}`);
    for (const w of keus) if (!waarden.has(w)) waarden.set(w, 0);
    const lijstje = [...waarden].sort(([a, n], [b, m]) => (a === LEEG) - (b === LEEG) || m - n || vergelijker.compare(String(a), String(b)));
    for (const [w, n] of lijstje) {
      const label = maak("label"), vink = maak("input");
      vink.type = "checkbox"; vink.checked = keus.has(w);
      vink.addEventListener("change", () => { if (vink.checked) keus.add(w); else keus.delete(w); ververs(true); });
      label.append(vink, maak("span", "", toonWaarde(w)), maak("b", "", nl(n)));
      vak.append(label);
    }
    const dicht = (focus) => {
      vak.remove(); document.removeEventListener("pointerdown", buiten); openFacet = null;
      tekenFacetten();
      if (focus) facetvak.querySelector(`[data-veld="${veld}"]`)?.focus();
    };
    openFacet = () => dicht(true);
    vak.addEventListener("keydown", (e) => { if (e.key === "Escape") { e.stopPropagation(); dicht(true); } });
    vak.addEventListener("focusout", (e) => { if (e.relatedTarget && !k.parentElement.contains(e.relatedTarget)) dicht(false); });
    document.addEventListener("pointerdown", buiten);
    k.setAttribute("aria-expanded", "true");
    k.parentElement.append(vak);
    vak.querySelector("input")?.focus();
  }

  function vulRij(rij, id) {
    const r = s.rijen.get(id), tekst = maak("div", "tekst"), herkomst = maak("div", "herkomst"), ken = maak("div", "ken"), waar = maak("div", "waar");
    if (s.bezig.has(id)) rij.classList.add("bezig");
    tekst.append(maak("span", "titel", r.titel));
    if (r.omschrijving) { rij.classList.add("dubbel"); tekst.append(maak("span", "onder", r.omschrijving)); }
    herkomst.append(maak("span", "", r.bron), maak("span", "onder", [r.programma, r.portefeuillehouder].filter(Boolean).join(" · ")));
    const een = [r.werksoort, r.wettelijk === true ? "wettelijk" : null].filter(Boolean).join(" · "), twee = [r.domein, r.gebied].filter(Boolean).join(" · ");
    ken.append(maak("span", een ? "" : "onder", een || "–"), maak("span", "onder", twee));
    const plek = maak("span", "plek"), vlek = maak("i", `ow-vlek b-${r.bestemming}`);
    vlek.setAttribute("aria-hidden", "true");
    plek.append(vlek, namen()[r.bestemming] ?? r.bestemming);
    waar.append(plek, maak("span", "onder", [r.naar ? `${r.naar} ${r.doel ?? ""}` : "", r.weg ? "niet meer in het bestand" : ""].filter(Boolean).join(" · ")));
    rij.append(maak("span", "sleutel", r.id), tekst, herkomst, ken, waar);
  }
  const namen = () => Object.fromEntries((model.get("voortgang").delen ?? []).map((d) => [d.waarde, d.naam]));
  function bijLijst(anders) {
    const n = lijst.ids.length, k = lijst.gekozen.size;
    lijst.el.classList.toggle("zonder-waar", s.bestemming === "open");
    telling.textContent = k ? `${nl(k)} geselecteerd van ${rijen_(n)}` : `${rijen_(n)}${n < s.rijen.size ? ` van ${nl(s.rijen.size)}` : ""}`;
    telling.classList.toggle("aan", k > 0);
    wis.hidden = !k; alles.hidden = !n || k === n;
    alles.textContent = `Kies alle ${nl(n)}`;
    lijst.el.hidden = !n; niets.hidden = n > 0;
    if (!n) tekenNiets();
    if (anders) { if (s.detail?.id !== lijst.focus) s.detail = null; vraagDetail(); }
    tekenPaneel();
  }
  function tekenNiets() {
    const gefilterd = s.zoek || FACETTEN.some(([veld]) => s.filter[veld]?.size);
    const tekst = !s.rijen.size ? "Er is nog niets ingelezen. Ga naar Inlezen en kies een bestand." : gefilterd ? "Geen rij past bij dit filter. Wis een filter of zoek op een ander woord."
      : s.bestemming === "open" ? "Alle rijen zijn gesorteerd. Kies hierboven een bestemming om ze terug te zien." : "Hier staat nog geen rij.";
    niets.replaceChildren(maak("p", "", s.begonnen ? tekst : "De rijen worden opgehaald."));
  }

  let detailWacht;
  function vraagDetail() {
    clearTimeout(detailWacht);
    detailWacht = setTimeout(() => { if (lijst.focus && el.clientWidth) stuur({ soort: "detail", id: lijst.focus }); }, 150);
  }
  /* After a decision: on to the next row that is not sorted yet; else the next one that stays in sight. */
  function volgende(weg) {
    const { ids } = lijst, was = new Set(weg), laatste = ids.findLastIndex((id) => was.has(id)), plekken = [...ids.keys()];
    const erna = plekken.slice(laatste + 1), ervoor = plekken.slice(0, laatste + 1).reverse();
    const vrij = (i) => !s.bezig.has(ids[i]), open = (i) => vrij(i) && s.rijen.get(ids[i]).bestemming === "open";
    lijst.zetFocus(erna.find(open) ?? ervoor.find(open) ?? erna.find(vrij) ?? laatste);
  }

  // -- acting -------------------------------------------------------------------------------------
  const noem = (ids) => (ids.length === 1 ? ids[0] : rijen_(ids.length));
  function zeg(kolom, waarde, gezien) {
    const ids = lijst.doelen();
    if (!ids.length) return;
    const nr = ++s.nr;
    for (const id of ids) s.bezig.set(id, nr);
    s.wacht[nr] = { tekst: `${noem(ids)}: ${kolom} ${waarde === null ? "zoals in het bestand" : toonWaarde(waarde)}.` };
    stuur({ soort: "zeg", nr, rijen: ids, kolom, waarde, gezien });
    lijst.teken();
  }
  const gelijk = (kolom) => { const ws = new Set(lijst.doelen().map((id) => s.rijen.get(id)?.[kolom] ?? null)); return ws.size === 1 ? [...ws][0] : undefined; };
  const wisselKenmerk = (kolom, waarde) => zeg(kolom, gelijk(kolom) === waarde ? null : waarde);
  const wettelijk = () => zeg("wettelijk", gelijk("wettelijk") !== true);
  function leg(bestemming, ids, extra) {
    const nr = ++s.nr, doel = extra.nieuw ?? extra.naar;
    for (const id of ids) if (id !== extra.naar) s.bezig.set(id, nr);
    s.wacht[nr] = { bestemming: true, tekst: `${noem(ids)} → ${namen()[bestemming]}${doel ? ` ${doel}` : ""}.` };
    stuur({ soort: "bestem", nr, rijen: ids, bestemming, gezien: s.vraag?.gezien, ...extra });
    lijst.wis();
    volgende(ids);
    sluitVraag();
  }

  function vraagBestemming(bestemming) {
    const ids = lijst.doelen();
    if (!ids.length) return;
    const velden = [], titel = `${noem(ids)} → ${namen()[bestemming] ?? bestemming}`;
    const reden = kiezer({ label: "Waarom?", vrij: true, opties: (model.get("redenen")[bestemming] ?? []).map((r) => ({ waarde: r, label: r })), klaar: () => bevestig() });
    if (bestemming === "opgave") {
      velden.push(kiezer({ label: "Bij welke opgave?", opties: model.get("keuzes").opgave ?? [], nieuw: (t) => `Nieuwe opgave: ${t}`, klaar: () => verder() }));
    } else if (bestemming === "samengevoegd") {
      const zelf = new Set(ids), eerst = ids.length > 1 ? ids : [];
      const opties = [...eerst, ...[...s.rijen.keys()].filter((id) => !zelf.has(id))].map((id) => ({ waarde: id, label: `${id} · ${s.rijen.get(id).titel}` }));
      velden.push(kiezer({ label: "Welke rij blijft staan?", opties, hoogstens: 30, klaar: () => verder() }));
    }
    const onthouden = s.laatste[bestemming];
    if (onthouden?.doel && bestemming === "opgave") velden[0].zet(onthouden.doel);
    if (onthouden?.reden) reden.zet({ waarde: onthouden.reden, label: onthouden.reden });
    velden.push(reden);
    const verder = () => { if (velden[0].lees()) { reden.invoer.focus(); reden.invoer.select(); } };
    function bevestig() {
      const doel = velden.length > 1 ? velden[0].lees() : {};
      if (!doel) return;
      const waarom = reden.lees();
      if (!waarom) return;
      s.laatste[bestemming] = { reden: waarom.waarde, doel: doel.nieuw ? null : doel.waarde ? doel : null };
      leg(bestemming, ids, { reden: waarom.waarde, ...(doel.nieuw ? { nieuw: doel.waarde } : doel.waarde ? { naar: doel.waarde } : {}) });
    }
    openVraag(titel, velden, bevestig);
  }
  function vraagKenmerk(kolom, naam) {
    const ids = lijst.doelen();
    if (!ids.length) return;
    const veld = kiezer({ label: `${naam} van ${noem(ids)}`, vrij: true, opties: model.get("keuzes")[kolom] ?? [], klaar: () => bevestig() });
    const bevestig = () => { const w = veld.lees(); if (w) { const { gezien } = s.vraag; sluitVraag(); zeg(kolom, w.waarde, gezien); } };
    openVraag(naam, [veld], bevestig);
  }
  function openVraag(titel, velden, bevestig) {
    const vak = maak("form", "vraag"), onder = maak("div", "onder"), ja = maak("button", "eerste", "Leg vast"), nee = knop("Annuleer", "", () => { sluitVraag(); });
    ja.type = "submit";
    ja.append(" ", maak("kbd", "", "Enter"));
    nee.append(" ", maak("kbd", "", "Esc"));
    onder.append(ja, nee);
    vak.append(maak("h3", "", titel), ...velden.map((v) => v.el), onder);
    vak.addEventListener("submit", (e) => { e.preventDefault(); bevestig(); });
    vak.addEventListener("keydown", (e) => { if (e.key === "Escape") { e.preventDefault(); sluitVraag(); } });
    s.vraag = vak; vak.gezien = model.get("versie");
    tekenPaneel();
    paneel.scrollTop = 0;
    velden[0].invoer.focus();
    velden[0].invoer.select();
    paneel.scrollIntoView({ block: "nearest" });
  }
  function sluitVraag() { s.vraag = null; lijst.teken(); lijst.el.focus(); }

  // -- the side panel -----------------------------------------------------------------------------
  let paneelSleutel = "";
  function tekenPaneel() {
    const ids = lijst.doelen();
    const sleutel = JSON.stringify([ids.length > 1 ? ids : null, ids.map((id) => s.rijen.get(id)).slice(0, 300).map((r) => [r.id, r.werksoort, r.wettelijk, r.domein, r.gebied, r.portefeuillehouder, r.taakveld, r.bestemming, r.naar]), s.detail]);
    // What is being typed stays; the question is about the rows it was asked for.
    if (s.vraag ? paneel.contains(s.vraag) : sleutel === paneelSleutel) return;
    paneelSleutel = s.vraag ? "" : sleutel;
    const focus = paneel.contains(document.activeElement) && !s.vraag ? document.activeElement.dataset.actie : null;
    if (!ids.length) { paneel.replaceChildren(maak("p", "stil", "Kies links een rij.")); return; }
    const delen = [];
    const een = ids.length === 1 ? s.rijen.get(ids[0]) : null;
    if (s.vraag) delen.push(s.vraag);
    if (een) {
      delen.push(maak("h3", "titel", een.titel));
      if (een.omschrijving) delen.push(maak("p", "omschrijving", een.omschrijving));
    } else {
      const lijstje = maak("ul", "samen");
      for (const id of ids.slice(0, 5)) lijstje.append(maak("li", "", `${id} ${s.rijen.get(id).titel}`));
      if (ids.length > 5) lijstje.append(maak("li", "stil", `en nog ${nl(ids.length - 5)}`));
      delen.push(maak("h3", "titel", `${rijen_(ids.length)} geselecteerd`), lijstje);
    }
    if (!s.vraag) delen.push(tekenActies());
    if (een) delen.push(tekenDetail(een));
    paneel.replaceChildren(...delen);
    if (focus) (paneel.querySelector(`[data-actie="${focus}"]`) ?? lijst.el).focus();
  }
  function actie(tekst, toets, doe, naam, aan) {
    const k = knop("", "actie", doe);
    k.dataset.actie = naam;
    const t = maak("kbd", "", toets);
    t.setAttribute("aria-hidden", "true");
    k.append(t, maak("span", "", tekst));
    if (aan !== undefined) k.setAttribute("aria-pressed", String(aan));
    return k;
  }
  function tekenActies() {
    const vak = maak("div", "acties"), groep = (titel, klasse, knoppen) => {
      const g = maak("div", `groep ${klasse}`), h = maak("h4", "", titel), rij = maak("div", "knoppen");
      h.id = uid(); rij.setAttribute("role", "group"); rij.setAttribute("aria-labelledby", h.id);
      rij.append(...knoppen);
      g.append(h, rij);
      vak.append(g);
    };
    const nu = gelijk("bestemming");
    groep("Bestemming", "twee", BESTEMMEN.filter(([b]) => b !== "open" || nu !== "open").map(([b, t, n]) => actie(n, t, () => vraagBestemming(b), `b-${b}`, nu === b && b !== "opgave" && b !== "samengevoegd" ? true : undefined)));
    groep("Werksoort", "twee", WERKSOORTEN.map(([w, t]) => actie(groot(w), t, () => wisselKenmerk("werksoort", w), `w-${w}`, gelijk("werksoort") === w)));
    groep("Domein", "naast", DOMEINEN.map(([w, t]) => actie(groot(w), t, () => wisselKenmerk("domein", w), `d-${w}`, gelijk("domein") === w)));
    const w = gelijk("wettelijk"), toon = (v) => (v === undefined ? "verschilt" : v === null ? "nog leeg" : toonWaarde(v));
    const regel = (naam, toets, doe, waarde, code) => { const k = actie(naam, toets, doe, code); k.classList.add("regel"); k.append(maak("b", "", toon(waarde))); return k; };
    groep("Meer kenmerken", "een", [regel("Wettelijk", "W", wettelijk, w, "wettelijk"), ...VRIJ.map(([k, t, n]) => regel(n, t, () => vraagKenmerk(k, n), gelijk(k), `k-${k}`))]);
    return vak;
  }
  function tekenDetail(r) {
    const vak = maak("div", "detail"), dl = maak("dl"), d = s.detail?.id === r.id ? s.detail : null;
    const feit = (n, w) => { if (w) dl.append(maak("dt", "", n), maak("dd", "", w)); };
    feit("Sleutel", r.id);
    feit("Gelezen uit", d?.plaats);
    feit("Programma", r.programma);
    feit("Team", d?.team);
    feit("Laatste besluit", d?.besluit && `${namen()[r.bestemming]}${r.naar ? ` → ${r.naar} ${r.doel ?? ""}` : ""}. Door ${d.besluit.wie}, ${d.besluit.moment}: ${d.besluit.reden}`);
    if (d?.gezegd.length) feit("Zelf ingevuld", d.gezegd.join(", "));
    vak.append(dl);
    if (d?.hierin.length) {
      const ul = maak("ul");
      for (const h of d.hierin) ul.append(maak("li", "", `${h.id} ${h.titel}`));
      vak.append(maak("h4", "", "Hierin opgegaan"), ul);
    }
    if (d?.taakveld) {
      const k = knop(`Neem ${d.taakveld.code} over`, "", () => zeg("taakveld", d.taakveld.code));
      k.dataset.actie = "taakveld-over";
      vak.append(maak("h4", "", "Voorstel voor het taakveld"), maak("p", "", `${d.taakveld.code} ${d.taakveld.naam}`), maak("p", "stil", d.taakveld.reden), k);
    }
    if (d?.gelijkend.length) {
      const ul = maak("ul", "gelijkend");
      for (const g of d.gelijkend) {
        const li = maak("li");
        li.append(maak("span", "", g.titel), maak("span", "stil", `${g.id} · ${g.plaats}${g.reden ? `: ${g.reden}` : ""}`), maak("span", "stil", `deelt: ${g.woorden}`));
        ul.append(li);
      }
      vak.append(maak("h4", "", "Hierover is al besloten"), ul);
    }
    return vak;
  }

  // -- help ---------------------------------------------------------------------------------------
  function toonHulp() {
    const sluit = knop("Sluit", "eerste", () => hulp.close()), vakken = maak("div", "vakken");
    for (const [titel, regels] of TOETSEN) {
      const vak = maak("section"), dl = maak("dl");
      for (const [t, n] of regels) { const dt = maak("dt"); dt.append(maak("kbd", "", t)); dl.append(dt, maak("dd", "", n)); }
      vak.append(maak("h3", "", titel), dl);
      vakken.append(vak);
    }
    const kopje = maak("h2", "", "Sorteren met toetsen"), uitleg = maak("p", "stil", "De letters werken als de lijst met rijen de focus heeft. Zonder selectie gelden ze voor de rij waar u bent; met een selectie voor alle gekozen rijen.");
    kopje.id = uid(); hulp.setAttribute("aria-labelledby", kopje.id);
    hulp.replaceChildren(kopje, uitleg, vakken, sluit);
    hulp.showModal();
    sluit.focus();
  }
  hulp.addEventListener("close", () => lijst.el.focus());
  hulp.addEventListener("click", (e) => { if (e.target === hulp) hulp.close(); });

  // -- keyboard and mouse -------------------------------------------------------------------------
  function toets(e) {
    const t = e.key.toUpperCase(), vind = (rijtje) => rijtje.find((x) => x[1] === t);
    let hit;
    if (e.key === "/") zoek.focus();
    else if (e.key === "?") toonHulp();
    else if (t === "Z") stuur({ soort: "terug" });
    else if (t === "W") wettelijk();
    else if ((hit = vind(BESTEMMEN))) vraagBestemming(hit[0]);
    else if ((hit = vind(WERKSOORTEN))) wisselKenmerk("werksoort", hit[0]);
    else if ((hit = vind(DOMEINEN))) wisselKenmerk("domein", hit[0]);
    else if ((hit = vind(VRIJ))) vraagKenmerk(hit[0], hit[2]);
    else return false;
    return true;
  }
  zoek.addEventListener("input", () => { s.zoek = zoek.value; s.woorden = plat(s.zoek).split(/\s+/).filter(Boolean); ververs(true); });
  zoek.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown" || e.key === "Enter") { e.preventDefault(); lijst.el.focus(); }
    else if (e.key === "Escape") { e.preventDefault(); zoek.value = ""; zoek.dispatchEvent(new Event("input")); lijst.el.focus(); }
  });
  orde.addEventListener("change", () => { s.orde = orde.value; ververs(true); });
  const meld = (tekst) => { melder.textContent = tekst; };

  // -- what Python sends --------------------------------------------------------------------------
  model.on("msg:custom", (bericht) => {
    if (bericht.soort === "rijen") { s.begonnen = true; s.rijen = new Map(bericht.rijen.map((r) => [r.id, verrijk(r)])); ververs(); }
    else if (bericht.soort === "anders") { for (const r of bericht.rijen) s.rijen.set(r.id, verrijk(r)); s.detail = null; ververs(); vraagDetail(); }
    else if (bericht.soort === "detail") { if (bericht.detail.id === lijst.focus) { s.detail = bericht.detail; tekenPaneel(); } }
    else if (bericht.soort === "klaar") {
      for (const [id, nr] of s.bezig) if (nr === bericht.nr) s.bezig.delete(id);
      const w = s.wacht?.[bericht.nr];
      if (w) { delete s.wacht[bericht.nr]; meld(bericht.gelukt ? `${w.tekst} ${w.bestemming ? model.get("voortgang").rest : ""}` : "Niet opgeslagen. Kijk bovenaan wat er is."); }
      if (!bericht.gelukt) toonFout(el);
      ververs();
      el.dataset.gedaan = String(bericht.nr);
    }
  });
  model.on("change:voortgang", tekenStand);
  ververs();
  stuur({ soort: "begin" });
  return () => { lijst.weg(); openFacet?.(); };
}
export default { render };
