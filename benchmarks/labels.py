"""Which phrases name the same thing: marked mentions grouped, against NewsWCL50.

    python -m benchmarks.labels --gold DIR [--fit]

The set ``newswcl50`` marks, in articles of five outlets on one event, every mention of
its main people, states and things, each with its chain. The mentions are grouped by
`framelens.align.labels`, event by event, and compared with the chains: B-cubed (Bagga &
Baldwin 1998) and pairs of mentions, over the mentions of all events together. An event
that weights were fitted on is grouped with weights, and a bound, from the other events
alone (``benchmarks/label_folds.toml``). Prints the simple baselines beside it. With
``--fit``, fits and writes both lists anew.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from benchmarks.sets import rows
from framelens._lists import read_list
from framelens.align.labels import FEATURES, features, grouped, nodes
from framelens.annotate.phrases import phrases
from framelens.corpus import corpus_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Metric = tuple[str, list[Any], Callable[[Sequence[Any]], float]]

FOLDS = Path(__file__).with_name("label_folds.toml")
LIST = Path(__file__).parents[1] / "framelens" / "lists" / "label_groups.toml"
RIDGE = 30.0
STEPS = 8
BOUNDS = tuple(round(0.08 + 0.02 * step, 2) for step in range(19))
"""Bounds that are tried: least average probability at which groups are joined."""


class Fitted(NamedTuple):
    """Weights of `FEATURES`, the constant, and the least probability."""

    weights: Floats
    constant: float
    least: float


def metrics(records: list[dict[str, Any]]) -> list[Metric]:
    """Score marked mentions: name of each metric, its counts by event, its value."""
    events = mentions_of(records)
    parts = []
    for event, table in events.items():
        number = grouped(table, *_fitted(event))
        alone = np.arange(len(table)) + len(table)
        found = np.where(number < 0, alone, number)
        parts.append(counted(table["chain"].tolist(), found.tolist()))
    return [
        ("labels B-cubed F1", parts, b_cubed),
        ("labels pair F1", parts, pair_f1),
    ]


def mentions_of(records: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    """Give the marked mentions of each event, as the layer ``phrases`` has them."""
    table = pd.DataFrame(
        {
            "article": [record["id"] for record in records],
            "outlet": [record["outlet"] for record in records],
            "event": [record["event_id"] for record in records],
            "text": [record["text"] for record in records],
        }
    )
    corpus = corpus_of(table)
    marked = {
        record["id"]: [(one["start"], one["end"]) for one in record["spans"]]
        for record in records
    }
    found = phrases(
        corpus.articles,
        quotations=corpus.quotations,
        names=corpus.layer("names"),
        actors=None,
        stretches=marked,
    )
    found["chain"] = [
        one["attrs"]["chain"] for record in records for one in record["spans"]
    ]
    found["event"] = found["article"].map(table.set_index("article")["event"])
    return {
        str(event): part.reset_index(drop=True)
        for event, part in found.groupby("event", sort=False)
    }


def counted(gold: list[str], found: list[Any]) -> tuple[float, ...]:
    """Sum up one event: B-cubed precision and recall, mentions; pairs in both, each."""
    both, one, other = (
        Counter(zip(gold, found, strict=True)),
        Counter(gold),
        Counter(found),
    )
    right = [(n, one[a], other[b]) for (a, b), n in both.items()]
    pairs = [sum(n * (n - 1) / 2 for n in part.values()) for part in (both, other, one)]
    return (
        sum(n * n / there for n, _, there in right),
        sum(n * n / there for n, there, _ in right),
        float(len(gold)),
        *pairs,
    )


def b_cubed(parts: Sequence[tuple[float, ...]]) -> float:
    """Give F1 of B-cubed precision and recall over all mentions."""
    precision, recall, _, *_ = np.sum(parts, axis=0)
    many = float(np.sum(parts, axis=0)[2])
    return float(2 * precision * recall / (precision + recall) / many)


def pair_f1(parts: Sequence[tuple[float, ...]]) -> float:
    """Give F1 over pairs of mentions of one event."""
    *_, both, found, gold = np.sum(parts, axis=0)
    return float(2 * both / (found + gold))


def _fitted(event: str) -> Fitted:
    """Give what an event is grouped with: fitted on others than itself."""
    return _folds().get(event) or _read(read_list("label_groups"))


@cache
def _folds() -> dict[str, Fitted]:
    told = tomllib.loads(FOLDS.read_text(encoding="utf-8"))
    return {event: _read(one) for event, one in told.items()}


def _read(told: dict[str, Any]) -> Fitted:
    weights = np.array([told["weights"][name] for name in FEATURES])
    return Fitted(weights, told["constant"], told["least"])


class Pairs(NamedTuple):
    """The pairs of one event: features, how many mentions are one, and how many not."""

    told: Floats
    same: Floats
    other: Floats


def pairs_of(table: pd.DataFrame) -> Pairs:
    """Give every two different labels of an event."""
    node, first = nodes(table)
    chains = pd.crosstab(node, table["chain"]).to_numpy(dtype=float)
    low = np.tril_indices(len(first), -1)
    told = [one[low] for one in features(table.iloc[first].reset_index(drop=True))]
    many = chains.sum(axis=1)
    same = (chains @ chains.T)[low]
    return Pairs(np.column_stack(told), same, np.outer(many, many)[low] - same)


def fit(parts: Iterable[Pairs]) -> tuple[Floats, float]:
    """Fit a logistic regression with a ridge; every event counts the same."""
    given = list(parts)
    each = sum(float((one.same + one.other).sum()) for one in given) / len(given)
    told = np.vstack([one.told for one in given])
    told = np.column_stack([told, np.ones(len(told))])
    share = [each / float((one.same + one.other).sum()) for one in given]
    same = np.concatenate([s * one.same for s, one in zip(share, given, strict=True)])
    other = np.concatenate([s * one.other for s, one in zip(share, given, strict=True)])
    ridge = np.diag([RIDGE] * (told.shape[1] - 1) + [0.0])
    found = np.zeros(told.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-(told @ found)))
        slope = told.T @ ((same + other) * likely - same) + ridge @ found
        spread = (same + other) * likely * (1 - likely)
        found -= np.linalg.solve((told * spread[:, None]).T @ told + ridge, slope)
    return found[:-1].round(3), float(found[-1].round(3))


def choose(events: dict[str, pd.DataFrame], pairs: dict[str, Pairs]) -> Fitted:
    """Fit on some events; the bound and those beside it do best on each left out."""
    score = np.zeros(len(BOUNDS))
    for out, table in events.items():
        rest = fit(pairs[name] for name in events if name != out)
        for place, least in enumerate(BOUNDS):
            number = grouped(table, *rest, least)
            part = [counted(table["chain"].tolist(), number.tolist())]
            score[place] += b_cubed(part) + pair_f1(part)
    smooth = np.convolve(np.pad(score, 1, mode="edge"), np.ones(3), mode="valid")
    return Fitted(*fit(pairs[name] for name in events), BOUNDS[int(smooth.argmax())])


def _written(fitted: Fitted, table: str = "") -> str:
    """Write one set of weights as TOML; `table` is its name with a dot, or ""."""
    head = f"[{table}]\n" if table else ""
    weights = "\n".join(
        f"{name} = {value}"
        for name, value in zip(FEATURES, fitted.weights.tolist(), strict=True)
    )
    name = f"{table}.weights" if table else "weights"
    return (
        f"{head}constant = {fitted.constant}\nleast = {fitted.least}\n\n"
        f"[{name}]\n{weights}\n"
    )


WHAT = """\
what = "How much each sign adds to how likely two phrases name the same thing, and how \
likely that must be for groups to be joined."
why = "No sign tells alone: the regime in Tehran, the Islamic Republic share no word."
source = "Logistic regression with a ridge on the marked mentions of NewsWCL50 \
(Hamborg, Zhukova & Gipp 2019, https://doi.org/10.1109/JCDL.2019.00036), six events: \
python -m benchmarks.labels --gold DIR --fit. `framelens.align.labels.FEATURES` names \
the signs."
"""


def write(events: dict[str, pd.DataFrame]) -> None:
    """Fit on all events, and on all but each, and write both lists."""
    pairs = {event: pairs_of(table) for event, table in events.items()}
    LIST.write_text(WHAT + _written(choose(events, pairs)), encoding="utf-8")
    folds = []
    for out in events:
        rest = {event: table for event, table in events.items() if event != out}
        folds.append(_written(choose(rest, pairs), out))
        print(f"fitted without {out}", flush=True)
    FOLDS.write_text("\n".join(folds), encoding="utf-8")
    _folds.cache_clear()


def baselines(events: dict[str, pd.DataFrame]) -> list[tuple[str, float, float]]:
    """Score what is simple: the same words, the same noun."""
    out = []
    for name, column in (("same words", "label"), ("same noun", "head")):
        parts = [
            counted(table["chain"].tolist(), table[column].str.lower().tolist())
            for table in events.values()
        ]
        out.append((name, b_cubed(parts), pair_f1(parts)))
    return out


def main() -> None:
    """Print the figures and those of the baselines."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--fit", action="store_true")
    given = parser.parse_args()
    records = list(rows(given.gold, "newswcl50"))
    events = mentions_of(records)
    if given.fit:
        write(events)
    for name, cubed, paired in baselines(events):
        print(f"| {name} | {cubed:.3f} | {paired:.3f} |")
    for name, parts, value in metrics(records):
        print(
            f"| {name} | {value(parts):.3f} | {[round(value([p]), 3) for p in parts]}"
        )


if __name__ == "__main__":
    main()
