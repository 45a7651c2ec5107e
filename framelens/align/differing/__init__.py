"""What differs between passages that are lined up: for a person to read."""

from __future__ import annotations

from framelens.align.differing.differing import Differing, differing
from framelens.align.differing.rules import Difference, what_differs

__all__ = ["Difference", "Differing", "differing", "what_differs"]
