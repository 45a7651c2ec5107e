"""Factuality: how far a text presents what a word tells as having happened."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from framelens._lists import read_list
from framelens.annotate.commitment import marked_words
from framelens.annotate.cues import cue_class

if TYPE_CHECKING:
    from collections.abc import Iterator

    from framelens.annotate.pipeline import Tokens

LOWEST, HIGHEST = -3.0, 3.0
"""Certainly not, and certainly so; 0 is open."""

_STEPS = 6
"""Verbs. What stands farther up says nothing of a word."""

_CLAUSES = {"ccomp", "xcomp", "acl", "advcl", "pcomp", "relcl", "conj", "parataxis"}
_NOMINAL = {"dobj", "pobj", "nsubj", "nsubjpass", "attr", "prep", "agent", "compound"}
_BEGUN = {
    "manage",
    "begin",
    "start",
    "continue",
    "help",
    "see",
    "cause",
    "keep",
    "stop",
}
_NOT_DONE = {
    "fail",
    "avoid",
    "prevent",
    "refuse",
    "decline",
    "cancel",
    "lack",
    "forbid",
}
_OPEN_MARKS = {"if", "unless", "whether"}


@cache
def weights() -> dict[str, float]:
    """Give the weight of each feature; ``always`` is added to every sum."""
    return {
        name: float(one) for name, one in read_list("factuality")["weights"].items()
    }


def factuality(tokens: Tokens, token: int) -> float:
    """Say how far a text presents a verb or noun as having happened, from -3 to 3."""
    measured = weights()
    total = measured.get("always", 0.0)
    total += sum(measured.get(name, 0.0) for name in features(tokens, token))
    return max(LOWEST, min(HIGHEST, total))


def features(tokens: Tokens, token: int) -> set[str]:
    """Give what the parse tells of whether a word is presented as having happened."""
    found = {f"tag {tokens.tags[token]}", f"dep {tokens.deps[token]}"}
    found |= {f"own {name}" for name in _around(tokens, token)}
    at, before = token, token
    for step in range(_STEPS):
        above = tokens.heads[at]
        if above == at:
            break
        dep = tokens.deps[at]
        if (
            tokens.tags[above].startswith(("VB", "JJ", "NN"))
            and dep in _CLAUSES | _NOMINAL
        ):
            kind = "clause" if dep in _CLAUSES else "noun"
            near = "near" if before == token and step < 2 else "far"
            found |= {
                f"{near} {kind} {name}" for name in _governing(tokens, above, dep)
            }
            before = above
        at = above
    return found


def _around(tokens: Tokens, token: int) -> Iterator[str]:
    """Give what stands at a word: negation, modals, tense, hedges, questions."""
    for one in tokens.children[token]:
        word, dep = tokens.words[one].lower(), tokens.deps[one]
        if dep == "neg" or (dep == "det" and word == "no"):
            yield "negated"
        elif tokens.tags[one] == "MD":
            yield f"modal {tokens.lemmas[one].lower()}"
        elif dep in ("aux", "auxpass"):
            yield f"helped {tokens.tags[one]}"
        elif dep in ("mark", "advmod") and word in _OPEN_MARKS:
            yield "open"
        elif word in marked_words("hedges") | marked_words("doubts"):
            yield "hedged"
        elif tokens.tags[one] in ("WP", "WRB", "WDT"):
            yield "asked"
        elif dep in ("nsubj", "nsubjpass"):
            yield f"subject {dep}"
            if word in ("nobody", "none", "nothing"):
                yield "negated"
        elif word == "?":
            yield "question"


def _governing(tokens: Tokens, above: int, dep: str) -> Iterator[str]:
    """Give what a word says of what hangs on it."""
    lemma = tokens.lemmas[above].lower()
    said = cue_class(lemma) if dep in ("ccomp", "xcomp", "acl", "pcomp") else None
    yield f"{dep}"
    if said is not None:
        yield f"{said}"
    if dep in ("xcomp", "ccomp", "dobj", "pobj", "prep", "acl"):
        if lemma in _BEGUN:
            yield "begun"
        if lemma in _NOT_DONE:
            yield "not done"
        if lemma in ("unlikely", "impossible", "unable"):
            yield "not done"
        if lemma in ("likely", "able", "possible", "ready", "set", "expected", "due"):
            yield "able"
    for name in _around(tokens, above):
        if not name.startswith(("subject", "helped")):
            yield f"{dep if dep in _CLAUSES else 'noun'} {name}"
