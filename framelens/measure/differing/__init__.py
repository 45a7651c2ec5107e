"""What differs between passages that are lined up: for a person to read."""

from __future__ import annotations

from framelens.measure.differing.differing import Difference, what_differs
from framelens.measure.differing.lined_up import differing
from framelens.measure.differing.result import Differing

__all__ = ["Difference", "Differing", "differing", "what_differs"]
