"""One recognised sheet: from grid and header to a `GelezenBlad` with its findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from opgavelib.fouten import Ernst
from opgavelib.inlezen.bevindingen import Verzamelaar
from opgavelib.inlezen.kolommen import OPZETTEN, kolommen_van, koppel
from opgavelib.inlezen.koppen import jaar_in
from opgavelib.inlezen.kopregel import Kop
from opgavelib.inlezen.maatstaven import Maatstaven, lees_score
from opgavelib.inlezen.meldingen import eigen_namen, meld_bijzonderheden, meld_koppeling
from opgavelib.inlezen.rijen import deel_in
from opgavelib.inlezen.scores import lees_scores, zegt_niets
from opgavelib.inlezen.tabel import (
    Lezing,
    bepaal_eenheden,
    eis,
    eis_kolommen,
    lees_kolommen,
    maak_tabel,
    met_centen,
    smelt_kwartalen,
)
from opgavelib.inlezen.totalen import lees_totalen, vergelijk
from opgavelib.inlezen.twijfel import meld_rijen
from opgavelib.inlezen.waarden import vlak
from opgavelib.inlezen.werkblad import Werkblad
from opgavelib.notatie import aantal

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class GelezenBlad:
    """One sheet that was read.

    Attributes
    ----------
    bestand : file name without folder
    sha256 : of the file
    soort : coalitieakkoord, begroting, top5, teams, activiteiten or scores
    kopregel : Excel row of the header
    kolommen : own header -> our column, "" when it is not used
    tabellen : table -> rows; RangeIndex, columns of the data dictionary that were found and `rij`
        (Excel row). Keys are not assigned here.
    gelezen, geweigerd : source rows; together all rows of the sheet that are no title, header,
        empty row or total
    totalen : what the file itself states, per column of ours, in euros or units
    eenheden : our column -> factor, when header or title says so
    ongelezen : names of the other sheets of this file that are there and were not read now: hidden, left out,
        or not recognised
    """

    bestand: str
    blad: str
    sha256: str
    soort: str
    kopregel: int
    kolommen: Mapping[str, str]
    tabellen: Mapping[str, pd.DataFrame]
    gelezen: int
    geweigerd: int
    totalen: Mapping[str, int | float]
    totaal_rij: int | None
    eenheden: Mapping[str, int]
    ongelezen: frozenset[str] = frozenset()


def lees_blad(
    blad: Werkblad,
    kop: Kop,
    *,
    bestand: str,
    sha256: str,
    soort: str,
    eigen: Mapping[str, str],
    criteria: Maatstaven,
    vondst: Verzamelaar,
) -> GelezenBlad:
    """Read all rows of a sheet whose header is known; findings go to `vondst`.

    Parameters
    ----------
    eigen : normalised own header -> our column, as the user insists on
    criteria : what scores may be about
    """
    titels = [str(w) for r, cellen in sorted(blad.rijen.items()) if r < kop.rij for w in cellen.values()]
    eenheden = bepaal_eenheden(kop, [*titels, blad.naam], kolommen_van(kop.koppeling.opzet.tabel))
    lezers = {"score": lees_score} if kop.koppeling.opzet.tabel == "scores" else {}
    lezing = Lezing(blad, kop, deel_in(blad, kop), soort, vondst, eenheden, frozenset(eigen.values()), lezers)
    lees_kolommen(lezing)
    meld_koppeling(lezing)
    meld_bijzonderheden(lezing)
    meld_rijen(lezing)
    for rij in blad.rijfouten.keys() & set(lezing.rijen):
        vondst.fout_in_rij("rij", "", rij, *blad.rijfouten[rij])
    totalen = lees_totalen(lezing)
    maak = {"begroting": _begroting, "teams": _teams, "scores": lees_scores, "inzet": _inzet,
            "opgaven": _lijst, "activiteiten": _lijst}.get(kop.koppeling.opzet.tabel, _ambities)  # fmt: skip
    tabellen, sommen = maak(lezing, titels=titels, bestand=bestand, criteria=criteria)
    vergelijk(lezing, totalen, sommen)
    if not lezing.rijen:
        vondst.meld(
            Ernst.LET_OP, "Onder de kop staan geen rijen.", "Controleer of dit het goede blad is.", rij=kop.rij
        )
    fout = len(vondst.foute_rijen & set(lezing.rijen))
    return GelezenBlad(
        bestand=bestand,
        blad=blad.naam,
        sha256=sha256,
        soort=soort,
        kopregel=kop.rij,
        kolommen=MappingProxyType(eigen_namen(lezing)),
        tabellen=MappingProxyType(tabellen),
        gelezen=len(lezing.rijen) - fout,
        geweigerd=fout,
        totalen=MappingProxyType(totalen),
        totaal_rij=lezing.indeling.totaal,
        eenheden=MappingProxyType(dict(lezing.eenheden)),
    )


def _ambities(lezing: Lezing, **_) -> tuple[dict, dict]:
    kolommen = lezing.kolommen
    leeg = [None] * len(lezing.rijen)
    titel, toelichting = kolommen.get("titel", leeg), kolommen.get("omschrijving", leeg)
    # An explanation merged over several rows is not the text of each of them.
    gevuld, plek = lezing.vulling, lezing.kop.koppeling.naar.get("omschrijving")
    kolommen["titel"] = [
        o if t is None and (rij, plek) not in gevuld else t
        for rij, t, o in zip(lezing.rijen, titel, toelichting, strict=True)
    ]
    eis(lezing, "titel", "De rij heeft geen tekst.", "Vul de tekst van de ambitie in, of verwijder de rij.")
    _meld_dubbele_codes(lezing)
    tabellen = {}
    if lezing.soort == "top5":
        _vul_stemmen(lezing)
        kolommen.setdefault("portefeuillehouder", kolommen["collegelid"])
        tabellen["stemmen"] = maak_tabel("stemmen", {k: kolommen[k] for k in ("collegelid", "rang")}, lezing.rijen)
    ambities = {k: v for k, v in kolommen.items() if k not in ("collegelid", "rang")}
    return {"ambities": maak_tabel("ambities", ambities, lezing.rijen), **tabellen}, kolommen


def _vul_stemmen(lezing: Lezing) -> None:
    """Whose top-5 and in which order, also when the sheet says so only by its name or its order."""
    kolommen, n = lezing.kolommen, len(lezing.rijen)
    if "collegelid" not in kolommen and "portefeuillehouder" in kolommen:
        kolommen["collegelid"] = list(kolommen["portefeuillehouder"])
    if "collegelid" not in kolommen:
        if zegt_niets(lezing.blad.naam):
            eis_kolommen(lezing, "collegelid")
        else:
            lezing.vondst.meld(
                Ernst.LET_OP, "Zonder kolom 'collegelid' geldt de naam van het blad.", "Controleer de naam."
            )
        kolommen["collegelid"] = [lezing.blad.naam] * n
    leden = kolommen["collegelid"]
    for i in range(1, n):
        if leden[i] is None and leden[i - 1] is not None:
            leden[i] = leden[i - 1]
            lezing.vondst.noteer(
                lezing.kopnaam("collegelid"),
                lezing.rijen[i],
                "De cel is leeg; de naam van de rij erboven geldt.",
                "Controleer van wie de rij is.",
            )
    eis(lezing, "collegelid", "Van wie deze prioriteit is, staat er niet.", "Vul het collegelid in.")
    if "rang" not in kolommen:
        gezien: dict[object, int] = {}
        kolommen["rang"] = [
            gezien.setdefault(lid, 0) + 1 for lid in leden if not gezien.update({lid: gezien.get(lid, -1) + 1})
        ]
        lezing.vondst.meld(
            Ernst.LET_OP, "Zonder kolom 'rang' geldt de volgorde van de rijen.", "Controleer de volgorde."
        )
    eis(lezing, "rang", "De rang ontbreekt.", "Vul een rang van 1 tot en met 5 in.")
    _meld_dubbele_rang(lezing)


def _meld_dubbele_rang(lezing: Lezing) -> None:
    gezien: set[tuple] = set()
    for rij, lid, rang in zip(lezing.rijen, lezing.kolommen["collegelid"], lezing.kolommen["rang"], strict=True):
        if rang is not None and (lid, rang) in gezien:
            lezing.vondst.noteer(lezing.kopnaam("rang"), rij, "Deze rang komt bij hetzelfde collegelid al voor.",
                                 "Geef elke prioriteit een eigen rang.")  # fmt: skip
        gezien.add((lid, rang))


def _meld_dubbele_codes(lezing: Lezing) -> None:
    gezien: set[str] = set()
    for rij, code in zip(lezing.rijen, lezing.kolommen.get("eigen_code", []), strict=False):
        if code is not None and code in gezien:
            lezing.vondst.noteer(lezing.kopnaam("eigen_code"), rij, "Deze code komt al eerder voor.",
                                 "Geef elke rij een eigen code; 1.10 als getal wordt 1.1.")  # fmt: skip
        gezien.add(code)


def _begroting(lezing: Lezing, *, titels: list[str], bestand: str, **_) -> tuple[dict, dict]:
    kolommen = lezing.kolommen
    if eis_kolommen(lezing, "taakveld", "lasten_eur"):
        eis(lezing, "taakveld", "De taakveldcode ontbreekt.", "Vul de code als tekst in, bijvoorbeeld 6.1.")
        for i, (rij, lasten) in enumerate(zip(lezing.rijen, kolommen["lasten_eur"], strict=True)):
            if lasten is None and rij not in lezing.vondst.foute_rijen_van(lezing.kopnaam("lasten_eur")):
                kolommen["lasten_eur"][i] = 0
                lezing.vondst.noteer(lezing.kopnaam("lasten_eur"), rij, "De cel is leeg en telt als € 0.")
    if "jaar" not in kolommen and (jaar := _begrotingsjaar(lezing, titels, bestand)):
        kolommen["jaar"] = [jaar] * len(lezing.rijen)
    return {"begroting": maak_tabel("begroting", met_centen(lezing), lezing.rijen)}, kolommen


def _begrotingsjaar(lezing: Lezing, titels: list[str], bestand: str) -> int | None:
    kop = jaar_in(lezing.kopnaam("lasten_eur"))
    eerst = sorted(titels, key=lambda t: "begroting" not in t.lower())
    plekken = [("de kop", kop), *(("de titel", jaar_in(t)) for t in eerst)]
    plekken += [("de naam van het blad", jaar_in(lezing.blad.naam)), ("de bestandsnaam", jaar_in(bestand))]
    for plek, jaar in plekken:
        if jaar is not None:
            lezing.vondst.meld(Ernst.INFO, f"Begrotingsjaar {jaar} komt uit {plek}.")
            return jaar
    lezing.vondst.meld(
        Ernst.LET_OP,
        "Het begrotingsjaar is niet bekend; taakveldcodes verschillen per jaar.",
        "Zet het jaar in een kolom 'jaar', in de titel of in de bestandsnaam.",
    )
    return None


def _teams(lezing: Lezing, **_) -> tuple[dict, dict]:
    if eis_kolommen(lezing, "team", "fte"):
        eis(lezing, "team", "De naam van het team ontbreekt.")
        eis(lezing, "fte", "De formatie (fte) ontbreekt.", "Vul het aantal fte in; nul mag.")
    return {"teams": maak_tabel("teams", lezing.kolommen, lezing.rijen)}, lezing.kolommen


def _lijst(lezing: Lezing, **_) -> tuple[dict, dict]:
    """opgaven and activiteiten: a list with a titel."""
    naam, kolommen = lezing.kop.koppeling.opzet.tabel, lezing.kolommen
    sleutel = "opgave" if naam == "opgaven" else "activiteit"
    # A list with one column for both name and code has only names.
    if "titel" not in kolommen and sleutel in kolommen:
        kolommen["titel"] = list(kolommen[sleutel])
        del kolommen[sleutel]
    if eis_kolommen(lezing, "titel"):
        eis(lezing, "titel", "De rij heeft geen naam.", "Vul de naam in, of verwijder de rij.")
    if naam == "activiteiten":
        organisatie = "organisatieproject" in vlak(lezing.blad.naam).replace(" ", "")
        kolommen["soort"] = _soorten(lezing, organisatie)
    return {naam: maak_tabel(naam, kolommen, lezing.rijen)}, kolommen


def _soorten(lezing: Lezing, organisatie: bool) -> list[str]:
    """What is no activiteit under an opgave: who leaves the opgave empty says that there is none, a list without
    that column says nothing."""
    leeg = [None] * len(lezing.rijen)
    soorten, opgaven = lezing.kolommen.get("soort", leeg), lezing.kolommen.get("opgave")
    zonder = [not s and opgaven is not None and not o for s, o in zip(soorten, opgaven or leeg, strict=True)]
    if any(zonder) and not organisatie:
        lezing.vondst.meld(
            Ernst.INFO,
            f"{aantal(sum(zonder), 'rij', 'rijen')} zonder opgave en zonder soort gelezen als organisatieproject.",
            "Hoort het werk bij een opgave, vul dan haar code in.",
        )
    return [s or ("organisatieproject" if z or organisatie else "activiteit")
            for s, z in zip(soorten, zonder, strict=True)]  # fmt: skip


def _inzet(lezing: Lezing, *, criteria: Mapping[str, str], **_) -> tuple[dict, dict]:
    k, kolommen, rijen = lezing.kop.koppeling, lezing.kolommen, lezing.rijen
    compleet = eis_kolommen(lezing, "activiteit", "team")
    for naam, wat in (("activiteit", "De activiteit ontbreekt."), ("team", "Het team ontbreekt.")):
        eis(lezing, naam, wat)
    if k.kwartalen:
        # A column with quarters side by side speaks for itself; a kwartaal column beside it does not.
        kolommen = {n: w for n, w in kolommen.items() if n not in ("kwartaal", "uren_gevraagd", "uren_toegezegd")}
        if compleet:
            breed, rijen = smelt_kwartalen(lezing)
            kolommen = breed
    else:
        if "uren_gevraagd" not in kolommen and "uren_toegezegd" in kolommen:
            kolommen["uren_gevraagd"] = list(kolommen["uren_toegezegd"])
        if eis_kolommen(lezing, "kwartaal", "uren_gevraagd"):
            eis(lezing, "kwartaal", "Het kwartaal ontbreekt.", "Vul bijvoorbeeld 2027K3 in.")
            eis(lezing, "uren_gevraagd", "Het aantal uren ontbreekt.", "Vul het aantal uren in; nul mag.")
        if "uren_toegezegd" not in kolommen and "status" in kolommen and "uren_gevraagd" in kolommen:
            kolommen["uren_toegezegd"] = [
                u if s == "toegezegd" else None
                for u, s in zip(kolommen["uren_gevraagd"], kolommen["status"], strict=True)
            ]
    tabellen = {"inzet": maak_tabel("inzet", kolommen, rijen)} if compleet else {}
    return tabellen | _activiteiten_ernaast(lezing, criteria), kolommen


def _activiteiten_ernaast(lezing: Lezing, criteria: Mapping[str, str]) -> dict:
    """A sheet of hours that also describes its activiteiten (opgave, fase, ...) holds both tables."""
    opzet = next(o for o in OPZETTEN if o.tabel == "activiteiten")
    k = koppel(lezing.kop.koppen, opzet, eigen={}, criteria=criteria)
    if len(set(k.kolommen.values()) & set(opzet.eigen)) < 2 or not k.compleet:
        return {}
    kop = Kop(lezing.kop.rij, lezing.kop.koppen, k)
    deel = Lezing(lezing.blad, kop, lezing.indeling, lezing.soort, lezing.vondst, lezing.eenheden)
    lees_kolommen(deel)
    kolommen = _lijst(deel)[0]["activiteiten"]
    return {"activiteiten": kolommen.drop_duplicates("activiteit" if "activiteit" in kolommen else "titel",
                                                     ignore_index=True)}  # fmt: skip
