"""What a file may be and may cost, and the one way to say no.

Light on purpose: the child process that parses files imports this and nothing heavy.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

OPSLAAN = "Open het bestand in Excel en sla het op als .xlsx."
KLEINER = "Kopieer alleen de tabel, zonder lege opgemaakte rijen, naar een nieuwe werkmap."


class Geweigerd(ValueError):
    """A file that is not opened or not read; Dutch text and what to do."""

    def __init__(self, probleem: str, doe: str = OPSLAAN):
        super().__init__(probleem)
        self.probleem, self.doe = probleem, doe


@dataclass(frozen=True)
class Grenzen:
    """Limits; values, units and sources are in ``data/parameters/inlezen.yaml``.

    Attributes
    ----------
    bestand_bytes, uitgepakt_bytes, onderdelen : of the file and of the zip that it may be
    cellen, rijen, kolommen, tekens : of what is in it
    geheugen_bytes : address space of the process that parses
    seconden, bytes_per_seconde : cpu time per file, a fixed part and one by its inflated size
    duiding_seconden : cpu time per file for recognising and reading its tables
    koppen : columns of a table
    """

    bestand_bytes: int
    uitgepakt_bytes: int
    onderdelen: int
    cellen: int
    rijen: int
    kolommen: int
    tekens: int
    geheugen_bytes: int
    seconden: int
    bytes_per_seconde: int
    duiding_seconden: int
    koppen: int

    @classmethod
    def standaard(cls) -> Grenzen:
        """The limits of the parameter file."""
        from opgavelib.parameters import waarde

        return cls(**{f.name: int(waarde("inlezen", f.name)) for f in fields(cls)})

    def als_dict(self) -> dict[str, int]:
        """Plain numbers, for the child process."""
        return asdict(self)

    def rekentijd(self, uitgepakt_bytes: int) -> float:
        """Seconds of cpu time that a file of this inflated size may take."""
        return self.seconden + uitgepakt_bytes / self.bytes_per_seconde
