"""What differs between passages that are lined up: for a person to read."""

from __future__ import annotations

from framelens.align.differing.differing import Difference, what_differs
from framelens.align.differing.lined_up import differing
from framelens.align.differing.result import Differing

__all__ = ["Difference", "Differing", "differing", "what_differs"]
