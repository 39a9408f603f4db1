"""Awkward inventories as colleagues make them, in every format that can be written here."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from .schrijvers import SCHRIJVERS, Blad

WOORDEN = [
    "Wonen",
    "groen",
    "wijk",
    "Coördinatie",
    "zorg",
    "’s-Gravenhage",
    "Null",
    "NaN",
    "NA",
    "100%",
    "Łódź",
    "东京",
    "🏠",
]
BEDRAGEN = [None, 0, 1200, 12.5, -3, "1.200", "€ 1,2 mln", "1.234,50", "12,5", "pm", "n.v.t.", "-", "tien", "1,234",
            "\u00a0€ 5", 1e12, True]  # fmt: skip
FOUTEN = ["#N/A", "#REF!", "#DIV/0!", "#VERW!"]
KWARTALEN = ["2027K1", "2027K2", "2027K3", "2027K4"]


@dataclass(frozen=True)
class Geval:
    """A file, and what is in it.

    Attributes
    ----------
    naam : file name with its extension
    teksten : texts of every ambitie on a sheet that can be seen
    rijen : number of those rows
    """

    naam: str
    inhoud: bytes
    teksten: tuple[str, ...]
    rijen: int


def _titel(nummer: int):
    woorden = st.lists(st.sampled_from(WOORDEN), min_size=1, max_size=4)
    return woorden.map(lambda w: f"Voornemen {nummer}: {' '.join(w)}")


@st.composite
def bladen(draw) -> tuple[Blad, list[str]]:
    """One sheet with a list of ambities, and their texts."""
    extra = draw(
        st.lists(
            st.sampled_from(["Budget", "Gebied", "Budget", None, "Uren", 2027, "Kleur", *KWARTALEN]), max_size=5
        )
    )
    kop = draw(st.permutations(["Nr", "Ambitie", "Portefeuillehouder", *extra]))
    aantal = draw(st.integers(1, 6))
    boven = draw(st.lists(st.sampled_from([[], ["Overzicht 2026-2030"], [None, "versie 3"]]), max_size=3))
    blad, teksten = Blad([*boven, list(kop)]), []
    for n in range(1, aantal + 1):
        if draw(st.integers(0, 7)) == 0:
            blad.rijen.append([])
        teksten.append(draw(_titel(n)))
        vast = {
            "Nr": n,
            "Ambitie": teksten[-1],
            "Portefeuillehouder": draw(st.sampled_from(["Null", "Van Dam", None])),
        }
        blad.rijen.append([vast[k] if k in vast else draw(st.sampled_from(BEDRAGEN)) for k in kop])
        if draw(st.integers(0, 5)) == 0:
            plek = draw(st.sampled_from([k for k, naam in enumerate(kop, 1) if naam != "Ambitie"]))
            blad.fouten[len(blad.rijen), plek] = draw(st.sampled_from(FOUTEN))
        if draw(st.integers(0, 5)) == 0:
            blad.weg_rijen.add(len(blad.rijen))
    eerste = len(boven) + 2
    if aantal > 1 and draw(st.booleans()):
        kolom = draw(st.sampled_from([k for k, naam in enumerate(kop, 1) if naam not in ("Ambitie", "Nr")]))
        vrij = all((r, kolom) not in blad.fouten for r in (eerste, eerste + 1))
        if vrij and blad.rijen[eerste - 1] and eerste < len(blad.rijen) and blad.rijen[eerste]:
            blad.samen.append((eerste, kolom, eerste + 1, kolom))
            blad.rijen[eerste][kolom - 1] = None
    if draw(st.booleans()):
        blad.rijen.append(["Totaal" if k == "Ambitie" else (99 if k == "Budget" else None) for k in kop])
    if draw(st.booleans()):
        blad.weg_kolommen.add(draw(st.integers(1, len(kop))))
    return blad, teksten


@st.composite
def bestanden(draw) -> Geval:
    """One file of one to three sheets; hidden ones do not count."""
    extensie = draw(st.sampled_from(sorted(SCHRIJVERS)))
    aantal = 1 if extensie == ".csv" else draw(st.integers(1, 3))
    inhoud, teksten = {}, []
    for n in range(1, aantal + 1):
        blad, erin = draw(bladen())
        blad.verborgen = n > 1 and draw(st.booleans())
        inhoud[f"Blad {n}"] = blad
        if not blad.verborgen:
            teksten += erin
    if extensie == ".csv":
        codering = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
        ruw = SCHRIJVERS[extensie](inhoud, draw(st.sampled_from([";", "\t", ","])), codering)
    else:
        ruw = SCHRIJVERS[extensie](inhoud)
    return Geval(f"ambities{extensie}", ruw, tuple(teksten), len(teksten))
