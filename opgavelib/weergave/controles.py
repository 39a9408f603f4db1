"""Controles as a list, worst first, with how many of each group hold."""

from __future__ import annotations

from collections.abc import Sequence

from opgavelib import notatie
from opgavelib.domein.controle import Controle, Groep, Uitslag, samenvatting
from opgavelib.weergave.figuur import Figuur, kolom, leeg

KOLOMMEN = (
    kolom("ernst", "Uitkomst", "status"),
    kolom("groep", "Over", bijzaak=True),
    kolom("naam", "Controle", breed=True),
    kolom("toelichting", "Toelichting", breed=True),
    kolom("aantal", "Plekken", "getal", "Rijen waar u kunt kijken"),
)
PLEKKEN = (
    kolom("bestand", "Bestand"),
    kolom("blad", "Blad"),
    kolom("rij", "Rij", "getal"),
    kolom("wat", "Wat", breed=True),
)
_WOORD = {Uitslag.FOUT: "■ fout", Uitslag.LET_OP: "▲ let op", Uitslag.NIET: "○ niet te controleren",
          Uitslag.GOED: "● goed"}  # fmt: skip
_KLEUR = {Uitslag.FOUT: "token:fout", Uitslag.LET_OP: "token:letop", Uitslag.NIET: "token:raster",
          Uitslag.GOED: "token:goed"}  # fmt: skip


def controles(lijst: Sequence[Controle]) -> Figuur:
    """Every controle with its state and what to do, worst first; a bar per group says how many hold."""
    if not any(c.ernst != Uitslag.NIET for c in lijst):
        return leeg(samenvatting(lijst), KOLOMMEN)
    volgorde = list(Uitslag)
    rijen = [
        {"ernst": str(c.ernst), "groep": str(c.groep), "naam": c.naam, "toelichting": c.toelichting,
         "aantal": c.aantal or None}
        for c in sorted(lijst, key=lambda c: volgorde.index(c.ernst))
    ]  # fmt: skip
    return Figuur(_staven(lijst), samenvatting(lijst), KOLOMMEN, rijen, 260)


def plekken(controle: Controle) -> Figuur:
    """Where to look for one controle: the file, sheet and row."""
    rijen = [
        {"bestand": r.bestand or "op het scherm gemaakt", "blad": r.blad, "rij": r.rij, "wat": r.wat}
        for r in controle.rijen.itertuples()
    ]
    zin = controle.toelichting
    if len(rijen) < controle.aantal:
        zin += f" Hieronder de eerste {notatie.getal(len(rijen))} van {notatie.getal(controle.aantal)} plekken."
    return Figuur({}, zin, PLEKKEN, rijen, 0)


def _staven(lijst: Sequence[Controle]) -> dict[str, object]:
    """A bar per group, stacked by state; the number stands in its part."""
    groepen = [g for g in Groep if any(c.groep == g for c in lijst)]
    data = []
    for uitslag in reversed(Uitslag):  # what holds first, so that bars begin alike
        aantallen = [sum(c.groep == g and c.ernst == uitslag for c in lijst) for g in groepen]
        if any(aantallen):
            data.append(
                {"type": "bar", "orientation": "h", "name": _WOORD[uitslag], "y": [str(g) for g in groepen],
                 "x": aantallen, "text": [str(n) if n else "" for n in aantallen], "textposition": "inside",
                 "insidetextanchor": "middle", "marker": {"color": _KLEUR[uitslag]},
                 "hovertemplate": f"%{{y}}: %{{x}} {_WOORD[uitslag]}<extra></extra>"}
            )  # fmt: skip
    return {
        "data": data,
        "layout": {
            "barmode": "stack",
            "legend": {"traceorder": "normal", "orientation": "h", "y": 1.02, "yanchor": "bottom"},
            "margin": {"t": 48},
            "xaxis": {"title": {"text": "Aantal controles"}, "dtick": 5},
            "yaxis": {"autorange": "reversed", "showgrid": False},
        },
    }
