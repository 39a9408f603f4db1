"""The controles as a list and a bar per group: worst first, and the numbers are those of the list."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from opgavelib.domein.controle import Groep, Regel, Uitslag
from opgavelib.domein.controle.basis import plekken as zoek_plekken
from opgavelib.weergave.controles import controles, plekken

EEN = Regel("een", "Een telt op", Groep.BEGROTING, "Kijk de regels na.")
TWEE = Regel("twee", "Twee past", Groep.CAPACITEIT, gebroken=Uitslag.LET_OP)


def _mis():
    rijen = pd.DataFrame({"bestand": ["b.xlsx", ""], "blad": ["Blad", ""], "rij": [7.0, float("nan")]})
    return EEN.mis("Het telt niet op.", zoek_plekken(rijen, lambda r: f"regel {r.Index}"), 30)


def test_wat_fout_is_staat_bovenaan_en_de_staven_tellen_elke_controle():
    figuur = controles([EEN.goed("Klopt."), TWEE.mis("Krap."), _mis(), TWEE.niet("Er zijn geen uren.")])
    assert [r["ernst"] for r in figuur.rijen] == ["fout", "let op", "niet te controleren", "goed"]
    assert figuur.rijen[0]["toelichting"] == "Het telt niet op. Kijk de regels na."
    assert figuur.rijen[0]["aantal"] == 30
    staven = {s["name"]: dict(zip(s["y"], s["x"], strict=True)) for s in figuur.figuur["data"]}
    assert staven == {
        "● goed": {"Begroting": 1, "Capaciteit": 0}, "○ niet te controleren": {"Begroting": 0, "Capaciteit": 1},
        "▲ let op": {"Begroting": 0, "Capaciteit": 1}, "■ fout": {"Begroting": 1, "Capaciteit": 0},
    }  # fmt: skip
    kaal = [s | {"marker": {}} for s in figuur.figuur["data"]]  # colour tokens are filled in by the browser
    assert len(go.Figure({**figuur.figuur, "data": kaal}).data) == 4


def test_plekken_noemen_bestand_blad_en_rij_en_hoeveel_er_meer_zijn():
    figuur = plekken(_mis())
    assert figuur.conclusie.endswith("Hieronder de eerste 2 van 30 plekken.")
    assert [(r["bestand"], r["rij"]) for r in figuur.rijen] == [("b.xlsx", 7), ("op het scherm gemaakt", None)]


def test_zonder_iets_om_te_controleren_zegt_de_weergave_wat_eerst_moet():
    figuur = controles([TWEE.niet("Er zijn geen uren.")])
    assert (figuur.figuur, figuur.rijen) == ({}, [])
    assert figuur.conclusie == "Er is nog niets te controleren. Lees een begroting, teams en activiteiten in."
