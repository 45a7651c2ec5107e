"""Comparisons: every share, difference, interval and test is computed here."""

from __future__ import annotations

from framelens.compare.accuracy import Accuracy, accuracy
from framelens.compare.agreement import Agreement, agreement
from framelens.compare.coded import Correction
from framelens.compare.codes import read_codes
from framelens.compare.coding import Sample, to_code
from framelens.compare.contrast import Contrast, contrast
from framelens.compare.frame import Frame, frame
from framelens.compare.multiverse import Multiverse, multiverse
from framelens.compare.outlets import Outlets, outlets
from framelens.compare.over_time import OverTime, over_time
from framelens.compare.power import Power, power
from framelens.compare.self_test import SelfTest, self_test
from framelens.compare.told_apart import ToldApart, told_apart
from framelens.compare.units import FLOORS, Floors

__all__ = [
    "FLOORS",
    "Accuracy",
    "Agreement",
    "Contrast",
    "Correction",
    "Floors",
    "Frame",
    "Multiverse",
    "Outlets",
    "OverTime",
    "Power",
    "Sample",
    "SelfTest",
    "ToldApart",
    "accuracy",
    "agreement",
    "contrast",
    "frame",
    "multiverse",
    "outlets",
    "over_time",
    "power",
    "read_codes",
    "self_test",
    "to_code",
    "told_apart",
]
