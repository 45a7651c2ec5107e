"""Report or comment: which an article reads like, where nothing states its genre."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._layers import Layer
from framelens._lists import read_list
from framelens.annotate.interviews import answers
from framelens.annotate.spans import each_text
from framelens.read.genres import stated_genre

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

COLUMNS = ["article", "reads_like", "comment"]
"""One row per article; see `reads_like`."""

AT_LEAST = int(read_list("genre")["guess"]["at_least_words"])
"""Words below which nothing is guessed: a headline has no wording to judge by."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_QUOTED = re.compile(r"[\"“«][^\"”»\n]{2,600}[\"”»]")
_AGENCY = re.compile(r"\((?:Reuters|AP|CNN|AFP)\)|contributed to this report")
_BY_A_GUEST = re.compile(
    r"[^\n]{0,200}\b(?:is|was) (?:an?|the) [^.\n]{0,60}"
    r"(?:columnist|professor|fellow|author|editor|contributor|commentator|director"
    r"|writer|president)\b[^\n]{0,300}\s*\Z"
)


def signs(text: str) -> list[float]:
    """Give what tells report from comment in the words outside quotation marks.

    Rates per 1,000 words of each list of ``lists/genre.toml`` under ``words``, as
    square roots; the square root of the share that is quoted; whether an agency is
    named; whether the last line says what its author is.
    """
    text = _without_label(text)
    own = _QUOTED.sub(" ", text)
    words = Counter(word.replace("’", "'").casefold() for word in _WORD.findall(own))
    number = max(1, words.total())
    rates = [
        (1000 * sum(words[one] for one in names) / number) ** 0.5 for names in _lists()
    ]
    share = 1 - len(own) / max(1, len(text))
    last = own.rstrip().rpartition("\n")[2]
    return [
        *rates,
        max(0.0, share) ** 0.5,
        float(bool(_AGENCY.search(own))),
        float(bool(_BY_A_GUEST.match(last))),
    ]


def reads_like(articles: pd.DataFrame) -> pd.DataFrame:
    """Guess of each article whether it is a report, a comment or an interview.

    Gives ``article, reads_like, comment``, the probability of comment, from 0 to 1;
    both are missing below `AT_LEAST` words and where another language is stated.
    Interviews are those with questions and answers under labels.
    """
    weights = np.array(read_list("genre")["guess"]["weights"])
    rows: list[tuple[str, str | None, float]] = []
    languages = articles.get("language", pd.Series(None, articles.index, dtype=object))
    for (article, text), language in zip(each_text(articles), languages, strict=True):
        english = not isinstance(language, str) or language.startswith("en")
        if not english or len(_WORD.findall(text)) < AT_LEAST:
            rows.append((article, None, np.nan))
            continue
        value = float(weights[0] + weights[1:] @ np.array(signs(text)))
        chance = 1 / (1 + np.exp(-value))
        kind = "comment" if chance > 0.5 else "report"
        rows.append((article, "interview" if answers(text) else kind, chance))
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.astype({"reads_like": object, "comment": "float64"})


def _without_label(text: str) -> str:
    """Leave out lines that say themselves that this is comment: they are no wording."""
    if not stated_genre("text", text):
        return text
    lines = text.split("\n")
    return "\n".join(line for line in lines if not stated_genre("text", line))


@cache
def _lists() -> list[frozenset[str]]:
    found = read_list("genre")["words"]
    return [frozenset(words.split()) for words in found.values()]


GENRES = Layer("genres", tuple(COLUMNS), reads_like)
