"""Name words: nouns for bodies, and titles that stand before names."""

from __future__ import annotations

_BODIES_LIST = """
administration agency agencies airline army assembly association authority bank
board body bureau cabinet campaign centre center chamber charity church club
coastguard college commission commissioners committee company congress consortium
corporation council county court department directorate embassy employer faction
federation firm force forces foundation front government group house hospital
infirmary inspectorate institute league library mayoralty military ministry mission
monitor movement navy network newspaper office organisation organization owners
panel parliament party police presidency regime secretariat senate service society
state syndicate team trade treasury tribunal trust union university
watchdog
"""
BODIES = frozenset(_BODIES_LIST.split())
"""Nouns for bodies that are credited with statements."""

_TITLES_LIST = """
mr mrs ms miss dr prof professor sir dame lord lady justice judge president prime
minister premier chancellor governor mayor councillor senator congressman secretary
ambassador general colonel captain major commander lieutenant sergeant inspector
king queen prince princess bishop father sister rev chief first deputy vice foreign
defence defense culture chairman chairwoman chair director spokesman spokeswoman
spokesperson counsellor
"""
TITLES = frozenset(_TITLES_LIST.split())
"""Words before a name that are no part of it."""
