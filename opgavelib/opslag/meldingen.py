"""What storing has to say: rows that went, rows that are there twice, and a file that was here before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import sqlalchemy as sa

from opgavelib import notatie
from opgavelib.fouten import Bevinding, Ernst
from opgavelib.opslag.tabellen import TABEL, inhoud, sleutel
from opgavelib.opslag.vergelijk import Rij, Verschil, schoon, wijziging

if TYPE_CHECKING:
    from opgavelib.opslag.inname import Blad

_TOON = 4
# Share of the text that is the same when a new row may be a gone one in other words: below `vergelijk.ALIKE`, so
# that it is said and not done; two ambities of one field that have nothing else in common stay below it.
_MISSCHIEN = 0.45
_HOOGUIT_PAREN, _HOOGUIT_TEKENS = 1_000, 200
# Fewer rows in common say nothing.
_MINST_GEDEELD = 2


def vervallen(blad: Blad, tabel: str, verschil: Verschil) -> list[Bevinding]:
    """Rows of a sheet that are not in it any more, with the new rows that they may have become."""
    if not verschil.weg:
        return []
    staan = notatie.aantal(len(verschil.weg), "rij van de vorige keer staat", "rijen van de vorige keer staan")
    doe = "Niets, als dat klopt: ze blijven als vervallen bewaard, met hun besluiten."
    if lijkt := misschien_dezelfde(verschil) if tabel == "ambities" else []:
        k = sleutel(tabel)
        paren = "; ".join(
            f"{oud[k]} (rij {oud['rij']}) lijkt op de nieuwe rij {nieuw['rij']}" for oud, nieuw in lijkt
        )
        doe += f" Kijk wel even: {paren}. Is het dezelfde, neem dan het besluit over."
    probleem = f"{staan} niet meer in het bestand."
    return [Bevinding(blad.bestand, blad.blad, ernst=Ernst.LET_OP, probleem=probleem, doe=doe)]


def misschien_dezelfde(verschil: Verschil) -> list[tuple[Rij, Rij]]:
    """Gone and new rows that look alike, but not enough to be taken for the same; at most four pairs."""
    if len(verschil.weg) * len(verschil.nieuw) > _HOOGUIT_PAREN:
        return []
    paren = []
    for oud in verschil.weg:
        for nieuw in verschil.nieuw:
            a, b = (_plat(r.get("titel"))[:_HOOGUIT_TEKENS] for r in (oud, nieuw))
            maat = SequenceMatcher(None, a, b, autojunk=False)
            if maat.quick_ratio() >= _MISSCHIEN and (deel := maat.ratio()) >= _MISSCHIEN:
                paren.append((deel, len(paren), oud, nieuw))
    uit: list[tuple[Rij, Rij]] = []
    for _, _, oud, nieuw in sorted(paren, key=lambda p: (-p[0], p[1])):
        if not any(oud is o or nieuw is n for o, n in uit):
            uit.append((oud, nieuw))
    return uit[:_TOON]


def blad_weg(bron: Mapping, aantal: int) -> Bevinding:
    """A sheet that left its file, with its rows."""
    zijn = notatie.aantal(aantal, "rij is", "rijen zijn")
    return Bevinding(
        bron["bestand"], bron["blad"], ernst=Ernst.LET_OP,
        probleem=f"Blad '{bron['blad']}' staat niet meer in het bestand; {zijn} vervallen.",
        doe="Niets, als dat klopt: ze blijven bewaard, met hun besluiten. Is dit een ander bestand, geef het dan "
        "een eigen naam en lees het vorige opnieuw in.",
    )  # fmt: skip


def kopie(bron: Mapping, blad: Blad) -> Bevinding:
    """A file with the content of one that was read under another name."""
    tekst = f"Dit bestand is gelijk aan {bron['bestand']}, dat al is ingelezen; er is niets toegevoegd."
    return Bevinding(blad.bestand, ernst=Ernst.INFO, probleem=tekst)


def overgenomen(
    verbinding: sa.Connection, blad: Blad, tabel: str, bron: str, verschil: Verschil, weg: Collection[str]
) -> list[Bevinding]:
    """Rows of a shared table that another sheet had with other values; what was read last counts.

    Parameters
    ----------
    bron : key of this source
    weg : sources whose sheet left its file
    """
    per_bron: dict[str, list[tuple[Rij, Rij]]] = {}
    for oud, nieuw in verschil.gewijzigd:
        if oud["bron"] not in (bron, *weg) and not oud["vervallen"]:
            per_bron.setdefault(oud["bron"], []).append((oud, nieuw))
    b = TABEL["bronnen"]
    vraag = sa.select(b.c.bron, b.c.bestand, b.c.blad).where(b.c.bron.in_(per_bron)).order_by(b.c.bron)
    uit = []
    for andere in verbinding.execute(vraag) if per_bron else ():
        daar, hier = f"in {andere.bestand}", f"in {blad.bestand}"
        if andere.bestand == blad.bestand:
            daar, hier = f"op blad '{andere.blad}'", f"op blad '{blad.blad}'"
        paren = per_bron[andere.bron]
        for groep in [[p] for p in paren] if len(paren) <= _TOON else [paren]:
            velden = dict.fromkeys(v for oud, nieuw in groep for v in wijziging(tabel, oud, nieuw)[1])
            uit.append(
                Bevinding(
                    blad.bestand, blad.blad, groep[0][1]["rij"], ernst=Ernst.LET_OP,
                    probleem=f"{_wie_ook(tabel, [n for _, n in groep])} ook {daar}; wat {hier} staat, geldt nu.",
                    doe=f"Anders is: {', '.join(v.replace('_', ' ') for v in velden)}. Klopt dat niet, verbeter "
                    f"het dan in {blad.bestand} en lees dat opnieuw in.",
                )
            )  # fmt: skip
    return uit


def _wie_ook(tabel: str, rijen: Sequence[Rij]) -> str:
    if len(rijen) > 1:
        naam = {"inzet": "aanvragen van uren"}.get(tabel, tabel)
        return f"{notatie.getal(len(rijen))} {naam} ({_rijen([r['rij'] for r in rijen])}) staan"
    rij = rijen[0]
    if tabel == "inzet":
        return f"De uren van {_team(rij)} voor {rij['activiteit']} in {rij['kwartaal']} staan"
    naam = _team(rij) if tabel == "teams" else f"{sleutel(tabel)} {rij[sleutel(tabel)]}"
    return f"{naam[:1].upper()}{naam[1:]} staat"


def _team(rij: Rij) -> str:
    naam = str(rij["team"])
    return naam if naam.casefold().startswith("team ") else f"team {naam}"


def blad_hernoemd(bron: Mapping, blad: Blad) -> Bevinding:
    """A sheet that is one we know, under another name."""
    tekst = f"Blad '{bron['blad']}' heet nu '{blad.blad}'; de rijen houden hun sleutel en hun besluiten."
    return Bevinding(blad.bestand, blad.blad, ernst=Ernst.INFO, probleem=tekst)


def tweede_begroting(verbinding: sa.Connection, blad: Blad, bron: str, weg: Collection[str]) -> list[Bevinding]:
    """Another source that has lines of the same year; both add up.

    Parameters
    ----------
    bron : key of this source
    weg : sources whose sheet left its file
    """
    if "begroting" not in blad.tabellen or "jaar" not in blad.tabellen["begroting"]:
        return []
    t = TABEL["begroting"]
    jaren = {schoon(j) for j in blad.tabellen["begroting"]["jaar"]} - {None}
    dubbel = verbinding.execute(
        sa.select(t.c.bron, t.c.jaar)
        .where(t.c.bron.not_in([bron, *weg]), t.c.jaar.in_(jaren), ~t.c.vervallen)
        .distinct()
        .order_by(t.c.bron, t.c.jaar)
    ).all()
    return [
        Bevinding(
            blad.bestand, blad.blad, ernst=Ernst.LET_OP,
            probleem=f"Van {jaar} staat er al een begroting in de werkmap ({andere}).",
            doe="Zeg op de pagina Controle, bij Aansluiting, wat dit is: een begroting die erbij komt, een "
            "wijziging, of een nieuwe die de vorige vervangt. Zonder 'wijziging' in de naam tellen de regels op.",
        )
        for andere, jaar in dubbel
    ]  # fmt: skip


def dubbele_regels(blad: Blad, rijen: Sequence[Rij]) -> list[Bevinding]:
    """Lines of the budget that are the same to the letter; both count."""
    velden = inhoud("begroting")
    gelijk: dict[tuple, list[int]] = {}
    for rij in rijen:
        if rij["lasten_eur"] or rij["baten_eur"]:
            gelijk.setdefault(tuple(rij[v] for v in velden), []).append(rij["rij"])
    groepen = [nummers for nummers in gelijk.values() if len(nummers) > 1]
    if not groepen:
        return []
    waar = "; ".join(_rijen(g) for g in groepen[:_TOON])
    nog = f" en nog {len(groepen) - _TOON}" if len(groepen) > _TOON else ""
    staat = notatie.aantal(len(groepen), "regel staat", "regels staan")
    return [
        Bevinding(
            blad.bestand, blad.blad, groepen[0][1], ernst=Ernst.LET_OP,
            probleem=f"{staat} meer dan één keer op dit blad, precies gelijk: {waar}{nog}. Ze tellen mee.",
            doe="Haal weg wat dubbel is, of geef elke regel een eigen omschrijving.",
        )
    ]  # fmt: skip


def _rijen(nummers: Sequence[int]) -> str:
    delen = [str(n) for n in nummers]
    if len(delen) > _TOON:
        delen[_TOON - 1 :] = [f"nog {len(delen) - _TOON + 1}"]
    return f"rij {', '.join(delen[:-1])} en {delen[-1]}"


def al_gelezen(
    verbinding: sa.Connection, blad: Blad, rijen: Sequence[Rij], weg: Collection[str]
) -> list[Bevinding]:
    """A new source with many rows of a stored one: perhaps a new version under another name.

    Only of a source of the same soort or with the same headers: that a council member asks what the
    coalitieakkoord says too is no mistake.

    Parameters
    ----------
    rijen : source rows of the new source
    weg : sources whose sheet left its file
    """
    t, b = TABEL["ambities"], TABEL["bronnen"]
    nieuw = Counter(_plat(r["titel"]) for r in rijen)
    bronnen = {
        r.bron: r
        for r in verbinding.execute(sa.select(b).where(b.c.bron.not_in(list(weg))).order_by(b.c.bron))
        if r.soort == blad.soort or r.kolommen == dict(blad.kolommen)
    }
    per_bron: dict[str, Counter] = {bron: Counter() for bron in bronnen}
    for bron, titel in verbinding.execute(sa.select(t.c.bron, t.c.titel).where(~t.c.vervallen)):
        if bron in per_bron:
            per_bron[bron][_plat(titel)] += 1
    samen = {bron: (oud & nieuw).total() for bron, oud in per_bron.items()}
    meest = max(samen, key=samen.get, default=None)
    if meest is None or samen[meest] < max(_MINST_GEDEELD, nieuw.total() / 2):
        return []
    oude = bronnen[meest]
    zelfde_bestand = oude.bestand == blad.bestand
    waar = f"op blad '{oude.blad}'" if zelfde_bestand else oude.bestand
    staan = f"{notatie.getal(samen[meest])} van de {notatie.aantal(nieuw.total(), 'rij', 'rijen')}"
    return [
        Bevinding(
            blad.bestand, blad.blad, ernst=Ernst.LET_OP,
            probleem=f"{staan} staan al in de werkmap ({waar}) en tellen nu dubbel.",
            doe="Haal een van de twee bladen weg als ze hetzelfde zijn, of voeg de rijen samen."
            if zelfde_bestand
            else "Is dit een nieuwe versie? Geef het bestand dezelfde naam, of voeg de rijen samen.",
        )
    ]  # fmt: skip


def _plat(tekst: object) -> str:
    return " ".join(str(tekst or "").casefold().split())
