"""Offices: for whom somebody speaks, by the words beside a name."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from framelens._lists import read_list, words_of
from framelens.annotate.actor_nouns import body_of, is_plural, role_of, state_of
from framelens.annotate.affiliations import (
    NATION,
    NO_OWNER,
    chamber_named,
    heads,
    is_media,
    is_part,
    is_person,
    is_role,
    is_title,
    listed,
    named_owner,
    offices,
    part_in,
    party_of,
    party_state,
    party_states,
    state_before,
    state_of_office,
)
from framelens.annotate.owners import (
    LEADS,
    THE,
    owner_before,
    owner_behind,
    run_at,
    run_before,
    run_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


class Office(NamedTuple):
    """What words beside a name say of whom somebody speaks for.

    ``owner``: a state or body, as printed or by its one name; ``chamber``: of a
    legislator, to which the state may be missing; ``head``: an office of a state that
    is not named; ``former``: no longer held; ``candidate``: runs for one; ``aide``:
    serves whom ``owner`` names, if that is a person.
    """

    owner: str | None = None
    chamber: str | None = None
    state: str | None = None
    head: str | None = None
    former: bool = False
    candidate: bool = False
    aide: bool = False

    @property
    def tells(self) -> bool:
        """Whether anything is said at all."""
        return any(self)


NO_OFFICE = Office()
_FORMER = words_of("affiliations", "over")
_AIDES = words_of("affiliations", "aides")
_CANDIDATES = words_of("affiliations", "candidates")
_RACES = re.compile(
    r"\b(?:presidential|gubernatorial|mayoral|congressional|senate|for president"
    r"|for governor|for mayor|for congress|for senate|republican|democratic|gop)\b",
    re.I,
)
_CITIZENS = frozenset(
    read_list("source_types")["types"]["witness or citizen"]["offices"]
)
_LETTER = re.compile(r"\s*,?\s*\(?\b[RD]\s?[-–—.]\s?(?:[A-Z][\w.]*)|\s*\((?:R|D)\)")
_WHO = re.compile(
    r"(?:, \d\d)?,? who (?:\w+ly )?(?:chairs?|heads?|leads?|directs?|runs?|represents?|"
    r"works? (?:for|at|with)|teaches at|is with|serves on) (.{3,})"
)
_DIRECT = re.compile(r"(?:, (?:of|with|at|from)| of) (?=(?:the )?[A-Z])(.{3,})")
_OF_STATE = re.compile(r",? of ((?:the )?[A-Z][\w.]*(?: [A-Z]\w*)?)")
_RUNS = re.compile(
    r"(?:,[^.;]{0,90},)? (?:(?:is|was|who's|are) running for "
    r"(?:president|governor|mayor)|(?:is|was|been) seeking the (?:\w+ ){1,3}nomination"
    r"|(?:has |had )?(?:\w+ly )?(?:launched|announced) (?:his|her) (?:\w+ )?"
    r"(?:campaign|candidacy|bid))\b"
)
_APPOSED = re.compile(
    r"(?:\s*\([^)]{1,24}\))?(?:, \d\d,?)?(?:,? (?:who|which) (?:is|serves as) "
    r"| is (?=an? |the )|, |\s*\(| [-–—] )(.{3,})"
)
_SHORT = (
    "St Mr Ms Mrs Dr Sen Rep Gen Gov Lt Col Corp Inc Co Ltd Prof Rev Hon Adm Capt Maj"
)
_STOP = re.compile(
    r"[;:!?\n\"“”()]|(?<=\w\w)"
    + "".join(rf"(?<!\b{one})" for one in _SHORT.split())
    + r"\.(?=\s|$)"
)
_PANEL = re.compile(r"\b(House|Senate)\b.*\b(?:[Cc]ommittee|[Pp]anel|[Ss]ubcommittee)")
_BY_LAW = {"secretary of state", "attorney general"}


def office_in(before: str, behind: str, *, full: bool = True) -> Office:
    """Say for whom somebody speaks, by the words right before and behind a name.

    `full`: whether it is a full name, or a surname alone.

    >>> office_in("Texas Gov. ", " said"), office_in("", ", who chairs the Orr Fund.")
    (Office(owner='Texas', ...), Office(owner='Orr Fund', ...))
    """
    letter = _LETTER.match(behind)
    first = _titled(before)
    if first.head:
        of = _OF_STATE.match(behind)
        state = of and (state_of(of[1]) or state_of(of[1].rpartition(" ")[0]))
        return Office(owner=state) if state else first
    if first.tells and not (first.chamber and not first.state):
        return first
    behind = _cut(behind[letter.end() :].lstrip(")") if letter else behind)
    if first.chamber:
        part = part_in(behind[:40])
        return first._replace(state="United States" if letter else part)
    if letter:
        return Office(chamber="Congress", state="United States")
    if _RUNS.match(behind):
        return Office(candidate=True)
    for pattern in (_WHO, _DIRECT) if full else (_WHO,):
        match = pattern.match(behind)
        run = run_at(match[1]) if match else None
        if run:
            owner = named_owner(run)
            return Office(owner=owner) if owner else NO_OFFICE
    match = _APPOSED.match(behind)
    return described(match[1], apposed=True) if match else NO_OFFICE


def described(words: str, *, apposed: bool = False) -> Office:
    """Say for whom somebody speaks who is only described: *a State Department aide*.

    Of an apposition (`apposed`) the role must be near its beginning.
    """
    tokens = _cut(words).replace("’", "'").split()
    at = _role_at(tokens)
    if at is None or (apposed and not _opens(tokens, at)):
        return NO_OFFICE
    behind = "" if tokens[at].endswith(",") else " ".join(tokens[at + 1 :])
    return _office(tokens[:at], tokens[at].strip(",."), behind.partition(",")[0])


_GOES_ON = ("of", "for", "at", "with", "and")


def _opens(tokens: list[str], at: int) -> bool:
    """Whether a role is near enough to the beginning of an apposition."""
    if tokens[0].lower() in ("who", "which", "whose", "where", "when"):
        return False
    article = tokens[0].lower() in ("a", "an", "the", "former", "then", "now")
    first = tokens[0]
    opened = first[:1].isupper() or is_role(first) or first in LEADS
    behind = tokens[at + 1 : at + 2]
    plain = not is_plural(tokens[at].lower()) and not NO_OWNER & {*tokens[:at]}
    opened = opened or (plain and behind != [] and behind[0] in _GOES_ON)
    if not article and not opened and not first.endswith("'s"):
        return False
    return "," not in " ".join(tokens[:at]) and (article or at < _NEAR + 4)


_NEAR = 2


def _office(lead: list[str], role: str, behind: str) -> Office:
    """Read one office: what is before its noun, and what is behind."""
    low = [word.lower().strip(".,'") for word in lead]
    if _FORMER & set(low) or any(word.startswith("ex-") for word in low):
        return Office(former=True)
    whole = " ".join([*lead, role, behind])
    kind = role.lower().rstrip(".s")
    if kind in _CANDIDATES and _RACES.search(whole):
        return Office(candidate=True)
    if role.lower().rstrip("s") in _CITIZENS:
        return NO_OFFICE
    chamber = chamber_named(" ".join([*low[-2:], role.lower().strip(".")]))
    if role.lower() == "representative" and not _is_seat(lead, role):
        chamber = None
    state = state_before(lead)
    if chamber:
        return _seat(chamber, lead, state or part_in(behind[:40]))
    panel = _PANEL.search(whole)
    if panel:
        return _seat(_BY_WORD[panel[1]], [*lead, role], state)
    aide = kind in _AIDES
    if aide:
        run = run_before(lead) or run_of(behind)
        if run and is_person(run):
            return Office(owner=run, aide=True)
    owner = owner_before(lead)
    weak = owner is None or (state_of(owner) is None and body_of(owner) is None)
    if weak and (owner is None or " " not in owner):
        owner = owner_behind(behind, on=kind in _SEATED) or owner
    if kind in _DIPLOMATS and owner in _INTERNATIONAL:
        return NO_OFFICE
    if role in party_states() and owner is not None and is_part(owner):
        return _seat("Congress", [role], state)
    if owner is not None and _is_private(role, lead):
        place = " " not in owner and kind in _PROTEST
        if state_of(owner) or place:  # a Russian lawyer speaks for no state
            owner = owner_behind(behind)
            return Office(owner=owner) if owner and not state_of(owner) else NO_OFFICE
    if owner is not None:
        return Office(owner=owner, aide=aide)
    party = next((party_of(word) for word in lead if party_of(word)), None)
    if party and kind in _PARTISANS:
        return Office(owner=party)
    of_one = state_of_office(f"{' '.join(low[-2:])} {role.lower()} {behind.lower()}")
    if of_one:
        return Office(owner=of_one)
    if kind in _SOURCES and _HOMELY & set(low):
        return Office(head=NATION)
    if any(word in _NATIONS or word in ("Army", "Navy", "Air") for word in lead):
        return Office(head=NATION)
    of_head = _OF_HEAD.match(behind)
    return Office(head=of_head[1]) if of_head and of_head[1] in heads() else NO_OFFICE


_PRIVATE = ("business", "expert or academic", "NGO or activist", "media")


@cache
def _private() -> frozenset[str]:
    types = read_list("source_types")["types"]
    return frozenset(one.lower() for name in _PRIVATE for one in types[name]["offices"])


def _is_private(role: str, lead: Sequence[str]) -> bool:
    """Whether a role is nobody's office, so that a nationality is no affiliation."""
    bare = role.lower().rstrip(".")
    organ = any(word in listed() for word in (" ".join(lead[-2:]), *lead[-1:]))
    return not organ and bool({bare, bare.rstrip("s")} & (_private() | _TRADES))


_PROTEST = words_of("affiliations", "protest")
_TRADES = words_of("affiliations", "trades")
_PARTISANS = words_of("affiliations", "partisans")
_NATIONS = {"nation's", "country's"}
_SOURCES = words_of("affiliations", "sources")
_HOMELY = words_of("affiliations", "at_home")
_OF_HEAD = re.compile(r"(?:to|of|for) the ((?:vice |prime )?[a-z]+)")
_SEATED = {"judge", "justice", "member"}
_DIPLOMATS = words_of("affiliations", "diplomats")
_INTERNATIONAL = {"United Nations", "European Union", "NATO", "IAEA"}


def _is_seat(lead: Sequence[str], role: str) -> bool:
    """Whether a representative sits in a chamber: no special one, no union's."""
    before = lead[-1] if lead else ""
    owned = state_of(before) or party_state(before) or is_part(before)
    return bool(owned) or (role[0].isupper() and not before[:1].isupper())


_BY_WORD = {"House": "House of Representatives", "Senate": "Senate"}


def _seat(chamber: str, lead: Sequence[str], state: str | None) -> Office:
    """Give a seat in a chamber; of a part of a state only where that is named."""
    if "state" in [word.lower() for word in lead]:
        part = next((one for one in lead if is_part(one)), None)
        return Office(owner=f"{part} State {chamber}") if part else NO_OFFICE
    party = next((party_state(word) for word in lead if party_state(word)), None)
    return Office(chamber=chamber, state=state or party)


def _titled(before: str) -> Office:
    """Read the office right before a name: *Iranian Foreign Minister*."""
    text = before.replace("’", "'").rstrip()
    apart = text.endswith(",")
    clause = text.rstrip(",")
    if apart:
        tail = clause.rpartition(",")[2].split()
        begins = [place for place, word in enumerate(tail) if _begins(word)]
        if tail and (tail[0] in LEADS or role_of(tail[0])):
            begins = [0]
        return described(" ".join(tail[begins[0] :])) if begins else NO_OFFICE
    tokens = clause.rpartition(",")[2].split()
    if not tokens:
        return NO_OFFICE
    last = tokens[-1]
    if last.endswith("'s"):
        run = run_before(tokens)
        media = run and (body_of(run.split()[-1]) or is_media(run))
        return Office(owner=named_owner(run)) if run and media else NO_OFFICE
    while tokens and tokens[-1].lower().strip(".") in _COURTESY:
        tokens = tokens[:-1]
    if not tokens:
        rest = clause.rpartition(",")[0]
        return _titled(f"{rest},") if rest else NO_OFFICE
    at = len(tokens) - 1
    if not is_title(tokens[-1]):
        office = _of_office(" ".join(tokens))
        of = _BEHIND_ROLE.search(" ".join(tokens))
        if office.tells or not of or not is_role(of[2]):
            return office
        return _office(of[1].split(), of[2], of[3])
    office = _office(tokens[:at], tokens[at], "")
    low = " ".join([*tokens[-3:-1], tokens[-1].strip(".")]).lower()
    if office.tells or chamber_named(low):
        return office
    return _of_office(" ".join(tokens))


def _begins(word: str) -> bool:
    """Whether a word may begin what is said of somebody: *the*, *Iran's*, *Iranian*."""
    owned = word[:1].isupper() and word.endswith("'s")
    return word.lower() in THE or owned or state_of(word) is not None


_BEHIND_ROLE = re.compile(r"^(.*?)\s*([\w-]+) ((?:of|for|to) (?:the )?[A-Z][^,]*)$")
_COURTESY = {"mr", "mrs", "ms", "dr", "sir", "dame", "miss"}


def _of_office(words: str) -> Office:
    """Read *Secretary of State*, *President*: offices without their state."""
    tokens = words.split()
    if {one.lower().strip(".") for one in tokens[-4:]} & _FORMER:
        return Office(former=True)
    for size in (4, 3, 2, 1):
        phrase = " ".join(tokens[-size:]).lower().strip(".'")
        if len(tokens) < size:
            continue
        state = offices().get(phrase)
        run = run_before(tokens[:-size])
        owner = named_owner(f"the {run}") if run else None
        if state or (owner and phrase in heads()):
            return Office(owner=owner or state)
        if phrase in heads():
            return Office(head=phrase)
    return NO_OFFICE


def _role_at(tokens: Sequence[str]) -> int | None:
    """Give the last noun for a person before what it is of: *campaign adviser*."""
    found = None
    for place, word in enumerate(tokens):
        if word.lower() in _CLOSED | {"and"} and found is not None:
            break
        if is_role(word) and not word.endswith("'s"):
            found = place
        if word.endswith(",") and found is not None:
            break
    return found


_CLOSED = {"of", "for", "at", "from", "with", "in", "to", "on", "by", "who", "that"}


def _cut(words: str) -> str:
    """Give words up to where a sentence or a bracket ends."""
    stop = _STOP.search(words)
    return words[: stop.start()] if stop else words


def served(label: str, theirs: str | None) -> str | None:
    """Give for whom an aide speaks: for the state of whom they serve, or the office.

    >>> served("Ann Orr", "Italy"), served("Ann Orr", "Italy Senate")
    ('Italy', 'office of Ann Orr')
    """
    if theirs is None or state_of(theirs) or theirs.endswith(" campaign"):
        return theirs or None
    return f"office of {label}"
