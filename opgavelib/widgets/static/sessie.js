/* Lead a session. What Python says is in `d`; what is being chosen for a new session is in `nieuw`. */
function render({ model, el }) {
  el.classList.add("ow-sessie");
  const d = {}, nieuw = { manier: "streep", aantal: 20, zoek: "", weg: new Set(), criteria: null, namen: null, titel: "" };
  let vorm = false, vraag = "", alles = false, oudeCode = null, nr = 0, grens = 0.5, afspraak = null;
  const stuur = (b) => model.send(b);
  const kaart = (klasse = "") => maak("section", `ow-kaart ${klasse}`.trim());
  let teller = 0;
  const veld = (label, invoer) => {
    const vak = maak("div", "veld"), l = maak("label", "", label);
    invoer.id = `ow-sessie-${++teller}`; l.htmlFor = invoer.id;
    vak.append(l, invoer);
    return vak;
  };

  model.on("msg:custom", (b) => {
    if (b.soort !== "deel") return;
    d[b.naam] = b.waarde;
    if (b.naam === "sessie") {
      const code = d.sessie?.code ?? "", stap = d.sessie ? `${code} ${d.sessie.fase} ${d.sessie.ronde}` : "";
      if (stap !== oudeCode) { vraag = ""; alles = false; afspraak = null; if (code) vorm = false; oudeCode = stap; }
    }
    if (d.lijst && d.vorm && "sessie" in d) teken(b.naam);
  });
  /* Whoever types or reads keeps their place: the parts are made anew, the focus goes back to where it was. */
  function teken(deel) {
    if (vorm && deel !== "voorstel" && deel !== "vorm" && deel !== "zelf") return;
    if (vorm && deel === "vorm" && el.dataset.scherm === "vorm") return;
    if (vorm && deel === "voorstel") { voorstel(); return; }
    if (deel === "voorstel") return;
    const actief = document.activeElement, merk = el.contains(actief) ? actief.dataset.merk : "", tekst = actief?.value, plek = actief?.selectionStart;
    el.dataset.scherm = vorm ? "vorm" : !d.sessie ? "lijst" : d.sessie.fase;
    el.replaceChildren(...(vorm ? nieuweSessie() : !d.sessie ? lijst() : d.sessie.fase === "scoren" ? scoren() : uitslag()));
    if (vorm) stelVoor();
    const terug = merk && el.querySelector(`[data-merk="${CSS.escape(merk)}"]`);
    if (terug) { terug.focus({ preventScroll: true }); if (tekst !== undefined && terug.value !== undefined && terug.tagName !== "BUTTON") { terug.value = tekst; try { terug.setSelectionRange(plek, plek); } catch (_) { /* not a text field */ } } }
  }
  const opnieuw = () => teken("zelf");
  const merk = (e, naam) => { e.dataset.merk = naam; return e; };

  /* -- all sessions -- */
  function lijst() {
    const vak = kaart();
    vak.append(maak("p", "ow-vraag", "Wat vindt de groep, en waar verschilt u?"));
    if (d.vorm.leeg) { vak.append(maak("p", "ow-leeg", "Er is nog niets om te beoordelen. Lees eerst ambities in op de pagina Portefeuille.")); return [vak]; }
    if (!d.lijst.length) {
      const leeg = maak("div", "ow-leeg");
      leeg.append(maak("p", "ow-conclusie", "Nog niet samen beoordeeld"), maak("p", "", "Iedereen scoort op een eigen telefoon of laptop. Wat iemand geeft blijft verborgen tot u de scores toont."), knop("Begin een sessie", "eerste", () => { vorm = true; opnieuw(); }));
      vak.append(leeg);
      return [vak];
    }
    const ul = maak("ul", "sessies");
    for (const s of d.lijst) {
      const li = maak("li"), k = knop("", "keuze", () => stuur({ soort: "kies", code: s.code }));
      k.append(maak("strong", "", s.titel), maak("span", "", s.zin));
      li.append(k);
      ul.append(li);
    }
    vak.append(ul, knop("Begin een nieuwe sessie", "eerste", () => { vorm = true; opnieuw(); }));
    return [vak];
  }

  /* -- a new session -- */
  let deel = null;
  function nieuweSessie() {
    nieuw.criteria ??= new Set(d.vorm.criteria.map((c) => c.criterium));
    nieuw.namen ??= new Map(d.vorm.namen.map((n) => [n, true]));
    nieuw.titel ||= `Beoordelen ${new Date().toLocaleDateString("nl-NL", { day: "numeric", month: "long" })}`;
    const wat = kaart("wat"), wie = kaart("wie"), titel = maak("input"), aantal = maak("input"), zoek = maak("input");
    titel.type = "text"; titel.value = nieuw.titel; titel.maxLength = 120; titel.addEventListener("input", () => { nieuw.titel = titel.value; });
    aantal.type = "number"; aantal.min = 1; aantal.max = d.vorm.hoogstens; aantal.value = nieuw.aantal;
    aantal.addEventListener("change", () => { nieuw.aantal = Math.max(1, Math.min(d.vorm.hoogstens, Number(aantal.value) || 20)); aantal.value = nieuw.aantal; stelVoor(); });
    zoek.type = "search"; zoek.value = nieuw.zoek; zoek.placeholder = "woord, bron of collegelid";
    let wacht = 0;
    zoek.addEventListener("input", () => { nieuw.zoek = zoek.value; clearTimeout(wacht); wacht = setTimeout(stelVoor, 300); });
    const manieren = maak("div", "manieren");
    manieren.setAttribute("role", "group"); manieren.setAttribute("aria-label", "Wat beoordeelt u?");
    const zoekVeld = veld("Zoek", zoek), zet = () => { for (const k of manieren.children) k.setAttribute("aria-pressed", String(k.dataset.waarde === nieuw.manier)); zoekVeld.hidden = nieuw.manier !== "zoek"; };
    for (const m of d.vorm.manieren) { const k = knop(m.label, "", () => { nieuw.manier = m.waarde; zet(); stelVoor(); if (m.waarde === "zoek") zoek.focus(); }); k.dataset.waarde = m.waarde; manieren.append(k); }
    zet();
    deel = { rijen: maak("ul", "voorstel"), zin: maak("p", "ow-toelichting"), begin: knop("Begin de sessie", "eerste", begin) };
    deel.zin.setAttribute("role", "status");
    const hoeveel = maak("div", "rij");
    hoeveel.append(veld("Hoogstens", aantal), zoekVeld);
    wat.append(maak("h2", "", "Wat beoordeelt u?"), veld("Naam van de sessie", titel), manieren, hoeveel, deel.rijen);
    const criteria = maak("fieldset", "vinkjes"), namen = maak("fieldset", "vinkjes");
    criteria.append(maak("legend", "", "Waarop?"), ...d.vorm.criteria.map((c) => vinkje(c.naam, nieuw.criteria.has(c.criterium), (aan) => { if (aan) nieuw.criteria.add(c.criterium); else nieuw.criteria.delete(c.criterium); telling(); })));
    const zetNamen = () => namen.replaceChildren(maak("legend", "", "Wie verwacht u?"), ...[...nieuw.namen].map(([n, aan]) => vinkje(n, aan, (a) => { nieuw.namen.set(n, a); telling(); })));
    zetNamen();
    const naam = maak("input"), erbij = maak("form", "rij");
    naam.type = "text"; naam.maxLength = 80;
    const voegToe = knop("Voeg toe", ""); voegToe.type = "submit";
    erbij.addEventListener("submit", (e) => { e.preventDefault(); const n = naam.value.trim(); if (n) { nieuw.namen.set(n, true); naam.value = ""; zetNamen(); telling(); } });
    erbij.append(veld("Nog iemand", naam), voegToe);
    const onder = maak("div", "knoppen");
    onder.append(deel.begin, knop("Terug", "", () => { vorm = false; opnieuw(); }));
    wie.append(criteria, namen, maak("p", "ow-toelichting", "Wie hier niet staat, kan ook meedoen."), erbij, deel.zin, onder);
    const twee = maak("div", "twee");
    twee.append(wat, wie);
    return [twee];
  }
  function vinkje(tekst, aan, bij) {
    const label = maak("label", "vinkje"), box = maak("input");
    box.type = "checkbox"; box.checked = aan;
    box.addEventListener("change", () => bij(box.checked));
    label.append(box, maak("span", "", tekst));
    return label;
  }
  const stelVoor = () => stuur({ soort: "stel_voor", nr: ++nr, manier: nieuw.manier, aantal: nieuw.aantal, zoek: nieuw.zoek });
  function voorstel() {
    if (!deel || d.voorstel.nr !== nr) return;
    nieuw.weg.clear();
    const leeg = { streep: "Er zijn nog geen scores, dus ook nog geen streep. Kies ‘Nog niet beoordeeld’.", nieuw: "Alles is al eens beoordeeld.", oneens: "Nergens verschilden beoordelaars tot nu toe.", zoek: nieuw.zoek.trim() ? "Niets gevonden." : "Typ waarnaar u zoekt." }[nieuw.manier];
    deel.rijen.replaceChildren(...(d.voorstel.rijen.length ? d.voorstel.rijen.map((r) => {
      const li = maak("li"), v = vinkje("", true, (aan) => { if (aan) nieuw.weg.delete(r.id); else nieuw.weg.add(r.id); telling(); });
      v.lastChild.append(maak("span", "titel", r.titel), maak("span", "waarom", [r.id, r.waarom].filter(Boolean).join(", ")));
      li.append(v);
      return li;
    }) : [maak("li", "geen", leeg)]));
    telling();
  }
  const gekozen = () => (d.voorstel?.rijen ?? []).map((r) => r.id).filter((id) => !nieuw.weg.has(id));
  function telling() {
    const a = gekozen().length, c = nieuw.criteria.size, n = [...nieuw.namen.values()].filter(Boolean).length, minuten = Math.max(1, Math.round(a * c * d.vorm.per_score / 60));
    deel.zin.textContent = !a ? "Kies minstens één ambitie." : !c ? "Kies minstens één criterium." : `${telwoord(a, "ambitie", "ambities")} op ${telwoord(c, "criterium", "criteria")}: ${telwoord(a * c, "score", "scores")} per persoon, naar schatting ${telwoord(minuten, "minuut", "minuten")}. ${n ? `${telwoord(n, "deelnemer", "deelnemers")} verwacht.` : ""}`;
    deel.begin.disabled = !a || !c;
  }
  function begin() {
    stuur({ soort: "open", titel: nieuw.titel, ambities: gekozen(), criteria: [...nieuw.criteria], deelnemers: [...nieuw.namen].filter(([, aan]) => aan).map(([n]) => n) });
  }

  /* -- while everybody scores -- */
  function kop(zin, ...knoppen) {
    const vak = maak("div", "kop"), tekst = maak("div"), rechts = maak("div", "knoppen");
    tekst.append(maak("p", "ow-vraag", `${d.sessie.titel} · ronde ${d.sessie.ronde} · ${telwoord(d.sessie.vragen, "score", "scores")} per persoon`), maak("p", "ow-conclusie", zin));
    rechts.append(...knoppen, merk(knop("Alle sessies", "", () => stuur({ soort: "kies", code: "" })), "alle"));
    vak.append(tekst, rechts);
    return vak;
  }
  const niet = () => d.voortgang.mensen.filter((m) => m.nog);
  function scoren() {
    const boven = kaart(), hier = kaart("adres"), mensen = kaart("mensen"), rest = niet();
    boven.append(kop(d.voortgang.zin, merk(knop("Toon de scores", "eerste", () => { if (rest.length) { vraag = "toon"; opnieuw(); } else stuur({ soort: "fase", fase: "getoond" }); }), "toon")));
    if (vraag === "toon") boven.append(vraagVak(rest.length ? `Nog niet klaar: ${rest.map((m) => `${m.naam} (${m.apparaten ? `nog ${m.nog}` : "niet binnen"})`).join(", ")}.` : "Iedereen is klaar.", "Na het tonen telt voor deze ronde alleen wat er al is.", rest.length ? "Toon de scores toch" : "Toon de scores", () => stuur({ soort: "fase", fase: "getoond" }), "Wacht nog"));
    const ul = maak("ul");
    for (const m of d.voortgang.mensen) {
      const li = maak("li", m.nog ? (m.apparaten ? "bezig" : "weg") : "af"), teken_ = maak("span", "teken", m.nog ? (m.apparaten ? "◐" : "○") : "●"), meter = maak("progress");
      teken_.setAttribute("aria-hidden", "true");
      meter.max = m.aantal; meter.value = m.aantal - m.nog;
      meter.setAttribute("aria-label", `Hoever ${m.naam} is`);
      li.append(teken_, maak("span", "naam", m.naam), meter, maak("span", "hoever", m.nog ? (m.apparaten ? `nog ${m.nog}` : "nog niet binnen") : "klaar"));
      if (m.apparaten > 1) li.append(maak("span", "dubbel", `${m.vreemd ? "▲ " : ""}op ${m.apparaten} apparaten${m.vreemd ? ". Is dat één persoon? Laat dan toe; daarna ziet elk apparaat wat de andere gaven." : ", toegelaten"}`));
      if (m.vreemd) {
        const toe = merk(knop("Laat toe", "klein toe", () => stuur({ soort: "laat_toe", naam: m.naam, aantal: m.apparaten })), `toe${m.naam}`);
        toe.setAttribute("aria-label", `Laat toe: de ${m.apparaten} apparaten van ${m.naam}`);
        li.append(toe);
      }
      ul.append(li);
    }
    mensen.append(maak("h2", "", "Wie is klaar, wie nog niet?"), d.voortgang.mensen.length ? ul : maak("p", "ow-leeg", "Er is nog niemand. Laat de deelnemers het adres hiernaast openen."));
    hier.append(maak("h2", "", "Doe mee"));
    const a = d.adres;
    if (a.qr) {
      const beeld = maak("img", "qr");
      beeld.src = a.qr; beeld.alt = `QR-code naar ${a.adressen[0]}`;
      hier.append(beeld, maak("p", "", "Scan de code, of ga naar"), ...a.adressen.map((x) => maak("p", "url", x)));
      if (a.code) { const p = maak("p", "", "en vul in "); p.append(maak("strong", "code", a.code)); hier.append(p); }
      hier.append(maak("p", "ow-toelichting", "Wie dit heeft, kan alleen scoren; de rest van het werkboek blijft dicht."));
    } else {
      hier.append(maak("p", "", a.adressen.length ? "Alleen op deze computer:" : "Open de pagina Beoordelen."), ...a.adressen.map((x) => maak("p", "url", x)));
      hier.append(maak("p", "ow-toelichting", "Andere computers en telefoons kunnen er niet bij. Stop het dashboard en start het met: opgave dashboard --netwerk"));
    }
    const link = maak("a", "", "Scoor zelf mee, in een nieuw tabblad");
    link.href = a.hier || "/beoordelen"; link.target = "_blank"; link.rel = "noopener";
    hier.append(link);
    const twee = maak("div", "twee smal");
    twee.append(mensen, hier);
    return [boven, twee];
  }
  function vraagVak(tekst, uitleg, ja, doe, nee) {
    const vak = maak("div", "vraag"), onder = maak("div", "knoppen");
    vak.setAttribute("role", "alert");
    onder.append(merk(knop(ja, "eerste", doe), "ja"), merk(knop(nee, "", () => { vraag = ""; opnieuw(); }), "nee"));
    vak.append(maak("p", "sterk", tekst), maak("p", "", uitleg), onder);
    return vak;
  }

  /* -- after the reveal -- */
  function uitslag() {
    const dicht = d.sessie.fase === "gesloten", boven = kaart(), rijen = d.uitslag?.ambities ?? [];
    const knoppen = dicht
      ? [merk(knop("Heropen de sessie", "", () => stuur({ soort: "fase", fase: "getoond" })), "heropen")]
      : [merk(knop("Volgende ronde", "", () => { vraag = vraag === "ronde" ? "" : "ronde"; opnieuw(); }), "ronde"), merk(knop("Sluit: deze scores tellen mee", "eerste", () => { vraag = "sluit"; opnieuw(); }), "sluit")];
    boven.append(kop(dicht ? `Gesloten. ${d.gevolg?.zin ?? ""}` : d.uitslag?.zin ?? "", ...knoppen));
    if (vraag === "ronde") boven.append(rondeVak(rijen));
    if (vraag === "sluit") { const v = vraagVak(d.gevolg.zin, "Gemiddelden en afspraken tellen daarna mee in de rangorde. U kunt de sessie later heropenen.", "Sluit de sessie", () => stuur({ soort: "fase", fase: "gesloten" }), "Nog niet"); v.insertBefore(wissels(), v.lastChild); boven.append(v); }
    if (dicht && d.gevolg?.rijen.length) boven.append(wissels());
    const uitleg = maak("ul", "ow-stippen-uitleg");
    const af = rijen.some((a) => a.regels.some((r) => r.afspraak));
    for (const [klasse, tekst] of [["", "een deelnemer"], ["gemiddeld", "gemiddelde"], ...(af ? [["afspraak", "afgesproken"]] : [])]) { const li = maak("li", klasse); li.append(maak("i"), document.createTextNode(tekst)); uitleg.append(li); }
    const onder = maak("div", "balk");
    const namen = merk(knop(d.sessie.namen ? "Verberg wie wat gaf" : "Toon wie wat gaf", "", () => stuur({ soort: "namen", aan: !d.sessie.namen })), "namen");
    onder.append(uitleg, namen);
    boven.append(onder);
    const uit = [boven, ...(alles ? rijen : rijen.slice(0, 6)).map((r) => ambitie(r, dicht))];
    if (!alles && rijen.length > 6) uit.push(merk(knop(`Toon alle ${rijen.length} ambities`, "", () => { alles = true; opnieuw(); }), "alles"));
    return uit;
  }
  function wissels() {
    const t = maak("table", "wissels"), thead = maak("thead"), tbody = maak("tbody"), tr = maak("tr");
    t.append(maak("caption", "", d.gevolg.van > d.gevolg.rijen.length ? `De ${d.gevolg.rijen.length} grootste van ${d.gevolg.van} wisselingen` : "Wat er wisselt"));
    for (const k of ["Ambitie", "Was plaats", "Wordt plaats", "De streep"]) { const th = maak("th", "", k); th.scope = "col"; tr.append(th); }
    thead.append(tr);
    for (const r of d.gevolg.rijen) {
      const rij = maak("tr"), th = maak("th", "", r.titel);
      th.scope = "row";
      rij.append(th, maak("td", "getal", r.van ?? "–"), maak("td", "getal", r.naar ?? "–"), maak("td", r.boven, { erbij: "▲ komt erboven", eruit: "▼ valt eronder" }[r.boven] ?? "blijft"));
      tbody.append(rij);
    }
    t.append(thead, tbody);
    const vak = maak("div", "schuif");
    vak.append(t);
    vak.hidden = !d.gevolg.rijen.length;
    return vak;
  }
  function rondeVak(rijen) {
    const tel = (g) => { const r = rijen.map((a) => a.regels.filter((x) => x.waarden.length && x.oneens >= g).length).filter(Boolean); return [r.reduce((x, y) => x + y, 0), r.length]; };
    const vak = maak("div", "vraag"), keuzes = maak("div", "manieren"), onder = maak("div", "knoppen");
    keuzes.setAttribute("role", "group"); keuzes.setAttribute("aria-label", "Waarover opnieuw?");
    const zin = (g, label) => { const [v, a] = tel(g); return g ? `${label}: ${telwoord(v, "score", "scores")} bij ${telwoord(a, "ambitie", "ambities")}` : label; };
    for (const [g, label] of [[0.75, "Driekwart van de schaal uiteen"], [0.5, "Halve schaal uiteen"], [0, "Alles opnieuw"]]) {
      const k = merk(knop(zin(g, label), "", () => { grens = g; opnieuw(); }), `grens${g}`);
      k.setAttribute("aria-pressed", String(grens === g));
      k.disabled = g > 0 && !tel(g)[0];
      keuzes.append(k);
    }
    onder.append(merk(knop(`Begin ronde ${d.sessie.ronde + 1}`, "eerste", () => stuur({ soort: "opnieuw", grens })), "begin"), merk(knop("Nog niet", "", () => { vraag = ""; opnieuw(); }), "nee"));
    vak.append(maak("p", "sterk", "Waarover scoort u opnieuw?"), maak("p", "", "Iedereen ziet de eigen score van deze ronde en de spreiding. Wie niet opnieuw scoort, houdt wat er stond."), keuzes, onder);
    return vak;
  }
  function ambitie(a, dicht) {
    const vak = kaart("ambitie");
    vak.append(maak("h2", "", a.titel));
    for (const r of a.regels) {
      const rij = maak("div", "regel"), cijfer = maak("p", "cijfer"), k = `${a.id}|${r.criterium}`, af = r.afspraak;
      cijfer.append(maak("strong", "", af ? getal(af.score) : r.gemiddeld === null ? "–" : getal(r.gemiddeld)), maak("span", "", af ? " afgesproken" : " gemiddeld"));
      if (r.eerder && r.eerder.gemiddeld !== null) cijfer.append(maak("span", "stil", `ronde ${d.sessie.ronde - 1}: ${getal(r.eerder.gemiddeld)}`));
      const beelden = maak("div", "beelden");
      if (r.eerder) { const toen = stippen({ ...r, ...r.eerder, afspraak: null, namen: [] }); toen.classList.add("toen"); toen.prepend(maak("span", "ronde", `ronde ${d.sessie.ronde - 1}`)); beelden.append(toen); }
      const nu = stippen({ ...r, afspraak: af?.score ?? null });
      if (r.eerder) nu.prepend(maak("span", "ronde", `ronde ${d.sessie.ronde}`));
      beelden.append(nu);
      const h3 = maak("h3", "", r.naam);
      if (r.lager) h3.append(maak("span", "richting", LAGER));
      if (r.oneens >= 0.75) h3.append(maak("span", "groot", "▲ groot verschil"));
      rij.append(h3, beelden, cijfer);
      if (!dicht) {
        const k2 = merk(knop(af ? "Wijzig" : "Spreek anders af", "klein", () => { afspraak = afspraak === k ? null : k; opnieuw(); el.querySelector(`[data-merk="${CSS.escape(`${k}|r`)}"]`)?.focus(); }), k);
        k2.setAttribute("aria-expanded", String(afspraak === k));
        k2.setAttribute("aria-label", `${af ? "Wijzig de afspraak" : "Spreek anders af"}: ${r.naam} van ${a.titel}`);
        rij.append(k2);
      }
      if (af) rij.append(maak("p", "reden", `${af.reden} (${af.wie})`));
      if (afspraak === k && !dicht) rij.append(afspraakVak(a, r, k));
      vak.append(rij);
    }
    return vak;
  }
  function afspraakVak(a, r, k) {
    const f = maak("form", "afspraakvak"), reden = merk(maak("input"), `${k}|r`), rij = maak("div", "rij"), waarden = stappen(r.laagst, r.hoogst);
    let score = r.afspraak?.score ?? null, invoer = null;
    reden.type = "text"; reden.maxLength = 300; reden.setAttribute("aria-required", "true"); f.noValidate = true;
    if (waarden) {
      invoer = maak("div", "manieren");
      invoer.setAttribute("role", "group"); invoer.setAttribute("aria-label", "De score die u afspreekt");
      f.append(maak("p", "sterk", `Welke score spreekt u af?${r.lager ? " Lager is beter." : ""}`));
      for (const w of waarden) { const kn = knop(getal(w), "", () => { score = w; for (const x of invoer.children) x.setAttribute("aria-pressed", String(x === kn)); }); kn.setAttribute("aria-pressed", String(w === score)); invoer.append(kn); }
      rij.append(invoer);
    } else {
      invoer = getalveld(r, score);
      invoer.addEventListener("input", () => { score = leesGetal(invoer.value); });
      rij.append(veld(`De score die u afspreekt, van ${getal(r.laagst)} tot ${getal(r.hoogst)}${r.lager ? ` (${LAGER})` : ""}`, invoer));
    }
    const ja = knop("Spreek af", "eerste"); ja.type = "submit";
    const onder = maak("div", "knoppen"), fout = maak("p", "fout");
    fout.setAttribute("role", "alert");
    onder.append(ja);
    if (r.afspraak) onder.append(knop("Houd toch het gemiddelde", "", () => { afspraak = null; stuur({ soort: "spreek_af", ambitie: a.id, criterium: r.criterium, score: null, reden: reden.value }); }));
    f.append(rij, veld("Waarom?", reden), onder, fout);
    f.addEventListener("submit", (e) => {
      e.preventDefault();
      if (!opSchaal(score, r)) { fout.textContent = waarden ? "Kies eerst een score." : `Vul een getal van ${getal(r.laagst)} tot ${getal(r.hoogst)} in.`; if (!waarden) invoer.focus(); return; }
      if (!reden.value.trim()) { fout.textContent = "Schrijf erbij waarom u dit zo afspreekt."; reden.focus(); return; }
      afspraak = null;
      stuur({ soort: "spreek_af", ambitie: a.id, criterium: r.criterium, score, reden: reden.value });
    });
    return f;
  }

  const klok = setInterval(() => { if (!document.hidden && el.getClientRects().length) stuur({ soort: "ping" }); }, 1000);
  stuur({ soort: "begin" });
  return () => clearInterval(klok);
}
export default { render };
