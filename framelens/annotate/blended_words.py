"""Blended words: what judges inside indirect speech, outlet's or source's."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from framelens._layers import Layer
from framelens.annotate.spans import SPAN_COLUMNS, each_text, spans_frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    Stretch = tuple[int, int, str | None]
    Stretches = dict[str, list[Stretch]]

BLENDED_KINDS = ("loaded", "scare", "distancing")
"""Wording that takes sides; marks of distance; words that hold what follows at a
distance."""

_ENDS = itemgetter(0, 1)
_ADJECTIVES = (
    r"so[- ]called|self[- ](?:styled|proclaimed|declared|described|appointed)"
    r"|soi-disant|alleged|purported|supposed|ostensible|putative|would-be"
)
_ADVERBS = r"allegedly|purportedly|supposedly|ostensibly|putatively|reputedly"
_DISTANCING = re.compile(
    # before what they hold at a distance: "alleged that" and "supposed to" do not
    rf"\b(?:(?:{_ADJECTIVES})(?=\s+(?!that\b|to\b)[\w\"“‘'«])|(?:{_ADVERBS}))\b",
    re.IGNORECASE,
)
_ADVERB = re.compile(_ADVERBS, re.IGNORECASE)


def blended_words(
    articles: pd.DataFrame,
    *,
    voices: pd.DataFrame,
    attributions: pd.DataFrame,
    quotations: pd.DataFrame,
    loaded_words: pd.DataFrame,
) -> pd.DataFrame:
    """Mark words that judge inside indirect speech: see `framelens.Corpus.layer`.

    A word for which two kinds hold has a row for each. Within a cue only an adverb is a
    distancing word: *alleged* in *has alleged fraud* is what somebody did.
    """
    outermost = attributions["role"].eq("content") & attributions["depth"].eq(0)
    told = _Told(
        indirect=_by_article(voices[voices["voice"].eq("indirect")]),
        cues=_by_article(attributions[attributions["role"].eq("cue")]),
        contents=_by_article(attributions[outermost], "annotation"),
        loaded=_by_article(loaded_words),
        scare=_scare_quotations(quotations),
    )
    rows = (
        (article, start, end, f"{article}:b{number}", kind, attribution)
        for article, text in each_text(articles)
        for number, (start, end, kind, attribution) in enumerate(
            told.blended(article, text), start=1
        )
    )
    extra = ["kind", "attribution"]
    return spans_frame(rows, layer="blended", role="word", extra=extra)


class _Told(NamedTuple):
    """What is known of all articles: sorted stretches, by article."""

    indirect: Stretches
    cues: Stretches
    contents: Stretches
    loaded: Stretches
    scare: Stretches

    def blended(
        self, article: str, text: str
    ) -> Iterator[tuple[int, int, str, str | None]]:
        """Give start, end, kind and attribution of what is blended in one article."""
        indirect = self.indirect.get(article)
        if not indirect:
            return
        distancing = _distancing(text, self.cues.get(article, []))
        found = [
            *((start, end, "loaded") for start, end, _ in self.loaded.get(article, [])),
            *((start, end, "scare") for start, end, _ in self.scare.get(article, [])),
            *((start, end, "distancing") for start, end in distancing),
        ]
        contents = _reaching(self.contents.get(article, []))
        for start, end, kind in sorted(found):
            around = _last(indirect, start)
            if around and end <= around[1]:
                holder = _last(contents, start)
                if holder is None or start >= holder[1]:
                    yield start, end, kind, None
                elif kind != "scare" or not _is_whole((start, end), holder):
                    yield start, end, kind, holder[2]


def _by_article(spans: pd.DataFrame, name: str | None = None) -> Stretches:
    """Group spans by article, in order, each with its `name` or nothing."""
    found: Stretches = {}
    articles = spans["article"].tolist()
    places = (spans[one].astype("int64").tolist() for one in ("start", "end"))
    names = [None] * len(spans) if name is None else spans[name].tolist()
    for article, *one in zip(articles, *places, names, strict=True):
        found.setdefault(article, []).append((one[0], one[1], one[2]))
    return {name: sorted(some, key=_ENDS) for name, some in found.items()}


def _scare_quotations(quoted: pd.DataFrame) -> Stretches:
    """Give what stands between outermost marks that name nothing, speech too."""
    scare = quoted[quoted["kind"].isin(["scare", "speech"]) & quoted["depth"].eq(0)]
    scare = scare[scare["inner_start"] < scare["inner_end"]]
    return _by_article(scare.assign(start=scare["inner_start"], end=scare["inner_end"]))


def _distancing(text: str, cues: list[Stretch]) -> Iterator[tuple[int, int]]:
    """Find distancing words, but verbs and nouns that are cues."""
    for match in _DISTANCING.finditer(text):
        cue = _last(cues, match.start())
        if not cue or match.end() > cue[1] or _ADVERB.fullmatch(match.group()):
            yield match.span()


def _is_whole(quoted: tuple[int, int], content: Stretch) -> bool:
    """Whether a content is a quotation and nothing more: then the words are said."""
    return quoted[0] - 2 <= content[0] and content[1] <= quoted[1] + 2


def _reaching(stretches: list[Stretch]) -> list[Stretch]:
    """Give, where each stretch begins, the one so far that reaches farthest."""
    return list(accumulate(stretches, _farther))


def _farther(one: Stretch, other: Stretch) -> Stretch:
    return other if other[1] > one[1] else one


def _last(stretches: list[Stretch], place: int) -> Stretch | None:
    """Give the last stretch that begins at or before a place."""
    found = bisect_right(stretches, place, key=itemgetter(0)) - 1
    return stretches[found] if found >= 0 else None


BLENDED_WORDS = Layer(
    "blended_words",
    (*SPAN_COLUMNS, "kind", "attribution"),
    blended_words,
    needs=("voices", "attributions", "quotations", "loaded_words"),
)
