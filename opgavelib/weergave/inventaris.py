"""What was read, as tables."""

from __future__ import annotations

from opgavelib import notatie
from opgavelib.domein.ranking import Scorekaart
from opgavelib.weergave.figuur import Figuur, kolom, leeg, records
from opgavelib.weergave.trechter import NAMEN

BRONNEN = (
    kolom("bestand", "Bestand"),
    kolom("blad", "Blad"),
    kolom("soort", "Soort"),
    kolom("kopregel", "Kop op rij", "getal"),
    kolom("rijen_gelezen", "Rijen", "getal"),
    kolom("rijen_geweigerd", "Geweigerd", "getal"),
    kolom("koppen", "Zo gelezen"),
)
AMBITIES = (
    kolom("ambitie", "Code"),
    kolom("titel", "Ambitie"),
    kolom("programma", "Thema of programma"),
    kolom("portefeuillehouder", "Portefeuillehouder"),
    kolom("team", "Team"),
    kolom("budget_eur", "Budget", "euro"),
    kolom("uren", "Uren", "uren"),
    kolom("bestemming", "Bestemming"),
    kolom("reden", "Reden"),
    kolom("bestand", "Bestand"),
    kolom("rij", "Rij", "getal"),
)


def bronnen(tabel) -> Figuur:
    """Every sheet that was read, with the header that each column came from.

    Parameters
    ----------
    tabel : the table bronnen of the werkmap
    """
    if tabel.empty:
        return leeg("Er is nog niets ingelezen. Begin met `opgave lees` en een inventarisatie.", BRONNEN)
    koppen = [
        ", ".join(f"{eigen} → {onze}" for eigen, onze in (k or {}).items() if onze) for k in tabel["kolommen"]
    ]
    rijen = records(tabel.assign(koppen=koppen), BRONNEN)
    gelezen = notatie.aantal(int(tabel["rijen_gelezen"].sum()), "rij", "rijen")
    bladen = notatie.aantal(len(tabel), "blad", "bladen")
    bestanden = notatie.aantal(tabel["bestand"].nunique(), "bestand", "bestanden")
    geweigerd = int(tabel["rijen_geweigerd"].sum())
    zin = f"{gelezen} gelezen uit {bladen} van {bestanden}; {geweigerd} geweigerd."
    return Figuur({}, zin, BRONNEN, rijen, 0)


def ambities(tabel, conclusie: str = "") -> Figuur:
    """Source rows with their bestemming; the table can be searched.

    Parameters
    ----------
    tabel : `Stand.ambities`, or part of it
    """
    if tabel.empty:
        return leeg("Er zijn geen ambities gevonden.", AMBITIES)
    leesbaar = tabel.assign(bestemming=tabel["bestemming"].map(NAMEN))
    zin = (
        conclusie
        or f"{notatie.aantal(len(tabel), 'ambitie', 'ambities')} uit {tabel['bestand'].nunique()} bestanden."
    )
    return Figuur({}, zin, AMBITIES, records(leesbaar, AMBITIES), 0)


def oneens(kaart: Scorekaart, titels, namen, hoogstens: int = 10) -> Figuur:
    """Where assessors disagree most: spread per ambitie, widest first.

    Parameters
    ----------
    kaart : Scorekaart with two or more assessors
    titels : Series (ambitie), text
    namen : per criterium the name that people read
    """
    kolommen = [
        kolom("ambitie", "Code"),
        kolom("titel", "Ambitie"),
        kolom("gemiddelde_spreiding", "Spreiding", "score"),
        *(kolom(c, namen.get(c, c), "score") for c in kaart.gemiddeld.columns),
    ]
    spreiding = kaart.spreiding[kaart.beoordelaars > 1].mean(axis=1).dropna()
    if spreiding.empty:
        return leeg("Er zijn nog geen twee beoordelaars, dus er is geen spreiding te zien.", kolommen)
    top = spreiding.sort_values(ascending=False, kind="stable").head(hoogstens)
    tabel = kaart.gemiddeld.loc[top.index].assign(titel=titels.loc[top.index], gemiddelde_spreiding=top)
    eerste = notatie.kort(titels.loc[top.index[0]], 70)
    breed = notatie.getal(float(top.iloc[0]), 1)
    zin = (
        f"Over '{eerste}' lopen de oordelen het verst uiteen: {breed} punt spreiding op een schaal van 1 tot 5. "
        f"Bespreek de bovenste {len(top)} voordat u besluit."
    )
    return Figuur({}, zin, kolommen, records(tabel, kolommen), 0)
