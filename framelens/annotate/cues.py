"""Reporting verbs: the words that hand over to a speaker."""

from __future__ import annotations

_REGULAR = """
accept accuse acknowledge add address admit advise affirm agree allege announce answer
appeal applaud argue ask assert assess assure attest bemoan blame blast boast brag
caution challenge charge chide claim clarify comment commit complain concede conclude
concur condemn confess confide confirm contend continue counter criticise criticize cry
decide declare decry deem demand denounce deny deride describe dictate disagree
disclose dismiss dispute elaborate emphasise emphasize enthuse estimate exclaim exhort
explain express forecast fume grumble gush hail highlight hint imply indicate inform
inquire insist instruct interject joke lament lash laud mention mock mourn mutter
note object
observe opine order pen phrase plead pledge point post praise predict proclaim profess
promise prompt pronounce propose protest quip quote reaffirm reason reassure rebut
recall reckon recommend recount refer refute reiterate reject relate relay remark
remember remind repeat reply report request respond retort reveal scoff scold shout
shrug signal slam sneer snap speculate state stipulate stress suggest summarise
summarize surmise swear tease testify thank threaten tout trumpet tweet urge utter
voice volunteer
vow warn welcome whisper wonder yell
"""

_IRREGULAR = {
    "brand": ("brands", "branded", "branding"),
    "call": ("calls", "called", "calling"),
    "cite": ("cites", "cited", "citing"),
    "characterise": ("characterises", "characterised", "characterising"),
    "characterize": ("characterizes", "characterized", "characterizing"),
    "feel": ("feels", "felt"),
    "find": ("finds", "found"),
    "hear": ("heard",),
    "label": ("labels", "labelled", "labeled", "labelling", "labeling"),
    "read": ("reads", "read"),
    "say": ("says", "said", "saying"),
    "speak": ("speaks", "spoke", "spoken", "speaking"),
    "swear": ("swears", "swore", "sworn", "swearing"),
    "tell": ("tells", "told", "telling"),
    "think": ("thinks", "thought"),
    "believe": ("believes", "believed"),
    "write": ("writes", "wrote", "written", "writing"),
    "forecast": ("forecasts", "forecasted", "forecasting"),
    "go": (),
}

_DOUBLED = {"admit", "commit", "quip", "refer", "rebut", "snap", "slam", "brag", "pen"}


def _forms(lemma: str) -> set[str]:
    """Give the regular forms of a verb."""
    stem = lemma + lemma[-1] if lemma in _DOUBLED else lemma
    if lemma.endswith("e"):
        return {lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"}
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return {lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"}
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s")
    return {lemma, third, stem + "ed", stem + "ing"}


CUES: dict[str, str] = {
    form: lemma for lemma in _REGULAR.split() for form in sorted(_forms(lemma))
} | {form: lemma for lemma, forms in _IRREGULAR.items() for form in (lemma, *forms)}
"""Form of a reporting verb, in lower case, to its lemma."""


def cue_of(word: str) -> str | None:
    """Give the lemma of `word` if it is a form of a reporting verb.

    Examples
    --------
    >>> cue_of("Denied"), cue_of("drone")
    ('deny', None)
    """
    return CUES.get(word.lower())
