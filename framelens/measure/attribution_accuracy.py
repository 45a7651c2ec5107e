"""How often attributions are wrong, outlet by outlet: measured, with the set named."""

from __future__ import annotations

import pandas as pd

COLUMNS = [
    *("set", "outlet", "articles", "attributions"),
    *("precision", "recall", "f1", "low", "high"),
]
"""The columns that `attribution_accuracy` gives."""

SHIPPED, POLNEAR = "four shipped", "polnear dev"

SETS = {
    SHIPPED: "the shipped articles",
    POLNEAR: "PolNeAR",
}
"""The sets, and what they are called in tables."""

_NONE = float("nan")

ROWS: list[tuple[str, str, int, int, float, float, float, float, float]] = [
    (SHIPPED, "Iran News", 1, 50, 0.824, 0.840, 0.832, _NONE, _NONE),
    (SHIPPED, "Mehr News Agency", 1, 41, 0.773, 0.829, 0.800, _NONE, _NONE),
    (SHIPPED, "The National", 1, 19, 0.950, 1.000, 0.974, _NONE, _NONE),
    (SHIPPED, "unattributed", 1, 17, 0.714, 0.882, 0.789, _NONE, _NONE),
    (POLNEAR, "Breitbart", 12, 303, 0.861, 0.818, 0.839, 0.708, 0.897),
    (POLNEAR, "HuffPost", 12, 236, 0.790, 0.703, 0.744, 0.617, 0.872),
    (POLNEAR, "New York Times", 12, 534, 0.792, 0.743, 0.767, 0.702, 0.832),
    (POLNEAR, "Politico", 12, 264, 0.848, 0.848, 0.848, 0.783, 0.914),
    (POLNEAR, "USA Today", 12, 213, 0.798, 0.761, 0.779, 0.681, 0.877),
    (POLNEAR, "Washington Post", 12, 405, 0.838, 0.805, 0.821, 0.788, 0.855),
    (POLNEAR, "Western Journal", 12, 237, 0.888, 0.840, 0.863, 0.808, 0.919),
]
"""From ``python -m benchmarks.voices --gold DIR --shares``. Attributions of depth 0:
right is one whose content mostly agrees with what people marked, and whose cue and head
of the source agree. ``attributions`` are those that people marked; the intervals of F1
are over articles, and there is none of a single article."""


def attribution_accuracy() -> pd.DataFrame:
    """Say how often attributions are wrong, outlet by outlet.

    Returns
    -------
    DataFrame
        One row per set and outlet: ``set, outlet, articles``; ``attributions``: how
        many people marked there; ``precision``: of those found, the share that people
        marked too, with the same cue and source; ``recall``: of those that people
        marked, the share found so; ``f1``, and ``low, high``, its 95 % interval over
        articles, missing where there are fewer than five.

    Notes
    -----
    An attribution is right if at least half of its content (Dice), its cue and the
    head of its source agree with what people marked. The sets are *the shipped
    articles* (two readings by a language model, decided by a third) and *PolNeAR*
    [1]_, articles that the reader was not trained on.

    References
    ----------
    .. [1] Newell, E., Margolin, D., & Ruths, D. (2018). An attribution relations
       corpus for political news. LREC. https://aclanthology.org/L18-1524/

    Examples
    --------
    >>> list(attribution_accuracy())[:4]
    ['set', 'outlet', 'articles', 'attributions']
    """
    table = pd.DataFrame(ROWS, columns=COLUMNS)
    return table.assign(set=table["set"].map(SETS).fillna(table["set"]))
