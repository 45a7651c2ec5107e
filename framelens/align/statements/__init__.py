"""The same statement in two or more articles, and how the printings differ."""

from __future__ import annotations

from framelens.align.statements.statements import Statements, statements

__all__ = ["Statements", "statements"]
