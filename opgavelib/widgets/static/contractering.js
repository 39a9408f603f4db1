/* Contractering: every request, and what the teamleider says of those that are chosen. Data only through textContent. */
const STATEN = [
  ["vervallen", "▲", "Vervallen, vraagt opnieuw"], ["gevraagd", "○", "Gevraagd"], ["deels toegezegd", "◐", "Deels toegezegd"],
  ["afgewezen", "■", "Afgewezen"], ["toegezegd", "●", "Toegezegd"],
];
const WACHT = "wacht";
const aanvragen_ = (n) => telwoord(n, "aanvraag", "aanvragen");
const uur = (n) => `${n.toLocaleString("nl-NL", { maximumFractionDigits: 1 })}\u00a0uur`;
const getal = (n) => n.toLocaleString("nl-NL", { maximumFractionDigits: 0 });

function render({ model, el }) {
  el.classList.add("ow-contract");
  const s = { rijen: new Map(), bezig: new Map(), wacht: {}, staat: WACHT, zoek: "", woorden: [], detail: null, vraag: null, gevolg: null, merk: 0, nr: 0, begonnen: false };
  const stuur = (bericht) => model.send(bericht);

  // -- the parts ----------------------------------------------------------------------------------
  const filters = maak("div", "filters"), teamvak = maak("div", "veld"), team = maak("select"), teamlabel = maak("label", "", "Team");
  team.id = uid(); teamlabel.htmlFor = team.id;
  teamvak.append(teamlabel, team);
  const zoekvak = maak("div", "veld"), zoek = maak("input"), zoeklabel = maak("label", "", "Zoek");
  zoek.type = "search"; zoek.id = uid(); zoek.placeholder = "activiteit, opgave of vakgebied"; zoeklabel.htmlFor = zoek.id;
  zoekvak.append(zoeklabel, zoek);
  const chips = maak("div", "chips"), nieuw = knop("Vraag uren aan", "nieuw", () => vraagAan());
  chips.setAttribute("role", "group"); chips.setAttribute("aria-label", "Toon aanvragen die");
  filters.append(teamvak, zoekvak, nieuw);

  const werk = maak("div", "werk"), links = maak("div", "links"), kop = maak("div", "lijstkop"), telling = maak("p", "telling");
  telling.setAttribute("role", "status");
  const wis = knop("Wis selectie", "tekstknop", () => { lijst.wis(); lijst.teken(); lijst.el.focus(); }), alles = knop("", "tekstknop", () => lijst.kiesAlle());
  kop.append(telling, wis, alles);
  const niets = maak("div", "niets");
  const lijst = rijenlijst({ label: "Aanvragen. Pijltjes om te lopen, spatie om er meer te kiezen, Enter om te antwoorden.", hoog: 64, vul: (rij, id) => vulRij(rij, id), bij: (anders) => bijLijst(anders), toets: (e) => toets(e) });
  links.append(kop, lijst.el, niets);
  const paneel = maak("section", "paneel"), melder = maak("div", "ow-alleen-voorlezen");
  paneel.setAttribute("aria-label", "Gekozen aanvraag"); paneel.tabIndex = -1;
  melder.setAttribute("aria-live", "polite");
  werk.append(links, paneel);
  el.append(filters, chips, werk, melder);

  // -- filter and order ---------------------------------------------------------------------------
  const verrijk = (r) => { r.hooi = plat([r.activiteit, r.titel, r.opgave, r.team, r.leider, r.deskundigheid].join(" ")); return r; };
  const past = (r, staat = s.staat) => (!model.get("team") || r.team === model.get("team")) && s.woorden.every((w) => r.hooi.includes(w)) && (!staat || (staat === WACHT ? r.wacht : r.staat === staat));
  function ververs(boven = false) {
    if (boven) { lijst.el.scrollTop = 0; lijst.plek = 0; lijst.focus = null; }
    tekenTeams(); tekenChips();
    lijst.el.classList.toggle("een-team", Boolean(model.get("team")));
    lijst.zet([...s.rijen.values()].filter((r) => past(r)).map((r) => r.id));
    el.dataset.versie = String(+(el.dataset.versie ?? 0) + 1);
    if (s.begonnen) el.dataset.klaar = "ja";
  }
  function tekenTeams() {
    const opties = [["", "Alle teams"], ...model.get("teams").map((t) => [t.waarde, `${t.waarde}${t.leider ? `, ${t.leider}` : ""}${t.wacht ? ` (${t.wacht})` : ""}`])];
    const nu = JSON.stringify(opties);
    if (team.dataset.nu !== nu) { team.dataset.nu = nu; team.replaceChildren(...opties.map(([w, n]) => new Option(n, w))); }
    team.value = model.get("team");
  }
  function tekenChips() {
    const was = chips.contains(document.activeElement) ? document.activeElement.dataset.waarde : null, rijen = [...s.rijen.values()];
    const wacht = rijen.filter((r) => past(r, WACHT)), alle = [[WACHT, "", "Te beantwoorden"], ...STATEN, ["", "", "Alle"]];
    chips.replaceChildren(...alle.map(([waarde, teken, naam]) => {
      const n = rijen.filter((r) => past(r, waarde)).length;
      if (!n && waarde && waarde !== WACHT && waarde !== s.staat) return null;
      // All that waits was only asked: that would be the same button twice.
      if (waarde === "gevraagd" && s.staat !== waarde && n === wacht.length && wacht.every((r) => r.staat === waarde)) return null;
      const k = knop("", "chip", () => { s.staat = waarde; ververs(true); });
      k.dataset.waarde = waarde;
      k.setAttribute("aria-pressed", String(s.staat === waarde));
      if (teken) k.append(tekenVan(waarde));
      k.append(`${naam} `, maak("b", "", getal(n)));
      return k;
    }).filter(Boolean));
    if (was !== null) [...chips.children].find((k) => k.dataset.waarde === was)?.focus();
  }
  const tekenVan = (staat) => { const i = maak("i", `teken t-${staat.split(" ")[0]}`, STATEN.find(([w]) => w === staat)?.[1] ?? ""); i.setAttribute("aria-hidden", "true"); return i; };
  const periode = (r) => (r.begin === r.eind ? r.begin : `${r.begin} – ${r.eind}`);

  function vulRij(rij, id) {
    const r = s.rijen.get(id), tekst = maak("div", "tekst"), wie = maak("div", "wie"), uren = maak("div", "uren"), waar = maak("div", "waar");
    if (s.bezig.has(id)) rij.classList.add("bezig");
    rij.classList.add("dubbel");
    tekst.append(maak("span", "titel", `${r.activiteit} ${r.titel}`), maak("span", "onder", [r.opgave, r.deskundigheid].filter(Boolean).join(" · ")));
    wie.append(maak("span", "", r.team), maak("span", "onder", r.leider));
    uren.append(maak("span", "", uur(r.gevraagd)), maak("span", "onder", periode(r)));
    const plek = maak("span", "plek");
    plek.append(tekenVan(r.staat), r.staat);
    waar.append(plek, maak("span", r.let_op ? "letop" : "onder", r.let_op ? `▲ ${r.let_op}` : r.toegezegd && r.open ? `${uur(r.toegezegd)} toegezegd` : r.wie && !r.wacht ? `door ${r.wie}` : ""));
    rij.append(tekst, wie, uren, waar);
  }
  function bijLijst(anders) {
    const n = lijst.ids.length, k = lijst.gekozen.size, van = [...s.rijen.values()].filter((r) => past(r, "")).length;
    telling.textContent = k ? `${getal(k)} gekozen van ${aanvragen_(n)}` : n < van ? `${getal(n)} van ${aanvragen_(van)}` : aanvragen_(n);
    telling.classList.toggle("aan", k > 0);
    wis.hidden = !k; alles.hidden = !n || k === n;
    alles.textContent = `Kies alle ${getal(n)}`;
    lijst.el.hidden = !n; niets.hidden = n > 0;
    if (!n) niets.replaceChildren(maak("p", "", !s.begonnen ? "De aanvragen worden opgehaald." : !s.rijen.size ? "Er zijn nog geen uren gevraagd. Lees een urenraming in bij Inlezen, of vraag hierboven uren aan." : s.zoek ? "Geen aanvraag past bij wat u zoekt." : s.staat === WACHT ? "Alles is beantwoord. Kies hierboven Alle om de antwoorden te zien." : "Hier staat geen aanvraag. Kies hierboven een andere stand of een ander team."));
    const merk = lijst.doelen().join("\n");
    if (anders || merk !== s.doelen) { s.doelen = merk; s.detail = null; vraagDetail(); }
    tekenPaneel();
  }
  const huidig = () => (s.vraag && !s.vraag.los ? s.vraag.ids : lijst.doelen());
  let detailWacht;
  function vraagDetail() {
    clearTimeout(detailWacht);
    detailWacht = setTimeout(() => { const ids = huidig(); if (ids.length) stuur({ soort: "detail", ids }); }, 120);
  }

  // -- the side panel -----------------------------------------------------------------------------
  let paneelMerk = "";
  function tekenPaneel() {
    const ids = lijst.doelen(), merk = JSON.stringify([ids.map((id) => s.rijen.get(id)), s.detail]);
    // What is being typed stays; the question is about the requests it was asked for.
    if (s.vraag ? paneel.contains(s.vraag.el) : merk === paneelMerk) return;
    paneelMerk = s.vraag ? "" : merk;
    if (s.vraag?.los) { paneel.replaceChildren(s.vraag.el); return; }
    const gekozen = (s.vraag?.ids ?? ids).map((id) => s.rijen.get(id)).filter(Boolean);
    if (!gekozen.length) { paneel.replaceChildren(maak("p", "stil", "Kies links een aanvraag om te zien wat er per kwartaal is gevraagd, en om te antwoorden.")); return; }
    const was = paneel.contains(document.activeElement) ? document.activeElement.dataset.wat : null;
    paneel.replaceChildren(...[tekenKop(gekozen), ...(s.vraag ? [s.vraag.el, tekenKwartalen()] : [tekenKwartalen(), tekenActies(gekozen), ...tekenVerhaal(gekozen)])]);
    if (was) paneel.querySelector(`[data-wat="${was}"]`)?.focus();
  }
  const som = (rs, veld) => rs.reduce((n, r) => n + r[veld], 0);
  function tekenKop(rs) {
    const vak = maak("div", "kop"), een = rs.length === 1 ? rs[0] : null;
    vak.append(maak("h3", "", een ? `${een.activiteit} ${een.titel}` : aanvragen_(rs.length)));
    const teams = [...new Set(rs.map((r) => r.team))], onder = een ? [een.opgave, [een.team, een.leider].filter(Boolean).join(", "), een.deskundigheid && `vraagt ${een.deskundigheid}`] : [teams.length === 1 ? teams[0] : `${teams.length} teams`];
    for (const regel of onder.filter(Boolean)) vak.append(maak("p", "stil", regel));
    const zin = maak("p", "stand");
    if (een) zin.append(tekenVan(een.staat), ` ${STATEN.find(([w]) => w === een.staat)[2]}: `);
    zin.append(`${uur(som(rs, "gevraagd"))} gevraagd, ${uur(som(rs, "toegezegd"))} toegezegd${som(rs, "open") ? `, ${uur(som(rs, "open"))} open` : ""}`);
    vak.append(zin);
    for (const zin of s.detail?.vak ?? []) vak.append(maak("p", "letop", `▲ ${zin}`));
    for (const r of rs) if (r.let_op) vak.append(maak("p", "letop", `▲ ${een ? "" : `${r.activiteit}: `}${r.let_op}`));
    return vak;
  }
  function tekenKwartalen() {
    const ks = s.detail?.kwartalen;
    if (!ks) return maak("p", "stil kwartalen", "De kwartalen worden opgehaald.");
    const vak = maak("div", "tabelvak kwartalen"), tabel = maak("table"), bovenrij = maak("tr"), lijf = maak("tbody"), meer = new Set(ks.map((k) => k.team)).size > 1;
    vak.tabIndex = 0; vak.setAttribute("role", "group"); vak.setAttribute("aria-label", "Uren per kwartaal");
    tabel.append(maak("caption", "ow-alleen-voorlezen", "Per kwartaal: gevraagd, toegezegd, en wat het team nog vrij heeft"));
    for (const naam of ["Kwartaal", ...(meer ? ["Team"] : []), "Gevraagd", "Toegezegd", "Ruimte team", s.gevolg ? "Dan vrij" : "Nog vrij"]) { const th = maak("th", "", naam); th.scope = "col"; bovenrij.append(th); }
    for (const k of ks) {
      const rij = maak("tr"), th = maak("th", "", k.kwartaal);
      th.scope = "row";
      if (k.was) th.append(maak("span", "onder", `was ${k.was}`));
      const na = s.gevolg?.na?.find((x) => x.team === k.team && x.kwartaal === k.kwartaal), vrij = na ? na.vrij : k.vrij;
      const cel = maak("td", vrij < -0.5 ? "tekort" : "", `${vrij < -0.5 ? "▲ " : ""}${getal(vrij)}`);
      if (na) cel.append(maak("span", "onder", `nu ${getal(k.vrij)}`));
      rij.append(th, ...(meer ? [maak("td", "links", k.team)] : []), maak("td", "", getal(k.gevraagd)), maak("td", "", k.afgewezen ? "afgewezen" : getal(k.toegezegd)), maak("td", "", getal(k.ruimte)), cel);
      lijf.append(rij);
    }
    const hoofd = maak("thead");
    hoofd.append(bovenrij);
    tabel.append(hoofd, lijf);
    vak.append(tabel);
    return vak;
  }
  const tekenTabel = () => { if (s.detail) paneel.querySelector(".kwartalen")?.replaceWith(tekenKwartalen()); };
  /* The requests under an open question changed: what it says of them follows, what is typed stays. */
  const vraagRijen = () => JSON.stringify((s.vraag?.ids ?? []).map((id) => s.rijen.get(id)));
  function volgVraag(was) {
    if (!s.vraag || s.vraag.los) return;
    const rs = s.vraag.ids.map((id) => s.rijen.get(id)).filter(Boolean);
    // It was tried, and now it is stored after all: the person chose between two versions, above.
    if (!rs.length || (s.vraag.besloten && vraagRijen() !== was)) { sluit(false); return; }
    paneel.querySelector(".kop")?.replaceWith(tekenKop(rs));
    if (s.vraag.gevolg) vraagGevolg(s.gevraagd); // what others promised meanwhile is no longer free
  }
  function tekenActies(rs) {
    const vak = maak("div", "acties"), een = rs.length === 1 ? rs[0] : null;
    const actie = (wat, tekst, klasse, doe) => { const k = knop(tekst, klasse, doe); k.dataset.wat = wat; vak.append(k); };
    if (rs.some((r) => r.open > 0 || r.staat === "afgewezen")) actie("alles", een ? "Zeg alles toe" : "Zeg deze alle toe", "eerste", () => vraag("alles"));
    actie("deel", rs.some((r) => r.toegezegd > 0) ? "Wijzig de toezegging" : "Zeg een deel toe", "", () => vraag("deel"));
    if (rs.some((r) => r.staat !== "afgewezen")) actie("afwijzen", "Wijs af", "gevaar", () => vraag("afwijzen"));
    if (rs.some((r) => r.toegezegd > 0 || r.staat === "afgewezen")) actie("terug", "Zet terug op gevraagd", "", () => vraag("terug"));
    if (rs.every((r) => r.op_scherm)) actie("trek_in", "Trek de aanvraag in", "gevaar", () => vraag("trek_in"));
    return vak;
  }
  function tekenVerhaal(rs) {
    if (rs.length !== 1 || !s.detail) return [];
    const uit = [], ol = maak("ol", "verhaal");
    for (const x of s.detail.stappen) {
      const li = maak("li");
      li.append(maak("p", "", x.kop), ...(x.reden ? [maak("p", "", `“${x.reden}”`)] : []), maak("p", "stil", [x.wie, x.moment].filter(Boolean).join(", ")));
      ol.append(li);
    }
    uit.push(maak("h4", "", "Wat ging vooraf"));
    if (s.detail.stappen.length) uit.push(ol); else if (!s.detail.bron.length) uit.push(maak("p", "stil", "Nog niets."));
    for (const b of s.detail.bron) uit.push(maak("p", "stil", `In het bestand: ${b}`));
    return uit;
  }

  // -- questions ----------------------------------------------------------------------------------
  function veld(naam, { waarde = "", uitleg = "", kort = false, leeg = false } = {}) {
    const vak = maak("div", kort ? "veld kort" : "veld"), label = maak("label", "", naam), invoer = maak("input"), fout = maak("p", "veldfout");
    invoer.type = "text"; invoer.id = uid(); invoer.value = waarde; invoer.maxLength = 300; invoer.autocomplete = "off"; label.htmlFor = invoer.id;
    if (kort) invoer.inputMode = "decimal";
    fout.id = invoer.id + "f"; fout.setAttribute("role", "alert"); invoer.setAttribute("aria-describedby", fout.id);
    vak.append(label, invoer);
    if (uitleg) { const u = maak("p", "stil", uitleg); u.id = invoer.id + "u"; invoer.setAttribute("aria-describedby", `${u.id} ${fout.id}`); vak.append(u); }
    vak.append(fout);
    const meld = (tekst) => { fout.textContent = tekst; invoer.setAttribute("aria-invalid", String(Boolean(tekst))); };
    return { el: vak, invoer, meld, lees: () => { const w = invoer.value.trim(); if (w || leeg) { meld(""); return { waarde: w }; } meld("Vul dit in."); invoer.focus(); return null; } };
  }
  function keuze(naam, opties, begin, bij) {
    const vak = maak("fieldset", "keuze"), groep = uid();
    vak.append(maak("legend", "", naam));
    for (const [waarde, tekst] of opties) {
      const keus = maak("label", "keus"), bol = maak("input");
      bol.type = "radio"; bol.name = groep; bol.checked = waarde === begin; bol.waarde = waarde;
      bol.addEventListener("change", () => bij(waarde));
      keus.append(bol, maak("span", "", tekst));
      vak.append(keus);
    }
    return { el: vak, invoer: vak.querySelector("input"), waarde: () => [...vak.querySelectorAll("input")].find((b) => b.checked).waarde };
  }
  function formulier(titel, knoptekst, bevestig, { ids = [], los = false, gevaar = false } = {}) {
    const vak = maak("form", "vraag"), onder = maak("div", "knoppen"), ja = maak("button", gevaar ? "eerste gevaar" : "eerste", knoptekst), kopje = maak("h4", "", titel), midden = maak("div", "velden");
    ja.type = "submit"; vak.noValidate = true; kopje.id = uid(); vak.setAttribute("aria-labelledby", kopje.id);
    onder.append(ja, knop("Annuleer", "", () => annuleer()));
    melder.textContent = ""; // what became of the one before says nothing of this one
    vak.append(kopje, midden, onder);
    vak.addEventListener("submit", (e) => { e.preventDefault(); bevestig(); });
    vak.addEventListener("keydown", (e) => { if (e.key === "Escape" && !e.defaultPrevented) { e.preventDefault(); annuleer(); } });
    s.vraag = { el: vak, ids, los, midden, gezien: model.get("versie") }; s.gevolg = null;
    return s.vraag;
  }
  function annuleer() { melder.textContent = ""; sluit(); }
  function sluit(focus = true) {
    s.vraag = null; s.gevolg = null; s.merk += 1; paneelMerk = "";
    tekenPaneel();
    if (focus) lijst.el.focus();
  }
  function vraag(wat) {
    const ids = lijst.doelen(), rs = ids.map((id) => s.rijen.get(id)), een = rs.length === 1 ? rs[0] : null, noem = een ? `${een.activiteit} ${een.titel}` : aanvragen_(rs.length);
    if (wat === "trek_in") return vraagReden(`Trek ${noem} in`, "Trek in", "Waarom vervalt de aanvraag?", (reden) => doen({ soort: "trek_in", ids, reden }, "Ingetrokken."), ids);
    const gevolg = maak("div", "gevolg"), reden = veld({ afwijzen: "Waarom kan het niet?", terug: "Waarom? (mag leeg blijven)" }[wat] ?? "Toelichting (mag leeg blijven)", { leeg: wat !== "afwijzen", uitleg: wat === "afwijzen" ? "Wie het vroeg, leest dit en moet ermee verder." : "" });
    gevolg.setAttribute("role", "status");
    const titel = { alles: `Zeg ${uur(som(rs, "gevraagd"))} toe`, deel: rs.some((r) => r.toegezegd > 0) ? "Wijzig de toezegging" : "Zeg een deel toe", afwijzen: `Wijs ${een ? "de aanvraag" : noem} af`, terug: "Zet terug op gevraagd" }[wat];
    const v = formulier(titel, { afwijzen: "Wijs af", terug: "Zet terug" }[wat] ?? "Zeg toe", () => bevestig(), { ids, gevaar: wat === "afwijzen" });
    let lees = () => ({ wat });
    if (wat === "deel") lees = velden_deel(v, rs, een, () => vraagGevolg(lees()));
    else if (wat === "afwijzen" && rs.some((r) => r.toegezegd > 0 && r.open > 0)) {
      const k = keuze("Wat wijst u af?", [["rest_afwijzen", "Alleen wat nog open is"], ["afwijzen", "Alles, ook wat is toegezegd"]], "rest_afwijzen", () => vraagGevolg(lees()));
      v.midden.append(k.el);
      lees = () => ({ wat: k.waarde() });
    }
    v.midden.append(...(wat === "alles" || wat === "deel" ? [gevolg] : []), reden.el);
    v.gevolg = gevolg;
    function bevestig() {
      const b = lees(), waarom = reden.lees();
      if (b && waarom) doen({ soort: "antwoord", ids, reden: waarom.waarde, ...b }, { afwijzen: "Afgewezen.", rest_afwijzen: "Afgewezen.", terug: "Teruggezet." }[b.wat] ?? "Toegezegd.");
    }
    paneelMerk = ""; tekenPaneel();
    vraagGevolg(lees());
    const eerste = v.el.querySelector("input");
    eerste.focus(); if (eerste.type === "text") eerste.select();
    v.el.scrollIntoView({ block: "nearest" });
  }
  /* A total that is spread, or hours per quarter; what is there now is filled in. */
  function velden_deel(v, rs, een, bij) {
    // What is promised now, else what fits in the hours that are still free.
    const begin = (k) => k.toegezegd || Math.min(k.gevraagd, Math.max(0, Math.floor(k.vrij))), ruim = (s.detail?.kwartalen ?? []).reduce((n, k) => n + begin(k), 0);
    const totaal = veld("Hoeveel uur in totaal?", { kort: true, waarde: String(som(rs, "toegezegd") || ruim), uitleg: `Van de ${uur(som(rs, "gevraagd"))} die zijn gevraagd. Wordt verdeeld naar wat elk kwartaal vraagt.` });
    totaal.invoer.addEventListener("input", bij);
    const per = maak("div", "perkwartaal"), ks = een ? s.detail?.kwartalen ?? [] : [];
    const velden = ks.map((k) => { const f = veld(k.kwartaal, { kort: true, waarde: String(begin(k)) }); f.invoer.addEventListener("input", bij); f.kwartaal = k.kwartaal; per.append(f.el); return f; });
    let manier = "deel";
    const wissel = (w) => { manier = w; totaal.el.hidden = w !== "deel"; per.hidden = w === "deel"; bij(); };
    if (velden.length > 1) v.midden.append(keuze("Hoe?", [["deel", "In totaal"], ["per_kwartaal", "Per kwartaal"]], "deel", wissel).el);
    per.hidden = true;
    v.midden.append(totaal.el, per);
    return () => (manier === "deel" ? { wat: "deel", uren: totaal.invoer.value.trim() || "?" } : { wat: "per_kwartaal", kwartalen: Object.fromEntries(velden.map((f) => [f.kwartaal, f.invoer.value.trim() || "0"])) });
  }
  let gevolgWacht;
  function vraagGevolg(b) {
    clearTimeout(gevolgWacht);
    s.gevraagd = b;
    const merk = ++s.merk;
    gevolgWacht = setTimeout(() => { if (s.vraag) stuur({ soort: "gevolg", merk, ids: s.vraag.ids, ...b }); }, 200);
  }
  function toonGevolg(g) {
    if (g.merk !== s.merk || !s.vraag?.gevolg) return;
    const vak = s.vraag.gevolg, goed = g.past && !g.regels?.length;
    vak.className = `gevolg ${g.fout ? "fout" : goed ? "goed" : "letop"}`;
    vak.replaceChildren(maak("p", "", g.fout ? `■ ${g.fout}` : `${goed ? "●" : "▲"} ${g.zin}`));
    if (g.regels?.length) {
      const ul = maak("ul");
      for (const r of g.regels) ul.append(maak("li", "", `${r.wat}: ${r.uren} in ${r.wanneer} (${r.hoe})`));
      if (g.meer) ul.append(maak("li", "", `en nog ${g.meer}`));
      vak.append(maak("p", "", "Dan past niet meer:"), ul, maak("p", "stil", g.orde));
    }
    s.gevolg = g.fout ? null : g;
    tekenTabel();
    el.dataset.gevolg = String(g.merk);
  }
  function vraagReden(titel, knoptekst, label, verder, ids) {
    const reden = veld(label), v = formulier(titel, knoptekst, () => { const w = reden.lees(); if (w) verder(w.waarde); }, { ids, gevaar: true });
    v.midden.append(reden.el);
    paneelMerk = ""; tekenPaneel();
    reden.invoer.focus();
  }
  function vraagAan() {
    const k = model.get("keuzes"), hier = model.get("team");
    if (k.mist) { // nothing to choose from: say what is to be read first
      const v = formulier("Vraag uren aan", "Begrepen", () => annuleer(), { los: true });
      v.midden.append(maak("p", "", k.mist)); v.el.querySelector(".knoppen button:last-child").remove();
      paneelMerk = ""; tekenPaneel(); v.el.querySelector("button").focus(); paneel.scrollIntoView({ block: "nearest" });
      return;
    }
    const activiteit = kiezer({ label: "Voor welke activiteit?", opties: k.activiteiten ?? [] }), wie = kiezer({ label: "Aan welk team?", opties: model.get("teams").map((t) => ({ waarde: t.waarde, label: t.waarde })), klaar: () => bijTeam() });
    if (hier) wie.zet({ waarde: hier, label: hier });
    const kwartaal = (naam) => { const vak = maak("div", "veld kort"), label = maak("label", "", naam), veldje = maak("select"); veldje.id = uid(); label.htmlFor = veldje.id; veldje.append(...(k.kwartalen ?? []).map((x) => new Option(x, x))); vak.append(label, veldje); return { el: vak, invoer: veldje }; };
    const van = kwartaal("Van"), tot = kwartaal("Tot en met"), uren = veld("Uren per kwartaal", { kort: true }), vakgebied = veld("Deskundigheid (mag leeg blijven)", { leeg: true }), reden = veld("Waarvoor? (mag leeg blijven)", { leeg: true });
    const soorten = maak("datalist");
    soorten.id = uid(); vakgebied.invoer.setAttribute("list", soorten.id); vakgebied.el.append(soorten);
    const bijTeam = () => soorten.replaceChildren(...(k.deskundigheden?.[wie.invoer.value] ?? []).map((d) => new Option(d, d)));
    wie.invoer.addEventListener("blur", bijTeam); bijTeam();
    van.invoer.addEventListener("change", () => { if (tot.invoer.value < van.invoer.value) tot.invoer.value = van.invoer.value; });
    const v = formulier("Vraag uren aan", "Vraag aan", () => {
      const a = activiteit.lees(), w = a && wie.lees(), u = w && uren.lees();
      if (u) doen({ soort: "vraag_aan", activiteit: a.waarde, team: w.waarde, van: van.invoer.value, tot: tot.invoer.value, uren: u.waarde, deskundigheid: vakgebied.lees().waarde, reden: reden.lees().waarde }, "Aangevraagd.");
    }, { los: true });
    v.midden.append(activiteit.el, wie.el, van.el, tot.el, uren.el, vakgebied.el, reden.el);
    paneelMerk = ""; tekenPaneel();
    activiteit.invoer.focus();
    paneel.scrollIntoView({ block: "nearest" });
  }
  function doen(bericht, tekst) {
    const nr = ++s.nr;
    s.wacht[nr] = { tekst, ids: bericht.ids ?? [] };
    for (const id of bericht.ids ?? []) s.bezig.set(id, nr);
    stuur({ ...bericht, gezien: s.vraag?.gezien, nr });
  }

  // -- keyboard -----------------------------------------------------------------------------------
  function toets(e) {
    if (e.key === "Enter") paneel.querySelector(".acties button")?.focus();
    else if (e.key === "/") zoek.focus();
    else return false;
    return true;
  }
  paneel.addEventListener("keydown", (e) => { if (e.key === "Escape" && !e.defaultPrevented) { e.preventDefault(); lijst.el.focus(); } });
  zoek.addEventListener("input", () => { s.zoek = zoek.value; s.woorden = plat(s.zoek).split(/\s+/).filter(Boolean); ververs(true); });
  team.addEventListener("change", () => { model.set("team", team.value); model.save_changes(); });

  // -- what Python sends --------------------------------------------------------------------------
  model.on("msg:custom", (b) => {
    if (b.soort === "rijen" || b.soort === "anders") {
      const was = vraagRijen();
      s.begonnen = true;
      if (b.soort === "rijen") s.rijen = new Map();
      for (const r of b.rijen) s.rijen.set(r.id, verrijk(r));
      ververs();
      vraagDetail();
      volgVraag(was);
    } else if (b.soort === "detail") { if (b.ids.join("\n") === huidig().join("\n")) { s.detail = b.detail; if (s.vraag) tekenTabel(); else tekenPaneel(); el.dataset.detail = b.ids[0] ?? ""; } }
    else if (b.soort === "gevolg") toonGevolg(b);
    else if (b.soort === "klaar") {
      for (const [id, nr] of s.bezig) if (nr === b.nr) s.bezig.delete(id);
      const w = s.wacht[b.nr];
      delete s.wacht[b.nr];
      melder.textContent = b.gelukt ? w?.tekst ?? "" : "Niet opgeslagen. Kijk bovenaan wat er is.";
      if (b.gelukt) { lijst.wis(); sluit(); } else { toonFout(el); if (s.vraag) s.vraag.besloten = true; }
      ververs();
      el.dataset.gedaan = String(b.nr);
    }
  });
  model.on("change:team", () => { if (s.vraag && !s.vraag.los) sluit(false); lijst.wis(); ververs(true); });
  model.on("change:teams", tekenTeams);
  ververs();
  stuur({ soort: "begin" });
  return () => lijst.weg();
}
export default { render };
