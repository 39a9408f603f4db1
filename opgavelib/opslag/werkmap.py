"""The werkmap: everything one municipality read and decided, in one folder or one database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from opgavelib.domein.begrippen import KENMERKEN, Begrotingsrol, Bestemming, Oordeel
from opgavelib.domein.bestemming import Besluit, Spoor, controleer
from opgavelib.fouten import BesluitFout, WerkmapFout
from opgavelib.logboek import Actie, Logboek, Resultaat
from opgavelib.opslag import backup as bewaring
from opgavelib.opslag import inname, lezen, opgaven
from opgavelib.opslag.adres import naam_van, ontleed
from opgavelib.opslag.backup import Backup, NietLeegFout
from opgavelib.opslag.contracten import Contracten
from opgavelib.opslag.handeling import (
    BESTEMMING,
    KENMERK,
    KOPPELING,
    OPGAVE,
    PAAR,
    PARAMETER,
    VERSIE,
    Wijziging,
    eis_naam,
    laatste,
    leg_vast,
    terug,
    toestanden,
)
from opgavelib.opslag.inname import Blad, Verwerkt
from opgavelib.opslag.kenmerken import keur_kenmerk
from opgavelib.opslag.scenarios import Scenarios
from opgavelib.opslag.sessies import Sessies
from opgavelib.opslag.tabellen import TABEL
from opgavelib.opslag.verbinding import Verbinding
from opgavelib.parameters import keur as keur_parameter

if TYPE_CHECKING:
    import pandas as pd


class Werkmap:
    """One database. Reads give DataFrames; every change is one transaction with its event and its log line.

    Parameters
    ----------
    adres : folder of the werkmap, or ``postgresql://user@host/database``
    maak : make it when it is not there yet
    herkomst : where changes come from, for the log, e.g. ``pagina mt``

    Attributes
    ----------
    adres : Path, or a URL whose text hides the password; opens the same werkmap again
    naam : name for people, of the folder or the database

    Raises
    ------
    WerkmapFout : there is none, or it cannot be opened
    """

    def __init__(self, adres: str | Path | sa.URL, *, maak: bool = False, herkomst: str = "opdrachtregel"):
        self.adres = ontleed(adres)
        self.naam = naam_van(self.adres)
        logboek = Logboek(self.adres if isinstance(self.adres, Path) else None, self.naam, herkomst)
        try:
            self._db = Verbinding(self.adres, maak=maak, logboek=logboek)
        except WerkmapFout:
            meld_geweigerd(self.adres, Actie("openen"), herkomst=herkomst)
            raise

    def __repr__(self) -> str:
        return f"Werkmap({self.naam!r})"

    def sluit(self) -> None:
        """Close the database; on Windows an open file cannot be moved or removed."""
        self._db.engine.dispose()

    def __enter__(self) -> Werkmap:
        return self

    def __exit__(self, *_: object) -> None:
        self.sluit()

    # -- reading ------------------------------------------------------------------------------------

    def versie(self) -> int:
        """Number of the last event; changes with every change of the werkmap but a hidden judgement in a session
        (see `Sessies.versie`): pages need not be made anew for those."""
        with self._db.lees() as v:
            return lezen.zichtbare_versie(v)

    def tabel(self, naam: str, *, ook_vervallen: bool = False) -> pd.DataFrame:
        """One table, index its key, in the order in which it was stored.

        Numbers are floats with NaN where missing, text is str or None. Ambities always include rows that
        left their file (column ``vervallen``): they keep their bestemming.
        """
        with self._db.lees() as v:
            return lezen.tabel(v, naam, ook_vervallen=ook_vervallen or naam == "ambities")

    def spoor(self) -> Spoor:
        """Where every source row is now, derived from the decisions."""
        with self._db.lees() as v:
            return lezen.spoor(v)

    def parameters(self) -> dict[str, object]:
        """Values that this werkmap sets itself, by ``groep.naam``; the last one set holds."""
        with self._db.lees() as v:
            return toestanden(v, PARAMETER)

    def kenmerken(self) -> pd.DataFrame:
        """What people said of source rows: DataFrame (ambitie x `KENMERKEN`), None where they said nothing."""
        import pandas as pd

        with self._db.lees() as v:
            gezegd = {k: pd.Series(toestanden(v, KENMERK + k), dtype=object) for k in KENMERKEN}
        tabel = pd.DataFrame(gezegd, columns=list(KENMERKEN), dtype=object).rename_axis("ambitie")
        return tabel.astype(object).where(tabel.notna(), None)

    def paren(self) -> pd.DataFrame:
        """Judgements on pairs that hold now: DataFrame, columns a, b (a < b), oordeel, naar."""
        import pandas as pd

        with self._db.lees() as v:
            oordelen = toestanden(v, PAAR)
        rijen = [(*paar.split("|"), o["oordeel"], o["naar"]) for paar, o in oordelen.items()]
        return pd.DataFrame(rijen, columns=["a", "b", "oordeel", "naar"], dtype=object)

    @cached_property
    def sessies(self) -> Sessies:
        """Scoring together."""
        return Sessies(self._db)

    @cached_property
    def scenarios(self) -> Scenarios:
        """What if: other limits, sizes and teams, and the shortlist that follows."""
        return Scenarios(self._db)

    @cached_property
    def contracten(self) -> Contracten:
        """Hours asked of teams, and what their teamleiders said."""
        return Contracten(self._db)

    def begrotingsversies(self) -> dict[str, dict[str, object]]:
        """What people said a source with budget lines is (`Begrotingsrol`), by key of the source."""
        with self._db.lees() as v:
            return toestanden(v, VERSIE)

    def koppelingen(self) -> dict[str, dict]:
        """How people matched headers with columns, per layout of a sheet (see `onthoud_koppeling`)."""
        with self._db.lees() as v:
            return toestanden(v, KOPPELING)

    # -- changing -----------------------------------------------------------------------------------
    # `gezien` is everywhere the `versie()` that the person had on screen. What somebody else changed
    # after it is not overwritten in silence: ConflictFout carries both versions. What one call stores
    # is one handeling, and goes back as one.

    def bewaar(self, bladen: Sequence[Blad], wie: str) -> Verwerkt:
        """Store what the gate accepted; reading the same again changes nothing.

        Raises
        ------
        InvoerFout : a reference or key does not fit; nothing was stored
        """
        with self._db.schrijf(lees_actie(bladen, wie)) as v:
            return inname.bewaar(v, bladen, wie)

    def besluit(
        self, besluiten: Besluit | Iterable[Besluit], sessie: str | None = None, *, gezien: int | None = None
    ) -> list[int]:
        """Record one or more decisions; all or none. Gives their event numbers.

        Raises
        ------
        BesluitFout : a decision breaks a rule of `domein.bestemming.controleer`; nothing was stored
        ConflictFout : somebody else decided on one of the rows after `gezien`
        """
        lijst = [besluiten] if isinstance(besluiten, Besluit) else list(besluiten)
        wie = ", ".join(dict.fromkeys(b.wie.strip() for b in lijst))
        with self._db.schrijf(Actie("besluit", wie, [b.ambitie for b in lijst])) as v:
            return leg_vast(v, self._besluiten(v, lijst), sessie=sessie, gezien=gezien)

    def _besluiten(
        self, v: sa.Connection, besluiten: Iterable[Besluit], opgaven: Collection[str] = ()
    ) -> list[Wijziging]:
        """The decisions as changes, checked one after the other; `opgaven` are made along with them."""
        nu, bekend = lezen.plaatsen(v), lezen.opgaven(v) | set(opgaven)
        wijzigingen = []
        for b in besluiten:
            controleer(b, nu, bekend)
            nu[b.ambitie] = (str(b.bestemming), b.naar)
            nieuw = {"bestemming": str(b.bestemming), "naar": b.naar}
            wijzigingen.append(Wijziging(BESTEMMING, b.ambitie, nieuw, b.wie, b.reden, b.tijdstip))
        return wijzigingen

    def kenmerk(
        self,
        waarden: Mapping[str, Mapping[str, object]],
        wie: str,
        reden: str = "",
        *,
        sessie: str | None = None,
        gezien: int | None = None,
    ) -> list[int]:
        """Say something of source rows, e.g. ``{"CA-014": {"werksoort": "opgave", "wettelijk": True}}``.

        None puts back what the file says. What already holds is not recorded again.

        Raises
        ------
        BesluitFout : no name, an unknown row or column, or a value that the column cannot have
        ConflictFout : somebody else changed one of these values after `gezien`
        """
        with self._db.schrijf(Actie("kenmerk", wie, list(waarden))) as v:
            eis_naam(wie)
            bekend = set(v.execute(sa.select(TABEL["ambities"].c.ambitie)).scalars())
            wijzigingen = [
                Wijziging(KENMERK + kolom, ambitie, keur_kenmerk(ambitie, kolom, waarde, bekend), wie, reden)
                for ambitie, velden in waarden.items()
                for kolom, waarde in velden.items()
            ]
            nu = laatste(v, [(w.wat, w.object) for w in wijzigingen])
            anders = [w for w in wijzigingen if w.nieuw != getattr(nu.get((w.wat, w.object)), "nieuw", None)]
            return leg_vast(v, anders, sessie=sessie, gezien=gezien)

    def beoordeel_paar(
        self,
        a: str,
        b: str,
        oordeel: Oordeel,
        wie: str,
        reden: str,
        *,
        naar: str | None = None,
        nieuwe_opgave: str | None = None,
        sessie: str | None = None,
        gezien: int | None = None,
    ) -> list[int]:
        """Say what two rows that look alike are to each other, with the decisions that follow from it.

        Parameters
        ----------
        naar : with ``samengevoegd`` the leading row, `a` or `b`; with ``verwant`` the opgave that both
            become part of; with ``anders`` None
        nieuwe_opgave : titel of an opgave that is made for the two, instead of `naar`; goes back with it

        Raises
        ------
        BesluitFout : a rule of `domein.bestemming.controleer` is broken; nothing was stored
        ConflictFout : somebody else judged the pair, or decided on a row that changes, after `gezien`
        """
        oordeel = Oordeel(oordeel)
        paar = "|".join(sorted([a, b]))
        with self._db.schrijf(Actie("paar", wie, [paar])) as v:
            eis_naam(wie)
            gemaakt = []
            if nieuwe_opgave is not None and oordeel == Oordeel.VERWANT:
                velden = opgaven.keur(v, {"titel": nieuwe_opgave, "domein": None})
                naar = opgaven.voeg_toe(v, velden)
                gemaakt = [Wijziging(OPGAVE, naar, velden, wie, reden)]
            besluiten = _gevolgen(a, b, oordeel, wie, reden, naar)
            nu = lezen.plaatsen(v)
            if onbekend := {a, b} - nu.keys():
                raise BesluitFout(f"Ambitie '{min(onbekend)}' staat niet in de werkmap.")
            besluiten = [x for x in besluiten if nu[x.ambitie] != (str(x.bestemming), x.naar)]
            waarde = {"oordeel": str(oordeel), "naar": None if oordeel == Oordeel.ANDERS else naar}
            wijzigingen = [Wijziging(PAAR, paar, waarde, wie, reden), *gemaakt, *self._besluiten(v, besluiten)]
            return leg_vast(v, wijzigingen, sessie=sessie, gezien=gezien)

    def maak_opgave(
        self, titel: str, wie: str, domein: str | None = None, ambities: Iterable[str] = (), reden: str = "",
        *, sessie: str | None = None, gezien: int | None = None,
    ) -> str:  # fmt: skip
        """Add an opgave, with the rows that become part of it, and give its key, the next number (O20).

        Raises
        ------
        BesluitFout : no title, there is an opgave of that name, or a row cannot go there
        """
        rijen = list(ambities)
        with self._db.schrijf(actie := Actie("opgave maken", wie, rijen)) as v:
            velden = opgaven.keur(v, {"titel": titel, "domein": domein})
            code = opgaven.voeg_toe(v, velden)
            actie.objecten = [code, *rijen]
            leden = [Besluit(a, Bestemming.OPGAVE, reden, wie, code) for a in rijen]
            nieuw = Wijziging(OPGAVE, code, velden, wie, reden)
            leg_vast(v, [nieuw, *self._besluiten(v, leden)], sessie=sessie, gezien=gezien)
            return code

    def wijzig_opgave(
        self, opgave: str, wie: str, reden: str = "", *, gezien: int | None = None, **velden: object
    ) -> list[int]:
        """Give an opgave another titel or domein.

        Raises
        ------
        BesluitFout : no such opgave, no title, or another opgave has that title
        ConflictFout : somebody else changed it after `gezien`
        """
        with self._db.schrijf(Actie("opgave wijzigen", wie, [opgave])) as v:
            eis_naam(wie)
            oud = opgaven.nu(v, opgave)
            nieuw = opgaven.keur(v, oud | velden, zelf=opgave)
            opgaven.zet(v, opgave, nieuw)
            return leg_vast(v, [Wijziging(OPGAVE, opgave, nieuw, wie, reden, oud=oud)], gezien=gezien)

    def hef_op(
        self, opgave: str, wie: str, reden: str, *, sessie: str | None = None, gezien: int | None = None
    ) -> list[int]:
        """End an opgave; its rows become open again. Its activiteiten must be elsewhere first.

        Raises
        ------
        BesluitFout : no such opgave, no reason, or activiteiten still hang on it
        ConflictFout : somebody else changed it, or decided on one of its rows, after `gezien`
        """
        with self._db.schrijf(Actie("opgave opheffen", wie, [opgave])) as v:
            eis_naam(wie)
            oud = opgaven.nu(v, opgave)
            opgaven.keur_opheffen(v, opgave)
            leden = [a for a, plaats in lezen.plaatsen(v).items() if plaats == (str(Bestemming.OPGAVE), opgave)]
            los = self._besluiten(v, [Besluit(a, Bestemming.OPEN, reden, wie) for a in leden])
            opgaven.zet(v, opgave, None)
            einde = Wijziging(OPGAVE, opgave, None, wie, reden, oud=oud)
            return leg_vast(v, [*los, einde], sessie=sessie, gezien=gezien)

    def maak_ongedaan(self, volgnummer: int, wie: str, reden: str = "Ongedaan gemaakt") -> list[int]:
        """Undo the handeling that event `volgnummer` is part of: new events that put back what was before.

        Raises
        ------
        BesluitFout : no such change, something of it was changed again since, or what was before it is no
            longer possible (its opgave is gone, or the merge would now run in a circle)
        """
        with self._db.schrijf(actie := Actie("ongedaan maken", wie, [str(volgnummer)])) as v:
            eis_naam(wie)
            wijzigingen = terug(v, volgnummer, wie, reden)
            actie.objecten = list(dict.fromkeys(w.object for w in wijzigingen))
            herrezen = {w.object for w in wijzigingen if w.wat == OPGAVE and w.nieuw is not None}
            self._besluiten(v, [_als_besluit(w) for w in wijzigingen if w.wat == BESTEMMING], herrezen)
            nummers = leg_vast(v, wijzigingen)
            for w in wijzigingen:
                if w.wat == OPGAVE:
                    opgaven.zet(v, w.object, w.nieuw)
            # After the rows went back: an opgave that is not there any more may have none left.
            opgaven.keur_leden(v, lezen.plaatsen(v), [w.object for w in wijzigingen if w.wat == OPGAVE])
            return nummers

    def zet_begrotingsversie(
        self, bron: str, rol: str | None, wie: str, reden: str = "", *, gezien: int | None = None
    ) -> list[int]:
        """Say what a source with budget lines is: the begroting, a wijziging of it, or a new whole one; None puts
        back what its name says.

        Raises
        ------
        BesluitFout : no name, no such source, or no such role
        ConflictFout : somebody else said so after `gezien`
        """
        with self._db.schrijf(Actie("begrotingsversie", wie, [bron])) as v:
            eis_naam(wie)
            b = TABEL["bronnen"]
            if bron not in set(v.execute(sa.select(b.c.bron).where(b.c.tabel == "begroting")).scalars()):
                raise BesluitFout(f"'{bron}' is geen bron met begrotingsregels.")
            if rol not in (None, *Begrotingsrol):
                raise BesluitFout(f"'{rol}' kan niet; kies uit: {', '.join(Begrotingsrol)}.")
            waarde = None if rol is None else {"rol": str(rol)}
            return leg_vast(v, [Wijziging(VERSIE, bron, waarde, wie, reden)], gezien=gezien)

    def zet_parameter(self, naam: str, waarde: object, wie: str, reden: str, *, gezien: int | None = None) -> int:
        """Set a parameter of this werkmap, e.g. ``criteria.gewichten``; None puts the default back.

        Raises
        ------
        ParameterFout : no such parameter, or a value that it cannot have (`parameters.keur`)
        ConflictFout : somebody else set it after `gezien`
        """
        return self.zet_parameters({naam: waarde}, wie, reden, gezien=gezien)[0]

    def zet_parameters(
        self, waarden: Mapping[str, object], wie: str, reden: str, *, gezien: int | None = None
    ) -> list[int]:
        """As `zet_parameter`, several in one handeling: they go back together."""
        with self._db.schrijf(Actie("parameter", wie, list(waarden))) as v:
            gekeurd = {naam: keur_parameter(naam, w) for naam, w in waarden.items()}
            wijzigingen = [Wijziging(PARAMETER, naam, w, wie, reden) for naam, w in gekeurd.items()]
            return leg_vast(v, wijzigingen, gezien=gezien)

    def onthoud_koppeling(self, indeling: str, koppeling: Mapping[str, object] | None, wie: str) -> int:
        """Remember how the headers of a sheet are to be understood, for the next file of that layout.

        Parameters
        ----------
        indeling : fingerprint of the layout
        koppeling : JSON value; None forgets it
        """
        with self._db.schrijf(Actie("koppeling", wie, [indeling])) as v:
            waarde = dict(koppeling) if koppeling is not None else None
            return leg_vast(v, [Wijziging(KOPPELING, indeling, waarde, wie)])[0]

    # -- log ----------------------------------------------------------------------------------------

    def log(self, actie: Actie) -> AbstractContextManager[Actie]:
        """Log how a block ends that changes nothing here but that people should be able to find back, such as a
        file with names that somebody takes along."""
        return self._db.logboek.volg(actie)

    # -- backup -------------------------------------------------------------------------------------

    def backup(self, pad: Path, wie: str) -> Backup:
        """Write everything as it is at one moment to a file; others can go on meanwhile.

        Raises
        ------
        WerkmapFout : the file cannot be written, or is there already
        """
        with self._db.logboek.volg(Actie("backup", wie, bestanden=[pad.name])), self._db.lees() as v:
            return bewaring.schrijf(v, pad)

    def herstel(self, backup: Backup, wie: str, *, vorige: Path | None = None) -> int:
        """Replace everything by a backup, in one transaction; gives the number of the event that says so.

        Parameters
        ----------
        backup : what `opslag.backup.keur` gave
        vorige : where what is there now is kept; needed when there is something

        Raises
        ------
        NietLeegFout : the werkmap has events, and `vorige` is None
        """
        with self._db.schrijf(Actie("herstel", wie, bestanden=[backup.pad.name])) as v:
            if er_is := lezen.versie(v):
                if vorige is None:
                    raise NietLeegFout(
                        f"In werkmap '{self.naam}' staat al iets ({er_is} gebeurtenissen). Er is niets veranderd."
                    )
                bewaring.schrijf(v, vorige)
            nummer = bewaring.zet_terug(v, backup, wie)
            self._db.soort.zet_nummering(v)
            return nummer


def meld_geweigerd(adres: str | Path | sa.URL, actie: Actie, *, herkomst: str = "opdrachtregel") -> None:
    """Log what was refused before a werkmap was open.

    Not for a folder that is not there: that is a typing error or a first file, and no folder is made for it.
    """
    plek = ontleed(adres)
    map_ = plek if isinstance(plek, Path) else None
    if map_ is None or map_.is_dir():
        Logboek(map_, naam_van(plek), herkomst).schrijf(actie, Resultaat.GEWEIGERD)


def lees_actie(bladen: Sequence[Blad], wie: str) -> Actie:
    """How a reading is logged: files and counts, nothing of what is in them."""
    telling = {"rijen": sum(b.gelezen for b in bladen), "geweigerd": sum(b.geweigerd for b in bladen)}
    return Actie("inlezen", wie, bestanden=list(dict.fromkeys(b.bestand for b in bladen)), telling=telling)


def _gevolgen(a: str, b: str, oordeel: Oordeel, wie: str, reden: str, naar: str | None) -> list[Besluit]:
    """The decisions that follow from a judgement on a pair."""
    if a == b:
        raise BesluitFout("Kies twee verschillende rijen.")
    if oordeel == Oordeel.SAMENGEVOEGD:
        if naar not in (a, b):
            raise BesluitFout("Kies welke van de twee rijen de leidende tekst houdt.")
        return [Besluit(b if naar == a else a, Bestemming.SAMENGEVOEGD, reden, wie, naar)]
    if oordeel == Oordeel.VERWANT:
        return [Besluit(x, Bestemming.OPGAVE, reden, wie, naar) for x in (a, b)]
    return []


def _als_besluit(w: Wijziging) -> Besluit:
    return Besluit(w.object, Bestemming(w.nieuw["bestemming"]), w.reden, w.wie, w.nieuw["naar"])


__all__ = ["Verwerkt", "Werkmap"]
