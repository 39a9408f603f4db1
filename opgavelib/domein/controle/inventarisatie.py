"""Controles of the inventory: every row that was read is somewhere, and what hangs together does."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from opgavelib import notatie
from opgavelib.domein.controle.basis import Controle, Groep, Regel, Uitslag, opsomming, tekst

I = Groep.INVENTARISATIE  # noqa: E741
RIJEN = Regel(
    "rijen-gelezen", "Elke gelezen rij van een bestand staat in de werkmap", I,
    "Lees het bestand opnieuw in. Blijft het zo, zet dan de laatste reservekopie terug.",
)  # fmt: skip
BESTEMMING = Regel(
    "bestemming", "Elke bronrij heeft precies één bestemming", I, "Zet de laatste reservekopie terug; dit kan niet."
)
DOEL = Regel(
    "bestemming-doel", "Elke bronrij bij een opgave of andere rij verwijst naar iets wat er nog is", I,
    "Geef deze rijen een nieuwe bestemming.",
)  # fmt: skip
OPGAVE = Regel(
    "activiteit-opgave", "Elke activiteit hangt onder een opgave die bestaat", I,
    "Vul de code van de opgave in, of noem het een organisatieproject.",
)  # fmt: skip
DRIEHOEK = Regel(
    "sturingsdriehoek", "Elke opgave met prioriteit nu heeft opdrachtgevers en een opdrachtnemer", I,
    "Spreek in de contractering af wie het is.", Uitslag.LET_OP,
)  # fmt: skip
TEGELIJK = Regel(
    "tegelijk", "Niet te veel opgaven hebben prioriteit nu", I, "Bespreek wat later kan.", Uitslag.LET_OP
)
INSTELLING = Regel(
    "instelling", "Elke instelling van de werkmap kan", I, "Kies haar opnieuw; zolang geldt de standaard.",
    Uitslag.LET_OP,
)  # fmt: skip
ROLLEN = {
    "bestuurlijk_opdrachtgever": "bestuurlijk opdrachtgever",
    "ambtelijk_opdrachtgever": "ambtelijk opdrachtgever",
    "opdrachtnemer": "opdrachtnemer",
}


def rijen_opgenomen(bladen: pd.DataFrame) -> Controle:
    """The conservation law from file to werkmap: as many rows as were read.

    Parameters
    ----------
    bladen : DataFrame, a row per sheet; bestand, blad, gelezen, opgenomen
    """
    if bladen.empty:
        return RIJEN.niet("Er is nog niets gelezen.")
    mis = bladen[bladen["gelezen"] != bladen["opgenomen"]].assign(rij=None)
    return RIJEN.oordeel(
        mis,
        f"{notatie.getal(int(bladen['gelezen'].sum()))} rijen gelezen uit "
        f"{notatie.aantal(len(bladen), 'blad', 'bladen')}; ze staan er alle.",
        lambda m: (
            f"Er zijn {notatie.getal(int(m['gelezen'].sum()))} rijen gelezen en er staan er "
            f"{notatie.getal(int(m['opgenomen'].sum()))}."
        ),
        lambda r: f"{notatie.getal(r.gelezen)} gelezen, {notatie.getal(r.opgenomen)} in de werkmap",
        lambda r: int(r.opgenomen),
    )


def een_bestemming(ambities: pd.DataFrame, aantallen: Mapping[str, int], bestemmingen: Collection[str]) -> Controle:
    """The conservation law within the werkmap: the counts per bestemming add up to the rows.

    Parameters
    ----------
    ambities : DataFrame, index ambitie; bestemming, titel, bestand, blad, rij
    aantallen : rows per bestemming, as the screens show them
    """
    if ambities.empty:
        return BESTEMMING.niet("Er zijn nog geen bronrijen gelezen.")
    mis = ambities[ambities.index.duplicated(keep=False) | ~ambities["bestemming"].isin(list(bestemmingen))]
    som = sum(aantallen.values())
    if mis.empty and som != len(ambities):
        zin = (
            f"De bestemmingen tellen op tot {notatie.getal(som)}; er zijn {notatie.getal(len(ambities))} bronrijen."
        )
        return BESTEMMING.mis(zin)
    return BESTEMMING.oordeel(
        mis,
        f"{notatie.getal(som)} bronrijen, en alle bestemmingen samen zijn {notatie.getal(len(ambities))}.",
        lambda m: f"{notatie.aantal(len(m), 'bronrij heeft', 'bronrijen hebben')} geen of meer dan een bestemming.",
        lambda r: f"{r.Index} {tekst(r.titel)}",
    )


def doel_bestaat(ambities: pd.DataFrame, opgaven: Collection[str]) -> Controle:
    """What became part of an opgave, or went up in another row, can still be found there.

    Parameters
    ----------
    ambities : with naar
    opgaven : keys of the opgaven that are there
    """
    if ambities.empty:
        return DOEL.niet("Er zijn nog geen bronrijen gelezen.")
    bij_opgave = ambities["bestemming"].eq("opgave")
    op_in = ambities["bestemming"].eq("samengevoegd")
    mis = ambities[(bij_opgave & ~ambities["naar"].isin(list(opgaven)))
                   | (op_in & ~ambities["naar"].isin(ambities.index))]  # fmt: skip
    return DOEL.oordeel(
        mis,
        f"{notatie.getal(int(bij_opgave.sum()))} rijen bij een opgave en {notatie.getal(int(op_in.sum()))} "
        "samengevoegde rijen; alle zijn te volgen.",
        lambda m: (
            f"{notatie.aantal(len(m), 'rij verwijst', 'rijen verwijzen')} naar "
            f"{opsomming([tekst(n) for n in m['naar'].unique()])}, en dat is er niet (meer)."
        ),
        lambda r: f"{r.Index} {tekst(r.titel)}",
        lambda r: r.naar,
    )


def onder_opgave(activiteiten: pd.DataFrame, opgaven: Collection[str]) -> Controle:
    """Every activiteit has its opgave; an organisatieproject needs none."""
    # Without soort and without opgave it is an organisatieproject, as when it is read.
    organisatie = activiteiten["soort"].fillna("organisatieproject").eq("organisatieproject")
    werk = activiteiten[~organisatie | activiteiten["opgave"].notna()]
    if werk.empty:
        return OPGAVE.niet("Er zijn nog geen activiteiten gelezen.")
    return OPGAVE.oordeel(
        werk[~werk["opgave"].isin(list(opgaven))],
        f"{notatie.aantal(len(werk), 'activiteit', 'activiteiten')} onder "
        f"{notatie.aantal(werk['opgave'].nunique(), 'opgave', 'opgaven')}.",
        lambda m: f"Zonder bestaande opgave: {opsomming([str(a) for a in m.index])}.",
        lambda r: f"{r.Index} {tekst(r.titel)}",
        lambda r: r.opgave,
    )


def instellingen_kunnen(afgekeurd: Mapping[str, str]) -> Controle:
    """No parameter that the werkmap keeps is of another kind than its default, or impossible.

    Parameters
    ----------
    afgekeurd : name -> why its value cannot be
    """
    mis = pd.DataFrame({"bestand": "", "blad": "", "rij": None, "waarom": list(afgekeurd.values())})
    return INSTELLING.oordeel(
        mis, "Alle instellingen kunnen.", lambda m: " ".join(m["waarom"].head(3)), lambda r: r.waarom
    )


def heeft_driehoek(opgaven: pd.DataFrame) -> Controle:
    """Who gives and who takes on an opgave that goes first, is known; names are not said.

    References
    ----------
    Sturingsdriehoek: Heemskerk, kenniskring 21-3-2024.
    """
    nu = opgaven[opgaven["prioriteit"] == "nu"]
    if nu.empty:
        return DRIEHOEK.niet("Nog geen opgave heeft prioriteit nu.")
    mist = pd.DataFrame({rol: nu[rol].fillna("").astype(str).str.strip().eq("") for rol in ROLLEN})
    mis = nu.assign(mist=[opsomming([ROLLEN[k] for k in mist if rij[k]]) for _, rij in mist.iterrows()])
    return DRIEHOEK.oordeel(
        mis[mist.any(axis=1)],
        f"Alle {notatie.aantal(len(nu), 'opgave', 'opgaven')} met prioriteit nu zijn belegd.",
        lambda m: f"Niet compleet: {opsomming([str(o) for o in m.index])}.",
        lambda r: f"{r.Index} {tekst(r.titel)}: mist {r.mist}",
    )


def niet_te_veel(opgaven: pd.DataFrame, te_veel: str, hoogstens: int) -> Controle:
    """At most so many opgaven go first.

    Parameters
    ----------
    te_veel : `Stand.te_veel_tegelijk`, empty when they are not too many

    References
    ----------
    At most five at once: VPNG webinar for wethouders, 2022.
    """
    nu = opgaven[opgaven["prioriteit"] == "nu"]
    if opgaven.empty:
        return TEGELIJK.niet("Er zijn nog geen opgaven.")
    return TEGELIJK.oordeel(
        nu if te_veel else nu.iloc[:0],
        f"{notatie.aantal(len(nu), 'opgave heeft', 'opgaven hebben')} prioriteit nu; hoogstens {hoogstens}.",
        lambda _: te_veel,
        lambda r: f"{r.Index} {tekst(r.titel)}",
    )
