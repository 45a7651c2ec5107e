"""Owners: the state or body that an office is of, as the words around it name it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from framelens._lists import words_of
from framelens.annotate.actor_nouns import body_of, role_of, state_of
from framelens.annotate.affiliations import (
    NO_OWNER,
    PORTFOLIOS,
    is_title,
    listed,
    named_owner,
    party_state,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


_FOR = {"of", "for", "at", "with", "from"}
_LINKS = {"of", "for", "and", "the", "on", "&", "de", "du", "a"}
_KIND = 5  # words before a name that say what kind of body it is
LEADS = words_of("affiliations", "leads")
THE = {"the", "a", "an"}


def owner_before(lead: Sequence[str]) -> str | None:
    """Give the state or body before a role: *the White House press*, *Iran's*."""
    run = run_before(lead)
    if run is None:
        return None
    several = " " in run and not lead[-1].endswith("'s")
    return named_owner(f"the {run}" if several else run)


def run_before(lead: Sequence[str]) -> str | None:
    """Give the last run of capitals before a role, without parties and offices.

    Right before it, or as its possessor: *Iran's atomic energy* chief.
    """
    words = [*lead]
    for place in range(len(words) - 1, max(-1, len(words) - 8), -1):
        if words[place].endswith("'s"):
            return _last_run(words[: place + 1])
        if words[place].lower() in NO_OWNER - {"and"}:
            break
    while words:
        word, low = words[-1], words[-1].lower().strip(".,")
        if low == "campaign" and len(words) > 1 and words[-2][:1].isupper():
            run = _last_run(words[:-1])
            return f"{run} campaign" if run else None
        if _ends_listed(words) is not None:
            break
        lead_in = low in LEADS or low in PORTFOLIOS
        lead_in = lead_in or (
            role_of(low) is not None if word == low else is_title(word)
        )
        if not lead_in and not party_state(word):
            break
        words.pop()
    return _last_run(words) if words and words[-1][:1].isupper() else None


def _ends_listed(words: Sequence[str]) -> str | None:
    """Give the body whose listed name ends here: *White House*."""
    for size in (4, 3, 2):
        name = " ".join(words[-size:])
        if len(words) >= size and name in listed():
            return name
    return None


def _last_run(words: Sequence[str]) -> str | None:
    """Give the run of capitals at the end of some words."""
    first = len(words)
    for place in range(len(words) - 1, -1, -1):
        word = words[place]
        ends = place < len(words) - 1 and (word.endswith(("'s", ",")))
        if word[:1].isupper() and word.lower() not in NO_OWNER and not ends:
            first = place
        elif word not in ("of", "and", "&") or first != place + 1:
            break
    run = [*words[first:]]
    while run and (run[0].lower() in THE or party_state(run[0]) or run[0] in _LINKS):
        run = run[1:]
    return " ".join(run).removesuffix("'s") or None


def owner_behind(behind: str, *, on: bool = False) -> str | None:
    """Give the state or body behind a role: *director of the CDC*."""
    tokens = behind.split()
    found: list[str] = []
    for place, word in enumerate(tokens):
        if word.lower() not in (_FOR | {"on"} if on else _FOR):
            continue
        run = run_at(" ".join(tokens[place + 1 :]))
        if run is None or run in ("State", "Defense", "the Treasury"):
            continue
        if word.lower() == "from" and state_of(run):
            continue
        found.append(run)
    owners = [owner for run in found if (owner := named_owner(run)) is not None]
    bodies = [one for one in owners if state_of(one) or body_of(one.split()[-1])]
    single = owners and " " not in owners[0] and not state_of(owners[0])
    return (bodies or owners)[0] if single else next(iter(owners), None)


def run_of(behind: str) -> str | None:
    """Give the name behind *for* or *to*: *aide to Mr. Orr*."""
    match = re.match(r"(?:for|to|of) ", behind)
    return run_at(behind[match.end() :]) if match else None


def _behind_kind(tokens: Sequence[str]) -> int:
    """Count the words before a name that say what it is: *anti-dam group Dryland*."""
    for place, word in enumerate(tokens[:_KIND]):
        if not word.islower():
            kind = tokens[place - 1] if place else ""
            return place if kind == "tank" or body_of(kind) else 0  # think tank X
    return 0


def run_at(words: str) -> str | None:
    """Give the name that some words begin with: *the Fund for Peace in Rome*."""
    tokens = words.replace("’", "'").split()
    article = tokens[:1] if tokens and tokens[0].lower() == "the" else []
    if tokens and tokens[0].lower() in ("the", "its", "a"):
        tokens = tokens[1:]
    if behind := _behind_kind(tokens):
        article, tokens = [], tokens[behind:]
    run: list[str] = []
    links: list[str] = []
    for word in tokens:
        bare = word.strip("\"“”'")
        if bare[:1].isupper() or (run and bare[:1].isdigit()):
            run += [*links, bare]
            links = []
            if word.endswith((",", "'s")) or (word.endswith(".") and len(word) > 5):
                break
        elif run and word in _LINKS:
            links.append(word)
        else:
            break
    name = " ".join(run).rstrip(",").removesuffix("'s")
    return " ".join([*article, name.rstrip(".")]) if name else None
