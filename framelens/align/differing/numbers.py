"""Numbers: counts, shares and sums of money, brought to figures."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from framelens.align.differing.dates import date_places
from framelens.align.differing.marks import Mark, Token, stem, tokens_of
from framelens.align.statements.english import FUNCTION_WORDS

_TO_NINETEEN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen"
)
_ROUND = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS, _TENS = _TO_NINETEEN.split(), _ROUND.split()
SPELLED = {word: place for place, word in enumerate(_UNITS)} | {
    word: 10 * place for place, word in enumerate(_TENS, start=2)
}
"""Numbers that are read where they are written out."""

SCALES = {
    "dozen": 12, "hundred": 100, "thousand": 1000, "k": 1000, "million": 10**6,
    "m": 10**6, "mn": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12,
    "tn": 10**12,
}  # fmt: skip
"""What multiplies the number before it; one letter or two only right behind it."""

_GLUED = {"k", "m", "mn", "bn", "tn"}
_CURRENCIES = {
    "$": "$", "€": "€", "£": "£", "¥": "¥", "dollar": "$", "euro": "€", "pound": "£",
    "yen": "¥", "rouble": "₽", "ruble": "₽", "₽": "₽", "cent": "cent",
}  # fmt: skip
_ORDINAL = {"st", "nd", "rd", "th", "s"}  # 3rd, 1990s: not compared
_PASSED_OVER = {"of", "the", "more", "other", "others", "some", "additional", "per"}
_STOPS = FUNCTION_WORDS | SPELLED.keys()
_MOST_WORDS = 3
_GLUED_BEFORE = re.compile(r"[^\W\d_][-‑]?$")  # F16, Su-35


class Number(NamedTuple):
    """A number in a text.

    Attributes
    ----------
    mark : Mark
        Its value in figures; with ``%`` or a currency's sign where it has one.
    kind : str
        "count", "percent", or a currency's sign.
    counted : frozenset of str
        Stems of the words behind it, up to three: what is counted.
    """

    mark: Mark
    kind: str
    counted: frozenset[str]


def numbers(text: str) -> list[Number]:
    """Find the numbers in a text that belong to no date.

    Parameters
    ----------
    text : str
        English. Ordinals (3rd, third), decades and numbers in names (F-16, Apollo 11)
        are left out.

    Returns
    -------
    list of Number
        In order.

    Examples
    --------
    >>> found = numbers("Twenty-one girls of 2,000 left with $2.5m, or 40 per cent.")
    >>> [number.mark.value for number in found]
    ['21', '2000', '2500000 $', '40 %']
    >>> sorted(found[0].counted)
    ['girls']
    """
    closed = date_places(text)
    tokens = tokens_of(text)
    found: list[Number] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        inside = any(start <= token.start < end for start, end in closed)
        value, after = (None, place + 1) if inside else _value(text, tokens, place)
        if value is not None:
            number = _number(tokens, place, after, value)
            found += [number] if number else []
        place = after
    return found


def _value(text: str, tokens: list[Token], place: int) -> tuple[Decimal | None, int]:
    """Read a number that begins at a token; say where it ends."""
    token = tokens[place]
    if token.text[0].isdecimal():
        if _GLUED_BEFORE.search(text[max(0, token.start - 2) : token.start]):
            return None, place + 1
        value, after = Decimal(token.text.replace(",", "")), place + 1
    elif token.low in SPELLED:
        value, after = Decimal(SPELLED[token.low]), place + 1
        if (
            value >= 20
            and _tied(tokens, place)
            and tokens[place + 2].low in _UNITS[1:10]
        ):
            value, after = value + SPELLED[tokens[place + 2].low], place + 3
    elif token.low in ("a", "an") and _low(tokens, place + 1) in SCALES.keys() - _GLUED:
        value, after = Decimal(1), place + 1
    else:
        return None, place + 1
    while after < len(tokens) and _scales(tokens, after):
        value, after = value * SCALES[tokens[after].low], after + 1
    return value, after


def _scales(tokens: list[Token], place: int) -> bool:
    token, before = tokens[place], tokens[place - 1]
    touching = before.end == token.start
    return token.low in SCALES and (touching or token.low not in _GLUED)


def _tied(tokens: list[Token], place: int) -> bool:
    """Whether a hyphen ties a token to a number under ten: twenty-one."""
    return (
        place + 2 < len(tokens)
        and tokens[place + 1].text in "-‐‑"
        and tokens[place + 1].start == tokens[place].end
        and tokens[place + 2].start == tokens[place + 1].end
        and tokens[place + 2].low in _UNITS[1:10]
    )


def _low(tokens: list[Token], place: int) -> str:
    return tokens[place].low if 0 <= place < len(tokens) else ""


def _number(
    tokens: list[Token], first: int, after: int, value: Decimal
) -> Number | None:
    """Add what kind of number it is, and what it counts."""
    follows = _low(tokens, after)
    touching = after < len(tokens) and tokens[after].start == tokens[after - 1].end
    if touching and follows in _ORDINAL:
        return None
    start, end = tokens[first].start, tokens[after - 1].end
    shown = f"{value.normalize():f}"
    two = f"{follows} {_low(tokens, after + 1)}"
    if follows in ("%", "percent") or two in ("per cent", "percentage points"):
        last = after if follows in ("%", "percent") else after + 1
        return Number(
            Mark(start, tokens[last].end, f"{shown} %"), "percent", frozenset()
        )
    sign = _low(tokens, first - 1)
    before = None if sign.isalpha() else _CURRENCIES.get(sign)
    behind = _CURRENCIES.get(follows.removesuffix("s"))
    if before or behind:
        span = (tokens[first - 1].start, end) if before else (start, tokens[after].end)
        sign = before or behind or ""
        return Number(Mark(*span, f"{shown} {sign}"), sign, frozenset())
    if tokens[first].text[0].isdecimal() and _in_name(tokens, first):
        return None
    return Number(Mark(start, end, shown), "count", _counted(tokens, after))


def _in_name(tokens: list[Token], first: int) -> bool:
    """Whether a number stands behind a capitalised word that begins no sentence."""
    if first < 2 or not tokens[first - 2].text[-1].isalnum():
        return False
    before = tokens[first - 1]
    name = before.text[0].isupper() and before.low not in FUNCTION_WORDS
    return name and not before.low.endswith("day")


def _counted(tokens: list[Token], after: int) -> frozenset[str]:
    """Give the stems of up to three words behind a number, up to a sign or small word.

    A hyphen is passed over (54-year-old), and so are *of*, *the*, *more* and *other*.
    """
    words: list[str] = []
    for token in tokens[after : after + 2 * _MOST_WORDS]:
        if token.text in "-‐‑" or token.low in _PASSED_OVER:
            continue
        ends = not token.text[0].isalpha() or token.low in _STOPS
        if ends or len(words) == _MOST_WORDS:
            break
        words.append(stem(token.text) or token.low)
    return frozenset(words)
