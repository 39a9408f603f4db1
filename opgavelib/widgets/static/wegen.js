/* Weighing: the criteria with everybody's weights on the left, the questions for one group on the right.
   A draft lives here until it is stored, so that what others do never takes it away. */
const METHODEN = [
  ["direct", "Punten geven", "Geef elk criterium punten. Snel, en goed genoeg als u het al weet."],
  ["swing", "Sprongen waarderen", "Kies welke sprong van slecht naar goed het meest waard is, en zet de andere daartegen af."],
  ["ahp", "In paren", "Vergelijk steeds twee criteria. Meer werk; het werkboek ziet of de antwoorden bij elkaar passen."],
  ["best-worst", "Zwaarste en lichtste", "Kies het zwaarste en het lichtste criterium en vergelijk de rest daarmee. Minder vragen dan in paren."],
];
const WOORD = ["", "even zwaar als", "iets zwaarder dan", "merkbaar zwaarder dan", "merkbaar tot duidelijk zwaarder dan", "duidelijk zwaarder dan", "duidelijk tot veel zwaarder dan", "veel zwaarder dan", "veel tot extreem veel zwaarder dan", "extreem veel zwaarder dan"];
const PROCENT = new Intl.NumberFormat("nl-NL", { style: "percent", maximumFractionDigits: 0 });
const getal = (w) => w.toLocaleString("nl-NL", { maximumFractionDigits: 2 });
const vast = (w) => JSON.stringify(w, (_, v) => (v && typeof v === "object" && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).sort()) : v));
const lees = (invoer) => (invoer.value.trim() === "" ? null : Number(invoer.value.replace(",", ".")));

function render({ model, el }) {
  el.classList.add("ow-wegen");
  const s = { groep: null, methode: {}, concept: {}, basis: {}, reden: {}, nieuw: [], vraag: {}, weging: null, bewerk: null, weg: null, groepNieuw: false, verdeling: false, getekend: "", nr: 0, wacht: {} };
  const stuur = (bericht) => model.send(bericht);
  const beeld = () => model.get("beeld");
  const criteria = () => beeld().criteria ?? [];
  const naam = (c) => criteria().find((x) => x.criterium === c)?.naam ?? c;
  const groepen = () => { const er = beeld().groepen ?? []; return [...er, ...s.nieuw.filter((n) => !er.some((g) => g.naam === n)).map((n) => ({ naam: n }))]; };
  const groep = (n = s.groep) => groepen().find((g) => g.naam === n);
  const methode = () => s.methode[s.groep] ?? groep()?.methode ?? "direct";
  const concept = () => s.concept[s.groep]?.[methode()];
  const heeftConcept = (g) => Object.keys(s.concept[g] ?? {}).length > 0;

  const boven = maak("div", "boven"), conclusie = maak("p", "zin"), tegen = maak("p", "letop"), werk = maak("div", "werk"), links = maak("section", "links"), lijst = maak("div"), verdeling = maak("div", "verdeling"), straks = maak("p", "letop straks"), rechts = maak("section", "rechts"), melder = maak("div", "ow-alleen-voorlezen");
  melder.setAttribute("aria-live", "polite");
  links.setAttribute("aria-label", "Criteria"); rechts.setAttribute("aria-label", "Weging van een groep");
  boven.append(conclusie, tegen); straks.hidden = true; links.append(lijst, verdeling, straks); werk.append(links, rechts); el.append(boven, werk, melder);

  // -- answers ------------------------------------------------------------------------------------
  /* Of the draft, else as stored, else where to begin; of criteria that are gone nothing is left. */
  function antwoorden() {
    const g = groep(), m = methode(), ruw = concept() ?? (g?.methode === m ? g.antwoorden : null) ?? {}, cs = criteria().map((c) => c.criterium), er = (c) => cs.includes(c);
    const uit = (o) => Object.fromEntries(Object.entries(o ?? {}).filter(([c, w]) => er(c) && w !== null));
    if (m === "direct") return { punten: { ...Object.fromEntries(criteria().map((c) => [c.criterium, c.gewicht])), ...uit(ruw.punten) } };
    if (m === "swing") return { punten: uit(ruw.punten) };
    if (m === "ahp") return { paren: (ruw.paren ?? []).filter(([a, b]) => er(a) && er(b)) };
    return { beste: er(ruw.beste) ? ruw.beste : null, slechtste: er(ruw.slechtste) ? ruw.slechtste : null, beste_tegen: uit(ruw.beste_tegen), tegen_slechtste: uit(ruw.tegen_slechtste) };
  }
  function zet(nieuw) {
    const eigen = (s.concept[s.groep] ??= {});
    if (!Object.keys(eigen).length) s.basis[s.groep] = vast(groep()?.antwoorden ?? null);
    eigen[methode()] = nieuw;
    weeg();
    tekenStaat();
    tekenGroepen();
  }
  let klok = 0, laatst = 0;
  function weeg() {
    const wacht = 60 - (performance.now() - laatst);
    clearTimeout(klok);
    if (wacht > 0) { klok = setTimeout(weeg, wacht); return; }
    laatst = performance.now();
    if (s.groep) stuur({ soort: "weeg", nr: ++s.nr, groep: s.groep, methode: methode(), antwoorden: antwoorden() });
  }
  /* What went wrong is said in the form that asked for it, if that is still there. */
  const doen = (bericht, klaar, vorm) => { const nr = ++s.nr; s.wacht[nr] = { klaar, vorm }; stuur({ nr, ...bericht }); };
  function vormfout(vorm, tekst) {
    const p = vorm.querySelector(":scope > .vormfout") ?? maak("p", "fout vormfout");
    p.textContent = tekst;
    vorm.querySelector(":scope > .knoppen").before(p);
    vorm.addEventListener("input", () => p.remove(), { once: true });
    p.scrollIntoView({ block: "nearest" });
  }

  // -- left: criteria and bars --------------------------------------------------------------------
  function tekenLinks() {
    const actief = document.activeElement, was = lijst.contains(actief) ? actief.dataset.plek : null, open = lijst.querySelector(".bewerk");
    const rijen = criteria().map((c) => (s.bewerk === c.criterium ? (open?.dataset.criterium === c.criterium ? bijgewerkt(open, c) : formulier(c)) : rij(c)));
    const onder = maak("div", "onder"), bron = maak("p", "stil", beeld().bron ?? "");
    if (s.bewerk === "") onder.append(open?.dataset.criterium === "" ? open : formulier(null));
    else { const k = knop("Voeg een criterium toe", "", () => { s.bewerk = ""; tekenLinks(); lijst.querySelector("form input")?.focus(); }); k.dataset.plek = "nieuw"; onder.append(k); }
    if (beeld().eigen && s.bewerk === null) onder.append(metReden("Zet de criteria van het werkboek terug", "Zet terug", "De lijst van nu gaat weg; scores blijven in de werkmap staan.", (reden, vorm) => doen({ soort: "standaard", reden }, () => { verder(lijst.querySelector("[data-plek=nieuw]")); meld("De criteria van het werkboek staan er weer."); }, vorm)));
    onder.append(bron);
    lijst.replaceChildren(maak("h3", "", telwoord(rijen.length, "criterium", "criteria")), ...rijen, onder);
    tekenBalken();
    if (open?.contains(actief) && actief.isConnected) actief.focus();
    else if (was) lijst.querySelector(`[data-plek="${was}"]`)?.focus();
  }
  const bijgewerkt = (vorm, c) => { vorm.bij(c); return vorm; };
  function rij(c) {
    const vak = maak("article", "criterium"), tekst = maak("div", "tekst"), kop = maak("div", "kop"), schaal = maak("p", "schaal"), balken = maak("div", "balken");
    const wijzig = knop("Wijzig", "klein", () => { s.bewerk = c.criterium; s.weg = null; tekenLinks(); lijst.querySelector("form input")?.focus(); });
    wijzig.dataset.plek = `wijzig-${c.criterium}`;
    wijzig.setAttribute("aria-label", `Wijzig ${c.naam}`);
    balken.dataset.criterium = c.criterium;
    kop.append(maak("h4", "", c.naam), wijzig);
    const eind = (w, uitleg) => `${getal(w)}${uitleg ? ` ${uitleg}` : ""}`;
    schaal.append(maak("span", "", eind(c.laagst, c.uitleg_laagst)), maak("span", "pijl", " → "), maak("span", "", eind(c.hoogst, c.uitleg_hoogst)));
    tekst.append(kop, maak("p", "", c.omschrijving), schaal);
    if (c.richting === "lager") tekst.append(maak("p", "lager", "Lager is beter."));
    vak.append(tekst, balken);
    return vak;
  }
  /* What this group weighs now: of a draft that is complete, else as stored. */
  const gewichtenVan = (g) => (s.weging?.gewichten && s.weging.groep === g.naam && toontConcept() ? s.weging.gewichten : g.gewichten);
  const toontConcept = () => Boolean(concept()) || !groep()?.gewichten;
  function tekenBalken() {
    const live = s.weging?.gewichten && toontConcept(), met = groepen().filter((g) => gewichtenVan(g) && (g.gewichten || heeftConcept(g.naam)));
    const proef = live && heeftConcept(s.groep), samen = proef ? s.weging.samen : Object.fromEntries(criteria().map((c) => [c.criterium, c.aandeel]));
    const hoogst = Math.max(0.01, ...Object.values(samen), ...met.flatMap((g) => Object.values(gewichtenVan(g))));
    conclusie.textContent = proef ? `Met het concept van ${s.groep}: ${s.weging.conclusie}` : beeld().conclusie ?? "";
    const krom = groepen().filter((g) => g.tegenspraak).map((g) => g.naam);
    tegen.hidden = !krom.length;
    tegen.textContent = krom.length ? `De bewaarde antwoorden van ${new Intl.ListFormat("nl-NL").format(krom)} spreken zich tegen. Kijk ze na voor u op deze gewichten bouwt.` : "";
    tekenStraks();
    for (const vak of links.querySelectorAll(".balken")) {
      const c = vak.dataset.criterium, regel = (klasse, tekst, deel) => {
        const r = maak("div", `balkrij ${klasse}`), spoor = maak("span", "spoor"), balk = maak("i");
        spoor.setAttribute("aria-hidden", "true");
        balk.style.width = `${(100 * (deel ?? 0)) / hoogst}%`;
        spoor.append(balk);
        r.append(maak("span", "wie", tekst), spoor, maak("b", "", deel === undefined ? "–" : PROCENT.format(deel)));
        return r;
      };
      vak.replaceChildren(regel("samen", met.length ? "Samen" : "Gewicht", samen[c]), ...met.map((g) => regel(g.naam === s.groep && proef ? "concept" : "", g.naam === s.groep && proef ? `▲ ${g.naam}` : g.naam, gewichtenVan(g)[c])));
    }
    el.dataset.versie = String(+(el.dataset.versie ?? 0) + 1);
  }

  // -- a criterium in place -----------------------------------------------------------------------
  function veld(label, waarde, soort = "text", extra = {}) {
    const vak = maak("div", "veld"), l = maak("label", "", label), invoer = maak("input");
    invoer.type = "text"; invoer.id = uid(); l.htmlFor = invoer.id; invoer.value = waarde ?? "";
    if (soort === "getal") { invoer.inputMode = "decimal"; invoer.classList.add("getal"); } else invoer.maxLength = 300;
    Object.assign(invoer, extra);
    vak.append(l, invoer);
    return { el: vak, invoer };
  }
  function keuzes(label, opties, gekozen, bij) {
    const vak = maak("fieldset", "keuzes"), naam_ = uid();
    vak.append(maak("legend", "", label));
    const rij = maak("div", "rij");
    for (const [waarde, tekst] of opties) {
      const k = maak("span", "keus"), invoer = maak("input"), l = maak("label", "", tekst);
      invoer.type = "radio"; invoer.name = naam_; invoer.id = uid(); invoer.value = waarde; invoer.checked = waarde === gekozen; l.htmlFor = invoer.id;
      invoer.dataset.plek = `${label}-${waarde}`;
      invoer.addEventListener("change", () => bij?.(waarde));
      k.append(invoer, l); rij.append(k);
    }
    vak.append(rij);
    return { el: vak, lees: () => vak.querySelector("input:checked")?.value };
  }
  /* The message of a field, under it; the field gets the focus. Typing takes it away. */
  function veldfout(v) {
    const p = maak("p", "fout");
    p.id = uid(); p.setAttribute("role", "alert"); v.invoer.setAttribute("aria-describedby", p.id);
    v.el.append(p);
    const zeg = (tekst) => { p.textContent = tekst; if (tekst) { v.invoer.setAttribute("aria-invalid", "true"); v.invoer.focus(); } else v.invoer.removeAttribute("aria-invalid"); };
    v.invoer.addEventListener("input", () => zeg(""));
    return zeg;
  }
  /* A button that first asks why. */
  function metReden(tekst, bevestig, uitleg, doe, klasse = "") {
    const vak = maak("div", "met-reden"), open = knop(tekst, klasse, () => {
      const vorm = maak("form", "vraag"), reden = veld("Waarom?", ""), fout = veldfout(reden), rij = maak("div", "knoppen"), ja = maak("button", "eerste", bevestig);
      ja.type = "submit";
      rij.append(ja, knop("Annuleer", "stil", () => { vak.replaceChildren(open); open.focus(); }));
      vorm.append(maak("p", "", uitleg), reden.el, rij);
      vorm.addEventListener("submit", (e) => { e.preventDefault(); if (reden.invoer.value.trim()) doe(reden.invoer.value, vorm); else fout("Vul een reden in, dan weet iedereen later waarom."); });
      vorm.addEventListener("keydown", (e) => { if (e.key === "Escape") { e.stopPropagation(); vak.replaceChildren(open); open.focus(); } });
      vak.replaceChildren(vorm);
      reden.invoer.focus();
    });
    vak.append(open);
    return vak;
  }
  function formulier(c) {
    const vak = maak("div", "bewerk"), vorm = maak("form"), basis = vast(c && { ...c, aandeel: 0, gevolg: "" });
    vak.dataset.criterium = c?.criterium ?? "";
    const n = veld("Naam", c?.naam, "text", { maxLength: 60, required: true }), o = veld("Welke vraag krijgt wie beoordeelt?", c?.omschrijving);
    const schaal = maak("div", "schaalvelden"), laag = veld("Laagste score", String(c?.laagst ?? 1).replace(".", ","), "getal"), laagU = veld("Wat betekent die?", c?.uitleg_laagst), hoog = veld("Hoogste score", String(c?.hoogst ?? 5).replace(".", ","), "getal"), hoogU = veld("Wat betekent die?", c?.uitleg_hoogst);
    laagU.invoer.setAttribute("aria-label", "Wat betekent de laagste score?"); hoogU.invoer.setAttribute("aria-label", "Wat betekent de hoogste score?");
    schaal.append(laag.el, laagU.el, hoog.el, hoogU.el);
    const richting = keuzes("Wat is beter?", [["hoger", "Hoger is beter"], ["lager", "Lager is beter"]], c?.richting ?? "hoger");
    const onder = maak("div", "knoppen"), ja = maak("button", "eerste", c ? "Bewaar" : "Voeg toe"), let_ = maak("p", "letop"), sluit = () => { s.bewerk = null; tekenLinks(); links.querySelector(`[data-plek="${c ? `wijzig-${c.criterium}` : "nieuw"}"]`)?.focus(); };
    ja.type = "submit"; let_.hidden = true; let_.setAttribute("role", "status");
    onder.append(ja, knop("Annuleer", "stil", sluit));
    vorm.append(n.el, o.el, schaal, richting.el, let_, onder);
    vak.append(vorm);
    if (c && criteria().length > 1) vak.append(metReden(`Verwijder ${c.naam}`, `Verwijder ${c.naam}`, c.gevolg, (reden, vorm_) => doen({ soort: "criterium_weg", criterium: c.criterium, reden }, () => { s.bewerk = null; tekenLinks(); verder(lijst.querySelector("[data-plek=nieuw]")); meld(`${c.naam} is verwijderd.`); }, vorm_), "gevaar"));
    vak.bij = (nu) => { if (vast({ ...nu, aandeel: 0, gevolg: "" }) !== basis) { let_.hidden = false; let_.textContent = `Dit criterium is intussen gewijzigd (${nu.naam}). Wat u typt blijft staan; bewaren vervangt wat er nu staat.`; } };
    vak.addEventListener("keydown", (e) => { if (e.key === "Escape") { e.preventDefault(); sluit(); } });
    vorm.addEventListener("submit", (e) => {
      e.preventDefault();
      const velden = { naam: n.invoer.value, omschrijving: o.invoer.value, laagst: lees(laag.invoer), hoogst: lees(hoog.invoer), uitleg_laagst: laagU.invoer.value, uitleg_hoogst: hoogU.invoer.value, richting: richting.lees() };
      doen({ soort: "criterium", criterium: c?.criterium ?? null, velden }, () => { sluit(); meld(`${velden.naam} is bewaard.`); }, vorm);
    });
    return vak;
  }

  // -- right: one group ---------------------------------------------------------------------------
  const tabs = maak("div", "tabs"), groepVak = maak("div"), kop = maak("div", "kop"), methodeVak = maak("div", "methode"), vragenVak = maak("div", "vragen"), uitslag = maak("div", "uitslag"), lijstVak = maak("div"), onderVak = maak("form", "bewaren");
  uitslag.setAttribute("role", "status");
  tabs.setAttribute("role", "group"); tabs.setAttribute("aria-label", "Groep");
  rechts.append(tabs, groepVak, kop, methodeVak, vragenVak, uitslag, lijstVak, onderVak);

  function tekenGroepen() {
    const was = tabs.contains(document.activeElement) ? document.activeElement.dataset.groep : null;
    const teken = (g) => (heeftConcept(g.naam) ? ["▲", "concept"] : g.tegenspraak ? ["▲", "spreekt zich tegen"] : g.gewichten ? ["●", "gewogen"] : ["○", "nog niet"]);
    tabs.replaceChildren(...groepen().map((g) => {
      const k = knop("", "tab", () => { s.groep = g.naam; tekenRechts(); tekenBalken(); weeg(); }), [t, w] = teken(g), staat = maak("small", "", `${w}`);
      k.dataset.groep = g.naam;
      k.setAttribute("aria-pressed", String(g.naam === s.groep));
      const tk = maak("span", "teken", t);
      tk.setAttribute("aria-hidden", "true");
      k.append(tk, maak("span", "", g.naam), staat);
      return k;
    }), ...(s.groepNieuw ? [] : [plus()]));
    if (was) tabs.querySelector(`[data-groep="${CSS.escape(was)}"]`)?.focus();
    if (!s.groepNieuw) groepVak.replaceChildren();
    else if (!groepVak.firstChild) {
      const vorm = maak("form", "vraag"), n = veld("Hoe heet de groep?", "", "text", { maxLength: 60, placeholder: "bijvoorbeeld Raad" }), rij_ = maak("div", "knoppen"), ja = maak("button", "eerste", "Voeg toe");
      const dicht = () => { s.groepNieuw = false; tekenGroepen(); };
      ja.type = "submit"; rij_.append(ja, knop("Annuleer", "stil", dicht)); vorm.append(n.el, rij_);
      vorm.addEventListener("keydown", (e) => { if (e.key === "Escape") dicht(); });
      vorm.addEventListener("submit", (e) => {
        e.preventDefault();
        const w = n.invoer.value.trim().replace(/\s+/g, " ");
        if (!w) { n.invoer.focus(); return; }
        if (!groep(w)) s.nieuw.push(w);
        s.groep = w; s.groepNieuw = false;
        tekenRechts(); tekenBalken(); weeg();
        tabs.querySelector(`[data-groep="${CSS.escape(w)}"]`)?.focus();
      });
      groepVak.replaceChildren(vorm);
      n.invoer.focus();
    }
  }
  const plus = () => { const k = knop("Andere groep", "tab plus", () => { s.groepNieuw = true; tekenGroepen(); }); return k; };

  function tekenRechts() {
    const was = rechts.contains(document.activeElement) ? document.activeElement.dataset.plek : null;
    if (!groep()) s.groep = groepen()[0]?.naam ?? null;
    tekenGroepen();
    const g = groep();
    kop.replaceChildren(maak("h3", "", g ? `Hoe weegt ${g.naam}?` : "Wie weegt de criteria?"));
    if (!g) return;
    const nu = METHODEN.find(([m]) => m === methode());
    methodeVak.replaceChildren(keuzes("Manier van wegen", METHODEN.map(([m, t]) => [m, t]), methode(), (m) => { s.methode[s.groep] = m; s.weging = null; tekenRechts(); tekenBalken(); weeg(); }).el, maak("p", "stil", `${nu[2]}${beeld().bronnen[nu[0]] ? ` Naar ${beeld().bronnen[nu[0]]}.` : ""}`));
    tekenVragen();
    tekenUitslag();
    tekenOnder();
    if (was) rechts.querySelector(`[data-plek="${CSS.escape(was)}"]`)?.focus();
  }
  function tekenVragen() {
    const m = methode();
    lijstVak.replaceChildren();
    vragenVak.replaceChildren(...(m === "direct" ? punten() : m === "swing" ? sprongen() : m === "ahp" ? paren() : uitersten()));
  }

  // points
  function schuifrij(c, waarde, bij, label, tekst) {
    const fout = maak("p", "fout"), vak = maak("div", "schuif"), l = maak("label", "", label), schuif = maak("input"), getal_ = maak("input"), rail = maak("div", "rail");
    schuif.type = "range"; schuif.min = 0; schuif.max = 100; schuif.step = "any"; schuif.id = uid(); l.htmlFor = schuif.id;
    schuif.dataset.plek = `schuif-${c}`; getal_.dataset.plek = `getal-${c}`;
    getal_.type = "text"; getal_.inputMode = "numeric"; getal_.setAttribute("aria-label", `Punten voor ${naam(c)}`);
    fout.id = uid(); fout.setAttribute("role", "alert"); getal_.setAttribute("aria-describedby", fout.id);
    const meldFout = (tekst_) => { fout.textContent = tekst_; if (tekst_) getal_.setAttribute("aria-invalid", "true"); else getal_.removeAttribute("aria-invalid"); };
    const toon = (w) => { schuif.value = w ?? 0; if (document.activeElement !== getal_ && !fout.textContent) getal_.value = w === undefined ? "" : getal(w); getal_.placeholder = "?"; schuif.style.setProperty("--deel", `${w ?? 0}%`); schuif.setAttribute("aria-valuetext", w === undefined ? "nog niet beantwoord" : `${getal(w)} punten`); vak.classList.toggle("open", w === undefined); };
    const zetW = (w) => { toon(w); bij(w); };
    // The thumb stands where the fill ends, also at 12,5; who moves it goes by steps of five.
    const vijf = (w) => Math.min(100, Math.max(0, 5 * Math.round(w / 5)));
    schuif.addEventListener("input", () => { meldFout(""); zetW(vijf(+schuif.value)); });
    schuif.addEventListener("keydown", (e) => {
      const stap = { ArrowRight: 5, ArrowUp: 5, ArrowLeft: -5, ArrowDown: -5, PageUp: 10, PageDown: -10 }[e.key];
      if (!stap || (vak.classList.contains("open") && stap < 0)) return;
      e.preventDefault(); meldFout("");
      zetW(vijf(stap > 0 ? Math.floor(+schuif.value / 5) * 5 + stap : Math.ceil(+schuif.value / 5) * 5 + stap));
    });
    // Also an answer of nothing is an answer: the slider is there already, so nothing moves.
    schuif.addEventListener("pointerup", () => { if (vak.classList.contains("open")) zetW(+schuif.value); });
    schuif.addEventListener("keydown", (e) => { if (["Home", "ArrowLeft", "ArrowDown", " "].includes(e.key) && vak.classList.contains("open")) zetW(+schuif.value); });
    getal_.addEventListener("input", () => { const w = lees(getal_), goed = w !== null && w >= 0 && w <= 100; meldFout(goed || w === null ? "" : "Vul een getal van 0 tot 100 in."); if (goed) zetW(w); });
    getal_.addEventListener("blur", () => toon(antwoorden().punten[c]));
    rail.append(schuif, getal_);
    vak.append(l, ...(tekst ? [maak("p", "stil", tekst)] : []), rail, fout);
    toon(waarde);
    return vak;
  }
  function punten() {
    const nu = antwoorden().punten;
    return criteria().map((c) => schuifrij(c.criterium, nu[c.criterium], (w) => zet({ punten: { ...antwoorden().punten, [c.criterium]: w } }), c.naam));
  }
  // swings
  function sprong(c) {
    const einden = [c.uitleg_laagst || getal(c.laagst), c.uitleg_hoogst || getal(c.hoogst)];
    if (c.richting === "lager") einden.reverse();
    return `van “${einden[0]}” naar “${einden[1]}”`;
  }
  function sprongen() {
    const nu = antwoorden().punten, top = criteria().find((c) => nu[c.criterium] === 100)?.criterium, vak = maak("fieldset", "sprongen"), naam_ = uid();
    vak.append(maak("legend", "", "Stel, een ambitie scoort overal slecht. Welke sprong van slecht naar goed is u het meest waard?"));
    for (const c of criteria()) {
      const r = maak("div", "sprong"), invoer = maak("input"), l = maak("label");
      invoer.type = "radio"; invoer.name = naam_; invoer.id = uid(); invoer.checked = c.criterium === top; l.htmlFor = invoer.id; invoer.dataset.plek = `sprong-${c.criterium}`;
      l.append(maak("b", "", c.naam), " ", maak("span", "stil", sprong(c)));
      invoer.addEventListener("change", () => { const p = { ...antwoorden().punten }; if (top && p[top] === 100) delete p[top]; zet({ punten: { ...p, [c.criterium]: 100 } }); tekenVragen(); vragenVak.querySelector(`[data-plek="sprong-${c.criterium}"]`)?.focus(); });
      r.append(invoer, l); vak.append(r);
    }
    if (!top) return [vak];
    const uitleg = maak("p", "vraagtekst", `${naam(top)} krijgt 100 punten. Hoeveel is elke andere sprong waard, daarmee vergeleken?`);
    return [vak, uitleg, ...criteria().filter((c) => c.criterium !== top).map((c) => schuifrij(c.criterium, nu[c.criterium], (w) => zet({ punten: { ...antwoorden().punten, [c.criterium]: w } }), c.naam, sprong(c)))];
  }
  // pairs
  const zin = (a, b, keer) => (keer < 0 ? `${naam(b)} weegt ${WOORD[-keer]} ${naam(a)}` : `${naam(a)} weegt ${WOORD[keer]} ${naam(b)}`);
  const metKeer = (a, b, keer) => `${zin(a, b, keer)}${Math.abs(keer) > 1 ? `: ${Math.abs(keer)} keer zo zwaar` : ""}`;
  /* One question large, all answers below it. keer: 1 to 9 times a, negative is b; undefined is not answered. */
  function vergelijker(vragen, bij) {
    const plek = Math.min(s.vraag[`${s.groep} ${methode()}`] ?? Math.max(0, vragen.findIndex((v) => v.keer === undefined)), vragen.length - 1), v = vragen[plek];
    const naar = (i) => { s.vraag[`${s.groep} ${methode()}`] = i; tekenVragen(); tekenUitslag(); vragenVak.querySelector("input[type=range]")?.focus(); };
    const vak = maak("form", "vergelijk"), teller = maak("p", "stil", `Vraag ${plek + 1} van ${vragen.length}`), kanten = maak("div", "kanten"), schuif = maak("input"), woorden = maak("p", "woorden"), rij_ = maak("div", "knoppen"), ja = maak("button", "eerste", vragen.some((x, i) => x.keer === undefined && i !== plek) || plek < vragen.length - 1 ? "Volgende" : "Klaar");
    const stap = (keer) => (keer === undefined || Math.abs(keer) === 1 ? 0 : keer > 0 ? -(keer - 1) : -keer - 1), terug = (w) => (w > 0 ? -(w + 1) : -w + 1);
    schuif.type = "range"; schuif.max = v.eenzijdig ? 0 : 8; schuif.min = -((v.hoogst ?? 9) - 1); schuif.step = 1; schuif.value = stap(v.keer); schuif.dataset.plek = "vergelijk";
    schuif.setAttribute("aria-label", `${naam(v.a)} tegenover ${naam(v.b)}`);
    const toon = (keer) => { woorden.textContent = keer === undefined ? (v.eenzijdig ? "Schuif naar links naarmate het verschil groter is." : "Schuif naar het criterium dat zwaarder weegt, of laat het midden staan voor even zwaar.") : `${metKeer(v.a, v.b, keer)}.`; woorden.classList.toggle("open", keer === undefined); schuif.setAttribute("aria-valuetext", keer === undefined ? "nog niet beantwoord" : metKeer(v.a, v.b, keer)); };
    schuif.addEventListener("input", () => { const keer = terug(+schuif.value); toon(keer); bij(v, keer); tekenLijst(); });
    const kant = (c, klasse) => { const k = maak("div", klasse), x = criteria().find((y) => y.criterium === c); k.append(maak("b", "", x.naam), maak("span", "stil", x.omschrijving)); return k; };
    kanten.append(kant(v.a, ""), kant(v.b, "rechterkant"));
    const streep = maak("div", "streepjes");
    streep.setAttribute("aria-hidden", "true");
    for (const t of v.eenzijdig ? ["veel zwaarder", "even zwaar"] : ["veel zwaarder", "even zwaar", "veel zwaarder"]) streep.append(maak("span", "", t));
    ja.type = "submit";
    const vorige = knop("Vorige", "stil", () => naar(plek - 1));
    vorige.disabled = plek === 0;
    rij_.append(ja, vorige);
    vak.append(teller, maak("p", "vraagtekst", v.eenzijdig ? `Hoeveel zwaarder weegt ${naam(v.a)} dan ${naam(v.b)}?` : "Wat weegt zwaarder, en hoeveel?"), kanten, schuif, streep, woorden, rij_);
    vak.addEventListener("submit", (e) => {
      e.preventDefault();
      if (v.keer === undefined && +schuif.value === 0) { bij(v, 1); v.keer = 1; }
      if (ja.textContent === "Klaar") { onderVak.querySelector("input").focus(); return; }
      const open = vragen.findIndex((x, i) => i > plek && x.keer === undefined), eerder = vragen.findIndex((x) => x.keer === undefined && x !== v);
      naar(open > 0 ? open : eerder >= 0 ? eerder : Math.min(plek + 1, vragen.length - 1));
    });
    toon(v.keer);
    const lijst = maak("ol", "antwoorden");
    function tekenLijst() {
      const na = s.weging?.nakijken, let_ = (x) => na && s.weging.groep === s.groep && na.includes(x.a) && na.includes(x.b);
      lijst.replaceChildren(...vragen.map((x, i) => {
        const li = maak("li"), k = knop("", "regel", () => naar(i));
        if (i === plek) k.setAttribute("aria-current", "true");
        k.append(maak("span", "paar", `${naam(x.a)} en ${naam(x.b)}`), maak("span", x.keer === undefined ? "stil" : "", x.keer === undefined ? "nog niet" : Math.abs(x.keer) === 1 ? "even zwaar" : `${naam(x.keer < 0 ? x.b : x.a)} ${Math.abs(x.keer)} keer`));
        if (let_(x)) { k.classList.add("nakijken"); k.append(maak("span", "ow-alleen-voorlezen", "kijk hier nog eens naar")); }
        li.append(k);
        return li;
      }));
    }
    vergelijker.lijst = tekenLijst;
    tekenLijst();
    lijstVak.replaceChildren(lijst);
    return [vak];
  }
  function paren() {
    const cs = criteria().map((c) => c.criterium);
    if (cs.length < 2) return [maak("p", "stil", "Er is één criterium; dat krijgt alle gewicht.")];
    const nu = antwoorden().paren, van = (a, b) => { const p = nu.find(([x, y]) => (x === a && y === b) || (x === b && y === a)); return p && (p[2] === 1 ? 1 : p[0] === a ? p[2] : -p[2]); };
    const vragen = cs.flatMap((a, i) => cs.slice(i + 1).map((b) => ({ a, b, keer: van(a, b) })));
    return vergelijker(vragen, (v, keer) => { v.keer = keer; zet({ paren: vragen.filter((x) => x.keer !== undefined).map((x) => (x.keer < 0 ? [x.b, x.a, -x.keer] : [x.a, x.b, x.keer])) }); });
  }
  // best-worst
  function uitersten() {
    const a = antwoorden(), cs = criteria(), kies = (sleutel, label, ander) => {
      const k = keuzes(label, cs.map((c) => [c.criterium, c.naam]), a[sleutel], (w) => { const nieuw = { ...antwoorden(), [sleutel]: w, beste_tegen: {}, tegen_slechtste: {} }; if (nieuw[ander] === w) nieuw[ander] = null; delete s.vraag[`${s.groep} ${methode()}`]; zet(nieuw); tekenVragen(); vragenVak.querySelector(`[data-plek="${label}-${w}"]`)?.focus(); });
      return k.el;
    };
    const delen = [kies("beste", "Welk criterium weegt het zwaarst?", "slechtste"), kies("slechtste", "En welk het lichtst?", "beste")];
    if (cs.length < 2) return [maak("p", "stil", "Er is één criterium; kies Punten geven.")];
    if (!a.beste || !a.slechtste) return delen;
    const rest = cs.map((c) => c.criterium).filter((c) => c !== a.beste && c !== a.slechtste), geheel = a.beste_tegen[a.slechtste];
    const vragen = [{ a: a.beste, b: a.slechtste, soort: "beste_tegen", sleutel: a.slechtste }, ...rest.map((c) => ({ a: a.beste, b: c, soort: "beste_tegen", sleutel: c, hoogst: geheel })), ...rest.map((c) => ({ a: c, b: a.slechtste, soort: "tegen_slechtste", sleutel: c, hoogst: geheel }))];
    for (const v of vragen) { v.eenzijdig = true; v.keer = a[v.soort][v.sleutel]; }
    return [...delen, ...vergelijker(vragen, (v, keer) => { v.keer = keer; const n = antwoorden(); n[v.soort] = { ...n[v.soort], [v.sleutel]: keer }; if (v.sleutel === n.slechtste) for (const x of vragen) if (x !== v) x.hoogst = keer; zet(n); })];
  }

  // -- result and storing -------------------------------------------------------------------------
  function tekenUitslag() {
    const w = s.weging?.groep === s.groep && s.weging.methode === methode() ? s.weging : null;
    uitslag.replaceChildren();
    uitslag.className = "uitslag";
    if (!w) return;
    if (w.nog) { uitslag.append(maak("p", "stil", w.nog)); return; }
    const [eerste, ...rest] = w.zinnen;
    uitslag.append(maak("p", "zwaarst", `${s.groep}: ${eerste}`));
    rest.forEach((z, i) => { const p = maak("p", w.goed ? "goed" : i ? "" : "letop", z); uitslag.append(p); });
    if (w.nakijken && vergelijker.lijst && ["ahp", "best-worst"].includes(methode())) {
      const regels = [...lijstVak.querySelectorAll(".regel.nakijken")];
      if (regels.length) uitslag.append(knop("Kijk naar dat antwoord", "klein", () => regels[0].click()));
    }
  }
  /* What somebody else stored beside the draft that would replace it. */
  function naastElkaar(g) {
    const tabel = maak("table"), kop_ = maak("tr"), kopvak = maak("thead"), lijf = maak("tbody");
    const mijn = s.weging?.groep === g.naam && s.weging.methode === methode() ? s.weging.gewichten : null, deel = (w) => (w === undefined ? "–" : PROCENT.format(w));
    for (const k of ["Criterium", "Nu bewaard", "Uw concept"]) { const th = maak("th", k === "Criterium" ? "" : "getal", k); th.scope = "col"; kop_.append(th); }
    kopvak.append(kop_);
    lijf.append(...criteria().map((c) => {
      const r = maak("tr"), th = maak("th", "", c.naam);
      th.scope = "row";
      r.append(th, maak("td", "getal", deel(g.gewichten[c.criterium])), maak("td", "getal", deel(mijn?.[c.criterium])));
      return r;
    }));
    tabel.append(maak("caption", "stil", g.bewaard), kopvak, lijf);
    return tabel;
  }
  function tekenStaat() {
    const g = groep(), staat = onderVak.querySelector(".staat"), anders = heeftConcept(s.groep) && s.basis[s.groep] !== vast(g?.antwoorden ?? null);
    if (!staat) return;
    staat.className = `staat ${heeftConcept(s.groep) ? "letop" : g?.gewichten ? "goed" : "stil"}`;
    staat.textContent = anders ? `${s.groep} is intussen door iemand anders bewaard. Uw concept staat er nog; bewaren vervangt wat er nu staat: zie de tabel.` : concept() ? "Concept: nog niet bewaard." : heeftConcept(s.groep) ? "Er staat nog een concept bij een andere manier van wegen." : g?.gewichten ? (g.methode === methode() ? g.bewaard : `Wat telt is bewaard met ‘${METHODEN.find(([m]) => m === g.methode)[1]}’. ${g.bewaard}`) : `${s.groep} heeft nog niets bewaard.`;
    onderVak.querySelector(".beide").replaceChildren(...(anders && g?.gewichten ? [naastElkaar(g)] : []));
    const compleet = s.weging?.gewichten && s.weging.groep === s.groep && s.weging.methode === methode();
    onderVak.querySelector(".eerste").disabled = !(compleet && (concept() || g?.methode !== methode()));
    onderVak.querySelector(".weggooien").hidden = !heeftConcept(s.groep);
    const oud = onderVak.querySelector(".verouderd");
    oud.hidden = !g?.verouderd; oud.textContent = g?.verouderd ?? "";
  }
  let redenFout = () => {};
  function tekenOnder() {
    const reden = veld("Waarom deze gewichten?", s.reden[s.groep] ?? "", "text", { placeholder: "bijvoorbeeld: besproken op 12 mei" }), rij_ = maak("div", "knoppen"), ja = maak("button", "eerste", `Bewaar voor ${s.groep}`), staat = maak("p", "staat");
    redenFout = veldfout(reden);
    ja.type = "submit"; reden.invoer.dataset.plek = "reden";
    reden.invoer.addEventListener("input", () => { s.reden[s.groep] = reden.invoer.value; });
    rij_.append(ja, knop("Gooi het concept weg", "stil weggooien", () => { delete s.concept[s.groep]; s.weging = null; tekenRechts(); tekenBalken(); weeg(); verder(gekozenTab()); meld("Het concept is weggegooid."); }));
    onderVak.replaceChildren(staat, maak("div", "beide"), maak("p", "letop verouderd"), reden.el, rij_);
    tekenStaat();
  }
  onderVak.addEventListener("submit", (e) => {
    e.preventDefault();
    const wie = s.groep, reden = (s.reden[wie] ?? "").trim();
    if (!reden) { redenFout("Vul een reden in, dan weet iedereen later waarom."); return; }
    doen({ soort: "bewaar", groep: wie, methode: methode(), antwoorden: antwoorden(), reden }, () => { delete s.concept[wie]; delete s.reden[wie]; tekenRechts(); tekenBalken(); verder(gekozenTab()); meld(`De gewichten van ${wie} zijn bewaard.`); }, onderVak);
  });

  /* What the shares become when a group that never stored does so: the bars count on it already. */
  function tekenStraks() {
    const d = s.weging?.groep === s.groep ? s.weging.delen : null, eerste = heeftConcept(s.groep) && !groep()?.gewichten;
    straks.hidden = !(d && eerste && s.weging.gewichten && Object.keys(d).length > 1);
    straks.textContent = straks.hidden ? "" : `Zodra ${s.groep} bewaart: ${Object.entries(d).map(([g, w]) => `${g} ${PROCENT.format(w)}`).join(", ")}. Zo telt ‘Samen’ hierboven al.`;
  }
  function tekenVerdeling() {
    const er = (beeld().groepen ?? []).filter((g) => g.gewichten);
    if (!er.length) { verdeling.replaceChildren(); return; }
    if (s.verdeling && verdeling.querySelector("form") && verdeling.dataset.groepen === vast(er.map((g) => [g.naam, g.aandeel]))) return;
    verdeling.dataset.groepen = vast(er.map((g) => [g.naam, g.aandeel]));
    const kop_ = maak("h4", "", "Hoe zwaar telt elke groep?"), delen = er.map((g) => `${g.naam} ${PROCENT.format(g.aandeel)}`).join(", ");
    if (!s.verdeling) {
      const k = knop("Wijzig", "klein", () => { s.verdeling = true; tekenVerdeling(); verdeling.querySelector("input")?.focus(); });
      k.setAttribute("aria-label", "Wijzig hoe zwaar elke groep telt");
      const r = maak("div", "kop");
      r.append(maak("p", "", delen), k);
      verdeling.replaceChildren(kop_, r);
      return;
    }
    const vorm = maak("form", "vraag"), velden = er.map((g) => [g.naam, veld(`${g.naam}, in procenten`, String(Math.round(100 * g.aandeel)), "getal")]), reden = veld("Waarom?", ""), rij_ = maak("div", "knoppen"), ja = maak("button", "eerste", "Bewaar de verdeling"), som = maak("p", "stil"), dicht = () => { s.verdeling = false; tekenVerdeling(); verdeling.querySelector("button")?.focus(); };
    ja.type = "submit";
    const tel = () => { const t = velden.reduce((n, [, v]) => n + (lees(v.invoer) || 0), 0); som.textContent = t === 100 ? "Samen 100%." : `Samen ${getal(t)}%; het werkboek rekent dat om naar 100%.`; };
    for (const [, v] of velden) v.invoer.addEventListener("input", tel);
    tel();
    rij_.append(ja, knop("Annuleer", "stil", dicht));
    const naast = maak("div", "naast");
    naast.append(...velden.map(([, v]) => v.el));
    vorm.append(naast, som, reden.el, rij_);
    vorm.addEventListener("keydown", (e) => { if (e.key === "Escape") { e.stopPropagation(); dicht(); } });
    vorm.addEventListener("submit", (e) => { e.preventDefault(); doen({ soort: "aandelen", aandelen: Object.fromEntries(velden.map(([n, v]) => [n, lees(v.invoer)])), reden: reden.invoer.value }, () => { dicht(); meld("De verdeling is bewaard."); }, vorm); });
    const weg = er.map((g) => metReden(`Haal ${g.naam} eruit`, `Haal ${g.naam} eruit`, `De gewichten van ${g.naam} tellen dan niet meer mee.`, (r, vorm_) => doen({ soort: "groep_weg", groep: g.naam, reden: r }, () => { s.verdeling = false; tekenVerdeling(); verder(gekozenTab()); meld(`${g.naam} telt niet meer mee.`); }, vorm_), "gevaar"));
    verdeling.replaceChildren(kop_, vorm, ...weg);
  }

  // -- what Python sends --------------------------------------------------------------------------
  const meld = (tekst) => { melder.textContent = tekst; };
  /* What had the focus is gone after drawing anew: go on from here, and not from the top of the page. */
  const verder = (hier) => { if (document.activeElement === document.body || !document.activeElement?.isConnected) hier?.focus(); };
  const gekozenTab = () => tabs.querySelector("[aria-pressed=true]");
  function ververs() {
    // A draft that is the same as what is stored is no draft any more (kept after a conflict, or stored elsewhere).
    for (const g of beeld().groepen ?? []) if (g.methode && s.concept[g.naam]?.[g.methode] && vast(s.concept[g.naam][g.methode]) === vast(g.antwoorden)) delete s.concept[g.naam];
    if (s.bewerk && !criteria().some((c) => c.criterium === s.bewerk)) s.bewerk = null;
    s.groep ??= groepen()[0]?.naam ?? null;
    tekenLinks(); tekenVerdeling();
    // What others do elsewhere does not draw the questions anew under somebody's hands.
    const nu = vast([criteria().map((c) => ({ ...c, aandeel: 0, gevolg: "" })), groep() ?? null, methode()]);
    if (nu !== s.getekend) { s.getekend = nu; tekenRechts(); } else { tekenGroepen(); tekenStaat(); }
    weeg();
    if (criteria().length) el.dataset.klaar = "ja";
  }
  model.on("msg:custom", (bericht) => {
    if (bericht.soort === "weging" && bericht.groep === s.groep && bericht.methode === methode()) {
      s.weging = bericht;
      tekenBalken(); vergelijker.lijst?.(); tekenUitslag(); tekenStaat();
    } else if (bericht.soort === "klaar") {
      const { klaar, vorm } = s.wacht[bericht.nr] ?? {};
      delete s.wacht[bericht.nr];
      if (bericht.gelukt) klaar?.();
      else if (bericht.fout && vorm?.isConnected) { vormfout(vorm, bericht.fout); meld("Niet opgeslagen."); }
      else { toonFout(el); meld("Niet opgeslagen. Kijk bovenaan wat er is."); }
      el.dataset.gedaan = String(bericht.nr);
    }
  });
  model.on("change:beeld", ververs);
  ververs();
  // Ten answers are gone when the page closes: the browser asks first.
  const blijf = (e) => { if (Object.keys(s.concept).some(heeftConcept)) e.preventDefault(); };
  window.addEventListener("beforeunload", blijf);
  return () => { clearTimeout(klok); window.removeEventListener("beforeunload", blijf); };
}
export default { render };
