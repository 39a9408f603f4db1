/* What a group gave, one dot for each: shared by who judges and who leads. Text is set as text, never as HTML. */
const maak = (soort, klasse, inhoud) => {
  const e = document.createElement(soort);
  if (klasse) e.className = klasse;
  if (inhoud !== undefined) e.textContent = inhoud;
  return e;
};
const knop = (tekst, klasse, doe) => {
  const k = maak("button", klasse, tekst);
  k.type = "button";
  if (doe) k.addEventListener("click", doe);
  return k;
};
const getal = (x) => Number(x).toLocaleString("nl-NL", { maximumFractionDigits: 2 });
/* What somebody typed as a number, with comma or point; null is no number. */
const leesGetal = (tekst) => (/^[-+]?\d+([.,]\d+)?$/.test(tekst.trim()) ? Number(tekst.trim().replace(",", ".")) : null);
const opSchaal = (x, m) => x !== null && x >= m.laagst && x <= m.hoogst;
/* A field for a number on a scale. No type=number: it refuses the comma, in the language of the browser. */
const getalveld = (m, waarde) => {
  const veld = maak("input", "getal");
  veld.type = "text"; veld.inputMode = m.laagst < 0 ? "text" : "decimal"; veld.autocomplete = "off";
  veld.value = waarde === null || waarde === undefined ? "" : Number(waarde).toLocaleString("nl-NL", { maximumFractionDigits: 2, useGrouping: false });
  return veld;
};
const LAGER = "lager is beter";
const telwoord = (n, een, meer) => `${n.toLocaleString("nl-NL")} ${n === 1 ? een : meer}`;
/* The values to choose from on a scale; null when there are too many for a button each. */
const stappen = (laagst, hoogst) => (Number.isInteger(laagst) && Number.isInteger(hoogst) && hoogst - laagst <= 10
  ? Array.from({ length: hoogst - laagst + 1 }, (_, i) => laagst + i) : null);

function stippen({ laagst, hoogst, waarden, eigen = null, gemiddeld = null, afspraak = null, namen = [] }) {
  const vlak = maak("div", "ow-stippen"), baan = maak("div", "baan"), plek = (w) => `${((w - laagst) / (hoogst - laagst)) * 100}%`;
  const hopen = new Map(), wie = new Map();
  for (const w of waarden) hopen.set(w, (hopen.get(w) ?? 0) + 1);
  for (const [naam, w] of namen) wie.set(w, [...(wie.get(w) ?? []), naam]);
  const hoogste = Math.max(1, ...hopen.values()), maat = Math.max(7, Math.min(16, Math.floor(72 / hoogste)));
  vlak.style.setProperty("--maat", `${maat}px`);
  vlak.style.setProperty("--hoog", hoogste);
  const tikken = stappen(laagst, hoogst) ?? [laagst, (laagst + hoogst) / 2, hoogst];
  for (const w of tikken) { const tik = maak("span", "tik", getal(w)); tik.style.left = plek(w); baan.append(tik); }
  if (gemiddeld !== null) { const lijn = maak("span", "gemiddeld"); lijn.style.left = plek(gemiddeld); baan.append(lijn); }
  if (afspraak !== null) { const lijn = maak("span", "afspraak"); lijn.style.left = plek(afspraak); baan.append(lijn); }
  for (const [w, aantal] of hopen) {
    for (let i = 0; i < aantal; i++) {
      const mijn = eigen === w && i === 0, stip = maak("span", mijn ? "stip eigen" : "stip");
      stip.style.left = plek(w);
      stip.style.setProperty("--i", i);
      baan.append(stip);
    }
  }
  baan.setAttribute("role", "img");
  const delen = [waarden.length ? `Scores: ${waarden.map(getal).join(", ")}` : "Geen scores"];
  if (gemiddeld !== null) delen.push(`gemiddeld ${getal(gemiddeld)}`);
  if (eigen !== null) delen.push(`uw score ${getal(eigen)}`);
  if (afspraak !== null) delen.push(`afgesproken ${getal(afspraak)}`);
  baan.setAttribute("aria-label", delen.join("; "));
  vlak.append(baan);
  if (namen.length) vlak.append(maak("p", "wie", [...wie].sort((a, b) => a[0] - b[0]).map(([w, n]) => `${getal(w)}: ${n.join(", ")}`).join(" · ")));
  return vlak;
}
