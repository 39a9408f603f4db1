/* Lines with buttons; a button may first ask why, in the line itself. After kiezer.js. */
const bijeen = (tekst) => String(tekst ?? "").replace(/€ /g, "€\u00a0").replace(/ (mln|uur|fte)\b/g, "\u00a0$1");

function render({ model, el }) {
  el.classList.add("ow-regels");
  const lijst = maak("ul"), leeg = maak("p", "leeg"), melder = maak("div", "ow-alleen-voorlezen");
  lijst.setAttribute("role", "list"); lijst.tabIndex = -1;
  melder.setAttribute("aria-live", "polite");
  el.append(lijst, leeg, melder);
  let vraag = null, eerder = "";

  const plek = (id, soort) => `${id} ${soort}`;
  const zoek = (p) => [...lijst.querySelectorAll("button")].find((k) => k.dataset.plek === p);

  function regel(item) {
    const li = maak("li", item.hier ? "hier" : ""), tekst = maak("div", "tekst"), acties = maak("div", "acties");
    li.dataset.id = item.id;
    tekst.append(maak("p", "", bijeen(item.tekst)));
    if (item.onder) tekst.append(maak("p", "onder", bijeen(item.onder)));
    if (item.fout) { const f = maak("p", "fout"); const teken = maak("span", "", "■ "); teken.setAttribute("aria-hidden", "true"); f.append(teken, document.createTextNode(bijeen(item.fout))); tekst.append(f); }
    for (const k of item.knoppen ?? []) {
      const b = knop(k.tekst, k.hoofd ? "hoofd" : "", () => (k.vraag ? stel(li, item, k) : stuur(item, k)));
      b.dataset.plek = plek(item.id, k.soort);
      b.setAttribute("aria-label", `${k.tekst}: ${item.tekst}`);
      acties.append(b);
    }
    li.append(tekst, acties);
    return li;
  }
  function stuur(item, k, reden) {
    model.send({ soort: k.soort, id: item.id, ...(reden === undefined ? {} : { reden }) });
  }
  /* The question stands under its line, and closes when the list changes. */
  function stel(li, item, k) {
    sluit();
    const vorm = maak("form", "vraag"), label = maak("label", "", k.vraag), invoer = maak("input"), fout = maak("p", "fout"), ja = maak("button", "hoofd", k.tekst);
    invoer.type = "text"; invoer.id = uid(); invoer.maxLength = 300; invoer.autocomplete = "off"; label.htmlFor = invoer.id;
    fout.id = invoer.id + "f"; fout.setAttribute("role", "alert"); invoer.setAttribute("aria-describedby", fout.id);
    ja.type = "submit"; vorm.noValidate = true;
    const onder = maak("div", "acties");
    onder.append(ja, knop("Annuleer", "", () => { sluit(); zoek(plek(item.id, k.soort))?.focus(); }));
    vorm.append(label, invoer, fout, onder);
    vorm.addEventListener("submit", (e) => {
      e.preventDefault();
      const reden = invoer.value.trim();
      fout.textContent = reden ? "" : "■ Vul dit in.";
      invoer.setAttribute("aria-invalid", String(!reden));
      if (reden) stuur(item, k, reden); else invoer.focus();
    });
    vorm.addEventListener("keydown", (e) => { if (e.key === "Escape") { e.preventDefault(); sluit(); zoek(plek(item.id, k.soort))?.focus(); } });
    li.append(vorm);
    vraag = vorm;
    invoer.focus();
  }
  function sluit() { vraag?.remove(); vraag = null; }

  function teken() {
    const items = model.get("items"), nu = JSON.stringify(items);
    if (nu === eerder) return;
    eerder = nu;
    lijst.setAttribute("aria-label", model.get("bijschrift"));
    const actief = lijst.contains(document.activeElement) ? document.activeElement : null, was = actief?.dataset.plek ?? "";
    const n = [...lijst.children].indexOf(actief?.closest("li"));
    vraag = null;
    lijst.replaceChildren(...items.map(regel));
    lijst.hidden = !items.length;
    tekenLeeg();
    // What had the focus, else the line that came in its place.
    if (actief) (zoek(was) ?? lijst.children[Math.min(n, items.length - 1)]?.querySelector("button") ?? (items.length ? lijst : leeg)).focus();
    el.dataset.aantal = String(items.length);
    el.dataset.klaar = "ja";
  }
  function tekenLeeg() {
    leeg.textContent = model.get("leeg");
    leeg.tabIndex = -1;
    leeg.hidden = Boolean(model.get("items").length || !model.get("leeg"));
  }
  model.on("change:items change:bijschrift", teken);
  model.on("change:leeg", tekenLeeg);
  model.on("msg:custom", (b) => {
    if (b.soort === "focus") requestAnimationFrame(() => (lijst.querySelector(`li[data-id="${CSS.escape(b.id)}"] button`) ?? (lijst.hidden ? leeg : lijst)).focus());
    if (b.soort !== "in_beeld") return;
    const kaart = el.closest(".ow-kaart") ?? el, boven = kaart.getBoundingClientRect().top;
    if (boven < 0 || boven > innerHeight * 0.7) kaart.scrollIntoView({ block: "start" });
  });
  teken();
}
export default { render };
