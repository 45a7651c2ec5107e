"""Openers: words that often begin a sentence, and then have a capital."""

from __future__ import annotations

_LISTED = """
a an the this that these those some any each every all both many much most more
several few another other such no not none neither either half only even just
i you he she it we they who what which whose my your his her its our their
and or but nor so yet for as if because although though unless until while whereas
when where why how whether since once than then thus hence therefore however
moreover furthermore besides instead otherwise meanwhile nonetheless nevertheless
still also again too now here there today yesterday tomorrow tonight later earlier
soon often always never sometimes perhaps maybe almost about above across after
against along amid among around at before behind below beneath beside between
beyond by despite down during except following from given in including inside into
like near of off on onto out outside over past per regarding through throughout to
toward towards under underneath unlike up upon via with within without according
asked speaking told citing addressing quoting is are was were be been has have had
do does did will would can could may might must should let please one two three
recently finally previously initially eventually reportedly allegedly apparently
additionally similarly ironically currently originally ultimately immediately
nearly early clearly actually certainly
"""

OPENERS = frozenset(_LISTED.split())
"""Words that are no part of the name behind them; our own list, in small letters."""
