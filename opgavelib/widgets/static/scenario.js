/* Scenarios: the list, what was changed in the open one, and short forms to change more. */
/* An amount and its unit stay on one line. */
const bijeen = (tekst) => tekst.replace(/€ /g, "€\u00a0").replace(/ (mln|uur|fte)\b/g, "\u00a0$1");
const SJABLONEN = [
  ["omvang", "Een ambitie wordt groter of kleiner"],
  ["team", "Een team krijgt meer of minder fte"],
  ["erbij", "Er komt iets bij"],
  ["stop", "Een organisatieproject stopt"],
];

function render({ model, el }) {
  el.classList.add("ow-scenario");
  const s = { nr: 0, wacht: {}, vraag: "", puls: 0 };
  const stuur = (bericht) => model.send(bericht);
  const hier = () => model.get("scenarios").find((x) => x.code === model.get("hier"));

  // -- the parts ----------------------------------------------------------------------------------
  const uitleg = maak("div", "uitleg"), lijst = maak("ul", "kaarten"), gang = maak("div", "gang"), gangzin = maak("p", "gangzin");
  const meter = maak("progress"), stopper = knop("Stop", "klein", () => stuur({ soort: model.get("voortgang").gestopt ? "verder" : "stop" }));
  const open = maak("section", "open"), kop = maak("h3"), meta = maak("p", "stil"), wijzigingen = maak("ul", "wijzigingen"), sjablonen = maak("div", "sjablonen");
  const vraagvak = maak("div", "vraagvak"), acties = maak("div", "acties"), herhaling = maak("p", "herhaling"), melder = maak("div", "ow-alleen-voorlezen");
  lijst.setAttribute("aria-label", "Scenario's"); lijst.setAttribute("role", "list");
  gangzin.setAttribute("role", "status"); meter.setAttribute("aria-label", "Voortgang van het rekenen"); meter.max = 1;
  sjablonen.setAttribute("role", "group"); sjablonen.setAttribute("aria-label", "Wat verandert er?");
  herhaling.setAttribute("role", "status"); melder.setAttribute("aria-live", "polite");
  kop.id = uid(); open.setAttribute("aria-labelledby", kop.id); kop.tabIndex = -1;
  gang.append(gangzin, meter, stopper);
  open.append(kop, meta, wijzigingen, sjablonen, vraagvak, herhaling, acties);
  el.append(uitleg, lijst, gang, open, melder);

  // -- drawing: only what changed, so that the focus and what is being typed stay ------------------
  const getekend = new Map();
  function teken(vak, gegevens, vul) {
    const nu = JSON.stringify(gegevens);
    if (getekend.get(vak) === nu) return;
    getekend.set(vak, nu);
    const was = vak.contains(document.activeElement) ? document.activeElement.dataset.plek : null;
    vak.replaceChildren(...vul().filter(Boolean));
    if (was) [...vak.querySelectorAll("[data-plek]")].find((k) => k.dataset.plek === was)?.focus();
  }
  const metPlek = (k, plek) => { k.dataset.plek = plek; return k; };

  function kaart(x) {
    const li = maak("li", "kaart"), k = metPlek(knop("", "kies", () => stuur({ soort: "kies", code: x.code })), x.code);
    const vak = maak("label", "vink"), vink = metPlek(maak("input"), `v${x.code}`), regel = maak("span", "regel");
    li.dataset.code = x.code;
    if (x.code === model.get("hier")) { li.classList.add("hier"); k.setAttribute("aria-current", "true"); }
    regel.append(maak("b", "", x.titel), maak("span", "waarde", x.waarde));
    const staat = maak("span", `staat s-${x.vast ? "vast" : x.staat}`, x.staat_zin);
    const onder = maak("span", "onder");
    onder.append(maak("span", "", x.zin), staat);
    k.append(regel, onder);
    vink.type = "checkbox"; vink.checked = x.vergelijkt;
    vink.setAttribute("aria-label", `Vergelijk ${x.titel}`);
    vink.addEventListener("change", () => {
      const codes = model.get("scenarios").filter((y) => (y.code === x.code ? vink.checked : y.vergelijkt)).map((y) => y.code);
      getekend.delete(lijst);
      stuur({ soort: "vergelijk", codes });
    });
    vak.append(vink, maak("span", "", "vergelijk"));
    li.append(k, vak);
    return li;
  }
  function tekenLijst() {
    const xs = model.get("scenarios"), probeer = model.get("probeer");
    teken(uitleg, [probeer], () => (probeer ? [maak("p", "", "Een scenario is een kopie van de basis waarin u iets verandert: een doel halveert, een team krimpt, er komt werk bij of een project stopt. Naast de basis ziet u wat dat kost."), metPlek(knop(probeer, "eerste", () => doen({ soort: "probeer" }, "Scenario gemaakt.")), "probeer")] : []));
    uitleg.hidden = !probeer;
    teken(lijst, [xs, model.get("hier")], () => xs.map(kaart));
    el.dataset.aantal = String(xs.length);
  }
  function tekenGang() {
    const v = model.get("voortgang");
    gang.hidden = !v.zin;
    gangzin.textContent = v.zin ?? "";
    meter.hidden = Boolean(v.gestopt);
    if (v.deel == null) meter.removeAttribute("value"); else meter.value = v.deel;
    stopper.textContent = v.gestopt ? "Reken verder" : "Stop";
    el.dataset.bezig = v.bezig ? "ja" : "nee";
    volg();
  }
  function tekenOpen() {
    const x = hier();
    if (!x) return;
    if (kop.dataset.code !== x.code) { sluit(false); kop.dataset.code = x.code; }
    kop.textContent = x.titel;
    meta.textContent = x.vast ? `Vastgesteld door ${x.vast}` : x.basis ? "De basis is zoals het nu gaat. Maak een scenario om iets te veranderen." : model.get("veranderingen").length ? "Dit verandert er:" : "Er is nog niets veranderd. Kies hieronder wat er anders wordt.";
    teken(wijzigingen, [model.get("veranderingen"), x.vast, x.basis], () => model.get("veranderingen").map((v) => {
      const li = maak("li"), tekst = maak("div");
      tekst.append(maak("p", "", bijeen(v.zin)), maak("p", "stil klein", [v.wie, v.reden].filter(Boolean).join(": ")));
      li.append(tekst);
      if (!x.vast && !x.basis) {
        const k = metPlek(knop("Neem terug", "klein", () => doen({ soort: "terug", code: x.code, sleutel: v.sleutel }, "Teruggenomen.")), `t${v.sleutel}`);
        k.setAttribute("aria-label", `Neem terug: ${v.zin}`);
        li.append(k);
      }
      return li;
    }));
    wijzigingen.hidden = !model.get("veranderingen").length;
    const vrij = !x.vast && !x.basis;
    sjablonen.hidden = !vrij;
    teken(sjablonen, [vrij, s.vraag], () => (vrij ? SJABLONEN.map(([wat, tekst]) => { const k = metPlek(knop(tekst, "sjabloon", () => vraagVerandering(wat)), wat); k.setAttribute("aria-expanded", String(s.vraag === wat)); return k; }) : []));
    teken(acties, [x.code, x.vast, x.basis, x.staat, model.get("scenarios").length], () => [
      metPlek(knop(x.basis ? "Nieuw scenario" : "Kopieer", x.basis ? "eerste" : "", vraagKopie), "kopieer"),
      vrij && metPlek(knop("Hernoem", "", vraagNaam), "hernoem"),
      vrij && metPlek(knop("Stel vast", "", vraagVast), "vast"),
      vrij && metPlek(knop("Verwijder", "gevaar", vraagWeg), "weg"),
      x.vast && metPlek(knop("Reken dit besluit na", "", () => stuur({ soort: "herhaal", code: x.code })), "herhaal"),
    ]);
    const h = model.get("herhaling");
    herhaling.hidden = h.code !== x.code;
    herhaling.className = `herhaling ${h.soort ?? ""}`;
    herhaling.textContent = h.code === x.code ? h.zin : "";
  }
  function ververs() { tekenLijst(); tekenGang(); tekenOpen(); el.dataset.klaar = "ja"; }

  // -- questions ----------------------------------------------------------------------------------
  function veld(naam, waarde, { leeg = false, uitleg: bij = "", kort = false } = {}) {
    const vak = maak("div", kort ? "veld kort" : "veld"), label = maak("label", "", naam), invoer = maak("input"), fout = maak("p", "veldfout");
    invoer.type = "text"; invoer.id = uid(); invoer.value = waarde ?? ""; invoer.maxLength = 300; invoer.autocomplete = "off"; label.htmlFor = invoer.id;
    fout.id = invoer.id + "f"; fout.setAttribute("role", "alert"); invoer.setAttribute("aria-describedby", fout.id);
    vak.append(label);
    vak.append(invoer);
    if (bij) { const u = maak("p", "stil klein", bij); u.id = invoer.id + "u"; invoer.setAttribute("aria-describedby", `${u.id} ${fout.id}`); vak.append(u); }
    vak.append(fout);
    const lees = () => {
      const w = invoer.value.trim(), mis = !w && !leeg;
      fout.textContent = mis ? "Vul dit in." : "";
      invoer.setAttribute("aria-invalid", String(mis));
      if (mis) invoer.focus();
      return mis ? null : { waarde: w };
    };
    return { el: vak, invoer, lees };
  }
  function kwartaal(naam, opties) {
    const vak = maak("div", "veld kort"), label = maak("label", "", naam), keuze = maak("select");
    keuze.id = uid(); label.htmlFor = keuze.id;
    keuze.append(...opties.map((k) => new Option(k, k)));
    vak.append(label, keuze);
    return { el: vak, invoer: keuze, lees: () => ({ waarde: keuze.value }) };
  }
  function knoppen(naam, opties, begin, bij) {
    const vak = maak("fieldset", "keuze"), groep = uid();
    vak.append(maak("legend", "", naam));
    for (const [waarde, tekst] of opties) {
      const keus = maak("label", "keus"), bol = maak("input");
      bol.type = "radio"; bol.name = groep; bol.checked = waarde === begin; bol.waarde = waarde;
      if (bij) bol.addEventListener("change", () => bij(waarde));
      keus.append(bol, maak("span", "", tekst));
      vak.append(keus);
    }
    return { el: vak, invoer: vak.querySelector("input"), lees: () => ({ waarde: [...vak.querySelectorAll("input")].find((b) => b.checked).waarde }) };
  }
  const uit = (label, opties) => kiezer({ label, opties });

  function stel(wat, titel, velden, knoptekst, bevestig) {
    const vak = maak("form", "vraag"), onder = maak("div", "knoppen"), ja = maak("button", "eerste", knoptekst), kopje = maak("h4", "", titel);
    ja.type = "submit"; vak.noValidate = true; kopje.id = uid(); vak.setAttribute("aria-labelledby", kopje.id);
    onder.append(ja, knop("Annuleer", "", () => sluit()));
    vak.append(kopje, ...Object.values(velden).map((v) => v.el), onder);
    vak.addEventListener("submit", (e) => {
      e.preventDefault();
      const gelezen = {};
      for (const [naam, v] of Object.entries(velden)) {
        if (v.el.hidden) continue;
        const w = v.lees();
        if (!w) return;
        gelezen[naam] = w.waarde;
      }
      bevestig(gelezen);
    });
    vak.addEventListener("keydown", (e) => { if (e.key === "Escape") { e.preventDefault(); sluit(); } });
    s.vraag = wat; s.gezien = model.get("versie");
    vraagvak.replaceChildren(vak);
    tekenOpen();
    const eerste = Object.values(velden)[0].invoer;
    eerste.focus(); eerste.select?.();
    vak.scrollIntoView({ block: "nearest" });
  }
  function sluit(focus = true) {
    const was = s.vraag;
    s.vraag = "";
    vraagvak.replaceChildren();
    tekenSluit();
    if (focus) ([...open.querySelectorAll("[data-plek]")].find((k) => k.dataset.plek === was) ?? kop).focus();
  }
  const tekenSluit = () => { for (const k of sjablonen.children) k.setAttribute("aria-expanded", "false"); getekend.delete(sjablonen); };

  function vraagVerandering(wat) {
    if (s.vraag === wat) { sluit(); return; }
    const k = model.get("keuzes"), reden = veld("Waarom? (mag leeg blijven)", "", { leeg: true });
    const vorm = {
      omvang: () => ["Welke ambitie wordt groter of kleiner?", { ambitie: uit("Ambitie", k.ambities), procent: veld("Hoeveel procent blijft er over?", "50", { kort: true, uitleg: "50 is de helft, 200 het dubbele. Uren en euro's gaan mee." }), reden }],
      team: () => ["Welk team krijgt meer of minder fte?", { team: uit("Team", k.teams), richting: knoppen("Wordt het team kleiner of groter?", [["minder", "Minder fte"], ["meer", "Meer fte"]], "minder"), fte: veld("Hoeveel fte?", "2", { kort: true }), vanaf: kwartaal("Vanaf wanneer?", k.kwartalen), reden }],
      erbij: () => {
        const waarde = veld("Hoeveel punten is het waard?", "70", { kort: true, uitleg: "0 tot 100, zoals de score van een ambitie." });
        waarde.el.hidden = true;
        return ["Er komt iets bij", {
          titel: veld("Wat komt erbij?", "", { uitleg: "Bijvoorbeeld: opvang van 120 statushouders" }), team: uit("Welk team levert de uren?", k.teams),
          uren: veld("Uren in totaal", "1.000", { kort: true }), budget: veld("Euro's in totaal", "0", { kort: true, uitleg: "of bijvoorbeeld 1,5 mln" }),
          vroegst: kwartaal("Begint op zijn vroegst", k.plan), duur: veld("Duur in kwartalen", "4", { kort: true }),
          moet: knoppen("Moet het?", [[true, "Ja, het komt er hoe dan ook bij"], [false, "Nee, het dingt mee"]], true, (w) => { waarde.el.hidden = w; }), waarde, reden,
        }];
      },
      stop: () => ["Welk project stopt?", { project: uit("Organisatieproject", k.projecten), vanaf: kwartaal("Vanaf wanneer?", k.kwartalen), reden }],
    }[wat];
    const [titel, velden] = vorm();
    stel(wat, titel, velden, "Verander", ({ reden: waarom, ...gelezen }) => doen({ soort: "verander", code: model.get("hier"), wat, velden: gelezen, reden: waarom }, "Veranderd."));
  }
  function vraagKopie() {
    const x = hier();
    stel("kopieer", x.basis ? "Nieuw scenario" : `Kopie van ${x.titel}`, { titel: veld("Hoe heet het?", x.basis ? "" : `${x.titel} (kopie)`, { uitleg: x.basis ? "Bijvoorbeeld: Minder mensen bij Ruimte" : "Alle veranderingen gaan mee." }) }, "Maak scenario", (w) => doen({ soort: "kopieer", code: x.code, ...w }, `Scenario ${w.titel} gemaakt.`));
  }
  function vraagNaam() {
    const x = hier();
    stel("hernoem", "Andere naam", { titel: veld("Naam", x.titel) }, "Hernoem", (w) => doen({ soort: "hernoem", code: x.code, ...w }, "Hernoemd."));
  }
  function vraagVast() {
    const x = hier();
    stel("vast", `${x.titel} vaststellen`, { reden: veld("Waar en waarom is dit besloten?", "", { uitleg: "Bijvoorbeeld: college 12 januari 2027, past binnen de begroting. Daarna verandert het scenario niet meer; het besluit is altijd na te rekenen." }) }, "Stel vast", (w) => doen({ soort: "stel_vast", code: x.code, ...w }, "Vastgesteld."));
  }
  function vraagWeg() {
    const x = hier();
    stel("weg", `${x.titel} verwijderen`, { reden: veld("Waarom kan dit scenario weg?", "") }, "Verwijder", (w) => doen({ soort: "verwijder", code: x.code, ...w }, "Verwijderd."));
  }
  function doen(bericht, tekst) {
    const nr = ++s.nr;
    s.wacht[nr] = tekst;
    stuur({ ...bericht, gezien: s.vraag ? s.gezien : undefined, nr });
  }

  // -- asked again and again while something is computed ---------------------------------------------
  function volg() {
    const nodig = (model.get("voortgang").bezig || model.get("herhaling").soort === "bezig") && el.isConnected;
    if (nodig) s.puls ||= setInterval(() => { if (el.getClientRects().length) stuur({ soort: "stand" }); }, 500);
    else { clearInterval(s.puls); s.puls = 0; }
  }
  model.on("change:scenarios change:hier change:veranderingen change:probeer change:voortgang change:herhaling", ververs);
  model.on("msg:custom", (b) => {
    if (b.soort !== "klaar") return;
    melder.textContent = b.gelukt ? s.wacht[b.nr] : "Niet opgeslagen. Kijk bovenaan wat er is.";
    delete s.wacht[b.nr];
    if (b.gelukt) { sluit(false); kop.focus(); } else toonFout(el);
    el.dataset.gedaan = String(b.nr);
  });
  ververs();
  return () => clearInterval(s.puls);
}
export default { render };
