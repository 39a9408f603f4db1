"""The proof page: every base widget at once, with made-up rows and a toy calculation.

What a real page would take from `opgavelib.toepassing` is a few lines here, so that the page tests
the widgets and the server and nothing else. The "werkmap" is a text file that holds a number.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pandas as pd
import sqlalchemy
from ipywidgets import HTML, Button, Dropdown, Text, ToggleButtons, VBox

from opgavelib.fouten import OpgaveFout
from opgavelib.widgets import (
    Formulier,
    Gewichten,
    Grafiek,
    Hartslag,
    Melding,
    Navigatie,
    Sorteerlijst,
    Tabel,
    html,
    klaar_teken,
    kop,
    vang,
)

CRITERIA = [
    {"criterium": "urgentie", "naam": "Urgentie", "omschrijving": "Hoe snel moet het?", "waarde": 3},
    {"criterium": "impact", "naam": "Maatschappelijke impact", "omschrijving": "Wat merken inwoners?", "waarde": 5},
    {"criterium": "haalbaar", "naam": "Haalbaarheid", "omschrijving": "Kunnen we het?", "waarde": 2},
]
DOMEINEN = ["fysiek", "sociaal", "bedrijfsvoering"]
ONDERWERPEN = [
    "Woningbouw",
    "Schoolroute",
    "Warmtenet",
    "Jeugdhulp",
    "Dorpshuis",
    "Riolering",
    "Archief",
    "Sportpark",
]


def _rijen(n: int = 300) -> pd.DataFrame:
    gooi = random.Random(7)
    rijen = []
    for i in range(n):
        rij = {"ambitie": f"A{i:03d}", "titel": f"{ONDERWERPEN[i % 8]} {i} versterken & <b>vernieuwen</b>"}
        rij |= {c["criterium"]: gooi.randint(1, 5) for c in CRITERIA}
        rij["domein"] = DOMEINEN[i % 3]
        rij["budget_eur"] = None if i % 17 == 0 else gooi.randint(10, 3000) * 1000
        rij["uren"] = gooi.randint(40, 4000)
        rij["kwartaal"] = f"202{7 + i % 2}K{1 + i % 4}"
        rij["stoplicht"] = ["groen", "oranje", "rood"][i % 3]
        rijen.append(rij)
    return pd.DataFrame(rijen)


class Proef:
    """Builds the widgets and ties them together."""

    def __init__(self, vraag: dict[str, str]):
        assert sqlalchemy.__version__  # imported as a real page would
        self.bestand = Path(os.environ["OPGAVE_WERKMAP"]) / "stand.txt"
        self.wie = vraag.get("wie", "iemand")
        self.tabel_df = _rijen()
        self.melding = Melding()
        self._bouw_shortlist()
        self._bouw_formulieren()
        self._bouw_verborgen()
        self.kop = kop(
            "Proefpagina",
            "Doen alle onderdelen het, ook met 300 rijen?",
            werkmap="voorbeeld",
            staat=f"bezoeker {self.wie}",
            links=[{"titel": "Proef", "adres": "/proef", "hier": True}, {"titel": "Leeg", "adres": "/leeg"}],
        )
        self.navigatie = Navigatie(
            [
                {"id": "shortlist", "titel": "Shortlist"},
                {"id": "formulieren", "titel": "Vastleggen"},
                {"id": "verborgen", "titel": "Eerst verborgen"},
            ]
        )
        self.hartslag = Hartslag(self._veranderd, self._stand, self.melding, geduld=5)  # quicker than a real page
        self.klaar = klaar_teken()
        self._herbereken()

    # -- the parts ---------------------------------------------------------------------------

    def _bouw_shortlist(self) -> None:
        self.gewichten = Gewichten(CRITERIA)
        self.conclusie = HTML()
        self.staven = Grafiek(omschrijving="De twaalf hoogste ambities, gesorteerd op score", hoogte=420)
        self.taart = Grafiek(omschrijving="Budget van de shortlist per domein", hoogte=260)
        self.tabel = Tabel(
            [
                {"kolom": "rang", "kop": "Rang", "soort": "getal"},
                {"kolom": "titel", "kop": "Ambitie", "soort": "tekst"},
                {"kolom": "domein", "kop": "Domein", "soort": "tekst"},
                {"kolom": "score", "kop": "Score", "soort": "score", "uitleg": "Gewogen gemiddelde, 1 tot 5"},
                {"kolom": "deel", "kop": "Aandeel", "soort": "staaf", "max": 1},
                {"kolom": "budget_eur", "kop": "Budget", "soort": "euro", "bewerkbaar": True},
                {"kolom": "uren", "kop": "Uren", "soort": "uren"},
                {"kolom": "kwartaal", "kop": "Start", "soort": "kwartaal"},
                {"kolom": "stoplicht", "kop": "Stoplicht", "soort": "status"},
            ],
            sleutel="ambitie",
            bijschrift="Alle ambities, hoogste score eerst",
            streep={"na": 19, "tekst": "Afkaplijn: tot hier 19 opgaven"},
            hoogstens=25,
            zoeken=True,
        )
        self.gewichten.observe(vang(self.melding, "herberekenen")(lambda _: self._herbereken()), "waarden")
        self.tabel.observe(vang(self.melding, "wijzigen")(self._bewerk), "bewerking")
        links = VBox([HTML("<h2>Gewichten</h2>"), self.gewichten]).add_class("ow-kaart")
        rechts = VBox([self.conclusie, self.staven]).add_class("ow-kaart")
        boven = VBox([links, rechts]).add_class("ow-twee").add_class("ow-breed-rechts")
        onder = VBox([self.tabel]).add_class("ow-kaart")
        taart = VBox([HTML("<h2>Budget per domein</h2>"), self.taart]).add_class("ow-kaart")
        self.shortlist = VBox([boven, taart, onder]).add_class("vlak-shortlist")

    def _bouw_formulieren(self) -> None:
        df = self.tabel_df
        opties = [{"waarde": a, "label": t} for a, t in zip(df.ambitie, df.titel, strict=True)]
        self.formulier = Formulier(
            [
                {"naam": "ambitie", "label": "Ambitie", "soort": "zoek", "opties": opties, "verplicht": True},
                {
                    "naam": "besluit",
                    "label": "Besluit",
                    "soort": "knoppen",
                    "opties": [{"waarde": w, "label": w} for w in ("opgave", "lijn", "parkeerplaats")],
                    "verplicht": True,
                },
                {"naam": "uren", "label": "Uren", "soort": "getal", "uitleg": "Per jaar"},
                {"naam": "reden", "label": "Reden", "soort": "lang", "verplicht": True},
            ]
        )
        self.formulier.observe(vang(self.melding, "vastleggen")(self._leg_vast), "ingediend")
        self.lijst = Sorteerlijst(
            [{"id": f"O{i}", "titel": t, "onder": DOMEINEN[i % 3]} for i, t in enumerate(ONDERWERPEN[:5])],
            bijschrift="Volgorde van de opgaven",
        )
        self.volgorde = HTML()
        self.lijst.observe(lambda w: self._toon_volgorde(), "volgorde")
        self._toon_volgorde()
        breek = Button(description="Laat het herberekenen mislukken")
        breek.on_click(vang(self.melding, "herberekenen")(self._breek))
        weiger = Button(description="Laat een regel weigeren", button_style="primary")
        weiger.on_click(vang(self.melding, "vastleggen")(self._weiger))
        knoppen = VBox(
            [
                ToggleButtons(options=["nu", "later", "niet"], description="Prioriteit van deze opgave"),
                Dropdown(options=["Alle domeinen", *DOMEINEN], description="Toon alleen dit domein"),
                Text(description="Naam van de beoordelaar", placeholder="bijvoorbeeld J. de Vries"),
                VBox([breek, weiger]).add_class("ow-rij"),
            ]
        ).add_class("ow-kaart")
        links = VBox([HTML("<h2>Leg een besluit vast</h2>"), self.formulier]).add_class("ow-kaart")
        rechts = VBox([HTML("<h2>Volgorde</h2>"), self.lijst, self.volgorde]).add_class("ow-kaart")
        self.formulieren = VBox([VBox([links, rechts, knoppen]).add_class("ow-twee")]).add_class("vlak-formulieren")

    def _bouw_verborgen(self) -> None:
        self.punten = Grafiek(omschrijving="Ambities naar uren en budget", hoogte=480, bewerkbaar=True)
        self.laatste = HTML()
        for naam in ("klik", "sleep"):
            self.punten.observe(self._toon_gebaar, naam)
        self.verborgen = VBox([VBox([self.laatste, self.punten]).add_class("ow-kaart")]).add_class("vlak-verborgen")

    # -- what happens ------------------------------------------------------------------------

    def _herbereken(self) -> None:
        som = sum(self.gewichten.waarden.values()) or 1
        df = self.tabel_df.copy()
        df["score"] = sum(df[c] * w for c, w in self.gewichten.waarden.items()) / som
        df = df.sort_values("score", ascending=False, kind="stable")
        df["rang"] = range(1, len(df) + 1)
        df["deel"] = df.score / 5
        self.conclusie.value = html(
            '<p class="ow-conclusie">{t} staat bovenaan met een {s}</p>',
            t=df.titel.iloc[0],
            s=f"{df.score.iloc[0]:.1f}".replace(".", ","),
        )
        top = df.head(12)[::-1]
        self.staven.figuur = {
            "data": [
                {
                    "type": "bar",
                    "orientation": "h",
                    "x": top.score.to_numpy(),
                    "y": top.ambitie.to_list(),
                    "text": [f"{s:.2f}".replace(".", ",") for s in top.score],
                    "customdata": top.ambitie.to_list(),
                    "marker": {"color": [f"token:{d}" for d in top.domein]},
                    "textposition": "outside",
                }
            ],
            "layout": {"xaxis": {"title": {"text": "score (1–5)"}, "range": [0, 5.4]}, "bargap": 0.3},
        }
        per = df.head(19).groupby("domein").budget_eur.sum()
        self.taart.figuur = {
            "data": [
                {
                    "type": "bar",
                    "x": list(per.index),
                    "y": per.to_numpy(),
                    "marker": {"color": [f"token:{d}" for d in per.index]},
                    "meta": str(som),
                }
            ],
            "layout": {"yaxis": {"title": {"text": "euro"}}},
        }
        self.punten.figuur = {
            "data": [
                {
                    "type": "scatter",
                    "mode": "markers",
                    "x": df.uren.head(40).to_list(),
                    "meta": "sleep",
                    "y": df.budget_eur.head(40).to_list(),
                    "customdata": df.ambitie.head(40).to_list(),
                    "marker": {"size": 12, "color": "token:primair"},
                }
            ],
            "layout": {"xaxis": {"title": {"text": "uren"}}, "yaxis": {"title": {"text": "euro"}}},
        }
        self.tabel.rijen = df.drop(columns=["urgentie", "impact", "haalbaar"]).to_dict("records")

    def _bewerk(self, wijziging) -> None:
        nieuw = wijziging["new"]
        self.tabel_df.loc[self.tabel_df.ambitie == nieuw["sleutel"], nieuw["kolom"]] = nieuw["nieuw"]
        self._herbereken()

    def _leg_vast(self, _wijziging) -> None:
        fouten = self.formulier.controleer()
        if fouten:
            self.formulier.fout = fouten
            return
        waarden = self.formulier.ingediend["waarden"]
        self._verhoog(waarden["besluit"])
        self.formulier.melding = f"Vastgelegd: {waarden['ambitie']} wordt {waarden['besluit']}."
        self.formulier.leeg()

    def _toon_volgorde(self) -> None:
        self.volgorde.value = html('<p id="volgorde-in-python">{v}</p>', v=" ".join(self.lijst.volgorde))

    def _toon_gebaar(self, wijziging) -> None:
        w = wijziging["new"]
        wat = f"{wijziging['name']} {w['soort'] if wijziging['name'] == 'sleep' else ''} {w.get('customdata')}"
        self.laatste.value = html('<p id="gebaar-in-python">{w}</p>', w=wat)

    def _breek(self, _knop) -> None:
        raise RuntimeError("waarde van mevrouw Jansen")

    def _weiger(self, _knop) -> None:
        raise OpgaveFout("Deze ambitie is al samengevoegd.\n   Doe: kies de ambitie waarin zij opging.")

    # -- the werkmap of this proof -----------------------------------------------------------

    def _stand(self) -> int:
        return int(self.bestand.read_text().split()[0]) if self.bestand.is_file() else 0

    def _verhoog(self, wat: str) -> None:
        self.bestand.write_text(f"{self._stand() + 1} {self.wie} {wat}")
        self.hartslag.gezien()

    def _veranderd(self, stand: int) -> None:
        wie = self.bestand.read_text().split()[1]
        self.hartslag.bericht = f"door {wie} gewijzigd, bijgewerkt (stand {stand})"
