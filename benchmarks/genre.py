"""Report or comment, against what addresses and titles state.

    python -m benchmarks.genre --corpora DIR [--fit]

Scraped articles whose address or title states that they are comment (``/opinion/``,
``/columnists/``, "Opinion:"), or whose address states a news desk (``/news/``,
``/world/``, ``/politics/``), each with 150 words or more, copies left out; articles in
which the two contradict each other are left out. What states it is kept from the
classifier: it sees the text alone, without lines that call it opinion. Every article is
judged by weights fitted on other outlets (ten parts, each with whole outlets). Scored
are all of them, and 100 comments and 100 reports drawn at random. The baselines: always
"report", and the share of words that hand over (*said, told, according*) alone. A bound
for the rate at which comment is met is chosen at other outlets, too. With
``--fit`` the weights of all articles are printed, as ``lists/genre.toml`` has them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from framelens.annotate.genre import AT_LEAST, signs
from framelens.read.genres import stated_genre

Floats = npt.NDArray[np.float64]

FILES = ("abp_iran_russia_ukraine", "abp_immigration_coronavirus_environment")
NEWS = frozenset(
    {
        *("news", "world", "us-news", "homenews", "nation", "middleeast", "europe"),
        *("politics", "uk-news", "business", "national"),
    }
)
"""Folders of an address that state a news desk."""

MORE = {"Associated Press": 0, "Reuters": 0, "NPR Online News": 0, "CNBC": 0}
MORE |= {"Wall Street Journal - News": 0, "Guest Writer - Right": 1}
MORE |= {"Guest Writer - Left": 1, "Guest Writer": 1, "CNN - Editorial": 1}
"""Outlets, as the corpora name them, whose articles are fitted on, never scored."""

TRIED = np.round(np.arange(0.5, 0.96, 0.05), 2)
"""Bounds of the chance of comment that are tried at the natural rate."""

PARTS, STRENGTH, SEED, DRAWN = 10, 10.0, 20261130, 100


def labelled(folder: Path) -> list[tuple[dict[str, str], int, bool]]:
    """Give the articles, whether each is comment, and whether that is scored."""
    found, seen = [], set()
    for name in FILES:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                key = record["text"][:300]
                if key in seen or len(record["text"].split()) < AT_LEAST:
                    continue
                seen.add(key)
                label = _label(record)
                if label is not None:
                    found.append((record, label, True))
                elif record["outlet"] in MORE and not _contradicts(record):
                    found.append((record, MORE[record["outlet"]], False))
    return found


def _desk(record: dict[str, str]) -> bool:
    path = urlsplit(record.get("url") or "").path.lower()
    return bool(NEWS & set(path.split("/")[:-1]))


def _contradicts(record: dict[str, str]) -> bool:
    said = stated_genre("title", record.get("title"))
    return said is not None and stated_genre("url", record.get("url")) != said


def _label(record: dict[str, str]) -> int | None:
    """Give 1 for comment, 0 for a report, None where nothing states it."""
    address = stated_genre("url", record.get("url"))
    title = stated_genre("title", record.get("title"))
    if title and not address and _desk(record):
        return None
    stated = address or title
    if stated:
        return 1 if stated in ("comment", "editorial") else None
    return 0 if _desk(record) else None


def group_of(outlet: str) -> str:
    """Give one name to the editions of an outlet."""
    return re.sub(
        r" ?\((?:Web News|Opinion)\)| - .*| Online News| News| Opinion| Editorial ?",
        "",
        outlet,
    ).strip()


def fitted(x: Floats, y: npt.NDArray[np.int64]) -> Floats:
    """Fit a logistic regression in which both kinds weigh the same: constant first."""
    middle, spread = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-9)
    z = np.column_stack([np.ones(len(x)), (x - middle) / spread])
    weight = np.where(y == 1, 0.5 / y.mean(), 0.5 / (1 - y.mean()))
    shrink = np.diag([0.0, *np.full(x.shape[1], STRENGTH)])
    beta = np.zeros(z.shape[1])
    for _ in range(50):  # Newton's steps
        p = 1 / (1 + np.exp(-z @ beta))
        slope = z.T @ (z * (weight * p * (1 - p))[:, None]) + shrink
        beta = beta + np.linalg.solve(slope, z.T @ (weight * (y - p)) - shrink @ beta)
    slopes = beta[1:] / spread
    return np.concatenate([[beta[0] - slopes @ middle], slopes])


def _parts(groups: list[str]) -> dict[str, int]:
    """Give each outlet its part of ten."""
    names = sorted(set(groups), key=lambda name: -groups.count(name))
    return {name: number % PARTS for number, name in enumerate(names)}


def judged(x: Floats, y: npt.NDArray[np.int64], groups: list[str]) -> Floats:
    """Give each article's chance of comment by weights of other outlets."""
    parts = _parts(groups)
    at = np.array([parts[name] for name in groups])
    chance = np.empty(len(y))
    for number in range(PARTS):
        here = at == number
        weights = fitted(x[~here], y[~here])
        chance[here] = 1 / (1 + np.exp(-(weights[0] + x[here] @ weights[1:])))
    return chance


def bounds(
    chance: Floats,
    y: npt.NDArray[np.int64],
    scored: npt.NDArray[np.bool_],
    groups: list[str],
) -> Floats:
    """Give each article the bound with the best F1 of comment at other outlets.

    Their comments and reports are as many as they are, so that the bound is one for the
    rate at which comment is met.
    """
    parts = _parts(groups)
    at = np.array([parts[name] for name in groups])
    bound = np.empty(len(y))
    for number in range(PARTS):
        rest = scored & (at != number)
        found = chance[rest][:, None] > TRIED
        both = (found & (y[rest] == 1)[:, None]).sum(axis=0)
        score = 2 * both / (found.sum(axis=0) + (y[rest] == 1).sum())
        bound[at == number] = TRIED[int(score.argmax())]
    return bound


def _figures(name: str, right: Floats, y: npt.NDArray[np.int64]) -> str:
    rng = np.random.default_rng(SEED)
    two = [right[y == kind] for kind in (1, 0)]
    value = np.mean([one.mean() for one in two])
    draws = [
        np.mean([rng.choice(one, len(one)).mean() for one in two]) for _ in range(2000)
    ]
    low, high = np.percentile(draws, [2.5, 97.5])
    found = two[0].sum() + (1 - two[1]).sum()
    precise = two[0].sum() / max(1, found)
    return (
        f"| {name} | {value:.3f} | {low:.3f} to {high:.3f} | {two[0].mean():.3f} | "
        f"{two[1].mean():.3f} | {precise:.3f} | {len(two[0])} + {len(two[1])} |"
    )


def main() -> None:
    """Print how many are right, by class and by outlet."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--fit", action="store_true")
    given = parser.parse_args()
    articles = labelled(given.corpora)
    y = np.array([label for _, label, _ in articles])
    scored = np.array([scored for *_, scored in articles])
    x = np.array([signs(record["text"]) for record, *_ in articles])
    if given.fit:
        print("weights = [" + ", ".join(f"{one:.3f}" for one in fitted(x, y)) + "]")
        return
    groups = [group_of(record["outlet"]) for record, *_ in articles]
    chance = judged(x, y, groups)
    alone = judged(x[:, :1], y, groups)
    rng = np.random.default_rng(SEED)
    some = np.concatenate(
        [
            rng.choice(np.flatnonzero(scored & (y == kind)), DRAWN, replace=False)
            for kind in (1, 0)
        ]
    )
    for name, rows in (("all", np.flatnonzero(scored)), ("200 drawn", some)):
        here = y[rows]
        for how, p in (("this", chance), ("handing over alone", alone)):
            right = ((p[rows] > 0.5) == here).astype(float)
            print(_figures(f"{name}, {how}", right, here))
        print(_figures(f"{name}, always report", (here == 0).astype(float), here))
    bound = bounds(chance, y, scored, groups)
    right = (chance[scored] > bound[scored]) == y[scored]
    print(_figures("all, bound of other outlets", right.astype(float), y[scored]))
    print("bounds chosen:", Counter(bound[scored].tolist()).most_common())
    names = np.array(groups)
    right = (chance > 0.5) == y
    for outlet, many in Counter(names[scored]).most_common(12):
        rows = scored & (names == outlet)
        kinds = [
            f"{right[rows & (y == kind)].sum()} of {(rows & (y == kind)).sum()}"
            for kind in (1, 0)
        ]
        print(f"| {outlet} | {kinds[0]} | {kinds[1]} | {many} |")


if __name__ == "__main__":
    main()
