"""The sheet that reconciles: the lines against the totals of their files, and against Iv3."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from opgavelib.rapport.werkboek.delen import Kolom, Lijst, kop, met_centen, nieuw_blad
from opgavelib.rapport.werkboek.gegevens import Gegevens
from opgavelib.rapport.werkboek.model import (
    Blad,
    Cel,
    Kleurregel,
    Rol,
    Vorm,
    adres,
    bereik,
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
_NUMMER = {k.naam: n for n, k in enumerate(_KOLOMMEN)}
_BEDRAGEN = ("verwacht_eur", "gevonden_eur", "elders_eur")
_NIETS = "niet te vergelijken"
_GOED, _FOUT = "● sluit aan", "■ sluit niet aan"


def aansluiting(g: Gegevens, regels: Lijst) -> Blad:
    """The lines against the total that their file states, and lasten, baten and salarissen against Iv3."""
    uitleg = (
        "Tellen de regels op tot wat het bestand zelf als totaal noemt, en tot wat de gemeente aan het CBS gaf?"
    )
    blad = nieuw_blad(AANSLUITING, "Aansluiting", uitleg, _KOLOMMEN)
    kop(blad, _KOLOMMEN, vaste_kolommen=1)
    blad.afdruk_tot = len(_KOLOMMEN) - 2  # without the place of the file
    for rij in rijen_van(g.aansluiting):
        naam = str(rij["regel"])
        # A name of a file stands in a cell that the formula refers to, never in the formula.
        plaatsen = _adressen(blad.volgende)
        som = regels.som(str(rij["kolom"]), **{k: plaatsen[k] for k in ("bestand", "blad") if not is_leeg(rij[k])})
        blad.voeg_toe(*_rij(blad.volgende, naam[0].upper() + naam[1:], som, rij))
    if len(g.iv3) or g.iv3_zin:
        _tussenkop(blad, "Begroting tegenover Iv3, per taakveld")
        blad.voeg_toe(*[tekst(None)] * _NUMMER["toelichting"], tekst(g.iv3_zin, Rol.UITLEG, terugloop=True))
    for maat in dict.fromkeys(g.iv3["maat"] if len(g.iv3) else ()):
        _tegen_iv3(blad, g, regels, rijen_van(g.iv3[g.iv3["maat"] == maat]))
    if blad.volgende > blad.kop + 1:  # type: ignore[operator]
        blad.kleurregels.append(Kleurregel(blad.kop + 1, blad.volgende - 1, _NUMMER["akkoord"]))  # type: ignore[operator]
    return blad


def _tussenkop(blad: Blad, woorden: str) -> None:
    blad.voeg_toe()
    blad.voeg_toe(*[tekst(woorden if not n else None, Rol.TUSSENKOP) for n in range(len(_KOLOMMEN))])


def _tegen_iv3(blad: Blad, g: Gegevens, regels: Lijst, rijen: Sequence[Mapping[str, object]]) -> None:
    """One maat: its taakvelden, where what a side does not name counts as nothing, and their total."""
    maat, kolom = str(rijen[0]["maat"]), str(rijen[0]["kolom"])
    _tussenkop(blad, f"{maat[0].upper()}{maat[1:]} tegenover Iv3")
    afronding = next(n.waarde for n in g.normen if n.naam == "iv3_afronding_eur")
    eerste = blad.volgende
    per_taakveld = [rij for rij in rijen if not rij["totaal"]]
    for rij in per_taakveld:
        c = _adressen(blad.volgende)
        formules = {
            "gevonden_eur": f"ROUND({regels.som(kolom, taakveld=c['regel'])},2)",
            "verschil_eur": f"{c['gevonden_eur']}-{c['verwacht_eur']}",
            "marge_eur": "iv3_afronding_eur",
        }
        blad.voeg_toe(*_cellen(c, str(rij["taakveld"]), {**rij, "marge_eur": afronding}, formules))
    cijfers = sum(1 for rij in per_taakveld if not is_leeg(rij["verwacht_eur"]) and rij["verwacht_eur"] != 0)
    for rij in (rij for rij in rijen if rij["totaal"]):
        c = _adressen(blad.volgende)
        niets = f'OR({c["verwacht_eur"]}="",SUMPRODUCT(--({regels.bereik(kolom)}<>""))=0)'
        formules = {"gevonden_eur": f"ROUND(SUM({regels.bereik(kolom)}),2)", "marge_eur": "iv3_afronding_eur"}
        if per_taakveld:
            boven = {k: bereik(AANSLUITING, n, eerste, blad.volgende - 1) for k, n in _NUMMER.items()}
            hun = boven["verwacht_eur"]
            formules = {
                "verwacht_eur": f'IF(SUMPRODUCT(--({hun}<>""))=0,"",SUM({hun}))',
                "gevonden_eur": f"ROUND(SUM({boven['gevonden_eur']}),2)",
                "marge_eur": f"iv3_afronding_eur*SUMPRODUCT(--({hun}<>0))",
            }
        formules["verschil_eur"] = f'IF({niets},"",{c["gevonden_eur"]}-{c["verwacht_eur"]})'
        marge = {"marge_eur": afronding * (cijfers if per_taakveld else 1)}
        blad.voeg_toe(*_cellen(c, f"Totaal {maat}", {**rij, **marge}, formules, niets, Rol.TOTAAL))


def _cellen(
    c: Mapping[str, str], naam: str, rij: Mapping[str, object], formules: Mapping[str, str], niets: str = "",
    rol: Rol = Rol.GEWOON,
) -> list[Cel]:  # fmt: skip
    """One row against Iv3; `niets` is when there is nothing to judge."""
    oordeel = f'IF(ABS({c["verschil_eur"]})<={c["marge_eur"]}+{c["verklaard_eur"]},"{_GOED}","{_FOUT}")'
    alle = dict(formules) | {"akkoord": f'IF({niets},"{_NIETS}",{oordeel})' if niets else oordeel}
    waarden = {**rij, "akkoord": _oordeel(rij["akkoord"])}
    if is_leeg(rij["verschil_eur"]):
        waarden["verschil_eur"] = ""
    uit = [tekst(naam, rol)]
    for k in met_centen(_KOLOMMEN[1:], rij, _BEDRAGEN[:2]):
        if k.naam in alle:
            uit.append(formule(alle[k.naam], waarden[k.naam], k.vorm, rol if rol == Rol.TOTAAL else Rol.UITKOMST))
        elif k.vorm == Vorm.TEKST:
            uit.append(tekst(rij.get(k.naam), rol, terugloop=k.naam == "toelichting"))
        else:
            uit.append(getal(rij.get(k.naam), k.vorm, rol if k.rol == Rol.GEWOON else k.rol))
    return uit


def _oordeel(akkoord: object) -> str:
    return _NIETS if is_leeg(akkoord) else _GOED if akkoord else _FOUT


def _adressen(nummer: int) -> dict[str, str]:
    return {k: adres(nummer, n) for k, n in _NUMMER.items()}


def _rij(nummer: int, naam: str, som: str, rij: Mapping[str, object]) -> list[Cel]:
    c = _adressen(nummer)
    niets = f'{c["verwacht_eur"]}=""'
    waarden = {
        "gevonden_eur": (f"ROUND({som},2)", rij["gevonden_eur"]),
        "verschil_eur": (
            f'IF({niets},"",ROUND({c["gevonden_eur"]}+{c["elders_eur"]}-{c["verwacht_eur"]},2))',
            "" if is_leeg(rij["verschil_eur"]) else rij["verschil_eur"],
        ),
        "akkoord": (
            f'IF({niets},"{_NIETS}",IF(ABS({c["verschil_eur"]}-{c["verklaard_eur"]})<={c["marge_eur"]},'
            f'"{_GOED}","{_FOUT}"))',
            _oordeel(rij["akkoord"]),
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
            for k in met_centen(_KOLOMMEN[1:], rij, _BEDRAGEN)
        ],
    ]
