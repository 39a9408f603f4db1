"""The sheet that reconciles: the lines against the totals of their files, and against Iv3."""

from __future__ import annotations

from collections.abc import Mapping

from opgavelib.rapport.werkboek.delen import Kolom, Lijst, kop, nieuw_blad
from opgavelib.rapport.werkboek.gegevens import Gegevens
from opgavelib.rapport.werkboek.model import (
    Blad,
    Cel,
    Kleurregel,
    Rol,
    Vorm,
    adres,
    formule,
    getal,
    is_leeg,
    rijen_van,
    tekst,
)

AANSLUITING = "Aansluiting"
_KOLOMMEN = (
    Kolom("regel", "Wat", 36),
    Kolom("verwacht_eur", "Volgens het bestand of Iv3", 18, Vorm.BEDRAG, Rol.INVOER),
    Kolom("gevonden_eur", "Regels op blad Begroting", 18, Vorm.BEDRAG),
    Kolom("elders_eur", "Regels van een ander jaar", 16, Vorm.BEDRAG),
    Kolom("verschil_eur", "Verschil", 16, Vorm.BEDRAG),
    Kolom("verklaard_eur", "Verklaard door afronden", 14, Vorm.BEDRAG),
    Kolom("marge_eur", "Marge", 12, Vorm.BEDRAG),
    Kolom("akkoord", "Oordeel", 22),
    Kolom("toelichting", "Toelichting bij het maken van dit bestand", 80),
    Kolom("bestand", "Bestand", 30),
    Kolom("blad", "Blad", 18),
)
_NIETS = "niet te vergelijken"
_GOED, _FOUT = "● sluit aan", "■ sluit niet aan"


def aansluiting(g: Gegevens, regels: Lijst) -> Blad:
    """The lines against the total that their file states, and against Iv3 per taakveld."""
    uitleg = (
        "Tellen de regels op tot wat het bestand zelf als totaal noemt, en tot wat de gemeente aan het CBS gaf?"
    )
    blad = nieuw_blad(AANSLUITING, "Aansluiting", uitleg, _KOLOMMEN)
    kop(blad, _KOLOMMEN, vaste_kolommen=1)
    blad.afdruk_tot = len(_KOLOMMEN) - 2  # without the place of the file
    for rij in rijen_van(g.aansluiting):
        naam = str(rij["regel"])
        # A name of a file stands in a cell that the formula refers to, never in the formula.
        plaatsen = {k: adres(blad.volgende, n) for n, k in enumerate(k.naam for k in _KOLOMMEN)}
        som = regels.som(str(rij["kolom"]), **{k: plaatsen[k] for k in ("bestand", "blad") if not is_leeg(rij[k])})
        blad.voeg_toe(*_rij(blad.volgende, naam[0].upper() + naam[1:], som, rij))
    if len(g.iv3) or g.iv3_zin:
        blad.voeg_toe()
        blad.voeg_toe(*[tekst("Lasten per taakveld tegenover Iv3" if not n else None, Rol.TUSSENKOP)
                        for n in range(len(_KOLOMMEN))])  # fmt: skip
        leeg = [tekst(None)] * next(n for n, k in enumerate(_KOLOMMEN) if k.naam == "toelichting")
        blad.voeg_toe(*leeg, tekst(g.iv3_zin, Rol.UITLEG, terugloop=True))
    for rij in rijen_van(g.iv3):
        som = regels.som("lasten_eur", taakveld=adres(blad.volgende, 0))
        blad.voeg_toe(*_rij(blad.volgende, str(rij["taakveld"]), som, rij))
    if blad.volgende > blad.kop + 1:  # type: ignore[operator]
        blad.kleurregels.append(Kleurregel(blad.kop + 1, blad.volgende - 1, 7))  # type: ignore[operator]
    return blad


def _rij(nummer: int, naam: str, som: str, rij: Mapping[str, object]) -> list[Cel]:
    c = {k.naam: adres(nummer, n) for n, k in enumerate(_KOLOMMEN)}
    akkoord = rij["akkoord"]
    uitkomst = _NIETS if is_leeg(akkoord) else _GOED if akkoord else _FOUT
    niets = f'{c["verwacht_eur"]}=""'
    waarden = {
        "gevonden_eur": (f"ROUND({som},0)", rij["gevonden_eur"]),
        "verschil_eur": (
            f'IF({niets},"",{c["gevonden_eur"]}+{c["elders_eur"]}-{c["verwacht_eur"]})',
            "" if is_leeg(rij["verschil_eur"]) else rij["verschil_eur"],
        ),
        "akkoord": (
            f'IF({niets},"{_NIETS}",IF(ABS({c["verschil_eur"]}-{c["verklaard_eur"]})<={c["marge_eur"]},'
            f'"{_GOED}","{_FOUT}"))',
            uitkomst,
        ),
    }
    return [
        tekst(naam),
        *[
            formule(*waarden[k.naam], k.vorm)
            if k.naam in waarden
            else tekst(rij.get(k.naam), terugloop=k.naam == "toelichting")
            if k.vorm == Vorm.TEKST
            else getal(rij.get(k.naam), k.vorm, k.rol)
            for k in _KOLOMMEN[1:]
        ],
    ]
