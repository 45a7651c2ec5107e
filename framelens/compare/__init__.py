"""Comparisons: every share, difference, interval and test is computed here."""

from __future__ import annotations

from framelens.compare.contrast import Contrast, contrast
from framelens.compare.multiverse import Multiverse, multiverse
from framelens.compare.outlets import Outlets, outlets
from framelens.compare.over_time import OverTime, over_time
from framelens.compare.power import Power, power
from framelens.compare.self_test import SelfTest, self_test
from framelens.compare.told_apart import ToldApart, told_apart
from framelens.compare.units import FLOORS, Floors

__all__ = [
    "FLOORS",
    "Contrast",
    "Floors",
    "Multiverse",
    "Outlets",
    "OverTime",
    "Power",
    "SelfTest",
    "ToldApart",
    "contrast",
    "multiverse",
    "outlets",
    "over_time",
    "power",
    "self_test",
    "told_apart",
]
