"""Lean and opgave per team, against the norm."""

from __future__ import annotations

import pandas as pd

from opgavelib import notatie
from opgavelib.domein.begroting import LeanOpgave
from opgavelib.weergave.figuur import Figuur, kolom, leeg, records, tekst

KOLOMMEN = (
    kolom("team", "Team"),
    kolom("teamleider", "Teamleider"),
    kolom("lean_eur", "Lean", "euro"),
    kolom("opgave_eur", "Opgave", "euro"),
    kolom("onbekend_eur", "Nog niet bepaald", "euro", "Met wat buiten de norm valt en niet is ingedeeld"),
    kolom("opgave_aandeel_eur", "Opgave van budget", "aandeel"),
    kolom("lean_uren", "Lean per jaar", "uren", "Afgeleid van de formatie", bijzaak=True),
    kolom("opgave_uren", "Opgave per jaar", "uren", "Afgeleid van de formatie", bijzaak=True),
    kolom("opgave_aandeel_uren", "Opgave van uren", "aandeel", "Afgeleid van de formatie"),
)


def lean_opgave(uitkomst: LeanOpgave) -> Figuur:
    """Share of the budget for opgaven per team, with the (derived) share of hours and the norm."""
    tabel = uitkomst.teams.copy()
    som = tabel["lean_eur"] + tabel["opgave_eur"] + tabel["onbekend_eur"]
    tabel = tabel[(som != 0) | (tabel["lean_uren"] + tabel["opgave_uren"] != 0)]
    if tabel.empty:
        return leeg("Er is nog geen begroting gelezen. Lees een begroting en de teams in.", KOLOMMEN)
    euro = pd.to_numeric(tabel["opgave_aandeel_eur"], errors="coerce")
    uren = pd.to_numeric(tabel["opgave_aandeel_uren"], errors="coerce")
    tabel = tabel.assign(_sorteer=euro.fillna(-1.0)).sort_values("_sorteer", ascending=False, kind="stable")
    rijen = records(tabel, KOLOMMEN)
    rijen.append({"team": "Totaal", "_klasse": "totaal"} | {k["kolom"]: uitkomst.totaal[k["kolom"]]
                                                            for k in KOLOMMEN[2:]})  # fmt: skip
    bekend = euro.reindex(tabel.index).notna() | uren.reindex(tabel.index).notna()
    figuur = _staven(tabel[bekend], uitkomst) if bekend.any() else {}
    hoogte = 150 + 46 * int(bekend.sum() + 1) if figuur else 0
    return Figuur(figuur, uitkomst.toelichting, KOLOMMEN, rijen, hoogte, kerncijfers=_kerncijfers(uitkomst))


def _kerncijfers(uitkomst: LeanOpgave) -> list[tuple[str, str]]:
    t = uitkomst.totaal
    return [
        ("Lean", notatie.euro_kort(t["lean_eur"])),
        ("Opgave", notatie.euro_kort(t["opgave_eur"])),
        ("Nog niet bepaald", notatie.euro_kort(t["onbekend_norm_eur"])),
        ("Buiten de norm: reserves, resultaat", notatie.euro_kort(t["buiten_norm_eur"])),
        ("Lean, uren per jaar (afgeleid)", notatie.uren(t["lean_uren"])),
        ("Opgave, uren per jaar (afgeleid)", notatie.uren(t["opgave_uren"])),
    ]


def _staven(tabel: pd.DataFrame, uitkomst: LeanOpgave) -> dict[str, object]:
    norm = 1 - float(uitkomst.parameters["lean_norm"])
    namen = ["<b>Totaal</b>", *(tekst(t, 36) for t in tabel.index)]
    euro = [uitkomst.totaal["opgave_aandeel_eur"], *tabel["opgave_aandeel_eur"]]
    uren = [uitkomst.totaal["opgave_aandeel_uren"], *tabel["opgave_aandeel_uren"]]
    plaatsen = list(range(len(namen)))
    hoogste = max([norm, *(w for w in [*euro, *uren] if w is not None)])
    reeksen = (
        ("Aandeel van het budget", euro, "budget", {"color": "token:primair"}),
        ("Aandeel van de uren (afgeleid van de formatie)", uren, "uren",
         {"pattern": {"shape": "/", "fgcolor": "token:primair", "bgcolor": "token:vlak", "size": 6},
          "line": {"color": "token:primair", "width": 1}}),
    )  # fmt: skip
    data = [
        {"type": "bar", "orientation": "h", "name": naam, "x": aandelen, "y": plaatsen, "marker": marker,
         "customdata": namen, "textposition": "outside", "cliponaxis": False,
         "text": [notatie.procent(w) if w is not None else "" for w in aandelen],
         "hovertemplate": f"%{{customdata}}: %{{text}} van {'het' if waarvan == 'budget' else 'de'} {waarvan}"
                          "<extra></extra>"}
        for naam, aandelen, waarvan, marker in reeksen
    ]  # fmt: skip
    return {
        "data": data,
        "layout": {
            "barmode": "group",
            "bargap": 0.28,
            "legend": {"traceorder": "normal", "yref": "container", "y": 1, "yanchor": "top"},
            "margin": {"t": 72},
            "xaxis": {"tickformat": ",.0%", "range": [0, hoogste * 1.15],
                      "title": {"text": "Aandeel voor opgaven"}},
            "yaxis": {"tickvals": plaatsen, "ticktext": namen, "range": [len(plaatsen) - 0.4, -0.6],
                      "showgrid": False},
            "shapes": [{"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": norm, "x1": norm,
                        "layer": "below",
                        "line": {"color": "token:fout", "width": 2, "dash": "dash"}}],
            "annotations": [{"x": norm, "yref": "paper", "y": 1, "yanchor": "bottom", "xanchor": "left",
                             "showarrow": False, "text": f" norm {notatie.procent(norm)} van het budget",
                             "font": {"color": "token:fout"}}],
        },
    }  # fmt: skip


def per_domein(uitkomst: LeanOpgave) -> Figuur:
    """The same per domein, as a table."""
    kolommen = (kolom("domein", "Domein"), *KOLOMMEN[2:])
    tabel = uitkomst.domeinen
    if tabel.empty:
        return leeg("Er is nog geen begroting gelezen.", kolommen)
    bekend = pd.to_numeric(tabel["opgave_aandeel_eur"], errors="coerce").dropna()
    zin = "Van geen domein is de verhouding bekend."
    if len(bekend):
        zin = f"Domein {bekend.idxmax()} heeft het grootste aandeel voor opgaven: {notatie.procent(bekend.max())}."
    return Figuur({}, zin, kolommen, records(tabel, kolommen), 0)


def aansluiting(uitkomst: LeanOpgave) -> Figuur:
    """Lines against the totals that the file states, as a table."""
    kolommen = (
        kolom("regel", "Regel"),
        kolom("verwacht_eur", "Volgens het bestand", "euro"),
        kolom("gevonden_eur", "Som van de regels", "euro"),
        kolom("verschil_eur", "Verschil", "euro"),
        kolom("oordeel", "Oordeel"),
        kolom("toelichting", "Toelichting", breed=True),
    )
    tabel = uitkomst.aansluiting
    oordeel = [{True: "● sluit aan", False: "■ sluit niet aan"}.get(a, "geen totaal in het bestand")
               for a in tabel["akkoord"]]  # fmt: skip
    mis = int((tabel["akkoord"] == False).sum())  # noqa: E712  (None is not False)
    zin = (
        "Alle totalen sluiten aan op het bestand." if not mis else f"{mis} totalen sluiten niet aan op het bestand."
    )
    if tabel["akkoord"].isna().all():
        zin = "Het bestand noemt geen totaal, dus er is niets om op aan te sluiten."
    return Figuur({}, zin, kolommen, records(tabel.assign(oordeel=oordeel), kolommen), 0)
