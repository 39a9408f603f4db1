"""The werkmap: everything one municipality read and decided, in one folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import sqlalchemy as sa

from opgavelib import woordenboek
from opgavelib.domein.begrippen import Bestemming
from opgavelib.domein.bestemming import Besluit, Spoor, controleer, volg
from opgavelib.fouten import BesluitFout, WerkmapFout
from opgavelib.opslag import inname
from opgavelib.opslag.gebeurtenis import voeg_toe
from opgavelib.opslag.inname import Blad, Verwerkt
from opgavelib.opslag.tabellen import TABEL, sleutel
from opgavelib.opslag.verbinding import Verbinding

_GETALLEN = frozenset(["geheel", "bedrag", "jaar", "getal", "uren", "fte", "aandeel", "score"])
_BESLUIT = "bestemming"
_PARAMETER = "parameter"


class Werkmap:
    """A folder with one database. Reads give DataFrames; every change is one transaction with its event.

    Parameters
    ----------
    adres : folder of the werkmap
    maak : make it when it is not there yet

    Raises
    ------
    WerkmapFout : there is none, or it cannot be opened
    """

    def __init__(self, adres: str | Path, *, maak: bool = False):
        if "://" in str(adres):
            raise WerkmapFout(f"'{str(adres).split(':', 1)[0]}://' wordt nog niet ondersteund; geef een map op.")
        self.adres = Path(adres)
        self._db = Verbinding(self.adres, maak=maak)

    def sluit(self) -> None:
        """Close the database; on Windows an open file cannot be moved or removed."""
        self._db.engine.dispose()

    def __enter__(self) -> Werkmap:
        return self

    def __exit__(self, *_: object) -> None:
        self.sluit()

    # -- reading ------------------------------------------------------------------------------------

    def versie(self) -> int:
        """Number of the last event; changes with every change of the werkmap."""
        with self._db.lees() as v:
            return int(v.execute(sa.select(sa.func.max(TABEL["gebeurtenissen"].c.volgnummer))).scalar() or 0)

    def tabel(self, naam: str, *, ook_vervallen: bool = False) -> pd.DataFrame:
        """One table, index its key, in the order in which it was stored.

        Numbers are floats with NaN where missing, text is str or None. Ambities always include rows that
        left their file (column ``vervallen``): they keep their bestemming.
        """
        with self._db.lees() as v:
            return self._tabel(v, naam, ook_vervallen=ook_vervallen or naam == "ambities")

    @staticmethod
    def _tabel(v: sa.Connection, naam: str, *, ook_vervallen: bool) -> pd.DataFrame:
        t = TABEL[naam]
        vraag = sa.select(t)
        if "vervallen" in t.c and not ook_vervallen:
            vraag = vraag.where(~t.c.vervallen)
        # SQLite's rowid order is the order of storing; keys sort the same for numbered ones.
        vraag = vraag.order_by(sa.text("rowid") if t.c.keys()[0] != "volgnummer" else t.c.volgnummer)
        # As objects first: left to guess, pandas 3 makes text of its own type and None in it NaN.
        rijen = [tuple(r) for r in v.execute(vraag)]
        kader = pd.DataFrame(rijen, columns=list(t.c.keys()), dtype=object)
        for kolom in woordenboek.tabel(naam).values():
            if kolom.type in _GETALLEN:
                gelijk_type = int if kolom.kolom == sleutel(naam) else float
                kader[kolom.kolom] = kader[kolom.kolom].astype(gelijk_type)
            elif kolom.type == "ja_nee":
                kader[kolom.kolom] = kader[kolom.kolom].infer_objects()
        if "vervallen" in t.c:
            kader["rij"] = pd.to_numeric(kader["rij"])
            kader["vervallen"] = kader["vervallen"].astype(bool)  # also without rows, so that ~ works on it
        return kader.set_index(sleutel(naam))

    def spoor(self) -> Spoor:
        """Where every source row is now, derived from the decisions."""
        with self._db.lees() as v:
            return self._spoor(v)

    @staticmethod
    def _spoor(v: sa.Connection) -> Spoor:
        g = TABEL["gebeurtenissen"]
        rijen = v.execute(
            sa.select(g.c.object, g.c.nieuw, g.c.reden, g.c.wie, g.c.tijdstip, g.c.volgnummer).where(
                g.c.wat == _BESLUIT
            )
        ).all()
        besluiten = pd.DataFrame(
            [
                (r.object, r.nieuw["bestemming"], r.nieuw["naar"], r.reden, r.wie, r.tijdstip, r.volgnummer)
                for r in rijen
            ],
            columns=["ambitie", "bestemming", "naar", "reden", "wie", "tijdstip", "volgnummer"],
        )
        t = TABEL["ambities"]
        sleutels = v.execute(sa.select(t.c.ambitie).order_by(sa.text("rowid"))).scalars().all()
        return volg(sleutels, besluiten)

    def parameters(self) -> dict[str, object]:
        """Values that this werkmap sets itself, by ``groep.naam``; the last one set holds."""
        g = TABEL["gebeurtenissen"]
        with self._db.lees() as v:
            rijen = v.execute(
                sa.select(g.c.object, g.c.nieuw).where(g.c.wat == _PARAMETER).order_by(g.c.volgnummer)
            )
            laatste = {r.object: r.nieuw for r in rijen}
        return {naam: waarde for naam, waarde in laatste.items() if waarde is not None}

    # -- changing -----------------------------------------------------------------------------------

    def bewaar(self, bladen: Sequence[Blad], wie: str) -> Verwerkt:
        """Store what the gate accepted; reading the same again changes nothing.

        Raises
        ------
        InvoerFout : a reference or key does not fit; nothing was stored
        """
        with self._db.schrijf() as v:
            return inname.bewaar(v, bladen, wie)

    def besluit(self, besluiten: Besluit | Iterable[Besluit], sessie: str | None = None) -> list[int]:
        """Record one or more decisions; all or none. Gives their event numbers.

        Raises
        ------
        BesluitFout : a decision breaks a rule of `domein.bestemming.controleer`; nothing was stored
        """
        lijst = [besluiten] if isinstance(besluiten, Besluit) else list(besluiten)
        with self._db.schrijf() as v:
            nu, opgaven = self._nu(self._spoor(v).tabel), self._opgaven(v)
            nummers = []
            for b in lijst:
                controleer(b, nu, opgaven)
                nummers.append(self._leg_vast(v, b, nu[b.ambitie], sessie))
                nu[b.ambitie] = (str(b.bestemming), b.naar)
            return nummers

    @staticmethod
    def _nu(tabel: pd.DataFrame) -> dict[str, tuple[str, str | None]]:
        return dict(zip(tabel.index, zip(tabel["bestemming"], tabel["naar"], strict=True), strict=True))

    @staticmethod
    def _opgaven(v: sa.Connection) -> set[str]:
        o = TABEL["opgaven"]
        return set(v.execute(sa.select(o.c.opgave).where(~o.c.vervallen)).scalars())

    @staticmethod
    def _leg_vast(v: sa.Connection, b: Besluit, nu: tuple[str, str | None], sessie: str | None) -> int:
        oud, nieuw = ({"bestemming": str(x[0]), "naar": x[1]} for x in (nu, (b.bestemming, b.naar)))
        tijdstip = b.tijdstip or datetime.now(UTC)
        return voeg_toe(v, tijdstip, b.wie.strip(), _BESLUIT, b.ambitie, oud, nieuw, b.reden.strip(), sessie)

    def maak_ongedaan(self, volgnummer: int, wie: str, reden: str = "Ongedaan gemaakt") -> int:
        """Undo a decision: a new event that puts back what was before it.

        Raises
        ------
        BesluitFout : no such decision, the row was decided upon again since, or what was before it is no
            longer possible (its opgave is gone, or the merge would now run in a circle)
        """
        g = TABEL["gebeurtenissen"]
        with self._db.schrijf() as v:
            besluit = v.execute(sa.select(g).where(g.c.volgnummer == volgnummer, g.c.wat == _BESLUIT)).first()
            if besluit is None:
                raise BesluitFout(f"Besluit {volgnummer} bestaat niet.")
            tabel = self._spoor(v).tabel
            if tabel.loc[besluit.object, "volgnummer"] != volgnummer:
                raise BesluitFout(f"Over {besluit.object} is daarna opnieuw besloten; neem een nieuw besluit.")
            terug = Besluit(besluit.object, Bestemming(besluit.oud["bestemming"]), reden, wie, besluit.oud["naar"])
            nu = self._nu(tabel)
            controleer(terug, nu, self._opgaven(v))
            return self._leg_vast(v, terug, nu[terug.ambitie], None)

    def maak_opgave(self, titel: str, wie: str, domein: str | None = None) -> str:
        """Add an opgave and give its key, the next number (O20).

        Raises
        ------
        BesluitFout : no title, or there is an opgave of that name
        """
        titel = titel.strip()
        if not titel:
            raise BesluitFout("Geef de nieuwe opgave een naam.")
        t = TABEL["opgaven"]
        with self._db.schrijf() as v:
            bestaand = v.execute(sa.select(t.c.opgave, t.c.titel)).all()
            if any(r.titel.casefold() == titel.casefold() for r in bestaand):
                raise BesluitFout(f"Er is al een opgave '{titel}'; kies die.")
            nummers = [int(r.opgave[1:]) for r in bestaand if r.opgave[:1] == "O" and r.opgave[1:].isdigit()]
            code = f"O{max(nummers, default=0) + 1:02d}"
            v.execute(t.insert().values(opgave=code, titel=titel, domein=domein, vervallen=False))
            voeg_toe(v, datetime.now(UTC), wie, "opgave", code, nieuw={"titel": titel, "domein": domein})
            return code

    def zet_parameter(self, naam: str, waarde: object, wie: str, reden: str) -> int:
        """Set a parameter of this werkmap, e.g. ``criteria.gewichten``; None puts the default back."""
        with self._db.schrijf() as v:
            return voeg_toe(v, datetime.now(UTC), wie, _PARAMETER, naam, nieuw=waarde, reden=reden)


__all__ = ["Verwerkt", "Werkmap"]
