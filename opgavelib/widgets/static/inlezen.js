/* Reading files: choose or drop, check, correct, see what changes. All text from files is set as text. */
const maak = (soort, klasse, inhoud) => {
  const e = document.createElement(soort);
  if (klasse) e.className = klasse;
  if (inhoud !== undefined) e.textContent = inhoud;
  return e;
};
const HEEL = new Intl.NumberFormat("nl-NL");
const STUK = 1 << 20, VOORUIT = 4; // pieces well below the 10 MB that a websocket message may be
const ERNST = { fout: ["fout", "■", "Fout"], "let op": ["letop", "▲", "Let op"], info: ["info", "●", "Info"] };
const uid = () => "i" + Math.random().toString(36).slice(2);
const telt = (n, een, meer) => `${HEEL.format(n)} ${n === 1 ? een : meer}`;

function knop(tekst, klasse, doe) {
  const k = maak("button", klasse, tekst);
  k.type = "button";
  k.addEventListener("click", doe);
  return k;
}

function keuzelijst(label, opties, waarde, kies, verborgen) {
  const vak = maak("span", "ow-in-keuze"), l = maak("label", verborgen ? "ow-alleen-voorlezen" : "", label), s = maak("select");
  s.id = uid(); l.htmlFor = s.id;
  for (const o of opties) { const x = new Option(o.label, o.waarde, false, o.waarde === waarde); if (o.uitleg) x.title = o.uitleg; s.append(x); }
  s.addEventListener("change", () => kies(s.value));
  vak.append(l, s);
  return { vak, s };
}

function render({ model, el }) {
  el.classList.add("ow-inlezen");
  el.dataset.versie = "0";
  const zend = (inhoud, buffers) => model.send(inhoud, undefined, buffers);
  const boven = maak("div", "ow-kaart"), uitkomst = maak("div", "ow-in-uitkomst"), melder = maak("p", "ow-in-melder");
  melder.setAttribute("role", "status");
  el.append(boven, uitkomst);
  const zending = new Map();
  let onderweg = 0, mislukt = [];

  /* ---- sending ---- */
  async function verstuur(bestand) {
    const id = uid(), g = model.get("grenzen"), ext = bestand.name.split(".").pop().toLowerCase();
    if (!g.extensies.includes(ext)) return weiger(bestand, `Een .${ext}-bestand kan niet worden gelezen. Sla het op als .xlsx of .csv.`);
    if (bestand.size > g.bytes) return weiger(bestand, `Dit bestand is groter dan ${Math.round(g.bytes / 1e6)} MB. Haal afbeeldingen en overbodige bladen weg.`);
    const z = { naam: bestand.name, grootte: bestand.size, tot: 0, wacht: null, stuk: null };
    zending.set(id, z);
    const antwoord = (n) => new Promise((klaar, fout) => { z.nodig = n; z.klaar = klaar; z.fout = fout; if (z.tot >= n) klaar(); });
    zend({ soort: "begin", id, naam: bestand.name, grootte: bestand.size });
    try {
      z.tot = -1;
      await antwoord(0);
      for (let van = 0; van < bestand.size; van += STUK) {
        const deel = await bestand.slice(van, van + STUK).arrayBuffer();
        zend({ soort: "stuk", id, tot: Math.min(van + STUK, bestand.size) }, [deel]);
        await antwoord(van - (VOORUIT - 2) * STUK);
      }
      await antwoord(bestand.size);
      return true;
    } catch (e) {
      return weiger(bestand, "Het versturen is niet gelukt. Probeer het opnieuw.");
    } finally { zending.delete(id); voortgang(); }
  }

  function weiger(bestand, tekst) { mislukt.push({ naam: bestand.name, tekst }); return false; }

  async function ontvang(bestanden) {
    if (!bestanden.length || onderweg) return;
    mislukt = [];
    onderweg = bestanden.length;
    tekenBoven();
    let gelukt = 0;
    for (const b of bestanden) { gelukt += await verstuur(b) ? 1 : 0; onderweg -= 1; }
    tekenBoven();
    if (gelukt) zend({ soort: "bekijk" });
  }

  model.on("msg:custom", (m, buffers) => {
    if (m.soort === "ontvangen") {
      const z = zending.get(m.id);
      if (z) { z.tot = m.tot; if (z.tot >= z.nodig) z.klaar?.(); voortgang(); }
    } else if (m.soort === "mislukt") zending.get(m.id)?.fout?.(new Error("geweigerd"));
    else if (m.soort === "bestand") {
      const a = maak("a"), adres = URL.createObjectURL(new Blob([buffers[0]]));
      a.href = adres; a.download = m.naam;
      document.body.append(a); a.click(); a.remove();
      setTimeout(() => URL.revokeObjectURL(adres), 10_000);
    }
  });

  function voortgang() {
    const bezig = [...zending.values()].filter((z) => z.grootte > STUK && z.tot >= 0);
    melder.textContent = bezig.map((z) => `${z.naam} versturen: ${Math.round(100 * z.tot / z.grootte)}%`).join(", ") || (onderweg ? "Bezig met versturen…" : model.get("gedaan"));
  }

  /* ---- choosing ---- */
  function tekenBoven() {
    const fase = model.get("fase"), leeg = model.get("leeg"), gekozen = model.get("bestanden"), g = model.get("grenzen");
    const vak = maak("div", "ow-in-vak"), invoer = maak("input");
    invoer.type = "file"; invoer.multiple = true; invoer.hidden = true;
    invoer.accept = g.extensies.map((x) => "." + x).join(",");
    invoer.addEventListener("change", () => { ontvang([...invoer.files]); invoer.value = ""; });
    const kies = knop(gekozen.length ? "Kies nog een bestand" : "Kies bestanden", gekozen.length ? "ow-in-knop" : "ow-in-knop hoofd", () => invoer.click());
    kies.dataset.sleutel = "kies";
    kies.disabled = onderweg > 0;
    const hint = maak("p", "ow-in-hint", `of sleep ze hierheen. ${g.extensies.map((x) => "." + x).join(", ")}; hoogstens ${Math.round(g.bytes / 1e6)} MB per bestand.`);
    vak.append(invoer, kies, hint);
    const delen = [maak("h2", "", leeg && fase === "kies" ? "Begin met inlezen" : "Lees bestanden in")];
    if (leeg && fase === "kies") delen.push(maak("p", "", "Deze werkmap is nog leeg. Kies de bestanden die u van collega's kreeg: het coalitieakkoord, de begroting, de top-5 van het college, de teams. U ziet eerst wat het werkboek ervan begrijpt; er wordt niets opgeslagen voordat u dat zegt."));
    delen.push(vak);
    if (gekozen.length || mislukt.length) delen.push(tekenBestanden(gekozen));
    delen.push(melder);
    if (fase === "bezig") { const b = maak("p", "ow-in-bezig", "Bezig met lezen en vergelijken…"); b.setAttribute("role", "status"); delen.push(b); }
    delen.push(tekenSjablonen(leeg && fase === "kies"));
    metFocus(boven, () => boven.replaceChildren(...delen));
    voortgang();
  }

  function tekenBestanden(gekozen) {
    const lijst = maak("ul", "ow-in-bestanden");
    for (const b of gekozen) {
      const li = maak("li"), weg = knop("Haal weg", "ow-in-klein", () => zend({ soort: "weg", naam: b.naam }));
      weg.setAttribute("aria-label", `Haal ${b.naam} weg`);
      li.append(maak("span", "naam", b.naam), maak("span", "grootte", b.grootte), weg);
      lijst.append(li);
    }
    for (const m of mislukt) {
      const li = maak("li", "mis");
      li.setAttribute("role", "alert");
      li.append(maak("span", "naam", m.naam), maak("span", "waarom", "■ " + m.tekst));
      lijst.append(li);
    }
    return lijst;
  }

  function tekenSjablonen(open) {
    const d = maak("details", "ow-uitklap"), s = maak("summary", "", "Nog geen bestand? Begin met een leeg sjabloon of een voorbeeld");
    d.open = open;
    d.append(s);
    for (const [kop, soort, wat] of [["Lege sjablonen met keuzelijsten en uitleg", "sjabloon", model.get("sjablonen")], ["Ingevulde voorbeelden van een verzonnen gemeente", "voorbeeld", model.get("voorbeelden")]]) {
      const rij = maak("div", "ow-in-downloads");
      for (const x of wat) { const k = knop("↓ " + x.label, "ow-in-klein", () => zend({ soort, naam: x.naam })); rij.append(k); }
      d.append(maak("h3", "", kop), rij);
    }
    return d;
  }

  /* ---- what was understood ---- */
  function metFocus(vak, teken) {
    const had = vak.contains(document.activeElement) ? document.activeElement.dataset.sleutel : null;
    const openen = new Set([...vak.querySelectorAll("details[open][data-sleutel]")].map((d) => d.dataset.sleutel));
    const dicht = new Set([...vak.querySelectorAll("details:not([open])[data-sleutel]")].map((d) => d.dataset.sleutel));
    teken();
    for (const d of vak.querySelectorAll("details[data-sleutel]")) { if (openen.has(d.dataset.sleutel)) d.open = true; else if (dicht.has(d.dataset.sleutel)) d.open = false; }
    if (had) [...vak.querySelectorAll("[data-sleutel]")].find((e) => e.dataset.sleutel === had)?.focus({ preventScroll: true });
  }

  function tekenUitkomst() {
    const v = model.get("vorm"), bezig = model.get("fase") === "bezig";
    uitkomst.classList.toggle("bezig", bezig);
    metFocus(uitkomst, () => {
      if (!v.zin) { uitkomst.replaceChildren(); return; }
      uitkomst.replaceChildren(tekenKop(v, bezig), ...v.bladen.map((b, i) => tekenBlad(b, i, v)));
    });
    el.dataset.versie = String(+el.dataset.versie + 1);
    el.dataset.klaar = "ja";
  }

  function tekenKop(v, bezig) {
    const kaart = maak("section", "ow-kaart ow-in-kop");
    const zin = maak("p", "ow-conclusie", v.zin);
    zin.setAttribute("role", "status");
    kaart.append(zin);
    if (v.totalen.length) {
      const t = maak("dl", "ow-in-totalen");
      for (const x of v.totalen) { const d = maak("div"); d.append(maak("dt", "", x.naam), maak("dd", "", `${x.voor} → ${x.na}`)); t.append(d); }
      kaart.append(t);
    }
    const fouten = v.bevindingen.filter((b) => b.ernst === "fout").length;
    const rij = maak("div", "ow-in-knoppen"), lees = knop("Lees in", "ow-in-knop hoofd", () => zend({ soort: "lees_in" }));
    lees.dataset.sleutel = "lees_in";
    lees.disabled = bezig || !v.kan;
    rij.append(lees, knop("Begin opnieuw", "ow-in-knop", () => zend({ soort: "leeg" })));
    rij.append(maak("span", "ow-in-hint", fouten ? "Verbeter het bestand of de koppeling hieronder. Alles gaat samen naar binnen, of niets." : v.niets ? (v.onthoudt ? "Alleen uw keuze voor de kolommen wordt onthouden." : "Er is niets om op te slaan.") : "Er is nog niets opgeslagen."));
    kaart.append(rij);
    if (v.bevindingen.length) kaart.append(tekenBevindingen(v));
    return kaart;
  }

  function tekenBevindingen(v) {
    const d = maak("details", "ow-uitklap"), s = maak("summary");
    d.dataset.sleutel = "bevindingen";
    d.open = v.bevindingen.some((b) => b.ernst === "fout");
    s.append("Wat opviel: ");
    for (const [ernst, [klasse, teken, woord]] of Object.entries(ERNST)) {
      const n = v.bevindingen.filter((b) => b.ernst === ernst).length;
      if (n) s.append(maak("span", "ow-" + klasse, `${teken} ${n} × ${woord.toLowerCase()}  `));
    }
    const meer = v.bestanden.length > 1;
    const koppen = [...(meer ? ["Bestand"] : []), "Blad", "Rij", "Kolom", "Wat", "Wat u kunt doen"];
    const rijVan = (b) => [...(meer ? [b.bestand] : []), b.blad, b.rij ?? "", b.kolom, b.probleem, b.doe];
    const tabel = maak("table"), kop = maak("tr"), lijf = maak("tbody");
    for (const k of ["Ernst", ...koppen]) { const th = maak("th", "", k); th.scope = "col"; kop.append(th); }
    const orde = { fout: 0, "let op": 1, info: 2 };
    const lijst = [...v.bevindingen].sort((a, b) => orde[a.ernst] - orde[b.ernst]);
    for (const b of lijst) {
      const tr = maak("tr"), [klasse, teken, woord] = ERNST[b.ernst];
      tr.append(maak("td", "ow-" + klasse, `${teken} ${woord}`), ...rijVan(b).map((x) => maak("td", "", String(x))));
      lijf.append(tr);
    }
    const hoofd = maak("thead");
    hoofd.append(kop);
    tabel.append(maak("caption", "ow-alleen-voorlezen", "Bevindingen"), hoofd, lijf);
    const rol = maak("div", "ow-in-rol");
    rol.tabIndex = 0; rol.setAttribute("role", "region"); rol.setAttribute("aria-label", "Bevindingen");
    rol.append(tabel);
    const alles = lijst.map((b) => [ERNST[b.ernst][2], b.bestand, b.blad, b.rij ?? "", b.kolom, b.probleem, b.doe]);
    const kopieer = knop("Kopieer als tekst", "ow-in-klein", async () => {
      await navigator.clipboard.writeText(alles.map((r) => r.filter((x) => x !== "").join(" · ")).join("\n"));
      kopieer.textContent = "Gekopieerd";
    });
    // A text that starts with = + - @ would be a formula where it is opened.
    const csv = (x) => `"${String(x).replace(/^([=+\-@\t\r])/, "'$1").replaceAll('"', '""')}"`;
    const bewaar = knop("↓ Bewaar als .csv", "ow-in-klein", () => {
      const regels = [["Ernst", "Bestand", "Blad", "Rij", "Kolom", "Wat", "Wat u kunt doen"], ...alles].map((r) => r.map(csv).join(";"));
      const a = maak("a"), adres = URL.createObjectURL(new Blob(["\ufeff" + regels.join("\r\n")], { type: "text/csv" }));
      a.href = adres; a.download = "bevindingen.csv"; document.body.append(a); a.click(); a.remove();
      setTimeout(() => URL.revokeObjectURL(adres), 10_000);
    });
    const acties = maak("div", "ow-in-downloads");
    acties.append(kopieer, bewaar);
    d.append(s, rol, acties);
    return d;
  }

  function tekenBlad(b, i, v) {
    const kaart = maak("section", "ow-kaart ow-in-blad"), zend1 = (inhoud) => zend({ bestand: b.bestand, blad: b.blad, ...inhoud });
    const titel = maak("h2", "", b.blad);
    titel.id = uid();
    kaart.setAttribute("aria-labelledby", titel.id);
    const staat = !b.lezen ? "Dit blad wordt niet gelezen, zoals u koos." : !b.gelezen ? (b.lijkt ? `Niet zeker genoeg om te lezen; lijkt op: ${b.lijkt}` : "Niet herkend: kies wat dit is, of laat het weg.") : `${telt(b.rijen, "rij", "rijen")}${b.geweigerd ? `, ${telt(b.geweigerd, "rij", "rijen")} met een fout` : ""}`;
    const kop = maak("div", "ow-in-bladkop"), links = maak("div");
    const wat = b.soorten.find((x) => x.waarde === b.soort)?.label;
    links.append(titel, maak("p", "ow-in-hint", [b.bestand, wat, staat].filter(Boolean).join(" · ")));
    const mee = knop(b.lezen ? "Laat dit blad weg" : "Neem dit blad mee", "ow-in-klein", () => zend1({ soort: "blad", veld: "lezen", waarde: !b.lezen }));
    mee.dataset.sleutel = `mee${i}`;
    kop.append(links, mee);
    kaart.append(kop);
    if (!b.lezen) return kaart;
    if (b.verschillen.length || b.gelijk) kaart.append(tekenVerschillen(b, i));
    const d = maak("details", "ow-uitklap"), niet = b.kolommen.filter((k) => !k.ons).length, bij = b.kolommen.filter((k) => k.suggestie || k.twijfel).length;
    d.dataset.sleutel = `koppeling${i}`;
    // The first time a source is read its columns are what to look at.
    const eerste = b.verschillen.every((x) => !x.ongewijzigd && !x.gewijzigd.aantal && !x.vervallen.aantal);
    d.open = !b.gelezen || bij > 0 || (eerste && !b.gelijk && v.bladen.length <= 3);
    d.append(maak("summary", "", `Kolommen: ${b.kolommen.length - niet} gebruikt${niet ? `, ${niet} niet gebruikt` : ""}${bij ? `, ${bij} om na te kijken` : ""}`));
    const keuzes = maak("div", "ow-in-bladkeuzes");
    const soort = keuzelijst("Wat is dit?", [...(b.soort ? [] : [{ waarde: "", label: "Kies…" }]), ...b.soorten], b.soort, (w) => w && zend1({ soort: "blad", veld: "soort", waarde: w }));
    soort.s.dataset.sleutel = `soort${i}`;
    const rij = keuzelijst("Op welke rij staat de kop?", b.kopregels.map((k) => ({ waarde: String(k.rij), label: `Rij ${k.rij}: ${k.tekst}` })), String(b.kopregel), (w) => zend1({ soort: "blad", veld: "kopregel", waarde: Number(w) }));
    rij.s.dataset.sleutel = `kopregel${i}`;
    keuzes.append(soort.vak, rij.vak);
    d.append(keuzes, tekenKoppeling(b, i, zend1));
    kaart.append(d);
    return kaart;
  }

  function tekenKoppeling(b, i, zend1) {
    const rol = maak("div", "ow-in-rol"), tabel = maak("table", "ow-in-koppeling"), kop = maak("tr"), hoofd = maak("thead"), lijf = maak("tbody");
    for (const k of ["Uw kolom", "Wat erin staat", "Wordt gelezen als", "Waarom"]) { const th = maak("th", "", k); th.scope = "col"; kop.append(th); }
    hoofd.append(kop);
    const namen = new Map(b.opties.map((o) => [o.waarde, o]));
    for (const k of b.kolommen) {
      const tr = maak("tr", k.ons ? "" : "ongebruikt"), wie = maak("th"), wat = maak("td", "voorbeelden"), wordt = maak("td"), waarom = maak("td", "waarom");
      wie.scope = "row";
      wie.append(maak("span", "letter", k.letter), maak("span", "", k.kop));
      wat.textContent = k.voorbeelden.join("  ·  ") || "leeg";
      if (b.opties.length) {
        const { vak, s } = keuzelijst(`Kolom ${k.kop} wordt gelezen als`, [{ waarde: "", label: "niet gebruiken" }, ...b.opties], k.ons, (ons) => zend1({ soort: "kolom", kop: k.kop, ons }), true);
        s.dataset.sleutel = `k${i}-${k.letter}`;
        s.title = namen.get(k.ons)?.uitleg ?? "";
        wordt.append(vak);
        if (k.ons && namen.get(k.ons)) wordt.append(maak("span", "uitleg", namen.get(k.ons).uitleg));
      } else wordt.textContent = "–";
      if (k.suggestie) {
        waarom.append(maak("span", "ow-letop", "▲ "), `Lijkt ${k.suggestie.label}: ${k.suggestie.reden}.`);
        if (b.gelezen) { // one column alone does not make a table of a sheet that is none yet
          const neem = knop(`Gebruik als ${k.suggestie.label}`, "ow-in-klein", () => zend1({ soort: "kolom", kop: k.kop, ons: k.suggestie.ons }));
          neem.dataset.sleutel = `s${i}-${k.letter}`;
          waarom.append(neem);
        }
      } else {
        if (k.twijfel) waarom.append(maak("span", "ow-letop", "▲ "));
        waarom.append(k.reden);
      }
      tr.append(wie, wat, wordt, waarom);
      lijf.append(tr);
    }
    tabel.append(maak("caption", "ow-alleen-voorlezen", `Kolommen van blad ${b.blad}`), hoofd, lijf);
    rol.append(tabel);
    if (b.opties.some((o) => o.label.endsWith("*"))) rol.append(maak("p", "ow-in-hint", "* mag niet leeg zijn"));
    const n = b.kolommen.filter((k) => k.suggestie).length;
    if (n > 1 || (n && !b.gelezen)) { const alle = knop(b.gelezen ? `Gebruik alle ${n} suggesties` : `Lees dit blad zo: ${b.lijkt}`, "ow-in-klein", () => zend1({ soort: "suggesties" })); alle.dataset.sleutel = `alle${i}`; rol.append(alle); }
    return rol;
  }

  /* ---- what changes ---- */
  function tekenVerschillen(b, i) {
    const vak = maak("div", "ow-in-verschillen");
    if (b.gelijk) vak.append(maak("p", "", "Dit blad staat al precies zo in de werkmap."));
    b.verschillen.forEach((x, j) => {
      const delen = [["nieuw", "nieuw", "nieuw"], ["gewijzigd", "gewijzigd", "gewijzigd"], ["vervallen", "niet meer in het bestand", "niet meer in het bestand"]];
      if (b.verschillen.length > 1) vak.append(maak("h3", "", x.tabel));
      for (const [soort, een, meer] of delen) {
        const g = x[soort];
        if (!g.aantal) continue;
        const d = maak("details", `ow-uitklap ow-in-${soort}`), s = maak("summary", "", telt(g.aantal, een, meer));
        d.dataset.sleutel = `v${i}-${j}-${soort}`;
        d.open = soort !== "nieuw" && g.aantal <= 12;
        if (g.besluiten) s.append(maak("span", "ow-in-hint", soort === "vervallen" ? `  waarvan ${telt(g.besluiten, "rij", "rijen")} met een besluit; dat blijft bewaard` : `  waarvan ${telt(g.besluiten, "rij", "rijen")} met een besluit; kijk of dat nog klopt`));
        const lijst = maak("ul", "ow-in-rijen");
        for (const r of g.rijen) lijst.append(tekenRij(r, soort));
        if (g.aantal > g.rijen.length) lijst.append(maak("li", "ow-in-hint", `en nog ${HEEL.format(g.aantal - g.rijen.length)}`));
        d.append(s, lijst);
        vak.append(d);
      }
      if (x.ongewijzigd) vak.append(maak("p", "ow-in-hint", `${telt(x.ongewijzigd, "rij blijft", "rijen blijven")} gelijk${x.besluiten ? `; ${telt(x.besluiten, "besluit daarover blijft", "besluiten daarover blijven")} staan` : ""}.`));
    });
    return vak;
  }

  function tekenRij(r, soort) {
    const li = maak("li"), regel = maak("div");
    regel.append(maak("span", "waar", `${r.sleutel ? r.sleutel + ", " : ""}rij ${r.rij}`), maak("span", "naam", r.naam));
    if (r.besluit) regel.append(maak("span", "besluit", `besluit: ${r.besluit}`));
    li.append(regel);
    for (const v of r.velden) {
      const p = maak("p", "veld");
      p.append(maak("span", "veldnaam", v.naam + ": "));
      v.stukken.forEach(([wat, tekst], n) => { if (n) p.append(" "); p.append(wat ? maak(wat === "weg" ? "del" : "ins", "", tekst) : document.createTextNode(tekst)); });
      li.append(p);
    }
    return li;
  }

  /* A file that lands beside the zone would replace the page: the whole tab takes it. */
  const metBestand = (e) => e.dataTransfer?.types.includes("Files") && el.getClientRects().length;
  const boven_ = (e) => { if (metBestand(e)) { e.preventDefault(); el.querySelector(".ow-in-vak")?.classList.add("boven"); } };
  const weg_ = (e) => { if (!e.relatedTarget) el.querySelector(".ow-in-vak")?.classList.remove("boven"); };
  const val_ = (e) => { if (metBestand(e)) { e.preventDefault(); weg_({}); ontvang([...e.dataTransfer.files]); } };
  document.addEventListener("dragover", boven_);
  document.addEventListener("dragleave", weg_);
  document.addEventListener("drop", val_);

  model.on("change:bestanden change:leeg change:fase change:gedaan", tekenBoven);
  model.on("change:vorm change:fase", tekenUitkomst);
  tekenBoven();
  tekenUitkomst();
  return () => {
    document.removeEventListener("dragover", boven_);
    document.removeEventListener("dragleave", weg_);
    document.removeEventListener("drop", val_);
  };
}
export default { render };
