/* Scenarios side by side: what it comes down to, a few figures, and what comes in and out. */
const maak = (soort, klasse, inhoud) => {
  const e = document.createElement(soort);
  if (klasse) e.className = klasse;
  if (inhoud !== undefined) e.textContent = inhoud;
  return e;
};
/* An amount and its unit stay on one line. */
const bijeen = (tekst) => tekst.replace(/€ /g, "€\u00a0").replace(/ (mln|uur)\b/g, "\u00a0$1");
const TEKEN = { eraf: "−", erbij: "+", tijd: "→" };

function render({ model, el }) {
  el.classList.add("ow-vergelijking");
  function zin(k, noem) {
    const p = maak("p", "zin");
    if (noem) p.append(maak("span", "wie", k.titel));
    p.append(bijeen(k.zin));
    return p;
  }
  function tabel(kolommen) {
    const t = maak("table"), kop = maak("tr"), boven = maak("thead"), romp = maak("tbody");
    t.append(maak("caption", "ow-alleen-voorlezen", "Scenario's naast elkaar"));
    const hoek = maak("td", "hoek");
    kop.append(hoek, ...kolommen.map((k) => { const th = maak("th", "", k.titel); th.scope = "col"; return th; }));
    boven.append(kop);
    const namen = [...new Set(kolommen.flatMap((k) => k.cijfers.map((c) => c[0])))];
    for (const naam of namen) {
      const rij = maak("tr"), th = maak("th", "", naam);
      th.scope = "row";
      rij.append(th);
      for (const k of kolommen) {
        const c = k.cijfers.find((x) => x[0] === naam), td = maak("td");
        td.append(maak("span", "getal", c ? c[1] : "–"));
        if (c?.[2]) td.append(maak("span", "bij", c[2]));
        rij.append(td);
      }
      romp.append(rij);
    }
    t.append(boven, romp);
    return t;
  }
  function groep([kop, soort, items]) {
    const vak = maak("div", `groep g-${soort}`), lijst = maak("ul");
    vak.append(maak("h4", "", `${kop} (${items.length})`));
    for (const i of items) {
      const li = maak("li"), teken = maak("span", "teken", TEKEN[soort]), tekst = maak("span", "tekst");
      teken.setAttribute("aria-hidden", "true");
      tekst.append(maak("span", "code", i.code), ` ${i.titel} `, maak("span", "bij", i.bij));
      li.append(teken, tekst);
      lijst.append(li);
    }
    vak.append(lijst);
    return vak;
  }
  function teken() {
    const kolommen = model.get("kolommen"), leeg = model.get("leeg");
    el.dataset.aantal = String(kolommen.length);
    if (leeg || !kolommen.length) { el.replaceChildren(maak("p", "wacht", leeg || "Kies links wat u wilt vergelijken.")); return; }
    el.classList.toggle("is-oud", Boolean(model.get("oud")));
    const anderen = kolommen.filter((k) => !k.eerste), delen = [];
    delen.push(...(anderen.length ? anderen : kolommen).map((k) => zin(k, anderen.length > 1)), tabel(kolommen));
    const naast = maak("div", "naast");
    for (const k of anderen) {
      const vak = maak("section"), gevuld = k.groepen.filter((g) => g[2].length), h = maak("h3", "", `${k.titel}, vergeleken met ${kolommen[0].titel}`);
      vak.append(h, ...(gevuld.length ? gevuld.map(groep) : [maak("p", "bij", k.geen || "Dezelfde ambities, op dezelfde momenten.")]));
      naast.append(vak);
    }
    if (anderen.length) delen.push(naast);
    const oud = maak("p", "oud", model.get("oud"));
    oud.setAttribute("role", "status");
    el.replaceChildren(oud, ...delen);
    el.dataset.versie = String(+(el.dataset.versie ?? 0) + 1);
  }
  model.on("change:kolommen change:leeg change:oud", teken);
  teken();
}
export default { render };
