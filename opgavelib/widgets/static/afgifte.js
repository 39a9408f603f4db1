/* Hands files over: a button per file, progress after a second, and the bytes as a download of this page. */
const maak = (soort, klasse, inhoud) => {
  const e = document.createElement(soort);
  if (klasse) e.className = klasse;
  if (inhoud !== undefined) e.textContent = inhoud;
  return e;
};
const GEDULD = 1000;

function render({ model, el }) {
  el.classList.add("ow-afgifte");
  const lijst = maak("div", "lijst"), melder = maak("p", "melder");
  melder.setAttribute("role", "status");
  el.append(lijst, melder);
  let bezig = "", klok = 0, sinds = 0;

  function teken() {
    lijst.replaceChildren(...model.get("bestanden").map((b) => {
      const vak = maak("section", "bestand"), knop = maak("button", "", b.knop), uitleg = maak("p", "", b.uitleg);
      knop.type = "button";
      knop.dataset.naam = b.naam;
      uitleg.id = "u" + Math.random().toString(36).slice(2);
      knop.setAttribute("aria-describedby", uitleg.id);
      knop.addEventListener("click", () => vraag(b));
      vak.append(knop, uitleg);
      return vak;
    }));
    zetBezig();
    el.dataset.klaar = "ja";
  }

  /* Not disabled: who pressed it keeps the focus. */
  function zetBezig() {
    for (const k of lijst.querySelectorAll("button")) k.setAttribute("aria-disabled", String(Boolean(bezig)));
  }

  function vraag(b) {
    if (bezig) return;
    bezig = b.naam; sinds = Date.now(); melder.textContent = "";
    zetBezig();
    klok = setInterval(() => { if (Date.now() - sinds >= GEDULD) melder.textContent = `${b.titel} maken… ${Math.round((Date.now() - sinds) / 1000)} seconden bezig`; }, 500);
    model.send({ soort: "vraag", naam: b.naam });
  }

  function klaar(tekst) {
    clearInterval(klok);
    bezig = ""; melder.textContent = tekst;
    zetBezig();
  }

  model.on("msg:custom", (m, buffers) => {
    if (m.soort === "mislukt") return klaar("");
    if (m.soort !== "bestand") return;
    const a = maak("a"), adres = URL.createObjectURL(new Blob([buffers[0]], { type: m.mime }));
    a.href = adres; a.download = m.bestandsnaam;
    document.body.append(a); a.click(); a.remove();
    setTimeout(() => URL.revokeObjectURL(adres), 10_000);
    klaar(`${m.bestandsnaam} staat bij uw downloads.`);
  });
  model.on("change:bestanden", teken);
  teken();
  return () => clearInterval(klok);
}
export default { render };
