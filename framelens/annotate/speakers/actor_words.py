"""Words by which actors are named: roles, courtesy titles, bodies, documents."""

from __future__ import annotations


def words_in(text: str) -> frozenset[str]:
    """Give the words of a list."""
    return frozenset(text.split())


MALE = words_in("mr mr. sir lord king prince father pope")
FEMALE = words_in("mrs mrs. ms ms. miss lady dame queen princess mother")
COURTESY = (
    MALE
    | FEMALE
    | words_in(
        "dr dr. prof prof. rev rev. hon hon. sen sen. sens. rep rep. reps. gov gov. "
        "gen gen. col col. lt lt. maj maj. capt capt. sgt sgt. adm adm. cmdr cmdr. "
        "atty atty. pres pres. st st."
    )
)
"""Titles that stand before a name and say little else."""

MALE_ROLES = words_in(
    "spokesman chairman congressman businessman policeman statesman actor husband "
    "father son brother councilman assemblyman man boy gentleman"
)
FEMALE_ROLES = words_in(
    "spokeswoman chairwoman congresswoman businesswoman policewoman stateswoman "
    "actress wife mother daughter sister councilwoman assemblywoman woman girl lady"
)

ROLES = (
    MALE_ROLES
    | FEMALE_ROLES
    | words_in(
        """
activist adviser advisor agent aide ambassador analyst anchor architect archbishop
artist attorney author banker bishop boss broadcaster candidate captain cardinal ceo
chair chairperson challenger chancellor chief citizen cleric coach colonel columnist
commander commentator commissioner comptroller congressperson consultant coordinator
correspondent councillor counsel counsellor counselor counterpart critic defendant
delegate democrat deputy designer diplomat director doctor donor economist editor
engineer envoy executive expert farmer fighter firefighter founder general governor
guard head historian host imam individual inspector inspector-general investigator
journalist judge lawmaker lawyer leader legislator lieutenant magistrate major
manager marshal mayor mediator member minister moderator mp negotiator neighbor
neighbour nominee nurse observer officer official operative organiser organizer owner
parent parliamentarian participant partner passenger pastor patient person philosopher
physician pilot player poet police-officer politician pollster premier presenter
president priest prime-minister principal producer professor prosecutor protester
publisher rabbi ranger reader refugee reporter representative republican resident
researcher rival runner-up scholar scientist secretary secretary-general senator
sergeant sheriff soldier source speaker spokesperson staffer strategist student
superintendent supporter surgeon survivor teacher tenant trader trainer treasurer
trustee undersecretary veteran victim viewer villager volunteer voter warden witness
worker writer people men women family relative friend colleague insider
"""
    )
)
"""Nouns for people, in the singular (and a few that have only a plural)."""

_UNDER = {
    "diplomat": (
        "ambassador envoy minister counsellor counselor representative "
        "secretary undersecretary consul attache negotiator emissary"
    ),
    "envoy": "ambassador representative diplomat",
    "ambassador": "envoy representative",
    "official": (
        "ambassador minister secretary undersecretary counsellor counselor "
        "spokesman spokeswoman spokesperson director chief deputy adviser "
        "advisor envoy representative commissioner head president governor "
        "mayor officer general diplomat chancellor"
    ),
    "politician": (
        "senator minister president governor mayor lawmaker congressman "
        "congresswoman representative mp premier chancellor secretary candidate "
        "nominee leader legislator"
    ),
    "lawmaker": "senator congressman congresswoman representative mp legislator",
    "leader": (
        "president premier minister chief chairman chairwoman chancellor head "
        "king governor secretary-general commander"
    ),
    "chief": "secretary-general director head chairman president commander leader",
    "head": "chief director president chairman leader secretary-general",
    "spokesperson": "spokesman spokeswoman",
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
    "candidate": "nominee senator governor hopeful",
    "nominee": "candidate",
    "lawyer": "attorney counsel prosecutor",
    "attorney": "lawyer counsel prosecutor",
    "premier": "minister",
    "executive": "ceo president chief director",
    "researcher": "professor scientist scholar economist analyst historian",
    "expert": "professor scientist scholar economist analyst historian researcher",
    "academic": "professor scholar historian economist",
    "journalist": "reporter correspondent editor columnist anchor",
    "cleric": "bishop archbishop imam priest cardinal rabbi pastor",
    "officer": "general colonel captain commander sergeant lieutenant major",
}
_WIDER = {wide: frozenset(narrow.split()) for wide, narrow in _UNDER.items()}

BODIES = words_in(
    """
academy administration agency alliance army assembly association authority bank bloc
board body bureau cabinet campaign centre center chamber church club coalition college
commission committee community company congress consulate corporation council court
daily delegation department directorate embassy federation firm force foundation fund
giant government group institute institution junta kremlin league legislature lender
magazine mayoralty media military militia ministry mission monarchy monitor movement
nato navy network newspaper office opposition organisation organization outlet palace
paper parliament party pentagon police presidency press publication regime regulator
secretariat senate service side society station supplier syndicate team tribunal union
university watchdog wing
"""
)
"""Nouns for bodies that speak, in the singular."""

_ALIKE = [
    "embassy mission consulate delegation",
    "ministry department",
    "government administration cabinet regime",
    "company firm corporation giant lender supplier",
    "newspaper paper daily magazine publication outlet",
    "agency bureau watchdog regulator",
    "court tribunal",
    "army military navy",
    "university college institute academy",
    "committee commission council panel board",
    "organisation organization alliance bloc body group union",
]
_SAME_BODY = {word: frozenset(line.split()) for line in _ALIKE for word in line.split()}

DOCUMENTS = words_in(
    """
account address advertisement affidavit announcement argument article assessment blog
book brief comment commentary communique communiqué complaint declaration document
editorial email e-mail essay filing interview lawsuit letter memo memoir memorandum
message motion note notice notification op-ed ordinance paper petition poll post posting
readout record release remark reply report response resolution ruling speech spot
statement study submission summary survey testimony text transcript tweet video
warning website
"""
)
"""Nouns for what is written or said; their author is the speaker."""


def role_of(word: str) -> str | None:
    """Give the singular of `word` if it is a noun for a person.

    Examples
    --------
    >>> role_of("Officials"), role_of("drones"), role_of("spokeswomen")
    ('official', None, 'spokeswoman')
    """
    return _singular(word, ROLES)


def body_of(word: str) -> str | None:
    """Give the singular of `word` if it is a noun for a body."""
    return _singular(word, BODIES)


def document_of(word: str) -> str | None:
    """Give the singular of `word` if it is a noun for what is written or said."""
    return _singular(word, DOCUMENTS)


def _singular(word: str, known: frozenset[str]) -> str | None:
    low = word.lower()
    forms = [low]
    if low.endswith("ies"):
        forms.append(low[:-3] + "y")
    if low.endswith("s"):
        forms += [low[:-1], low[:-2] if low.endswith("es") else low]
    if low.endswith("men"):
        forms.append(low[:-3] + "man")
    return next((one for one in forms if one in known), None)


def may_be(described: str, known: frozenset[str]) -> bool:
    """Whether a person known by some roles can be called by another.

    Examples
    --------
    >>> may_be("diplomat", frozenset({"deputy", "ambassador"}))
    True
    >>> may_be("singer", frozenset({"ambassador"}))
    False
    """
    return described in known or bool(_WIDER.get(described, frozenset()) & known)


def same_body(described: str, known: str) -> bool:
    """Whether two nouns can mean one body: an embassy is a mission."""
    return described == known or known in _SAME_BODY.get(described, frozenset())
