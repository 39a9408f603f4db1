"""`opgave`: the command line. Dutch in, Dutch out; one JSON document with --json."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from opgavelib import __version__, notatie
from opgavelib.antwoorden import Voortgang, fout_json
from opgavelib.argumenten import Parser, maak_parser, nederlands
from opgavelib.domein.begrippen import Soort
from opgavelib.fouten import BesluitFout, Bevinding, Ernst, InvoerFout, OpgaveFout, WerkmapFout

GELUKT, GEWEIGERD, VERKEERD = 0, 1, 2
_GESTOPT = "Gestopt."


def main(argv: Sequence[str] | None = None) -> int:
    """Entry point. Gives the exit code: 0 done, 1 input refused and nothing stored, 2 wrong use."""
    for stroom in (sys.stdout, sys.stderr):
        if hasattr(stroom, "reconfigure"):  # a Windows console is not UTF-8 by itself
            stroom.reconfigure(encoding="utf-8", errors="replace")
    with nederlands():
        parser = maak_parser()
        try:
            args = parser.parse_args(argv)
        except SystemExit as einde:
            if einde.code and "--json" in (sys.argv[1:] if argv is None else argv):
                _druk_json({"fout": Parser.bezwaar})
            raise
        if args.versie:
            print(__version__)
            return GELUKT
        if not args.opdracht:
            parser.print_help()
            return VERKEERD
    try:
        code = _voer_uit(args)
        sys.stdout.flush()  # a short answer waits in the buffer; who closed the pipe is noticed here
        return code
    except BrokenPipeError:
        # `opgave trace | head` closes our output; that is no error of anybody.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return GELUKT


def _voer_uit(args: argparse.Namespace) -> int:
    """Do the command; what it refuses is said on standard error, and with --json on standard output too."""
    als_json = getattr(args, "json", False)
    try:
        return _OPDRACHTEN[args.opdracht](args)
    except InvoerFout as fout:
        if als_json:
            _druk_json(_lees_json(0, fout.geweigerd, 0, fout.bevindingen))
        print(fout, file=sys.stderr)
        return GEWEIGERD
    except OpgaveFout as fout:
        if als_json:
            _druk_json(fout_json(fout))
        print(fout, file=sys.stderr)
        return VERKEERD if isinstance(fout, WerkmapFout) else GEWEIGERD
    except KeyboardInterrupt:
        if als_json:
            _druk_json({"fout": _GESTOPT})
        print(_GESTOPT, file=sys.stderr)
        return GEWEIGERD


def _lees(args: argparse.Namespace) -> int:
    from opgavelib.toepassing import lees_in

    verwerkt = lees_in(
        args.werkmap,
        args.bestanden,
        wie=args.wie or getpass.getuser(),
        soort=args.soort,
        kolommen=args.kolom,
    )
    if args.json:
        _druk_json(_lees_json(verwerkt.gelezen, verwerkt.geweigerd, verwerkt.ongewijzigd, verwerkt.bevindingen))
        return GELUKT
    for bevinding in verwerkt.bevindingen:
        teken = {Ernst.LET_OP: "▲ let op", Ernst.INFO: "●"}.get(bevinding.ernst, "■ fout")
        print(f"{teken} {bevinding.bestand}, {bevinding}" if bevinding.plaats else f"{teken} {bevinding}")
    print(
        f"{notatie.aantal(verwerkt.gelezen, 'rij', 'rijen')} gelezen, waarvan {verwerkt.ongewijzigd} ongewijzigd; "
        f"{verwerkt.geweigerd} geweigerd."
        + (f" {verwerkt.vervallen} rijen staan niet meer in hun bestand." if verwerkt.vervallen else "")
    )
    return GELUKT


def _lees_json(gelezen: int, geweigerd: int, ongewijzigd: int, bevindingen: Sequence[Bevinding]) -> dict:
    return {
        "gelezen": gelezen,
        "geweigerd": geweigerd,
        "ongewijzigd": ongewijzigd,
        "bevindingen": [b.als_dict() for b in bevindingen],
    }


def _voorbeeld(args: argparse.Namespace) -> int:
    from opgavelib.toepassing import maak_voorbeeld

    verwerkt = maak_voorbeeld(args.map)
    if verwerkt is None:
        print(f"Het voorbeeld staat al in '{args.map}'; er is niets veranderd.")
    else:
        print(f"Voorbeeldwerkmap gemaakt in '{args.map}': {verwerkt.gelezen} rijen gelezen.")
    print(f"Bekijk het met: opgave dashboard --werkmap {args.map}")
    return GELUKT


def _met_stand(functie: Callable) -> Callable[[argparse.Namespace], int]:
    """Open the werkmap, ask `functie` for its `Antwoord`, and print the form that was asked."""

    def opdracht(args: argparse.Namespace) -> int:
        from opgavelib.opslag import Werkmap
        from opgavelib.toepassing import Stand

        with Werkmap(args.werkmap) as werkmap:
            document, regels, *code = functie(Stand(werkmap), args)
        if args.json:
            _druk_json(document)
        else:
            print("\n".join(regels))
        return code[0] if code else GELUKT

    return opdracht


def _robuust(args: argparse.Namespace) -> int:
    """One werkmap or several, one after another with all workers; one that cannot does not stop the others."""
    from opgavelib import antwoorden
    from opgavelib.opslag import Werkmap
    from opgavelib.toepassing import Stand
    from opgavelib.toepassing.uitvoerder import uitvoerder

    mappen = list(dict.fromkeys(args.werkmap))
    for map_ in mappen:
        Werkmap(map_).sluit()  # a wrong folder is said before anything is computed
    uit: list[tuple[str, antwoorden.Antwoord | BesluitFout]] = []
    with uitvoerder(args.werkers, args.dask) as executor:
        for map_ in mappen:
            with Werkmap(map_) as werkmap, Voortgang("trekkingen") as voortgang:
                try:
                    uit.append((map_, antwoorden.robuust(Stand(werkmap), args, executor, voortgang)))
                except BesluitFout as fout:
                    if len(mappen) == 1:
                        raise
                    uit.append((map_, fout))
    document, regels = uit[0][1] if len(mappen) == 1 else antwoorden.robuust_samen(uit)
    if args.json:
        _druk_json(document)
    else:
        print("\n".join(regels))
    return GEWEIGERD if any(isinstance(antwoord, BesluitFout) for _, antwoord in uit) else GELUKT


def _dashboard(args: argparse.Namespace) -> int:
    from opgavelib.dashboard import serveer
    from opgavelib.toepassing.voorbeeld import voorbeeld_map

    werkmap = args.werkmap or voorbeeld_map()
    if args.werkmap:
        from opgavelib.opslag import Werkmap

        Werkmap(werkmap).sluit()  # a wrong folder is said here, not on everybody's page
    serveer(str(werkmap), poort=args.poort, browser=not args.geen_browser, netwerk=args.netwerk)
    return GELUKT


def _sjabloon(args: argparse.Namespace) -> int:
    from opgavelib.rapport.sjabloon import bestandsnaam, maak_sjabloon

    map_ = Path(args.naar)
    soorten = dict.fromkeys(args.soorten or [s.value for s in Soort])
    doelen = {soort: map_ / bestandsnaam(soort) for soort in soorten}
    if al_daar := [d.name for d in doelen.values() if d.exists()]:
        raise OpgaveFout(
            f"In '{map_}' staat al {', '.join(al_daar)}; er is niets gemaakt, want daar kan iets ingevuld zijn.\n"
            "   Doe: kies een andere map met --naar."
        )
    try:
        map_.mkdir(parents=True, exist_ok=True)
        bestanden = [maak_sjabloon(soort, doel) for soort, doel in doelen.items()]
    except OSError as fout:
        raise OpgaveFout(f"In '{map_}' kan niet worden geschreven.\n   Doe: kies een andere map.") from fout
    if args.json:
        _druk_json({"bestanden": [str(b) for b in bestanden]})
    else:
        print("\n".join(f"Gemaakt: {b}" for b in bestanden))
        print("Vul in, en lees in met: opgave lees BESTAND --werkmap W")
    return GELUKT


def _backup(args: argparse.Namespace) -> int:
    from opgavelib.toepassing.bewaren import maak_backup

    backup = maak_backup(args.werkmap, args.naar)
    if args.json:
        _druk_json(_backup_json(backup))
    else:
        print(
            f"Reservekopie gemaakt: {backup.pad}, met {notatie.getal(backup.rijen['ambities'])} ambities en "
            f"{notatie.getal(backup.rijen['gebeurtenissen'])} gebeurtenissen."
        )
    return GELUKT


def _herstel(args: argparse.Namespace) -> int:
    from opgavelib.opslag.backup import NietLeegFout, keur
    from opgavelib.toepassing.bewaren import herstel

    try:
        keur(Path(args.bestand))
    except WerkmapFout as fout:
        raise OpgaveFout(str(fout)) from None  # the input is refused; the werkmap is not at fault
    try:
        hersteld = herstel(args.bestand, args.werkmap, vervang=args.vervang)
    except NietLeegFout as fout:
        raise OpgaveFout(f"{fout}\n   Doe: kies een andere werkmap, of geef --vervang op.") from None
    vorige = str(hersteld.vorige) if hersteld.vorige else None
    if args.json:
        _druk_json(_backup_json(hersteld.backup) | {"versie": hersteld.versie, "vorige": vorige})
    else:
        moment = notatie.moment(datetime.fromisoformat(hersteld.backup.gemaakt_op).astimezone())
        print(f"De reservekopie van {moment} is teruggezet.")
        if vorige:
            print(f"Wat er stond, is bewaard in {vorige}.")
    return GELUKT


def _backup_json(backup) -> dict:
    return {
        "bestand": str(backup.pad), "rijen": dict(backup.rijen), "versie": backup.versie, "sha256": backup.sha256,
        "gemaakt_op": backup.gemaakt_op,
    }  # fmt: skip


def _druk_json(document: object) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False))


def _opdrachten() -> dict[str, Callable[[argparse.Namespace], int]]:
    from opgavelib import antwoorden

    return {
        "lees": _lees,
        "voorbeeld": _voorbeeld,
        "dashboard": _dashboard,
        "sjabloon": _sjabloon,
        "backup": _backup,
        "herstel": _herstel,
        "overlap": _met_stand(antwoorden.overlap),
        "shortlist": _met_stand(antwoorden.shortlist),
        "robuust": _robuust,
        "scenario": _met_stand(antwoorden.scenario),
        "trace": _met_stand(antwoorden.trace),
        "begroting": _met_stand(antwoorden.begroting),
        "capaciteit": _met_stand(antwoorden.capaciteit),
        "controle": _met_stand(antwoorden.controle),
        "rapport": _met_stand(antwoorden.rapport),
    }


_OPDRACHTEN = _opdrachten()

if __name__ == "__main__":
    sys.exit(main())
