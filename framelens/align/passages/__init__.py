"""Passages: what several articles have in common word for word, found exactly."""

from __future__ import annotations

from framelens.align.passages.passages import Passages, Rules, find_passages

__all__ = ["Passages", "Rules", "find_passages"]
