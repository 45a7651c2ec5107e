"""Duplicates: copies, versions and agency copy, and what to do with them."""

from __future__ import annotations

from framelens.align.duplicates.duplicates import DUPLICATE_COLUMNS, duplicates
from framelens.align.duplicates.keeping import (
    WithoutDuplicates,
    without_duplicates,
)

__all__ = ["DUPLICATE_COLUMNS", "WithoutDuplicates", "duplicates", "without_duplicates"]
