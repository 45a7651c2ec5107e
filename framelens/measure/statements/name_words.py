"""Name words: nouns for bodies, and titles that stand before names."""

from __future__ import annotations

_BODIES_LIST = """
academy administration agencies agency airline alliance archive archives army assembly
association authority bank board body brigade bureau cabinet campaign center centre
chamber charity church club coalition coastguard college command commission
commissioners committee company congress consortium corporation council county court
department directorate embassy employer faction federation firm fleet force forces
foundation front gallery government group guild headquarters hospital house infirmary
inspectorate institute laboratory league library mayoralty military ministry mission
monitor movement navy network newspaper office organisation organization owners panel
parliament party police presidency regime school secretariat senate service society
state syndicate team theatre treasury tribunal trust union university watchdog zoo
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

JOINING = {"de", "van", "von", "der", "den", "al", "bin", "la", "di", "da", "el"}
"""Words inside names that are written small."""
