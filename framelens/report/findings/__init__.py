"""Findings: what a set of articles shows, as sentences, each with its evidence."""

from framelens.report.findings.findings import Findings, findings

__all__ = ["Findings", "findings"]
