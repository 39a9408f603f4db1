/* A list of rows in which several can be chosen; only those in sight are in the DOM. After kiezer.js.
   vul(rij, id): fills the element of a row; hoog: its height at scale 1; bij(anderFocus): after every change of focus,
   selection or rows; toets(e): true when it did something with a key that is not the list's own. */
function rijenlijst({ label, vul, hoog, bij, toets }) {
  const el = maak("div", "ow-rijen"), ruimte = maak("div", "ruimte"), eigen = uid(), EXTRA = 6;
  el.tabIndex = 0;
  el.setAttribute("role", "listbox"); el.setAttribute("aria-multiselectable", "true"); el.setAttribute("aria-label", label);
  ruimte.setAttribute("role", "presentation");
  el.append(ruimte);
  let h = hoog, anker = null;
  const l = { el, ids: [], gekozen: new Set(), focus: null, plek: 0, teken, zetFocus, kiesAlle, wis, zet, meet, doelen: () => (l.gekozen.size ? l.ids.filter((id) => l.gekozen.has(id)) : l.focus ? [l.focus] : []) };

  function meet() { h = Math.round(hoog * (parseFloat(getComputedStyle(el).getPropertyValue("--ow-schaal")) || 1)); }
  /* Other rows: what is chosen and still there stays chosen, the row with the focus stays where it was on the screen. */
  function zet(ids) {
    const boven = l.plek * h - el.scrollTop, inBeeld = boven >= 0 && boven < el.clientHeight, er = new Set(ids);
    l.ids = ids;
    for (const id of l.gekozen) if (!er.has(id)) l.gekozen.delete(id);
    if (anker !== null && !er.has(anker)) anker = null;
    const i = ids.indexOf(l.focus);
    ruimte.style.height = `${ids.length * h}px`;
    verzet(i < 0 ? l.plek : i);
    if (inBeeld) { el.scrollTop = l.plek * h - boven; naarBeeld(); }
    teken();
  }
  function verzet(i) {
    const oud = l.focus, n = l.ids.length;
    l.plek = n ? Math.max(0, Math.min(n - 1, i)) : 0;
    l.focus = n ? l.ids[l.plek] : null;
    if (l.focus !== oud) l.anders = true;
  }
  function naarBeeld() {
    const boven = l.plek * h, onder = boven + h;
    if (boven < el.scrollTop) el.scrollTop = boven;
    else if (onder > el.scrollTop + el.clientHeight) el.scrollTop = onder - el.clientHeight;
  }
  function zetFocus(i) { verzet(i); naarBeeld(); }
  function kiesAlle() { l.gekozen = new Set(l.ids); teken(); el.focus(); }
  function wis() { l.gekozen.clear(); anker = null; }
  const wissel = (id) => { if (!l.gekozen.delete(id)) l.gekozen.add(id); anker = id; };
  function bereik(tot) {
    const a = Math.max(0, l.ids.indexOf(anker ?? l.focus)), [x, y] = a < tot ? [a, tot] : [tot, a];
    for (let i = x; i <= y; i++) l.gekozen.add(l.ids[i]);
  }
  function maakRij(id, i) {
    const rij = maak("div", "rij"), vink = maak("span", "vink");
    rij.id = `${eigen}-${i}`; rij.dataset.id = id;
    rij.style.top = `${i * h}px`; rij.style.height = `${h}px`;
    rij.setAttribute("role", "option");
    rij.setAttribute("aria-selected", String(l.gekozen.has(id)));
    rij.setAttribute("aria-setsize", l.ids.length); rij.setAttribute("aria-posinset", i + 1);
    if (id === l.focus) rij.classList.add("hier");
    vink.setAttribute("aria-hidden", "true");
    rij.append(vink);
    vul(rij, id);
    return rij;
  }
  function teken() {
    const n = l.ids.length, van = Math.max(0, Math.floor(el.scrollTop / h) - EXTRA), tot = Math.min(n, Math.ceil((el.scrollTop + el.clientHeight) / h) + EXTRA);
    ruimte.style.height = `${n * h}px`;
    ruimte.replaceChildren(...l.ids.slice(van, tot).map((id, j) => maakRij(id, van + j)));
    if (l.focus !== null && l.plek >= van && l.plek < tot) el.setAttribute("aria-activedescendant", `${eigen}-${l.plek}`); else el.removeAttribute("aria-activedescendant");
    const anders = l.anders;
    l.anders = false;
    bij(anders);
  }
  el.addEventListener("keydown", (e) => {
    if (e.target !== el) return;
    const pagina = Math.max(1, Math.floor(el.clientHeight / h) - 1), i = l.plek;
    const naar = { ArrowDown: i + 1, ArrowUp: i - 1, Home: 0, End: l.ids.length - 1, PageDown: i + pagina, PageUp: i - pagina }[e.key];
    const ctrl = e.ctrlKey || e.metaKey;
    if (naar !== undefined && !ctrl && !e.altKey) {
      if (e.shiftKey) anker ??= l.focus; else anker = null;
      zetFocus(naar);
      if (e.shiftKey) { l.gekozen.clear(); bereik(l.plek); }
      teken();
    } else if (ctrl && !e.altKey && e.key.toLowerCase() === "a") kiesAlle();
    else if (ctrl || e.altKey) return;
    else if (e.key === " ") { if (l.focus) { wissel(l.focus); teken(); } }
    else if (e.key === "Escape" && l.gekozen.size) { wis(); teken(); }
    else if (!toets(e)) return;
    e.preventDefault();
  });
  el.addEventListener("click", (e) => {
    const rij = e.target.closest(".rij");
    if (!rij) return;
    const id = rij.dataset.id, i = l.ids.indexOf(id);
    if (e.shiftKey) { anker ??= l.focus; bereik(i); }
    else if (e.target.closest(".vink") || e.ctrlKey || e.metaKey) wissel(id);
    else anker = id;
    zetFocus(i);
    teken();
  });
  el.addEventListener("mousedown", (e) => { if (e.shiftKey) e.preventDefault(); });
  let gepland = 0;
  el.addEventListener("scroll", () => { gepland ||= requestAnimationFrame(() => { gepland = 0; teken(); }); });
  const kijker = new ResizeObserver(() => { meet(); if (el.clientWidth) { naarBeeld(); teken(); } });
  kijker.observe(el);
  l.weg = () => kijker.disconnect();
  return l;
}
