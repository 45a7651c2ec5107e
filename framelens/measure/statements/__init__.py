"""The same statement in two or more articles, and how the printings differ."""

from __future__ import annotations

from framelens.measure.statements.result import Statements
from framelens.measure.statements.statements import statements

__all__ = ["Statements", "statements"]
