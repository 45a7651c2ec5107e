"""Draw the sentence pairs that ``tests/gold/coverage_pairs.csv`` judges.

``python -m benchmarks.coverage_draw --gold DIR`` prints ``event, article_a, start_a,
end_a, article_b, start_b, end_b, stratum``, no text; the rule stands in
``tests/gold/coverage_pairs.md``. It needs the parser and the embedding model.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens.annotate import embed, furniture, sentences
from framelens.annotate.words import word_offsets

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

JUDGED = Path(__file__).resolve().parents[1] / "tests" / "gold"
SEED = 7
ARTICLES, PAIRS = 4, 20
"""Articles that are drawn of an event, and pairs that are drawn of a stratum."""

WORDS = 60, 1500
LENGTHS = 8, 45
"""Words of an article, and of a sentence."""

STRATA = (0.2, 0.35, 0.5, 0.65, 0.8, 0.97)
"""Bounds of the cosine; lower is nothing like, higher is the same sentence."""

COLUMNS = [
    "event", "article_a", "start_a", "end_a", "article_b", "start_b", "end_b",
    "stratum", "of",
]  # fmt: skip


def main() -> None:
    """Print the pairs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    options = parser.parse_args()
    drawn(options.gold).to_csv(sys.stdout, index=False)


def drawn(gold: Path) -> pd.DataFrame:
    """Draw the pairs: as many of every stratum, from as many events as can be.

    Parameters
    ----------
    gold : Path
        The folder that holds ``news_cluster.jsonl.gz``.

    Returns
    -------
    DataFrame
        ``event, article_a, start_a, end_a, article_b, start_b, end_b``; ``stratum``
        (0 is the least alike) and ``of``, how many pairs the stratum has.
    """
    articles = _articles(gold / "news_cluster.jsonl.gz")
    rng = np.random.default_rng(SEED)
    found = pd.DataFrame(_nearest(articles), columns=[*COLUMNS[:-2], "cosine"])
    stratum = np.digitize(found["cosine"], STRATA) - 1
    found["stratum"] = stratum
    found = found[(stratum >= 0) & (stratum < len(STRATA) - 1)]
    found["of"] = found.groupby("stratum")["cosine"].transform("size")
    found = found.iloc[rng.permutation(len(found))]
    parts = []
    used: set[tuple[str, int]] = set()
    for _, mine in found.groupby("stratum"):
        parts.append(_round_robin(mine, used))
    return pd.concat(parts, ignore_index=True)[COLUMNS]


def _articles(path: Path) -> pd.DataFrame:
    """Give at most four articles of every event on which nothing was set."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        table = pd.DataFrame(map(json.loads, file))
    files = [pd.read_csv(JUDGED / f"coverage{name}.csv") for name in ("", "_further")]
    known = pd.concat(files)
    seen = known["event"][known["split"] == "development"]
    table = table.rename(columns={"id": "article", "event_id": "event"})
    words = table["text"].map(lambda text: len(word_offsets(text)))
    table = table[words.between(*WORDS) & ~table["event"].isin(seen)]
    table = table.sort_values("article").drop_duplicates(["event", "outlet"])
    shuffled = table.sample(frac=1, random_state=SEED)
    kept = shuffled.groupby("event").head(ARTICLES).sort_values(["event", "article"])
    return kept[["article", "outlet", "event", "text"]].reset_index(drop=True)


def _nearest(articles: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    """Give every sentence with the nearest one of each other article of its event."""
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    stories = _sentences(articles, texts)
    for event, mine in articles.groupby("event"):
        for one, other in itertools.permutations(mine["article"], 2):
            if one not in stories or other not in stories:
                continue
            (ours, here), (theirs, there) = stories[one], stories[other]
            cosines = here @ there.T
            for place, (start, end) in enumerate(ours):
                best = int(cosines[place].argmax())
                cosine = float(cosines[place, best])
                yield event, one, start, end, other, *theirs[best], cosine


def _sentences(
    articles: pd.DataFrame, texts: dict[str, str]
) -> dict[str, tuple[list[tuple[int, int]], npt.NDArray[np.float32]]]:
    """Give each article's sentences of fitting length, and their embeddings."""
    left_out = defaultdict(list)
    for article, start, end in _places(furniture(articles)):
        left_out[article].append((start, end))
    kept = defaultdict(list)
    for article, start, end in _places(sentences(articles)):
        text = texts[article][start:end]
        words = len(word_offsets(text))
        clear = all(b <= start or a >= end for a, b in left_out[article])
        whole = "\n" not in text.strip() and text[-1:] in '.!?"”’'
        if clear and whole and LENGTHS[0] <= words <= LENGTHS[1]:
            kept[article].append((start, end))
    return {
        article: (places, embed([texts[article][a:b] for a, b in places]))
        for article, places in kept.items()
    }


def _places(spans: pd.DataFrame) -> Iterator[tuple[str, int, int]]:
    columns = (spans[name].tolist() for name in ("article", "start", "end"))
    return zip(*columns, strict=True)


def _round_robin(pairs: pd.DataFrame, used: set[tuple[str, int]]) -> pd.DataFrame:
    """Take one pair of each event after another; no sentence in two pairs."""
    by_event = {event: list(mine.index) for event, mine in pairs.groupby("event")}
    chosen: list[int] = []
    while len(chosen) < PAIRS and any(by_event.values()):
        for left in by_event.values():
            while left:
                row = pairs.loc[left.pop(0)]
                ends = {
                    (str(row[f"article_{x}"]), int(row[f"start_{x}"])) for x in "ab"
                }
                if not ends & used:
                    used |= ends
                    chosen.append(row.name)
                    break
            if len(chosen) == PAIRS:
                break
    return pairs.loc[chosen]


if __name__ == "__main__":
    main()
