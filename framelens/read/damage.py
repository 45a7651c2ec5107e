"""Damage: what happened to texts on their way, counted for each outlet.

Damage that one outlet has and another has not looks like a difference between them:
quotation marks that became *â€œ* are no quotations any more.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._lists import read_list, words_of
from framelens._progress import followed

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_LOOKED_AT = 500
"""Articles of one outlet: enough to tell 1 % from 4 %, and quick for any corpus."""

TAGS = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|em|strong|ul|ol|li|h[1-6]|img|table|tbody|tr|td|th"
    r"|script|style|blockquote|figure|figcaption|iframe|section|article|sup|sub|hr|font"
    r"|center|small|video|source|button|svg|path|input|form|nav|footer|header)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.I,
)
SCRIPT = re.compile(r"<(script|style)\b[^<>]*>.*?</\1\s*>", re.I | re.S)
ENTITIES = re.compile(
    r"&(?:amp|nbsp|quot|lt|gt|apos|[lr][sda]quo|[mn]dash|hellip|copy|reg|euro|pound"
    r"|[a-z]{1,2}(?:acute|grave|circ|uml|tilde|cedil)|szlig|bull|middot|trade"
    r"|#\d{2,6}|#x[0-9a-f]{2,5});",
    re.I,
)
UNSEEN = re.compile("[\u00ad\u200b\u2060\u2062-\u2064\ufeff]")
"""Soft hyphens, blanks without width: a word with one inside is another word."""

LIGATURES = re.compile("[\ufb00-\ufb06]")
MIXED = re.compile(
    r"(?<![^\W\d_])(?=[^\W\d_]*[A-Za-z])(?=[^\W\d_]*[\u0370-\u03ff\u0400-\u04ff])[^\W\d_]{2,}"
)
"""A word in two alphabets: look-alike letters stand in it."""

_LATIN = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеорсухѕіјԁһӏкΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαν",
    "ABESIJKMHOPCTYXaeopcyxsijdhlkABEZHIKMNOPTYXoav",
)
"""Letters of Cyrillic and Greek, and the Latin ones that look like them."""

APART = re.compile("[^\\W\\d_][\u0300-\u036f]")
"""A letter and its accent as two characters."""

BOUND = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows: text that shows in another order."""

_TAIL = re.compile(
    r"\[\s*\+\s*\d+\s*(?:chars|characters|words)?\s*\]\s*\Z|(?:\[(?:…|\.\.\.)\]|…|\.\.\.)\s*\Z",
    re.I,
)
_LETTERS = re.compile(r"[^\W\d_]+")
_MOSTLY, _CAPITALS = 40, 0.25
"""Letters in words of capitals, in all and as a share: more is a text in capitals.
Fox and CNN print a headline or a link in capitals, which is less."""

_SHORT_PAGE, _PAGE_HEAD = 1_200, 400
"""Characters. Error and consent pages are short, or begin as one."""

_SHELL, _SHELL_SHARE = 25, 0.1
"""Words, and the share of the usual length, under which a text is an empty shell."""

_HEAD = 1_000
"""Characters by which the language of a text is told."""

_ENGLISH = 0.2
"""Share of function words from which a text is English without a closer look; other
languages have below 0.1, lists of names below 0.15."""

KINDS = {
    "mojibake": "characters decoded wrongly (â€œ, Ã©)",
    "html": "HTML tags or entities",
    "page": "an error or consent page",
    "hidden characters": "soft hyphens or other characters that nobody sees",
    "ligatures": "ligatures (ﬁ, ﬂ)",
    "look-alikes": "letters of another alphabet inside words",
    "accents apart": "accents as characters of their own",
    "capitals": "text in capitals",
    "language": "another language",
    "truncated": "an end that was cut off",
    "shell": "hardly any text",
    "copy": "the same text twice in the outlet",
}
"""Every kind of damage, and what it is called in the account."""


def _mojibake(text: str) -> str | None:
    if text.isascii():
        return None
    if "\ufffd" in text:
        return _around(text, text.index("\ufffd"))
    from ftfy.badness import BADNESS_RE

    found = BADNESS_RE.search(text)
    return _around(text, found.start()) if found else None


def _html(text: str) -> str | None:
    found = ("<" in text and TAGS.search(text)) or (
        "&" in text and ENTITIES.search(text)
    )
    return found[0] if found else None


@cache
def _any_of(part: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, read_list("damage")[part])))


def _page(text: str) -> str | None:
    if len(text) > 4 * _SHORT_PAGE:
        return None
    head = text if len(text) <= _SHORT_PAGE else text[:_PAGE_HEAD]
    found = _any_of("pages").search(head.lower().replace("’", "'"))
    return found[0] if found else None


def _truncated(text: str) -> str | None:
    tail = text[-80:].rstrip()
    found = _TAIL.search(tail)
    if found:
        return tail[-40:]
    last = tail.lower().rstrip(" .…>»→!)]")
    return tail[-40:] if last.endswith(tuple(read_list("damage")["cut"])) else None


def _capitals(text: str) -> str | None:
    sample = text[:3_000]
    small = sum(map(str.islower, sample))
    if small > (len(sample) - small) * 3:  # most letters are small
        return None
    words = [word for word in _LETTERS.findall(sample) if len(word) > 1]
    loud = [word for word in words if word.isupper()]
    letters, total = sum(map(len, loud)), sum(map(len, words))
    if letters < _MOSTLY or letters < _CAPITALS * total:
        return None
    return " ".join(loud[:6])


def _pattern(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    def found_in(text: str) -> str | None:
        found = None if text.isascii() else pattern.search(text)
        return _around(text, found.start()) if found else None

    return found_in


def _hidden(text: str) -> str | None:
    found = None if text.isascii() else UNSEEN.search(text) or BOUND.search(text)
    return _around(text, found.start()) if found else None


_CHECKS: dict[str, Callable[[str], str | None]] = {
    "mojibake": _mojibake,
    "html": _html,
    "page": _page,
    "hidden characters": _hidden,
    "ligatures": _pattern(LIGATURES),
    "look-alikes": _pattern(MIXED),
    "accents apart": _pattern(APART),
    "capitals": _capitals,
    "truncated": _truncated,
}
"""What is looked for in each text by itself."""


def damage_of(articles: pd.DataFrame) -> pd.DataFrame:
    """Find the damaged texts: ``article, outlet, kind, found``.

    >>> articles = pd.DataFrame({"article": ["a"], "outlet": ["Daily"],
    ...                          "language": [None], "text": ["Itâ€™s over."]})
    >>> damage_of(articles)[["article", "kind"]].values.tolist()
    [['a', 'mojibake']]
    """
    rows = []
    usual = articles["text"].map(len).median() if len(articles) else 0
    columns = [articles[name] for name in ("article", "outlet", "language", "text")]
    seen: set[tuple[str | None, str]] = set()
    every = list(zip(*columns, strict=True))
    for article, outlet, language, text in followed(every, "looking for damage"):
        for kind, check in _CHECKS.items():
            found = check(text)
            if found:
                rows.append((article, outlet, kind, found))
        code = language_of(text)
        wanted = language[:2].lower() if isinstance(language, str) else "en"
        if code and code != wanted:
            rows.append((article, outlet, "language", code))
        if len(text) < _SHELL_SHARE * usual and len(text.split()) < _SHELL:
            rows.append((article, outlet, "shell", text[:40]))
        if (outlet, text) in seen:
            rows.append((article, outlet, "copy", text[:40]))
        seen.add((outlet, text))
    return pd.DataFrame(
        rows, columns=["article", "outlet", "kind", "found"], dtype=object
    )


def sample_of(articles: pd.DataFrame) -> pd.DataFrame:
    """Give the articles that are looked at: evenly some of each large outlet."""
    outlets = articles["outlet"].fillna("")
    sizes = outlets.map(outlets.value_counts())
    if articles.empty or sizes.max() <= MOST_LOOKED_AT:
        return articles
    step = (sizes / MOST_LOOKED_AT).clip(lower=1)
    place = articles.groupby(outlets).cumcount()
    return articles[(place // step) != ((place - 1) // step)]


def in_latin(word: str) -> str:
    """Put the look-alikes of a word into Latin, if nothing of it is left over."""
    latin = word.translate(_LATIN)
    return latin if latin.isascii() else word


def language_of(text: str) -> str | None:
    """Give the code of the language of a text; None where it is too short to tell.

    >>> language_of("Le maire a dit que la ville était prête et que tout allait bien.")
    'fr'
    """
    return _language_of(text[:_HEAD])


@lru_cache(maxsize=4_096)
def _language_of(head: str) -> str | None:
    words = _LETTERS.findall(head)
    if len(words) < 8:
        return None
    common = sum(word.lower() in words_of("function_words") for word in words)
    if common >= _ENGLISH * len(words):
        return "en"
    code, probability = _identifier().classify(head)
    sure = 0.9 if len(words) >= 20 else 0.99
    return str(code) if probability >= sure and code != "en" else "en"


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _around(text: str, at: int) -> str:
    """Give the word at a place, and a little around it."""
    return text[max(0, at - 12) : at + 12].strip()
