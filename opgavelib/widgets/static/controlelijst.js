/* Checks to open one by one. What is wrong stands first; the rows of a check come when it is opened. */
const maak = (soort, klasse, inhoud) => {
  const e = document.createElement(soort);
  if (klasse) e.className = klasse;
  if (inhoud !== undefined) e.textContent = inhoud;
  return e;
};
const HEEL = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 0 });
const TEKEN = { fout: ["fout", "■"], "let op": ["letop", "▲"], goed: ["goed", "●"], "niet te controleren": ["niet", "○"] };
const EERST = 12;

function render({ model, el }) {
  el.classList.add("ow-controlelijst");
  el.dataset.versie = "0";
  const open = new Set(), alles = new Set();

  function teken() {
    const actief = document.activeElement?.closest?.("details")?.dataset.code;
    const delen = [];
    for (const groep of model.get("groepen")) {
      const lijst = maak("div", "lijst"), titel = `${groep.titel} (${HEEL.format(groep.controles.length)})`;
      lijst.append(...groep.controles.map(controle));
      delen.push(groep.dicht ? vouw(groep, titel, lijst) : sectie(titel, lijst));
    }
    el.replaceChildren(...delen);
    if (actief) el.querySelector(`details[data-code="${CSS.escape(actief)}"] summary`)?.focus({ preventScroll: true });
    el.dataset.versie = String(+el.dataset.versie + 1);
    el.dataset.klaar = "ja";
  }

  function sectie(titel, lijst) {
    const vak = maak("section");
    vak.append(maak("h3", "", titel), lijst);
    return vak;
  }

  /* What needs nobody is one line until it is opened. */
  function vouw(groep, titel, lijst) {
    const d = maak("details", "vouw"), kop = maak("summary");
    kop.append(maak("h3", "", titel));
    d.dataset.code = `groep ${groep.titel}`;
    d.open = open.has(d.dataset.code);
    d.append(kop, lijst);
    d.addEventListener("toggle", (e) => { if (e.target === d) open[d.open ? "add" : "delete"](d.dataset.code); });
    return d;
  }

  function controle(c) {
    const d = maak("details"), kop = maak("summary"), [klasse, vorm] = TEKEN[c.uitslag] ?? ["niet", "○"];
    d.dataset.code = c.code;
    const teken = maak("span", `teken ${klasse}`, vorm), woord = maak("span", `woord ${klasse}`, c.uitslag);
    teken.setAttribute("aria-hidden", "true");
    kop.append(teken, woord, maak("span", "naam", c.naam), maak("span", "groep", c.groep));
    if (c.aantal) kop.append(maak("span", "aantal", c.aantal === 1 ? "1 plek" : `${HEEL.format(c.aantal)} plekken`));
    const inhoud = maak("div", "inhoud");
    d.append(kop, inhoud);
    d.open = open.has(c.code);
    if (d.open) vul(inhoud, c);
    d.addEventListener("toggle", () => {
      if (d.open === open.has(c.code)) return;
      if (d.open) open.add(c.code); else open.delete(c.code);
      if (!d.open) return;
      vul(inhoud, c);
      if (c.aantal && !model.get("rijen")[c.code]) model.send({ soort: "open", code: c.code });
    });
    return d;
  }

  function vul(inhoud, c) {
    const delen = [maak("p", "", c.toelichting)], rijen = model.get("rijen")[c.code];
    if (c.aantal && !rijen) delen.push(maak("p", "bezig", "De plekken worden opgezocht…"));
    else if (rijen?.length) delen.push(...plekken(c, rijen, inhoud));
    inhoud.replaceChildren(...delen);
  }

  function plekken(c, rijen, inhoud) {
    const rol = maak("div", "rol"), tabel = maak("table"), lijf = maak("tbody"), kop = maak("tr");
    const waarde = rijen.some((r) => r.waarde);
    for (const [naam, klasse] of [["Bestand"], ["Blad"], ["Rij", "rechts"], ["Wat er staat"], ...(waarde ? [["Waarde", "rechts"]] : [])]) {
      const th = maak("th", klasse, naam);
      th.scope = "col";
      kop.append(th);
    }
    const thead = maak("thead");
    thead.append(kop);
    const bijschrift = maak("caption", "ow-alleen-voorlezen", `Plekken bij: ${c.naam}`);
    tabel.append(bijschrift, thead, lijf);
    rol.append(tabel);
    const toon = alles.has(c.code) ? rijen : rijen.slice(0, EERST);
    for (const r of toon) {
      const tr = maak("tr");
      tr.append(maak("td", "", r.bestand || "op het scherm"), maak("td", "", r.blad || "–"), maak("td", "rechts", r.rij === null ? "–" : String(r.rij)), maak("td", "wat", r.wat));
      if (waarde) tr.append(maak("td", "rechts", r.waarde || "–"));
      lijf.append(tr);
    }
    const uit = [rol];
    if (toon.length < rijen.length) {
      const meer = maak("button", "", `Toon alle ${HEEL.format(rijen.length)} plekken`);
      meer.type = "button";
      meer.addEventListener("click", () => { alles.add(c.code); vul(inhoud, c); inhoud.querySelector(".rol").focus(); });
      uit.push(meer);
    } else if (rijen.length < c.aantal) uit.push(maak("p", "rest", `Dit zijn de eerste ${HEEL.format(rijen.length)} van ${HEEL.format(c.aantal)} plekken.`));
    rol.tabIndex = 0; // it may scroll sideways, also for who has no mouse
    rol.setAttribute("role", "region");
    rol.setAttribute("aria-label", `Plekken bij: ${c.naam}`);
    return uit;
  }

  model.on("change:groepen", teken);
  model.on("change:rijen", () => {
    for (const d of el.querySelectorAll("details[open]:not(.vouw)")) {
      const c = model.get("groepen").flatMap((g) => g.controles).find((x) => x.code === d.dataset.code);
      if (c && d.querySelector(".bezig")) vul(d.querySelector(".inhoud"), c);
    }
    el.dataset.versie = String(+el.dataset.versie + 1);
  });
  teken();
}
export default { render };
