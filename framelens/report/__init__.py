"""Report: one page that opens from disk, with the sentence behind every number."""

from __future__ import annotations

from framelens.report.report import report

__all__ = ["report"]
