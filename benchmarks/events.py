"""How well events are found: pairs and B-cubed on four sets, and the growth.

``python -m benchmarks.events --gold DIR`` prints ``set, metric, value, low, high, n``.
One setting for both sets is chosen in five-fold cross-validation over events (the two
look-alike events of an ECB+ topic stay in one fold): the setting with the highest sum
of pair F1 over both sets, on the training events alone, is scored on the held-out ones.
"among all": the whole set is grouped, and of the pairs those count that touch a
held-out event. "alone": only the held-out articles are grouped. The range of a mean of
folds is the
lowest and the highest fold. ``as shipped`` is
the package's own setting, which was chosen on all of this (so its figures are not held
out). The intervals resample events; a pair over two events counts half in each.
*happenings* and *happenings2* are each of one theme: they are scored as shipped only,
and within ``--corpus FILE``, the corpus (JSON lines) from which they were drawn.
Publishers' titles are read where the set has them (news_cluster); ``--no-titles``
leaves them out.

``--growth SIZE [SIZE ...]`` prints CPU seconds and the peak memory of `events` for
simulated articles, each size in a process of its own.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens.align.events import event_members, events
from framelens.align.events.events import full_texts
from framelens.align.events.linking import Limits, Setting, linked, near_pairs
from framelens.align.events.vectors import vectors

if TYPE_CHECKING:
    from collections.abc import Iterator

SETS = ("news_cluster", "ecbplus")
THEMES = ("happenings", "happenings2")
FOLDS, RESAMPLES, PAIRS = 5, 2000, 300
HALVES = (25.0, 50.0, 100.0)
"""Places at which a word counts half. With `SETTINGS`: 135 settings, 75 CPU s."""

SETTINGS = [
    Setting(neighbours=neighbours, floor=floor, threshold=threshold / 100)
    for neighbours, floor, threshold in itertools.product(
        (5, 8, 12), (0.15, 0.2, 0.25), range(50, 71, 5)
    )
]

Row = tuple[str, str, float, float, float, int]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--no-titles", action="store_true")
    parser.add_argument("--growth", type=int, nargs="+", default=[])
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.size:
        print(growth(options.size))
    for size in options.growth:
        command = [sys.executable, "-m", "benchmarks.events", "--size", str(size)]
        subprocess.run(command, check=True)
    if options.gold is None:
        return
    sets = {name: gold(options.gold, name) for name in SETS}
    if options.no_titles:
        sets = {name: table.assign(title=None) for name, table in sets.items()}
    themes = {name: gold(options.gold, name) for name in THEMES}
    print("set,metric,value,low,high,n")
    for name, metric, *figures, n in itertools.chain(
        within_themes(themes, options.corpus), as_shipped(sets), cross_validated(sets)
    ):
        shown = ",".join(f"{one:.3f}" for one in figures)
        print(f"{name},{metric},{shown},{n}", flush=True)


def gold(folder: Path, name: str) -> pd.DataFrame:
    """Give a set: ``article, title, text, date, event, truth, fold``."""
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        table = pd.DataFrame(map(json.loads, file))
    truth = table["event_id"].fillna("alone: " + table["id"])
    topics = truth.str.extract(r"^(\d+)")[0] if name == "ecbplus" else truth
    codes, _ = pd.factorize(topics, sort=True)
    drawn = np.random.default_rng(0).permutation(codes.max() + 1)
    found = pd.DataFrame(
        {
            "article": table["id"],
            "event": None,
            "date": table["date"],
            "title": table.get("title"),
            "outlet": table.get("outlet"),
            "text": table["text"],
            "truth": truth,
            "topic": topics,
            "fold": drawn[codes] % FOLDS,
        }
    )
    return found.sort_values("article", ignore_index=True)


def as_shipped(sets: dict[str, pd.DataFrame]) -> Iterator[Row]:
    """Score `events` as it is, on everything; and how well its hints do."""
    for name, table in sets.items():
        found = events(table.drop(columns=["truth", "topic", "fold"]))
        truth, groups = table["truth"].tolist(), found["event"].tolist()
        counts = pair_counts(truth, groups)
        for metric, *figures in pair_figures(counts):
            yield name, f"as shipped: {metric}", *figures, len(counts)
        right = _in_its_event(table["truth"], found["event"])
        for word, which in (("", found["certain"]), ("not ", ~found["certain"])):
            values = (
                right[which.to_numpy()].groupby(table["truth"]).agg(["sum", "size"])
            )
            yield name, f"in its event, if {word}certain", *_share(values), which.sum()
        yield from _occasions(name, table)
    both = pd.concat(sets.values(), ignore_index=True)
    found = events(both.drop(columns=["truth", "topic", "fold"]))
    counts = pair_counts(both["truth"].tolist(), found["event"].tolist())
    for metric, *figures in pair_figures(counts):
        yield "both as one", f"as shipped: {metric}", *figures, len(counts)


def within_themes(sets: dict[str, pd.DataFrame], corpus: Path | None) -> Iterator[Row]:
    """Score `events` on sets of one theme, alone and among the corpus they are from."""
    every = pd.concat(sets.values(), ignore_index=True)
    if corpus is not None:
        more = pd.read_json(corpus, lines=True).rename(columns={"id": "article"})
        more = more[~more["text"].isin(every["text"])].drop_duplicates("article")
        columns = ["article", "date", "title", "text", "outlet"]
        every = pd.concat([every, more[columns].astype({"date": str})])
        every["article"] = [f"{place:06d}" for place in range(len(every))]
        all_found = events(every.drop(columns=["truth", "topic", "fold"]))
    first = 0
    for name, table in sets.items():
        found = events(table.drop(columns=["truth", "topic", "fold"]))
        yield from _theme_figures(name, "", table["truth"], found)
        if corpus is not None:
            part = all_found[first : first + len(table)].reset_index(drop=True)
            yield from _theme_figures(
                name, f" among {len(every)} articles", table["truth"], part
            )
        first += len(table)


def _theme_figures(
    name: str, among: str, truth: pd.Series, found: pd.DataFrame
) -> Iterator[Row]:
    """Give B-cubed F1, that of articles alone, pairs, and purity of the certain."""
    groups = found["event"]
    counts = pair_counts(truth.tolist(), groups.tolist())
    alone = pd.Series([str(place) for place in truth.index])
    for metric, labels in (("B-cubed F1", groups), ("B-cubed F1, all alone", alone)):
        yield name, f"{metric}{among}", *_b_cubed(truth, labels), len(truth)
    for metric, *figures in pair_figures(counts):
        yield name, f"{metric}{among}", *figures, len(counts)
    pure = truth.groupby(groups).transform("nunique").eq(1)[found["certain"]]
    sums = pure.groupby(truth[found["certain"]]).agg(["sum", "size"])
    yield name, f"in a pure event, if certain{among}", *_share(sums), len(pure)


def _b_cubed(truth: pd.Series, groups: pd.Series) -> tuple[float, float, float]:
    """Give B-cubed F1 (Bagga and Baldwin 1998), with an interval over events."""
    both = pd.DataFrame({"truth": truth, "group": groups})
    same = both.groupby(["truth", "group"])["truth"].transform("size")
    both["precision"] = same / both.groupby("group")["truth"].transform("size")
    both["recall"] = same / both.groupby("truth")["truth"].transform("size")
    sums = both.groupby("truth")[["precision", "recall"]].sum()
    sums["size"] = both["truth"].value_counts()
    values = sums.to_numpy(dtype=float)
    rng = np.random.default_rng(0)
    drawn = values[rng.integers(len(values), size=(RESAMPLES, len(values)))].sum(axis=1)
    low, high = np.quantile(_harmonic(drawn), [0.025, 0.975])
    return float(_harmonic(values.sum(axis=0))), float(low), float(high)


def _harmonic(sums: Any) -> Any:
    precision, recall = sums[..., 0] / sums[..., 2], sums[..., 1] / sums[..., 2]
    return 2 * precision * recall / (precision + recall)


def _in_its_event(truth: pd.Series, found: pd.Series) -> pd.Series:
    """Say which articles are where most of their event, and of their group, is."""
    most = truth.groupby(found).agg(lambda one: one.mode()[0])
    mine = found.groupby(truth).agg(lambda one: one.mode()[0])
    return found.map(most).eq(truth) & truth.map(mine).eq(found)


def _occasions(name: str, table: pd.DataFrame) -> Iterator[Row]:
    """Say how often two articles are said to share the occasion."""
    rng = np.random.default_rng(0)
    kinds: dict[str, list[tuple[int, int]]] = {"one event": [], "look-alike events": []}
    for _, rows in table.groupby("topic"):
        for a, b in itertools.combinations(rows.index, 2):
            same = table["truth"][a] == table["truth"][b]
            kinds["one event" if same else "look-alike events"].append((a, b))
    for kind, pairs in kinds.items():
        if not pairs:
            continue
        chosen = [pairs[one] for one in rng.permutation(len(pairs))[:PAIRS]]
        shares = []
        for a, b in chosen:
            two = table.loc[[a, b]]
            said = event_members(two.assign(event="e"))
            shares.append((table["topic"][a], said["shares"].eq("occasion").all()))
        values = pd.DataFrame(shares, columns=["topic", "said"])
        summed = values.groupby("topic")["said"].agg(["sum", "size"])
        yield (
            name,
            f"said to share the occasion: pairs of {kind}",
            *_share(summed),
            len(chosen),
        )


def cross_validated(sets: dict[str, pd.DataFrame]) -> Iterator[Row]:
    """Choose one setting for both sets on training events, score it on the others."""
    whole = {name: _Prepared(table) for name, table in sets.items()}
    held: dict[tuple[str, str], list[pd.DataFrame]] = {}
    for fold in range(FOLDS):
        trained = [_Prepared(table[table["fold"] != fold]) for table in sets.values()]
        chosen = max(
            itertools.product(HALVES, SETTINGS),
            key=lambda one: sum(_f1(part.counts(*one)) for part in trained),
        )
        print(f"# fold {fold}: chosen {chosen}", file=sys.stderr, flush=True)
        for name, table in sets.items():
            mine = table["fold"] == fold
            counts = whole[name].counts(*chosen)
            held.setdefault((name, "among all"), []).append(
                counts.loc[counts.index.isin(table["truth"][mine])]
            )
            alone = _Prepared(table[mine]).counts(*chosen)
            held.setdefault((name, "alone"), []).append(alone)
    for (name, how), parts in held.items():
        mean = float(np.mean([_f1(part) for part in parts]))
        yield (
            name,
            f"held out, {how}: F1, mean of folds",
            mean,
            *_f1_range(parts),
            len(parts),
        )
        pooled = pd.concat(parts)
        for metric, *figures in pair_figures(pooled):
            yield name, f"held out, {how}: {metric}, pooled", *figures, len(pooled)


def _f1_range(parts: list[pd.DataFrame]) -> tuple[float, float]:
    """Give the lowest and the highest fold."""
    return min(map(_f1, parts)), max(map(_f1, parts))


class _Prepared:
    """Articles with what does not depend on the setting: vectors and near pairs."""

    def __init__(self, table: pd.DataFrame) -> None:
        self.truth = table["truth"].tolist()
        self.texts = list(full_texts(table))
        self.found: dict[float, Any] = {}

    def counts(self, half: float, setting: Setting) -> pd.DataFrame:
        if half not in self.found:
            matrix = vectors(self.texts, half=half).matrix
            self.found[half] = matrix, near_pairs(matrix)
        matrix, pairs = self.found[half]
        size = len(self.truth)
        none = np.full(size, -1), np.full(size, np.inf), np.full(size, -np.inf)
        labels, _ = linked(matrix, pairs, Limits(*none, np.inf), setting)
        return pair_counts(self.truth, labels.tolist())


def pair_counts(truth: list[str], groups: list[Any]) -> pd.DataFrame:
    """Count pairs by event: ``right``, ``said``, ``true``.

    A pair that is wrongly joined counts half in each of its two events.
    """
    events_, sizes = Counter(truth), Counter(groups)
    cells = Counter(zip(truth, groups, strict=True))
    rows = {event: [0.0, 0.0, n * (n - 1) / 2] for event, n in events_.items()}
    for (event, group), n in cells.items():
        rows[event][0] += n * (n - 1) / 2
        rows[event][1] += n * (n - 1) / 2 + n * (sizes[group] - n) / 2
    return pd.DataFrame.from_dict(
        rows, orient="index", columns=["right", "said", "true"]
    )


def pair_figures(counts: pd.DataFrame) -> Iterator[tuple[str, float, float, float]]:
    """Give F1, precision and recall of pairs, with 95 % intervals over events."""
    values = counts.to_numpy()
    rng = np.random.default_rng(0)
    drawn = values[rng.integers(len(values), size=(RESAMPLES, len(values)))].sum(axis=1)
    for metric, of in (("F1", _f1s), ("precision", _precision), ("recall", _recall)):
        low, high = np.nanquantile(of(drawn), [0.025, 0.975])
        yield f"pair {metric}", float(of(values.sum(axis=0))), float(low), float(high)


def _f1s(sums: Any) -> Any:
    return 2 * sums[..., 0] / np.maximum(sums[..., 1] + sums[..., 2], 1)


def _precision(sums: Any) -> Any:
    return sums[..., 0] / np.maximum(sums[..., 1], 1)


def _recall(sums: Any) -> Any:
    return sums[..., 0] / np.maximum(sums[..., 2], 1)


def _f1(counts: pd.DataFrame) -> float:
    return float(_f1s(counts.to_numpy().sum(axis=0)))


def _share(values: pd.DataFrame) -> tuple[float, float, float]:
    """Give a share with its 95 % interval over the rows."""
    sums = values.to_numpy(dtype=float)
    rng = np.random.default_rng(0)
    drawn = sums[rng.integers(len(sums), size=(RESAMPLES, len(sums)))].sum(axis=1)
    low, high = np.quantile(drawn[:, 0] / drawn[:, 1], [0.025, 0.975])
    total = sums.sum(axis=0)
    return float(total[0] / total[1]), float(low), float(high)


def simulated(size: int) -> pd.DataFrame:
    """Draw articles of about 350 words, in events of 1 to 40 (and one of 500).

    Words follow Zipf's law; each event has 15 rare words of its own, in its articles
    with a rate of 1 in 8, and one of 50 disputes with 20 words at 1 in 12.
    """
    rng = np.random.default_rng(0)
    sizes = [min(500, size // 10)]
    while sum(sizes) < size:
        sizes.append(min(int(rng.pareto(1.2)) + 1, 40))
    event = np.repeat(np.arange(len(sizes)), sizes)[:size]
    shares = 1 / (np.arange(60_000) + 2.7)
    bounds = np.cumsum(shares / shares.sum())
    texts = []
    for one in event.tolist():
        length = int(np.clip(rng.lognormal(5.7, 0.6), 30, 3000))
        words = np.searchsorted(bounds, rng.random(length))
        told = rng.random(length)
        own = 60_000 + one * 15 + np.minimum(rng.geometric(0.2, length), 15)
        dispute = 30_000 + (one % 50) * 20 + rng.integers(20, size=length)
        words = np.where(told < 1 / 8, own, np.where(told > 11 / 12, dispute, words))
        texts.append(" ".join(f"w{_letters(word)}" for word in words.tolist()))
    names = [f"a{place:06d}" for place in rng.permutation(size).tolist()]
    return pd.DataFrame({"article": names, "text": texts, "truth": event})


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number, 26)
        letters += chr(97 + rest)
    return letters


def growth(size: int) -> str:
    """Time `events` on simulated articles."""
    table = simulated(size)
    before = time.process_time()
    found = events(table.drop(columns="truth"))
    seconds = time.process_time() - before
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    figure = _f1(pair_counts(table["truth"].tolist(), found["event"].tolist()))
    return (
        f"simulated,{size} articles: {seconds:.1f} CPU s, {memory:.2f} GB at most, "
        f"pair F1 {figure:.3f}"
    )


if __name__ == "__main__":
    main()
