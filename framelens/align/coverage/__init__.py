"""Coverage: what only one article has, and what the others have too."""

from __future__ import annotations

from framelens.align.coverage.coverage import coverage
from framelens.align.coverage.matrix import CoverageMatrix
from framelens.align.coverage.result import Coverage

__all__ = ["Coverage", "CoverageMatrix", "coverage"]
