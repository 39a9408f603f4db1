"""Opgaven that people make, rename and end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from opgavelib import notatie, woordenboek
from opgavelib.fouten import BesluitFout
from opgavelib.opslag.tabellen import TABEL

VELDEN = ("titel", "domein")


def nu(v: sa.Connection, opgave: str) -> dict[str, object]:
    """What can be changed of an opgave, as it is now.

    Raises
    ------
    BesluitFout : there is none
    """
    t = TABEL["opgaven"]
    rij = v.execute(sa.select(*(t.c[k] for k in VELDEN)).where(t.c.opgave == opgave, ~t.c.vervallen)).first()
    if rij is None:
        raise BesluitFout(f"Er is geen opgave '{opgave}'.")
    return dict(rij._mapping)


def keur(v: sa.Connection, velden: Mapping[str, object], zelf: str | None = None) -> dict[str, object]:
    """The fields as they are stored.

    Raises
    ------
    BesluitFout : an unknown field or domein, no title, or another opgave (than `zelf`) has that title
    """
    if vreemd := set(velden) - set(VELDEN):
        raise BesluitFout(f"Van een opgave is '{min(vreemd)}' hier niet te wijzigen.")
    titel, domein = str(velden["titel"] or "").strip(), velden.get("domein") or None
    if not titel:
        raise BesluitFout("Geef de opgave een naam.")
    keuzes = woordenboek.tabel("opgaven")["domein"].keuzes
    if domein and domein not in keuzes:
        raise BesluitFout(f"'{domein}' is geen domein. Kies uit: {', '.join(keuzes)}.")
    t = TABEL["opgaven"]
    anderen = v.execute(sa.select(t.c.opgave, t.c.titel).where(~t.c.vervallen)).all()
    if any(r.titel.casefold() == titel.casefold() and r.opgave != zelf for r in anderen):
        raise BesluitFout(f"Er is al een opgave '{titel}'; kies die.")
    return {"titel": titel, "domein": domein}


def voeg_toe(v: sa.Connection, velden: Mapping[str, object]) -> str:
    """Store a new opgave under the next number, also after one that ended; gives its key."""
    t = TABEL["opgaven"]
    codes = v.execute(sa.select(t.c.opgave)).scalars()
    nummers = [int(c[1:]) for c in codes if c[:1] == "O" and c[1:].isdigit()]
    code = f"O{max(nummers, default=0) + 1:02d}"
    v.execute(t.insert().values(opgave=code, vervallen=False, **velden))
    return code


def zet(v: sa.Connection, opgave: str, velden: Mapping[str, object] | None) -> None:
    """Give a stored opgave these fields; None marks it as ended."""
    t = TABEL["opgaven"]
    waarden = {"vervallen": True} if velden is None else {**velden, "vervallen": False}
    v.execute(t.update().where(t.c.opgave == opgave).values(**waarden))


def keur_opheffen(v: sa.Connection, opgave: str) -> None:
    """Refuse to end an opgave with work under it.

    Raises
    ------
    BesluitFout : activiteiten hang on it
    """
    t = TABEL["activiteiten"]
    aantal = v.execute(
        sa.select(sa.func.count()).select_from(t).where(t.c.opgave == opgave, ~t.c.vervallen)
    ).scalar_one()
    if aantal:
        hangt = notatie.aantal(aantal, "activiteit", "activiteiten")
        waar = f"Onder {opgave} {'hangt' if aantal == 1 else 'hangen'} nog {hangt}."
        raise BesluitFout(f"{waar} Breng dat werk eerst ergens anders onder.")


def keur_leden(v: sa.Connection, plaatsen: Mapping[str, tuple[str, str | None]], geraakt: Iterable[str]) -> None:
    """Refuse when rows are part of one of the opgaven `geraakt` that is no longer there.

    Raises
    ------
    BesluitFout : rows would be left without their opgave
    """
    t = TABEL["opgaven"]
    for opgave in geraakt:
        weg = v.execute(sa.select(t.c.vervallen).where(t.c.opgave == opgave)).scalar_one()
        leden = sum(plaats == ("opgave", opgave) for plaats in plaatsen.values())
        if weg and leden:
            hoort = "hoort intussen 1 rij" if leden == 1 else f"horen intussen {notatie.getal(leden)} rijen"
            raise BesluitFout(f"Bij {opgave} {hoort}; geef die eerst een andere bestemming.")
