"""Weights of criteria from what people answer: points, swings, pairs (AHP) or best-worst; and groups together."""

from opgavelib.domein.wegen.ahp import ahp, paren
from opgavelib.domein.wegen.beste_slechtste import beste_slechtste
from opgavelib.domein.wegen.weging import Weging, combineer, direct, swing

__all__ = ["Weging", "ahp", "beste_slechtste", "combineer", "direct", "paren", "swing"]
