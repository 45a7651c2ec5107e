"""Calibration: whether `contrast` holds its level where the two outlets are unlike.

Corpora with known truth are drawn and compared. Outlets differ in how many articles
they have, how long these are, how strongly items come in bursts (negative binomial
counts: the smaller the size, the burstier), in copies and authors, in whether an
article hears one source or many; events differ in an item's rate (lognormal, log-sd
0.7). Items have rates of 1, 3 and 10 in 1,000 words. Of what is tested: how often p
lies below .05, how often the 95 % interval of the ratio, and that of the difference,
holds the truth, and in how many corpora of 100 items any q lies below .05. Run from
the repository::

    python -m benchmarks.calibration [--ratios 1 2 0.5 4 0.25] [--rows WORD ...]
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from framelens.compare import FLOORS, Floors, contrast
from framelens.compare.inference import adjusted
from framelens.corpus import corpus_of
from framelens.measure import Counts

RATES = np.resize([0.001, 0.003, 0.01], 500)
"""Rates of the items of one corpus: 1, 3 and 10 in 1,000 words."""

FAMILY = 100
"""q is adjusted over so many items at a time."""

EVENT_LOG_SD = 0.7
"""Spread of an item's rate over events, as a standard deviation of logarithms."""

SPEAKERS = 1 / np.arange(3, 33)
"""How often each of 30 speakers is heard, but for a factor."""

OPEN = Floors(articles=2, lopsided=2, events=FLOORS.events)
"""Floors under which designs are measured that the defaults refuse."""


@dataclass(frozen=True)
class Outlet:
    """How one outlet writes."""

    articles: int  # in each event
    words: float = 350  # median; lognormal with log-sd 0.4
    burst: float = 0.5
    sources: int = 0  # heard in each article; 0: words are counted, not speakers
    copies: int = 1  # how often each article is printed
    authors: int = 0  # each with rates of their own (log-sd 0.7); 0: none


@dataclass(frozen=True)
class Setting:
    """One row of the table."""

    kind: str
    target: Outlet
    baseline: Outlet
    events: int = 1
    weights: str = "equal"
    codes: bool = False  # items are codes of whole articles, n = 1
    dominated: bool = False  # the first event has ten times as many articles


def alike(kind: str, articles: int, events: int = 1, **more: float) -> Setting:
    """Set out two outlets that write alike."""
    outlet = Outlet(articles, **more)  # type: ignore[arg-type]
    return Setting(kind, outlet, outlet, events)


ROWS = [
    alike("alike", 5),
    alike("alike", 8),
    alike("alike", 12, burst=0.3),
    alike("alike", 30),
    alike("alike", 60, burst=0.3),
    alike("alike, even", 30, burst=np.inf),
    Setting("burst", Outlet(12, burst=0.2), Outlet(12, burst=5)),
    Setting("burst", Outlet(30, burst=0.2), Outlet(30, burst=5)),
    Setting("burst", Outlet(200, burst=0.3), Outlet(200, burst=3)),
    Setting("number", Outlet(6, burst=0.3), Outlet(18, burst=1)),
    Setting("number", Outlet(10, burst=0.3), Outlet(100, burst=1)),
    Setting("number", Outlet(12, burst=0.3), Outlet(120, burst=1)),
    Setting("number", Outlet(12, burst=1), Outlet(190, burst=0.3)),
    Setting("length", Outlet(30, words=150), Outlet(30, words=750)),
    Setting("all three", Outlet(12, 150, 0.2), Outlet(200, 750, 5)),
    Setting("all three", Outlet(15, 200, 0.4), Outlet(90, 600, 2)),
    Setting("sources", Outlet(12, sources=1), Outlet(60, sources=6)),
    Setting("sources", Outlet(40, sources=1), Outlet(40, sources=4)),
    Setting("copies", Outlet(15, copies=2), Outlet(30)),
    Setting("copies", Outlet(10, copies=3), Outlet(30)),
    Setting("codes", Outlet(20), Outlet(60), codes=True),
    alike("codes", 40),
    alike("few events", 8, 2),
    alike("few events", 6, 4),
    Setting("few events", Outlet(4, 150, 0.3), Outlet(12, 750, 3), 5),
    alike("events", 1, 8),
    alike("events", 3, 8),
    Setting("events", Outlet(2, 150, 0.3), Outlet(10, 750, 3), 8),
    alike("events", 1, 20),
    Setting("events", Outlet(1, 150, 0.3), Outlet(3, 750, 3), 20),
    alike("events", 5, 20),
    Setting("events", Outlet(2, 150, 0.3), Outlet(2, 750, 3), 40),
    Setting("events, by precision", Outlet(2), Outlet(4), 20, "precision"),
    Setting("dominated", Outlet(2), Outlet(3), 12, dominated=True),
    Setting("dominated, by precision", Outlet(2), Outlet(3), 12, "precision",
            dominated=True),
    alike("authors", 3, 20, authors=8),
    alike("authors", 40, authors=8),
    alike("refused", 3, 20, authors=3),
    Setting("refused", Outlet(5, 150, 0.2), Outlet(80, 750, 5)),
    Setting("nearly alike", Outlet(30), Outlet(30, burst=1)),
    Setting("nearly alike", Outlet(30), Outlet(45)),
    Setting("nearly alike", Outlet(30, burst=1), Outlet(45)),
    Setting("nearly alike", Outlet(30), Outlet(30, words=525)),
    Setting("nearly alike", Outlet(3, burst=0.3), Outlet(3, burst=3), 20),
]  # fmt: skip
ROWS = [replace(row, codes=True) if row.kind == "codes" else row for row in ROWS]


def draw(
    setting: Setting, ratio: float, rng: np.random.Generator
) -> tuple[Counts, np.ndarray]:
    """Draw one corpus of two outlets, and how these events raise the rate of each item.

    `ratio` is the target's rate over the other's.
    """
    spread = EVENT_LOG_SD if setting.events > 1 else 0.0
    topic = np.exp(rng.normal(-(spread**2) / 2, spread, (setting.events, len(RATES))))
    parts = [
        _outlet(setting, outlet, more, topic, rng)
        for outlet, more in (
            (setting.target, max(ratio, 1.0)),
            (setting.baseline, max(1 / ratio, 1.0)),
        )
    ]
    keys = pd.concat(
        [part[0].assign(outlet=name) for part, name in zip(parts, NAMES, strict=True)],
        ignore_index=True,
    )
    keys["article"] = [f"a{row:05}" for row in range(len(keys))]
    keys["voice"] = "rest"
    k = np.concatenate([part[1] for part in parts])
    n = np.concatenate([part[2] for part in parts])
    article, item = np.nonzero(k)
    columns = ["event", "outlet", "article", "voice"]
    counts = keys.loc[article, columns].reset_index(drop=True)
    counts = counts.assign(item=[f"w{one:03}" for one in item], k=k[article, item])
    corpus = None
    if setting.target.authors:
        corpus = corpus_of(keys.drop(columns="voice").assign(text="."))
    totals = keys[columns].assign(n=n)
    made = Counts(counts, totals, "words drawn", "words", corpus=corpus)
    return made, topic.mean(axis=0)


NAMES = ("Daily", "Herald")


def _outlet(
    setting: Setting, outlet: Outlet, more: float, topic: np.ndarray,
    rng: np.random.Generator,
) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:  # fmt: skip
    """Draw the articles of one outlet: keys, counts, totals."""
    many = np.full(setting.events, outlet.articles)
    many[0] *= 10 if setting.dominated else 1
    event = np.repeat(np.arange(setting.events), many)
    n = np.maximum(rng.lognormal(np.log(outlet.words), 0.4, len(event)), 30).astype(int)
    author = rng.integers(0, max(outlet.authors, 1), len(event))
    if outlet.sources:
        k = _heard(outlet, n, rng)
    elif setting.codes:
        chance = np.minimum(20 * RATES * more, 0.9)
        n, k = np.ones(len(event), int), rng.random((len(event), len(RATES))) < chance
    else:
        mean = n[:, None] * RATES * more * topic[event]
        if outlet.authors:
            style = rng.normal(-0.245, 0.7, (outlet.authors, len(RATES)))
            mean = mean * np.exp(style)[author]
        k = _bursts(mean, outlet.burst, rng)
    k = np.minimum(k, n[:, None]).astype(int)
    rows = np.repeat(np.arange(len(event)), outlet.copies)
    keys = pd.DataFrame(
        {
            "event": [f"e{one:02}" for one in event],
            "author": [f"w{one}" for one in author],
        }
    )
    return keys.iloc[rows].reset_index(drop=True), k[rows], n[rows]


def _bursts(mean: np.ndarray, burst: float, rng: np.random.Generator) -> np.ndarray:
    """Draw negative binomial counts; Poisson ones where nothing comes in bursts."""
    if np.isinf(burst):
        return rng.poisson(mean)
    return rng.negative_binomial(burst, burst / (burst + mean))


def _heard(outlet: Outlet, n: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Let each article hear so many sources, in as many words each."""
    share = SPEAKERS / SPEAKERS.sum()
    heard = rng.multinomial(outlet.sources, share, len(n))
    return n[:, None] * heard // outlet.sources


def truths(setting: Setting, ratio: float) -> tuple[np.ndarray, np.ndarray] | None:
    """Give the true shares of each item in both outlets; None for speakers."""
    if setting.target.sources:
        return None
    rates = np.minimum(20 * RATES, 0.9) if setting.codes else RATES
    sides = (rates * max(more, 1.0) for more in (ratio, 1 / ratio))
    first, second = (np.minimum(one, 0.9 if setting.codes else 1) for one in sides)
    return first, second


def measure(
    setting: Setting, ratio: float, corpora: int, seed: int
) -> dict[str, float]:
    """Draw corpora and compare; say what of the tests and intervals was right."""
    rng = np.random.default_rng([seed, ROWS.index(setting), int(100 * ratio)])
    floors = OPEN if setting.kind == "refused" else FLOORS
    found: list[pd.DataFrame] = []
    items, any_q = 0, []
    for _ in range(corpora):
        counts, topic = draw(setting, ratio, rng)
        table = contrast(
            counts,
            *NAMES,
            weights=setting.weights,
            cluster="author" if setting.target.authors else None,
            floors=floors,
        ).table
        items += len(SPEAKERS) if setting.target.sources else len(RATES)
        # with few events the difference is that of these events only
        few = 1 < setting.events < floors.events
        place = table["item"].str[1:].astype(int).to_numpy()
        table["topic"] = topic[place] if few else 1.0
        tested = table[table["p"].notna()]
        family = tested["item"].str[1:].astype(int) // FAMILY
        any_q += [
            bool((adjusted(p.to_numpy()) < 0.05).any())
            for _, p in tested["p"].groupby(family)
        ]
        found.append(tested)
    table = pd.concat(found, ignore_index=True)
    of = np.repeat(np.arange(corpora), [len(one) for one in found])
    below = (table["p"] < 0.05).to_numpy()
    got = {"tested": len(table) / items, "any_q": float(np.mean(any_q))}
    got["families"] = len(any_q)
    got |= _share("below", below, of, corpora)
    sides = truths(setting, ratio)
    if sides is None:
        held, apart = ~below, ~below
    else:
        place = table["item"].str[1:].astype(int).to_numpy()
        first, second = (one[place] for one in sides)
        held = table["ratio_low"].le(first / second) & table["ratio_high"].ge(
            first / second
        )
        gap = (first - second) * table["topic"].to_numpy()
        apart = table["low"].le(gap) & table["high"].ge(gap)
    got |= _share("ratio", np.asarray(held), of, corpora)
    got |= _share("difference", np.asarray(apart), of, corpora)
    return got


def _share(
    name: str, right: np.ndarray, of: np.ndarray, corpora: int
) -> dict[str, float]:
    """Give a share and its standard error, with corpora as clusters."""
    hits = np.bincount(of, right, corpora)
    size = np.bincount(of, minlength=corpora)
    share = hits.sum() / size.sum()
    spread = ((hits - share * size) ** 2).sum() * corpora / (corpora - 1)
    return {name: share, f"{name}_error": float(np.sqrt(spread) / size.sum())}


def _outlet_words(outlet: Outlet) -> str:
    """Describe an outlet in a cell."""
    parts = [f"{outlet.articles}", f"{outlet.words:.0f} words"]
    if outlet.sources:
        parts.append(f"{outlet.sources} source{'s' if outlet.sources > 1 else ''}")
    else:
        parts.append(f"burst {outlet.burst:g}")
    if outlet.copies > 1:
        parts.append(f"printed {outlet.copies} times")
    if outlet.authors:
        parts.append(f"{outlet.authors} authors")
    return ", ".join(parts)


def main() -> None:
    """Print the table as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--ratios", type=float, nargs="*", default=[1.0])
    parser.add_argument("--rows", nargs="*", help="only rows of these kinds")
    options = parser.parse_args()
    began = time.process_time()
    print("| kind | events | target, in each event | baseline | ratio | tested "
          "| p < .05 | ratio covered | difference covered | any q < .05 |")  # fmt: skip
    print("|---" * 10 + "|")
    for setting in ROWS:
        if options.rows and setting.kind not in options.rows:
            continue
        for ratio in options.ratios:
            if ratio != 1 and (setting.target.sources or setting.kind == "refused"):
                continue
            got = measure(setting, ratio, options.corpora, options.seed)
            cells = [
                f"{100 * got[name]:.1f} ± {196 * got[f'{name}_error']:.1f}"
                for name in ("below", "ratio", "difference")
            ]
            any_q = "–"
            if ratio == 1:
                any_q = f"{100 * got['any_q']:.1f} of {got['families']:.0f}"
            print(
                f"| {setting.kind} | {setting.events} "
                f"| {_outlet_words(setting.target)} "
                f"| {_outlet_words(setting.baseline)} | {ratio:g} "
                f"| {100 * got['tested']:.0f} | {' | '.join(cells)} | {any_q} |",
                flush=True,
            )
    print(f"\n{time.process_time() - began:.0f} CPU seconds")


if __name__ == "__main__":
    main()
