"""Which taakveld a row may belong to, by the words of each taakveld: a suggestion, with its reason."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from opgavelib.domein.overlap.woorden import lees_woorden

KOLOMMEN = ("taakveld", "naam", "zekerheid", "reden")
# What a match is worth: in the titel, in the omschrijving, in the name of the programma (which covers much
# more than one taakveld); the last part of a compound says what it is, the first part of what.
_TITEL, _OMSCHRIJVING, _PROGRAMMA = 1.0, 0.6, 0.25
_STAART, _KOP = 0.7, 0.4
_NAAM = 0.6
_KORTSTE_DEEL = 4
_TWIJFEL = 0.5


def stel_taakveld_voor(ambities: pd.DataFrame, taakvelden: pd.DataFrame, *, vanaf: float) -> pd.DataFrame:
    """Suggest a taakveld for rows that have none.

    Every word of a row that belongs to a taakveld speaks for it, the more so the fewer taakvelden it belongs
    to; a term of several words counts when all of them are there. Zekerheid is the share of the best taakveld
    in what speaks for any, lower when little speaks at all. A word count, no more: somebody has to agree.

    Parameters
    ----------
    ambities : DataFrame, index ambitie; titel, and when known omschrijving, programma, taakveld
    taakvelden : DataFrame, index taakveld (text); naam, trefwoorden (lists of words)
    vanaf : lowest zekerheid that is suggested, 0 to 1

    Returns
    -------
    DataFrame, index ambitie, only rows with a suggestion; taakveld, naam, zekerheid (0 to 1), reden

    References
    ----------
    What each taakveld holds: Iv3-informatievoorschrift, ministry of the interior.
    """
    kies = _Kiezer(taakvelden)
    open_ = ambities[ambities["taakveld"].isna()] if "taakveld" in ambities else ambities
    uit = {}
    for rij in open_.itertuples():
        rang = kies.rangschik(*(_tekst(getattr(rij, k, None)) for k in ("titel", "omschrijving", "programma")))
        if rang and rang[0][1] >= vanaf:
            code, zekerheid, woorden = rang[0]
            naam = kies.namen[code]
            genoemd = ", ".join(f"'{w}'" for w in woorden)
            uit[rij.Index] = (code, naam, zekerheid, f"{genoemd} hoort bij {code} {naam}")
    tabel = pd.DataFrame.from_dict(uit, orient="index", columns=list(KOLOMMEN))
    return tabel.rename_axis(ambities.index.name)


class _Kiezer:
    """Taakvelden by the words that speak for them."""

    def __init__(self, taakvelden: pd.DataFrame):
        termen: dict[frozenset[str], dict[str, float]] = defaultdict(dict)
        woorden: dict[str, str] = {}
        for code, rij in taakvelden.iterrows():
            for term, gewicht in [(rij["naam"], _NAAM), *((t, 1.0) for t in rij["trefwoorden"])]:
                delen = lees_woorden(term)
                # "planning en control" is about planning and control.
                sleutel = frozenset(w.stam for w in delen if len(w.stam) > 2 or len(delen) == 1)
                termen[sleutel][code] = max(gewicht, termen[sleutel].get(code, 0.0))
                woorden.update({v: w.stam for w in delen for v in (w.tekst.casefold(), w.stam)})
        self.namen = taakvelden["naam"].to_dict()
        self._termen = {s: dict(c) for s, c in termen.items()}
        self._per_stam: dict[str, list[frozenset[str]]] = defaultdict(list)
        for sleutel in self._termen:
            for s in sleutel:
                self._per_stam[s].append(sleutel)
        self._vormen = {v: s for v, s in woorden.items() if len(v) >= _KORTSTE_DEEL}

    def rangschik(self, titel: str, omschrijving: str, programma: str) -> list[tuple[str, float, list[str]]]:
        """Taakvelden for one row, best first: code, zekerheid (0 to 1), the words that speak for it."""
        kracht, vorm = self._stammen(titel, omschrijving, programma)
        punten: dict[str, float] = defaultdict(float)
        waarom: dict[str, list[str]] = defaultdict(list)
        for sleutel in dict.fromkeys(t for s in kracht for t in self._per_stam.get(s, ())):
            if not sleutel <= kracht.keys():
                continue
            sterkte = min(kracht[s] for s in sleutel) * len(sleutel) ** 1.5
            codes = self._termen[sleutel]
            for code, gewicht in codes.items():
                punten[code] += sterkte * gewicht / len(codes)
                waarom[code] += [vorm[s] for s in vorm if s in sleutel]
        som = sum(punten.values()) + _TWIJFEL
        beste = sorted(punten, key=lambda c: (-punten[c], c))
        return [(c, punten[c] / som, list(dict.fromkeys(waarom[c]))) for c in beste]

    def _stammen(self, *teksten: str) -> tuple[dict[str, float], dict[str, str]]:
        """How strongly each stem is in the row, and the word as written."""
        kracht: dict[str, float] = {}
        vorm: dict[str, str] = {}
        for tekst, gewicht in zip(teksten, (_TITEL, _OMSCHRIJVING, _PROGRAMMA), strict=True):
            for w in (w for w in lees_woorden(tekst) if len(w.tekst) > 2):  # the stem of ommetje is "om"
                for s, deel in ((w.stam, 1.0), *self._delen(w.tekst.casefold())):
                    if gewicht * deel > kracht.get(s, 0.0):
                        kracht[s], vorm[s] = gewicht * deel, w.tekst
        return kracht, vorm

    def _delen(self, woord: str) -> list[tuple[str, float]]:
        """Stems of the longest known word that `woord` begins with, and of the longest it ends with."""
        plekken = range(_KORTSTE_DEEL, len(woord) - 1)
        kop = next((self._vormen[woord[:i]] for i in reversed(plekken) if woord[:i] in self._vormen), None)
        staart = next((self._vormen[woord[-i:]] for i in reversed(plekken) if woord[-i:] in self._vormen), None)
        return [(s, g) for s, g in ((kop, _KOP), (staart, _STAART)) if s is not None]


def _tekst(waarde: object) -> str:
    return "" if waarde is None or waarde != waarde else str(waarde)
