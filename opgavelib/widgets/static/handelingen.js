/* Who works here, what was just done, and both versions when somebody else was first. */
const maak = (soort, klasse, inhoud) => {
  const e = document.createElement(soort);
  if (klasse) e.className = klasse;
  if (inhoud !== undefined) e.textContent = inhoud;
  return e;
};
const NAAM = "opgave-naam";

function render({ model, el }) {
  el.classList.add("ow-handelingen");
  let teller = Date.now();
  const stuur = (soort) => { model.set("opdracht", { soort, teller: ++teller }); model.save_changes(); };
  const knop = (tekst, soort, klasse = "", uitleg = "") => {
    const k = maak("button", klasse, tekst);
    k.type = "button";
    if (uitleg) k.title = uitleg;
    k.addEventListener("click", () => stuur(soort));
    return k;
  };

  const wie = maak("div", "wie"), label = maak("label", "", "U werkt als"), veld = maak("input");
  veld.type = "text"; veld.id = "n" + Math.random().toString(36).slice(2); veld.autocomplete = "name"; veld.maxLength = 80;
  veld.placeholder = "uw naam";
  label.htmlFor = veld.id;
  wie.append(label, veld);
  const zetNaam = (naam) => { if (naam !== model.get("naam")) { model.set("naam", naam); model.save_changes(); } };
  veld.addEventListener("change", () => {
    const naam = veld.value.trim();
    try { if (naam) localStorage.setItem(NAAM, naam); else localStorage.removeItem(NAAM); } catch (_) { /* not remembered then */ }
    zetNaam(naam);
    veld.removeAttribute("aria-invalid");
  });
  try { veld.value = model.get("naam") || localStorage.getItem(NAAM) || ""; } catch (_) { /* a private window */ }
  if (veld.value) zetNaam(veld.value.trim());

  const gedaan = maak("div", "gedaan"), tekst = maak("p"), terug = knop("Maak ongedaan", "terug", "", "Ctrl+Z"), opnieuw = knop("Toch wel", "opnieuw", "", "Ctrl+Y");
  tekst.setAttribute("role", "status");
  gedaan.append(tekst, terug, opnieuw);
  const balk = maak("div", "balk");
  balk.append(wie, gedaan);
  const botsing = maak("section", "botsing");
  botsing.setAttribute("role", "alert");
  el.append(balk, botsing);

  function toon() {
    tekst.textContent = tekst.title = model.get("gedaan");
    tekst.classList.toggle("vol", Boolean(model.get("gedaan")));
    terug.hidden = !model.get("kan_terug");
    opnieuw.hidden = !model.get("kan_opnieuw");
  }
  /* Where the person was, and what stood around it: the nearest that is still there gets the focus back. */
  let vorige = [], terugNaar = null;
  const keten = (e) => { const uit = []; for (; e && e !== document.body; e = e.parentElement) uit.push(e); return uit; };
  const pak = (e) => (e.tabIndex >= 0 ? e : e.querySelector("[tabindex='0']"));
  const zichtbaar = (e) => e && e.isConnected && e.getClientRects().length && !botsing.contains(e);
  function herstelFocus() {
    const doelen = [...terugNaar, ...document.querySelectorAll(".ow-rijen, .ow-overlap .paar")];
    terugNaar = null;
    for (const e of doelen) { const doel = zichtbaar(e) && pak(e); if (zichtbaar(doel)) { doel.focus({ preventScroll: true }); return; } }
  }
  function toonBotsing() {
    const rijen = model.get("conflicten");
    if (!rijen.length && terugNaar) setTimeout(herstelFocus, 150); // after the page has drawn the new stand
    botsing.hidden = !rijen.length;
    botsing.replaceChildren();
    if (!rijen.length) return;
    const namen = [...new Set(rijen.map((r) => r.wie))].join(", ");
    const kop = maak("h2", "", `${namen} was u voor`);
    const uitleg = maak("p", "", "Intussen is dit veranderd. Uw keuze is nog niet opgeslagen: kies wat blijft.");
    const tabel = maak("table"), thead = maak("thead"), tbody = maak("tbody"), tr = maak("tr");
    for (const k of ["Waarover", "Wat er nu staat", "Wat u wilde"]) { const th = maak("th", "", k); th.scope = "col"; tr.append(th); }
    thead.append(tr);
    for (const r of rijen.slice(0, 8)) {
      const rij = maak("tr"), over = maak("th", "", r.wat), hun = maak("td"), uw = maak("td", "", r.uw);
      over.scope = "row";
      hun.append(maak("b", "", r.hun), maak("br"), maak("span", "stil", [r.wie, r.moment].join(", ") + (r.reden ? `, met als reden: ${r.reden}` : "")));
      rij.append(over, hun, uw);
      tbody.append(rij);
    }
    tabel.append(thead, tbody);
    const onder = maak("div", "knoppen"), houd = knop("Houd wat er staat", "houd", "eerste"), neem = knop("Neem toch mijn keuze", "neem");
    onder.append(houd, neem);
    vorige = keten(document.activeElement);
    for (const k of [houd, neem]) k.addEventListener("click", () => { terugNaar = vorige; });
    botsing.append(kop, uitleg, tabel);
    if (rijen.length > 8) botsing.append(maak("p", "stil", `En nog ${rijen.length - 8} andere.`));
    botsing.append(onder);
    houd.focus();
    botsing.scrollIntoView({ block: "nearest" });
  }
  model.on("change:gedaan change:kan_terug change:kan_opnieuw", toon);
  model.on("change:conflicten", toonBotsing);
  model.on("change:vraag_naam", () => { veld.setAttribute("aria-invalid", "true"); veld.focus(); veld.scrollIntoView({ block: "center" }); });

  /* Undo and redo for the whole page, but not while somebody types: there they belong to the text. */
  const toets = (e) => {
    if (!el.isConnected) { document.removeEventListener("keydown", toets); return; }
    if (!(e.ctrlKey || e.metaKey) || e.altKey || e.target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]")) return;
    const letter = e.key.toLowerCase();
    const soort = letter === "z" ? (e.shiftKey ? "opnieuw" : "terug") : letter === "y" ? "opnieuw" : "";
    if (!soort || !model.get(soort === "terug" ? "kan_terug" : "kan_opnieuw")) return;
    e.preventDefault();
    stuur(soort);
  };
  document.addEventListener("keydown", toets);
  toon();
  toonBotsing();
  return () => document.removeEventListener("keydown", toets);
}
export default { render };
