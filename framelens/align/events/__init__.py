"""Which articles report the same event, and why they are thought to."""

from __future__ import annotations

from framelens.align.events.details import event_members, event_terms
from framelens.align.events.events import EVENT_COLUMNS, events

__all__ = ["EVENT_COLUMNS", "event_members", "event_terms", "events"]
