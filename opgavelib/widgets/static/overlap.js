/* Review of pairs: one large, the next ones beside it. Every key works only while the pair has the focus. */
/* maak, uid and kiezer are those of kiezer.js. */
const drukknop = (klasse, inhoud, doe, toets) => {
  const b = knop("", klasse, doe);
  b.append(maak("span", "", inhoud));
  if (toets) { const k = maak("kbd", "", toets); k.setAttribute("aria-hidden", "true"); b.append(k); }
  return b;
};
const WOORD = { zeker: ["●", "vrijwel zeker"], waarschijnlijk: ["◐", "waarschijnlijk"], misschien: ["○", "misschien"] };
const OORDEEL = { samengevoegd: "⇉", verwant: "⊕", anders: "≠" };

/* As `kiezer`, for answers that come from Python: `zoek(tekst, toon)` gives [{waarde, label}] to `toon`, later. */
function zoekveld(label, zoek, kies, uitleg) {
  const id = uid(), vak = maak("div", "ow-kiezer"), naam = maak("label", "", label), invoer = maak("input"), lijst = maak("ul");
  naam.htmlFor = invoer.id = id;
  invoer.type = "text"; invoer.autocomplete = "off"; lijst.id = id + "l"; lijst.hidden = true;
  lijst.setAttribute("role", "listbox"); lijst.setAttribute("aria-label", label);
  for (const [k, w] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": lijst.id })) invoer.setAttribute(k, w);
  vak.append(naam);
  if (uitleg) { const u = maak("p", "uitleg", uitleg); u.id = id + "u"; invoer.setAttribute("aria-describedby", u.id); vak.append(u); }
  vak.append(invoer, lijst);
  let opties = [], actief = -1, wacht = 0;
  const dicht = () => { lijst.hidden = true; actief = -1; invoer.setAttribute("aria-expanded", "false"); invoer.removeAttribute("aria-activedescendant"); };
  const neem = (o) => { invoer.value = o.kort ?? o.label; dicht(); kies(o); };
  const markeer = (i) => {
    actief = i;
    [...lijst.children].forEach((li, j) => { li.setAttribute("aria-selected", String(i === j)); if (i === j) { li.scrollIntoView({ block: "nearest" }); invoer.setAttribute("aria-activedescendant", li.id); } });
  };
  const toon = (rijen) => {
    if (document.activeElement !== invoer) return;
    opties = rijen;
    lijst.replaceChildren(...rijen.map((o, i) => {
      const li = maak("li", "", o.label);
      li.id = `${lijst.id}-${i}`; li.setAttribute("role", "option"); li.setAttribute("aria-selected", "false");
      li.addEventListener("pointerdown", (e) => { e.preventDefault(); neem(o); });
      return li;
    }));
    if (!rijen.length) { const li = maak("li", "meer", "Niets gevonden"); li.setAttribute("role", "presentation"); lijst.append(li); }
    lijst.hidden = false;
    invoer.setAttribute("aria-expanded", "true");
  };
  const vraag = () => { clearTimeout(wacht); wacht = setTimeout(() => zoek(invoer.value, toon), 120); };
  invoer.addEventListener("input", () => { kies(null); vraag(); });
  invoer.addEventListener("focus", vraag);
  invoer.addEventListener("blur", dicht);
  invoer.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      if (lijst.hidden) return vraag();
      if (opties.length) markeer((actief + (e.key === "ArrowDown" ? 1 : -1) + opties.length) % opties.length);
    } else if (e.key === "Enter" && !lijst.hidden && opties.length) { e.preventDefault(); neem(opties[Math.max(actief, 0)]); }
    else if (e.key === "Escape" && !lijst.hidden) { e.preventDefault(); e.stopPropagation(); dicht(); }
  });
  return { el: vak, invoer, toon, leeg: () => { invoer.value = ""; dicht(); } };
}

function render({ model, el }) {
  el.classList.add("ow-overlap");
  el.dataset.versie = "0";
  let beeld = {}, vast = false, volgt = false, vorig = "", redenZelf = false, opgaveveld = null, klok = 0, gezien = false, sinds = 0;
  const stuur = (soort, meer = {}) => model.send({ soort, ...meer });

  // -- the parts that stay ---------------------------------------------------------------------------
  const boven = maak("section", "ow-deel boven"), zin = maak("p", "zin"), balk = maak("div", "balk"), vol = maak("i"), filters = maak("div", "filters");
  zin.setAttribute("role", "status");
  balk.append(vol); balk.setAttribute("role", "progressbar"); balk.setAttribute("aria-label", "Bekeken paren"); balk.setAttribute("aria-valuemin", "0");
  const bezig = maak("p", "bezig"); bezig.setAttribute("role", "status");
  const leeg = maak("p", "leeg");
  boven.append(zin, balk, bezig, filters);

  const paar = maak("section", "ow-deel paar"), kop = maak("div", "kop"), kanten = maak("div", "kanten"), acties = maak("div", "acties"), melder = maak("p", "ow-alleen-voorlezen");
  paar.tabIndex = 0;
  paar.setAttribute("role", "group");
  melder.setAttribute("role", "status");
  const titel = maak("h2"), oordeel = maak("p", "oordeel"), waarom = maak("p", "waarom");
  kop.append(titel, oordeel, waarom);

  const redenvak = maak("div", "redenvak"), redenlabel = maak("label", "", "Reden"), reden = maak("input"), redenuitleg = maak("p", "uitleg", "Komt bij het oordeel te staan; pas gerust aan. Toetsen werken zodra u het paar aanklikt of er met Tab naartoe gaat.");
  reden.type = "text"; reden.id = uid(); redenlabel.htmlFor = reden.id; redenuitleg.id = reden.id + "u"; reden.setAttribute("aria-describedby", redenuitleg.id);
  redenvak.append(redenlabel, redenuitleg, reden);
  reden.addEventListener("input", () => { redenZelf = reden.value.trim() !== ""; });

  const knoppen = maak("div", "knoppen");
  const anders = drukknop("", "Niet hetzelfde", () => beoordeel("anders"), "n");
  const samen = drukknop("", "Hoort bij één opgave…", () => opgaveOpen(opgavevak.hidden), "o");
  const later = drukknop("stil", "Later", () => stap(1), "j"), vorige = drukknop("stil", "Vorige", () => stap(-1), "k");
  samen.setAttribute("aria-expanded", "false");
  for (const [soort, b] of [["anders", anders], ["verwant", samen]]) for (const ev of ["pointerenter", "focus"]) b.addEventListener(ev, () => toonReden(soort));
  knoppen.append(anders, samen, vorige, later);
  const opgavevak = maak("div", "opgavevak");
  opgavevak.hidden = true;
  const opgaveplek = maak("div", "opgaveplek");
  const koppelDoe = () => { const o = opgaveveld?.lees(); if (o) beoordeel("verwant", o.nieuw ? `nieuw:${o.waarde}` : o.waarde); };
  const koppel = drukknop("eerste", "Koppel beide rijen", koppelDoe);
  opgavevak.append(opgaveplek, koppel);
  opgavevak.addEventListener("keydown", (e) => { if (e.key === "Escape" && !e.defaultPrevented) { opgaveOpen(false); paar.focus(); } });
  acties.append(redenvak, knoppen, opgavevak);
  paar.append(kop, kanten, acties);
  // On a laptop the pair and its choices fit together once the filters are out of sight.
  paar.addEventListener("focusin", (e) => {
    if (!paar.contains(e.relatedTarget) && paar.getBoundingClientRect().bottom > innerHeight) paar.scrollIntoView({ block: "start" });
  });

  const onder = maak("div", "onder"), volgende = maak("section", "ow-deel"), gedaan = maak("section", "ow-deel"), lijstV = maak("ol", "lijst"), lijstG = maak("ul", "lijst"), kopG = maak("h2");
  volgende.append(maak("h2", "", "Volgende paren"), lijstV);
  gedaan.append(kopG, lijstG);
  onder.append(volgende, gedaan);

  const zelf = maak("section", "ow-deel zelf"), velden = maak("div", "velden"), toelichting = maak("p", "uitleg");
  const keus = { links: null, rechts: null };
  const wacht = {};
  const zoekRij = (kant) => (tekst, toon) => {
    wacht[kant] = toon;
    stuur("zoek", { kant, tekst: keus[kant] ? "" : tekst, met: keus[kant === "links" ? "rechts" : "links"]?.waarde ?? null });
  };
  const kiesRij = (kant) => (o) => { keus[kant] = o; vergelijk.disabled = !(keus.links && keus.rechts); };
  const vergelijk = drukknop("eerste", "Vergelijk deze twee", () => {
    volgt = true;
    stuur("vergelijk", { a: keus.links.waarde, b: keus.rechts.waarde });
  });
  vergelijk.disabled = true;
  velden.append(zoekveld("Een rij", zoekRij("links"), kiesRij("links"), "Zoek op tekst, code, bron of collegelid.").el,
    zoekveld("De andere rij", zoekRij("rechts"), kiesRij("rechts"), "Leeg: rijen met hetzelfde taakveld.").el, vergelijk);
  zelf.append(maak("h2", "", "Zegt een rij hetzelfde met heel andere woorden?"), maak("p", "uitleg", "Zo'n paar vindt de computer niet altijd. Zoek de twee rijen zelf op."), velden, toelichting);

  el.append(boven, melder, leeg, paar, onder, zelf);

  // -- doing -----------------------------------------------------------------------------------------
  function toonReden(soort) { if (!redenZelf) reden.value = (beeld.redenen ?? {})[soort] ?? ""; }
  function opgaveOpen(open) {
    opgavevak.hidden = !open;
    samen.setAttribute("aria-expanded", String(open));
    toonReden(open ? "verwant" : "samengevoegd");
    if (!open) return opgaveplek.replaceChildren();
    opgaveveld = kiezer({ label: "Welke opgave? Kies er een, of typ de naam van een nieuwe", opties: beeld.opgaven ?? [], nieuw: (t) => `Nieuwe opgave: ${t}`, klaar: () => koppel.focus() });
    opgaveplek.replaceChildren(opgaveveld.el);
    opgaveveld.invoer.focus();
  }
  function beoordeel(wat, naar = null) {
    if (vast || !beeld.paar) return;
    const [a, b] = beeld.paar.kanten.map((k) => k.ambitie);
    vast = volgt = true;
    stuur("oordeel", { a, b, oordeel: wat, naar, reden: redenZelf ? reden.value : "" });
  }
  function stap(richting) { if (!vast) { vast = volgt = true; stuur("stap", { richting }); } }
  paar.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.altKey || e.metaKey || e.repeat || e.target.closest("input, select, textarea, [role=listbox]") || !beeld.paar) return;
    const [a, b] = beeld.paar.kanten.map((k) => k.ambitie);
    const doe = {
      ArrowLeft: () => beoordeel("samengevoegd", a), ArrowRight: () => beoordeel("samengevoegd", b), n: () => beoordeel("anders"),
      o: () => opgaveOpen(true), j: () => stap(1), k: () => stap(-1),
    }[e.key.length === 1 ? e.key.toLowerCase() : e.key];
    if (doe) { e.preventDefault(); doe(); }
  });

  // -- drawing ---------------------------------------------------------------------------------------
  const tekst = (segmenten) => segmenten.map(([t, gedeeld]) => (gedeeld ? maak("mark", "", t) : document.createTextNode(t)));
  function tekenKant(k, links) {
    const vak = maak("article", "kant"), bron = maak("p", "bron", `${k.ambitie} · ${k.bron}`), h = maak("h3"), lijst = maak("dl");
    h.append(...tekst(k.titel));
    vak.append(bron, h);
    if (k.omschrijving.length) { const p = maak("p", "omschrijving"); p.append(...tekst(k.omschrijving)); vak.append(p); }
    for (const [naam, waarde, gelijk] of k.velden) {
      if (gelijk && waarde === "niet genoemd") continue;
      const rij = maak("div", waarde === "niet genoemd" ? "leegveld" : gelijk ? "gelijk" : "");
      const dd = maak("dd", "", waarde);
      if (gelijk && waarde !== "niet genoemd" && naam !== "Nu") dd.append(maak("span", "zelfde", "zelfde"));
      rij.append(maak("dt", "", naam), dd);
      lijst.append(rij);
    }
    const voeg = drukknop("eerste", "Voeg samen, deze tekst leidt", () => beoordeel("samengevoegd", k.ambitie), links ? "←" : "→");
    voeg.setAttribute("aria-label", `Voeg samen, de ${links ? "linker" : "rechter"} tekst (${k.ambitie}) leidt`);
    for (const ev of ["pointerenter", "focus"]) voeg.addEventListener(ev, () => toonReden("samengevoegd"));
    vak.append(maak("div", "rek"), lijst, voeg);
    return vak;
  }

  function tekenPaar() {
    const p = beeld.paar, sleutel = p ? p.kanten.map((k) => k.ambitie).join("|") : "";
    const merk = JSON.stringify(p), had = paar.contains(document.activeElement), veranderd = sleutel !== vorig;
    paar.hidden = !p;
    if (!p) { vorig = ""; paar.dataset.merk = ""; return; }
    if (merk !== paar.dataset.merk) {
      paar.dataset.merk = merk;
      paar.dataset.paar = sleutel;
      titel.textContent = p.kop;
      oordeel.replaceChildren(maak("b", "", p.lijkt));
      if (p.woord) { const [teken, woord] = WOORD[p.woord]; oordeel.append(` ${teken} ${woord} hetzelfde`); }
      waarom.textContent = p.waarom ? p.waarom[0].toUpperCase() + p.waarom.slice(1) : "";
      paar.setAttribute("aria-label", `${p.kop}, ${p.lijkt}. Pijl links: linker tekst leidt. Pijl rechts: rechter tekst leidt. N: niet hetzelfde. O: zelfde opgave. J: later. K: vorige.`);
      const inKant = kanten.contains(document.activeElement);
      kanten.replaceChildren(tekenKant(p.kanten[0], true), tekenKant(p.kanten[1], false));
      if (inKant) paar.focus({ preventScroll: true });
    }
    if (veranderd) {
      redenZelf = false;
      opgaveOpen(false);
      toonReden("samengevoegd");
      melder.textContent = `${p.kop}, ${p.lijkt}: ${p.kanten.map((k) => k.titel.map(([t]) => t).join("")).join(" — ")}`;
      if (volgt || had) { paar.focus({ preventScroll: true }); if (volgt) paar.scrollIntoView({ block: "nearest" }); }
      volgt = false;
    }
    vorig = sleutel;
    const een = beeld.totaal - beeld.bekeken < 2 && !p.eigen;
    later.hidden = vorige.hidden = een;
    later.firstChild.textContent = p.eigen ? "Terug naar de lijst" : "Later";
    vorige.hidden ||= p.eigen;
  }

  function tekenFilters() {
    const f = beeld.filters;
    if (!f) return;
    if (!filters.firstChild) {
      const zeker = maak("fieldset"), wie = maak("div"), zoeken = maak("div"), naam = uid();
      zeker.append(maak("legend", "", "Hoe zeker"));
      const rij = maak("div", "keuzes");
      for (const k of f.zeker) {
        const keuze = maak("span", "keus"), invoer = maak("input"), label = maak("label");
        invoer.type = "radio"; invoer.name = naam; invoer.id = uid(); invoer.value = k.waarde; label.htmlFor = invoer.id;
        invoer.addEventListener("change", () => stuur("filter", { naam: "zeker", waarde: k.waarde }));
        keuze.append(invoer, label);
        rij.append(keuze);
      }
      zeker.append(rij);
      const lb = maak("label", "", "Tussen welke bronnen"), kies = maak("select");
      kies.id = uid(); lb.htmlFor = kies.id;
      kies.addEventListener("change", () => stuur("filter", { naam: "bronnen", waarde: kies.value }));
      wie.append(lb, kies);
      const lz = maak("label", "", "Paren met een rij waarin staat"), zoek = maak("input");
      zoek.type = "search"; zoek.id = uid(); lz.htmlFor = zoek.id;
      let even;
      zoek.addEventListener("input", () => { clearTimeout(even); even = setTimeout(() => stuur("filter", { naam: "tekst", waarde: zoek.value }), 250); });
      zoeken.append(lz, zoek);
      filters.append(zeker, wie, zoeken);
    }
    f.zeker.forEach((k, i) => {
      const keuze = filters.querySelectorAll(".keus")[i];
      keuze.firstChild.checked = k.waarde === f.gekozen.zeker;
      keuze.lastChild.textContent = `${k.label} (${k.aantal.toLocaleString("nl-NL")})`;
    });
    const kies = filters.querySelector("select");
    kies.replaceChildren(...f.bronnen.map((b) => new Option(b.label, b.waarde)));
    kies.value = f.gekozen.bronnen;
  }

  function tekenLijsten() {
    const had = lijstV.contains(document.activeElement) || lijstG.contains(document.activeElement);
    volgende.hidden = !beeld.volgende?.length;
    lijstV.replaceChildren(...(beeld.volgende ?? []).map((r) => {
      const li = maak("li"), b = maak("button", "regel");
      b.type = "button";
      b.append(maak("span", "cijfer", r.lijkt), maak("span", "twee"));
      b.lastChild.append(maak("span", "", `${r.a} ${r.titel_a}`), maak("span", "", `${r.b} ${r.titel_b}`));
      b.addEventListener("click", () => { volgt = true; stuur("naar", { a: r.a, b: r.b }); });
      li.append(b);
      return li;
    }));
    const rest = (beeld.alle_beoordeeld ?? 0) - (beeld.beoordeeld ?? []).length;
    kopG.textContent = beeld.alle_beoordeeld ? `Beoordeeld: ${beeld.alle_beoordeeld}${rest ? ` (de laatste ${beeld.beoordeeld.length})` : ""}` : "Beoordeeld";
    lijstG.replaceChildren(...(beeld.beoordeeld ?? []).map((r) => {
      const li = maak("li", "gedaan"), vak = maak("div");
      const wat = maak("p", "wat");
      wat.append(maak("b", "", OORDEEL[r.oordeel]), ` ${r.codes}: ${r.tekst}`);
      wat.firstChild.setAttribute("aria-hidden", "true");
      vak.append(wat, maak("p", "", `${r.titel_a} — ${r.titel_b}`), maak("p", "uitleg", `“${r.reden}” · ${r.wie}`));
      const t = drukknop("stil", "Neem terug", () => { volgt = true; stuur("terug", { nummer: r.nummer }); });
      t.setAttribute("aria-label", `Neem het oordeel over ${r.codes} terug`);
      li.append(vak, t);
      return li;
    }));
    if (!lijstG.firstChild) lijstG.append(maak("li", "uitleg", "Nog niets. Elk oordeel komt hier te staan en kan terug."));
    if (had && !paar.hidden && !volgt) paar.focus({ preventScroll: true });
  }

  function teken() {
    beeld = model.get("beeld");
    const { totaal = 0, bekeken = 0 } = beeld, nog = totaal - bekeken, heeft = totaal > 0 || bekeken > 0;
    const tekstZin = !heeft ? "" : nog ? `${bekeken} van ${totaal} paren bekeken, nog ${nog} te gaan` : `Alle ${totaal} paren bekeken`;
    if (zin.textContent !== tekstZin) zin.textContent = tekstZin;
    balk.hidden = !heeft;
    balk.setAttribute("aria-valuemax", String(totaal || 1)); balk.setAttribute("aria-valuenow", String(bekeken));
    vol.style.width = totaal ? `${(100 * bekeken) / totaal}%` : "0";
    leeg.textContent = beeld.leeg ?? "";
    leeg.hidden = !beeld.leeg;
    zelf.hidden = !beeld.rijen;
    filters.hidden = !beeld.toelichting;
    onder.hidden = !beeld.toelichting && !beeld.alle_beoordeeld;
    toelichting.textContent = beeld.toelichting ?? "";
    if (!boven.contains(document.activeElement) || document.activeElement.type === "radio" || !filters.firstChild) tekenFilters();
    tekenLijsten();
    tekenPaar();
    boven.hidden = !heeft && !model.get("bezig") && !beeld.toelichting;
    if (volgt && paar.hidden && leeg.textContent) { volgt = false; leeg.tabIndex = -1; leeg.focus(); }
    el.dataset.versie = String(+el.dataset.versie + 1);
    if (beeld.toelichting || beeld.leeg) el.dataset.klaar = "ja";
  }

  // Progress after a second; the browser asks, because the answer comes from another process.
  function wachten() {
    clearInterval(klok);
    bezig.textContent = "";
    if (!model.get("bezig")) return teken();
    sinds = performance.now();
    boven.hidden = false;
    klok = setInterval(() => {
      stuur("klaar?");
      const s = Math.floor((performance.now() - sinds) / 1000);
      if (s >= 1) bezig.textContent = beeld.toelichting ? "De teksten zijn veranderd; de paren worden opnieuw gezocht…" : "Paren worden gezocht…";
    }, 300);
  }

  model.on("msg:custom", (inhoud) => { if (inhoud.soort === "klaar") { vast = false; el.dataset.gedaan = String(+(el.dataset.gedaan ?? 0) + 1); } });
  model.on("change:beeld", teken);
  model.on("change:bezig", wachten);
  model.on("change:gevonden", () => { const g = model.get("gevonden"); wacht[g.kant]?.(g.rijen ?? []); });
  const kijker = new IntersectionObserver((op) => {
    if (!gezien && op.some((x) => x.isIntersecting)) { gezien = true; stuur("zichtbaar"); }
  });
  kijker.observe(el);
  teken();
  wachten();
  return () => { clearInterval(klok); kijker.disconnect(); };
}
export default { render };
