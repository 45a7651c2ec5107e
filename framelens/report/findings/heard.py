"""Who is heard: speakers, states and types of source given more room by one outlet.

Words of one attribution hang together, so that many words may be a single sentence.
Surprise is therefore that of a likelihood ratio [1]_ over words divided by the mean
length of an attribution.

.. [1] Dunning, T. (1993). Accurate methods for the statistics of surprise and
   coincidence. Computational Linguistics 19(1). https://aclanthology.org/J93-1003/
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from framelens._wording import BETWEEN_SPEAKERS
from framelens.annotate.names import read_name, same_name
from framelens.measure.outlet_names import names_an_outlet
from framelens.measure.speakers import MISSING
from framelens.report.findings.certainty import how_right, right, surprise
from framelens.report.findings.finding import TO_READ, Finding
from framelens.report.findings.lacking import mentioned
from framelens.report.findings.phrases import is_name, percent, with_article
from framelens.show.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    from framelens.corpus import Corpus
    from framelens.measure import Counts
    from framelens.report.findings.finding import Compared

    Floats = npt.NDArray[np.float64]

THEME = "Who is heard"

LEAST_WORDS = 20
"""Words that somebody must be given by one of the outlets: a sentence or so."""

LEAST_DIFFERENCE = 0.1
"""Of shares of attributed words; below it a speaker who was missed could turn it."""

LEAST_SHARE = 0.05
"""Of attributed words, given to somebody whom the other outlet does not name."""

CALLED = {
    "speaker": "{}",
    "affiliation": "speakers for {}",
    "source_type": "sources of the type “{}”",
}
"""What the items of each grouping are called in a sentence."""


def heard(compared: Compared) -> Iterator[Finding]:
    """Propose whom one outlet gives a larger share of what it attributes.

    Only of articles too few for a test: of more, what no test supports is left out.
    """
    if not compared.pair.too_small:
        return
    corpus, names = compared.corpus, compared.pair.names
    for by in CALLED:
        counts = compared.workings.counts(corpus, "speakers", by=by)
        words, totals = sums(counts, names)
        if words.empty or not totals.all():
            continue
        mean_length = totals.sum() / max(1, len(corpus.ledger))
        unlike = words[words.max(axis=1).ge(LEAST_WORDS)].drop(
            index=MISSING[by], errors="ignore"
        )
        unlike = unlike[~unlike.index.str.contains(BETWEEN_SPEAKERS)]
        unlike = unlike[[_tells(corpus, by, str(item)) for item in unlike.index]]
        for item, given in unlike.iterrows():
            shares = given.to_numpy(dtype=float) / totals
            only = by == "speaker" and not given.min()
            only = only and not _named_by_both(corpus, str(item))
            least = LEAST_SHARE if only else LEAST_DIFFERENCE
            if abs(shares[0] - shares[1]) < least:
                continue
            yield Finding(
                THEME,
                _sentence(
                    CALLED[by].format(with_article(item)),
                    names,
                    given,
                    totals,
                    only=only,
                ),
                f"Words attributed to anybody; {how_right('heard')}.",
                TO_READ,
                size=float(abs(shares[0] - shares[1])),
                certainty=right("heard"),
                surprise=surprise(given.to_numpy() / mean_length, totals / mean_length),
                find=partial(_places, counts, str(item)),
            )


def _tells(corpus: Corpus, by: str, item: str) -> bool:
    """Whether an item is worth a sentence: a name, no outlet of these, nothing twice.

    A state that speaks is among affiliations, with all who speak for it; a body for
    which nobody or a single person speaks is among speakers.
    """
    if by == "source_type":
        return True
    outlets = corpus.articles["outlet"].dropna().unique()
    if not is_name(item) or names_an_outlet(item, outlets):
        return False
    if by == "speaker":
        return read_name(item).kind != "state"
    speaking = corpus.ledger.loc[corpus.ledger["affiliation"].eq(item), "actor"]
    others = {name for name in speaking.dropna() if same_name(name, item) is not True}
    return read_name(item).kind == "state" or len(others) > 1


def _named_by_both(corpus: Corpus, name: str) -> bool:
    """Whether every outlet names somebody, whatever the ledger has of them."""
    texts = corpus.articles.groupby("outlet")["text"]
    return all(mentioned(name, mine.tolist()) for _, mine in texts)


def sums(counts: Counts, names: tuple[str, str]) -> tuple[pd.DataFrame, Floats]:
    """Give the words of each item by outlet, and each outlet's sum."""
    words = counts.counts.pivot_table(
        index="item", columns="outlet", values="k", aggfunc="sum", fill_value=0
    ).reindex(columns=list(names), fill_value=0)
    totals = counts.totals.groupby("outlet")["n"].sum().reindex(names, fill_value=0)
    return words, totals.to_numpy(dtype=float)


def _sentence(
    who: str,
    names: tuple[str, str],
    given: pd.Series[Any],
    totals: Floats,
    *,
    only: bool,
) -> str:
    """Say how many words each outlet gives somebody, the larger share first.

    That one cites somebody is said only where the other does not name them.
    """
    rows = sorted(
        zip(names, given.tolist(), totals.tolist(), strict=True),
        key=lambda row: -row[1] / row[2],
    )
    (more, k, n), (less, k_less, n_less) = rows
    here = f"{int(k):,} of {int(n):,} attributed words ({percent(k / n)})"
    if not k_less and only:
        return f"{plain(more)} cites {who}, and {plain(less)} does not: {here}."
    if not k_less:
        return f"{plain(more)} gives {who} {here}; {plain(less)} none that was found."
    there = f"{int(k_less):,} of {int(n_less):,} ({percent(k_less / n_less)})"
    return f"{plain(more)} gives {who} {here}; {plain(less)} {there}."


def _places(counts: Counts, item: str) -> pd.DataFrame:
    """Give the words of somebody, the longest run first."""
    found = counts.evidence(item)
    longest = (found["end"] - found["start"]).sort_values(ascending=False).index
    return found.loc[longest].reset_index(drop=True)
