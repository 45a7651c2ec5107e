"""Page lines: paragraphs that no pattern knows, and that look like the page's.

A logistic regression over the layout and the words of a paragraph
(``models/page_lines.json``, fitted by ``training/page_lines.py``). It is asked only
where furniture stands: in the first and last paragraphs, beside furniture that the
patterns know, and where a paragraph ends in a credit or tells of a dated picture.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from math import exp, log
from typing import TYPE_CHECKING, Any

from framelens._lists import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Features = dict[str, float]

LONGEST = 60
"""Words. A longer paragraph is the story's."""

LONGEST_INSIDE = 45
"""Words. So long is a caption between other paragraphs at most."""

SHORTEST_INSIDE = 10
"""Words. A shorter one without a credit may be a heading."""

NEAR = 12
"""Words. Paragraphs with fewer are short neighbours."""

_ENDS = re.compile(r"[.!?…][\"”’')\]]*$")
_WORDS = re.compile(r"[\w'’-]+")
_SEEN = {
    "time": r"\b(?:[ap]\.m\.|[ap]m\b|ET\b|EST\b|Eastern\b|GMT\b|weekdays|[Ww]atch"
    r"|[Tt]une|airs?\b|podcast|newsletter|subscri|click|[Ff]ollow|@)",
    "reader": r"\b(?:[Yy]ou|[Yy]our|[Oo]ur|[Uu]s|[Hh]ere)\b",
    "credit": r"(?:[/|(]|[Pp]hoto|[Ii]mage|AP\b|Getty|Reuters|REUTERS|AFP|CNBC"
    r"|Bloomberg|Courtesy|via )",
    "date": r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}"
    r"(?:, \d{4})?|\b(?:19|20)\d\d\b",
    "picture": r"\b(?:speaks|attends|walks?|arrives|gestures|looks|stands?|waves|holds?"
    r"|talks|sits|listens|leaves|addresses|rallies|shakes|answers|delivers|testifies"
    r"|meets|poses|watches|takes|(?:is|are) seen|attend|gather|wait|protest)\b",
    "saying": r"\b(?:said|says|told|added|asked|wrote|according)\b",
    "bar": r"\|",
}
_PATTERNS = {name: re.compile(pattern) for name, pattern in _SEEN.items()}
_CREDIT_LAST = re.compile(
    r"(?:\b(?:[Pp]hoto|[Ii]mages?|AP|AFP|EPA|Reuters|REUTERS|Getty|Bloomberg"
    r"|News(?: Agency)?)\b|\w ?[/|] ?\w)[^.]{0,30}$"
)
_NOT = re.compile(  # an embedded post, an item of a list, a quotation
    r"pic\.twitter|https?://t\.co|\(@\w+\)|^(?:\d+[.)]|[·•*-])\s|^[·•*-]\w"
    r"|[“\"«„][^”\"»“]{15}"
)


def page_lines(paragraphs: Sequence[str], known: Sequence[bool]) -> Iterator[int]:
    """Give the places of paragraphs that are likely furniture, in order.

    `known` says which the patterns know. Texts are looked at as printed.

    >>> told = ["Lina Orr and Piet Oudt", "The dam held, the mayor said on Monday.",
    ...         "It rained for days.", "Nobody was hurt."]
    >>> list(page_lines(told, [False] * 4))
    [0]
    """
    model = _model()
    texts = [" ".join(text.split()) for text in paragraphs]
    words = [_WORDS.findall(text) for text in texts]
    for place, text in enumerate(texts):
        least = None if known[place] else _least(place, text, words, known, model)
        if least is None:
            continue
        seen = features(place, texts, words, known)
        score = sum(model["weights"][name] * value for name, value in seen.items())
        if 1 / (1 + exp(-score)) >= least:
            yield place


def _least(
    place: int,
    text: str,
    words: Sequence[Sequence[str]],
    known: Sequence[bool],
    model: dict[str, Any],
) -> float | None:
    """Give how likely a paragraph must be furniture; None if it is not asked about."""
    many, size, last = len(words[place]), len(words), place == len(words) - 1
    credited = bool(_CREDIT_LAST.search(text))
    heading = not (_ENDS.search(text) or credited) and many < SHORTEST_INSIDE
    if many > LONGEST or _NOT.search(text) or (heading and place and not last):
        return None
    if place < 2 or place >= size - 3 or _beside(place, known):
        return float(model["least"])
    dated = _PATTERNS["date"].search(text) and _PATTERNS["picture"].search(text)
    inside = credited or (dated and many >= SHORTEST_INSIDE)
    if inside and many <= LONGEST_INSIDE and not _PATTERNS["saying"].search(text):
        return float(model["least_inside"])
    return None


def _beside(place: int, known: Sequence[bool]) -> bool:
    return any(known[max(place - 1, 0) : place + 2])


def features(
    place: int,
    texts: Sequence[str],
    words: Sequence[Sequence[str]],
    known: Sequence[bool],
) -> Features:
    """Describe a paragraph among those of its article, in numbers."""
    text, own, size = texts[place], words[place], len(texts)
    many = max(len(own), 1)
    longer = [word for word in own[1:] if len(word) > 3]
    common = words_of("function_words")
    ends = bool(_ENDS.search(text))
    first, last = place == 0, place == size - 1
    before, after = place > 0 and known[place - 1], not last and known[place + 1]
    short = [len(one) < NEAR for one in words]
    middle = 1 - abs(2 * place / max(1, size - 1) - 1)
    told = {
        "constant": 1, "words": log(many), "few": many <= 4, "short": many <= 10,
        "ends": ends, "colon": text.endswith(":"), "quoted": text[:1] in "\"“‘'",
        "title": sum(word[0].isupper() for word in longer) / max(1, len(longer)),
        "capitals": sum(word.isupper() and len(word) > 1 for word in own) / many,
        "common": sum(word.lower() in common for word in own) / many,
        "first": first, "second": place == 1, "third": place == 2, "last": last,
        "third last": place == size - 3, "known before": before, "known after": after,
        "short before": place > 0 and short[place - 1],
        "short after": not last and short[place + 1], "paren": text.endswith(")"),
        "inside, open": not (first or last or ends),
        "first, short": first and short[0], "last, short": last and many < 30,
        "middle, open": (not ends) * middle,
        "beside, short": (before or after) and many < 20,
        "credit last": bool(_PATTERNS["credit"].search(text[-25:])),
        **{name: bool(one.search(text)) for name, one in _PATTERNS.items()},
    }  # fmt: skip
    return {name: float(value) for name, value in told.items()}


@cache
def _model() -> dict[str, Any]:
    """Read the weights, and how likely a paragraph must be."""
    told = files("framelens").joinpath("models", "page_lines.json")
    model: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
    return model
