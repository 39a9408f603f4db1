/* The page is complete when everything in sight has been drawn. */
function render({ el }) {
  const einde = performance.now() + 20000;
  const open = () => [...document.querySelectorAll(".ow-grafiek:not([data-klaar])")].some((g) => g.clientWidth >= 40);
  let rustig = 0;
  const kijk = () => {
    rustig = open() ? 0 : rustig + 1;
    if (rustig < 2 && performance.now() < einde) return setTimeout(kijk, 40);
    const teken = document.createElement("span");
    teken.id = "pagina-klaar";
    teken.className = "ow-alleen-voorlezen";
    teken.textContent = "De pagina is geladen.";
    el.append(teken);
  };
  kijk();
}
export default { render };
