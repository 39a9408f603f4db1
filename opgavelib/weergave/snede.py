"""Lean and opgave in any cut of the begroting: per team, teamleider, domein, programma, taakveld, kind or year.

Euros are those of the begroting; hours stand beside them and follow from the formatie, and say so.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from opgavelib import notatie
from opgavelib.domein.begroting import Norm, Overhead
from opgavelib.domein.begroting.snede import ONDER_NUL
from opgavelib.domein.begroting.uitkomst import LeanOpgave
from opgavelib.weergave.figuur import Figuur, kolom, leeg, records, tekst

NAMEN = {
    "team": "Team",
    "teamleider": "Teamleider",
    "domein": "Domein",
    "programma": "Programma",
    "taakveld": "Taakveld",
    "structureel": "Structureel",
    "jaar": "Jaar",
}
_GEEN_UREN = "Uren staan hier niet bij: die volgen uit de formatie, en die is per team."
TOTAAL = "(totaal)"  # key of the row of all lines
GETEKEND = 16  # bars in a chart; the table has all rows
_EURO = (
    kolom("lasten_eur", "Lasten", "euro", bijzaak=True),
    kolom("lean_eur", "Lean", "euro"),
    kolom("opgave_eur", "Opgave", "euro"),
    kolom("onbekend_eur", "Nog niet bepaald", "euro", "Niet lean of opgave genoemd; telt in geen van beide"),
)
_AANDEEL = kolom(
    "opgave_aandeel_eur",
    "Opgave van budget",
    "aandeel",
    "Van wat lean of opgave is genoemd, zonder wat niet meetelt",
)
_BUITEN = kolom(
    "buiten_norm_eur", "Daarvan telt niet mee", "euro", "Van de lasten; telt niet mee in het aandeel", bijzaak=True
)
_UREN = (
    kolom("lean_uren", "Lean, uren (afgeleid)", "uren", "Per jaar, afgeleid van de formatie"),
    kolom("opgave_uren", "Opgave, uren (afgeleid)", "uren", "Per jaar, afgeleid van de formatie"),
    kolom("opgave_aandeel_uren", "Opgave van uren", "aandeel", "Afgeleid van de formatie"),
)


def snede(uitkomst: LeanOpgave, op: str, namen: Mapping[str, str] | None = None) -> Figuur:
    """One cut as bars beside the norm, with the table; the row of a table has its key in ``_groep``.

    Parameters
    ----------
    op : key of `NAMEN`
    namen : what people read for a row, when that is not its key (of a taakveld its name)
    """
    tabel = _orden(uitkomst.snede(op), op)
    met_uren = "opgave_uren" in tabel
    kolommen = _kolommen(op, tabel)
    if tabel.empty:
        return leeg("Er is nog geen begroting gelezen. Lees een begroting en de teams in.", kolommen)
    rijen = []
    for sleutel, rij in zip(tabel.index, records(tabel, kolommen), strict=True):
        naam = (namen or {}).get(sleutel)
        rijen.append(rij | {op: f"{sleutel} {naam}" if naam else str(sleutel), "_groep": str(sleutel)})
    if op != "jaar":
        som = {k["kolom"]: uitkomst.totaal.get(k["kolom"]) for k in kolommen if k["soort"] != "tekst"}
        rijen.append({op: "Totaal", "_klasse": "totaal", "_groep": TOTAAL} | som)
    zicht = _zicht(tabel, op)
    rest = " ".join(uitkomst.toelichting.replace(uitkomst.conclusie, "", 1).split())
    getekend_ = ""
    if len(zicht) == GETEKEND < len(tabel):
        getekend_ = f"Getekend zijn de {GETEKEND} grootste; in de tabel staan alle {len(tabel)}."
    uren = "" if met_uren or op == "jaar" else _GEEN_UREN
    uitleg = " ".join(z for z in (rest, _zonder_aandeel(tabel), uren, getekend_) if z)
    figuur = _staven(zicht, uitkomst, op, namen or {}, met_uren=met_uren) if len(zicht) else {}
    per_rij = 46 if met_uren else 34
    return Figuur(figuur, uitkomst.conclusie, kolommen, rijen, 150 + per_rij * (len(zicht) + 1) if figuur else 0,
                  kerncijfers=_kerncijfers(uitkomst), uitleg=uitleg)  # fmt: skip


def _zonder_aandeel(tabel: pd.DataFrame) -> str:
    """Which rows have no share because of amounts below 0."""
    namen = [str(n) for n, reden in tabel["reden"].items() if str(reden).startswith(ONDER_NUL)]
    if not namen:
        return ""
    meer = f" en {notatie.getal(len(namen) - 3)} meer" if len(namen) > 3 else ""
    return f"Geen aandeel voor {', '.join(namen[:3])}{meer}: {ONDER_NUL}."


def getekend(uitkomst: LeanOpgave, op: str) -> list[str]:
    """Keys of the bars from top to bottom; the first is `TOTAAL` unless the cut is per year."""
    return [*([] if op == "jaar" else [TOTAAL]), *map(str, _zicht(_orden(uitkomst.snede(op), op), op).index)]


def _orden(tabel: pd.DataFrame, op: str) -> pd.DataFrame:
    """The largest share first; years stay in their order. Rows without euros and hours are left out."""
    maten = [k for k in ("lasten_eur", "lean_uren", "opgave_uren") if k in tabel]
    tabel = tabel[tabel[maten].ne(0).any(axis=1)]
    if op == "jaar":
        return tabel
    aandeel = pd.to_numeric(tabel["opgave_aandeel_eur"], errors="coerce").fillna(-1.0)
    return tabel.assign(_orde=aandeel).sort_values("_orde", ascending=False, kind="stable")


def _kolommen(op: str, tabel: pd.DataFrame) -> tuple:
    leider = (kolom("teamleider", "Teamleider", bijzaak=True),) if op == "team" and "teamleider" in tabel else ()
    buiten = (_BUITEN,) if tabel["buiten_norm_eur"].any() else ()
    return (kolom(op, NAMEN[op]), *leider, *_EURO, *buiten, _AANDEEL, *(_UREN if "opgave_uren" in tabel else ()))


def _zicht(tabel: pd.DataFrame, op: str) -> pd.DataFrame:
    """Rows to draw: those with a share, the largest when there are many, in the order of the table."""
    delen = ["opgave_aandeel_eur", *(["opgave_aandeel_uren"] if "opgave_aandeel_uren" in tabel else [])]
    bekend = tabel[tabel[delen].notna().any(axis=1)]
    if len(bekend) <= GETEKEND or op == "jaar":
        return bekend
    groot = bekend["lasten_eur"].sort_values(ascending=False, kind="stable").index[:GETEKEND]
    return bekend[bekend.index.isin(groot)]


def _kerncijfers(uitkomst: LeanOpgave) -> list[tuple[str, str]]:
    t = uitkomst.totaal
    r = uitkomst.regels
    opgave = t["opgave_eur"] - round(float(r.loc[~r["binnen_norm"], "opgave_eur"].sum()))
    # Disjoint: what lean and opgave are inside the norm, what is undecided there, and what is out of it.
    lean = t["lasten_eur"] - t["buiten_norm_eur"] - t["onbekend_norm_eur"] - opgave
    uit = [("Lean", notatie.euro_kort(lean)), ("Opgave", notatie.euro_kort(opgave))]
    # What is out of the norm is no work: the sentence does not call it undecided either.
    if t["onbekend_norm_eur"]:
        uit.append(("Nog niet bepaald", notatie.euro_kort(t["onbekend_norm_eur"])))
    apart = t["overhead_eur"] if uitkomst.norm.overhead == Overhead.EIGEN_REGEL else 0  # has a figure of its own
    if t["buiten_norm_eur"] - apart:
        uit.append(("Telt niet mee", notatie.euro_kort(t["buiten_norm_eur"] - apart)))
    if apart:  # spread overhead is in lean and opgave already
        uit.append(("Overhead, eigen regel", notatie.euro_kort(apart)))
    uren = (("Uren lean (afgeleid)", "lean_uren"), ("Uren opgave (afgeleid)", "opgave_uren"))
    bekend = any(t[k] for _, k in uren)  # without a formatie there is nothing that hours follow from
    return [*uit, *((naam, notatie.uren(t[k])) for naam, k in uren if bekend)]


def _staven(
    tabel: pd.DataFrame, uitkomst: LeanOpgave, op: str, namen: Mapping[str, str], *, met_uren: bool
) -> dict[str, object]:
    totaal = [] if op == "jaar" else [uitkomst.totaal]
    kort = [tekst(f"{i} {namen[i]}" if i in namen else str(i), 44) for i in tabel.index]
    labels = [*(["<b>Totaal</b>"] if totaal else []), *kort]
    maten = [("opgave_aandeel_eur", "Aandeel van het budget", "het budget", {"color": "token:primair"})]
    if met_uren:
        maten.append((
            "opgave_aandeel_uren", "Aandeel van de uren (afgeleid van de formatie)", "de uren",
            {"pattern": {"shape": "/", "fgcolor": "token:primair", "bgcolor": "token:vlak", "size": 6},
             "line": {"color": "token:primair", "width": 1}},
        ))  # fmt: skip
    waarden = {m: [*(t[m] for t in totaal), *(None if w != w else w for w in tabel[m])] for m, *_ in maten}
    plaatsen = list(range(len(labels)))
    data = [
        {"type": "bar", "orientation": "h", "name": naam, "x": waarden[m], "y": plaatsen, "marker": marker,
         "customdata": labels, "textposition": "outside", "cliponaxis": False,
         "text": [notatie.procent(w) if w is not None else "" for w in waarden[m]],
         "hovertemplate": f"%{{customdata}}: %{{text}} van {waarvan}<extra></extra>"}
        for m, naam, waarvan, marker in maten
    ]  # fmt: skip
    hoogste = max([1 - uitkomst.norm.lean_aandeel, *(w for r in waarden.values() for w in r if w is not None)])
    layout = {
        "barmode": "group",
        "bargap": 0.28,
        "showlegend": met_uren,
        "legend": {"traceorder": "normal", "yref": "container", "y": 1, "yanchor": "top"},
        "margin": {"t": 72 if met_uren else 40},
        "xaxis": {"tickformat": ",.0%", "range": [0, hoogste * 1.15], "title": {"text": "Aandeel voor opgaven"}},
        "yaxis": {"tickvals": plaatsen, "ticktext": labels, "range": [len(plaatsen) - 0.4, -0.6],
                  "showgrid": False},
    }  # fmt: skip
    return {"data": data, "layout": layout | _normlijn(uitkomst.norm, hoogste)}


def _normlijn(norm: Norm, hoogste: float) -> dict[str, object]:
    """The norm as a named line, with its margin as a band behind the bars."""
    doel = 1 - norm.lean_aandeel
    band = {"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "x0": max(0.0, doel - norm.tolerantie),
            "x1": doel + norm.tolerantie, "layer": "below", "line": {"width": 0}, "fillcolor": "token:fout",
            "opacity": 0.08}  # fmt: skip
    lijn = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": doel, "x1": doel, "layer": "below",
            "line": {"color": "token:fout", "width": 2, "dash": "dash"}}  # fmt: skip
    marge = f", marge {notatie.procent(norm.tolerantie)}" if norm.tolerantie else ""
    # On the side of the line that has room.
    kant = "left" if doel < hoogste / 2 else "right"
    tekst_norm = f" norm {notatie.procent(doel)} van het budget{marge}"
    naam = {"x": doel, "yref": "paper", "y": 1, "yanchor": "bottom", "xanchor": kant, "showarrow": False,
            "text": tekst_norm, "font": {"color": "token:fout"}}  # fmt: skip
    return {"shapes": [*([band] if norm.tolerantie else []), lijn], "annotations": [naam]}
