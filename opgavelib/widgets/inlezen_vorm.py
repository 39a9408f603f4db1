"""A preview as small values for the browser: only what is shown, and text to be set as text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from opgavelib import notatie, woordenboek
from opgavelib.opslag.proef import Rijverschil, Tabelverschil
from opgavelib.toepassing.voorvertoning import Voorvertoning, gemerkt, te_onthouden
from opgavelib.weergave.toestand import omschrijf

TOON_RIJEN = 30
SOORTEN = {
    "coalitieakkoord": "Coalitieakkoord of wensenlijst",
    "begroting": "Begroting",
    "top5": "Top-5",
    "teams": "Teams en formatie",
    "activiteiten": "Opgaven, activiteiten en uren",
    "scores": "Scores",
}
_TABELLEN = {
    "ambities": "Ambities", "stemmen": "Stemmen", "begroting": "Begrotingsregels", "teams": "Teams",
    "opgaven": "Opgaven", "activiteiten": "Activiteiten", "inzet": "Inzet", "scores": "Scores",
}  # fmt: skip
_NAAM = ("titel", "omschrijving", "team", "activiteit", "ambitie", "collegelid", "taakveld")
_SOM = {"begroting": ("lasten", notatie.euro), "teams": ("fte", lambda n: f"{notatie.getal(n, 1)} fte"),
        "inzet": ("uren", notatie.uren)}  # fmt: skip
_WAAROM = {"synoniem": "kop", "inhoud": "inhoud", "onthouden": "onthouden", "zelf gekozen": "zelf gekozen", "": ""}


def als_vorm(v: Voorvertoning) -> dict[str, object]:
    """Everything that the screen shows of a preview."""
    onthoudt = bool(te_onthouden(v))
    return {
        "zin": v.toelichting,
        "kan": v.kan and (v.verandert or onthoudt),
        "niets": v.kan and not v.verandert,
        "onthoudt": onthoudt,
        "bestanden": [p.name for p in v.bestanden],
        "bevindingen": [b.als_dict() for b in v.bevindingen],
        "bladen": [_blad(v, p) for p in v.voorstellen],
        "totalen": _totalen(v),
    }


def kolom_naam(kolom: str) -> str:
    """``budget_eur`` as a person reads it: budget (€)."""
    naam = kolom.removesuffix("_eur").replace("_", " ")
    return f"{naam} (€)" if kolom.endswith("_eur") else naam


def opties(tabel: str, mogelijk) -> list[dict[str, str]]:
    """What a header may become, with what it means."""
    bron: dict[str, woordenboek.Kolom] = {}
    for naam in ("stemmen", "ambities") if tabel == "top5" else (tabel,):
        bron |= {k: w for k, w in woordenboek.tabel(naam).items() if k not in bron} if naam else {}
    return [
        {"waarde": k, "label": kolom_naam(k) + (" *" if bron[k].verplicht else ""), "uitleg": bron[k].omschrijving}
        for k in mogelijk
    ]


def _blad(v: Voorvertoning, p) -> dict[str, object]:
    gelezen = next((b for b in v.inlezing.bladen if (b.bestand, b.blad) == (p.bestand, p.blad)), None)
    keuze = v.vraag.keuzes.get((p.bestand, p.blad))
    verschillen = [
        x for x in (v.proef.verschillen if v.proef else ()) if (x.bestand, x.blad) == (p.bestand, p.blad)
    ]
    return {
        "bestand": p.bestand,
        "blad": p.blad,
        "soort": p.soort,
        "lezen": keuze is None or keuze.lezen,
        "gelezen": p.gelezen,
        "lijkt": SOORTEN[p.soorten[0][0]] if p.tabel and not p.gelezen else "",
        "rijen": gelezen.gelezen if gelezen else 0,
        "geweigerd": gelezen.geweigerd if gelezen else 0,
        "soorten": [{"waarde": s, "label": SOORTEN[s]} for s, _ in p.soorten],
        "kopregel": p.kopregel,
        "kopregels": [{"rij": r, "tekst": notatie.kort(t, 70)} for r, t in p.kopregels],
        "opties": opties(p.tabel, p.mogelijk) if p.tabel else [],
        "kolommen": [
            {
                "letter": k.letter, "kop": k.kop, "ons": k.ons, "waarom": _WAAROM[k.waarom], "reden": k.reden,
                "twijfel": bool(k.ons) and k.zekerheid < 0.7, "voorbeelden": list(k.voorbeelden),
                "suggestie": k.suggestie and {"ons": k.suggestie.ons, "label": kolom_naam(k.suggestie.ons),
                                              "reden": k.suggestie.reden},
            }
            for k in p.kolommen
        ],
        "verschillen": [_verschil(x) for x in verschillen] + _bladen_weg(v, p),
        "gelijk": v.proef is not None and gelezen is not None and not verschillen,
    }  # fmt: skip


def _bladen_weg(v: Voorvertoning, p) -> list[dict[str, object]]:
    """What sheets that left the file take along: shown once, at the first sheet of that file."""
    eerste = next(q for q in v.voorstellen if q.bestand == p.bestand)
    if v.proef is None or p is not eerste:
        return []
    er_nog = {q.blad for q in v.voorstellen if q.bestand == p.bestand}
    weg = [x for x in v.proef.verschillen if x.bestand == p.bestand and x.blad not in er_nog]
    return [_verschil(x) | {"tabel": f"{_TABELLEN[x.tabel]} (blad '{x.blad}' is weg)"} for x in weg]


def _verschil(x: Tabelverschil) -> dict[str, object]:
    return {
        "tabel": _TABELLEN[x.tabel],
        "nieuw": _rijen(x.nieuw),
        "gewijzigd": _rijen(x.gewijzigd),
        "vervallen": _rijen(x.vervallen),
        "ongewijzigd": len(x.ongewijzigd),
        "besluiten": x.besluiten,
    }


def _rijen(rijen: tuple[Rijverschil, ...]) -> dict[str, object]:
    return {
        "aantal": len(rijen),
        "besluiten": sum(r.besluit is not None for r in rijen),
        "rijen": [
            {
                "rij": r.rij,
                "sleutel": r.sleutel or "",
                "naam": _naam(r.inhoud),
                "besluit": omschrijf("bestemming", dict(zip(("bestemming", "naar"), r.besluit, strict=True)))
                if r.besluit else "",
                "velden": [
                    {"naam": kolom_naam(k), "stukken": gemerkt(_tekst(r.oud[k]), _tekst(r.nieuw[k]))}
                    for k in r.nieuw
                ],
            }
            for r in rijen[:TOON_RIJEN]
        ],
    }  # fmt: skip


def _naam(inhoud: Mapping[str, object]) -> str:
    delen = [str(inhoud[k]) for k in _NAAM if inhoud.get(k)][:1]
    delen += [str(inhoud[k]) for k in ("kwartaal", "criterium", "jaar") if inhoud.get(k)]
    return notatie.kort(" · ".join(delen) or "zonder naam", 160)


def _tekst(waarde: object) -> str:
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, int | float):
        return notatie.getal(waarde, 2)
    return "" if waarde is None else str(waarde)


def _totalen(v: Voorvertoning) -> list[dict[str, str]]:
    if v.proef is None:
        return []
    uit = []
    for tabel, (n_na, som_na) in v.proef.na.items():
        n_voor, som_voor = v.proef.voor[tabel]
        if (n_voor, som_voor) == (n_na, som_na):
            continue
        uit.append({"naam": _TABELLEN[tabel], "voor": notatie.getal(n_voor), "na": notatie.getal(n_na)})
        if tabel in _SOM and som_voor != som_na:
            naam, schrijf = _SOM[tabel]
            uit.append({"naam": f"{_TABELLEN[tabel]}, {naam}", "voor": schrijf(som_voor), "na": schrijf(som_na)})
    return uit


def bestandsgrootte(pad: Path) -> str:
    """``1,2 MB``, ``27 kB``."""
    n = pad.stat().st_size
    return f"{notatie.getal(n / 1e6, 1)} MB" if n >= 1e6 else f"{notatie.getal(max(1, n / 1e3))} kB"
