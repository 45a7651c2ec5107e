"""Who is given a voice: the speakers of quotations, against people's readings.

``python -m benchmarks.speakers`` reads the four shipped articles and
``tests/gold/quotations.csv``; with ``--gold DIR`` also PolNeAR 1.0 (Newell, Margolin
& Ruths, LREC 2018) from ``DIR/polnear.jsonl.gz``. It prints ``set, metric, value,
interval, n``.

PolNeAR says which words name the source, not who that is. Counted are outermost
quotations that the software takes for speech and that lie by at least 60 % in one
attribution with one source (of several, the tightest): is what the software marks
as the source in touch with what the annotator marked? Where several people
annotated an article, the first one counts. The rules were written with two thirds
of the training articles in view; the other third, by a hash of the article's name,
is *held out*.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens.annotate import quotations, speakers
from framelens.read import read_articles
from framelens.read.actors import alias_key

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
INSIDE = 0.6
"""Share of a quotation's characters that must lie in an attribution's content."""

Span = tuple[int, int]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--gold", type=Path, help="folder with polnear.jsonl.gz")
    options = parser.parse_args()
    print("set,metric,value,interval,n")
    for table in (None, ROOT / "data/actors.csv"):
        beside = "without actors.csv" if table is None else "with actors.csv"
        right, invented = shipped(table)
        report("shipped articles", f"right speaker, {beside}", right)
        report("shipped articles", f"invented speaker, {beside}", invented)
    if options.gold is not None:
        records = polnear(options.gold / "polnear.jsonl.gz")
        for name, chosen in (("tuned on", False), ("held out", True)):
            part = [one for one in records if held_out(one["doc_id"]) is chosen]
            in_touch, articles = sources(part)
            report(f"PolNeAR train, {name}", "source in touch", in_touch, articles)


def report(
    of: str, metric: str, hits: list[bool], groups: list[str] | None = None
) -> None:
    """Print one row, with an interval of 95 %."""
    low, high = interval(hits, groups)
    low, high = max(low, 0.0), min(high, 1.0)
    print(
        f"{of},{metric},{sum(hits) / len(hits):.3f},{low:.3f} to {high:.3f},{len(hits)}"
    )


def interval(hits: list[bool], groups: list[str] | None) -> tuple[float, float]:
    """Give the interval of a share: Wilson's, or with articles as clusters."""
    n, share = len(hits), sum(hits) / len(hits)
    if groups is None:
        centre, half = (
            share + 1.92 / n,
            1.96 * (share * (1 - share) / n + 0.96 / n**2) ** 0.5,
        )
        return (centre - half) / (1 + 3.84 / n), (centre + half) / (1 + 3.84 / n)
    away = pd.Series([hit - share for hit in hits]).groupby(groups).sum()
    half = 1.96 * float((away**2).sum()) ** 0.5 / n
    return share - half, share + half


def shipped(actors: Path | None) -> tuple[list[bool], list[bool]]:
    """Compare with the gold of the shipped articles: right speakers, invented ones."""
    articles = read_articles(ROOT / "data/articles.csv").articles
    found = speakers(articles, actors=actors)
    gold = pd.read_csv(ROOT / "tests/gold/quotations.csv", dtype={"article": str})
    both = gold.merge(
        found, on=["article", "start", "end"], how="left", suffixes=("_gold", "")
    )
    named = both["speaker_gold"].notna()
    pairs = both.loc[named, ["speaker", "speaker_gold"]].fillna("").to_numpy().tolist()
    right = [alias_key(one) == alias_key(other) for one, other in pairs]
    return right, both.loc[~named, "speaker"].notna().tolist()


def polnear(path: Path) -> list[dict[str, Any]]:
    """Read the training articles of PolNeAR, one annotator each."""
    first: dict[str, dict[str, Any]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record["split"] == "train":
                first.setdefault(record["doc_id"], record)
    return list(first.values())


def held_out(article: str) -> bool:
    """Whether the rules were written without this article in view."""
    return int(hashlib.sha256(article.encode()).hexdigest(), 16) % 3 == 0


def sources(records: list[dict[str, Any]]) -> tuple[list[bool], list[str]]:
    """Say of every quotation whether its source is in touch with the annotator's."""
    articles = pd.DataFrame(
        [{"article": one["doc_id"], "text": one["text"]} for one in records]
    )
    found = speakers(articles, quotations=quotations(articles))
    by_article = {one["doc_id"]: one for one in records}
    hits, where = [], []
    columns = ["article", "start", "end", "source_start", "source_end"]
    for article, start, end, first, last in found[columns].itertuples(
        index=False, name=None
    ):
        gold = source_of(by_article[article], start, end)
        if gold:
            marked = not pd.isna(first)
            hits.append(marked and any(first < b and last > a for a, b in gold))
            where.append(article)
    return hits, where


def source_of(record: dict[str, Any], start: int, end: int) -> list[Span]:
    """Give the pieces of the one source of a quotation; none if there is not one."""
    spans = {one["id"]: (one["start"], one["end"]) for one in record["spans"]}
    fits = sorted(around(record, spans, start, end), key=lambda one: one[0])
    if not fits:
        return []
    names = [name for name in fits[0][1].get("source", []) if name in spans]
    if len({name.partition(".")[0] for name in names}) != 1:
        return []
    return [spans[name] for name in names]


def around(
    record: dict[str, Any], spans: dict[str, Span], start: int, end: int
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give the attributions whose content holds a quotation, with their length."""
    for relation in record["relations"]:
        content = [spans[name] for name in relation.get("content", []) if name in spans]
        inside = sum(max(0, min(end, b) - max(start, a)) for a, b in content)
        if inside >= INSIDE * (end - start):
            yield sum(b - a for a, b in content), relation


if __name__ == "__main__":
    main()
