"""Collecting findings of one sheet: all of them, grouped where there are many of the same kind."""

from __future__ import annotations

from collections import defaultdict

from opgavelib.fouten import Bevinding, Ernst

PER_SOORT = 20


def opsomming(namen, hoogstens: int = 12) -> str:
    """``'a', 'b' en nog 3`` for a sentence."""
    namen = list(namen)
    tekst = ", ".join(f"'{n}'" for n in namen[:hoogstens])
    over = len(namen) - hoogstens
    return f"{tekst} en nog {over}" if over > 0 else tekst


def rijen_tekst(rijen: list[int], hoogstens: int = 5) -> str:
    """``rij 4``, ``rijen 4, 5 en nog 3``."""
    rijen = sorted(set(rijen))
    if len(rijen) == 1:
        return f"rij {rijen[0]}"
    over = len(rijen) - hoogstens
    tekst = ", ".join(map(str, rijen[:hoogstens]))
    return f"rijen {tekst} en nog {over}" if over > 0 else f"rijen {tekst}"


class Verzamelaar:
    """Findings of one sheet.

    Errors are kept per row up to `PER_SOORT` of one kind in one column and counted after that, so
    that 300 wrong cells do not hide the other problem. Notes are counted, one finding per column.
    """

    def __init__(self, bestand: str, blad: str = ""):
        self.bestand, self.blad = bestand, blad
        self._algemeen: list[Bevinding] = []
        self._fouten: dict[tuple[str, str], list[tuple[int, str, str]]] = defaultdict(list)
        self._notities: dict[tuple[str, str, str], list[int]] = defaultdict(list)

    def meld(self, ernst: Ernst, probleem: str, doe: str = "", *, rij: int | None = None, kolom: str = ""):
        """One finding about the sheet, a column or a row."""
        self._algemeen.append(Bevinding(self.bestand, self.blad, rij, kolom, ernst, probleem, doe))

    def fout_in_rij(self, soort: str, kolom: str, rij: int, probleem: str, doe: str):
        """An error in one cell or row; `soort` says what counts as the same kind."""
        self._fouten[kolom, soort].append((rij, probleem, doe))

    def noteer(self, kolom: str, rij: int, probleem: str, doe: str = ""):
        """A remark about one cell that becomes one LET_OP per column with the number of rows."""
        self._notities[kolom, probleem, doe].append(rij)

    @property
    def foute_rijen(self) -> set[int]:
        """Excel rows with at least one error."""
        return {rij for lijst in self._fouten.values() for rij, _, _ in lijst}

    def foute_rijen_van(self, kolom: str) -> set[int]:
        """Excel rows with an error in one column."""
        return {rij for (naam, _), lijst in self._fouten.items() if naam == kolom for rij, _, _ in lijst}

    def lijst(self) -> list[Bevinding]:
        """All findings: about the sheet first, then errors by row, then counted remarks."""
        return [*self._algemeen, *self._fouten_gegroepeerd(), *self._notities_geteld()]

    def _fouten_gegroepeerd(self) -> list[Bevinding]:
        los, rest = [], []
        for (kolom, _), lijst in self._fouten.items():
            los += [
                Bevinding(self.bestand, self.blad, rij, kolom, Ernst.FOUT, probleem, doe)
                for rij, probleem, doe in lijst[:PER_SOORT]
            ]
            over = [rij for rij, _, _ in lijst[PER_SOORT:]]
            if over:
                n = "1 rij" if len(over) == 1 else f"{len(over)} rijen"
                tekst = f"en nog {n} met hetzelfde probleem ({rijen_tekst(over)})."
                rest.append(Bevinding(self.bestand, self.blad, None, kolom, Ernst.FOUT, tekst, lijst[0][2]))
        return sorted(los, key=lambda b: b.rij or 0) + rest

    def _notities_geteld(self) -> list[Bevinding]:
        uit = []
        for (kolom, probleem, doe), rijen in self._notities.items():
            rij = rijen[0] if len(rijen) == 1 else None
            tekst = probleem if rij is not None else f"{probleem} ({len(rijen)} keer: {rijen_tekst(rijen)})"
            uit.append(Bevinding(self.bestand, self.blad, rij, kolom, Ernst.LET_OP, tekst, doe))
        return uit
