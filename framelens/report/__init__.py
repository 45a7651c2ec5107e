"""Report: findings in sentences, and pages and files with what stands behind them."""

from __future__ import annotations

from framelens.report.findings import Findings, findings
from framelens.report.report import report

__all__ = ["Findings", "findings", "report"]
