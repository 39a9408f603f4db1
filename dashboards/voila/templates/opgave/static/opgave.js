/* What Voilà calls while a page comes up, and the busy and error state that the visitor sees. */
(() => {
  const begin = performance.now();
  const wacht = { nodig: 45000 };
  const tekst = (t) => {
    const el = document.getElementById("ow-laden-tekst");
    if (el && el.textContent !== t) el.textContent = t;
  };
  const klaar = () => {
    document.getElementById("ow-laden")?.remove();
    document.documentElement.dataset.opgave = "klaar";
  };

  window.voila_heartbeat = () => tekst("De gegevens worden nog berekend. Dit duurt langer dan anders.");
  window.voila_process = (cel, cellen) => {
    if (performance.now() - begin > 1000) tekst(`De pagina wordt klaargezet: stap ${cel} van ${cellen}`);
  };
  window.update_loading_text = window.voila_process;
  window.voila_finish = window.display_cells = () => { window.cellLoaded = true; };

  // Plotly is big: start it while the widgets wait for their kernel, not when the first chart is there.
  const plotly = document.querySelector('meta[name="opgave-plotly"]')?.content;
  if (plotly) {
    window.opgavePlotly = new Promise((goed, fout) => {
      const script = document.createElement("script");
      script.async = true;
      script.src = plotly;
      script.onload = () => goed(window.Plotly);
      script.onerror = () => fout(new Error("plotly.js"));
      document.head.append(script);
    });
    window.opgavePlotly.catch(() => {}); // each chart says so itself
  }

  function kijk() {
    if (document.getElementById("pagina-klaar") || document.querySelector(".ow-paginafout")) return klaar();
    const duur = performance.now() - begin;
    setTimeout(kijk, 50); // also after giving up: on a busy server it may still come
    if (wacht.op) return;
    if (duur > wacht.nodig) {
      const el = document.getElementById("ow-laden");
      if (!el) return;
      wacht.op = true;
      el.setAttribute("role", "alert");
      tekst("De pagina kwam niet op. Laad de pagina opnieuw.");
      const knop = document.createElement("button");
      knop.className = "ow-knop";
      knop.textContent = "Laad de pagina opnieuw";
      knop.onclick = () => location.reload();
      el.append(knop);
      return;
    }
    if (window.cellLoaded && duur > 1500) tekst("De grafieken en tabellen worden getekend");
  }
  kijk();
})();
