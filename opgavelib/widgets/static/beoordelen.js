/* Judge, wait, see the spread. What Python says is in `d`; answers that are on their way are in `wacht`. */
const NAAM = "opgave-naam", APPARAAT = "opgave-apparaat", DEELNAME = "opgave-deelname";
const lees = (k) => { try { return localStorage.getItem(k); } catch (_) { return null; } };
const schrijf = (k, w) => { try { localStorage.setItem(k, w); } catch (_) { /* not remembered then */ } };
const WEET_NIET = null;

function render({ model, el }) {
  el.classList.add("ow-beoordelen");
  const d = {}, wacht = new Map();
  let nr = 0, plek = 0, actief = 0, scherm = "", alles = false, mis = "", bezet = "", probeer = "", zelf = "";
  const apparaat = lees(APPARAAT) || crypto.getRandomValues(new Uint32Array(3)).join("-");
  schrijf(APPARAAT, apparaat);
  const kop = maak("header", "kop"), boven = maak("p", "boven"), titel = maak("h1", "", "Samen beoordelen"), wie = maak("p", "wie"), hoofd = maak("div", "hoofd");
  kop.append(boven, titel, wie);
  el.append(kop, hoofd);
  const sleutel = (a, c) => `${a}|${c}`;
  const stuur = (bericht) => model.send(bericht);
  const alleVragen = () => d.sessie.items.flatMap((i) => i.criteria.map((c) => sleutel(i.id, c)));
  const zelfGaf = (k) => k in d.eigen.nu, gegeven = (k) => zelfGaf(k) || d.eigen.elders.includes(k);
  const itemNog = (item) => item.criteria.filter((c) => !gegeven(sleutel(item.id, c))).length;
  const nogItems = () => d.sessie.items.filter(itemNog).length;

  model.on("msg:custom", (b) => {
    if (b.soort === "deel") {
      d[b.naam] = b.waarde;
      if (b.naam === "eigen") for (const { sleutel: k, score } of wacht.values()) d.eigen.nu[k] = score;
      if (b.naam === "waar" || scherm) teken(b.naam);
    } else if (b.soort === "bewaard") { wacht.delete(b.nr); mis = ""; status(); }
    else if (b.soort === "geweigerd") { wacht.delete(b.nr); mis = `Uw laatste score is niet bewaard. ${b.tekst}`; if (el.dataset.scherm === "uitslag") uitslag(true); else status(); }
    else if (b.soort === "bezet" || b.soort === "geen_naam") { bezet = b.soort === "bezet" ? b.naam : ""; mis = b.tekst; teken("naam"); }
  });

  /* -- which screen -- */
  function teken(deel) {
    if (d.sessie === undefined) return;
    if (d.sessie !== null && (!d.waar || d.waar.code !== d.sessie.code || d.waar.ronde !== d.sessie.ronde)) return; // "waar" is on its way
    const nu = d.sessie === null ? "kies" : !d.waar.naam ? "naam" : d.waar.fase === "scoren" ? "scoren" : "uitslag";
    if (nu !== "kies" && nu !== "naam" && !d.eigen) return;
    const stap = nu === "kies" ? nu : [nu, d.waar.code, d.waar.ronde, d.waar.fase].join(), nieuw = stap !== scherm;
    scherm = stap;
    el.dataset.scherm = nu;
    if (nieuw) { if (nu !== "uitslag") mis = ""; alles = false; plek = 0; actief = 0; }
    if (nu === "kies") kies();
    else if (nu === "naam") naam(nieuw, deel);
    else if (nu === "scoren") scoren(nieuw, deel);
    else uitslag(nieuw, deel);
    if (nieuw && nu !== "naam") { titel.tabIndex = -1; scrollTo({ top: 0 }); }
  }
  function zetKop(bovenTekst, titelTekst, wieDelen) {
    boven.textContent = bovenTekst; boven.hidden = !bovenTekst;
    titel.textContent = titelTekst;
    wie.replaceChildren(...wieDelen); wie.hidden = !wieDelen.length;
  }
  const andere = () => (d.meer ? [knop("Andere sessie", "link", () => stuur({ soort: "kies", code: "" }))] : []);

  /* -- choosing a session -- */
  function kies() {
    zetKop("Samen beoordelen", "Welke sessie?", []);
    if (!d.sessies?.length) {
      titel.textContent = "Er is nog geen sessie";
      hoofd.replaceChildren(maak("p", "", "Laat deze pagina open. Zodra er een sessie begint, verschijnt die hier."));
      return;
    }
    const lijst = maak("ul", "keuzes");
    for (const s of d.sessies) {
      const li = maak("li"), k = knop("", "keuze", () => stuur({ soort: "kies", code: s.code }));
      k.append(maak("strong", "", s.titel), maak("span", "", s.zin));
      li.append(k);
      lijst.append(li);
    }
    hoofd.replaceChildren(lijst);
  }

  /* -- who are you -- */
  function doeMee(wie_, bevestigd = false) {
    zelf = wie_;
    stuur({ soort: "doe_mee", code: d.sessie.code, naam: wie_, apparaat, bevestigd });
  }
  function naam(nieuw, deel) {
    if (nieuw) {
      bezet = "";
      let eerder = null;
      try { eerder = JSON.parse(lees(DEELNAME)); } catch (_) { /* nothing to go back to */ }
      const weer = eerder && eerder.code === d.sessie.code && eerder.titel === d.sessie.titel && eerder.naam !== probeer;
      if (weer) { probeer = eerder.naam; doeMee(eerder.naam); }
    } else if (deel !== "naam" && deel !== "voortgang") return;
    const oud = hoofd.querySelector("input"), getypt = oud?.value, focus = oud && oud === document.activeElement;
    zetKop(d.sessie.titel, "Wie bent u?", andere());
    hoofd.replaceChildren();
    if (bezet) {
      const vak = maak("div", "vraag");
      vak.setAttribute("role", "alertdialog"); vak.setAttribute("aria-label", mis);
      const ja = knop("Ja, dat ben ik", "eerste", () => doeMee(bezet, true)), andersKnop = knop("Nee, ik heet anders", "", () => { bezet = ""; mis = ""; teken("naam"); hoofd.querySelector("input")?.focus(); });
      vak.append(maak("p", "", mis), maak("p", "stil", "Bent u dat op een ander apparaat, ga dan verder. Wat u daar gaf, ziet u hier pas als de sessieleider u toelaat. Bent u iemand anders met dezelfde naam, zet er dan iets achter."), ja, andersKnop);
      hoofd.append(vak);
      ja.focus();
      return;
    }
    const vrij = (d.voortgang?.mensen ?? []).filter((m) => !m.apparaten).map((m) => m.naam).sort((a, b) => a.localeCompare(b, "nl"));
    if (vrij.length) {
      const lijst = maak("ul", "namen");
      for (const n of vrij) { const li = maak("li"); li.append(knop(n, "naam", () => doeMee(n))); lijst.append(li); }
      hoofd.append(maak("p", "", "Kies uw naam."), lijst);
    }
    const vorm = maak("form", "zelf"), label = maak("label", "", vrij.length ? "Staat u er niet bij? Vul uw naam in" : "Uw naam"), veld = maak("input"), fout = maak("p", "fout", mis);
    veld.type = "text"; veld.id = "ow-naam"; veld.maxLength = 80; veld.autocomplete = "name"; label.htmlFor = veld.id;
    veld.value = getypt ?? lees(NAAM) ?? "";
    fout.setAttribute("role", "alert");
    const mee = knop("Doe mee", "eerste"); mee.type = "submit";
    vorm.append(label, veld, mee, fout);
    vorm.addEventListener("submit", (e) => { e.preventDefault(); doeMee(veld.value.trim()); });
    hoofd.append(vorm);
    if (focus) veld.focus();
  }

  /* -- scoring -- */
  let v = null; // the parts of the screen that change without being made anew
  function scoren(nieuw, deel) {
    if (nieuw) {
      schrijf(NAAM, d.waar.naam);
      schrijf(DEELNAME, JSON.stringify({ code: d.waar.code, titel: d.sessie.titel, naam: d.waar.naam }));
      plek = Math.max(0, d.sessie.items.findIndex(itemNog));
      bouwScoren();
    } else if (deel === "sessie") bouwScoren();
    else if (deel === "eigen") item();
    stand();
  }
  function bouwScoren() {
    v = { toegang: maak("p", "toegang"), nog: maak("p", "nog"), balk: maak("progress"), klaar: maak("section", "klaar"), lijst: maak("details", "lijst"), kaart: maak("section", "kaart"), voet: maak("div", "voet"), status: maak("p", "status") };
    v.balk.setAttribute("aria-label", "Hoever u bent");
    v.samenvatting = maak("summary");
    v.nummers = maak("ol");
    v.lijst.append(v.samenvatting, v.nummers);
    v.lijst.open = matchMedia("(min-width: 1100px)").matches;
    v.status.setAttribute("role", "status");
    v.klaar.setAttribute("aria-live", "polite");
    const toetsen = maak("p", "toetsen", "Met het toetsenbord: een cijfer geeft een score, W is weet ik niet, ↑ en ↓ kiezen een criterium, ← en → een ambitie.");
    v.vorige = knop("← Vorige", "", () => ga(plek - 1));
    v.volgende = knop("Volgende →", "", () => ga(plek + 1));
    v.voet.append(v.vorige, v.volgende);
    d.sessie.items.forEach((it, i) => {
      const li = maak("li"), k = knop("", "", () => { ga(i); if (!matchMedia("(min-width: 1100px)").matches) v.lijst.open = false; });
      k.append(maak("span", "teken"), maak("span", "tekst", it.titel));
      li.append(k);
      v.nummers.append(li);
    });
    const meter = maak("div", "meter"), midden = maak("div", "midden");
    meter.append(v.nog, v.balk, v.status);
    v.toegang.setAttribute("role", "status");
    midden.append(v.toegang, v.klaar, v.kaart, v.voet, toetsen);
    const werk = maak("div", "werk");
    werk.append(v.lijst, midden);
    hoofd.replaceChildren(meter, werk);
    item();
  }
  function ga(i) {
    if (i < 0 || i >= d.sessie.items.length) return;
    plek = i; actief = 0;
    item(); stand();
    v.kaart.querySelector("h2").focus({ preventScroll: true });
    v.kaart.scrollIntoView({ block: "nearest" });
    if (v.kaart.getBoundingClientRect().top < 56) v.kaart.scrollIntoView({ block: "start" });
  }
  const uitlegRonde = (k) => { const s = d.eigen.eerder[k]; return s === undefined ? "" : s === WEET_NIET ? "Eerst: weet ik niet" : `Eerst gaf u ${getal(s)}`; };
  function item() {
    const it = d.sessie.items[plek], kaart = v.kaart, oud = document.activeElement, vak = oud?.dataset?.vak, getypt = oud?.dataset?.open ? oud.value : null;
    const h2 = maak("h2", "", it.titel);
    h2.tabIndex = -1;
    kaart.replaceChildren(maak("p", "nummer", `${plek + 1} van ${d.sessie.items.length}`), h2);
    if (it.omschrijving && it.omschrijving !== it.titel) kaart.append(maak("p", "omschrijving", it.omschrijving));
    const toen = Object.fromEntries((d.uitslag?.ambities.find((a) => a.id === it.id)?.regels ?? []).map((r) => [r.criterium, r]));
    it.criteria.forEach((c, i) => kaart.append(criterium(it, c, i, toen[c])));
    const eerder = it.criteria.filter((c) => sleutel(it.id, c) in d.eigen.eerder && !gegeven(sleutel(it.id, c)));
    if (eerder.length) kaart.append(knop(eerder.length === 1 ? "Blijf bij mijn score" : "Blijf bij mijn scores", "blijf", () => { for (const c of eerder) geef(it.id, c, d.eigen.eerder[sleutel(it.id, c)], false); item(); stand(); }));
    const terug = vak && kaart.querySelector(`[data-vak="${CSS.escape(vak)}"]`);
    if (terug) { terug.focus({ preventScroll: true }); if (getypt !== null) { terug.value = getypt; terug.dataset.open = "ja"; } }
  }
  function criterium(it, c, i, toen) {
    const m = d.sessie.criteria[c], k = sleutel(it.id, c), vak = maak("fieldset", i === actief ? "criterium actief" : "criterium");
    const legenda = maak("legend", "", m.naam);
    if (m.lager) legenda.append(maak("span", "richting", ` · ${LAGER}`));
    vak.append(legenda);
    const eerst = uitlegRonde(k);
    if (m.omschrijving) vak.append(maak("p", "uitleg", m.omschrijving));
    if (toen?.waarden.length) { const eigenToen = d.eigen.eerder[k] ?? null; vak.append(stippen({ ...toen, eigen: eigenToen, afspraak: toen.afspraak?.score ?? null })); }
    if (eerst) vak.append(maak("p", "eerst", eerst));
    if (gegeven(k) && !zelfGaf(k)) vak.append(maak("p", "eerst", "Gegeven op een ander apparaat. Wat u hier geeft, komt ervoor in de plaats."));
    const rij = maak("div", "rij"), waarden = stappen(m.laagst, m.hoogst);
    const kiesKnop = (tekst, score, naam_, klasse) => {
      const b = knop(tekst, klasse, () => { actief = i; geef(it.id, c, score); });
      b.dataset.vak = `${k}|${score}`;
      b.setAttribute("aria-label", `${m.naam}: ${naam_}`);
      b.setAttribute("aria-pressed", String(zelfGaf(k) && d.eigen.nu[k] === score));
      if (eerst && d.eigen.eerder[k] === score) b.classList.add("toen");
      return b;
    };
    if (waarden) {
      const vlak = maak("div", "schaal"), einden = maak("div", "einden");
      for (const w of waarden) vlak.append(kiesKnop(getal(w), w, `${getal(w)}${w === m.laagst && m.uitleg_laagst ? `, ${m.uitleg_laagst}` : w === m.hoogst && m.uitleg_hoogst ? `, ${m.uitleg_hoogst}` : ""}`, "score"));
      einden.append(maak("span", "", m.uitleg_laagst || (m.lager ? "laagst, het best" : "laagst")), maak("span", "", m.uitleg_hoogst || (m.lager ? "hoogst, het slechtst" : "hoogst")));
      const blok = maak("div", waarden.length > 6 ? "blok lang" : "blok");
      vlak.style.setProperty("--kolommen", Math.ceil(waarden.length / 2));
      blok.append(vlak, einden);
      rij.append(blok);
    } else {
      const veld = getalveld(m, zelfGaf(k) ? d.eigen.nu[k] : null), fout = maak("p", "fout");
      veld.dataset.vak = k;
      fout.id = `ow-fout-${i}`; fout.setAttribute("role", "alert"); veld.setAttribute("aria-describedby", fout.id);
      veld.setAttribute("aria-label", `${m.naam}: van ${getal(m.laagst)}${m.uitleg_laagst ? ` (${m.uitleg_laagst})` : ""} tot ${getal(m.hoogst)}${m.uitleg_hoogst ? ` (${m.uitleg_hoogst})` : ""}`);
      veld.addEventListener("input", () => { veld.dataset.open = "ja"; }); // what was typed stays when the card is made anew
      veld.addEventListener("change", () => {
        const score = leesGetal(veld.value), goed = opSchaal(score, m);
        veld.setAttribute("aria-invalid", String(!goed));
        fout.textContent = goed ? "" : `Niet bewaard: vul een getal van ${getal(m.laagst)} tot ${getal(m.hoogst)} in, of kies ‘Weet ik niet’.`;
        if (goed) { actief = i; delete veld.dataset.open; geef(it.id, c, score); }
      });
      const blok = maak("div", "blok");
      blok.append(veld, maak("span", "stil", `${getal(m.laagst)} ${m.uitleg_laagst} tot ${getal(m.hoogst)} ${m.uitleg_hoogst}`), fout);
      rij.append(blok);
    }
    rij.append(kiesKnop("Weet ik niet", WEET_NIET, "weet ik niet", "weetniet"));
    vak.append(rij);
    return vak;
  }
  function geef(ambitie, c, score, teken_ = true) {
    const k = sleutel(ambitie, c);
    d.eigen.nu[k] = score;
    wacht.set(++nr, { sleutel: k, score, sinds: performance.now() });
    mis = "";
    stuur({ soort: "score", nr, ambitie, criterium: c, score });
    if (teken_) { item(); stand(); }
  }
  function stand() {
    const items = d.sessie.items, rest = nogItems(), eerste = d.voortgang;
    zetKop(d.sessie.titel + (d.waar.ronde > 1 ? ` · ronde ${d.waar.ronde}` : ""), d.waar.ronde > 1 ? "Scoor opnieuw" : "Geef uw scores", [maak("span", "", `U bent ${d.waar.naam}. `), knop("Niet u?", "link", () => { schrijf(DEELNAME, ""); probeer = d.waar.naam; stuur({ soort: "kies", code: d.waar.code }); }), ...andere()]);
    v.toegang.textContent = toegangZin(); v.toegang.hidden = !v.toegang.textContent;
    v.nog.textContent = rest ? `Nog ${rest} van ${items.length}` : "Alles ingevuld";
    v.balk.max = alleVragen().length; v.balk.value = alleVragen().filter(gegeven).length;
    v.samenvatting.textContent = items.length > 1 ? `Alle ${items.length} ambities` : "1 ambitie";
    [...v.nummers.children].forEach((li, i) => {
      const open = itemNog(items[i]), k = li.firstChild, begonnen = open < items[i].criteria.length;
      k.firstChild.textContent = open ? (begonnen ? "◐" : "○") : "●";
      k.setAttribute("aria-label", `${i + 1}. ${items[i].titel}: ${open ? (begonnen ? `nog ${open}` : "nog niet") : "klaar"}`);
      if (i === plek) k.setAttribute("aria-current", "true"); else k.removeAttribute("aria-current");
    });
    v.vorige.disabled = plek === 0;
    const verder = items.findIndex((it, i) => i > plek && itemNog(it)), laatste = plek === items.length - 1;
    v.volgende.disabled = laatste;
    v.volgende.classList.toggle("eerste", !itemNog(items[plek]) && !laatste);
    v.volgende.title = verder > plek ? "Pijl naar rechts" : "";
    v.klaar.hidden = rest > 0;
    if (!rest) {
      const noem = (klasse, tekst, mensen) => { const p = maak("p", klasse, `${tekst}: ${mensen.map((m) => m.naam).join(", ")}`); p.hidden = !mensen.length; return p; };
      v.klaar.replaceChildren(maak("h2", "", "U bent klaar"), maak("p", "", `${eerste.zin}. Zodra de scores worden getoond, ziet u ze hier. Tot dan kunt u uw scores nog wijzigen.`), noem("bezig", "○ Nog niet klaar", eerste.mensen.filter((m) => m.nog)), noem("af", "● Klaar", eerste.mensen.filter((m) => !m.nog)));
      if (!v.wasKlaar && v.wasKlaar !== undefined) v.klaar.scrollIntoView({ block: "center" });
    }
    v.wasKlaar = !rest;
    status();
  }
  const toegangZin = () => ({
    eerste: `▲ Er beoordeelt nog een apparaat als ${d.waar.naam}. Bent u dat niet? Zeg het de sessieleider.`,
    wacht: `▲ Er beoordeelt al iemand als ${d.waar.naam}. U ziet hier niet wat daar is gegeven. Bent u dat zelf? Vraag de sessieleider om u toe te laten.`,
  }[d.eigen.toegang] ?? "");
  function status() {
    if (!v?.status.isConnected) return;
    const oudste = Math.min(...[...wacht.values()].map((w) => w.sinds)), traag = performance.now() - oudste > 4000;
    v.status.className = "status " + (mis || traag ? "fout" : wacht.size ? "bezig" : "goed");
    const rest = d.eigen && Object.keys(d.eigen.nu).length;
    v.status.textContent = mis || (wacht.size ? (traag ? `▲ ${telwoord(wacht.size, "score", "scores")} nog niet bewaard` : "Wordt bewaard…") : rest ? "● Bewaard" : "");
  }
  const klok = setInterval(() => { if (wacht.size) status(); }, 1000);

  /* -- what the group gave -- */
  function uitslag(nieuw, deel) {
    if (!nieuw && !["uitslag", "sessie", "eigen"].includes(deel)) return;
    if (!d.uitslag) return;
    const dicht = d.waar.fase === "gesloten", rijen = d.uitslag.ambities;
    zetKop(d.sessie.titel, dicht ? "Bedankt, de sessie is gesloten" : `De scores van ronde ${d.waar.ronde}`, [maak("span", "", `U bent ${d.waar.naam}. `), ...andere()]);
    const uitleg = maak("ul", "ow-stippen-uitleg");
    const er = (wat) => rijen.some((a) => a.regels.some((r) => r[wat] !== null)), mijn = er("eigen");
    for (const [klasse, tekst] of [...(mijn ? [["eigen", "uw score"]] : []), ["", mijn ? "de anderen" : "een deelnemer"], ["gemiddeld", "gemiddelde"], ...(er("afspraak") ? [["afspraak", "afgesproken"]] : [])]) { const li = maak("li", klasse); li.append(maak("i"), document.createTextNode(tekst)); uitleg.append(li); }
    const fout = maak("p", "fout", mis);
    fout.setAttribute("role", "alert"); fout.hidden = !mis;
    const delen = [fout, maak("p", "zin", dicht ? besloten(rijen) : d.uitslag.zin), maak("p", "stil", dicht ? "De gemiddelden en afspraken tellen nu mee in de rangorde." : "Bespreek de verschillen. Volgt er een tweede ronde, dan begint die hier vanzelf."), uitleg];
    for (const a of alles ? rijen : rijen.slice(0, 8)) delen.push(ambitie(a));
    if (!alles && rijen.length > 8) delen.push(knop(`Toon alle ${rijen.length} ambities`, "", () => { alles = true; uitslag(true); }));
    hoofd.replaceChildren(...delen);
  }
  function besloten(rijen) {
    const n = rijen.reduce((som, a) => som + a.regels.filter((r) => r.afspraak).length, 0), over = `De groep beoordeelde ${telwoord(rijen.length, "ambitie", "ambities")}.`;
    return n ? `${over} Over ${telwoord(n, "score", "scores")} is iets anders afgesproken dan het gemiddelde.` : `${over} Overal geldt het gemiddelde.`;
  }
  function ambitie(a) {
    const vak = maak("section", "kaart uitslag"), h2 = maak("h2", "", a.titel);
    vak.append(h2);
    for (const r of a.regels) {
      const rij = maak("div", "regel"), cijfer = maak("p", "cijfer"), afspraak = r.afspraak?.score ?? null;
      cijfer.append(maak("strong", "", afspraak !== null ? getal(afspraak) : r.gemiddeld === null ? "–" : getal(r.gemiddeld)), maak("span", "", afspraak !== null ? " afgesproken" : " gemiddeld"));
      if (r.eerder && r.eerder.gemiddeld !== null && getal(r.eerder.gemiddeld) !== cijfer.firstChild.textContent) cijfer.append(maak("span", "stil", `, was ${getal(r.eerder.gemiddeld)}`));
      const h3 = maak("h3", "", r.naam);
      if (r.lager) h3.append(maak("span", "richting", ` · ${LAGER}`));
      rij.append(h3, stippen({ ...r, afspraak }), cijfer);
      if (r.afspraak) rij.append(maak("p", "reden", `${r.afspraak.reden} (${r.afspraak.wie})`));
      vak.append(rij);
    }
    return vak;
  }

  /* -- keyboard: digits score, up and down choose a criterium, left and right an ambitie -- */
  const toets = (e) => {
    if (!el.isConnected || el.dataset.scherm !== "scoren" || e.ctrlKey || e.metaKey || e.altKey || e.target.closest?.("input, textarea, select, summary")) return;
    const it = d.sessie.items[plek], c = it.criteria[actief], m = d.sessie.criteria[c];
    const kiesVak = (i) => { actief = Math.max(0, Math.min(it.criteria.length - 1, i)); item(); v.kaart.querySelector(".actief").scrollIntoView({ block: "nearest" }); };
    if (/^[0-9]$/.test(e.key) && stappen(m.laagst, m.hoogst)?.includes(Number(e.key))) { geef(it.id, c, Number(e.key), false); kiesVak(actief + 1); stand(); }
    else if (e.key === "?" || e.key.toLowerCase() === "w") { geef(it.id, c, WEET_NIET, false); kiesVak(actief + 1); stand(); }
    else if (e.key === "ArrowDown") kiesVak(actief + 1);
    else if (e.key === "ArrowUp") kiesVak(actief - 1);
    else if (e.key === "ArrowRight") ga(plek + 1);
    else if (e.key === "ArrowLeft") ga(plek - 1);
    else return;
    e.preventDefault();
  };
  document.addEventListener("keydown", toets);
  stuur({ soort: "begin" });
  return () => { clearInterval(klok); document.removeEventListener("keydown", toets); };
}
export default { render };
