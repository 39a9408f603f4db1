"""Writes a workbook as .xlsx: every formula with the result that the program gave it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from opgavelib.rapport.werkboek.model import Blad, Formule, Grens, Stijl, Werkboek, adres
from opgavelib.rapport.werkboek.opmaak import GETALVORMEN, GROOTTE, LETTER, Opmaak, hoogte, opmaak, voorwaarden

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

A4 = 9
_DUN, _STREEPJES, _GEEN_RASTER = 1, 3, 2


def schrijf(boek: Werkboek) -> bytes:
    """The workbook as the contents of an .xlsx file.

    Notes
    -----
    Text goes through `write_string` only: nothing is guessed to be a formula, a number or a link.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    class Werkblad(Worksheet):
        def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
            """Without looking 29 times for functions that we do not use: half of the time of a large workbook."""
            return formula.removeprefix("=")

    uit = BytesIO()
    # Local time without a zone: the format knows no zones.
    gemaakt = boek.gemaakt_op.replace(tzinfo=None, microsecond=0)
    with Workbook(uit, {"in_memory": True}) as bestand:
        bestand.set_properties({"title": boek.titel, "author": "Opgavenwerkboek", "created": gemaakt})
        bestand.formats[0].set_font_name(LETTER)
        bestand.formats[0].set_font_size(GROOTTE)
        formaten = _Formaten(bestand)
        # All sheets first, so that a formula may refer to a later one.
        for blad, werkblad in [(b, bestand.add_worksheet(b.naam, Werkblad)) for b in boek.bladen]:
            _vul(werkblad, blad, formaten)
            _richt_in(werkblad, blad, boek.voet, formaten)
        for naam, plaats in boek.namen.items():
            bestand.define_name(naam, f"={plaats}")
    return uit.getvalue()


class _Formaten:
    """One format per style."""

    def __init__(self, bestand: Workbook):
        self._bestand = bestand
        self._bekend: dict[Stijl, Format] = {}

    def __getitem__(self, stijl: Stijl) -> Format:
        if stijl not in self._bekend:
            self._bekend[stijl] = self._bestand.add_format(_eigenschappen(opmaak(stijl)))
        return self._bekend[stijl]

    def teken(self, kleur: str, vlak: str) -> Format:
        return self._bestand.add_format({"font_color": kleur, "bg_color": vlak, "bold": True})


def _eigenschappen(o: Opmaak) -> dict[str, object]:
    uit: dict[str, object] = {
        "font_name": LETTER, "font_size": o.grootte, "font_color": o.kleur, "bold": o.vet,
        "num_format": GETALVORMEN[o.vorm], "valign": "vcenter" if o.midden else "top",
        "align": "right" if o.rechts else "left", "indent": 1,
        "text_wrap": o.terugloop, "locked": not o.open,
    }  # fmt: skip
    if o.vlak:
        uit["bg_color"] = o.vlak
    if o.rondom:
        uit |= {"border": _STREEPJES, "border_color": o.lijn}
    elif o.boven:
        uit |= {"top": _DUN, "top_color": o.lijn}
    elif o.lijn:
        uit |= {"bottom": _DUN, "bottom_color": o.lijn}
    return uit


def _vul(werkblad: Worksheet, blad: Blad, formaten: _Formaten) -> None:
    for nummer, breedte in enumerate(blad.breedtes):
        werkblad.set_column(nummer, nummer, breedte)
    for rij, cellen in enumerate(blad.rijen):
        if (punten := hoogte(blad, rij, cellen)) is not None:
            werkblad.set_row(rij, punten)
        for kolom, (waarde, stijl) in enumerate(cellen):
            formaat = formaten[stijl]
            if isinstance(waarde, str):
                werkblad.write_string(rij, kolom, waarde, formaat)
            elif isinstance(waarde, Formule):
                uitkomst = "" if waarde.waarde is None else waarde.waarde
                werkblad.write_formula(rij, kolom, f"={waarde.tekst}", formaat, uitkomst)
            elif waarde is None:
                werkblad.write_blank(rij, kolom, None, formaat)
            else:
                werkblad.write_number(rij, kolom, waarde, formaat)


def _richt_in(werkblad: Worksheet, blad: Blad, voet: str, formaten: _Formaten) -> None:
    """Printing, what stays in sight, what may be typed, protection."""
    werkblad.hide_gridlines(_GEEN_RASTER)
    werkblad.set_landscape()
    werkblad.set_paper(A4)
    werkblad.fit_to_pages(1, 1 if blad.een_pagina else 0)
    werkblad.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    werkblad.set_footer(f"&L&9{voet.replace('&', '&&')}&C&9&A&R&9blad &P van &N")
    werkblad.ignore_errors({"number_stored_as_text": "A1:XFD1048576", "formula_unlocked": "A1:XFD1048576"})
    if blad.kop is not None:
        werkblad.repeat_rows(blad.kop)
        werkblad.freeze_panes(blad.kop + 1, blad.vaste_kolommen)
    if blad.afdruk_tot is not None:
        werkblad.print_area(0, 0, max(0, blad.volgende - 1), blad.afdruk_tot - 1)
    if blad.filter:
        eerste, laatste, kolom = blad.filter
        werkblad.autofilter(eerste, 0, laatste, kolom)
    for grens in blad.grenzen:
        _begrens(werkblad, grens)
    for regel in blad.kleurregels:
        for eis, _, kleur, vlak in voorwaarden(regel, adres(regel.eerste_rij, regel.kolom)):
            werkblad.conditional_format(
                regel.eerste_rij, regel.kolom, regel.laatste_rij, regel.laatste_kolom,
                {"type": "formula", "format": formaten.teken(kleur, vlak), "criteria": f"={eis}"},
            )  # fmt: skip
    # No password: this is against accidents, and whoever wants to may lift it.
    werkblad.protect("", {"autofilter": True, "format_columns": True, "format_rows": True, "sort": True})


def _begrens(werkblad: Worksheet, grens: Grens) -> None:
    eis: dict[str, object] = {
        "error_title": "Dit kan hier niet",
        "error_message": grens.melding,
        "ignore_blank": True,
    }
    if grens.keuzes:
        eis |= {"validate": "list", "source": list(grens.keuzes)}
    else:
        eis |= {"validate": "decimal", "criteria": "between", "minimum": grens.laagst, "maximum": grens.hoogst}
    werkblad.data_validation(grens.eerste_rij, grens.kolom, grens.laatste_rij, grens.kolom, eis)
