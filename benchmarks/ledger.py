"""Who stands behind the words: the speakers of attributions, against people's readings.

``python -m benchmarks.ledger`` reads the four shipped articles, asks for the speaker of
each quotation in ``tests/gold/quotations.csv``, and compares with
``tests/gold/attributions.csv``: attributions found are aligned with those listed, best
overlap of contents first (Dice of at least 0.5), and their speakers compared, without
regard to order and articles; several count as right if all are. *Named* are the rows
whose speaker the list names; in the others nobody may be named but people who are only
described (*officials*). Quotations that the list has no row for are left out.

With ``--gold DIR`` also PolNeAR 1.0 from ``DIR/polnear.jsonl.gz``: the training
articles that the reader never saw (`training.gold.set_apart`), or the first
``--most N`` of them. For every quotation that stands in one attribution with one
source: do the words that the software takes for the source touch what the annotator
marked, and do most of them agree (Dice of at least 0.5)? By the rules
(`framelens.annotate.speakers`), by the reader's attributions, and by either where the
other gives none. It prints ``set, metric, value, interval, n``.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from benchmarks.attribution_scores import MATCHED, Text, aligned, attribution
from benchmarks.speakers import ROOT, report, source_of
from framelens.annotate import attribution_table, attributions, quotations, speakers
from framelens.annotate.entities import known_actors
from framelens.annotate.names import BETWEEN_SPEAKERS
from framelens.annotate.words import word_offsets
from framelens.read import read_articles
from framelens.read.actors import alias_key
from training.gold import polnear, set_apart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from framelens.annotate.entities import Known

    Pieces = list[tuple[int, int]]

ORDERS = ("rules", "reader", "reader, then rules", "rules, then reader")
_PARTS = ("content", "cue", "source")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--gold", type=Path, help="folder with polnear.jsonl.gz")
    parser.add_argument("--most", type=int, help="articles of PolNeAR, at most")
    parser.add_argument("--show", action="store_true", help="list what is wrong")
    options = parser.parse_args()
    print("set,metric,value,interval,n")
    articles = read_articles(ROOT / "data/articles.csv").articles
    for actors in (None, ROOT / "data/actors.csv"):
        report_shipped(articles, actors, show=options.show)
    if options.gold is not None:
        records = [one for one in polnear(options.gold, "train") if apart(one)]
        rows = list(sources(records[: options.most]))
        where = [one["article"] for one in rows]
        for order in ORDERS:
            for metric in ("touched", "mostly agreed"):
                hits = [one[order, metric] for one in rows]
                report("PolNeAR set apart", f"source {metric}: {order}", hits, where)


def report_shipped(
    articles: pd.DataFrame, actors: Path | None, *, show: bool = False
) -> None:
    """Print the figures of the shipped articles, with `show` also what is wrong."""
    beside = "without actors.csv" if actors is None else "with actors.csv"
    found = attribution_table(articles, actors=actors)
    rows = list(listed(articles, found, known_actors(actors)))
    named = [one["right"] for one in rows if one["gold"]]
    others = [not one["right"] for one in rows if not one["gold"]]
    for metric, hits in (
        ("right speaker of a quotation", quoted(found)),
        ("right speaker of an attribution", named),
        ("somebody named where nobody is", others),
    ):
        report("shipped articles", f"{metric} {beside}", hits)
    for one in rows:
        if show and not one["right"]:
            print("   ", one["article"], one["text"], one["gold"], one["found"])


def apart(record: dict[str, Any]) -> bool:
    """Whether the reader was trained without this article."""
    return set_apart(record["doc_id"])


def quoted(found: pd.DataFrame) -> list[bool]:
    """Say of the quotations in ``tests/gold/quotations.csv`` whose speaker is right.

    The speaker is that of the attribution which holds most of the quotation.
    """
    gold = pd.read_csv(ROOT / "tests/gold/quotations.csv", dtype={"article": str})
    gold = gold[gold["speaker"].notna()]
    outer = found[found["depth"].eq(0)]
    right = []
    rows = gold[["article", "start", "end", "speaker"]]
    for article, start, end, speaker in rows.itertuples(index=False, name=None):
        here = outer[outer["article"].eq(article)]
        inside = [_inside(pieces, start, end) for pieces in here["content"]]
        most = max(inside, default=0)
        told = here["speaker"].iloc[inside.index(most)] if most else None
        right.append(alias_key(told or "") == alias_key(speaker))
    return right


def _inside(pieces: Pieces, start: int, end: int) -> int:
    return sum(max(0, min(end, b) - max(start, a)) for a, b in pieces)


def listed(
    articles: pd.DataFrame, found: pd.DataFrame, known: dict[str, Known]
) -> Iterator[dict[str, Any]]:
    """Pair the attributions found with those of ``tests/gold/attributions.csv``."""
    path = ROOT / "tests/gold/attributions.csv"
    rows = pd.read_csv(path, dtype=str).fillna("")
    rows = rows[rows["depth"].eq("0")]
    found = found[found["depth"].eq(0) & found["probability"].notna()]
    for article, text in zip(articles["article"], articles["text"], strict=True):
        words = Text(text)
        gold = rows[rows["article"].eq(article)]
        mine = found[found["article"].eq(article)]
        pairs = aligned(
            [attribution(words, _read(row)) for row in gold.to_dict("records")],
            [attribution(words, row) for row in mine.to_dict("records")],
        )
        for one, other, dice in pairs:
            if dice >= MATCHED:
                row, told = gold.iloc[one], mine.iloc[other]
                yield {
                    "article": article,
                    "text": text[slice(*told["content"][0])][:50],
                    "gold": row["speaker"],
                    "found": told["speaker"],
                    "right": _alike(row["speaker"], told, known),
                }


def _read(row: dict[str, Any]) -> dict[str, Any]:
    """Read the pieces ``1-4 9-12`` of a listed attribution."""
    return {
        role: [[int(edge) for edge in piece.split("-")] for piece in row[role].split()]
        for role in _PARTS
    }


def _alike(gold: str, told: pd.Series, known: dict[str, Known]) -> bool:
    """Whether the speakers are those listed; described people may stand for none."""
    if not gold:
        return told["speaker"] is None or bool(told["anonymous"])
    return _names(gold, known) == _names(told["speaker"] or "", known)


def _names(told: str, known: dict[str, Known]) -> set[str]:
    """Give the names of several speakers in one form, spelt as the table spells."""
    plain = re.sub(r"\b[Tt]he ", "", told).split(BETWEEN_SPEAKERS)
    listed = [known.get(alias_key(one)) for one in plain]
    return {
        alias_key(same.actor if same and same.actor else one)
        for one, same in zip(plain, listed, strict=True)
    }


def sources(records: list[dict[str, Any]]) -> Iterator[dict[Any, Any]]:
    """Say of every quotation how its source agrees with the annotator's."""
    articles = pd.DataFrame(
        [{"article": one["doc_id"], "text": one["text"]} for one in records]
    )
    by_rules = speakers(articles, quotations=quotations(articles))
    by_reader = _read_by_article(attributions(articles))
    by_article = {one["doc_id"]: one for one in records}
    columns = ["article", "start", "end", "source_start", "source_end"]
    rows = by_rules[columns].itertuples(index=False, name=None)
    for article, start, end, first, last in rows:
        record = by_article[article]
        gold = source_of(record, start, end)
        if not gold:
            continue
        rules = [] if pd.isna(first) else [(int(first), int(last))]
        reader = _held(by_reader.get(article, []), start, end)
        choices = (rules, reader, reader or rules, rules or reader)
        yield {"article": article} | {
            (order, metric): agreed
            for order, pieces in zip(ORDERS, choices, strict=True)
            for metric, agreed in _agreement(record["text"], pieces, gold)
        }


def _read_by_article(found: pd.DataFrame) -> dict[str, list[tuple[Pieces, Pieces]]]:
    """Give content and source of every outermost attribution."""
    result: dict[str, list[tuple[Pieces, Pieces]]] = {}
    outer = found[found["depth"].eq(0)]
    for (article, _), some in outer.groupby(["article", "annotation"], sort=False):
        content, source = (
            list(zip(part["start"].tolist(), part["end"].tolist(), strict=True))
            for part in (some[some["role"].eq(role)] for role in ("content", "source"))
        )
        result.setdefault(article, []).append((content, source))
    return result


def _held(told: list[tuple[Pieces, Pieces]], start: int, end: int) -> Pieces:
    """Give the source of the attribution that holds most of a quotation."""
    most, found = 0, []
    for content, source in told:
        inside = _inside(content, start, end)
        if inside > most:
            most, found = inside, source
    return found


def _agreement(text: str, pieces: Pieces, gold: Pieces) -> Iterator[tuple[str, bool]]:
    ours, theirs = (
        {word for a, b in some for word, _ in _words(text, a, b)}
        for some in (pieces, gold)
    )
    both = len(ours & theirs)
    yield "touched", any(a < d and b > c for a, b in pieces for c, d in gold)
    yield "mostly agreed", 2 * both >= MATCHED * max(1, len(ours) + len(theirs))


def _words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [(start + a, start + b) for a, b in word_offsets(text[start:end])]


if __name__ == "__main__":
    main()
