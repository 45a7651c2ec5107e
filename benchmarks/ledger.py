"""Who stands behind the words: the speakers of attributions, against people's readings.

``python -m benchmarks.ledger`` reads the four shipped articles, asks for the speaker of
each quotation in ``tests/gold/quotations.csv``, and compares with
``tests/gold/attributions.csv``: attributions found are aligned with those listed, best
overlap of contents first (Dice of at least 0.5), and their speakers compared, without
regard to order and articles; several count as right if all are. *Named* are the rows
whose speaker the list names; in the others nobody may be named but people who are only
described (*officials*). Quotations that the list has no row for are left out. It
prints ``set, metric, value, interval, n``; `benchmarks.accuracy` scores scraped
articles.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from benchmarks.attribution_scores import MATCHED, Text, aligned, attribution
from framelens import Corpus, read_corpus
from framelens._wording import BETWEEN_SPEAKERS
from framelens.annotate.entities import known_actors
from framelens.read.stated import alias_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from framelens.annotate.entities import Known

    Pieces = list[tuple[int, int]]

ROOT = Path(__file__).resolve().parent.parent
_PARTS = ("content", "cue", "source")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--show", action="store_true", help="list what is wrong")
    options = parser.parse_args()
    print("set,metric,value,interval,n")
    for actors in (None, ROOT / "data/actors.csv"):
        corpus = read_corpus(ROOT / "data/articles.csv", actors=actors)
        report_shipped(corpus, show=options.show)


def report(of: str, metric: str, hits: list[bool]) -> None:
    """Print one row, with Wilson's interval of 95 %."""
    n, share = len(hits), sum(hits) / len(hits)
    half = 1.96 * (share * (1 - share) / n + 0.96 / n**2) ** 0.5
    low, high = (
        (share + 1.92 / n - half) / (1 + 3.84 / n),
        (share + 1.92 / n + half) / (1 + 3.84 / n),
    )
    print(f"{of},{metric},{share:.3f},{low:.3f} to {high:.3f},{n}")


def report_shipped(corpus: Corpus, *, show: bool = False) -> None:
    """Print the figures of the shipped articles, with `show` also what is wrong."""
    beside = "without actors.csv" if corpus.stated_actors is None else "with actors.csv"
    found = corpus.ledger
    rows = list(listed(corpus.articles, found, known_actors(corpus.stated_actors)))
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


if __name__ == "__main__":
    main()
