"""What people may say of a source row."""

from __future__ import annotations

from collections.abc import Collection

from opgavelib import woordenboek
from opgavelib.domein.begrippen import KENMERKEN
from opgavelib.fouten import BesluitFout


def keur_kenmerk(ambitie: str, kolom: str, waarde: object, bekend: Collection[str]) -> object:
    """The value as it is stored; empty text is None: as the file has it.

    Raises
    ------
    BesluitFout : unknown row or column, or a value that the data dictionary does not allow
    """
    if ambitie not in bekend:
        raise BesluitFout(f"Ambitie '{ambitie}' staat niet in de werkmap.")
    if kolom not in KENMERKEN:
        raise BesluitFout(f"'{kolom}' is geen kenmerk. Kies uit: {', '.join(KENMERKEN)}.")
    veld = woordenboek.tabel("ambities")[kolom]
    if isinstance(waarde, str):
        waarde = waarde.strip() or None
    if waarde is None:
        return None
    if veld.type == "ja_nee":
        if not isinstance(waarde, bool):
            raise BesluitFout(f"'{kolom}' is ja of nee.")
    elif not isinstance(waarde, str):
        raise BesluitFout(f"'{kolom}' is een tekst.")
    elif veld.keuzes and waarde not in veld.keuzes:
        raise BesluitFout(f"'{waarde}' kan niet bij '{kolom}'. Kies uit: {', '.join(veld.keuzes)}.")
    return waarde
