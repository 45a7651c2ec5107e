"""Differences: what one printing of a statement has and another has not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from framelens.align.statements.alignment import align
from framelens.align.statements.attributed import NOBODY, attribution_of
from framelens.align.statements.english import kin
from framelens.align.statements.spelling import holds_a_verb, spelled_alike
from framelens.annotate.names import same_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from framelens.align.statements.alignment import Link
    from framelens.align.statements.attributed import Attribution
    from framelens.align.statements.printed_words import PrintedWords
    from framelens.align.statements.printings import Group, Shared, Stretch

TYPES = ("only here", "reworded", "marks", "order", "speaker", "cue")
"""What can differ between two printings of one statement."""

GROUP_COLUMNS = [
    *("group", "article", "start", "end", "outlet", "genre", "piece", "voice"),
    *("speaker", "affiliation", "cue", "cue_class", "text"),
]
DIFFERENCE_COLUMNS = [
    *("group", "type"),
    *(
        f"{name}_{side}"
        for side in "ab"
        for name in ("article", "start", "end", "text")
    ),
]

Span = tuple[int, int] | None
Row = tuple[Any, ...]
About = dict[str, tuple[Any, Any]]
"""Outlet and genre of each article."""

Credits = dict[tuple[str, str], "Attribution"]
"""To whom an article attributes a group's statement."""

LONGEST_REWORDED = 5
"""Words. A longer run that stands in place of another is not the same thing said
otherwise: then each stands only in its own article."""

_ARTICLES = {"a", "an", "the", "that"}

Kind = Literal["same", "only here", "reworded"]


def tables_of(
    groups: dict[str, Group], about: About, references: set[str]
) -> tuple[pd.DataFrame, pd.DataFrame, dict[str, tuple[Shared, ...]]]:
    """Give the groups, their differences, and their printings two by two."""
    credit_of = {
        (name, part.words.article): NOBODY
        if part.words.article in references
        else credited_to(part)
        for name, group in groups.items()
        for part in group.parts
    }
    rows = [
        (name, *row)
        for name, group in groups.items()
        for part in group.parts
        for row in _pieces(part, credit_of[name, part.words.article], about)
    ]
    table = pd.DataFrame(rows, columns=GROUP_COLUMNS, dtype=object)
    table = table.astype(dict.fromkeys(("start", "end", "piece"), "int64"))
    table.loc[table["article"].isin(references), "voice"] = "reference"
    pairs = {
        name: tuple(
            pair
            for pair in group.pairs
            if not {pair.a.words.article, pair.b.words.article} & references
        )
        for name, group in groups.items()
    }
    return table, _differences(pairs, credit_of), pairs


def credited_to(part: Stretch) -> Attribution:
    """Give the attribution of a statement: an inner one if it has all that is quoted.

    "Orr wrote that Moss called it “a scandal”" is Moss's word.
    """
    words = part.words
    quoted = [place for place in part.places if words.quotation[place] >= 0]
    starts = words.starts[quoted].tolist()
    inner = [
        one
        for one in words.attributions
        if one.depth and one.speaker and _holds_all(one, starts)
    ]
    if quoted and inner:
        return max(inner, key=lambda one: one.depth)
    return attribution_of(part.offsets, words.attributions)


def _holds_all(one: Attribution, starts: list[int]) -> bool:
    return all(
        any(first <= start < last for first, last in one.contents) for start in starts
    )


def _pieces(part: Stretch, credit: Attribution, about: About) -> Iterator[Row]:
    """Give one row per piece of a statement in an article."""
    article = part.words.article
    for piece, (run, span) in enumerate(
        zip(part.runs, part.offsets, strict=True), start=1
    ):
        said = (credit.speaker, credit.affiliation, credit.cue, credit.cue_class)
        text = part.words.text[slice(*span)]
        yield (article, *span, *about[article], piece, part.voice(run), *said, text)


def _differences(
    pairs: dict[str, tuple[Shared, ...]], credit_of: Credits
) -> pd.DataFrame:
    """Give one row per difference of two printings."""
    moved = exchanged([pair for some in pairs.values() for pair in some])
    rows: list[Row] = []
    for name, some in pairs.items():
        for pair in some:
            sides = [credit_of[name, it.words.article] for it in (pair.a, pair.b)]
            differs = [*_wording(pair), *_credit(pair, *sides)]
            if id(pair) in moved:
                spans = pair.a.offsets[0], pair.b.offsets[0]
                differs.append(row_of("order", pair, *spans))
            rows += [(name, *row) for row in sorted(differs, key=_place)]
    table = pd.DataFrame(rows, columns=DIFFERENCE_COLUMNS, dtype=object)
    return table.astype(
        dict.fromkeys(("start_a", "end_a", "start_b", "end_b"), "Int64")
    )


def _place(row: Row) -> Row:
    """Order differences by type and place; what one side lacks comes last."""
    last = float("inf")
    return (
        TYPES.index(row[0]),
        *(last if one is None else one for one in (row[2], row[6])),
    )


def row_of(kind: str, pair: Shared, a: Span, b: Span) -> Row:
    """Give one difference with its places and words on both sides."""
    cells: list[Any] = [kind]
    for side, span in ((pair.a, a), (pair.b, b)):
        text = None if span is None else side.words.text[slice(*span)]
        cells += [side.words.article, *(span or (None, None)), text]
    return tuple(cells)


def span_of(words: PrintedWords, places: tuple[int, ...]) -> Span:
    """Give the offsets of a row of words; None of none."""
    if not places:
        return None
    return int(words.starts[places[0]]), int(words.ends[places[-1]])


def _wording(pair: Shared) -> Iterator[Row]:
    """Give the differences of words and of marks."""
    a, b = pair.a.words, pair.b.words
    walked = steps(pair.a, pair.b)
    for step in walked:
        if step.kind != "same":
            spans = span_of(a, step.first), span_of(b, step.second)
            yield row_of(step.kind, pair, *spans)
    for step in marks_moved(walked, pair.a, pair.b):
        yield row_of("marks", pair, span_of(a, step.first), span_of(b, step.second))


def _credit(pair: Shared, one: Attribution, other: Attribution) -> Iterator[Row]:
    """Give the differences of speaker and cue."""
    if same_name(one.speaker, other.speaker) is False:
        yield row_of("speaker", pair, _hull(one.sources), _hull(other.sources))
    if one.cue and other.cue and one.cue != other.cue:
        yield row_of("cue", pair, _hull(one.cues), _hull(other.cues))


def _hull(spans: Sequence[tuple[int, int]]) -> Span:
    """Give the stretch from the first of these spans to the last; None of none."""
    return (spans[0][0], spans[-1][1]) if spans else None


def exchanged(pairs: Sequence[Shared]) -> set[int]:
    """Give, by `id`, the statements that stand before another in one article only."""
    by_articles: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for pair in pairs:
        place = (pair.a.runs[0][0], pair.b.runs[0][0], id(pair))
        articles = (pair.a.words.article, pair.b.words.article)
        by_articles.setdefault(articles, []).append(place)
    return {
        one
        for places in by_articles.values()
        for i, j, one in places
        if any((i - k) * (j - m) < 0 for k, m, _ in places)
    }


@dataclass(frozen=True, slots=True)
class Step:
    """A step through two printings: places of words; one side may be empty."""

    kind: Kind
    first: tuple[int, ...]
    second: tuple[int, ...]


def steps(a: Stretch, b: Stretch) -> list[Step]:
    """Walk through two printings, word by word: every word is in exactly one step."""
    if (a.words.text, a.runs) > (b.words.text, b.runs):  # so that sides do not matter
        return [Step(one.kind, one.second, one.first) for one in steps(b, a)]
    ours, theirs = a.places, b.places
    links = align(
        [a.words.forms[place] for place in ours],
        [b.words.forms[place] for place in theirs],
        worth=lambda i, j: _worth(a, b, ours[i], theirs[j]),
        opening=0.15,
        step=0.04,
    )
    walked = _exchanged(_joined(_walk(ours, theirs, links)), a, b)
    return [part for step in _spelled(walked, a, b) for part in _cut(step, a, b)]


def _spelled(walked: list[Step], a: Stretch, b: Stretch) -> list[Step]:
    """Take what is only written in another way ("it's", "it is") for the same."""
    steps: list[Step] = []
    for step in walked:
        last = steps[-1] if steps else step
        if step.kind == "reworded" and spelled_alike(
            a.words, step.first, b.words, step.second
        ):
            step = Step("same", step.first, step.second)
        elif last.kind == "same" and _contracted(last, step, a, b):
            steps.pop()
            step = Step("same", last.first + step.first, last.second + step.second)
        steps.append(step)
    return steps


def _contracted(last: Step, step: Step, a: Stretch, b: Stretch) -> bool:
    """Whether the one word that one side adds is in the other's word before it."""
    if step.kind != "only here" or len(step.first) + len(step.second) != 1:
        return False
    if step.first:
        verb = a.words.forms[step.first[0]]
        return holds_a_verb(b.words, last.second[-1], verb)
    verb = b.words.forms[step.second[0]]
    return holds_a_verb(a.words, last.first[-1], verb)


def _worth(a: Stretch, b: Stretch, i: int, j: int) -> float:
    """Weigh two words: an article least, so that "before" is linked and not "the"."""
    if a.words.forms[i] in _ARTICLES:
        return 0.4
    return 1.0 if a.words.content[i] and b.words.content[j] else 0.5


def _cut(step: Step, a: Stretch, b: Stretch) -> Iterator[Step]:
    """Cut a step where a cue parts pieces; the other side in proportion."""
    if step.kind == "same":
        yield step  # one word, but for another spelling
        return
    first, second = step.first, step.second
    at = [
        (place * len(second) / len(first), 0, place) for place in breaks(first, a)
    ] + [(float(place), 1, place) for place in breaks(second, b)]
    i = j = 0
    for there, side, place in sorted(at):
        if side == 0:
            left, right = place, max(j, round(there))
        else:
            left, right = max(i, round(place * len(first) / len(second))), place
        yield from _typed(step.kind, first[i:left], second[j:right])
        i, j = max(i, left), max(j, right)
    yield from _typed(step.kind, first[i:], second[j:])


def _typed(kind: Kind, left: tuple[int, ...], right: tuple[int, ...]) -> Iterator[Step]:
    if left and right:
        yield Step(kind, left, right)
    elif left or right:
        yield Step("only here", left, right)


def breaks(places: tuple[int, ...], side: Stretch) -> list[int]:
    """Give where a new piece of the statement begins among these words."""
    pieces = {first for first, _ in side.runs}
    return [
        number
        for number in range(1, len(places))
        if pieces & set(range(places[number - 1] + 1, places[number] + 1))
    ]


def _walk(ours: list[int], theirs: list[int], links: list[Link]) -> Iterator[Step]:
    i = j = 0
    kindred: list[tuple[int, int]] = []
    for link in links:
        if not link.same:
            kindred.append((link.first, link.second))
            continue
        yield from _block(ours, theirs, (i, link.first), (j, link.second), kindred)
        yield Step("same", (ours[link.first],), (theirs[link.second],))
        i, j, kindred = link.first + 1, link.second + 1, []
    yield from _block(ours, theirs, (i, len(ours)), (j, len(theirs)), kindred)


def _block(
    ours: list[int],
    theirs: list[int],
    first: tuple[int, int],
    second: tuple[int, int],
    kindred: list[tuple[int, int]],
) -> Iterator[Step]:
    """Type what stands between two words that are the same in both."""
    left, right = tuple(ours[slice(*first)]), tuple(theirs[slice(*second)])
    if left and right and max(len(left), len(right)) <= LONGEST_REWORDED:
        yield Step("reworded", left, right)
    elif left and right and kindred:
        i, j = first[0], second[0]
        for one, other in kindred:
            yield from _block(ours, theirs, (i, one), (j, other), [])
            yield Step("reworded", (ours[one],), (theirs[other],))
            i, j = one + 1, other + 1
        yield from _block(ours, theirs, (i, first[1]), (j, second[1]), [])
    else:
        if left:
            yield Step("only here", left, ())
        if right:
            yield Step("only here", (), right)


def _joined(walked: Iterator[Step]) -> list[Step]:
    """Join steps of the same kind that stand side by side."""
    joined: list[Step] = []
    for step in walked:
        last = joined[-1] if joined else step
        if (
            last.kind == step.kind != "same"
            and joined
            and (bool(last.first) == bool(step.first))
        ):
            joined.pop()
            step = Step(step.kind, last.first + step.first, last.second + step.second)
        joined.append(step)
    return joined


def _exchanged(walked: list[Step], a: Stretch, b: Stretch) -> list[Step]:
    """Take words put elsewhere in another form ("wages be paid") as reworded."""
    for place in range(len(walked) - 2):
        one, same, other = walked[place : place + 3]
        if one.kind != "only here" or other.kind != "only here" or same.kind != "same":
            continue
        if bool(one.first) == bool(other.first):
            continue
        ours, theirs = one.first + other.first, one.second + other.second
        if max(len(ours), len(theirs)) > LONGEST_REWORDED:
            continue
        kept = {kin(a.words.forms[p]) for p in ours} & {
            kin(b.words.forms[p]) for p in theirs
        }
        if 2 * len(kept) >= min(len(ours), len(theirs)):
            walked[place] = Step("reworded", ours, theirs)
            walked[place + 2] = Step("reworded", (), ())
    return [step for step in walked if step.first or step.second]


def marks_moved(walked: list[Step], a: Stretch, b: Stretch) -> list[Step]:
    """Give the runs of words in quotation marks in one printing only."""
    found: list[Step] = []
    before: int | None = None
    for step in walked:
        if step.kind == "only here":
            continue
        first, second = step.first, step.second
        moved = _inside(a, first) - _inside(b, second)
        run = found[-1] if moved and moved == before else None
        if run and not (
            breaks((run.first[-1], first[0]), a)
            or breaks((run.second[-1], second[0]), b)
        ):
            found.pop()
            first, second = run.first + first, run.second + second
        if moved:
            found.append(Step("same", first, second))
        before = moved
    return found


def _inside(side: Stretch, places: tuple[int, ...]) -> int:
    """Whether most of these words stand in quotation marks."""
    inside = sum(side.words.quotation[place] >= 0 for place in places)
    return int(2 * inside > len(places))
