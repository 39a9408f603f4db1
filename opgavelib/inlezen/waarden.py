"""Cell values as the data dictionary wants them; pure functions.

A reader gives ``(value, notes)`` or raises `Onleesbaar`. Amounts and numbers are in `getallen`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache, partial

from opgavelib.inlezen.getallen import (
    LANGST,
    Onleesbaar,
    is_leeg,
    lees_aandeel,
    lees_bedrag,
    lees_geheel,
    lees_getal,
    lees_hoeveelheid,
)
from opgavelib.woordenboek import Kolom

Lezer = Callable[[object, str], tuple[object, tuple[str, ...]]]

# note -> (what happened, what to do); counted per column, so without the value itself
NOTITIES = {
    "centen": ("Bedragen zijn afgerond op hele euro's.", ""),
    "engels": (
        "Een punt is als decimaalteken gelezen (Engelse notatie).",
        "Controleer de bedragen, of gebruik een komma.",
    ),
    "geschat": ("'Circa' is weggelaten; het getal zelf telt mee.", ""),
    "onbekend": ("'PM', 'n.v.t.' of iets dergelijks telt als leeg.", "Vul een getal in als dat er is."),
    "eigen_eenheid": (
        "De cel noemt zelf miljoenen of duizenden; de eenheid van de kop is niet toegepast.",
        "Controleer het bedrag.",
    ),
    "taakveld_getal": (
        "De code staat als getal in Excel en is omgezet naar tekst.",
        "Maak de kolom op als tekst, zodat 0.1 en 0.10 uit elkaar blijven.",
    ),
    "taakveld_0.10": (
        "0,1 met twee decimalen in de opmaak is gelezen als taakveld 0.10 (mutaties reserves).",
        "Controleer of het geen 0.1 (bestuur) is en vul de code als tekst in.",
    ),
    "doorlopend": ("'Doorlopend' telt als: geen eindkwartaal.", ""),
    "fte_veel": ("Meer dan 500 fte in één team.", "Controleer het getal; een punt is een duizendteken."),
}
MAANDEN = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_KWARTAAL = (
    re.compile(r"(?P<j>20\d\d)\s*[-/ ]?\s*[kq]\s*(?P<k>[1-4])"),
    re.compile(r"[kq]\s*(?P<k>[1-4])\s*[-/ ']*\s*(?P<j>(?:20)?\d\d)"),
    re.compile(r"(?P<k>[1-4])\s*[kq]\s*[-/ ']*\s*(?P<j>(?:20)?\d\d)"),
    re.compile(r"(?P<k>[1-4])\s*(?:e|ste|de)\s*(?:kwartaal|kw\.?)\s*(?:van\s*)?(?P<j>20\d\d)"),
    re.compile(r"(?:kwartaal|kw\.?)\s*(?P<k>[1-4])\s*[-/,]?\s*(?P<j>20\d\d)"),
    re.compile(r"(?P<j>20\d\d)\s*[-/,]?\s*(?:kwartaal|kw\.?)\s*(?P<k>[1-4])"),
)
_DEEL_VAN_JAAR = {"begin": 1, "voorjaar": 2, "medio": 2, "zomer": 3, "najaar": 4, "eind": 4, "einde": 4}
_TAAKVELD = re.compile(r"(\d{1,2}\.\d{1,3}[a-zA-Z]?)(?:[\s:–-]+\D.*)?", re.DOTALL)

_LANGSTE_TITEL = 10_000
_JA = frozenset(["ja", "j", "x", "v", "✓", "✔", "true", "waar", "1", "yes", "y"])
_NEE = frozenset(["nee", "n", "false", "onwaar", "0", "no", "neen"])
# own words -> allowed value, per column; after `vlak`
KEUZE_WOORDEN = {
    "domein": {
        "ruimte": "fysiek",
        "ruimtelijk": "fysiek",
        "fysieke leefomgeving": "fysiek",
        "samenleving": "sociaal",
        "bv": "bedrijfsvoering",
        "middelen": "bedrijfsvoering",
        "fys": "fysiek",
        "soc": "sociaal",
    },
    "werksoort": {
        "regulier": "regulier proces",
        "reguliere": "regulier proces",
        "lijn": "regulier proces",
        "beleid": "beleidsproces",
        "project": "project of programma",
        "projecten": "project of programma",
        "programma": "project of programma",
        "programmas": "project of programma",
        "beleidsprocessen": "beleidsproces",
        "opgaven": "opgave",
    },
    "sturing": {
        "l": "lean",
        "o": "opgave",
        "leansturing": "lean",
        "regulier": "lean",
        "opgavesturing": "opgave",
        "opgavegericht": "opgave",
    },
    "werkwijze": {
        "lean": "routine",
        "project": "projectmatig",
        "programma": "programmasturing",
        "proces": "procesregie",
        "programmatisch": "programmasturing",
        "improviseren": "improvisatie",
        "programmamatig": "programmasturing",
    },
    "soort": {"project": "organisatieproject", "intern project": "organisatieproject"},
    "fase": {"uitvoeren": "uitvoering", "initiatief": "idee", "definitie": "voorbereiding", "nazorg": "afronding"},
    "prioriteit": {"hoog": "nu", "niet doen": "niet"},
    "status": {"aangevraagd": "gevraagd", "akkoord": "toegezegd", "afgewezen door team": "afgewezen"},
}
_STOPLICHT = {
    "g": "groen", "o": "oranje", "r": "rood", "geel": "oranje", "amber": "oranje", "green": "groen", "red": "rood",
    "🟢": "groen", "🟠": "oranje", "🟡": "oranje", "🔴": "rood", "✅": "groen",
}  # fmt: skip


@lru_cache(maxsize=1 << 14)
def vlak(tekst: str) -> str:
    """Lower case, no accents, punctuation as one space: for comparing words, never for storing."""
    plat = unicodedata.normalize("NFKD", tekst.lower())
    plat = "".join(c for c in plat if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w%+]|_", " ", plat.replace("'", "").replace("’", "")).split())


def lees_tekst(waarde: object, opmaak: str = "") -> tuple[str | None, tuple[str, ...]]:
    """Text as written, stripped of outer whitespace; numbers and dates as a reader would see them."""
    if is_leeg(waarde):
        return None, ()
    if isinstance(waarde, str):
        return waarde.strip(), ()
    if isinstance(waarde, bool):
        return ("ja" if waarde else "nee"), ()
    if isinstance(waarde, datetime):
        return f"{waarde:%d-%m-%Y}" + (f" {waarde:%H:%M}" if waarde.time() != datetime.min.time() else ""), ()
    if isinstance(waarde, date):
        return f"{waarde:%d-%m-%Y}", ()
    if isinstance(waarde, (int, float)):
        return _zoals_getoond(waarde, opmaak).replace(".", ","), ()
    return str(waarde), ()


def lees_code(waarde: object, opmaak: str = "") -> tuple[str | None, tuple[str, ...]]:
    """A code as text; a number as Excel shows it (1.1 with format 0.00 is ``1.10``, 7 with 000 is ``007``)."""
    if isinstance(waarde, (int, float)) and not isinstance(waarde, bool):
        return _zoals_getoond(waarde, opmaak), ()
    if isinstance(waarde, (date, datetime)):
        raise Onleesbaar(
            "Excel heeft van de code een datum gemaakt.", "Maak de cel op als tekst en typ de code opnieuw."
        )
    return lees_tekst(waarde, opmaak)


def _decimalen(opmaak: str) -> int:
    m = re.search(r"[0#]\.(0+)", opmaak.split(";")[0])
    return len(m[1]) if m else 0


def _zoals_getoond(waarde: float, opmaak: str) -> str:
    if re.fullmatch(r"0+(?:\.0+)?", opmaak):
        breed = len(opmaak)
        return f"{waarde:0{breed}.{_decimalen(opmaak)}f}"
    if isinstance(waarde, int) or not math.isfinite(waarde):
        return str(waarde)
    tekst = f"{Decimal(repr(round(waarde, 10))).normalize():f}"
    achter = len(tekst.partition(".")[2])
    return tekst if achter >= _decimalen(opmaak) else f"{waarde:.{_decimalen(opmaak)}f}"


def lees_taakveld(waarde: object, opmaak: str = "") -> tuple[str | None, tuple[str, ...]]:
    """A taakveld code as text; ``0.1 Bestuur`` is ``0.1``.

    Raises
    ------
    Onleesbaar : no code, a date that Excel made of it, or a number 0.1, which may have been 0.10
    """
    if is_leeg(waarde):
        return None, ()
    if isinstance(waarde, (int, float)) and not isinstance(waarde, bool):
        kort = _zoals_getoond(waarde, "")
        if kort == "0.1":
            if _decimalen(opmaak) == 2:
                return "0.10", ("taakveld_0.10",)
            raise _geen_taakveld("0,1")
        if not _TAAKVELD.fullmatch(kort):
            raise _geen_taakveld(kort.replace(".", ","))
        return kort, ("taakveld_getal",)
    if isinstance(waarde, (date, datetime)):
        return lees_code(waarde)
    tekst = str(waarde).strip()
    if re.fullmatch(r"\d{1,2},\d{1,3}[a-zA-Z]?", tekst) and tekst != "0,1":
        return tekst.replace(",", "."), ("taakveld_getal",)
    if not (m := _TAAKVELD.fullmatch(tekst)):
        raise _geen_taakveld(None)
    return m[1], ()


def _geen_taakveld(tekst: str | None) -> Onleesbaar:
    return Onleesbaar(
        f"{tekst or '{waarde}'} is geen taakveldcode.", "Vul de code als tekst in, bijvoorbeeld 0.10."
    )


def lees_jaar(waarde: object, opmaak: str = "") -> tuple[int | None, tuple[str, ...]]:
    """A calendar year from 2000 to 2100."""
    if is_leeg(waarde):
        return None, ()
    if isinstance(waarde, (date, datetime)):
        return waarde.year, ()
    tekst = f"{waarde:.10g}" if isinstance(waarde, float) else str(waarde).strip()
    if not (m := re.fullmatch(r"(?:begroting\s*)?(20\d\d|2100)", tekst.lower())):
        raise Onleesbaar("{waarde} is geen jaar.", "Vul een jaartal in, bijvoorbeeld 2027.")
    return int(m[1]), ()


def zoek_kwartaal(tekst: str) -> str | None:
    """``2027K1`` from a text that is exactly a quarter, in any usual notation; else None."""
    plat = " ".join(tekst.lower().split())
    if len(plat) > LANGST:
        return None
    for patroon in _KWARTAAL:
        if m := patroon.fullmatch(plat):
            jaar = m["j"] if len(m["j"]) == 4 else f"20{m['j']}"
            return f"{jaar}K{m['k']}"
    return None


def lees_kwartaal(waarde: object, opmaak: str = "", *, laatste: bool = False) -> tuple[str | None, tuple[str, ...]]:
    """A quarter as ``2027K1``; a date gives its quarter, a year alone its first (or last) quarter.

    Parameters
    ----------
    laatste : whether a year alone means its last quarter (an end) instead of its first
    """
    if is_leeg(waarde):
        return None, ()
    if isinstance(waarde, (date, datetime)):
        return f"{waarde.year}K{(waarde.month + 2) // 3}", ()
    if isinstance(waarde, (int, float)) and not isinstance(waarde, bool):
        waarde = f"{waarde:.10g}"
    tekst = " ".join(str(waarde).lower().split())
    if kwartaal := zoek_kwartaal(tekst):
        return kwartaal, ()
    if re.fullmatch(r"20\d\d", tekst):
        return f"{tekst}K{4 if laatste else 1}", ()
    if tekst in ("doorlopend", "continu", "structureel", "permanent", "onbepaald"):
        return None, ("doorlopend",)
    if tekst.strip(".") in ("nvt", "n.v.t", "pm", "p.m", "ntb", "n.t.b", "nnb", "onbekend", "?"):
        return None, ("onbekend",)
    if m := re.fullmatch(r"([a-z]+)\.?\s*(20\d\d)", tekst):
        if m[1] in _DEEL_VAN_JAAR:
            return f"{m[2]}K{_DEEL_VAN_JAAR[m[1]]}", ()
        if (maand := "mrt maa" if m[1] in ("mrt", "maart") else m[1][:3])[-3:] in MAANDEN:
            return f"{m[2]}K{MAANDEN.index(maand[-3:]) // 3 + 1}", ()
    for patroon in (
        r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<j>20\d\d)",
        r"(?P<j>20\d\d)-(?P<m>\d{1,2})(?:-\d{1,2})?",
        r"(?P<m>\d{1,2})[-/](?P<j>20\d\d)",
    ):
        if (m := re.fullmatch(patroon, tekst)) and 1 <= int(m["m"]) <= 12:
            return f"{m['j']}K{(int(m['m']) + 2) // 3}", ()
    raise Onleesbaar("{waarde} is geen kwartaal.", "Vul bijvoorbeeld 2027K3 of 3e kwartaal 2027 in.")


def lees_ja_nee(waarde: object, opmaak: str = "", *, kolom: str = "") -> tuple[bool | None, tuple[str, ...]]:
    """ja/nee, x, true/false, 1/0; for `structureel` also S/I and the words themselves."""
    if is_leeg(waarde):
        return None, ()
    tekst = vlak(str(int(waarde)) if isinstance(waarde, float) and waarde in (0, 1) else str(waarde)) or str(waarde)
    if kolom == "structureel" and tekst in ("s", "structureel", "i", "incidenteel"):
        return tekst[0] == "s", ()
    if tekst in _JA or tekst in _NEE:
        return tekst in _JA, ()
    raise Onleesbaar("{waarde} is geen ja of nee.", "Vul ja of nee in, of maak de cel leeg.")


@cache
def _vlakke(keuzes: tuple[str, ...]) -> dict[str, str]:
    return {vlak(k): k for k in keuzes}


def lees_keuze(
    waarde: object, opmaak: str = "", *, keuzes: tuple[str, ...], kolom: str = ""
) -> tuple[str | None, tuple[str, ...]]:
    """One of the allowed values, by its own name or an obvious variant."""
    if is_leeg(waarde):
        return None, ()
    tekst = str(waarde).strip()
    woorden = _STOPLICHT if kolom.startswith("stoplicht") else KEUZE_WOORDEN.get(kolom, {})
    if tekst in woorden:
        return woorden[tekst], ()
    plat = vlak(tekst)
    vlakke = _vlakke(keuzes)
    if gevonden := vlakke.get(plat) or woorden.get(plat):
        return gevonden, ()
    # "Fysiek domein", "in uitvoering", "project/programma": exactly one allowed value among the words
    delen = plat.split()
    raak = {vlakke[d] for d in delen if d in vlakke} | {woorden[d] for d in delen if d in woorden}
    raak |= {k for v, k in vlakke.items() if " " in v and v in plat}
    if len(raak) == 1 and "niet" not in set(delen) - raak and "geen" not in delen:
        return raak.pop(), ()
    raise Onleesbaar("{waarde} is geen van de mogelijke waarden.", f"Kies uit: {', '.join(keuzes)}.")


def lezer(kolom: Kolom, factor: int = 1) -> Lezer:
    """The reader of a column of the data dictionary; `factor` multiplies money and hours."""
    naam, soort = kolom.kolom, kolom.type
    if naam == "taakveld":
        return lees_taakveld
    if naam == "titel":
        return _lees_titel
    if soort == "bedrag":
        return lambda waarde, opmaak: lees_bedrag(_geen_procent(waarde, opmaak), factor)
    if soort in ("uren", "fte"):
        return lambda waarde, opmaak: _met_grens(
            lees_hoeveelheid(_geen_procent(waarde, opmaak), soort, factor), soort
        )
    if soort in ("geheel", "score"):
        laag, _, hoog = kolom.eenheid.partition("-")
        grens = (int(laag), int(hoog)) if laag.isdigit() and hoog.isdigit() else (None, None)
        return lambda waarde, _: lees_geheel(waarde, *grens)
    if soort == "getal":
        return lambda waarde, _: _kommagetal(waarde)
    if soort == "keuze":
        return partial(lees_keuze, keuzes=kolom.keuzes, kolom=naam)
    if soort == "ja_nee":
        return partial(lees_ja_nee, kolom=naam)
    if soort == "kwartaal":
        return partial(lees_kwartaal, laatste=naam.startswith("eind"))
    return {"aandeel": lees_aandeel, "jaar": lees_jaar, "code": lees_code}.get(soort, lees_tekst)


def _lees_titel(waarde: object, opmaak: str = "") -> tuple[str | None, tuple[str, ...]]:
    tekst, notities = lees_tekst(waarde, opmaak)
    if tekst is not None and len(tekst) > _LANGSTE_TITEL:
        raise Onleesbaar(
            "{waarde} is langer dan 10.000 tekens; dat is geen titel.",
            "Kort de tekst in; een ontbrekend aanhalingsteken kan rijen aan elkaar plakken.",
        )
    return tekst, notities


def _geen_procent(waarde: object, opmaak: str) -> object:
    """A number that Excel shows as 50% is as little an amount as the text "50%"."""
    if "%" in opmaak and isinstance(waarde, (int, float)):
        getoond = f"{waarde * 100:.6g}".replace(".", ",")
        raise Onleesbaar(f"'{getoond}%' is een percentage.", "Vul een getal in, of maak de cel leeg.")
    return waarde


def _met_grens(uitkomst: tuple[float | None, tuple[str, ...]], soort: str) -> tuple[float | None, tuple[str, ...]]:
    waarde, notities = uitkomst
    if soort == "fte" and waarde is not None and waarde > 500:
        notities += ("fte_veel",)
    return waarde, notities


def _kommagetal(waarde: object) -> tuple[float | None, tuple[str, ...]]:
    getal, notities, _ = lees_getal(waarde)
    return (None if getal is None else float(getal)), notities
