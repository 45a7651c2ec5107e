"""Marks: the words, numbers and dates of a text, with what each comes to."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from framelens._lists import read_list, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = re.compile(
    r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"  # 2,000.5 and 2000.5
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"  # words; didn't
    r"|[^\w\s]"
)
"""A number in figures, a word, or a sign."""

FUNCTION_WORDS = words_of("function_words")

_STEM = 5  # letters: enough to keep words apart, few enough to drop endings
_SHORTEST = 3  # letters: shorter words tell nothing
_BASE: dict[str, str] = {
    form: group.split()[0]
    for group in read_list("irregular_forms")["groups"]
    for form in group.split()
}


class Mark(NamedTuple):
    """A place in a text, and what it comes to: "12" for *a dozen*."""

    start: int
    end: int
    value: str


class Token(NamedTuple):
    """A number in figures, a word, or a sign."""

    start: int
    end: int
    text: str

    @property
    def low(self) -> str:
        """In lower case, with a straight apostrophe."""
        return self.text.lower().replace("’", "'")


def tokens_of(text: str) -> list[Token]:
    """Cut a text into tokens."""
    return [Token(*match.span(), match[0]) for match in TOKEN.finditer(text)]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Give the first five letters of a word that says something, or nothing.

    >>> stem("flooded"), stem("Floods’"), stem("broke"), stem("which")
    ('flood', 'flood', 'break', '')
    """
    low = word.lower().replace("’", "'").removesuffix("'s").strip("'")
    if len(low) < _SHORTEST or low in FUNCTION_WORDS:
        return ""
    return _BASE.get(low, low)[:_STEM]


def stems_of(text: str) -> frozenset[str]:
    """Give the stems of a text's words that say something."""
    return frozenset(stem(token.text) for token in tokens_of(text)) - {""}


_WEEKDAYS: list[str] = read_list("calendar")["weekdays"]
_MONTHS: list[str] = read_list("calendar")["months"]
_SHORT = {month[:3]: number for number, month in enumerate(_MONTHS, start=1)}
_ABBREVIATED = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)}|{_ABBREVIATED})"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_BEFORE = r"(?<![\w.,:/$€£¥-])"
_AFTER = r"(?![\w€£]|[.,:/-]\d|\s?(?:%|per ?cent|dollars|euros|pounds|million))"

_DATES = [
    re.compile(pattern)
    for pattern in (  # the first of two that overlap
        rf"\b(?P<weekday>{'|'.join(_WEEKDAYS)})\b",
        rf"{_BEFORE}{_YEAR}-(?P<month>0[1-9]|1[0-2])-(?P<day>3[01]|[12]\d|0[1-9])\b",
        rf"{_BEFORE}{_DAY}(?: of)? {_MONTH}\b\.?(?:,? {_YEAR}{_AFTER})?",
        rf"\b{_MONTH}\.? {_DAY}{_AFTER}(?:,? {_YEAR}{_AFTER})?",
        rf"\b{_MONTH}\.?,? {_YEAR}{_AFTER}",
        rf"{_BEFORE}\d{{1,2}}([/.])\d{{1,2}}\1\d{{2,4}}\b",
        rf"{_BEFORE}(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?\s?"
        r"(?P<half>[ap])\.?m\b\.?",
        rf"{_BEFORE}(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?![\d:])",
        rf"{_BEFORE}{_YEAR}{_AFTER}",
    )
]


def dates(text: str) -> dict[str, list[Mark]]:
    """Find the dates in an English text.

    "Yesterday" and the like are left out, and so are figures that may be read two ways
    (3/5/2016). Of "weekday", "day" (``05-03``), "month" (``05``), "year" and "hour"
    (``16:30``; without *a.m.* or *p.m.* as it stands), the marks in order.

    >>> marks = dates("On Monday, 3 May 2016, at 4.30 p.m.")
    >>> {kind: [mark.value for mark in several] for kind, several in marks.items()}
    {'weekday': ['monday'], 'day': ['05-03'], 'month': [], 'year': ['2016'],
    'hour': ['16:30']}
    """
    kinds: dict[str, list[Mark]] = {
        kind: [] for kind in ("weekday", "day", "month", "year", "hour")
    }
    for match in _dates_in(text):
        for kind, mark in _date_marks(match):
            kinds[kind].append(mark)
    return {kind: sorted(marks) for kind, marks in kinds.items()}


def _dates_in(text: str) -> list[re.Match[str]]:
    """Find every date, without overlap."""
    taken: list[re.Match[str]] = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            start, end = match.span()
            if all(end <= date.start() or start >= date.end() for date in taken):
                taken.append(match)
    return taken


def _date_marks(match: re.Match[str]) -> Iterator[tuple[str, Mark]]:
    """Give what one match holds; a year is a mark of its own."""
    parts = match.groupdict()
    if parts.get("weekday"):
        yield "weekday", Mark(*match.span(), match["weekday"].lower())
    if parts.get("hour"):
        hour = int(match["hour"])
        if parts.get("half"):
            hour = hour % 12 + (12 if match["half"] == "p" else 0)
        yield "hour", Mark(*match.span(), f"{hour:02}:{parts['minute'] or '00'}")
    if parts.get("month"):
        month = match["month"]
        number = int(month) if month.isdigit() else _SHORT[month[:3]]
        if parts.get("day"):
            span = match.start(), max(match.end("day"), match.end("month"))
            yield "day", Mark(*span, f"{number:02}-{int(match['day']):02}")
        else:
            yield "month", Mark(*match.span("month"), f"{number:02}")
    if parts.get("year"):
        yield "year", Mark(*match.span("year"), match["year"])


_NUMBERS = read_list("number_words")
_UNITS: list[str] = _NUMBERS["to_nineteen"]
SPELLED: dict[str, int] = {word: place for place, word in enumerate(_UNITS)} | {
    word: 10 * place for place, word in enumerate(_NUMBERS["tens"], start=2)
}
"""Numbers that are read where they are written out."""

_SCALES: dict[str, int] = _NUMBERS["scales"]
_CURRENCIES: dict[str, str] = _NUMBERS["currencies"]
_GLUED = words_of("number_words", "glued")
_ORDINAL = words_of("number_words", "ordinals")
_WORDED_SCALES = _SCALES.keys() - _GLUED  # a million, not "a m"
_PASSED_OVER = words_of("number_words", "passed_over")
_STOPS = FUNCTION_WORDS | SPELLED.keys()
_MOST_WORDS = 3  # behind a number, in which what it counts is sought
_GLUED_BEFORE = re.compile(r"[^\W\d_][-‑]?$")  # F16, Su-35


class Number(NamedTuple):
    """A number in a text."""

    mark: Mark
    kind: str  # "count", "percent", or the sign of a currency
    counted: frozenset[str]  # stems of up to three words behind it


def numbers(text: str) -> list[Number]:
    """Find the numbers of an English text that belong to no date, in order.

    Ordinals (3rd, third), decades and numbers in names (F-16, Apollo 11) are left out.

    >>> several = numbers("Twenty-one girls of 2,000 left with $2.5m, or 40 per cent.")
    >>> [number.mark.value for number in several]
    ['21', '2000', '2500000 $', '40 %']
    >>> sorted(several[0].counted)
    ['girls']
    """
    closed = [match.span() for match in _dates_in(text)]
    tokens = tokens_of(text)
    several: list[Number] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        dated = any(start <= token.start < end for start, end in closed)
        value, after = (None, place + 1) if dated else _value(text, tokens, place)
        if value is not None:
            number = _number(tokens, place, after, value)
            several += [number] if number else []
        place = after
    return several


def _value(text: str, tokens: list[Token], place: int) -> tuple[Decimal | None, int]:
    """Read a number that begins at a token; say where it ends."""
    token = tokens[place]
    if token.text[0].isdecimal():
        if _GLUED_BEFORE.search(text[max(0, token.start - 2) : token.start]):
            return None, place + 1
        value, after = Decimal(token.text.replace(",", "")), place + 1
    elif token.low in SPELLED:
        value, after = Decimal(SPELLED[token.low]), place + 1
        if value >= 20 and _tied(tokens, place):
            value, after = value + SPELLED[tokens[place + 2].low], place + 3
    elif token.low in ("a", "an") and _low(tokens, place + 1) in _WORDED_SCALES:
        value, after = Decimal(1), place + 1
    else:
        return None, place + 1
    while after < len(tokens) and _scales(tokens, after):
        value, after = value * _SCALES[tokens[after].low], after + 1
    return value, after


def _scales(tokens: list[Token], place: int) -> bool:
    """Whether a token multiplies the number before it."""
    token, before = tokens[place], tokens[place - 1]
    touching = before.end == token.start
    return token.low in _SCALES and (touching or token.low not in _GLUED)


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
    """Give a token in lower case, or nothing beyond the ends."""
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
    """Give the stems of up to three words behind a number; a small word ends them."""
    words: list[str] = []
    for token in tokens[after : after + 2 * _MOST_WORDS]:
        if token.text in "-‐‑" or token.low in _PASSED_OVER:
            continue
        ends = not token.text[0].isalpha() or token.low in _STOPS
        if ends or len(words) == _MOST_WORDS:
            break
        words.append(stem(token.text) or token.low)
    return frozenset(words)
