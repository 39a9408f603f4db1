"""Pairs of ambities that may say the same. A person decides; nothing is merged here."""

from opgavelib.domein.overlap.betekenis import Semantiek
from opgavelib.domein.overlap.woorden import markeer
from opgavelib.domein.overlap.zoeken import Paren, zoek_overlap

__all__ = ["Paren", "Semantiek", "markeer", "zoek_overlap"]
