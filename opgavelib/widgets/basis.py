"""What the widgets share: their script and style beside them, and values the browser can read."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets

STATIC = Path(__file__).parent / "static"


class Basis(anywidget.AnyWidget):
    """A widget whose script (and style, if any) is ``static/<naam>.js`` and ``.css``.

    ``class Tabel(Basis, naam="tabel")``. The design tokens go along with the style, so that a
    widget looks the same in JupyterLab as on a page. All widgets share one Layout: every model is
    a message and memory, on a page with a kernel of its own. Scripts cannot import each other (they
    travel as text), so what several widgets use is put before theirs: ``met=("kiezer",)``.
    """

    def __init_subclass__(cls, naam: str = "", met: tuple[str, ...] = (), **kwargs: Any) -> None:
        if naam:
            delen = (*met, naam)
            cls._esm = "\n".join(_lees(f"{deel}.js") for deel in delen)
            cls._css = _lees("tokens.css") + "".join(_lees(f"{deel}.css") for deel in delen)
        super().__init_subclass__(**kwargs)

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("layout", _layout())
        super().__init__(**kwargs)


@cache
def _lees(bestand: str) -> str:
    pad = STATIC / bestand
    return pad.read_text(encoding="utf-8") if pad.is_file() else ""


_gedeeld: ipywidgets.Layout | None = None


def _layout() -> ipywidgets.Layout:
    global _gedeeld
    if _gedeeld is None or _gedeeld.comm is None:
        _gedeeld = ipywidgets.Layout()
    return _gedeeld


def schoon(waarde: Any) -> Any:
    """A copy that JSON can carry: numpy and pandas scalars become Python's, missing becomes None.

    NaN, NaT, pandas.NA and infinities are not in JSON; a browser would refuse the whole message.
    """
    if isinstance(waarde, str | bool | int) or waarde is None:
        return waarde
    if isinstance(waarde, float):
        return waarde if waarde - waarde == 0 else None
    if isinstance(waarde, dict):
        return {str(k): schoon(v) for k, v in waarde.items()}
    if isinstance(waarde, list | tuple | set | frozenset):
        return [schoon(v) for v in waarde]
    if type(waarde).__name__ in ("NAType", "NaTType"):
        return None
    if hasattr(waarde, "tolist"):  # numpy array or scalar, pandas Series or Index
        return schoon(waarde.tolist())
    if hasattr(waarde, "isoformat"):
        return waarde.isoformat()
    if hasattr(waarde, "value") and hasattr(waarde, "name"):  # an Enum
        return schoon(waarde.value)
    if hasattr(waarde, "__float__"):  # Decimal
        return schoon(float(waarde))
    return str(waarde)
