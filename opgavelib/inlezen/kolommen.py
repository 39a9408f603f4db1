"""Which table a sheet holds, and which of its headers is which column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType

from opgavelib.inlezen.koppen import EXACT, LIJKT, Woordenlijst, jaar_in, kwartaal_in, normaliseer, wijs_toe
from opgavelib.inlezen.waarden import vlak
from opgavelib.woordenboek import Kolom, tabel

SOORTEN = ("coalitieakkoord", "begroting", "top5", "teams", "activiteiten", "scores")


@dataclass(frozen=True)
class Opzet:
    """What makes a sheet this kind of table.

    Attributes
    ----------
    tabel : name of the kind; a table of the dictionary, or ``top5`` (ambities and stemmen at once)
    nodig : groups of columns; of each group at least one must be found
    eigen : columns that other kinds do not have; they decide between look-alikes
    hints : words in file or sheet name
    soorten : kinds of source it may come from, the usual one first
    """

    tabel: str
    nodig: tuple[tuple[str, ...], ...]
    eigen: tuple[str, ...]
    hints: tuple[str, ...]
    soorten: tuple[str, ...]


OPZETTEN = (
    Opzet(
        "top5",
        (("collegelid", "rang"), ("titel", "omschrijving")),
        ("collegelid", "rang"),
        ("top 5", "top5", "prioriteiten college", "college top"),
        ("top5",),
    ),
    Opzet(
        "begroting",
        (("lasten_eur",), ("taakveld", "programma", "omschrijving")),
        ("lasten_eur", "baten_eur"),
        ("begroting",),
        ("begroting",),
    ),
    Opzet(
        "scores",
        (("ambitie",), ("score",)),
        ("criterium", "beoordelaar", "score"),
        ("score", "scores", "beoordeling", "prioritering", "weging"),
        ("scores",),
    ),
    Opzet(
        "inzet",
        (("activiteit",), ("team",), ("uren_gevraagd", "uren_toegezegd")),
        ("kwartaal", "uren_gevraagd", "uren_toegezegd"),
        ("inzet", "uren", "capaciteit", "ureninzet"),
        ("activiteiten",),
    ),
    Opzet(
        "teams",
        (("team",), ("fte", "teamleider", "lean_aandeel", "lean_uren")),
        ("fte", "teamleider", "uren_per_fte", "lean_aandeel"),
        ("team", "teams", "formatie"),
        ("teams",),
    ),
    Opzet(
        "activiteiten",
        (("titel", "activiteit"),),
        (
            "opgave",
            "fase",
            "idee",
            "netwerk",
            "besluitvorming",
            "complexiteit",
            "stoplicht_tijd",
            "stoplicht_geld",
            "stoplicht_kwaliteit",
        ),
        ("activiteit", "activiteiten", "project", "projecten", "organisatieproject", "organisatieprojecten"),
        ("activiteiten",),
    ),
    Opzet(
        "opgaven",
        (("titel", "opgave"),),
        ("bestuurlijk_opdrachtgever", "ambtelijk_opdrachtgever", "opdrachtnemer", "werkwijze", "prioriteit"),
        ("opgave", "opgaven", "shortlist", "opgavenlijst"),
        ("activiteiten",),
    ),
    Opzet(
        "ambities",
        (("titel", "omschrijving"),),
        ("wettelijk", "werksoort", "gebied", "portefeuillehouder"),
        ("ambitie", "ambities", "afspraken", "coalitieakkoord", "akkoord", "speerpunten"),
        ("coalitieakkoord", "begroting", "top5"),
    ),
)
# Keys that the werkmap hands out, or that follow from the sheet: a source need not have them.
SLEUTELS = frozenset(["ambitie", "regel", "stem", "inzet", "oordeel"])


@dataclass(frozen=True)
class Koppeling:
    """The outcome for one sheet.

    Attributes
    ----------
    kolommen : Excel column -> our column
    kwartalen, criteria : Excel column -> quarter or criterium, for wide sheets
    dubbel : Excel column -> our column that a better header already has
    gokken : Excel columns whose header only looked like a name
    score : how well the sheet fits; comparable between kinds and between header rows
    """

    opzet: Opzet
    kolommen: Mapping[int, str]
    kwartalen: Mapping[int, str] = field(default_factory=dict)
    criteria: Mapping[int, str] = field(default_factory=dict)
    dubbel: Mapping[int, str] = field(default_factory=dict)
    gokken: frozenset[int] = frozenset()
    score: float = 0.0

    @property
    def naar(self) -> dict[str, int]:
        """Our column -> Excel column."""
        return {ons: kolom for kolom, ons in self.kolommen.items()}

    @property
    def compleet(self) -> bool:
        """Whether everything that makes the table recognisable was found."""
        return not self.ontbreekt

    @property
    def ontbreekt(self) -> tuple[tuple[str, ...], ...]:
        """Groups of which no column was found."""
        gevonden = set(self.kolommen.values())
        if self.kwartalen:
            gevonden |= {"uren_gevraagd", "kwartaal"}
        if self.criteria:
            gevonden |= {"score", "criterium"}
        return tuple(groep for groep in self.opzet.nodig if not gevonden & set(groep))


@cache
def kolommen_van(naam: str) -> Mapping[str, Kolom]:
    """Columns a source may have for this kind of sheet."""
    if naam != "top5":
        # Cents stand in the cell of the euros, not in a column of their own.
        return MappingProxyType({k: v for k, v in tabel(naam).items() if v.eenheid != "cent"
                                 and (k not in SLEUTELS or (naam == "scores" and k == "ambitie"))})  # fmt: skip
    uit = {k: v for k, v in tabel("stemmen").items() if k in ("collegelid", "rang")}
    # In a top-5 "Wethouder" is whose top-5 it is.
    lid, houder = uit["collegelid"], tabel("ambities")["portefeuillehouder"]
    uit["collegelid"] = replace(lid, synoniemen=tuple(dict.fromkeys(lid.synoniemen + houder.synoniemen)))
    uit["rang"] = replace(uit["rang"], synoniemen=(*uit["rang"].synoniemen, "prioriteit", "top 5", "prio", "#"))
    return MappingProxyType(uit | {k: v for k, v in tabel("ambities").items() if k != "ambitie"})


@cache
def woordenlijst(naam: str) -> Woordenlijst:
    """`Woordenlijst` of one kind of sheet."""
    return Woordenlijst(kolommen_van(naam))


def alle_kolommen() -> frozenset[str]:
    """Every column that an override may name."""
    return frozenset(k for o in OPZETTEN for k in kolommen_van(o.tabel))


def koppel(
    koppen: Mapping[int, str],
    opzet: Opzet,
    *,
    eigen: Mapping[str, str],
    criteria: Mapping[str, str],
    naam_hint: str = "",
    getalkolommen: frozenset[int] = frozenset(),
) -> Koppeling:
    """Match the headers of one row with the columns of one kind of sheet.

    Parameters
    ----------
    koppen : Excel column -> header as written
    eigen : normalised own header -> our column, which the user insists on; "" is: do not use
    criteria : normalised name or code -> criterium
    naam_hint : file and sheet name, `vlak`
    getalkolommen : Excel columns that hold almost only numbers; those are no titel
    """
    lijst, mogelijk = woordenlijst(opzet.tabel), kolommen_van(opzet.tabel)
    kandidaten, vast, kwartalen, crit, dubbel_kwartaal = {}, {}, {}, {}, {}
    jaar = jaar_in(naam_hint)
    for kolom, kop in koppen.items():
        norm = normaliseer(kop)
        if norm in eigen:
            if eigen[norm] in mogelijk:
                vast[kolom] = eigen[norm]
        elif opzet.tabel in ("inzet", "activiteiten") and (kwartaal := kwartaal_in(kop)):
            # The same quarter twice is not twice the hours.
            if kwartaal in kwartalen.values():
                dubbel_kwartaal[kolom] = "uren_gevraagd"
            else:
                kwartalen[kolom] = kwartaal
        elif opzet.tabel == "scores" and norm in criteria:
            crit[kolom] = criteria[norm]
        else:
            # "Lasten 2026" beside "Lasten 2027" in begroting_2027.xlsx
            erbij = 0.2 if jaar is not None and jaar_in(kop) == jaar else 0.0
            kandidaten[kolom] = {
                k: g + erbij for k, g in lijst.passend(kop).items() if _inhoud_kan(k, kolom in getalkolommen)
            }
    bezet = set(vast.values())
    kandidaten = {
        kolom: {k: g for k, g in opties.items() if k not in bezet} for kolom, opties in kandidaten.items()
    }
    gevonden = wijs_toe({k: o for k, o in kandidaten.items() if o})
    dubbel = {k: max(o, key=o.__getitem__) for k, o in kandidaten.items() if o and k not in gevonden}
    dubbel |= dubbel_kwartaal
    dubbel |= {
        k: max(alle, key=alle.__getitem__)
        for k in kandidaten if not kandidaten[k] and (alle := lijst.passend(koppen[k])) and bezet & alle.keys()
    }  # fmt: skip
    score = sum(0.7 + 0.1 * kandidaten[k][ons] for k, ons in gevonden.items()) + 1.2 * len(vast)
    alles = {**gevonden, **vast}
    if opzet.tabel == "inzet":
        score += min(len(kwartalen), 4)
    score += 1.5 * min(len(crit), 4)
    score += 0.8 * len(set(alles.values()) & set(opzet.eigen))
    score += 1.5 * any(f" {h} " in f" {naam_hint} " for h in opzet.hints)
    return Koppeling(opzet, alles, kwartalen, crit, dubbel, frozenset(), score)


def _inhoud_kan(ons: str, getallen: bool) -> bool:
    """Numbers are no titel and words no rang: "Prioriteit" may head either."""
    return ons not in ("titel", "omschrijving") if getallen else ons != "rang"


def raad_bij(koppeling: Koppeling, koppen: Mapping[int, str], eigen: Mapping[str, str]) -> Koppeling:
    """Give headers that are left over a free column when they differ by a typing error only."""
    lijst, mogelijk = woordenlijst(koppeling.opzet.tabel), kolommen_van(koppeling.opzet.tabel)
    erbij: dict[int, str] = {}
    bekend = {*koppeling.kolommen, *koppeling.kwartalen, *koppeling.criteria, *koppeling.dubbel}
    for kolom in sorted(set(koppen) - bekend, key=lambda k: normaliseer(koppen[k])):
        if normaliseer(koppen[kolom]) in eigen:
            continue
        vrij = set(mogelijk) - set(koppeling.kolommen.values()) - set(erbij.values())
        if ons := lijst.lijkt_op(koppen[kolom], vrij):
            erbij[kolom] = ons
    return replace(
        koppeling,
        kolommen={**koppeling.kolommen, **erbij},
        gokken=frozenset(erbij),
        score=koppeling.score + LIJKT * len(erbij),
    )


def zeker(koppeling: Koppeling, koppen: Mapping[int, str], kolom: int) -> bool:
    """Whether the header is our own column name, so that doubt about it is not in order."""
    ons = koppeling.kolommen[kolom]
    return woordenlijst(koppeling.opzet.tabel).passend(koppen[kolom]).get(ons, 0) > EXACT - 0.5


def bepaal_soort(opzet: Opzet, naam_hint: str, naast: frozenset[str]) -> str:
    """Kind of source of a sheet when the user did not say; `naast` are other kinds in the same file."""
    if opzet.tabel != "ambities":
        return opzet.soorten[0]
    plat = f" {vlak(naam_hint)} "
    if "begroting" in naast or "begroting" in plat or "speerpunt" in plat:
        return "begroting"
    return "coalitieakkoord"
