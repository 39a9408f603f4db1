/* A field to choose in by typing: the combobox pattern of ARIA. Shared by the screens for sorting and grouping.
   opties: [{waarde, label}]; vrij: other text is an answer as well; nieuw: (tekst) => label of an answer that makes it. */
const maak = (soort, klasse, inhoud) => {
  const e = document.createElement(soort);
  if (klasse) e.className = klasse;
  if (inhoud !== undefined) e.textContent = inhoud;
  return e;
};
const uid = () => "k" + Math.random().toString(36).slice(2);
const plat = (s) => String(s ?? "").normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
const telwoord = (n, een, meer) => `${n.toLocaleString("nl-NL")} ${n === 1 ? een : meer}`;
const knop = (tekst, klasse, doe) => {
  const k = maak("button", klasse, tekst);
  k.type = "button";
  if (doe) k.addEventListener("click", doe);
  return k;
};
/* The line that says what went wrong stands above the widget and may be out of sight. */
const toonFout = (el) => el.closest(".widget-box")?.querySelector(".ow-melding p:not(:empty)")?.scrollIntoView({ block: "nearest" });

function kiezer({ label, opties, vrij = false, nieuw = null, hoogstens = 40, klaar }) {
  const vak = maak("div", "ow-kiezer"), naam = maak("label", "", label), invoer = maak("input"), lijst = maak("ul"), fout = maak("p", "ow-kiezer-fout");
  invoer.type = "text"; invoer.id = uid(); invoer.autocomplete = "off"; invoer.spellcheck = true;
  naam.htmlFor = invoer.id;
  lijst.id = invoer.id + "l"; lijst.hidden = true;
  fout.id = invoer.id + "f"; fout.setAttribute("role", "alert");
  lijst.setAttribute("role", "listbox"); lijst.setAttribute("aria-label", label);
  for (const [k, w] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": lijst.id, "aria-describedby": fout.id })) invoer.setAttribute(k, w);
  const alle = opties.map((o) => ({ ...o, plat: plat(o.label) }));
  let gekozen = null, actief = -1, zichtbaar = [];
  const dicht = () => { lijst.hidden = true; actief = -1; invoer.setAttribute("aria-expanded", "false"); invoer.removeAttribute("aria-activedescendant"); };
  const zet = (o) => { gekozen = o; invoer.value = o?.tekst ?? o?.label ?? ""; dicht(); };
  const meld = (tekst) => { fout.textContent = tekst; invoer.setAttribute("aria-invalid", String(Boolean(tekst))); };
  const markeer = (i) => {
    actief = i;
    [...lijst.querySelectorAll("[role=option]")].forEach((li, j) => {
      li.setAttribute("aria-selected", String(i === j));
      if (i === j) { lijst.scrollTop = Math.max(0, li.offsetTop - lijst.clientHeight / 2); invoer.setAttribute("aria-activedescendant", li.id); }
    });
  };
  function open() {
    const getypt = gekozen ? "" : invoer.value.trim(), woorden = plat(getypt).split(/\s+/).filter(Boolean);
    const treffers = alle.filter((o) => woorden.every((w) => o.plat.includes(w)));
    zichtbaar = treffers.slice(0, hoogstens);
    if (nieuw && getypt && !alle.some((o) => o.plat === plat(getypt))) zichtbaar.push({ nieuw: true, waarde: getypt, label: nieuw(getypt), tekst: getypt });
    lijst.replaceChildren(...zichtbaar.map((o, i) => {
      const li = maak("li", o.nieuw ? "nieuw" : "", o.label);
      li.id = `${lijst.id}-${i}`;
      li.setAttribute("role", "option"); li.setAttribute("aria-selected", "false");
      li.addEventListener("pointerdown", (e) => { e.preventDefault(); zet(o); meld(""); klaar?.(); });
      return li;
    }));
    const rest = treffers.length - hoogstens;
    if (rest > 0 || (!zichtbaar.length && !vrij)) {
      const li = maak("li", "meer", rest > 0 ? `en nog ${rest}; typ een woord om te zoeken` : nieuw ? "Typ een naam" : "Niets gevonden");
      li.setAttribute("role", "presentation");
      lijst.append(li);
    }
    lijst.hidden = !lijst.children.length;
    invoer.setAttribute("aria-expanded", String(!lijst.hidden));
    actief = -1;
    if (!vrij && woorden.length && zichtbaar.length) markeer(0);
  }
  invoer.addEventListener("input", () => { gekozen = null; meld(""); open(); });
  invoer.addEventListener("click", open);
  invoer.addEventListener("focus", () => { if (!invoer.value) open(); });
  invoer.addEventListener("blur", dicht);
  invoer.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      if (lijst.hidden) open();
      if (zichtbaar.length) markeer((actief + (e.key === "ArrowDown" ? 1 : -1) + zichtbaar.length) % zichtbaar.length);
    } else if (e.key === "Enter" && !e.isComposing) {
      e.preventDefault();
      if (!lijst.hidden && actief >= 0) zet(zichtbaar[actief]);
      klaar?.();
    } else if (e.key === "Escape" && !lijst.hidden && invoer.value) { e.preventDefault(); e.stopPropagation(); dicht(); }
  });
  vak.append(naam, invoer, lijst, fout);
  return {
    el: vak, invoer, meld, zet: (o) => zet(o),
    /* The answer {waarde, nieuw}, or null after saying what is missing. */
    lees() {
      dicht();
      const tekst = invoer.value.trim();
      if (gekozen) return gekozen;
      const precies = alle.find((o) => o.plat === plat(tekst));
      if (tekst && precies) return precies;
      if (tekst && vrij) return { waarde: tekst };
      meld(tekst ? "Kies een regel uit de lijst." : "Vul dit in.");
      invoer.focus();
      if (tekst) open();
      return null;
    },
  };
}
