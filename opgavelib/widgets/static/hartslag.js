/* Asks Python for its stand; says so in Dutch when no answer comes. */
function render({ model, el }) {
  el.classList.add("ow-hartslag");
  const regel = document.createElement("p");
  regel.setAttribute("role", "status");
  el.append(regel);
  let nr = 0, antwoord = performance.now(), balk = null, klok = 0, weg = 0, aan = true, gekeken = 0;

  function verbroken(tekst) {
    if (balk) return;
    balk = document.createElement("div");
    balk.className = "ow-verbroken";
    balk.setAttribute("role", "alert");
    const p = document.createElement("span"), knop = document.createElement("button");
    p.textContent = tekst ?? "De verbinding met het werkboek is weg. Wat u nu wijzigt, wordt niet bewaard. Laad de pagina opnieuw.";
    knop.type = "button";
    knop.textContent = "Laad de pagina opnieuw";
    knop.addEventListener("click", () => location.reload());
    balk.append(p, knop);
    document.body.append(balk);
  }
  const hersteld = () => { balk?.remove(); balk = null; };

  // A kernel that is known to be gone will never answer: no need to wait.
  async function bestaatNog() {
    const bron = document.getElementById("jupyter-config-data");
    if (!bron) return true;
    const { baseUrl, kernelId } = JSON.parse(bron.textContent);
    try {
      const r = await fetch(`${baseUrl}api/kernels/${kernelId}`, { cache: "no-store" });
      return r.ok ? (await r.json()).execution_state !== "dead" : r.status !== 404;
    } catch (_) { return true; } // the network; the patience below decides
  }

  async function slag() {
    if (!aan) return;
    const nu = performance.now(), stil = (nu - antwoord) / 1000, pauze = model.get("seconden");
    if (stil > model.get("geduld")) verbroken();
    else if (stil > 2 * pauze + 1 && nu - gekeken > 3000) { gekeken = nu; if (!(await bestaatNog())) verbroken(); }
    try { model.send({ soort: "ping", nr: ++nr }); } catch (_) { /* the comm is closed: silence tells */ }
    klok = setTimeout(slag, pauze * 1000);
  }
  model.on("msg:custom", (inhoud) => {
    if (inhoud.soort !== "pong") return;
    antwoord = performance.now();
    el.dataset.stand = inhoud.stand;
    hersteld();
  });
  // A browser slows the clock of a hidden tab down: count silence from when it is looked at again.
  const zicht = () => { if (!document.hidden) { antwoord = performance.now(); clearTimeout(klok); slag(); } };
  document.addEventListener("visibilitychange", zicht);
  const toon = () => { regel.textContent = model.get("bericht"); clearTimeout(weg); if (regel.textContent) weg = setTimeout(() => { regel.textContent = ""; }, 30000); };
  model.on("change:bericht", toon);
  toon();
  slag();
  return () => { aan = false; clearTimeout(klok); clearTimeout(weg); document.removeEventListener("visibilitychange", zicht); hersteld(); };
}
export default { render };
