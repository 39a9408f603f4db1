/* A table. All data through textContent; rows are reused, so that live updates stay quick. */
const nl = (opties) => new Intl.NumberFormat("nl-NL", opties);
const EURO = nl({ style: "currency", currency: "EUR", maximumFractionDigits: 0 });
const HEEL = nl({ maximumFractionDigits: 0 }), TWEE = nl({ maximumFractionDigits: 2 });
const EEN = nl({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
const PROCENT = nl({ style: "percent", maximumFractionDigits: 1 });
const vergelijker = new Intl.Collator("nl", { numeric: true, sensitivity: "base" });
const GETALLEN = new Set(["euro", "uren", "getal", "aandeel", "score", "staaf"]);
const STATUS = {
  goed: ["goed", "●"], past: ["goed", "●"], groen: ["goed", "●"], akkoord: ["goed", "●"],
  "let op": ["letop", "▲"], "bijna vol": ["letop", "▲"], letop: ["letop", "▲"], oranje: ["letop", "▲"], geel: ["letop", "▲"],
  fout: ["fout", "■"], tekort: ["fout", "■"], rood: ["fout", "■"],
};
/* A number may be what others add up with: only words step aside. */
const bijzaak = (k) => k.bijzaak && !GETALLEN.has(k.soort);
const leeg = (w) => w === null || w === undefined || w === "";

function tekst(w, kolom) {
  if (leeg(w)) return "–";
  const n = typeof w === "number";
  switch (kolom.soort) {
    case "euro": return n ? `${w <= -0.5 ? "-" : ""}${EURO.format(Math.abs(w))}` : String(w); // as notatie.euro
    case "uren": return n ? `${HEEL.format(w)} uur` : String(w);
    case "getal": return n ? TWEE.format(w) : String(w);
    case "staaf": return n ? (kolom.max ?? 1) === 1 ? PROCENT.format(w) : EEN.format(w) : String(w);
    case "aandeel": return n ? PROCENT.format(w) : String(w);
    case "score": return n ? EEN.format(w) : String(w);
    default: return w === true ? "ja" : w === false ? "nee" : String(w);
  }
}

/* "€ 1.234,50", "12,5%", "1 360 uur" as a number; null when it is none. */
function lees(invoer, kolom) {
  let s = invoer.trim();
  if (s === "") return { waarde: null };
  if (!GETALLEN.has(kolom.soort)) return { waarde: s };
  const procent = /%$/.test(s);
  s = s.replace(/€|%|uur|\s| /g, "");
  if (!/^[+-]?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$/.test(s)) return { fout: "Vul een getal in, bijvoorbeeld 1.250 of 12,5." };
  let waarde = Number(s.replaceAll(".", "").replace(",", "."));
  if (kolom.soort === "aandeel" || (kolom.soort === "staaf" && (kolom.max ?? 1) === 1)) waarde = procent || waarde > 1 ? waarde / 100 : waarde;
  return { waarde };
}

const maak = (soort, klasse, inhoud) => {
  const e = document.createElement(soort);
  if (klasse) e.className = klasse;
  if (inhoud !== undefined) e.textContent = inhoud;
  return e;
};

function render({ model, el }) {
  el.classList.add("ow-tabel");
  el.dataset.versie = "0";
  let orde = null, zoekterm = "", alles = false, rijen = new Map(), teller = Date.now(), vorm = "";
  const balk = maak("div", "ow-tabel-balk"), rol = maak("div", "ow-tabel-rol"), tabel = maak("table"), meer = maak("button", "ow-meer");
  const bijschrift = maak("caption"), kop = maak("thead"), lijf = maak("tbody"), telling = maak("span");
  telling.setAttribute("role", "status");
  meer.type = "button";
  tabel.append(bijschrift, kop, lijf);
  rol.append(tabel);
  const wenk = maak("p", "ow-tabel-wenk");
  wenk.hidden = true;
  el.append(balk, wenk, rol, meer);

  /* A table that is too wide first stands closer together, then names its units in the head, and then scrolls in
     its own box and says so. */
  function pas() {
    if (!rol.clientWidth) return;
    const teBreed = () => rol.scrollWidth > rol.clientWidth + 1;
    el.classList.remove("smal", "krap");
    for (const klasse of ["smal", "krap"]) if (teBreed()) el.classList.add(klasse);
    const schuift = teBreed();
    el.classList.toggle("schuift", schuift);
    const weg = [...(kop.rows[0]?.cells ?? [])].filter((c) => getComputedStyle(c).display === "none").map((c) => c.textContent);
    wenk.textContent = [schuift ? "Schuif de tabel opzij voor meer kolommen →" : "", weg.length ? `Niet op dit scherm: ${weg.join(", ")}.` : ""].filter(Boolean).join(" ");
    wenk.hidden = !wenk.textContent;
    if (schuift) { rol.tabIndex = 0; rol.setAttribute("role", "region"); rol.setAttribute("aria-label", model.get("bijschrift") || "Tabel"); }
    else for (const a of ["tabindex", "role", "aria-label"]) rol.removeAttribute(a);
    kijk();
  }
  const kijk = () => rol.classList.toggle("rechts-meer", rol.scrollLeft + rol.clientWidth < rol.scrollWidth - 1);
  let past = 0;
  const straks = () => { past ||= requestAnimationFrame(() => { past = 0; pas(); }); };
  rol.addEventListener("scroll", kijk, { passive: true });
  const meter = new ResizeObserver(straks);
  meter.observe(rol);
  meter.observe(tabel);

  const id = "z" + Math.random().toString(36).slice(2);
  const zoeklabel = maak("label", "", "Zoek in deze tabel"), zoek = maak("input");
  zoek.type = "search"; zoek.id = id; zoeklabel.htmlFor = id;
  const zoekvak = maak("div"); zoekvak.append(zoeklabel, zoek);
  balk.append(zoekvak, telling);
  let wacht;
  zoek.addEventListener("input", () => { clearTimeout(wacht); wacht = setTimeout(() => { zoekterm = zoek.value.toLowerCase(); teken(); }, 80); });
  meer.addEventListener("click", () => { alles = true; teken(); lijf.rows[Math.min(model.get("hoogstens"), lijf.rows.length - 1)]?.focus(); });

  const sleutelVan = (rij, i) => { const k = rij[model.get("sleutel")]; return k === undefined ? i : k; };

  function kies(sleutel) {
    if (!model.get("kiesbaar")) return;
    model.set("gekozen", model.get("gekozen") === sleutel ? null : sleutel);
    model.save_changes();
  }

  function tekenKop() {
    const kolommen = model.get("kolommen");
    const tr = maak("tr");
    for (const k of kolommen) {
      const th = maak("th", GETALLEN.has(k.soort) && k.soort !== "staaf" ? "rechts" : "");
      th.scope = "col";
      if (k.breed) th.classList.add("breed");
      if (bijzaak(k)) th.classList.add("bijzaak");
      const knop = maak("button", "", k.kop ?? k.kolom);
      knop.type = "button";
      if (k.soort === "uren") knop.append(maak("span", "uren"));
      knop.title = k.uitleg ? `${k.uitleg}\nKlik om te sorteren` : "Klik om te sorteren";
      knop.addEventListener("click", () => {
        const eerst = GETALLEN.has(k.soort) ? -1 : 1;
        if (orde?.kolom !== k.kolom) orde = { kolom: k.kolom, richting: eerst };
        else orde = orde.richting === eerst ? { kolom: k.kolom, richting: -eerst } : null;
        teken();
      });
      th.append(knop);
      tr.append(th);
    }
    kop.replaceChildren(tr);
  }

  function vul(cel, w, k, sleutel) {
    cel.replaceChildren();
    cel.classList.toggle("onbekend", leeg(w));
    cel.title = leeg(w) ? "onbekend" : "";
    const t = tekst(w, k);
    let houder = cel;
    if (k.bewerkbaar) {
      houder = maak("button", "ow-cel");
      houder.type = "button";
      houder.setAttribute("aria-label", `Wijzig ${k.kop ?? k.kolom}: ${leeg(w) ? "onbekend" : t}`);
      houder.addEventListener("click", (e) => { e.stopPropagation(); bewerk(cel, w, k, sleutel); });
      cel.append(houder);
    }
    if (k.soort === "staaf" && typeof w === "number") {
      const deel = w / (k.max ?? 1), vak = maak("span", "ow-staaf" + (deel > 1 ? " over" : "")), i = maak("i"), b = maak("b");
      b.style.width = `${Math.max(0, Math.min(1, deel)) * 100}%`;
      i.append(b);
      vak.append(i, maak("span", "", t));
      houder.append(vak);
    } else if (k.soort === "status" && STATUS[String(w).toLowerCase()]) {
      const [klasse, teken] = STATUS[String(w).toLowerCase()];
      const vorm = maak("span", `status-${klasse}`, teken + " ");
      vorm.setAttribute("aria-hidden", "true");
      cel.classList.add("status");
      houder.append(vorm, document.createTextNode(t));
    } else if (k.soort === "uren" && typeof w === "number") houder.append(HEEL.format(w), maak("span", "uren", " uur"));
    else houder.append(document.createTextNode(t));
  }

  function bewerk(cel, w, k, sleutel) {
    const invoer = maak(k.opties ? "select" : "input", "ow-invoer");
    if (k.opties) for (const o of k.opties) invoer.append(new Option(String(o), String(o), false, String(o) === String(w)));
    else invoer.value = leeg(w) ? "" : typeof w === "number" ? tekst(w, k).replace(/€\s*| uur$/g, "") : String(w);
    invoer.setAttribute("aria-label", `${k.kop ?? k.kolom}, wijzigen`);
    let af = false;
    const terug = (focus) => { af = true; vul(cel, w, k, sleutel); if (focus) cel.querySelector(".ow-cel")?.focus(); };
    const leg = (focus) => {
      if (af) return;
      const uit = lees(invoer.value, k);
      if (uit.fout) {
        invoer.setAttribute("aria-invalid", "true");
        if (!cel.querySelector(".ow-celfout")) { const f = maak("span", "ow-celfout", uit.fout); f.setAttribute("role", "alert"); cel.append(f); }
        return;
      }
      terug(focus);
      if (uit.waarde === w || (leeg(uit.waarde) && leeg(w))) return;
      model.set("bewerking", { sleutel, kolom: k.kolom, oud: w ?? null, nieuw: uit.waarde, teller: ++teller });
      model.save_changes();
    };
    invoer.addEventListener("keydown", (e) => {
      e.stopPropagation();
      if (e.key === "Enter") { e.preventDefault(); leg(true); } else if (e.key === "Escape") terug(true);
    });
    invoer.addEventListener("blur", () => leg(false));
    if (k.opties) invoer.addEventListener("change", () => leg(true));
    invoer.addEventListener("click", (e) => e.stopPropagation());
    cel.replaceChildren(invoer);
    invoer.focus();
    invoer.select?.();
  }

  function maakRij(sleutel, kolommen) {
    const tr = maak("tr"), cellen = [];
    const eersteTekst = Math.max(0, kolommen.findIndex((k) => !GETALLEN.has(k.soort)));
    kolommen.forEach((k, i) => {
      const cel = maak(i === eersteTekst ? "th" : "td", GETALLEN.has(k.soort) && k.soort !== "staaf" ? "rechts" : "");
      if (bijzaak(k)) cel.classList.add("bijzaak");
      if (i === eersteTekst) cel.scope = "row";
      tr.append(cel);
      cellen.push(cel);
    });
    tr._sleutel = sleutel;
    return { tr, cellen, waarden: [], nieuw: true };
  }

  function teken() {
    const kolommen = model.get("kolommen"), gegevens = model.get("rijen"), gekozen = model.get("gekozen"), kiesbaar = model.get("kiesbaar");
    const nieuweVorm = JSON.stringify(kolommen) + model.get("sleutel");
    if (nieuweVorm !== vorm) { vorm = nieuweVorm; rijen = new Map(); tekenKop(); }
    bijschrift.textContent = model.get("bijschrift");
    bijschrift.hidden = !model.get("bijschrift");
    kolommen.forEach((k, i) => {
      const th = kop.rows[0].cells[i];
      if (orde?.kolom === k.kolom) th.setAttribute("aria-sort", orde.richting > 0 ? "ascending" : "descending");
      else th.removeAttribute("aria-sort");
    });

    let lijst = gegevens.map((rij, i) => [sleutelVan(rij, i), rij]);
    if (zoekterm) lijst = lijst.filter(([, rij]) => kolommen.some((k) => tekst(rij[k.kolom], k).toLowerCase().includes(zoekterm)));
    if (orde) {
      const { kolom, richting } = orde;
      lijst.sort(([, a], [, b]) => {
        const x = a[kolom], y = b[kolom];
        if (leeg(x) || leeg(y)) return leeg(x) - leeg(y);
        return richting * (typeof x === "number" && typeof y === "number" ? x - y : vergelijker.compare(String(x), String(y)));
      });
    }
    const totaal = lijst.length, grens = model.get("hoogstens");
    const ingekort = grens > 0 && !alles && !zoekterm && totaal > grens;
    if (ingekort) lijst = lijst.slice(0, grens);
    meer.hidden = !ingekort;
    meer.textContent = `Toon alle ${HEEL.format(totaal)} rijen`;
    balk.hidden = !model.get("zoeken");
    balk.style.display = model.get("zoeken") ? "" : "none";
    telling.textContent = zoekterm ? `${HEEL.format(totaal)} van ${HEEL.format(gegevens.length)} rijen` : "";

    const actief = document.activeElement, hadFocus = lijf.contains(actief) ? actief.closest("tr")?._sleutel : undefined;
    const celFocus = hadFocus !== undefined && actief.classList.contains("ow-cel") ? actief.parentElement.cellIndex : -1;
    // Rows that stand where they should are left alone: moving one costs more than writing it.
    const gezien = new Map();
    let hier = lijf.firstChild;
    const zet = (tr) => { if (tr === hier) hier = hier.nextSibling; else lijf.insertBefore(tr, hier); };
    const streep = !orde && !zoekterm ? model.get("streep") : null;
    let tabbaar = lijst.some(([s]) => s === (hadFocus ?? gekozen)) ? (hadFocus ?? gekozen) : lijst[0]?.[0];
    lijst.forEach(([sleutel, rij], i) => {
      if (streep && streep.na === i) zet(tekenStreep(streep, kolommen.length));
      const r = rijen.get(sleutel) ?? maakRij(sleutel, kolommen);
      kolommen.forEach((k, j) => {
        const w = rij[k.kolom];
        if (r.nieuw || r.waarden[j] !== w) { if (!r.cellen[j].contains(document.activeElement) || !r.cellen[j].querySelector(".ow-invoer")) vul(r.cellen[j], w, k, sleutel); r.waarden[j] = w; }
      });
      r.nieuw = false;
      const klasse = (kiesbaar ? "kiesbaar " : "") + (rij._klasse ?? "");
      if (r.tr.className !== klasse) r.tr.className = klasse;
      if (sleutel === gekozen) r.tr.setAttribute("aria-current", "true"); else r.tr.removeAttribute("aria-current");
      if (kiesbaar) r.tr.tabIndex = sleutel === tabbaar ? 0 : -1; else r.tr.removeAttribute("tabindex");
      gezien.set(sleutel, r);
      zet(r.tr);
    });
    if (streep && streep.na >= lijst.length && lijst.length && !ingekort) zet(tekenStreep(streep, kolommen.length));
    if (!lijst.length) {
      const tr = maak("tr"), td = maak("td", "onbekend", zoekterm ? "Niets gevonden. Probeer een ander woord." : "Er zijn nog geen rijen.");
      td.colSpan = Math.max(1, kolommen.length);
      tr.append(td);
      zet(tr);
    }
    while (hier) { const weg = hier; hier = hier.nextSibling; weg.remove(); }
    if (gezien.size >= rijen.size || !zoekterm) rijen = gezien;
    if (hadFocus !== undefined) {
      const r = gezien.get(hadFocus);
      const doel = celFocus >= 0 ? r?.cellen[celFocus]?.querySelector("button") : r?.tr;
      if (doel && doel !== document.activeElement) doel.focus({ preventScroll: true });
    }
    el.dataset.versie = String(+el.dataset.versie + 1);
    el.dataset.klaar = "ja";
  }

  function tekenStreep(streep, breed) {
    const tr = maak("tr", "streep"), td = maak("td", "", streep.tekst);
    td.colSpan = breed;
    tr.append(td);
    return tr;
  }

  lijf.addEventListener("click", (e) => {
    const tr = e.target.closest("tr");
    if (tr?._sleutel === undefined || e.target.closest("button, input, select")) return;
    kies(tr._sleutel);
  });
  lijf.addEventListener("keydown", (e) => {
    const tr = e.target.closest("tr");
    if (tr?._sleutel === undefined || e.target !== tr) return;
    const echt = [...lijf.rows].filter((r) => r._sleutel !== undefined), i = echt.indexOf(tr);
    const naar = { ArrowDown: i + 1, ArrowUp: i - 1, Home: 0, End: echt.length - 1, PageDown: Math.min(i + 10, echt.length - 1), PageUp: Math.max(i - 10, 0) }[e.key];
    if (naar !== undefined) {
      e.preventDefault();
      const doel = echt[naar];
      if (doel) { tr.tabIndex = -1; doel.tabIndex = 0; doel.focus(); }
    } else if (e.key === "Enter" || e.key === " ") { e.preventDefault(); kies(tr._sleutel); }
  });
  let gepland = 0;
  const plan = () => { gepland ||= requestAnimationFrame(() => { gepland = 0; teken(); }); };
  const waar = "change:kolommen change:rijen change:bijschrift change:streep change:hoogstens change:zoeken change:kiesbaar change:sleutel";
  model.on(waar, () => (document.hidden ? teken() : plan()));
  model.on("change:gekozen", () => (document.hidden ? teken() : plan()));
  teken();
  return () => meter.disconnect();
}
export default { render };
