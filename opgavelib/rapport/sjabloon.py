"""Templates: an empty workbook per soort, for who has no inventory yet.

Headers, choices and explanation follow the data dictionary, so that the gate reads back what was
filled in, column by column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from opgavelib import parameters, woordenboek
from opgavelib.notatie import getal
from opgavelib.parameters import Criterium
from opgavelib.woordenboek import UITLEG_SJABLOON, Kolom

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

# Sheet -> its table; a top-5 is a stem and an ambitie in one row.
BLADEN: dict[str, dict[str, tuple[str, ...]]] = {
    "coalitieakkoord": {"Coalitieakkoord": ("ambities",)},
    "begroting": {"Begroting": ("begroting",)},
    "top5": {"Top-5": ("stemmen", "ambities")},
    "teams": {"Teams": ("teams",)},
    "activiteiten": {"Opgaven": ("opgaven",), "Activiteiten": ("activiteiten",), "Inzet": ("inzet",)},
    "scores": {"Scores": ("scores",)},
}
NAMEN = {
    "coalitieakkoord": "Afspraken uit het coalitieakkoord",
    "begroting": "Begroting per taakveld",
    "top5": "Top-5 van college en secretaris",
    "teams": "Teams en formatie",
    "activiteiten": "Opgaven, activiteiten en uren",
    "scores": "Scores van beoordelaars",
}
# What the werkmap hands out itself; in `scores` the ambitie is what the score is about.
_EIGEN = frozenset(
    [("ambities", "ambitie"), ("begroting", "regel"), ("stemmen", "stem"), ("stemmen", "ambitie"),
     ("inzet", "inzet"), ("scores", "oordeel"), ("begroting", "lasten_cent"), ("begroting", "baten_cent"),
     ("begroting", "salarissen_cent")]
)  # fmt: skip
# The gate gives these a code when there is none.
_MAG_LEEG = frozenset([("opgaven", "opgave"), ("activiteiten", "activiteit")])
_VOORBEELD = {
    "tekst": "Herinrichting van het Marktplein", "code": "A-12", "bedrag": "250.000", "uren": "1.360",
    "fte": "12,5", "aandeel": "80%", "jaar": "2027", "kwartaal": "2027K3", "ja_nee": "ja", "score": "4",
    "geheel": "1", "getal": "1,5",
}  # fmt: skip
_VOORBEELD_KOLOM = {
    "taakveld": "0.10", "team": "Ruimte en Wonen", "teamleider": "A. de Vries", "programma": "Wonen",
    "gebied": "Centrum", "portefeuillehouder": "Wethouder De Vries", "collegelid": "Wethouder De Vries",
    "deskundigheden": "stedenbouw; verkeer", "deskundigheid": "verkeer", "beoordelaar": "A. de Vries",
    "opgave": "O01", "activiteit": "A01", "ambitie": "CA-014", "bestuurlijk_opdrachtgever": "Wethouder De Vries",
    "ambtelijk_opdrachtgever": "A. de Vries", "opdrachtnemer": "A. de Vries", "omschrijving": "Waarom dit nodig is",
}  # fmt: skip
_OPMAAK = {"code": "@", "kwartaal": "@", "bedrag": "#,##0", "uren": "#,##0.0", "fte": "0.0#", "aandeel": "0%",
           "jaar": "0", "geheel": "0"}  # fmt: skip
_BREED = {"titel": 56, "omschrijving": 40, "deskundigheden": 32}
_WAAR = {"bedrag": "in hele euro's", "uren": "in uren", "fte": "in fte", "aandeel": "als percentage",
         "kwartaal": "bijvoorbeeld 2027K3", "code": "als tekst", "jaar": "jaartal"}  # fmt: skip
_JAREN = 6
_RIJEN = 2000
_LIJST_RUIMTE = 255  # Excel allows no longer list inside a validation


@dataclass(frozen=True)
class Veld:
    """One column of a template."""

    kop: str
    kolom: Kolom
    verplicht: bool
    keuzes: tuple[str, ...]


def velden(tabellen: Sequence[str], criteria: Sequence[Criterium] | None = None) -> list[Veld]:
    """Columns of a sheet that holds these tables, with the header that the gate knows them by.

    Parameters
    ----------
    criteria : what scores are about, default `parameters.criteria()`
    """
    criteria = parameters.criteria() if criteria is None else criteria
    uit: dict[str, Veld] = {}
    for tabel in tabellen:
        for naam, k in woordenboek.tabel(tabel).items():
            if (tabel, naam) not in _EIGEN and naam not in uit:
                verplicht = k.verplicht and (tabel, naam) not in _MAG_LEEG
                uit[naam] = Veld(_kop(k), k, verplicht, _keuzes(k, criteria))
    return list(uit.values())


def maak_sjabloon(soort: str, pad: str | Path) -> Path:
    """Write the template of one soort.

    Parameters
    ----------
    soort : a key of `BLADEN`
    pad : file to write, or a folder in which it gets its own name

    Raises
    ------
    ValueError : no such soort
    """
    pad = Path(pad)
    if pad.is_dir():
        pad /= bestandsnaam(soort)
    pad.write_bytes(sjabloon_bytes(soort))
    return pad


def bestandsnaam(soort: str) -> str:
    """``sjabloon_teams.xlsx``."""
    return f"sjabloon_{soort}.xlsx"


def sjabloon_bytes(soort: str, criteria: Sequence[Criterium] | None = None) -> bytes:
    """The template of one soort as the contents of an .xlsx file.

    Parameters
    ----------
    criteria : of the werkmap it is for, default `parameters.criteria()`

    Raises
    ------
    ValueError : no such soort
    """
    if soort not in BLADEN:
        raise ValueError(f"soort {soort!r} bestaat niet; kies uit {', '.join(BLADEN)}")
    from openpyxl import Workbook

    boek = Workbook()
    boek.remove(boek.active)
    lijsten = _Lijsten()
    for blad, tabellen in BLADEN[soort].items():
        _vul_blad(boek.create_sheet(blad), velden(tabellen, criteria), lijsten)
    _vul_uitleg(boek, soort, lijsten, criteria)
    boek.properties.title, boek.properties.creator = NAMEN[soort], "Opgavenwerkboek"
    uit = BytesIO()
    boek.save(uit)
    return uit.getvalue()


def _kop(k: Kolom) -> str:
    """The header: the name of the column as people write it, with its unit where that is not in the name."""
    woorden = k.kolom.removesuffix("_eur").replace("_", " ")
    kop = woorden[0].upper() + woorden[1:]
    return f"{kop} (€)" if k.type == "bedrag" else kop


def _keuzes(k: Kolom, criteria: Sequence[Criterium]) -> tuple[str, ...]:
    if k.kolom == "taakveld":
        return tuple(woordenboek.taakvelden())
    if k.kolom == "criterium":
        return tuple(c.naam for c in criteria)
    if k.kolom == "score":
        return _scores(criteria)
    if k.type == "kwartaal":
        eerste = int(str(parameters.waarde("prioritering", "planperiode")[0])[:4])
        return tuple(f"{jaar}K{n}" for jaar in range(eerste, eerste + _JAREN) for n in range(1, 5))
    if k.type == "score" or k.kolom == "rang":
        return ("1", "2", "3", "4", "5")
    return k.keuzes or (("ja", "nee") if k.type == "ja_nee" else ())


def _scores(criteria: Sequence[Criterium]) -> tuple[str, ...]:
    """The scores to choose from; none where the scales differ or have more than whole steps."""
    if len({(c.laagst, c.hoogst) for c in criteria}) > 1 or not criteria[0].heel:
        return ()
    return tuple(str(n) for n in range(int(criteria[0].laagst), int(criteria[0].hoogst) + 1))


def _eenheid(v: Veld, criteria: Sequence[Criterium]) -> str:
    if v.kolom.kolom != "score":
        return "" if v.kolom.type == "keuze" else v.kolom.eenheid
    per = {c.naam: f"{getal(c.laagst, 2)} tot {getal(c.hoogst, 2)}" for c in criteria}
    if len(set(per.values())) == 1:
        return next(iter(per.values()))
    return "; ".join(f"{naam}: {schaal}" for naam, schaal in per.items())


class _Lijsten:
    """Choices that are too long for a validation itself: they get a column on the sheet Uitleg."""

    def __init__(self):
        self.kolommen: dict[str, tuple[str, ...]] = {}

    def formule(self, veld: Veld) -> str:
        tekst = ",".join(veld.keuzes)
        if len(tekst) <= _LIJST_RUIMTE and not set(',"') & set("".join(veld.keuzes)):
            return f'"{tekst}"'
        self.kolommen.setdefault(veld.kop, veld.keuzes)
        letter = self.letter(veld.kop)
        return f"Uitleg!${letter}${_Uitleg.LIJST}:${letter}${_Uitleg.LIJST + len(veld.keuzes) - 1}"

    def letter(self, kop: str) -> str:
        from openpyxl.utils import get_column_letter

        # Each list takes two columns: the value and, for a taakveld, its name.
        return get_column_letter(_Uitleg.BREED + 2 + 2 * list(self.kolommen).index(kop))


class _Uitleg:
    """Where things stand on the sheet Uitleg."""

    KOP, BREED, LIJST = 4, 7, 5


def _vul_blad(blad: Worksheet, lijst: list[Veld], lijsten: _Lijsten) -> None:
    from openpyxl.comments import Comment
    from openpyxl.utils import get_column_letter

    for nummer, veld in enumerate(lijst, 1):
        letter = get_column_letter(nummer)
        cel = blad.cell(1, nummer, veld.kop)
        _als_kop(cel, verplicht=veld.verplicht)
        cel.comment = Comment(_hulp(veld), "Opgavenwerkboek", width=320, height=120)
        maat = blad.column_dimensions[letter]
        maat.width = _BREED.get(veld.kolom.kolom, max(14, len(veld.kop) + 4))
        maat.number_format = _OPMAAK.get(veld.kolom.type, "General")
        if veld.keuzes:
            _keuzelijst(blad, f"{letter}2:{letter}{_RIJEN}", veld, lijsten)
    blad.freeze_panes = "A2"
    blad.row_dimensions[1].height = 32


def _keuzelijst(blad: Worksheet, bereik: str, veld: Veld, lijsten: _Lijsten) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    vrij = veld.kolom.type in ("kwartaal", "code")  # other quarters and codes exist too
    regel = DataValidation("list", lijsten.formule(veld), allow_blank=True, showErrorMessage=True)
    regel.errorStyle = "warning" if vrij else "stop"
    regel.errorTitle = veld.kop
    regel.error = "Dit staat niet in de lijst." if vrij else "Kies een van de mogelijkheden uit de lijst."
    regel.add(bereik)
    blad.add_data_validation(regel)


def _als_kop(cel, *, verplicht: bool) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    cel.font = Font(bold=True, color="FFFFFF")
    cel.fill = PatternFill("solid", fgColor="154273" if verplicht else "55606B")
    cel.alignment = Alignment(vertical="center", wrap_text=True)


def _hulp(veld: Veld) -> str:
    eis = "Verplicht. " if veld.verplicht else ""
    return f"{eis}{veld.kolom.omschrijving}. {_vorm(veld)}".strip()


def _vorm(veld: Veld) -> str:
    if veld.kolom.kolom == "taakveld" and veld.keuzes:
        return "Kies een code uit de lijst."
    if veld.keuzes and veld.kolom.type != "kwartaal":
        return f"Kies uit: {', '.join(veld.keuzes)}."
    waar = _WAAR.get(veld.kolom.type)
    return f"Vul in: {waar}." if waar else ""


def _vul_uitleg(boek: Workbook, soort: str, lijsten: _Lijsten, criteria: Sequence[Criterium] | None) -> None:
    from openpyxl.styles import Alignment, Font

    blad = boek.create_sheet("Uitleg")
    blad["A1"], blad["A1"].font = f"{UITLEG_SJABLOON}: {NAMEN[soort]}", Font(bold=True, size=14)
    blad["A2"] = (
        "Vul onder de kop elke regel op een eigen rij in. Een donkerblauwe kop is verplicht; andere kolommen mag "
        "u leeg laten of verwijderen. Dit blad wordt niet ingelezen."
    )
    for nummer, kop in enumerate(("Blad", "Kolom", "Verplicht", "Wat hoort erin", "Eenheid", "Mogelijkheden",
                                  "Voorbeeld (verzonnen)"), 1):  # fmt: skip
        _als_kop(blad.cell(_Uitleg.KOP, nummer, kop), verplicht=True)
    for rij, waarden in enumerate(_uitlegrijen(soort, criteria), _Uitleg.KOP + 1):
        for nummer, waarde in enumerate(waarden, 1):
            cel = blad.cell(rij, nummer, waarde)
            cel.number_format, cel.data_type = "@", "s"
            cel.alignment = Alignment(wrap_text=True, vertical="top")
    for letter, breed in zip("ABCDEFG", (16, 24, 10, 56, 12, 32, 32), strict=True):
        blad.column_dimensions[letter].width = breed
    for kop, keuzes in lijsten.kolommen.items():
        _schrijf_lijst(blad, lijsten.letter(kop), kop, keuzes)
    blad.freeze_panes = blad.cell(_Uitleg.KOP + 1, 1)


def _uitlegrijen(soort: str, criteria: Sequence[Criterium] | None) -> Iterator[tuple[str, ...]]:
    for blad, tabellen in BLADEN[soort].items():
        for v in velden(tabellen, criteria):
            k = v.kolom
            keuzes = (
                "zie de lijst hiernaast" if len(v.keuzes) > 12 and k.type != "kwartaal" else ", ".join(v.keuzes)
            )
            if k.type == "kwartaal":
                keuzes = "elk kwartaal, geschreven als 2027K3"
            eenheid = _eenheid(v, parameters.criteria() if criteria is None else criteria)
            yield blad, v.kop, "ja" if v.verplicht else "nee", k.omschrijving, eenheid, keuzes, _voorbeeld(v)


def _voorbeeld(v: Veld) -> str:
    if v.kolom.kolom in _VOORBEELD_KOLOM:
        return _VOORBEELD_KOLOM[v.kolom.kolom]
    return v.keuzes[0] if v.kolom.kolom == "criterium" or v.kolom.keuzes else _VOORBEELD[v.kolom.type]


def _schrijf_lijst(blad: Worksheet, letter: str, kop: str, keuzes: Sequence[str]) -> None:
    namen = woordenboek.taakvelden() if kop == "Taakveld" else {}
    kolom = blad[f"{letter}1"].column
    _als_kop(blad.cell(_Uitleg.KOP, kolom, f"Lijst: {kop}"), verplicht=True)
    for rij, keuze in enumerate(keuzes, _Uitleg.LIJST):
        cel = blad.cell(rij, kolom, keuze)
        cel.number_format, cel.data_type = "@", "s"
        if keuze in namen:
            blad.cell(rij, kolom + 1, namen[keuze])
    blad.column_dimensions[letter].width = 18
    if namen:
        blad.column_dimensions[blad.cell(1, kolom + 1).column_letter].width = 48
