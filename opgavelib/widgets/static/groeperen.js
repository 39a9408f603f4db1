/* Grouping: opgaven and proposals on the left, the rows of one of them on the right. Rows move by dragging or by menu. */
const OPEN = ":open";
const nl = (n) => n.toLocaleString("nl-NL");
const rijen_ = (n) => telwoord(n, "rij", "rijen");

function render({ model, el }) {
  el.classList.add("ow-groeperen");
  const s = { rijen: new Map(), tab: "opgaven", kies: OPEN, zoek: "", woorden: [], vraag: null, nr: 0, weg: new Set(), laatste: "", sleep: null, begonnen: false, wacht: {} };
  const stuur = (bericht) => model.send(bericht);

  // -- the parts ----------------------------------------------------------------------------------
  const zin = maak("p", "zin"), balk = maak("div", "ow-balk"), legenda = maak("p", "legenda"), perDomein = maak("p", "legenda");
  balk.setAttribute("role", "img");
  const stand = maak("div", "stand");
  stand.append(zin, balk, legenda, perDomein);
  const werk = maak("div", "werk"), links = maak("div", "links"), rechts = maak("section", "rechts"), tabs = maak("div", "tabs"), boven = maak("div", "boven"), kolom = maak("div", "kolom");
  tabs.setAttribute("role", "group"); tabs.setAttribute("aria-label", "Wat staat links");
  links.append(tabs, boven, kolom);
  const kop = maak("div", "kop"), vraagvak = maak("div"), gereedschap = maak("div", "gereedschap"), niets = maak("div", "niets");
  const zoek = maak("input"), zoeklabel = maak("label", "ow-alleen-voorlezen", "Zoek in deze rijen"), telling = maak("p", "telling"), acties = maak("div", "acties");
  zoek.type = "search"; zoek.id = uid(); zoek.placeholder = "Zoek"; zoeklabel.htmlFor = zoek.id;
  telling.setAttribute("role", "status");
  gereedschap.append(zoeklabel, zoek, telling, acties);
  const lijst = rijenlijst({ label: "Rijen van deze groep. V verplaatst, N maakt een nieuwe opgave.", hoog: 60, vul: (rij, id) => vulRij(rij, id), bij: () => tekenGereedschap(), toets: (e) => toets(e) });
  rechts.append(kop, vraagvak, gereedschap, lijst.el, niets);
  rechts.setAttribute("aria-label", "Rijen");
  werk.append(links, rechts);
  const melder = maak("div", "ow-alleen-voorlezen");
  melder.setAttribute("aria-live", "polite");
  el.append(stand, werk, melder);

  // -- what is there ------------------------------------------------------------------------------
  const opgave = (id) => model.get("opgaven").find((o) => o.id === id);
  const voorstellen = () => model.get("voorstellen").lijst.filter((v) => !s.weg.has(v.rijen.join()));
  const voorstel = () => (s.tab === "voorstellen" ? voorstellen().find((v) => v.id === s.kies) : undefined);
  function leden() {
    const v = voorstel();
    if (s.tab === "voorstellen") return v ? v.rijen.filter((id) => s.rijen.has(id)) : [];
    return [...s.rijen.values()].filter((r) => (s.kies === OPEN ? r.bestemming === "open" : r.naar === s.kies && r.bestemming === "opgave")).map((r) => r.id);
  }
  const zoekt = (id) => { const r = s.rijen.get(id); return s.woorden.every((w) => r.hooi.includes(w)); };

  function ververs(nieuw = false) {
    const wat = s.tab === "opgaven" ? (s.kies === OPEN || opgave(s.kies)) : voorstel();
    if (!wat) { s.kies = s.tab === "opgaven" ? OPEN : voorstellen()[0]?.id ?? null; nieuw = true; }
    if (nieuw) { s.zoek = zoek.value = ""; s.woorden = []; sluit(false); lijst.wis(); lijst.plek = 0; lijst.focus = null; lijst.el.scrollTop = 0; }
    tekenStand(); tekenLinks();
    if (nieuw && voorstel()) lijst.gekozen = new Set(leden());
    lijst.zet(leden().filter(zoekt));
    tekenKop();
    el.dataset.versie = String(+(el.dataset.versie ?? 0) + 1);
    if (s.begonnen) el.dataset.klaar = "ja";
  }
  const toonGroep = (id, tab = s.tab) => { s.tab = tab; s.kies = id; ververs(true); };

  // -- drawing ------------------------------------------------------------------------------------
  function tekenStand() {
    const v = model.get("voortgang");
    if (!v.delen) return;
    zin.textContent = v.conclusie;
    balk.replaceChildren(...v.delen.filter((d) => d.aantal).map((d) => { const b = maak("span", `b-${d.waarde}`); b.style.flexGrow = d.aantal; return b; }));
    balk.setAttribute("aria-label", v.delen.map((d) => `${d.naam} ${d.aantal}`).join(", "));
    legenda.replaceChildren(...v.delen.map((d) => {
      const deel = maak("span", "deel"), vlek = maak("i", `ow-vlek b-${d.waarde}`);
      vlek.setAttribute("aria-hidden", "true");
      deel.append(vlek, `${d.naam} `, maak("b", "", nl(d.aantal)));
      return deel;
    }), maak("span", "deel", `samen ${rijen_(v.totaal)}`));
    perDomein.replaceChildren(...v.per_domein.map((d) => {
      const deel = maak("span", "deel"), vlek = maak("i", `ow-vlek d-${d.domein ?? "geen"}`);
      vlek.setAttribute("aria-hidden", "true");
      deel.append(vlek, `${d.domein ?? "zonder domein"}: ${telwoord(d.opgaven, "opgave", "opgaven")}, ${rijen_(d.rijen)}`);
      return deel;
    }));
  }
  function tekenLinks() {
    const nOpgaven = model.get("opgaven").length, v = model.get("voorstellen"), nv = voorstellen().length;
    const tab = (id, tekst) => { const k = knop(tekst, "tab", () => { if (s.tab !== id) toonGroep(id === "opgaven" ? OPEN : voorstellen()[0]?.id ?? null, id); if (id === "voorstellen") vraagVoorstellen(); }); k.dataset.tab = id; k.setAttribute("aria-pressed", String(s.tab === id)); return k; };
    const was = links.contains(document.activeElement) ? document.activeElement.dataset.id ?? document.activeElement.dataset.tab : null;
    tabs.replaceChildren(tab("opgaven", `Opgaven ${nl(nOpgaven)}`), tab("voorstellen", v.staat === "niet" ? "Voorstellen" : `Voorstellen ${nl(nv)}`));
    const scroll = kolom.scrollTop;
    if (s.tab === "opgaven") {
      boven.replaceChildren(knop("Nieuwe opgave", "nieuw", () => vraagNieuw([])));
      const open = [...s.rijen.values()].filter((r) => r.bestemming === "open").length;
      kolom.replaceChildren(regel(OPEN, "Nog te sorteren", "", open, "b-open"), ...model.get("opgaven").map((o) => regel(o.id, o.titel, o.id, o.rijen, `d-${o.domein ?? "geen"}`)));
    } else {
      const stil = maak("p", "stil", { bezig: "Het werkboek zoekt rijen die bij elkaar passen. Dit duurt enkele seconden.", oud: "De rijen zijn sindsdien veranderd." }[v.staat] ?? v.zin);
      if (v.staat === "bezig") { stil.className = "bezigheid"; stil.prepend(maak("span", "draai")); }
      boven.replaceChildren(stil);
      if (v.staat === "oud" || v.staat === "klaar") boven.append(knop("Stel opnieuw voor", "", () => { s.weg.clear(); vraagVoorstellen(true); }));
      kolom.replaceChildren(...voorstellen().map((x) => regel(x.id, x.titel ?? (x.naam || "Zonder naam"), x.opgave ? `bij ${x.opgave}` : "nieuw", x.rijen.length, x.opgave ? `d-${opgave(x.opgave)?.domein ?? "geen"}` : "nieuw")));
    }
    kolom.scrollTop = scroll;
    if (was !== null) ([...kolom.children].find((k) => k.dataset.id === was) ?? tabs.querySelector(`[data-tab="${was}"]`) ?? kolom.firstChild)?.focus();
  }
  function regel(id, titel, code, aantal, klasse) {
    const k = knop("", "regel", () => toonGroep(id)), vlek = maak("i", `ow-vlek ${klasse}`), tekst = maak("span", "naam", titel);
    vlek.setAttribute("aria-hidden", "true");
    k.dataset.id = id;
    if (s.kies === id) k.setAttribute("aria-current", "true");
    k.append(vlek, maak("span", "code", code), tekst, maak("b", "", nl(aantal)));
    k.setAttribute("aria-label", `${code} ${titel}, ${rijen_(aantal)}`.trim());
    if (s.tab === "opgaven") {
      const mag = () => s.sleep && id !== s.kies;
      k.addEventListener("dragover", (e) => { if (mag()) { e.preventDefault(); k.classList.add("doel"); } });
      k.addEventListener("dragleave", () => k.classList.remove("doel"));
      k.addEventListener("drop", (e) => { e.preventDefault(); k.classList.remove("doel"); if (mag()) vraagVerplaats(s.sleep, id); s.sleep = null; });
    }
    return k;
  }
  kolom.addEventListener("keydown", (e) => {
    const ks = [...kolom.children], i = ks.indexOf(document.activeElement), naar = { ArrowDown: i + 1, ArrowUp: i - 1, Home: 0, End: ks.length - 1 }[e.key];
    if (i < 0) return;
    if (e.key === "ArrowRight") { e.preventDefault(); lijst.el.focus(); return; }
    if (naar === undefined || !ks[naar]) return;
    e.preventDefault();
    const id = ks[naar].dataset.id;
    toonGroep(s.tab === "voorstellen" ? +id : id);
    [...kolom.children].find((k) => k.dataset.id === id)?.focus();
  });

  function tekenKop() {
    const v = voorstel(), o = s.tab === "opgaven" ? opgave(s.kies) : null, h = maak("h3"), meta = maak("p", "stil"), knoppen = maak("div", "knoppen");
    kop.hidden = false;
    if (v) { kop.replaceChildren(tekenVoorstel(v)); return; }
    if (s.tab === "voorstellen") { kop.hidden = true; return; }
    h.textContent = o ? `${o.id} ${o.titel}` : "Nog te sorteren";
    meta.textContent = o ? [o.domein ?? "zonder domein", rijen_(o.rijen), o.activiteiten ? telwoord(o.activiteiten, "activiteit", "activiteiten") : ""].filter(Boolean).join(" · ") : "Rijen die nog geen bestemming hebben. Sleep ze naar een opgave, of kies ze en druk op V.";
    if (o) knoppen.append(knop("Wijzig naam of domein", "", () => vraagWijzig(o)), knop("Hef op", "", () => vraagHefOp(o)));
    const tekst = maak("div");
    tekst.append(h, meta);
    kop.replaceChildren(tekst, knoppen);
  }
  /* A proposal is redrawn only when another one is shown: its name may be half typed. */
  let voorstelVak = null;
  function tekenVoorstel(v) {
    const sleutel = `${v.id} ${v.rijen.join()}`;
    if (voorstelVak?.dataset.sleutel === sleutel) return voorstelVak;
    const vak = maak("form", "voorstel"), waarom = maak("p", "stil", v.reden);
    vak.dataset.sleutel = sleutel;
    const naam = veld("Naam van de opgave", v.naam), reden = veld("Waarom horen ze samen?", v.naam ? `Gaat over ${v.naam[0].toLowerCase()}${v.naam.slice(1)}` : ""), dom = domeinkeuze(v.domein), onder = maak("div", "knoppen");
    const gekozen = () => lijst.doelen().length && lijst.gekozen.size ? [...lijst.ids].filter((id) => lijst.gekozen.has(id)) : [];
    const doe = maak("button", "eerste", "");
    doe.type = "submit";
    vak.bij = () => { const n = lijst.gekozen.size; doe.textContent = v.opgave ? `Voeg ${rijen_(n)} toe aan ${v.opgave}` : `Maak een opgave van ${rijen_(n)}`; doe.disabled = !n; };
    onder.append(doe, knop("Bij een andere opgave", "", () => vraagVerplaats(gekozen(), null, reden.invoer.value)), knop("Sla over", "", () => { s.weg.add(v.rijen.join()); ververs(true); }));
    vak.append(maak("h3", "", v.opgave ? `${rijen_(v.rijen.length)} bij ${v.opgave} ${v.titel}?` : `Samen een opgave? ${rijen_(v.rijen.length)}`), waarom);
    const velden = maak("div", "velden");
    if (!v.opgave) velden.append(naam.el, dom.el);
    velden.append(reden.el);
    vak.append(velden, onder);
    vak.addEventListener("submit", (e) => {
      e.preventDefault();
      if (!reden.lees() || (!v.opgave && !naam.lees())) return;
      if (v.opgave) doen({ soort: "verplaats", rijen: gekozen(), naar: v.opgave, reden: reden.lees() }, `${rijen_(gekozen().length)} bij ${v.opgave} gevoegd.`);
      else doen({ soort: "maak", rijen: gekozen(), titel: naam.lees(), domein: dom.lees(), reden: reden.lees() }, `Opgave ${naam.lees()} gemaakt.`);
    });
    voorstelVak = vak;
    return vak;
  }
  function vulRij(rij, id) {
    const r = s.rijen.get(id), tekst = maak("div", "tekst"), herkomst = maak("div", "herkomst");
    tekst.append(maak("span", "titel", r.titel));
    if (r.omschrijving) { rij.classList.add("dubbel"); tekst.append(maak("span", "onder", r.omschrijving)); }
    herkomst.append(maak("span", "", r.bron), maak("span", "onder", [r.programma, r.domein].filter(Boolean).join(" · ")));
    rij.append(maak("span", "sleutel", r.id), tekst, herkomst);
    rij.draggable = s.tab === "opgaven";
    rij.addEventListener("dragstart", (e) => {
      s.sleep = lijst.gekozen.has(id) ? lijst.doelen() : [id];
      e.dataTransfer.effectAllowed = "move";
      e.dataTransfer.setData("text/plain", s.sleep.join(", "));
    });
    rij.addEventListener("dragend", () => { s.sleep = null; });
  }
  function tekenGereedschap() {
    const n = lijst.ids.length, k = lijst.gekozen.size, alle = leden().length;
    gereedschap.hidden = !alle;
    lijst.el.hidden = !n; niets.hidden = n > 0;
    telling.textContent = k ? `${nl(k)} van ${rijen_(n)} geselecteerd` : n < alle ? `${rijen_(n)} van ${nl(alle)}` : rijen_(n);
    telling.classList.toggle("aan", k > 0);
    if (s.tab === "opgaven") {
      const wie = lijst.doelen().length;
      const maakKnop = (tekst, toets, doe) => { const b = knop(tekst, "", doe); b.append(" ", maak("kbd", "", toets)); return b; };
      const ks = wie ? [maakKnop("Verplaats", "V", () => vraagVerplaats(lijst.doelen(), null)), maakKnop("Nieuwe opgave", "N", () => vraagNieuw(lijst.doelen()))] : [];
      if (wie && s.kies !== OPEN) ks.push(maakKnop("Haal eruit", "U", () => vraagVerplaats(lijst.doelen(), OPEN)));
      if (acties.childElementCount !== ks.length || !acties.contains(document.activeElement)) acties.replaceChildren(...ks);
    } else acties.replaceChildren();
    if (voorstel() && voorstelVak?.bij) voorstelVak.bij();
    const v = model.get("voorstellen");
    niets.replaceChildren(maak("p", "", !s.begonnen ? "De rijen worden opgehaald." : s.zoek ? "Geen rij past bij wat u zoekt." : s.tab === "voorstellen" ? (v.staat === "bezig" ? "De voorstellen komen eraan." : v.zin || "Er zijn geen voorstellen.")
      : s.kies === OPEN ? (s.rijen.size ? "Alle rijen zijn gesorteerd." : "Er is nog niets om te groeperen. Lees eerst een bestand in.") : "Deze opgave heeft nog geen rijen. Kies links Nog te sorteren en sleep er rijen heen."));
  }

  // -- questions ----------------------------------------------------------------------------------
  function veld(naam, waarde) {
    const vak = maak("div", "veld"), label = maak("label", "", naam), invoer = maak("input"), fout = maak("p", "veldfout");
    invoer.type = "text"; invoer.id = uid(); invoer.value = waarde ?? ""; invoer.maxLength = 300; label.htmlFor = invoer.id;
    fout.id = invoer.id + "f"; fout.setAttribute("role", "alert"); invoer.setAttribute("aria-describedby", fout.id);
    vak.append(label, invoer, fout);
    const lees = () => { const w = invoer.value.trim(); fout.textContent = w ? "" : "Vul dit in."; invoer.setAttribute("aria-invalid", String(!w)); if (!w) invoer.focus(); return w || null; };
    return { el: vak, invoer, lees };
  }
  function domeinkeuze(waarde) {
    const vak = maak("fieldset", "domein"), naam = uid();
    vak.append(maak("legend", "", "Domein"));
    for (const d of [...model.get("domeinen"), ""]) {
      const keus = maak("label", "keus"), bol = maak("input");
      bol.type = "radio"; bol.name = naam; bol.value = d; bol.checked = (waarde ?? "") === d;
      keus.append(bol, maak("span", "", d || "nog leeg"));
      vak.append(keus);
    }
    return { el: vak, lees: () => vak.querySelector("input:checked")?.value || null };
  }
  const redenveld = (klaar, waarde) => {
    const k = kiezer({ label: "Waarom?", vrij: true, opties: model.get("redenen").map((r) => ({ waarde: r, label: r })), klaar });
    const begin = waarde || s.laatste;
    if (begin) k.zet({ waarde: begin, label: begin });
    return k;
  };
  function stel(titel, velden, knoptekst, bevestig) {
    const vak = maak("form", "vraag"), onder = maak("div", "knoppen"), ja = maak("button", "eerste", knoptekst);
    ja.type = "submit";
    onder.append(ja, knop("Annuleer", "", () => sluit()));
    vak.append(maak("h3", "", titel), ...velden.map((v) => v.el), onder);
    vak.addEventListener("submit", (e) => { e.preventDefault(); bevestig(); });
    vak.addEventListener("keydown", (e) => { if (e.key === "Escape") { e.preventDefault(); sluit(); } });
    s.vraag = vak; vak.gezien = model.get("versie");
    vraagvak.replaceChildren(vak);
    const eerste = velden[0].invoer ?? vak.querySelector("input");
    eerste.focus(); eerste.select?.();
    vak.scrollIntoView({ block: "nearest" });
  }
  function sluit(focus = true) { s.vraag = null; vraagvak.replaceChildren(); if (focus) lijst.el.focus(); }
  function vraagVerplaats(ids, naar, waarom) {
    if (!ids.length) return;
    const wat = ids.length === 1 ? ids[0] : rijen_(ids.length);
    const reden = redenveld(() => bevestig(), waarom);
    const opties = model.get("opgaven").filter((o) => o.id !== s.kies).map((o) => ({ waarde: o.id, label: `${o.id} · ${o.titel}` }));
    const doel = naar ? null : kiezer({ label: "Naar welke opgave?", opties, nieuw: (t) => `Nieuwe opgave: ${t}`, klaar: () => { if (doel.lees()) { reden.invoer.focus(); reden.invoer.select(); } } });
    function bevestig() {
      const d = naar ? { waarde: naar } : doel.lees();
      if (!d) return;
      const r = reden.lees();
      if (!r) return;
      s.laatste = r.waarde;
      if (d.nieuw) doen({ soort: "maak", rijen: ids, titel: d.waarde, domein: null, reden: r.waarde }, `Opgave ${d.waarde} gemaakt.`);
      else doen({ soort: "verplaats", rijen: ids, naar: d.waarde === OPEN ? null : d.waarde, reden: r.waarde }, `${wat} verplaatst.`);
    }
    const titel = !naar ? `${wat} verplaatsen` : naar === OPEN ? `${wat} terug naar nog te sorteren` : `${wat} → ${naar} ${opgave(naar)?.titel ?? ""}`;
    stel(titel, doel ? [doel, reden] : [reden], "Verplaats", bevestig);
  }
  function vraagNieuw(ids) {
    const naam = veld("Naam van de opgave", ""), dom = domeinkeuze(null), reden = ids.length ? redenveld(() => bevestig()) : null;
    function bevestig() {
      if (!naam.lees()) return;
      const r = reden ? reden.lees() : { waarde: "" };
      if (!r) return;
      doen({ soort: "maak", rijen: ids, titel: naam.lees(), domein: dom.lees(), reden: r.waarde }, `Opgave ${naam.lees()} gemaakt.`);
    }
    stel(ids.length ? `Nieuwe opgave van ${rijen_(ids.length)}` : "Nieuwe opgave", [naam, dom, ...(reden ? [reden] : [])], "Maak de opgave", bevestig);
  }
  function vraagWijzig(o) {
    const naam = veld("Naam", o.titel), dom = domeinkeuze(o.domein);
    stel(`${o.id} wijzigen`, [naam, dom], "Leg vast", () => { if (naam.lees()) doen({ soort: "wijzig", opgave: o.id, titel: naam.lees(), domein: dom.lees() }, "Gewijzigd."); });
  }
  function vraagHefOp(o) {
    const reden = veld("Waarom houdt deze opgave op?", "");
    stel(`${o.id} ${o.titel} opheffen${o.rijen ? `; ${rijen_(o.rijen)} worden weer open`.replace("1 rij worden", "1 rij wordt") : ""}`, [reden], "Hef op", () => { if (reden.lees()) doen({ soort: "hef_op", opgave: o.id, reden: reden.lees() }, `${o.id} opgeheven.`); });
  }
  function doen(bericht, tekst) {
    const nr = ++s.nr;
    s.wacht[nr] = tekst;
    stuur({ ...bericht, gezien: s.vraag?.gezien, nr });
  }
  function toets(e) {
    const t = e.key.toUpperCase();
    if (t === "Z") { stuur({ soort: "terug" }); return true; }
    if (s.tab !== "opgaven" || !lijst.doelen().length) return false;
    if (t === "V") vraagVerplaats(lijst.doelen(), null);
    else if (t === "N") vraagNieuw(lijst.doelen());
    else if (t === "U" && s.kies !== OPEN) vraagVerplaats(lijst.doelen(), OPEN);
    else return false;
    return true;
  }
  zoek.addEventListener("input", () => { s.zoek = zoek.value; s.woorden = plat(s.zoek).split(/\s+/).filter(Boolean); lijst.el.scrollTop = 0; lijst.zet(leden().filter(zoekt)); });
  zoek.addEventListener("keydown", (e) => { if (e.key === "ArrowDown") { e.preventDefault(); lijst.el.focus(); } });

  // -- proposals: asked again until they are there --------------------------------------------------
  let wacht = 0;
  function vraagVoorstellen(opnieuw = false) { stuur({ soort: "voorstellen", opnieuw }); }
  function volg() {
    const bezig = model.get("voorstellen").staat === "bezig";
    if (bezig) wacht ||= setInterval(() => vraagVoorstellen(), 400);
    else { clearInterval(wacht); wacht = 0; }
  }
  model.on("change:voorstellen", () => { volg(); if (s.begonnen) ververs(); });
  model.on("change:voortgang change:opgaven", () => { if (s.begonnen) ververs(); });
  model.on("msg:custom", (b) => {
    const verrijk = (r) => { r.hooi = plat([r.id, r.titel, r.omschrijving, r.programma].join(" ")); return r; };
    if (b.soort === "rijen") { s.begonnen = true; s.rijen = new Map(b.rijen.map((r) => [r.id, verrijk(r)])); ververs(); }
    else if (b.soort === "anders") { for (const r of b.rijen) s.rijen.set(r.id, verrijk(r)); ververs(); }
    else if (b.soort === "klaar") {
      const tekst = s.wacht[b.nr];
      delete s.wacht[b.nr];
      melder.textContent = b.gelukt ? `${tekst} ${model.get("voortgang").conclusie}` : "Niet opgeslagen. Kijk bovenaan wat er is.";
      if (b.gelukt) { sluit(false); if (b.opgave && s.tab === "opgaven") toonGroep(b.opgave); else ververs(); lijst.el.focus(); }
      if (!b.gelukt) toonFout(el);
      el.dataset.gedaan = String(b.nr);
    }
  });
  ververs();
  volg();
  stuur({ soort: "begin" });
  return () => { lijst.weg(); clearInterval(wacht); };
}
export default { render };
