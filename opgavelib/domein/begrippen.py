"""The words of the field as closed lists (BEGRIPPEN.md explains them)."""

from enum import StrEnum


class Soort(StrEnum):
    """Kind of inventory that a file is."""

    COALITIEAKKOORD = "coalitieakkoord"
    BEGROTING = "begroting"
    TOP5 = "top5"
    TEAMS = "teams"
    ACTIVITEITEN = "activiteiten"
    SCORES = "scores"


class Bestemming(StrEnum):
    """Where a source row went; every row has exactly one at any time."""

    OPEN = "open"
    OPGAVE = "opgave"
    SAMENGEVOEGD = "samengevoegd"
    LIJN = "lijn"
    PARKEERPLAATS = "parkeerplaats"
    AFGEWEZEN = "afgewezen"


class Oordeel(StrEnum):
    """What a person says of two source rows that look alike."""

    SAMENGEVOEGD = "samengevoegd"
    VERWANT = "verwant"
    ANDERS = "anders"


# What a person may say of a source row; the row itself stays as its file has it.
KENMERKEN = ("werksoort", "wettelijk", "domein", "gebied", "portefeuillehouder", "taakveld", "programma", "team")


class Begrotingsrol(StrEnum):
    """What a source with budget lines is."""

    BEGROTING = "begroting"  # its lines count; several add up
    WIJZIGING = "wijziging"  # its lines are differences and come on top
    VERVANGT = "vervangt"  # a whole begroting that takes the place of those before it
    TELT_NIET = "telt niet mee"


class Werkwijze(StrEnum):
    """The five ways of working (VPNG inspiratiegids 2020)."""

    ROUTINE = "routine"
    PROJECTMATIG = "projectmatig"
    PROGRAMMASTURING = "programmasturing"
    PROCESREGIE = "procesregie"
    IMPROVISATIE = "improvisatie"
