"""What the server lets out, and what it refuses."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from opgavelib.dashboard import DashboardFout, serveer, zet_plotly_klaar


def _haal(adres: str, **kop: str):
    try:
        with urllib.request.urlopen(urllib.request.Request(adres, headers=kop), timeout=60) as r:
            return r.status, r.headers, r.read()
    except urllib.error.HTTPError as fout:
        return fout.code, fout.headers, fout.read()


def test_bezette_poort_is_een_nederlandse_fout(tmp_path):
    with socket.socket() as bezet:
        bezet.bind(("127.0.0.1", 0))
        bezet.listen()
        with pytest.raises(DashboardFout, match=r"(?s)poort \d+: die is bezet.*--poort"):
            serveer(tmp_path, bezet.getsockname()[1], browser=False)


def test_map_zonder_paginas_is_een_nederlandse_fout(tmp_path):
    with pytest.raises(DashboardFout, match="geen pagina"):
        serveer(tmp_path, 0, browser=False, map_=tmp_path)


def test_plotly_is_die_van_het_pakket():
    pad = zet_plotly_klaar()
    assert pad.stat().st_size > 1_000_000
    assert zet_plotly_klaar() == pad


def test_plotly_gaat_naar_de_cache_als_de_map_niet_schrijfbaar_is(tmp_path, monkeypatch):
    import opgavelib.dashboard as d

    (tmp_path / "dashboards").write_text("a file, so nothing can be made below it")
    monkeypatch.setattr(d, "map_van", lambda naam: tmp_path / naam)
    monkeypatch.setattr(d, "_cache", lambda: tmp_path / "cache")
    assert d.zet_plotly_klaar().is_relative_to(tmp_path / "cache")
    monkeypatch.setattr(d, "_cache", lambda: tmp_path / "dashboards")
    with pytest.raises(DashboardFout, match="schrijfbaar"):
        d.zet_plotly_klaar()


def test_beginadres_en_veiligheidskoppen(server):
    status, kop, inhoud = _haal(server.adres + "/fout")
    assert status == 200
    assert "default-src 'none'" in kop["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in kop["Content-Security-Policy"]
    assert any(k.startswith("_xsrf=") for k in kop.get_all("Set-Cookie"))
    assert b"cdn" not in inhoud
    status, kop, _ = _haal(server.adres + "/opgave/widgets/tokens.css")
    assert status == 200


@pytest.mark.parametrize(
    "pad",
    [
        "/voila/tree",
        "/voila/files/proef.ipynb",
        "/voila/files/proefpagina.py",
        "/voila/api/contents/",
        "/api/contents",
        "/voila/render/../conftest.py",
        "/opgave/widgets/..%2fbasis.py",
        "/voila/templates/../../fout",
        "/voila/templates/opgave/static/../../../fout",
        "/voila/templates/opgave",
        "/bestaatniet",
    ],
)
def test_niets_anders_is_bereikbaar(server, pad):
    status, _, inhoud = _haal(server.adres + pad)
    assert status in (403, 404)
    assert b"Proef(" not in inhoud
    assert b"fontawesome" not in inhoud


def test_onbekende_sjabloon_in_het_adres_doet_niets(server):
    status, _, inhoud = _haal(server.adres + "/fout?template=nosuch&theme=dark")
    assert status == 200
    assert b"ow-pagina" in inhoud


def test_vreemde_naam_wordt_geweigerd(server):
    status, _, _ = _haal(server.adres + "/fout", Host="kwaad.example")
    assert status in (403, 404)


def test_plotly_mag_lang_bewaard_blijven(server):
    _, _, inhoud = _haal(server.adres + "/fout")
    adres = inhoud.decode().split('name="opgave-plotly" content="')[1].split('"')[0]
    status, kop, _ = _haal(server.adres + adres)
    assert status == 200
    assert "max-age=31" in kop["Cache-Control"]


def test_instellingen_van_de_gebruiker_doen_niet_mee(tmp_path):
    """A user's own kernelspec, Jupyter and IPython settings, startup files and template."""
    thuis = tmp_path / "thuis"
    spec = thuis / ".local/share/jupyter/kernels/python3"
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text(
        json.dumps({"argv": ["false", "{connection_file}"], "display_name": "x", "language": "python"})
    )
    (thuis / ".jupyter").mkdir()
    (thuis / ".jupyter/voila.json").write_text(json.dumps({"VoilaConfiguration": {"template": "reveal"}}))
    start = thuis / ".ipython/profile_default/startup"
    start.mkdir(parents=True)
    (start / "00.py").write_text("raise SystemExit")
    code = (
        "from opgavelib import dashboard as d; from pathlib import Path; import os\n"
        f"os.environ.update(d._omgeving('.', '127.0.0.1', Path({str(tmp_path)!r}), d.zet_plotly_klaar()))\n"
        f"a = d._maak_app(Path({str(tmp_path)!r}), ['x'], {{}}, '127.0.0.1', 1, False, 900)\n"
        "k = d.EigenKernelspec()\n"
        "print(a.voila_configuration.template, k.get_kernel_spec('python3').argv[0], list(k.get_all_specs()),"
        " a.template_paths[0])"
    )
    uit = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"HOME": str(thuis)},
        cwd=thuis,
        capture_output=True,
        text=True,
    )
    assert uit.returncode == 0, uit.stderr
    sjabloon, python, specs, pad = uit.stdout.strip().split(" ", 3)
    assert sjabloon == "opgave"
    assert python == sys.executable
    assert specs == "['python3']"
    assert "dashboards" in pad


def test_een_warme_pagina_wacht_zonder_grens_op_haar_bezoeker(tmp_path):
    """The waiting is a cell; with a limit, every page was broken for who came after two quiet minutes."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        poort = s.getsockname()[1]
    code = (
        "from opgavelib import dashboard as d\n"
        f"app = d._maak_app(d.map_van('dashboards'), ['mt'], {{'mt': 0}}, '127.0.0.1', {poort}, False, 900)\n"
        "print('GRENS', app.config.VoilaExecutor.timeout)"
    )
    uit = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, cwd=tmp_path)
    assert "GRENS None" in uit.stdout, uit.stderr[-800:]
