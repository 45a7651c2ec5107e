"""Name words: nouns for bodies, and titles that stand before names."""

from __future__ import annotations

import re

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

_PREPOSITIONS_LIST = """
in at of from to for by with on near between against outside inside into over across
after before about among through under
"""
PREPOSITIONS = frozenset(_PREPOSITIONS_LIST.split())
"""Prepositions before names."""

_NOT_NAMES_LIST = """
the a an this that these those but and or if when while as he she it they we i you
his her its their our my one no not there here after before on in at for from with
by to of outside inside under over some many most all both each every asked then now
what who how why
"""
NOT_NAMES = frozenset(_NOT_NAMES_LIST.split())
"""Words that a capital makes no name."""

_CAPITAL = re.compile(rf"(?:(?:{'|'.join(sorted(JOINING))})-|[^\W\d_]['’]?)?([^\W\d_])")


def bears_capital(word: str) -> bool:
    """Whether a word is written as names are: "Orr", "al-Shabaab", "eBay", "d'Or".

    Examples
    --------
    >>> [bears_capital(word) for word in ("Orr", "al-Shabaab", "iRobot", "anti-Orr")]
    [True, True, True, False]
    """
    if word[:1].isupper():
        return True
    found = _CAPITAL.match(word)
    return found is not None and found[1].isupper()
