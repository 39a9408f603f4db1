"""Hoe zwaar weegt elk criterium? Gepubliceerde voorbeelden, en wat het werkboek erbij zegt."""

from __future__ import annotations

import pytest

from opgavelib.domein.wegen import ahp, beste_slechtste, combineer, direct, paren, swing
from opgavelib.parameters import waarde

from .tabel import lees_tabel

RI = waarde("wegen", "ahp_toevalsindex")
GRENZEN = waarde("wegen", "best_worst_grenzen")


def _breuk(cel) -> float:
    teller, _, noemer = str(cel).partition("/")
    return float(teller) / float(noemer or 1)


# Saaty, Decision making with the analytic hierarchy process, Int. J. Services Sciences 1 (2008), table 2:
# which drink is consumed more in the United States, with the weights he gives.
DRANKEN = lees_tabel("""
drank  | koffie | wijn | thee | bier | fris | melk | water | gewicht
koffie | 1      | 9    | 5    | 2    | 1    | 1    | 1/2   | 0,177
wijn   | 1/9    | 1    | 1/3  | 1/9  | 1/9  | 1/9  | 1/9   | 0,019
thee   | 1/5    | 3    | 1    | 1/3  | 1/4  | 1/3  | 1/9   | 0,042
bier   | 1/2    | 9    | 3    | 1    | 1/2  | 1    | 1/3   | 0,116
fris   | 1      | 9    | 4    | 2    | 1    | 2    | 1/2   | 0,190
melk   | 1      | 9    | 3    | 1    | 1/2  | 1    | 1/3   | 0,129
water  | 2      | 9    | 9    | 3    | 2    | 3    | 1     | 0,327
""")


def test_ahp_geeft_de_gewichten_van_saaty():
    dranken = [r["drank"] for r in DRANKEN]
    rij = {r["drank"]: r for r in DRANKEN}
    uit = ahp(dranken, {(a, b): _breuk(rij[a][b]) for a, b in paren(dranken)}, RI)
    assert [round(w, 3) for w in uit.gewichten.values()] == pytest.approx([r["gewicht"] for r in DRANKEN], abs=6e-4)
    assert round(uit.consistentie, 3) == 0.022
    assert uit.zinnen == (
        "water weegt het zwaarst: 33%.",
        "De antwoorden passen goed genoeg bij elkaar: tegenspraak 0,02, tot 0,10 is goed.",
    )


# Rezaei, Best-worst multi-criteria decision-making method, Omega 53 (2015), the choice of a transport mode
# and of a car; the weights are those of the linear model of Omega 64 (2016).
VERVOER = lees_tabel("""
criterium        | kosten tegen | tegen flexibiliteit | gewicht
flexibiliteit    |            8 |                     | 0,0714
bereikbaarheid   |            2 |                   5 | 0,3214
kosten           |              |                   8 | 0,6071
""")
AUTO = lees_tabel("""
criterium | prijs tegen | tegen stijl | gewicht
kwaliteit |           2 |           4 | 0,2105
prijs     |             |           8 | 0,4211
comfort   |           4 |           2 | 0,1053
veilig    |           2 |           4 | 0,2105
stijl     |           8 |             | 0,0526
""")


@pytest.mark.parametrize(("tabel", "beste", "slechtste", "ksi"), [
    (VERVOER, "kosten", "flexibiliteit", 0.0357), (AUTO, "prijs", "stijl", 0),
])  # fmt: skip
def test_best_worst_geeft_de_gewichten_van_rezaei(tabel, beste, slechtste, ksi):
    vooraf, achteraf = (f"{beste} tegen", f"tegen {slechtste}")
    criteria = [r["criterium"] for r in tabel]
    uit = beste_slechtste(
        criteria, beste, slechtste,
        {r["criterium"]: r[vooraf] for r in tabel if r[vooraf] is not None},
        {r["criterium"]: r[achteraf] for r in tabel if r[achteraf] is not None},
        GRENZEN,
    )  # fmt: skip
    assert [round(w, 4) for w in uit.gewichten.values()] == [r["gewicht"] for r in tabel]
    assert uit.parameters["ksi"] == pytest.approx(ksi, abs=5e-5)
    assert uit.goed_genoeg


NAMEN = {"effect": "Effect", "urgentie": "Urgentie", "haalbaar": "Haalbaarheid"}
IN_PAREN = lees_tabel("""
effect - urgentie | effect - haalbaar | urgentie - haalbaar | zegt
3                 | 6                 | 2                   | elkaar nergens tegen
2                 | 5                 | 3                   | goed genoeg bij elkaar: tegenspraak 0,00
1/3               | 3                 | 1/5                 | spreken elkaar te veel tegen: tegenspraak 1,58
""")


@pytest.mark.parametrize("rij", IN_PAREN, ids=lambda r: r["zegt"][:20])
def test_wat_het_werkboek_zegt_van_paren(rij):
    keer = {tuple(k.split(" - ")): _breuk(v) for k, v in rij.items() if " - " in k}
    assert rij["zegt"] in ahp(list(NAMEN), keer, RI, namen=NAMEN).zinnen[1]


def test_het_antwoord_dat_het_slechtst_past_met_een_beter_antwoord():
    """Four criteria of 1, 2, 4 and 8, all answers right but one."""
    zwaarte = {"Effect": 8, "Urgentie": 4, "Draagvlak": 2, "Samenhang": 1}
    keer = {(a, b): zwaarte[a] / zwaarte[b] for a, b in paren(list(zwaarte))}
    uit = ahp(list(zwaarte), keer | {("Urgentie", "Samenhang"): 1 / 7}, RI)
    assert uit.nakijken == ("Samenhang", "Urgentie")
    assert uit.zinnen[2] == (
        "Samenhang tegenover Urgentie past het slechtst bij de rest; Urgentie 4 keer zo zwaar in plaats van "
        "Samenhang 7 keer zo zwaar zou beter passen. De tegenspraak wordt dan 0,00."
    )
    uit = ahp(list(zwaarte), keer | {("Effect", "Samenhang"): 1}, RI)
    assert "; Effect 8 keer zo zwaar in plaats van even zwaar zou" in uit.zinnen[2]
    gelijk = dict.fromkeys(paren(list(zwaarte)), 1)
    uit = ahp(list(zwaarte), gelijk | {("Effect", "Urgentie"): 9}, RI)
    assert "; even zwaar in plaats van 9 keer zo zwaar zou" in uit.zinnen[2]
    uit = ahp(list(zwaarte), keer | {("Effect", "Urgentie"): 9}, RI)
    assert uit.zinnen[2].startswith(
        "Effect tegenover Urgentie past het slechtst bij de rest; 2 in plaats van 9 keer"
    )


def test_best_worst_noemt_het_criterium_dat_niet_past():
    uit = beste_slechtste(
        ["prijs", "comfort", "veilig", "stijl"], "prijs", "stijl",
        {"comfort": 7, "veilig": 2, "stijl": 8}, {"comfort": 6, "veilig": 4}, GRENZEN,
    )  # fmt: skip
    assert not uit.goed_genoeg
    assert uit.nakijken == ("prijs", "comfort")
    assert uit.zinnen[1:] == (
        "De antwoorden spreken elkaar te veel tegen: tegenspraak 0,61, tot 0,25 is goed.",
        "comfort past het slechtst bij de rest: prijs weegt 7 keer zo zwaar als comfort en comfort 6 keer zo "
        "zwaar als stijl, samen 42 keer. Maar prijs weegt 8 keer zo zwaar als stijl.",
    )


def test_punten_en_sprongen():
    assert dict(direct({"a": 30, "b": 10}).gewichten) == {"a": 0.75, "b": 0.25}
    assert direct({"a": 1, "b": 1}).zinnen == ("Alle criteria wegen even zwaar: elk 50%.",)
    assert direct({"a": 2, "b": 2, "c": 1}).zinnen == ("a en b wegen het zwaarst: elk 40%.",)
    assert dict(swing({"a": 100, "b": 60, "c": 0}).gewichten) == {"a": 0.625, "b": 0.375, "c": 0}


@pytest.mark.parametrize(
    ("college", "mt", "zinnen"),
    [
        (0.5, 0.5, ["College en MT wegen gelijk."]),
        (0.5, 0.45, ["liggen dicht bij elkaar", "verschillen het meest over Effect: 50% tegen 45%."]),
        (
            0.2,
            0.5,
            ["MT en College verschillen het meest over Effect: 50% tegen 20%. Bespreek dat verschil eerst."],
        ),
    ],
)
def test_waar_groepen_verschillen(college, mt, zinnen):
    wegen = {"College": {"effect": college, "urgentie": 1 - college}, "MT": {"effect": mt, "urgentie": 1 - mt}}
    gezegd = combineer(wegen, {"College": 1, "MT": 1}, NAMEN).zinnen[1]
    assert [z for z in zinnen if z not in gezegd] == []
