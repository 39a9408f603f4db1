/* Choosing: four parts of one screen, each a view of its own model. Data only through textContent. */
/* maak, uid, knop, plat and kiezer are those of kiezer.js. */
const vakje = (klasse, ...kinderen) => { const v = maak("div", klasse); v.append(...kinderen.filter(Boolean)); return v; };
const kaart = (titel) => { const s = maak("section", "ow-deel"), h = maak("h2", "", titel); h.id = uid(); s.setAttribute("aria-labelledby", h.id); s.append(h); return s; };
const veld = (label, invoer, hulp) => {
  const l = maak("label", "", label), v = vakje("veld", l, invoer);
  invoer.id = l.htmlFor = uid();
  if (hulp) { hulp.id = invoer.id + "h"; invoer.setAttribute("aria-describedby", hulp.id); v.append(hulp); }
  return v;
};
const tekstveld = () => { const i = maak("input"); i.type = "text"; i.autocomplete = "off"; return i; };
const uitklap = (titel) => { const d = maak("details"), s = maak("summary", "", titel); d.append(s); return d; };
const zet = (e, tekst) => { if (e.textContent !== tekst) e.textContent = tekst; e.hidden = !tekst; };
/* Redraw a list without taking the focus away from who is in it. */
function herteken(vak, kinderen) {
  const naam = vak.contains(document.activeElement) ? document.activeElement.dataset.naam : null;
  vak.replaceChildren(...kinderen);
  if (naam) vak.querySelector(`[data-naam="${CSS.escape(naam)}"]`)?.focus();
}
const metNaam = (e, naam) => { e.dataset.naam = naam; return e; };

/* What a part sends to be stored gets one answer: `klaar` with the same number. */
function bode(model) {
  const wacht = new Map();
  let nr = 0;
  model.on("msg:custom", (b) => { if (b.soort === "klaar") { wacht.get(b.nr)?.(b); wacht.delete(b.nr); } });
  return { stuur: (soort, meer = {}) => model.send({ soort, ...meer }), leg: (soort, meer, klaar) => { wacht.set(++nr, klaar); model.send({ soort, nr, ...meer }); } };
}

/* A line to give a reason in, and to store with Enter. `extra` stands before the reason; `lees` gives the message. */
function redenvorm({ knoptekst, extra = [], lees, post, klaar, annuleer }) {
  const vorm = maak("form", "redenvorm"), reden = tekstveld(), fout = maak("p", "fout"), opslaan = maak("button", "eerste", knoptekst);
  fout.setAttribute("role", "alert"); fout.hidden = true;
  opslaan.type = "submit"; reden.required = false; reden.maxLength = 300;
  const knoppen = vakje("knoppen", opslaan, annuleer && knop("Annuleer", "stil", annuleer));
  vorm.append(...extra, veld("Reden", reden), knoppen, fout);
  vorm.addEventListener("submit", (e) => {
    e.preventDefault();
    if (!reden.value.trim()) { zet(fout, "Schrijf erbij waarom; dat hoort bij de keuze."); reden.focus(); return; }
    const b = lees();
    if (!b) return;
    opslaan.disabled = true;
    const [soort, meer] = b;
    post.leg(soort, { ...meer, reden: reden.value }, (r) => {
      opslaan.disabled = false;
      zet(fout, r.gelukt ? "" : r.fout);
      if (r.gelukt) { reden.value = ""; klaar?.(); }
    });
  });
  vorm.addEventListener("keydown", (e) => { if (e.key === "Escape" && annuleer && !e.defaultPrevented) { e.preventDefault(); annuleer(); } });
  return { el: vorm, reden, meld: (t) => zet(fout, t) };
}
/* A button that opens a reason line in its place. */
function redenknop(tekst, naam, post, lees) {
  const vak = maak("div", "redenknop");
  const dicht = (focus) => { vak.replaceChildren(k); if (focus) k.focus(); };
  const k = metNaam(knop(tekst, "stil", () => {
    const v = redenvorm({ knoptekst: tekst, lees, post, klaar: () => dicht(false), annuleer: () => dicht(true) });
    vak.replaceChildren(v.el); v.reden.focus();
  }), naam);
  dicht(false);
  return vak;
}

// -- the head: conclusion, progress, what clashes ----------------------------------------------------
function kop(model, el, post) {
  const deel = maak("section", "ow-deel kop"), keuze = maak("select"), boven = vakje("boven", maak("h2", "vraag", "Welke ambities passen samen het best?"), veld("Scenario", keuze));
  const dicht = maak("p", "stil"), zin = maak("p", "zin"), staat = maak("p", "staat"), advies = maak("p", "advies"), letop = maak("p", "letop"), botsing = maak("div", "botsing");
  const balk = maak("div", "balk"), vol = maak("i"), loop = maak("span"), stop = knop("Stop: neem de beste tot nu toe", "stil", () => post.stuur("stop"));
  const voortgang = vakje("voortgang", balk, loop, stop), verder = knop("Zoek verder naar een betere", "stil", () => post.stuur("verder"));
  deel.setAttribute("aria-label", "De beste shortlist");
  zin.setAttribute("role", "status"); staat.setAttribute("role", "status");
  balk.append(vol); balk.setAttribute("role", "progressbar"); balk.setAttribute("aria-label", "Zoektijd"); balk.setAttribute("aria-valuemin", "0"); balk.setAttribute("aria-valuemax", "100");
  voortgang.hidden = true;
  keuze.addEventListener("change", () => post.stuur("scenario", { code: keuze.value }));
  deel.append(boven, dicht, zin, staat, voortgang, verder, advies, letop, botsing);
  el.append(deel);
  const STAAT = { oud: "◌ Dit was de uitkomst voor de laatste wijziging. De nieuwe shortlist wordt gezocht.", mislukt: "▲ De nieuwe shortlist kon niet worden berekend. Wijzig een keuze, of laad de pagina opnieuw.", voorlopig: "◌ Dit is de beste tot nu toe; er wordt nog gezocht.", geen: "◌ De beste shortlist wordt gezocht.", actueel: "" };
  let klok = 0, sinds = 0, botsmerk = "";
  function teken() {
    const b = model.get("beeld");
    if (!b.scenarios) return;
    keuze.replaceChildren(...b.scenarios.map((s) => new Option(s.label, s.waarde, false, s.waarde === b.scenario)));
    zet(dicht, b.dicht ? "Dit scenario is vastgesteld en verandert niet meer. Maak er een kopie van om verder te kiezen." : "");
    zet(zin, b.leeg || b.conclusie);
    zet(staat, b.leeg ? "" : STAAT[b.staat]);
    el.classList.toggle("oud", b.staat === "oud" || b.staat === "mislukt");
    zet(advies, b.advies); zet(letop, b.letop ? `▲ ${b.letop}` : "");
    verder.hidden = !b.verder || model.get("bezig");
    const m = JSON.stringify([b.botsing, b.dicht]);
    if (m !== botsmerk) { botsmerk = m; tekenBotsing(b); }
    el.dataset.staat = b.staat;
    el.dataset.bezig = String(model.get("bezig"));
    el.dataset.versie = String(+(el.dataset.versie ?? 0) + 1);
  }
  function tekenBotsing(b) {
    botsing.hidden = !b.botsing;
    if (!b.botsing) return botsing.replaceChildren();
    const { eisen, klaar } = b.botsing;
    if (!eisen.length) return botsing.replaceChildren(maak("p", "stil", klaar ? "Welke eisen botsen, is in de tijd die er was niet gevonden. Maak een grens ruimer." : "◌ Er wordt uitgezocht welke eisen niet samen kunnen."));
    const ul = maak("ul");
    eisen.forEach((e, i) => {
      const li = maak("li");
      li.append(maak("span", "", `■ ${e.zin[0].toUpperCase()}${e.zin.slice(1)}`));
      if (!b.dicht && e.knop) li.append(redenknop(e.knop, `eis${i}`, post, () => ["versoepel", { nr_eis: i }]));
      ul.append(li);
    });
    botsing.replaceChildren(maak("h3", "", eisen.length === 1 ? "Deze eis kan niet" : "Deze eisen kunnen niet samen. Laat er één los:"), ul);
  }
  // The answer comes from another process: ask while it is on its way, one question at a time.
  const vraag = (na) => { clearTimeout(klok); klok = setTimeout(() => { post.stuur("kijk"); vraag(3000); }, na); };
  function wachten() {
    clearTimeout(klok);
    if (model.get("bezig")) { sinds = sinds || performance.now(); vraag(150); }
    else { sinds = 0; voortgang.hidden = true; verder.hidden = !model.get("beeld").verder; }
    // Before the first answer of Python nothing is known: that is no rest.
    el.dataset.bezig = String(model.get("bezig") || !model.get("beeld").scenarios);
  }
  model.on("msg:custom", (b) => {
    if (b.soort !== "gekeken") return;
    const v = b.voortgang;
    voortgang.hidden = !v || performance.now() - sinds < 800;
    if (v) { loop.textContent = v.zin; vol.style.width = `${v.aandeel * 100}%`; balk.setAttribute("aria-valuenow", String(Math.round(v.aandeel * 100))); stop.hidden = !v.stop; if (v.stop && stop.textContent !== v.stop) stop.textContent = v.stop; }
    if (model.get("bezig")) vraag(250);
  });
  model.on("change:beeld", teken);
  model.on("change:bezig", wachten);
  teken(); wachten();
  return () => clearTimeout(klok);
}

// -- beside the timeline: limits, and coverage -------------------------------------------------------
function zij(model, el, post) {
  const grenzen = kaart("Waar moet het in passen?"), dekking = kaart("Wat van ieders vijf zit erin?"), lijst = maak("ul", "dekking");
  const velden = new Map(), anders = {}, los = maak("div", "velden"), perJaar = uitklap("Budget per jaar"), perDomein = uitklap("Minstens per domein"), samen = uitklap("Volgorde en niet samen");
  const ja = knop("Ja", "", () => wissel(true)), nee = knop("Nee", "", () => wissel(false)), wet = maak("div", "veld wet"), wetnaam = maak("span", "label", "Wettelijke taken moeten erin");
  wetnaam.id = uid();
  const groep = vakje("keuzes", ja, nee); groep.setAttribute("role", "group"); groep.setAttribute("aria-labelledby", wetnaam.id);
  wet.append(wetnaam, groep);
  const vast = redenvorm({ knoptekst: "Leg vast", post, lees: () => ["grenzen", { waarden: { ...anders } }], klaar: () => { for (const k in anders) delete anders[k]; teken(); }, annuleer: () => { for (const k in anders) delete anders[k]; for (const v of velden.values()) v.invoer.value = v.was; teken(); } });
  vast.el.hidden = true;
  const paren = maak("ul", "paren"), nieuw = maak("div", "nieuwpaar");
  samen.append(paren, nieuw);
  grenzen.append(los, perJaar, perDomein, samen, vast.el);
  // Applied with Enter, as every form; a limit that is being typed stays through a redraw.
  grenzen.addEventListener("keydown", (e) => { if (e.key === "Enter" && e.target.dataset.grens) { e.preventDefault(); vast.reden.focus(); } });
  dekking.append(lijst);
  el.append(grenzen, dekking);
  function wissel(w) { if (w === model.get("beeld").wettelijk) delete anders.wettelijk; else anders.wettelijk = w; teken(); }
  function grensveld(g) {
    const invoer = tekstveld(), hulp = maak("p", "hulp"), v = { invoer, hulp, was: "", el: null };
    invoer.dataset.grens = g.naam; invoer.inputMode = "text"; invoer.placeholder = g.naam.startsWith("minstens") ? "geen" : "geen grens";
    v.el = veld(g.euro ? `${g.kop} (euro)` : g.kop, invoer, hulp);
    invoer.addEventListener("input", () => { if (invoer.value.trim() === v.was) delete anders[g.naam]; else anders[g.naam] = invoer.value; tekenVast(); });
    velden.set(g.naam, v);
    (g.naam.startsWith("budget|2") ? perJaar : g.naam.startsWith("minstens") ? perDomein : los).append(v.el);
    return v;
  }
  function tekenVast() { vast.el.hidden = !Object.keys(anders).length; if (vast.el.hidden) vast.meld(""); }
  function teken() {
    const b = model.get("beeld");
    if (!b.grenzen) return;
    for (const g of b.grenzen) {
      const v = velden.get(g.naam) ?? grensveld(g);
      v.was = g.waarde;
      if (!(g.naam in anders)) v.invoer.value = g.waarde;
      v.invoer.disabled = b.dicht;
      v.hulp.textContent = [g.vol && "▲ vol", g.gebruikt, g.herkomst && (g.eigen ? g.herkomst : `Bron: ${g.herkomst}`)].filter(Boolean).join(" · ");
      if (g.eigen && g.waarde && v.el.parentElement.tagName === "DETAILS" && !v.el.parentElement.dataset.gezien) { v.el.parentElement.open = true; v.el.parentElement.dataset.gezien = "ja"; }
    }
    if (!wet.isConnected) los.append(wet);
    const w = anders.wettelijk ?? b.wettelijk;
    ja.setAttribute("aria-pressed", String(w)); nee.setAttribute("aria-pressed", String(!w)); ja.disabled = nee.disabled = b.dicht;
    tekenVast();
    tekenParen(b);
    tekenDekking(b);
    el.dataset.versie = String(+(el.dataset.versie ?? 0) + 1);
  }
  let parenmerk = "", optiemerk = "";
  function tekenParen(b) {
    const m = JSON.stringify([b.paren, b.dicht]);
    if (m !== parenmerk) {
      parenmerk = m;
      herteken(paren, b.paren.map((p) => {
        const li = maak("li");
        li.append(maak("span", "", p.zin), maak("span", "hulp", p.herkomst));
        if (!b.dicht) li.append(redenknop("Haal weg", p.sleutel, post, () => ["weg", { sleutel: p.sleutel }]));
        return li;
      }));
    }
    const o = b.dicht ? "dicht" : b.opties.map((x) => x.waarde).join();
    if (o === optiemerk || nieuw.contains(document.activeElement)) return;
    optiemerk = o;
    nieuw.replaceChildren();
    if (b.dicht) return;
    const soort = maak("select"), a = kiezer({ label: "Deze ambitie", opties: b.opties }), c = kiezer({ label: "En die", opties: b.opties });
    soort.append(new Option("Eerst deze, dan die", "volgorde"), new Option("Een van de twee", "niet_samen"));
    const v = redenvorm({ knoptekst: "Voeg toe", post, extra: [a.el, c.el, veld("Wat is er met deze twee?", soort)],
      lees: () => { const x = a.lees(), y = x && c.lees(); return y ? ["paar", { wat: soort.value, a: x.waarde, b: y.waarde }] : null; },
      klaar: () => { a.zet(null); c.zet(null); } });
    nieuw.append(v.el);
  }
  function tekenDekking(b) {
    const open = new Set([...lijst.querySelectorAll("details[open]")].map((d) => d.dataset.lid));
    herteken(lijst, b.dekking.map((d) => {
      const li = maak("li"), det = uitklap(""), s = det.firstChild, wat = maak("ul");
      det.dataset.lid = d.lid; det.open = open.has(d.lid);
      metNaam(s, d.lid);
      const stip = maak("span", "stippen", "●".repeat(d.in) + "○".repeat(d.van - d.in));
      stip.setAttribute("aria-hidden", "true");
      s.append(maak("span", "lid", d.lid), stip, maak("b", "", `${d.in} van ${d.van}`));
      if (d.was !== d.in) s.append(maak("span", d.in > d.was ? "meer" : "minder", d.in > d.was ? `▲ was ${d.was}` : `▼ was ${d.was}`));
      for (const v of d.stemmen) wat.append(maak("li", v.in ? "erin" : "eruit", `${v.in ? "✓ erin" : "– eruit"}: ${v.titel}`));
      det.append(wat); li.append(det);
      return li;
    }));
    dekking.hidden = !b.dekking.length;
  }
  model.on("change:beeld", teken);
  teken();
}

// -- everything that can be chosen, with why not and the last word by hand ---------------------------
const MERK = { wettelijk: "wettelijk", in: "vast erin", uit: "vast eruit" };
function lijst(model, el, post) {
  const deel = kaart("Wat is erin, wat is eruit, en waarom?"), chips = maak("div", "chips"), zoek = tekstveld(), werk = maak("div", "werk"), rol = maak("div", "rol"), detail = maak("section", "detail");
  const tabel = maak("table"), bijschrift = maak("caption", "ow-alleen-voorlezen"), hoofd = maak("thead"), romp = maak("tbody"), meer = knop("", "stil", () => { const n = romp.children.length; s.alle = true; tekenTabel(); romp.children[n]?.querySelector("button")?.focus(); });
  const s = { groep: "uit", zoek: "", alle: false, hier: null, waarom: new Map(), vraagt: null, vorm: null, merk: "" };
  chips.setAttribute("role", "group"); chips.setAttribute("aria-label", "Toon");
  zoek.type = "search"; detail.setAttribute("aria-label", "Gekozen ambitie"); detail.setAttribute("aria-live", "polite");
  const feitvak = maak("div"), waaromvak = maak("div", "waaromvak"), doevak = maak("div", "doevak");
  detail.append(feitvak, waaromvak, doevak);
  tabel.append(bijschrift, hoofd, romp); rol.append(tabel, meer); werk.append(rol, detail);
  const staat = maak("p", "staat");
  deel.append(staat, vakje("balkje", chips, veld("Zoek", zoek)), werk);
  el.append(deel);
  const rijen = () => model.get("beeld").rijen ?? [], rij = (id) => rijen().find((r) => r.id === id);
  zoek.addEventListener("input", () => { s.zoek = plat(zoek.value); tekenTabel(); });

  // Made once: a chip that is pressed while an answer comes must still be there.
  const chip = {};
  for (const [w, naam] of [["uit", "Eruit"], ["in", "Erin"]]) {
    chip[w] = knop(`${naam} `, "chip", () => { s.groep = w; s.alle = false; tekenChips(); tekenTabel(); });
    chip[w].append(maak("b"));
    chips.append(chip[w]);
  }
  function tekenChips() {
    for (const [w, k] of Object.entries(chip)) {
      k.lastChild.textContent = String(rijen().filter((r) => r.in === (w === "in")).length);
      k.setAttribute("aria-pressed", String(s.groep === w));
    }
  }
  const KOP = { uit: ["Plaats", "Ambitie", "Score", "Uren", "Team", ""], in: ["Plaats", "Ambitie", "Score", "Begin", "Eind", "Vast"] };
  const RECHTS = new Set(["Plaats", "Score", "Uren"]);
  function tekenTabel() {
    const woorden = s.zoek.split(/\s+/).filter(Boolean), alle = rijen().filter((r) => r.in === (s.groep === "in") && woorden.every((w) => plat(`${r.id} ${r.titel} ${r.team} ${r.domein}`).includes(w)));
    const toon = s.alle ? alle : alle.slice(0, 15);
    bijschrift.textContent = s.groep === "in" ? "Ambities op de shortlist" : "Ambities die er niet op staan";
    const tr = maak("tr");
    for (const k of KOP[s.groep]) { const th = maak(k ? "th" : "td", RECHTS.has(k) ? "rechts" : "", k); if (k) th.scope = "col"; tr.append(th); }
    hoofd.replaceChildren(tr);
    const eerste = toon.some((r) => r.id === s.hier) ? s.hier : toon[0]?.id;
    herteken(romp, toon.map((r) => maakRij(r, r.id === eerste)));
    zet(meer, toon.length < alle.length ? `Toon alle ${alle.length}` : "");
    if (!toon.length) { const leeg = maak("tr"), td = maak("td", "stil", rijen().length ? "Niets gevonden." : "Hier staat straks wat gekozen kan worden."); td.colSpan = 6; leeg.append(td); romp.append(leeg); }
  }
  function maakRij(r, tab) {
    const tr = maak("tr"), th = maak("th"), k = metNaam(knop("", "titel", () => kies(r.id)), `r${r.id}`);
    const tekst = maak("span");
    tekst.append(maak("b", "", r.id), ` ${r.titel}`);
    k.append(tekst);
    k.tabIndex = tab ? 0 : -1;
    th.scope = "row"; th.append(k);
    if (r.vast && s.groep === "uit") th.append(maak("span", "merk", MERK[r.vast] ?? r.vast));
    tr.append(maak("td", "rechts", r.rang || "–"), th, maak("td", "rechts", r.score));
    if (s.groep === "in") tr.append(maak("td", "", r.begin), maak("td", "", r.eind), maak("td", "", MERK[r.vast] ?? ""));
    else {
      const vraag = metNaam(knop("Waarom niet?", "klein", () => { kies(r.id); vraagWaarom(r.id); }), `w${r.id}`);
      vraag.setAttribute("aria-label", `Waarom niet ${r.id}?`); vraag.tabIndex = tab ? 0 : -1;
      const td = maak("td"); td.append(vraag);
      tr.append(maak("td", "rechts", r.uren), maak("td", "", r.team), td);
    }
    if (r.id === s.hier) tr.setAttribute("aria-current", "true");
    tr.dataset.id = r.id;
    return tr;
  }
  romp.addEventListener("keydown", (e) => {
    const stap = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (!stap) return;
    e.preventDefault();
    const alle = [...romp.querySelectorAll("tr[data-id]")], n = alle[alle.indexOf(e.target.closest("tr")) + stap];
    if (n) { kies(n.dataset.id); romp.querySelector(`[data-naam="r${CSS.escape(n.dataset.id)}"]`)?.focus(); }
  });

  function kies(id, groep) {
    if (s.hier !== id) sluitVorm();
    s.hier = id;
    const r = rij(id);
    if (groep && r) { s.groep = r.in ? "in" : "uit"; s.alle = true; tekenChips(); }
    tekenTabel(); tekenDetail();
  }
  function vraagWaarom(id) { if (!s.waarom.has(id)) { s.vraagt = id; post.stuur("waarom", { id }); } tekenDetail(); }
  function tekenDetail() {
    const r = rij(s.hier), b = model.get("beeld");
    if (!r) { feitvak.replaceChildren(maak("p", "stil", "Kies een ambitie om te zien waarom zij erin of eruit is, en om het laatste woord te hebben.")); waaromvak.replaceChildren(); doevak.replaceChildren(); return; }
    const h = maak("h3"), dl = maak("dl"), feit = (n, w) => { if (w) { const d = maak("div"); d.append(maak("dt", "", n), maak("dd", "", w)); dl.append(d); } };
    h.append(maak("b", "", r.id), ` ${r.titel}`);
    feit("Nu", r.reden[0].toUpperCase() + r.reden.slice(1));
    feit("Plaats in de rangorde", r.rang && `${r.rang}, score ${r.score}`);
    feit("Team", r.team); feit("Domein", r.domein); feit("Uren", r.uren); feit("Budget", r.budget);
    feit("Eigen wens", r.wens); feit("Loopt", r.begin && `${r.begin} tot en met ${r.eind}`);
    herteken(feitvak, [h, dl]);
    tekenWaarom(r, b);
    if (!s.vorm) herteken(doevak, b.dicht ? [] : [knoppen(r)]);
  }
  function tekenWaarom(r) {
    if (r.in) return waaromvak.replaceChildren();
    const w = s.waarom.get(r.id);
    if (s.vraagt === r.id) return waaromvak.replaceChildren(maak("p", "stil", "◌ Er wordt uitgezocht wat er moet wijken."));
    if (!w) return herteken(waaromvak, [metNaam(knop("Waarom niet?", "", () => vraagWaarom(r.id)), "waarom")]);
    const ul = maak("ul");
    for (const z of w.zinnen) ul.append(maak("li", "", `${z}.`));
    herteken(waaromvak, [maak("h4", "", "Waarom niet?"), ul]);
  }
  function knoppen(r) {
    const vak = maak("div", "knoppen"), open = (naam, tekst, lees, extra) => metNaam(knop(`${tekst}…`, "", () => openVorm(r, naam === "begin" ? "Leg het begin vast" : tekst, lees, extra?.())), naam);
    if (r.vast !== "in") vak.append(open("in", "Zet vast erin", () => ["vast", { id: r.id, waarde: "in" }]));
    if (r.vast !== "uit") vak.append(open("uit", "Houd eruit", () => ["vast", { id: r.id, waarde: "uit" }]));
    if (r.vast === "in" || r.vast === "uit") vak.append(open("los", "Laat los", () => ["weg", { sleutel: `vast|${r.id}` }]));
    const kw = maak("select");
    vak.append(open("begin", "Begin in", () => ["start", { id: r.id, kwartaal: kw.value }], () => {
      kw.replaceChildren(...(model.get("beeld").kwartalen ?? []).map((k) => new Option(k.label, k.waarde, false, k.waarde === (r.start || r.begin))));
      return [veld("Begin in", kw)];
    }));
    if (r.start) vak.append(open("beginlos", "Laat het begin los", () => ["weg", { sleutel: `start|${r.id}` }]));
    return vak;
  }
  function openVorm(r, tekst, lees, extra = []) {
    s.vorm = redenvorm({ knoptekst: tekst, lees, post, extra, klaar: () => { sluitVorm(); tekenDetail(); }, annuleer: () => { sluitVorm(); tekenDetail(); doevak.querySelector("button")?.focus(); } });
    doevak.replaceChildren(s.vorm.el);
    (extra[0]?.querySelector("select") ?? s.vorm.reden).focus();
  }
  const sluitVorm = () => { s.vorm = null; };

  function teken() {
    const b = model.get("beeld");
    if (!b.rijen) return;
    if (b.merk !== s.merk) { s.merk = b.merk; s.waarom.clear(); s.vraagt = null; }
    zet(staat, b.rijen.length ? { oud: "◌ Nog de vorige shortlist; de nieuwe wordt gezocht.", mislukt: "▲ Nog de vorige shortlist; de nieuwe kon niet worden berekend.", voorlopig: "◌ De beste tot nu toe; er wordt nog gezocht." }[b.staat] ?? "" : "");
    tekenChips(); tekenTabel(); tekenDetail();
    el.dataset.versie = String(+(el.dataset.versie ?? 0) + 1);
  }
  model.on("msg:custom", (b) => {
    if (b.soort === "waarom" && b.merk === s.merk) { s.waarom.set(b.item, b); if (s.vraagt === b.item) s.vraagt = null; if (s.hier === b.item) tekenDetail(); }
    else if (b.soort === "geen waarom") { s.vraagt = null; tekenDetail(); }
    else if (b.soort === "kies") { kies(b.id, true); deel.scrollIntoView({ block: "start" }); romp.querySelector(`[data-naam="r${CSS.escape(b.id)}"]`)?.focus({ preventScroll: true }); }
  });
  model.on("change:beeld", teken);
  teken();
}

// -- what people fixed -------------------------------------------------------------------------------
function hand(model, el, post) {
  const deel = kaart("Wat is met de hand vastgezet?"), handlijst = maak("ul", "hand"), andersvak = maak("div", "anders");
  deel.append(handlijst, andersvak);
  el.append(deel);
  let handmerk = "", andersmerk = "";
  function teken() {
    const b = model.get("beeld");
    if (!b.hand) return;
    const m = JSON.stringify([b.hand, b.dicht]);
    if (m !== handmerk) {
      handmerk = m;
      herteken(handlijst, b.hand.map((h) => {
        const li = maak("li"), wat = maak("span");
        wat.append(maak("b", "", h.id), ` ${h.titel}: ${h.wat}${h.kan_niet ? ` (deze keuze kan niet meer: ${h.kan_niet})` : h.telt ? "" : " (telt nu niet mee: nog niet beoordeeld)"}`);
        li.append(wat, maak("span", "hulp", h.herkomst));
        if (!b.dicht) li.append(redenknop("Laat los", h.sleutel, post, () => ["weg", { sleutel: h.sleutel }]));
        return li;
      }));
      if (!b.hand.length) handlijst.append(maak("li", "stil", "Niets. Dit is het advies, zonder keuzes van mensen."));
    }
    const o = b.dicht ? "dicht" : b.anders.map((x) => x.waarde).join();
    if (o === andersmerk || andersvak.contains(document.activeElement)) return;
    andersmerk = o;
    andersvak.replaceChildren();
    if (b.dicht || !b.anders.length) return;
    const d = uitklap("Zet een ambitie erin die nog niet beoordeeld is"), k = kiezer({ label: "Welke ambitie?", opties: b.anders });
    d.append(redenvorm({ knoptekst: "Zet vast erin", post, extra: [k.el], lees: () => { const x = k.lees(); return x ? ["vast", { id: x.waarde, waarde: "in" }] : null; }, klaar: () => k.zet(null) }).el);
    andersvak.append(d);
  }
  model.on("change:beeld", teken);
  teken();
}

// -- value against capacity --------------------------------------------------------------------------
function front(model, el, post) {
  const deel = kaart("Wat doet meer of minder ruimte?"), uitleg = maak("p", "stil", "De beste shortlist bij de helft tot anderhalf keer zoveel, punt voor punt berekend."), knoppen = maak("div", "knoppen"), loop = maak("p", "staat");
  const uren = knop("Reken uit voor uren", "", () => post.stuur("front", { wat: "uren" })), budget = knop("Reken uit voor budget", "", () => post.stuur("front", { wat: "budget" })), stop = knop("Stop", "stil", () => post.stuur("frontstop"));
  loop.setAttribute("role", "status");
  knoppen.append(uren, budget, stop);
  deel.append(uitleg, knoppen, loop);
  el.append(deel);
  function teken() {
    const b = model.get("beeld");
    uren.disabled = !b.kan || b.loopt; budget.disabled = uren.disabled; budget.hidden = !b.budget; stop.hidden = !b.loopt;
    zet(loop, b.voortgang ? `◌ ${b.voortgang}` : "");
    el.dataset.loopt = String(Boolean(b.loopt));
  }
  model.on("change:beeld", teken);
  teken();
}

const DELEN = { kop, hand, zij, lijst, front };
function render({ model, el }) {
  el.classList.add("ow-kiezen", `ow-kiezen-${model.get("deel")}`);
  el.dataset.versie = "0";
  return DELEN[model.get("deel")](model, el, bode(model));
}
export default { render };
