"""Reading tables and what follows from the events, within a transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from opgavelib import woordenboek
from opgavelib.domein.bestemming import Spoor, volg
from opgavelib.opslag.handeling import BESTEMMING, STIL, toestanden
from opgavelib.opslag.tabellen import TABEL, sleutel, volgorde

if TYPE_CHECKING:
    import pandas as pd

_GETALLEN = frozenset(["geheel", "bedrag", "jaar", "getal", "uren", "fte", "aandeel", "score"])


def tabel(v: sa.Connection, naam: str, *, ook_vervallen: bool) -> pd.DataFrame:
    """One table as `Werkmap.tabel` gives it."""
    import pandas as pd

    t = TABEL[naam]
    vraag = sa.select(t)
    if "vervallen" in t.c and not ook_vervallen:
        vraag = vraag.where(~t.c.vervallen)
    vraag = vraag.order_by(t.c.volgnummer if "volgnummer" in t.c else volgorde())
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


def versie(v: sa.Connection) -> int:
    """Number of the last event; 0 when there is none."""
    return int(v.execute(sa.select(sa.func.max(TABEL["gebeurtenissen"].c.volgnummer))).scalar() or 0)


def zichtbare_versie(v: sa.Connection) -> int:
    """Number of the last event that everybody may see; hidden judgements in a session are not among those."""
    g = TABEL["gebeurtenissen"]
    vraag = sa.select(g.c.volgnummer).where(*(g.c.wat.not_like(f"{stil}%") for stil in STIL))
    return int(v.execute(vraag.order_by(g.c.volgnummer.desc()).limit(1)).scalar() or 0)


def ambities(v: sa.Connection) -> list[str]:
    """Keys of all source rows, in the order in which they were stored."""
    return list(v.execute(sa.select(TABEL["ambities"].c.ambitie).order_by(volgorde())).scalars())


def spoor(v: sa.Connection) -> Spoor:
    """Where every source row is, with who decided it and why."""
    import pandas as pd

    g = TABEL["gebeurtenissen"]
    vraag = sa.select(g.c.object, g.c.nieuw, g.c.reden, g.c.wie, g.c.tijdstip, g.c.volgnummer)
    rijen = v.execute(vraag.where(g.c.wat == BESTEMMING).order_by(g.c.volgnummer)).all()
    besluiten = pd.DataFrame(
        [
            (r.object, r.nieuw["bestemming"], r.nieuw["naar"], r.reden, r.wie, r.tijdstip, r.volgnummer)
            for r in rijen
        ],
        columns=["ambitie", "bestemming", "naar", "reden", "wie", "tijdstip", "volgnummer"],
    )
    return volg(ambities(v), besluiten)


def plaatsen(v: sa.Connection) -> dict[str, tuple[str, str | None]]:
    """Per source row its (bestemming, naar): what checking a decision needs of `spoor`, in a tenth of the time."""
    nu = dict.fromkeys(ambities(v), ("open", None))
    return nu | {a: (n["bestemming"], n["naar"]) for a, n in toestanden(v, BESTEMMING).items()}


def opgaven(v: sa.Connection) -> set[str]:
    """Keys of the opgaven that are there."""
    o = TABEL["opgaven"]
    return set(v.execute(sa.select(o.c.opgave).where(~o.c.vervallen)).scalars())
