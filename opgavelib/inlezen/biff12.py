"""Records of an .xlsb part: [MS-XLSB] 2.1.4. A record is a number, a length and that many bytes."""

from __future__ import annotations

from collections.abc import Iterator

RIJ, LEEG, FOUT, TEKST, BLAD, KOLOMMEN, SAMENGEVOEGD = 0, 1, 3, 6, 156, 60, 176
FORMULE_FOUT, LAATSTE_CEL = 11, 11
OPMAAK, XF, BEGIN_XF, EIND_XF = 44, 47, 617, 618
FORMULES = frozenset([8, 9, 10, 11])


def records(deel: bytes) -> Iterator[tuple[int, int, int]]:
    """(number, start, length) of every record.

    Raises
    ------
    ValueError : a record reaches beyond the part
    """
    plek, eind = 0, len(deel)
    while plek < eind:
        nummer = deel[plek]
        plek += 1
        if nummer & 0x80 and plek < eind:
            nummer = (nummer & 0x7F) | (deel[plek] & 0x7F) << 7
            plek += 1
        lengte = 0
        for stap in range(4):
            if plek >= eind:
                raise ValueError("afgebroken record")
            byte = deel[plek]
            plek += 1
            lengte |= (byte & 0x7F) << 7 * stap
            if not byte & 0x80:
                break
        if plek + lengte > eind:
            raise ValueError("afgebroken record")
        yield nummer, plek, lengte
        plek += lengte


def u32(deel: bytes, plek: int) -> int:
    """Four bytes as a number."""
    return int.from_bytes(deel[plek : plek + 4], "little")


def u16(deel: bytes, plek: int) -> int:
    """Two bytes as a number."""
    return int.from_bytes(deel[plek : plek + 2], "little")


def tekst(deel: bytes, plek: int) -> tuple[str, int]:
    """A text with its length before it, and where the next field starts."""
    lengte = u32(deel, plek)
    if lengte == 0xFFFFFFFF:
        return "", plek + 4
    eind = plek + 4 + 2 * lengte
    if eind > len(deel):
        raise ValueError("afgebroken tekst")
    return deel[plek + 4 : eind].decode("utf-16-le", "replace"), eind
