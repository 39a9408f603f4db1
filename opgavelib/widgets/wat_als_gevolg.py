"""What changes of hours do: before and after, which shortages go and come, and which promises lapse."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

import ipywidgets
import pandas as pd
from markupsafe import Markup

from opgavelib import notatie
from opgavelib.toepassing.wat_als import Verandering
from opgavelib.weergave.belasting import met_teken
from opgavelib.weergave.figuur import Figuur, kolom, records
from opgavelib.weergave.wat_als import NIETS, wat_als
from opgavelib.widgets.balans import met_kop
from opgavelib.widgets.beeld import Beeld, zichtbaar
from opgavelib.widgets.tabel import Tabel
from opgavelib.widgets.veilig import html

VERVALLEN = (
    kolom("activiteit", "Activiteit", breed=True),
    kolom("team", "Team"),
    kolom("kwartalen", "Kwartalen"),
    kolom("uren_vervallen", "Toezegging vervalt", "uren"),
)
_HOOGSTENS = 5  # shortages by name; the table has them all
_VEEL_KWARTALEN = 12  # more do not fit beside the form in ordinary type
_BREED = 14  # characters of the name of a team on one line
_LEEG = pd.DataFrame({"verschil_uren": pd.Series(dtype=float)})


class GevolgBeeld:
    """A `Verandering` on screen.

    Attributes
    ----------
    doos : what it does, to display beside the changes
    onder : the figures as tables, at full width
    beeld, vervallen : the parts
    """

    def __init__(self):
        self.beeld = Beeld("Wat doet dat met de uren?", "Voor en na, per team en kwartaal", hoogstens=8)
        self._tekorten = ipywidgets.HTML()
        self.vervallen = Tabel(VERVALLEN, bijschrift="Wat is toegezegd en vervalt", hoogstens=6, kiesbaar=False)
        boven, onder = self.beeld.doos.children
        boven.children = (boven.children[0], self._tekorten, *boven.children[1:])
        self._weg = ipywidgets.VBox([self.vervallen]).add_class("ow-kaart")
        self.doos = boven
        self.onder = ipywidgets.VBox([self._weg, onder])

    def toon(self, v: Verandering | None, eerst: str = NIETS) -> None:
        """Show what changes do; None is nothing to show yet, and then `eerst` says what to do first."""
        self.beeld.toon(wat_als(_LEEG, eerst) if v is None else _figuur(v))
        self._tekorten.value = "" if v is None else str(tekorten(v))
        self._tekorten.layout = zichtbaar(bool(self._tekorten.value))
        rijen = [] if v is None else vervallen(v.vervallen)
        self.vervallen.rijen = rijen
        self._weg.layout = zichtbaar(bool(rijen))


def _figuur(v: Verandering) -> Figuur:
    """The heatmap beside the changes: two lines in a cell want the smaller type, and names take little room."""
    figuur = wat_als(v.tabel, v.toelichting, kerncijfers(v))
    if figuur.figuur:
        as_ = figuur.figuur["layout"]["yaxis"]
        as_["ticktext"] = ["<br>".join(wrap(naam, _BREED)) for naam in as_["ticktext"]]
        data = figuur.figuur["data"][0]
        data["textfont"]["size"] = 14 if len(data["x"]) <= _VEEL_KWARTALEN else 11
        data["text"] = [[cel.replace(" ", "\u202f") for cel in rij] for rij in data["text"]]
    return met_kop(figuur, 2, figuur.uitleg)


def kerncijfers(v: Verandering) -> list[tuple[str, str]]:
    """The change in a few figures; what is nothing is left out."""
    verschil = v.tabel["verschil_uren"]
    was, wordt = (int((v.tabel[f"stand_{n}"] == "fout").sum()) for n in ("was", "wordt"))
    uren = (
        ("Komt vrij", float(verschil.clip(lower=0.0).sum())),
        ("Minder over", -float(verschil.clip(upper=0.0).sum())),
        ("Toezegging vervalt", float(v.vervallen["uren_vervallen"].sum())),
    )
    uit = [("Tekorten", f"{was} → {wordt}"), *((naam, notatie.uren(u)) for naam, u in uren if round(u))]
    return [*uit, ("Kosten van inhuur", notatie.euro(v.inhuur_eur))] if round(v.inhuur_uren) else uit


def tekorten(v: Verandering) -> Markup:
    """Shortages that are solved and new ones, by name; empty for none."""
    delen = [
        html("<div><h3>{k}</h3><ul>{r}</ul></div>", k=kop, r=_regels(rijen, teken, klasse))
        for kop, rijen, teken, klasse in (
            ("Opgelost", v.opgelost.sort_values("saldo_was", kind="stable"), "●", "goed"),
            ("Nieuw tekort", v.nieuw.sort_values("saldo_wordt", kind="stable"), "■", "fout"),
        )
        if len(rijen)
    ]
    return html("<div class='ow-tekorten'>{d}</div>", d=html("").join(delen)) if delen else html("")


def _regels(rijen: pd.DataFrame, teken: str, klasse: str) -> Markup:
    uit = [
        html("<li><span class='ow-{k}' aria-hidden='true'>{t}</span> {team}, {kw}: {was} → {wordt} uur</li>",
             k=klasse, t=teken, team=team, kw=kwartaal, was=met_teken(r["saldo_was"]),
             wordt=met_teken(r["saldo_wordt"]))
        for (team, kwartaal), r in rijen.head(_HOOGSTENS).iterrows()
    ]  # fmt: skip
    if (rest := len(rijen) - _HOOGSTENS) > 0:
        uit.append(html("<li class='ow-onder'>en nog {n}; zie de tabel</li>", n=rest))
    return html("").join(uit)


def vervallen(rijen: pd.DataFrame) -> Sequence[dict[str, object]]:
    """Promises that lapse per activiteit and team, most hours first."""
    if rijen.empty:
        return []
    per = rijen.groupby(["activiteit", "titel", "team"], sort=False)
    uit = per.agg(van=("kwartaal", "min"), tot=("kwartaal", "max"), uren_vervallen=("uren_vervallen", "sum"))
    uit = uit.sort_values("uren_vervallen", ascending=False, kind="stable").reset_index()
    uit["kwartalen"] = [v if v == t else f"{v} t/m {t}" for v, t in zip(uit["van"], uit["tot"], strict=True)]
    uit["activiteit"] = uit["activiteit"] + " " + uit["titel"].fillna("")
    return records(uit.drop(columns=["titel"]), VERVALLEN)
