"""The reader of the text tables itself."""

import pytest

from .tabel import cel, lees_tabel


@pytest.mark.parametrize(
    ("tekst", "waarde"),
    [(" 1.234 ", 1234.0), ("1.234.567,5", 1234567.5), ("-3", -3.0), ("12,5%", 0.125), ("0.10", "0.10"),
     ("6.71a", "6.71a"), ("", None), ("2027K1", "2027K1"), ("nee", "nee")],
)  # fmt: skip
def test_cel(tekst, waarde):
    assert cel(tekst) == waarde


def test_een_rij_met_een_cel_te_veel_valt_op():
    with pytest.raises(ValueError, match="argument 2 is longer"):
        lees_tabel("a | b\n1 | 2 | 3")
