"""Escaping at one place, and errors that are seen: Voilà hides what goes wrong in a callback."""

from __future__ import annotations

import functools
import logging
import secrets
import traceback
from collections.abc import Callable
from typing import Any, TypeVar

import traitlets as t
from markupsafe import Markup

from opgavelib.fouten import OpgaveFout
from opgavelib.widgets.basis import Basis

_LOG = logging.getLogger("opgavelib.widgets")
F = TypeVar("F", bound=Callable[..., Any])


def html(sjabloon: str, **waarden: Any) -> Markup:
    """HTML from a template of our own and values of anybody's: the values are escaped.

    >>> html("<b>{titel}</b>", titel="<script>")
    Markup('<b>&lt;script&gt;</b>')

    A value that is itself the result of `html` is kept as it is, so that parts can be nested.
    """
    return Markup(sjabloon).format(**waarden)  # noqa: S704  (the template is code, never data)


class Melding(Basis, naam="melding"):
    """A line near what the person does, read out when it changes.

    Attributes
    ----------
    tekst : Dutch; empty is nothing
    soort : "fout", "letop", "goed" or "" (neutral)
    """

    tekst = t.Unicode().tag(sync=True)
    soort = t.Enum(["", "goed", "letop", "fout"], "").tag(sync=True)

    def zeg(self, tekst: str, soort: str = "") -> None:
        """Show `tekst`; both traits in one message."""
        with self.hold_sync():
            self.soort = soort
            self.tekst = tekst

    def wis(self) -> None:
        """Show nothing."""
        self.zeg("")


def vang(melding: Melding | None, wat: str) -> Callable[[F], F]:
    """Decorator for every callback: an error becomes Dutch text in `melding` instead of silence.

    Parameters
    ----------
    melding : where the person looks
    wat : what was being done, to complete "Er ging iets mis bij het …", e.g. "herberekenen"

    Notes
    -----
    An `OpgaveFout` shows its own text. Anything else shows a number, and the log has that number
    with the kind of error and where it arose: never its message, which may hold data.
    """

    def versier(functie: F) -> F:
        @functools.wraps(functie)
        def gevangen(*args: Any, **kwargs: Any) -> Any:
            try:
                uitkomst = functie(*args, **kwargs)
            except Exception as fout:
                meld_fout(melding, wat, fout)
                return None
            if melding is not None and melding.soort == "fout":
                melding.wis()
            return uitkomst

        return gevangen  # type: ignore[return-value]

    return versier


def meld_fout(melding: Melding | None, wat: str, fout: Exception) -> str:
    """Show `fout` to the person and log it without data; gives the text that is shown."""
    if isinstance(fout, OpgaveFout):
        tekst = str(fout)
    else:
        nummer = f"F-{secrets.token_hex(2).upper()}"
        plaats = " < ".join(
            f"{f.filename}:{f.lineno} {f.name}" for f in reversed(traceback.extract_tb(fout.__traceback__))
        )
        _LOG.error("%s bij het %s: %s in %s", nummer, wat, type(fout).__name__, plaats)
        tekst = (
            f"Er ging iets mis bij het {wat} (nr. {nummer}). Wat u ziet kan verouderd zijn. "
            "Probeer het opnieuw of laad de pagina opnieuw; geef bij herhaling dit nummer aan de beheerder."
        )
    if melding is not None:
        melding.zeg(tekst, "fout")
    return tekst
