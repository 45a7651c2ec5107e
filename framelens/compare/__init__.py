"""Comparisons: every share, difference, interval and test is computed here."""

from __future__ import annotations

from framelens.compare.contrast import contrast
from framelens.compare.inference import FLOORS, Floors
from framelens.compare.result import Contrast

__all__ = ["FLOORS", "Contrast", "Floors", "contrast"]
