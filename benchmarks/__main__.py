"""`make bench`: prints every ratio, with the baseline it is against.

Seconds depend on the machine and what else it does; ratios within one run much less. Give names to run
only some: ``python -m benchmarks poort herweging``.
"""

from __future__ import annotations

import sys

from benchmarks import begroting, capaciteit, herweging, kiezen, overlap, pagina, poort, rangschikken, schaal

ONDERDELEN = {
    "poort": poort.meet,
    "herweging": herweging.meet,
    "kiezen": kiezen.meet,
    "begroting": begroting.meet,
    "capaciteit": capaciteit.meet,
    "overlap": overlap.meet,
    "pagina": pagina.meet,
    "rangschikken": rangschikken.meet,
    "schaal": schaal.meet,
}


def main(namen: list[str]) -> int:
    onbekend = [n for n in namen if n not in ONDERDELEN]
    if onbekend:
        print(f"Onbekend: {', '.join(onbekend)}. Er zijn: {', '.join(ONDERDELEN)}.", file=sys.stderr)
        return 2
    print(f"{'wat':<58}{'meting':>12}{'basis':>12}{'verhouding':>12}")
    for naam in namen or ONDERDELEN:
        for wat, meting, basis, eenheid in ONDERDELEN[naam]():
            verhouding = f"{meting / basis:.2f}" if basis else ""
            links = f"{meting:.1f} {eenheid}"
            print(
                f"{wat:<58}{links:>12}{f'{basis:.1f} {eenheid}' if basis else '':>12}{verhouding:>12}", flush=True
            )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
