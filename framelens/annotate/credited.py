"""One row per attribution: what is said, with which cue, and who stands behind it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._lists import words_of
from framelens.annotate.attributions import Attribution, gathered
from framelens.annotate.cues import cue_class
from framelens.annotate.entities import known_actors, outermost
from framelens.annotate.fallbacks import (
    ACCORDING,
    AHEAD,
    CARRIED,
    LABELLED,
    SENTENCE,
    SUBJECT,
)
from framelens.annotate.pipeline import each_tokens
from framelens.annotate.sources import NOBODY, Sources, Who
from framelens.annotate.spans import SPAN_COLUMNS, each_text
from framelens.annotate.words import word_offsets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from framelens.annotate.attributions import Pieces
    from framelens.annotate.entities import Known
    from framelens.annotate.pipeline import Tokens
    from framelens.annotate.sources import Uttered


_UTTERING = ("VBD", "VBZ", "VBP", "VBG")
_BESIDE = 3  # words between a quotation inside another's words and its own verb
_MOST = 0.8  # of an answer, that an attribution must hold to be the same
_NOT_SURE = float("nan")


def with_unheld(
    several: list[Attribution], sources: Sources, length: int
) -> list[Attribution]:
    """Add the quotations that stand in the content of no outermost attribution.

    Where a quotation only carries one on, as in "A," X said. "B.", it joins the
    attribution that holds the one before; else it is one of its own, without a
    probability, with the source and the cue that the fallback rules found.
    """
    result, holder = list(several), _holders(several, length)
    inner = _holders(several, length, inside=True)
    before: int | None = None
    for one in sources.quotations:
        around = holder[one.start : one.end]
        around = around[around >= 0]
        content, (source, cue) = [[one.start, one.end]], sources.pieces_of(one)
        if one.found.rule == LABELLED and len(around) >= _MOST * (one.end - one.start):
            before = int(np.bincount(around).argmax())
            result[before] = result[before]._replace(source=source)
        elif one.found.rule == LABELLED:
            result = [_within(told, one) for told in result]
            result.append(
                Attribution(
                    one.annotation, content, source, cue, "direct", 0, _NOT_SURE
                )
            )
        elif len(around):
            before = int(np.bincount(around).argmax())
            if (inner[one.start : one.end] < 0).all():
                result += _inside(result[before], one, sources)
        elif one.found.rule == CARRIED and before is not None:
            result[before] = _carried_on(result[before], one.start, one.end)
        else:
            own = ("direct", 0, _NOT_SURE)
            before = len(result)
            result.append(Attribution(one.annotation, content, source, cue, *own))
    return sorted(result, key=lambda one: one.content)


def _within(told: Attribution, answer: Uttered) -> Attribution:
    """Put what somebody reports in the words of an interview inside of these words."""
    first, last = told.content[0][0], told.content[-1][1]
    inside = answer.start <= first and last <= answer.end
    return told._replace(depth=told.depth + 1) if inside else told


def _inside(outer: Attribution, one: Uttered, sources: Sources) -> list[Attribution]:
    """Give a quotation that somebody else utters in the words of a speaker, if it is.

    *Jane Doe recalled that John Roe asked: "Why?"* The verb right before the quotation
    stands, with its subject, in what the outer attribution holds.
    """
    source, cue = sources.pieces_of(one)
    if one.found.rule != SUBJECT or one.found.cue is None or not source:
        return []
    (first, last), (named, _) = cue[0], source[0]
    finite = sources.tokens.tags[one.found.cue[0]] in _UTTERING
    beside = len(word_offsets(sources.text[last : one.start])) <= _BESIDE
    places = outer.content if finite and beside and last <= one.start else []
    within = any(a <= min(named, first) and last <= b for a, b in places)
    own = ([[one.start, one.end]], source, cue, "direct", 1, _NOT_SURE)
    return [Attribution(one.annotation, *own)] if within else []


def _holders(
    several: list[Attribution], length: int, *, inside: bool = False
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Give the place of the attribution in whose content a character is.

    Of an outermost one, or of one `inside` another.
    """
    holder = np.full(length, -1, dtype=np.int64)
    for place, one in enumerate(several):
        for start, end in one.content if inside == (one.depth > 0) else []:
            holder[start:end] = place
    return holder


def _carried_on(several: Attribution, start: int, end: int) -> Attribution:
    kind = "mixed" if several.kind == "indirect" else several.kind
    return several._replace(content=sorted([*several.content, [start, end]]), kind=kind)


CREDITED_COLUMNS = [
    *("article", "annotation", "content", "source", "cue", "kind", "depth"),
    *("probability", "source_text", "speaker", "affiliation", "speaker_kind"),
    *("source_type", "anonymous", "resolved_by", "sure", "cue_text", "cue_class"),
]
"""The columns of the layer ``credited``: see `framelens.annotate.ledger`."""

_CARRYING = re.compile(r"\b(?:according to|report|quot|cit)")
_LOOSE = (CARRIED, AHEAD, ACCORDING, SENTENCE)
_MEDIA = words_of("actor_nouns", "media") | {"com"}  # Politico.com


def credited(
    articles: pd.DataFrame,
    *,
    attributions: pd.DataFrame,
    quotations: pd.DataFrame,
    actors: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Say who stands behind each attribution, one row each, in reading order.

    An outermost quotation that no attribution holds joins the one that it carries on,
    or has a row of its own, with source and cue by rules over the parse and no
    probability. What the columns mean stands at `framelens.Corpus.ledger`.
    """
    known = known_actors(actors)
    by_article = gathered(attributions, dict(each_text(articles)))
    speech = outermost(quotations)
    attributed = articles[articles["article"].isin([*by_article, *speech])]
    rows = [
        row
        for tokens in each_tokens(attributed)
        for row in _in_article(
            tokens,
            by_article.get(tokens.article, []),
            speech.get(tokens.article),
            known,
        )
    ]
    table = pd.DataFrame(rows, columns=CREDITED_COLUMNS, dtype=object)
    table[["anonymous", "sure"]] = table[["anonymous", "sure"]].astype(bool)
    return table.astype({"depth": "int64", "probability": "float64"})


def marked_credited(
    articles: pd.DataFrame,
    *,
    quotations: pd.DataFrame,
    actors: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Say who utters each quotation, by rules alone; see `credited`."""
    nothing = pd.DataFrame(columns=[*SPAN_COLUMNS, "kind", "depth", "probability"])
    return credited(
        articles, attributions=nothing, quotations=quotations, actors=actors
    )


def _in_article(
    tokens: Tokens,
    several: list[Attribution],
    speech: pd.DataFrame | None,
    known: dict[str, Known],
) -> Iterator[tuple[object, ...]]:
    """Give the rows of one article."""
    sources = Sources(tokens, speech, known)
    several = with_unheld(several, sources, len(tokens.text))
    everybody = _everybody(several, sources)
    for one, who in zip(several, everybody, strict=True):
        if one.depth and np.isnan(one.probability) and who.kind is None:
            continue  # said by nobody, or by the speaker around it
        surface, cue = (printed(tokens.text, some) for some in (one.source, one.cue))
        yield (
            *(tokens.article, one.annotation, one.content),
            *(one.source or None, one.cue or None),
            *(one.kind, one.depth, one.probability, surface),
            *(who.speaker, who.affiliation, who.kind, who.source_type),
            *(who.anonymous, who.how),
            *(
                who.sure and who.speaker is not None,
                cue,
                cue_class(cue) if cue is not None else None,
            ),
        )


def _everybody(several: list[Attribution], sources: Sources) -> list[Who]:
    """Name the speakers, of the outer attributions before the ones inside them."""
    found: dict[int, Who] = {}
    last = NOBODY
    uttered = {one.annotation for one in sources.quotations}
    for place in sorted(range(len(several)), key=lambda one: (several[one].depth, one)):
        one, outer = several[place], _outer(several, place)
        within = found.get(outer, NOBODY) if outer is not None else NOBODY
        before = last if outer is None else NOBODY
        if one.source and (one.depth or one.annotation not in uttered):
            who = sources.who(one.source, within=within, last=before)
            if outer is None and one.kind != "indirect" and _carries(one, who, sources):
                who = _speaks_itself(sources.of_quotation(one.content), who)
            if one.annotation in uttered and who.speaker == within.speaker:
                who = NOBODY
        elif one.kind != "indirect" and outer is None:
            who = sources.of_quotation(one.content, last=before)
        else:
            who = NOBODY
        found[place] = who
        last = who if outer is None and who.speaker else last
    return [found[place] for place in range(len(several))]


def _carries(one: Attribution, who: Who, sources: Sources) -> bool:
    """Whether a source only carries words: *Jane Doe said, according to the Post*."""
    cue = printed(sources.text, one.cue) or ""
    words = re.findall(r"\w+", (who.speaker or "").lower())
    media = who.kind == "body" and bool(_MEDIA.intersection(words))
    carrier = media or who.kind in ("document", None)
    return carrier and _CARRYING.search(cue.lower()) is not None


def _speaks_itself(spoken: Who, carrier: Who) -> Who:
    """Give who speaks the quoted words, if they are named beside them."""
    named = spoken.speaker is not None and spoken.how not in _LOOSE
    return spoken if named else carrier


def _outer(several: list[Attribution], place: int) -> int | None:
    """Give the attribution in whose content, the tightest, another's cue stands."""
    if not several[place].depth or not several[place].cue:
        return None
    cue = several[place].cue[0][0]
    around = [
        (end - start, number)
        for number, one in enumerate(several)
        if one.depth < several[place].depth
        for start, end in one.content
        if start <= cue < end
    ]
    return min(around)[1] if around else None


def printed(text: str, pieces: Pieces) -> str | None:
    """Give the words of pieces, parted by a space; None where there are none."""
    return " ".join(text[start:end] for start, end in pieces) or None
