"""Properties: rows in = accepted + refused, and column order does not matter."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from opgavelib.inlezen import beoordeel_bestanden

KOPPEN = ["Nr", "Ambitie", "Toelichting", "Thema", "Budget", "Uren", "Start", "Eind", "Team", "Wettelijk", "Kleur"]
CEL = st.one_of(
    st.none(),
    st.integers(-(10**6), 10**6),
    st.floats(-1e6, 1e6),
    st.sampled_from(["ja", "1.200", "€ 1,2 mln", "2027K1", "tekst zonder meer", "-", "#N/A", "pm", "Null"]),
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12).map(
        lambda t: ILLEGAL_CHARACTERS_RE.sub("", t).lstrip("=")
    ),
)


def _lees(koppen, rijen):
    boek = Workbook()
    boek.active.append(koppen)
    for rij in rijen:
        boek.active.append(rij)
    uit = BytesIO()
    boek.save(uit)
    with TemporaryDirectory() as map_:
        pad = Path(map_) / "a.xlsx"
        pad.write_bytes(uit.getvalue())
        return beoordeel_bestanden([pad], soort="coalitieakkoord")


def _telt(rij) -> bool:
    return any(c is not None and str(c).strip() not in ("", "-", "–", "—", "--", "- -") for c in rij)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(CEL, min_size=len(KOPPEN), max_size=len(KOPPEN)), min_size=1, max_size=12))
def test_rijen_erin_is_opgenomen_plus_geweigerd(rijen):
    inlezing = _lees(KOPPEN, [["0", "Een eerste ambitie", *[None] * 9], *rijen])
    (blad,) = inlezing.bladen
    overig = sum("Geen bronrij" in b.probleem for b in inlezing.bevindingen)
    assert blad.gelezen + blad.geweigerd == inlezing.gelezen + inlezing.geweigerd
    assert blad.gelezen + blad.geweigerd <= 1 + sum(map(_telt, rijen))
    if not overig and blad.totaal_rij is None:
        assert blad.gelezen + blad.geweigerd == 1 + sum(map(_telt, rijen))
    assert len(blad.tabellen["ambities"]) == blad.gelezen + blad.geweigerd


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(len(KOPPEN))), st.lists(st.integers(1, 10**6), min_size=2, max_size=5))
def test_kolomvolgorde_maakt_niet_uit(volgorde, bedragen):
    rijen = [
        [f"1.{i:02}", f"Ambitie nummer {i}", "uitleg", "thema", b, b / 2, "2027K1", "2028", "RW", "ja", "rood"]
        for i, b in enumerate(bedragen)
    ]
    gewoon = _lees(KOPPEN, rijen).bladen[0]
    anders = _lees([KOPPEN[i] for i in volgorde], [[r[i] for i in volgorde] for r in rijen]).bladen[0]
    assert gewoon.tabellen["ambities"].equals(anders.tabellen["ambities"])
    assert dict(gewoon.kolommen) == dict(anders.kolommen)
