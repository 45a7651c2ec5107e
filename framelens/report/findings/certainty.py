"""Certainty: how often a finding of each theme is right, as far as it was measured."""

from __future__ import annotations

from framelens._lists import read_list


def right(theme: str) -> float:
    """Give the share of such findings that are right."""
    return float(read_list("findings")[theme]["right"])


def how_right(theme: str) -> str:
    """Say on what that was measured."""
    return str(read_list("findings")[theme]["measured"])
