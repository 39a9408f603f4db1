"""Make the pictures of docs: screens of the example, from the running dashboard."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

WORTEL = Path(__file__).resolve().parents[1]
BEELDEN = {
    "mt#shortlist": "schermbeeld.png", "capaciteit#balans": "capaciteit.png",
    "capaciteit#contractering": "contractering.png", "controle#lean": "controle.png",
}  # fmt: skip
sys.path.insert(0, str(WORTEL))


def main() -> None:
    from playwright.sync_api import sync_playwright

    from opgavelib.paden import map_van
    from opgavelib.toepassing import maak_voorbeeld
    from tests.browser.conftest import VLAGGEN, draai_server, zoek_chromium

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as tijdelijk, sync_playwright() as p:
        werkmap = Path(tijdelijk) / "voorbeeld"
        maak_voorbeeld(werkmap)
        browser = p.chromium.launch(executable_path=zoek_chromium(), args=VLAGGEN)
        warm = dict.fromkeys((adres.partition("#")[0] for adres in BEELDEN), 1)
        with draai_server(werkmap, map_van("dashboards"), warm, Path(tijdelijk) / "log.txt") as server:
            for adres, naam in BEELDEN.items():
                pagina = browser.new_page(viewport={"width": 1440, "height": 940}, locale="nl-NL")
                pagina.goto(f"{server.adres}/{adres}")
                pagina.wait_for_selector("#pagina-klaar", state="attached")
                pagina.wait_for_timeout(3000)  # a tab that computes for itself comes after the page
                pagina.screenshot(path=WORTEL / "docs" / naam)
                pagina.close()
        browser.close()


if __name__ == "__main__":
    main()
