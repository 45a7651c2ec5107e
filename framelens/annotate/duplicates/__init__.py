"""Duplicates: copies, versions and agency copy, and what to do with them."""

from __future__ import annotations

from framelens.annotate.duplicates.duplicates import DUPLICATE_COLUMNS, duplicates
from framelens.annotate.duplicates.keeping import (
    WithoutDuplicates,
    without_duplicates,
)

__all__ = ["DUPLICATE_COLUMNS", "WithoutDuplicates", "duplicates", "without_duplicates"]
