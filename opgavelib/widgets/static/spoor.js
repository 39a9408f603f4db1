/* Search as you type, and the road of one row as a timeline. maak, uid, knop and telwoord are those of kiezer.js. */
const TEKENS = { bron: "▤", gelezen: "↓", gewijzigd: "✎", vervallen: "∅", kenmerk: "#", paar: "⇄", besluit: "◆", scores: "★", hierin: "⇉", nu: "●", opgave: "◎", activiteiten: "▶" };
const PLAATS = { opgave: "◎", samengevoegd: "⇉", lijn: "↻", parkeerplaats: "⏸", afgewezen: "✕", open: "○" };
const CHIPS = { naam: "Wie of wat zoekt u? Bijvoorbeeld:" };

function render({ model, el }) {
  el.classList.add("ow-spoor");
  el.dataset.versie = "0";
  const links = maak("section", "ow-deel zoeken"), rechts = maak("section", "ow-deel weg");
  const id = uid(), label = maak("label", "", "Zoek een rij"), uitleg = maak("p", "uitleg", "Op tekst, code, bron of collegelid."), zoek = maak("input"), telling = maak("p", "telling"), lijst = maak("ul"), chips = maak("div", "chips");
  zoek.type = "search"; zoek.id = id; label.htmlFor = id; uitleg.id = id + "u"; lijst.id = id + "l";
  zoek.autocomplete = "off"; zoek.spellcheck = false;
  zoek.setAttribute("aria-describedby", uitleg.id); zoek.setAttribute("aria-controls", lijst.id);
  telling.setAttribute("role", "status");
  lijst.setAttribute("aria-label", "Gevonden rijen");
  links.append(label, uitleg, zoek, telling, chips, lijst);
  rechts.tabIndex = -1;
  rechts.setAttribute("aria-label", "De weg van deze rij");
  el.append(links, rechts);
  let wacht = 0, gestuurd = "", naarWeg = false;

  function stuurZoek() { gestuurd = zoek.value; model.send({ soort: "zoek", tekst: zoek.value }); }
  const kies = (ambitie) => { naarWeg = true; model.send({ soort: "kies", ambitie }); };
  zoek.addEventListener("input", () => { clearTimeout(wacht); wacht = setTimeout(stuurZoek, 150); });
  zoek.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown") { e.preventDefault(); lijst.querySelector("button")?.focus(); }
    if (e.key === "Enter") { e.preventDefault(); clearTimeout(wacht); const eerste = lijst.querySelector("button"); if (zoek.value === gestuurd && eerste) eerste.click(); else stuurZoek(); }
  });
  lijst.addEventListener("keydown", (e) => {
    const alle = [...lijst.querySelectorAll("button")], i = alle.indexOf(document.activeElement);
    const naar = { ArrowDown: i + 1, ArrowUp: i - 1, Home: 0, End: alle.length - 1 }[e.key];
    if (naar === undefined || i < 0) return;
    e.preventDefault();
    if (naar < 0) zoek.focus(); else alle[Math.min(naar, alle.length - 1)].focus();
  });

  function tekenGevonden() {
    const g = model.get("gevonden"), rijen = g.rijen ?? [];
    const had = lijst.contains(document.activeElement) ? document.activeElement.dataset.ambitie : null;
    if (document.activeElement !== zoek && zoek.value !== (g.tekst ?? "")) zoek.value = g.tekst ?? "";
    const rest = (g.aantal ?? 0) - rijen.length;
    telling.textContent = g.leeg || (!g.tekst?.trim() ? "" : !g.aantal ? "Niets gevonden. Probeer een ander woord, of minder woorden." : telwoord(g.aantal, "rij", "rijen") + (rest > 0 ? `; dit zijn de eerste ${rijen.length}` : ""));
    chips.replaceChildren();
    chips.hidden = Boolean(g.tekst?.trim()) || !(g.voorstellen ?? []).length;
    if (!chips.hidden) {
      chips.append(maak("p", "uitleg", CHIPS.naam));
      for (const v of g.voorstellen) chips.append(knop(v, "chip", () => { zoek.value = v; stuurZoek(); zoek.focus(); }));
    }
    lijst.replaceChildren(...rijen.map((r) => {
      const li = maak("li"), b = knop("", "rij", () => kies(r.ambitie));
      b.dataset.ambitie = r.ambitie;
      const waar = maak("span", "waar " + r.bestemming, "");
      const teken = maak("span", "", PLAATS[r.bestemming] + " ");
      teken.setAttribute("aria-hidden", "true");
      waar.append(teken, r.waar);
      b.append(maak("span", "code", r.ambitie), maak("span", "titel", r.titel), maak("span", "bron", r.bron), waar);
      li.append(b);
      return li;
    }));
    merkGekozen();
    if (had) lijst.querySelector(`[data-ambitie="${CSS.escape(had)}"]`)?.focus();
    el.dataset.versie = String(+el.dataset.versie + 1);
    el.dataset.klaar = "ja";
  }

  function merkGekozen() {
    const nu = model.get("weg").ambitie;
    for (const b of lijst.querySelectorAll("button")) if (b.dataset.ambitie === nu) b.setAttribute("aria-current", "true"); else b.removeAttribute("aria-current");
  }

  function tekenDetails(stap) {
    const dl = maak("dl");
    for (const [naam, oud, nieuw] of stap.details) {
      const rij = maak("div"), dd = maak("dd");
      if (oud) { const was = maak("del", "", oud); dd.append(maak("span", "ow-alleen-voorlezen", "was: "), was, maak("span", "pijl", " → "), maak("span", "ow-alleen-voorlezen", "nu: "), maak("ins", "", nieuw)); } else dd.textContent = nieuw;
      rij.append(maak("dt", "", naam), dd);
      dl.append(rij);
    }
    if (stap.soort !== "bron" && stap.soort !== "scores" && stap.soort !== "hierin") return dl;
    const vouw = maak("details"), kop = maak("summary", "", { bron: "Wat er in het bestand staat", scores: "Per criterium", hierin: "Welke rijen" }[stap.soort]);
    vouw.append(kop, dl);
    return vouw;
  }

  function tekenStap(stap, eerste) {
    const li = maak("li", `stap ${stap.soort}${stap.geldt ? "" : " voorbij"}${eerste ? " eerste" : ""}`);
    const teken = maak("span", "teken", TEKENS[stap.soort] ?? "●"), vak = maak("div", "vak");
    teken.setAttribute("aria-hidden", "true");
    if (stap.tijdstip || stap.wie) vak.append(maak("p", "wanneer", [stap.tijdstip, stap.wie].filter(Boolean).join(" · ")));
    const kop = maak(eerste ? "h3" : "p", "kop", eerste && stap.ambitie === model.get("weg").ambitie ? `Opgeschreven als ${stap.ambitie}` : stap.kop);
    vak.append(kop);
    if (!stap.geldt) vak.append(maak("p", "uitleg", "Daarna is opnieuw besloten."));
    if (stap.tekst) vak.append(maak("p", "tekst", stap.soort === "besluit" || stap.soort === "paar" || stap.soort === "kenmerk" ? `“${stap.tekst}”` : stap.tekst));
    if (stap.details.length) vak.append(tekenDetails(stap));
    li.append(teken, vak);
    return li;
  }

  function tekenWeg() {
    const w = model.get("weg");
    rechts.replaceChildren();
    if (!w.ambitie) {
      rechts.append(maak("p", "leeg", "Kies links een rij. Hier komt haar weg: waar ze vandaan komt, wat erover is besloten, door wie en waarom, en waar ze nu is."));
      rechts.dataset.ambitie = "";
    } else {
      const kop = maak("h2", "", w.titel);
      const keten = maak("ol", "keten");
      keten.setAttribute("aria-label", "De weg in het kort");
      for (const k of w.keten) {
        const li = maak("li", "k-" + k.soort);
        li.append(maak("b", "", `${PLAATS[k.soort] ? PLAATS[k.soort] + " " : ""}${k.kop}`));
        if (k.tekst) li.append(maak("span", "", k.tekst));
        keten.append(li);
      }
      const lijn = maak("ol", "lijn");
      w.stappen.forEach((s, i) => {
        if (i && s.soort === "bron") { const li = maak("li", "verder", `Gaat verder als ${s.ambitie}`); lijn.append(li); }
        lijn.append(tekenStap(s, s.soort === "bron"));
      });
      rechts.append(kop, keten, lijn);
      rechts.dataset.ambitie = w.ambitie;
    }
    merkGekozen();
    if (naarWeg && w.ambitie) { naarWeg = false; rechts.focus({ preventScroll: true }); rechts.scrollIntoView({ block: "nearest" }); }
    el.dataset.versie = String(+el.dataset.versie + 1);
  }

  model.on("change:tekst", () => { if (document.activeElement !== zoek) zoek.value = model.get("tekst"); });
  model.on("change:gevonden", tekenGevonden);
  model.on("change:weg", tekenWeg);
  zoek.value = model.get("tekst");
  tekenGevonden();
  tekenWeg();
}
export default { render };
