"""The answers of scenarios, one after another in a process of their own, kept per problem.

Light to import on purpose, as `zoeken`: the child loads the solver and nothing of the werkmap.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import accumulate

from opgavelib.domein.stukken import in_volgorde
from opgavelib.domein.vraagstuk import Oplossing, Status, Vraagstuk
from opgavelib.toepassing.kind import in_kind
from opgavelib.toepassing.zoeken import Loopt, los_op, merk

TREKKINGEN = 100
_BEWAAR = 60  # answers; the oldest go first
GEVONDEN = (Status.OPTIMAAL, Status.GEVONDEN)
KANS, KEUZE = "kans", "keuze"


def kansen(
    v: Vraagstuk, start: Mapping[str, int], trekkingen: int, zaad: int, sd: Mapping[str, float],
    meld: Callable[[int], bool] | None = None,
) -> tuple[dict[str, float], int, int]:  # fmt: skip
    """Share of the sampled shortlists that every item is in, draws done, and those with a shortlist; for the child.

    Parameters
    ----------
    start : the best shortlist of the estimates themselves
    sd : of ``waarde`` and ``uren``, how far estimates are off, as a share
    meld : gets the draws done; False stops, with the shares so far
    """
    from opgavelib.domein.optimaal import Onzekerheid, stukken

    onzeker = Onzekerheid(waarde_sd=sd["waarde"], uren_sd=sd["uren"])
    som = None
    for som in accumulate(in_volgorde(None, stukken(v, trekkingen, zaad, onzeker, start))):
        if meld is not None and not meld(som.trekkingen):
            break
    if som is None:
        return {}, 0, 0
    aandeel = som.gekozen / max(som.gelukt, 1)
    return dict(zip(v.items, aandeel.tolist(), strict=True)), som.trekkingen, som.gelukt


class Rekenaar:
    """Computes what a page asks for, in that order, and keeps what it found.

    Parameters
    ----------
    tijd_s : seconds to search for one shortlist
    sd : as in `kansen`

    Attributes
    ----------
    fout : what went wrong last, to be shown once; None when nothing did
    """

    def __init__(self, tijd_s: float, sd: Mapping[str, float], trekkingen: int = TREKKINGEN):
        self._tijd_s, self._sd, self._trekkingen = tijd_s, dict(sd), trekkingen
        self._bekend: OrderedDict[tuple[str, str], object] = OrderedDict()
        self._mislukt: set[tuple[str, str]] = set()
        self._onaf: set[tuple[str, str]] = set()  # stopped by a person
        self._merken: dict[int, tuple[Vraagstuk, str]] = {}
        self._rij: list[tuple[tuple[str, str], Vraagstuk]] = []
        self._loopt: Loopt | None = None
        self._gestopt = False
        self.fout: Exception | None = None

    def merk(self, v: Vraagstuk) -> str:
        """`zoeken.merk`, reckoned once for what is asked about again and again."""
        if id(v) not in self._merken:
            self._merken[id(v)] = (v, merk(v))  # holds on to v, so that its id is not given to another
        return self._merken[id(v)][1]

    # -- asking -----------------------------------------------------------------------------------

    def vraag(self, keuzes: Sequence[Vraagstuk], met_kans: Sequence[Vraagstuk]) -> None:
        """What is wanted now, most urgent first; what is no longer wanted is dropped, also when it runs."""
        self._merken = {i: m for i, m in self._merken.items() if any(m[0] is v for v in (*keuzes, *met_kans))}
        self._rij = [((KEUZE, self.merk(v)), v) for v in keuzes] + [((KANS, self.merk(v)), v) for v in met_kans]
        if self._loopt is None:
            return
        # A shortlist that somebody waits for goes before chances that can be drawn again.
        wacht = self._loopt.over[0] == KANS and any(s[0] == KEUZE for s, _ in self._te_doen())
        if wacht or self._loopt.over not in [s for s, _ in self._rij]:
            self._loopt.taak.breek_af()
            self._loopt = None

    def bewaar(self, v: Vraagstuk, o: Oplossing) -> None:
        """An answer that is known without computing: of a decided scenario."""
        self._onthoud((KEUZE, self.merk(v)), o)

    def stop(self) -> None:
        """End what runs with the best it has, and start nothing until `verder`."""
        self._gestopt = True
        if self._loopt:
            self._onaf.add(self._loopt.over)
            self._loopt.taak.stop()

    def verder(self) -> None:
        """Compute what is still wanted, also what failed or was stopped before."""
        self._gestopt = False
        self._mislukt.clear()
        for over in self._onaf:
            self._bekend.pop(over, None)
        self._onaf.clear()

    def bij(self) -> bool:
        """Take what came, start the next; True when there is something new to show."""
        nieuw = False
        if self._loopt:
            nieuw = bool(self._loopt.berichten())
            if self._loopt.klaar:
                self._neem(self._loopt)
                self._loopt, nieuw = None, True
        if self._loopt is None and not self._gestopt:
            nieuw = self._begin() or nieuw
        return nieuw

    # -- answers ----------------------------------------------------------------------------------

    def oplossing(self, v: Vraagstuk) -> Oplossing | None:
        """The answer to a problem, or the best so far while it is searched; None when there is none yet."""
        gevonden = self._bekend.get((KEUZE, self.merk(v)))
        if gevonden is None and self._loopt and self._loopt.over == (KEUZE, self.merk(v)):
            return self._loopt.laatste
        return gevonden

    def is_klaar(self, v: Vraagstuk) -> bool:
        """Whether the search for this problem ended."""
        return (KEUZE, self.merk(v)) in self._bekend

    def kansen(self, v: Vraagstuk) -> tuple[dict[str, float], int, int] | None:
        """As the function `kansen`; None when not there yet, or when no draw had a shortlist."""
        uit = self._bekend.get((KANS, self.merk(v)))
        return uit if uit and uit[2] else None

    @property
    def nog(self) -> int:
        """How many calculations are left, the one that runs included."""
        return len(self._te_doen())

    @property
    def bezig(self) -> tuple[str, str, object, float] | None:
        """What runs: KEUZE or KANS, of which problem (`merk`), its last message, and its seconds; None at rest."""
        if self._loopt is None:
            return None
        soort, van = self._loopt.over
        return soort, van, self._loopt.laatste, self._loopt.seconden

    @property
    def gestopt(self) -> bool:
        """Whether a person stopped it, and there is more to find."""
        return self._gestopt and self._loopt is None and bool(self._te_doen() or self._onaf)

    def _te_doen(self) -> list[tuple[tuple[str, str], Vraagstuk]]:
        uit = []
        for s, v in self._rij:
            soort, van = s
            if s in self._bekend or s in self._mislukt:
                continue
            if soort == KANS:  # of what no shortlist was found for, there is nothing to draw
                o = self._bekend.get((KEUZE, van))
                if (KEUZE, van) in self._mislukt or (o is not None and o.status not in GEVONDEN):
                    continue
            uit.append((s, v))
        return uit

    def _begin(self) -> bool:
        klaar = [(s, v) for s, v in self._te_doen() if s[0] == KEUZE or (KEUZE, s[1]) in self._bekend]
        if not klaar:
            return False
        (soort, van), v = klaar[0]
        if soort == KEUZE:
            taak = partial(in_kind, los_op, v, self._tijd_s, 0)
        else:
            o = self._bekend[KEUZE, van]
            # As in `robuust`: where a search stopped by the clock, it would make the draws differ between machines.
            start = dict(o.start) if o.status == Status.OPTIMAAL else {}
            taak = partial(in_kind, kansen, v, start, self._trekkingen, 0, self._sd)
        self._loopt = Loopt((soort, van), lambda neem: taak(bij_bericht=neem))
        return True

    def _neem(self, loopt: Loopt) -> None:
        try:
            self._onthoud(loopt.over, loopt.taak.result())
        except Exception as fout:
            self._mislukt.add(loopt.over)
            self.fout = fout

    def _onthoud(self, over: tuple[str, str], wat: object) -> None:
        self._bekend[over] = wat
        self._bekend.move_to_end(over)
        while len(self._bekend) > _BEWAAR:
            self._bekend.popitem(last=False)
