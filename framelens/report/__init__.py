"""Report: findings in sentences, and pages and files with what stands behind them."""

from __future__ import annotations

from framelens.report.findings import Findings, findings
from framelens.report.report import report
from framelens.report.watch import Watch, watch

__all__ = ["Findings", "Watch", "findings", "report", "watch"]
