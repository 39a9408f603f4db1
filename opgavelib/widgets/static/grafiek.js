/* A chart. One plotly.js per page, loaded when the first chart needs it. */
const TEKSTEN = {
  "Download plot": "Bewaar als afbeelding", "Download plot as a PNG": "Bewaar als afbeelding",
  "Reset axes": "Zet de assen terug", "Autoscale": "Toon alles", "Zoom": "Inzoomen op een vlak",
  "Zoom in": "Inzoomen", "Zoom out": "Uitzoomen", "Pan": "Verschuiven", "Box Select": "Kies een vlak",
  "Lasso Select": "Kies met een lus", "Double-click on legend to isolate one trace": "Dubbelklik om alleen deze te tonen",
  "Taking snapshot - this may take a few seconds": "De afbeelding wordt gemaakt",
  "Snapshot succeeded": "De afbeelding is bewaard",
  "Sorry, there was a problem downloading your snapshot!": "De afbeelding kon niet worden bewaard",
};
const MAANDEN = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"];
const DAGEN = ["zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"];
const NEDERLANDS = {
  moduleType: "locale", name: "nl", dictionary: TEKSTEN,
  format: {
    days: DAGEN, shortDays: DAGEN.map((d) => d.slice(0, 2)), months: MAANDEN, shortMonths: MAANDEN.map((m) => m.slice(0, 3)),
    date: "%d-%m-%Y", decimal: ",", thousands: ".", currency: ["€ ", ""],
  },
};

/* Our own pages start loading it themselves (opgave.js); elsewhere the first chart asks Python. */
function plotly(model) {
  window.opgavePlotly ??= new Promise((goed, fout) => {
    const laad = (adres) => {
      const script = document.createElement("script");
      script.src = adres;
      script.onload = () => goed(window.Plotly);
      script.onerror = () => fout(new Error("plotly.js"));
      document.head.append(script);
    };
    if (window.Plotly?.react) return goed(window.Plotly);
    model.on("msg:custom", (inhoud, buffers) => {
      if (inhoud.soort === "plotly") laad(URL.createObjectURL(new Blob([buffers[0]], { type: "text/javascript" })));
    });
    model.send({ soort: "plotly" });
  });
  return window.opgavePlotly.then((P) => { P.register(NEDERLANDS); return P; });
}

const isObject = (w) => w && typeof w === "object" && !Array.isArray(w);

function samen(onder, boven) {
  const uit = { ...onder };
  for (const [k, w] of Object.entries(boven ?? {})) uit[k] = isObject(w) && isObject(uit[k]) ? samen(uit[k], w) : w;
  return uit;
}

/* Tokens become colours; in projector mode sizes of type grow, never under 20 px. */
function vertaal(w, kleur, schaal, sleutel = "") {
  if (typeof w === "string") return w.startsWith("token:") ? kleur(w.slice(6)) : w;
  if (Array.isArray(w)) return w.length > 5000 ? w : w.map((x) => vertaal(x, kleur, schaal, sleutel));
  if (!isObject(w)) return w;
  const uit = {};
  for (const [k, x] of Object.entries(w)) {
    const isLetter = /font$/i.test(sleutel) && k === "size" && typeof x === "number";
    uit[k] = isLetter && schaal > 1 ? Math.max(20, x * schaal) : vertaal(x, kleur, schaal, k);
  }
  return uit;
}

/* Long names beside an axis get less than half of the width; the hover has them whole. */
const past = (naam, tekens) => (naam.length <= tekens || naam.includes("<") ? naam : `${naam.slice(0, tekens - 1).replace(/&[^;\s]*$/, "").trimEnd().replace(/[,;:…]$/, "")}…`);

function thema(kleur, schaal) {
  const letter = schaal > 1 ? 20 : 14;
  const as = {
    gridcolor: kleur("raster"), zerolinecolor: kleur("lijn"), zerolinewidth: 1.5, linecolor: kleur("raster"),
    automargin: true, ticks: "outside", ticklen: 6, tickcolor: "rgba(0,0,0,0)", fixedrange: true,
    exponentformat: "none", separatethousands: true,
    title: { standoff: 12, font: { size: letter, color: kleur("gedempt") } },
  };
  return {
    font: { family: kleur("letter"), size: letter, color: kleur("tekst") },
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", separators: ",.",
    colorway: ["fysiek", "sociaal", "bedrijfsvoering", "primair", "lean"].map(kleur),
    xaxis: as, yaxis: as, margin: { l: 16, r: 16, t: 24, b: 16 }, hovermode: "closest", dragmode: false,
    hoverlabel: { bgcolor: kleur("vlak"), bordercolor: kleur("lijn"), font: { size: letter, color: kleur("tekst") }, align: "left" },
    legend: { orientation: "h", y: 1.02, yanchor: "bottom", x: 0, title: { text: "" } },
    modebar: { bgcolor: "rgba(0,0,0,0)", color: kleur("gedempt"), activecolor: kleur("primair"), orientation: "h" },
  };
}

const punt = (p) => ({
  reeks: p.curveNumber, naam: p.data?.name ?? null, punt: p.pointNumber ?? p.pointIndex ?? null,
  x: p.x ?? null, y: p.y ?? null, label: p.label ?? p.text ?? null, customdata: p.customdata ?? null,
});

function render({ model, el }) {
  el.classList.add("ow-grafiek");
  el.dataset.versie = "0";
  const vlak = document.createElement("div");
  el.append(vlak);
  let getekend = false, bezig = false, nogeens = false, teller = Date.now(), aan = true, P = null;

  const geef = (naam, waarde) => { model.set(naam, { ...waarde, teller: ++teller }); model.save_changes(); };
  const stijl = () => getComputedStyle(el);
  const projector = () => document.documentElement.dataset.weergave === "projector";

  function opmaak() {
    const s = stijl(), schaal = projector() ? 1.4 : 1;
    const kleur = (naam) => s.getPropertyValue("--ow-" + naam).trim() || "#1a2129";
    const figuur = vertaal(model.get("figuur"), kleur, schaal);
    const layout = { ...figuur.layout };
    // Texts that have no room in large type are named "klein"; the hover and the table have them still.
    if (schaal > 1 && layout.annotations) layout.annotations = layout.annotations.filter((a) => a.name !== "klein");
    const namen = layout.yaxis?.ticktext;
    if (namen?.some((n) => typeof n === "string")) layout.yaxis = { ...layout.yaxis, ticktext: namen.map((n) => (typeof n === "string" ? past(n, Math.max(24, Math.floor((0.41 * el.clientWidth) / (schaal > 1 ? 11.5 : 8.2)))) : n)) };
    // A margin for names grows with the type.
    if (schaal > 1 && layout.margin?.r > 100) layout.margin = { ...layout.margin, r: schaal * layout.margin.r };
    layout.template = samen({ layout: thema(kleur, schaal) }, layout.template);
    layout.height = Math.round(model.get("hoogte") * (schaal > 1 ? 1.25 : 1));
    layout.width = Math.floor(el.clientWidth);
    layout.autosize = false;
    const edits = model.get("bewerkbaar") ? { annotationPosition: true, shapePosition: true } : {};
    const config = {
      displaylogo: false, showSendToCloud: false, plotlyServerURL: "", locale: "nl", responsive: false, edits,
      modeBarButtons: [["toImage"]], displayModeBar: true, doubleClick: false,
      toImageButtonOptions: { format: "png", scale: 2, filename: "grafiek" },
      ...figuur.config,
    };
    return [figuur.data ?? [], layout, config];
  }

  async function teken() {
    if (!aan) return;
    vlak.setAttribute("role", "group"); // no "img": the button to save the picture stands in it
    vlak.setAttribute("aria-label", model.get("omschrijving"));
    // Without data there is nothing to look at: no empty axes beside the sentence that says what to do first.
    const leeg = !(model.get("figuur").data ?? []).length;
    el.classList.toggle("leeg", leeg);
    if (leeg) { getekend = true; el.dataset.klaar = "ja"; return; }
    el.style.minHeight = `${model.get("hoogte")}px`;
    if (el.clientWidth < 40) { getekend = false; return; } // hidden: drawn when shown
    if (bezig) { nogeens = true; return; }
    bezig = true;
    try {
      P = await plotly(model);
      do {
        nogeens = false;
        await P.react(vlak, ...opmaak());
      } while (nogeens);
      if (!vlak.dataset.luistert) luister();
      getekend = true;
      el.dataset.versie = String(+el.dataset.versie + 1);
      el.dataset.klaar = "ja";
    } catch (fout) {
      console.error(fout);
      vlak.className = "ow-grafiek-fout";
      vlak.textContent = "Deze grafiek kon niet worden getekend. De cijfers staan in de tabel erbij.";
      el.dataset.klaar = "fout";
    } finally { bezig = false; }
  }

  function luister() {
    vlak.dataset.luistert = "ja";
    vlak.on("plotly_click", (e) => { if (!gesleept && e.points?.length) geef("klik", punt(e.points[0])); });
    vlak.on("plotly_selected", (e) => geef("selectie", { punten: (e?.points ?? []).map(punt) }));
    vlak.on("plotly_deselect", () => geef("selectie", { punten: [] }));
    vlak.on("plotly_relayout", (e) => {
      const wijziging = Object.fromEntries(Object.entries(e ?? {}).filter(([k]) => /^(shapes|annotations)\[/.test(k)));
      if (Object.keys(wijziging).length) geef("sleep", { soort: "lijn", wijziging });
    });
    let onder = null;
    vlak.on("plotly_hover", (e) => { if (!slepend) onder = e.points?.[0] ?? null; });
    vlak.on("plotly_unhover", () => { if (!slepend) onder = null; });
    vlak.addEventListener("pointerdown", (e) => {
      gesleept = false;
      if (!model.get("bewerkbaar") || onder?.data?.meta !== "sleep" || e.button) return;
      e.preventDefault(); e.stopPropagation();
      sleepPunt(e, onder);
    }, true);
  }

  let slepend = false, gesleept = false;
  function sleepPunt(start, p) {
    slepend = true;
    const schim = document.createElement("div");
    schim.className = "ow-sleepschim";
    const plek = (e) => {
      const r = el.getBoundingClientRect();
      schim.style.left = `${e.clientX - r.left}px`; schim.style.top = `${e.clientY - r.top}px`;
    };
    const beweeg = (e) => {
      if (!gesleept && Math.hypot(e.clientX - start.clientX, e.clientY - start.clientY) < 4) return;
      gesleept = true;
      if (!schim.isConnected) el.append(schim);
      plek(e);
    };
    const los = (e) => {
      removeEventListener("pointermove", beweeg); removeEventListener("pointerup", los); removeEventListener("pointercancel", los);
      schim.remove(); slepend = false;
      if (e.type === "pointercancel") return;
      // Taking the pointer also took plotly's click away: give it here.
      if (!gesleept) return geef("klik", punt(p));
      const r = vlak.getBoundingClientRect();
      const x = p.xaxis.p2d(e.clientX - r.left - p.xaxis._offset), y = p.yaxis.p2d(e.clientY - r.top - p.yaxis._offset);
      geef("sleep", { soort: "punt", ...punt(p), x, y, van: { x: p.x, y: p.y } });
    };
    addEventListener("pointermove", beweeg); addEventListener("pointerup", los); addEventListener("pointercancel", los);
  }

  model.on("change:figuur change:hoogte change:omschrijving change:bewerkbaar", teken);
  const maat = new ResizeObserver(() => {
    if (el.clientWidth < 40) { return; }
    if (!getekend) teken();
    else if (P && Math.abs(el.clientWidth - vlak._fullLayout.width) > 1) P.relayout(vlak, { width: Math.floor(el.clientWidth) });
  });
  maat.observe(el);
  const weergave = new MutationObserver(teken);
  weergave.observe(document.documentElement, { attributes: true, attributeFilter: ["data-weergave", "data-thema"] });
  teken();
  return () => { aan = false; maat.disconnect(); weergave.disconnect(); model.off("change:figuur change:hoogte change:omschrijving change:bewerkbaar", teken); if (P && getekend) P.purge(vlak); };
}
export default { render };
