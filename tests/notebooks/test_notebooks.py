"""What nbval does not see: that notebooks are thin and stripped, and run on a werkmap with gaps in it too."""

import json

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from opgavelib.paden import map_van
from opgavelib.toepassing import lees_in

NOTEBOOKS = sorted(map_van("notebooks").glob("*.ipynb"))
PAGINAS = sorted(map_van("dashboards").glob("*.ipynb"))


def _cellen(pad, soort):
    inhoud = json.loads(pad.read_text(encoding="utf-8"))
    return ["".join(c["source"]) for c in inhoud["cells"] if c["cell_type"] == soort]


def test_er_zijn_er_vijf():
    assert [p.stem[:2] for p in NOTEBOOKS] == ["01", "02", "03", "04", "05"]


@pytest.mark.parametrize("pad", NOTEBOOKS + PAGINAS, ids=lambda p: p.stem)
def test_uitvoer_is_niet_bewaard(pad):
    inhoud = json.loads(pad.read_text(encoding="utf-8"))
    assert not [c for c in inhoud["cells"] if c.get("outputs") or c.get("execution_count")]


@pytest.mark.parametrize("pad", NOTEBOOKS + PAGINAS, ids=lambda p: p.stem)
def test_logica_staat_in_het_pakket(pad):
    for code in _cellen(pad, "code"):
        regels = [r.split("#")[0].rstrip() for r in code.splitlines()]
        assert not [r for r in regels if r.lstrip().startswith(("def ", "class ", "for ", "while "))]
        for regel in regels:
            if regel.startswith(("import ", "from ")):
                assert regel.split()[1].split(".")[0] == "opgavelib", regel
        assert len(regels) <= 15


@pytest.mark.parametrize("pad", NOTEBOOKS, ids=lambda p: p.stem)
def test_een_verhaal_met_een_titel_een_vraag_en_een_conclusie(pad):
    tekst = _cellen(pad, "markdown")
    koppen = [r for t in tekst for r in t.splitlines() if r.startswith("#")]
    assert [k for k in koppen if k.startswith("# ")] == koppen[:1]
    assert any(k.endswith("?") for k in koppen)
    assert any(k.startswith("## Conclusie") for k in koppen)


@pytest.mark.parametrize("pad", NOTEBOOKS, ids=lambda p: p.stem)
def test_draait_op_een_eigen_werkmap_met_gaten(pad, boek, tmp_path, monkeypatch):
    """An akkoord and nothing else: no teams, no budget, no scores.

    In this process, cell by cell as IPython does; in kernels of their own they run on the example.
    """
    akkoord = boek("akkoord.xlsx", Blad=[["Nr", "Afspraak"], ["1.1", "Meer bomen"], ["1.2", "Minder regels"]])
    lees_in(tmp_path / "werkmap", [akkoord], wie="toets")
    monkeypatch.setenv("OPGAVE_WERKMAP", str(tmp_path / "werkmap"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    shell = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}))
    for code in _cellen(pad, "code"):
        shell.run_cell(code).raise_error()
    assert list(shell.user_ns["stand"].ambities["titel"]) == ["Meer bomen", "Minder regels"]
