/* A form of native controls. `zoek` is the combobox pattern of ARIA: type, arrows, Enter, Escape. */
const maak = (soort, klasse, inhoud) => {
  const e = document.createElement(soort);
  if (klasse) e.className = klasse;
  if (inhoud !== undefined) e.textContent = inhoud;
  return e;
};
const ZICHTBAAR = 50;
const plat = (s) => String(s).normalize("NFD").replace(/[̀-ͯ]/g, "").toLowerCase();
const uid = () => "f" + Math.random().toString(36).slice(2);
const toonGetal = (w) => (typeof w === "number" ? new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 2 }).format(w) : (w ?? ""));

function leesGetal(s) {
  s = s.replace(/[€%\s ]|uur/g, "");
  if (s === "") return null;
  return /^[+-]?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$/.test(s) ? Number(s.replaceAll(".", "").replace(",", ".")) : NaN;
}

function combobox(veld, id) {
  const vak = maak("div"), invoer = maak("input"), lijst = maak("ul");
  invoer.type = "text"; invoer.id = id; invoer.autocomplete = "off";
  lijst.id = id + "l"; lijst.hidden = true;
  lijst.setAttribute("role", "listbox"); lijst.setAttribute("aria-label", veld.label);
  for (const [k, w] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": lijst.id })) invoer.setAttribute(k, w);
  const opties = (veld.opties ?? []).map((o) => ({ ...o, plat: plat(o.label) }));
  let gekozen = null, actief = -1, zichtbaar = [];
  const dicht = () => { lijst.hidden = true; actief = -1; invoer.setAttribute("aria-expanded", "false"); invoer.removeAttribute("aria-activedescendant"); };
  const zet = (o) => { gekozen = o; invoer.value = o?.label ?? ""; dicht(); };
  const kies = (o) => { zet(o); invoer.dispatchEvent(new Event("change", { bubbles: true })); };
  const markeer = (i) => {
    actief = i;
    [...lijst.querySelectorAll("[role=option]")].forEach((li, j) => {
      li.setAttribute("aria-selected", String(i === j));
      if (i === j) { li.scrollIntoView({ block: "nearest" }); invoer.setAttribute("aria-activedescendant", li.id); }
    });
  };
  const open = () => {
    const woorden = plat(invoer.value === gekozen?.label ? "" : invoer.value).split(/\s+/).filter(Boolean);
    const treffers = opties.filter((o) => woorden.every((w) => o.plat.includes(w)));
    zichtbaar = treffers.slice(0, ZICHTBAAR);
    lijst.replaceChildren(...zichtbaar.map((o, i) => {
      const li = maak("li", "", o.label);
      li.id = `${lijst.id}-${i}`;
      li.setAttribute("role", "option"); li.setAttribute("aria-selected", "false");
      li.addEventListener("pointerdown", (e) => { e.preventDefault(); kies(o); });
      return li;
    }));
    const rest = treffers.length - zichtbaar.length;
    if (rest > 0 || !treffers.length) {
      const li = maak("li", "meer", rest > 0 ? `en nog ${rest}; typ een woord om te zoeken` : "Niets gevonden");
      li.setAttribute("role", "presentation");
      lijst.append(li);
    }
    actief = -1;
    lijst.hidden = false;
    invoer.setAttribute("aria-expanded", "true");
  };
  invoer.addEventListener("input", () => { gekozen = null; open(); });
  invoer.addEventListener("click", open);
  invoer.addEventListener("blur", () => { if (!gekozen && zichtbaar.length === 1 && invoer.value) kies(zichtbaar[0]); dicht(); });
  invoer.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      if (lijst.hidden) open();
      if (zichtbaar.length) markeer((actief + (e.key === "ArrowDown" ? 1 : -1) + zichtbaar.length) % zichtbaar.length);
    } else if (e.key === "Enter" && !lijst.hidden) { e.preventDefault(); if (actief >= 0) kies(zichtbaar[actief]); }
    else if (e.key === "Escape" && !lijst.hidden) { e.preventDefault(); dicht(); }
  });
  vak.append(invoer, lijst);
  return {
    el: vak, invoer, zet: (w) => zet(opties.find((o) => o.waarde === w) ?? null),
    lees: () => (gekozen ? { waarde: gekozen.waarde } : invoer.value.trim() ? { fout: "Kies een regel uit de lijst." } : { waarde: null }),
  };
}

function knoppen(veld, id) {
  const vak = maak("div", "keuzes"), opties = veld.opties ?? [];
  const invoeren = opties.map((o, i) => {
    const keus = maak("span", "keus"), invoer = maak("input"), label = maak("label", "", o.label);
    invoer.type = "radio"; invoer.name = id; invoer.id = id + i; label.htmlFor = invoer.id;
    keus.append(invoer, label);
    vak.append(keus);
    return invoer;
  });
  return {
    el: vak, invoer: invoeren[0] ?? vak,
    zet: (w) => invoeren.forEach((x, i) => { x.checked = opties[i].waarde === w; }),
    lees: () => ({ waarde: opties[invoeren.findIndex((x) => x.checked)]?.waarde ?? null }),
  };
}

function gewoon(veld, id) {
  const soort = veld.soort ?? "tekst";
  const invoer = maak(soort === "lang" ? "textarea" : soort === "keuze" ? "select" : "input", soort === "getal" ? "getal" : "");
  invoer.id = id;
  if (invoer.tagName === "INPUT") { invoer.type = "text"; if (soort === "getal") invoer.inputMode = "decimal"; }
  if (soort === "keuze") {
    invoer.append(new Option("Kies…", ""));
    (veld.opties ?? []).forEach((o, i) => invoer.append(new Option(o.label, String(i))));
    return {
      el: invoer, invoer, zet: (w) => { const i = (veld.opties ?? []).findIndex((o) => o.waarde === w); invoer.value = i < 0 ? "" : String(i); },
      lees: () => ({ waarde: invoer.value === "" ? null : veld.opties[+invoer.value].waarde }),
    };
  }
  return {
    el: invoer, invoer, zet: (w) => { invoer.value = toonGetal(w); },
    lees: () => {
      if (soort !== "getal") return { waarde: invoer.value.trim() || null };
      const w = leesGetal(invoer.value);
      return Number.isNaN(w) ? { fout: "Vul een getal in, bijvoorbeeld 1.250 of 12,5." } : { waarde: w };
    },
  };
}

function render({ model, el }) {
  el.classList.add("ow-formulier");
  el.dataset.versie = "0";
  const vorm = maak("form"), vak = maak("div"), onder = maak("div", "onder"), knop = maak("button", "indienen");
  const melding = maak("p", "melding"), algemeen = maak("p", "ow-veldfout");
  vorm.noValidate = true;
  knop.type = "submit";
  melding.setAttribute("role", "status");
  algemeen.setAttribute("role", "alert");
  onder.append(knop, melding);
  vorm.append(vak, algemeen, onder);
  el.append(vorm);
  let velden = new Map(), teller = Date.now(), begonnen = null;
  const begin = () => { begonnen ??= model.get("versie"); };

  /* Also when the options change while somebody types: what was filled in stays, and so does the focus. */
  function bouw() {
    const vorige = velden;
    const bezig = [...vorige].find(([, v]) => v.doos.contains(document.activeElement))?.[0];
    velden = new Map();
    vak.replaceChildren();
    for (const veld of model.get("velden")) {
      const id = uid(), groep = veld.soort === "knoppen";
      const doos = maak(groep ? "fieldset" : "div", "ow-veld"), label = maak(groep ? "legend" : "label", "", veld.label);
      const veldje = veld.soort === "zoek" ? combobox(veld, id) : groep ? knoppen(veld, id) : gewoon(veld, id);
      doos.dataset.veld = veld.naam;
      if (!groep) label.htmlFor = id;
      if (veld.verplicht) { label.append(maak("span", "verplicht", " (verplicht)")); veldje.invoer.setAttribute("aria-required", "true"); if (groep) veldje.invoer.removeAttribute("aria-required"); }
      doos.append(label);
      const bij = [];
      if (veld.uitleg) { const u = maak("p", "uitleg", veld.uitleg); u.id = id + "u"; bij.push(u.id); doos.append(u); }
      const fout = maak("p", "ow-veldfout");
      fout.id = id + "e"; fout.hidden = true; bij.push(fout.id);
      (groep ? doos : veldje.invoer).setAttribute("aria-describedby", bij.join(" "));
      doos.append(veldje.el, fout);
      vak.append(doos);
      const oud = vorige.get(veld.naam);
      if (oud && (oud.veld.waarde ?? null) === (veld.waarde ?? null)) {
        const uit = oud.lees();
        veldje.zet(uit.waarde ?? null);
        if (uit.fout) veldje.invoer.value = oud.invoer.value;
      } else veldje.zet(veld.waarde ?? null);
      velden.set(veld.naam, { ...veldje, veld, fout, groep, doos });
    }
    zichtbaarheid();
    velden.get(bezig)?.invoer.focus({ preventScroll: true });
    knop.textContent = model.get("knop");
    fouten(model.get("fout"));
    el.dataset.versie = String(+el.dataset.versie + 1);
    el.dataset.klaar = "ja";
  }

  /* A field with `alleen_als` takes part only when another one has one of those values. */
  function zichtbaarheid() {
    for (const v of velden.values()) {
      const als = v.veld.alleen_als;
      if (als) v.doos.hidden = !als.waarden.includes(velden.get(als.veld)?.lees().waarde);
    }
  }

  function fouten(bij, focus = false) {
    let eerste = null;
    for (const [naam, v] of velden) {
      const t = bij[naam] ?? "";
      v.fout.textContent = t;
      v.fout.hidden = !t;
      if (t) { if (!v.groep) v.invoer.setAttribute("aria-invalid", "true"); eerste ??= v.invoer; } else v.invoer.removeAttribute("aria-invalid");
    }
    algemeen.textContent = bij[""] ?? "";
    algemeen.hidden = !bij[""];
    if (focus) eerste?.focus();
  }

  vorm.addEventListener("submit", (e) => {
    e.preventDefault();
    const waarden = {}, mis = {};
    for (const [naam, v] of velden) {
      if (v.doos.hidden) { waarden[naam] = null; continue; }
      const uit = v.lees();
      if (uit.fout) mis[naam] = uit.fout;
      else if (v.veld.verplicht && uit.waarde === null) mis[naam] = v.veld.soort === "knoppen" || v.veld.soort === "keuze" || v.veld.soort === "zoek" ? "Maak een keuze." : "Vul dit in.";
      waarden[naam] = uit.waarde ?? null;
    }
    fouten(mis, true);
    melding.textContent = "";
    if (Object.keys(mis).length) return;
    model.set("fout", {}); model.set("melding", "");
    model.set("ingediend", { waarden, teller: ++teller, gezien: begonnen ?? model.get("versie") });
    model.save_changes();
  });
  vorm.addEventListener("change", zichtbaarheid);
  for (const soort of ["input", "change"]) vorm.addEventListener(soort, begin);
  /* Live: what is filled in so far, without a word about what is still missing. */
  let later = 0;
  const nu = () => {
    const waarden = {};
    for (const [naam, v] of velden) { const uit = v.doos.hidden ? {} : v.lees(); waarden[naam] = uit.fout ? null : uit.waarde ?? null; }
    model.set("concept", { waarden, teller: ++teller });
    model.save_changes();
  };
  for (const soort of ["input", "change"]) vorm.addEventListener(soort, () => { if (model.get("live")) { clearTimeout(later); later = setTimeout(nu, soort === "input" ? 350 : 30); } });
  model.on("msg:custom", (b) => { if (b.soort === "focus") requestAnimationFrame(() => [...velden.values()].find((v) => !v.doos.hidden)?.invoer.focus()); });
  model.on("change:velden change:knop", bouw);
  model.on("change:fout", () => fouten(model.get("fout"), true));
  model.on("change:melding", () => { melding.textContent = model.get("melding"); });
  model.on("change:_leeg", () => { begonnen = null; for (const v of velden.values()) v.zet(v.veld.waarde ?? null); zichtbaarheid(); fouten({}); });
  bouw();
  melding.textContent = model.get("melding");
}
export default { render };
