/* A line that is read out: errors at once, the rest politely. */
const TEKEN = { fout: "■ ", letop: "▲ ", goed: "● " };
function render({ model, el }) {
  el.classList.add("ow-melding");
  const beleefd = document.createElement("p"), dringend = document.createElement("p");
  beleefd.setAttribute("role", "status");
  dringend.setAttribute("role", "alert");
  el.append(beleefd, dringend);
  const toon = () => {
    const soort = model.get("soort"), tekst = model.get("tekst");
    const [p, ander] = soort === "fout" ? [dringend, beleefd] : [beleefd, dringend];
    ander.replaceChildren();
    p.className = soort;
    p.replaceChildren();
    if (!tekst) return;
    if (TEKEN[soort]) { const b = document.createElement("b"); b.setAttribute("aria-hidden", "true"); b.textContent = TEKEN[soort]; p.append(b); }
    p.append(tekst);
  };
  model.on("change:tekst change:soort", toon);
  toon();
}
export default { render };
