"""Simulate: corpora whose truth is known, to try comparisons on.

What is drawn has what makes comparing news hard: a few words are frequent and most
are rare, a word that is used once is soon used again, every event has topics of its
own, outlets choose events and genres differently, and print the same wire copy. Into
this, differences between outlets are planted, or none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import count, islice, product
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array, hstack

from framelens._checks import InputError
from framelens.annotate.words import WORD, counted_form
from framelens.measure.counts import TEXT, TOTAL_COLUMNS, Counts
from framelens.measure.cuts import WHOLE
from framelens.measure.sparse import Sparse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Whole = npt.NDArray[np.int64]

SHORTEST = 30
"""Words. No article is shorter."""


@dataclass(frozen=True)
class Plan:
    """What to simulate.

    Attributes
    ----------
    outlets : tuple of str
        Differences are planted in the first one.
    events, articles : int
        Events, and articles of each outlet in each event (its mean, where outlets
        choose).
    length, length_log_sd : float
        Articles are lognormal in length: median in words, and standard deviation of
        the logarithm.
    vocabulary : int
        Different words, with shares by the law of Zipf and Mandelbrot. The tenth
        that is most frequent, at most 100, are function words: they fill up what is
        left of an article, are the same everywhere, and nothing is planted in them.
    burst : float
        Size of the negative binomial of a word's count within an article: the
        variance is mean + mean² / size. 0.3 is bursty, infinity gives Poisson counts.
    event_log_sd : float
        Every event has topics of its own: standard deviation of the logarithm of a
        word's rate over events. Over genres it is the same.
    choice : float
        How differently outlets choose events: 0, each event gets the same number of
        articles; otherwise the standard deviation of the logarithm of the weight
        that an outlet gives to an event.
    comments : tuple of float
        The share of comment pieces of each outlet, or one share for all.
    wire : float
        The share of articles that are wire copy: the same dispatches in all outlets,
        without what is planted.
    planted : float
        The share of words (function words apart) in which a difference is planted,
        drawn at random.
    ratio : float
        How many times as frequent those words are in the first outlet.
    named : mapping of str to float
        Words to be in the vocabulary, and the ratio planted in each.
    quoted : float
        The share of sentences in quotation marks, where texts are written.
    """

    outlets: tuple[str, ...] = ("Daily", "Herald")
    events: int = 20
    articles: int = 5
    length: float = 350.0
    length_log_sd: float = 0.4
    vocabulary: int = 2_000
    burst: float = 1.0
    event_log_sd: float = 0.7
    choice: float = 0.0
    comments: tuple[float, ...] = (0.0,)
    wire: float = 0.0
    planted: float = 0.0
    ratio: float = 2.0
    named: Mapping[str, float] = field(default_factory=dict)
    quoted: float = 0.0

    def __post_init__(self) -> None:
        _check(self)


@dataclass(frozen=True, eq=False)
class Simulation:
    """A corpus, and the truth about it.

    Attributes
    ----------
    plan : Plan
    seed : int
    articles : DataFrame
        ``article, outlet, event, date, genre, wire`` and, where texts were asked
        for, ``text``.
    counts : Counts
        Of words, in the one voice ``whole``: what `framelens.measure.terms` with
        ``voices="none"`` counts in the texts.
    truth : DataFrame
        ``word, outlet, ratio`` of every word in which a difference is planted. All
        other words have the same rate in all outlets, event by event.
    """

    plan: Plan
    seed: int
    articles: pd.DataFrame
    counts: Counts
    truth: pd.DataFrame

    def __repr__(self) -> str:
        return (
            f"Simulation({len(self.articles):,} articles of {len(self.plan.outlets)} "
            f"outlets, {self.plan.events:,} events, {len(self.truth):,} of "
            f"{self.plan.vocabulary:,} words planted, seed {self.seed})"
        )


def simulate(
    plan: Plan | None = None, *, texts: bool = False, seed: int = 0
) -> Simulation:
    """Draw a corpus with known truth.

    Parameters
    ----------
    plan : Plan, optional
        What to draw; as `Plan` has it if not given.
    texts : bool, default False
        Whether to write texts too. Counts alone are drawn much faster.
    seed : int, default 0
        The same plan and seed give the same corpus; the counts are the same with
        and without texts.

    Returns
    -------
    Simulation

    Notes
    -----
    Shares of words follow Zipf as changed by Mandelbrot [1]_. That words come in
    bursts, and that the negative binomial describes it, is due to Church and Gale
    [2]_. Its counts are drawn as a Poisson number of clusters with logarithmic sizes
    [3]_, which costs as much as there are words in the text, not in the vocabulary.
    A word's rate in an event is its share times a lognormal number of mean 1.
    Sequences of words mean nothing: within an article words stand in random order.

    References
    ----------
    .. [1] Mandelbrot, B. (1953). An informational theory of the statistical
       structure of language. In W. Jackson (Ed.), Communication Theory (486-502).
    .. [2] Church, K. W. & Gale, W. A. (1995). Poisson mixtures. Natural Language
       Engineering 1(2), 163-190. https://doi.org/10.1017/S1351324900000139
    .. [3] Quenouille, M. H. (1949). A relation between the logarithmic, Poisson, and
       negative binomial series. Biometrics 5(2), 162-164.
       https://doi.org/10.2307/3001917

    Examples
    --------
    >>> simulated = simulate(Plan(events=4, named={"drones": 3.0}), seed=1)
    >>> simulated
    Simulation(40 articles of 2 outlets, 4 events, 1 of 2,000 words planted, seed 1)
    >>> simulated.truth
         word outlet  ratio
    0  drones  Daily    3.0
    >>> simulated.counts
    Counts(terms: 1,659 items, 14,550 words, 40 articles of 2 outlets)
    """
    plan = plan or Plan()
    draw, write = (np.random.default_rng([seed, purpose]) for purpose in (0, 1))
    names, ratio = _vocabulary(plan), _planted(plan, draw)
    articles = _articles(plan, draw)
    k, n = _drawn(plan, articles, ratio, draw)
    planted = np.flatnonzero(ratio != 1)
    words = pd.Series([names[word] for word in planted], dtype=TEXT)
    outlet = pd.Series(plan.outlets[0], index=words.index, dtype=TEXT)
    truth = pd.DataFrame({"word": words, "outlet": outlet, "ratio": ratio[planted]})
    counts = _counts(k, n, names, articles)
    articles = articles.drop(columns=["source"])
    if texts:
        articles = articles.assign(text=list(_texts(plan, k, names, write)))
    return Simulation(plan, seed, articles, counts, truth)


def _check(plan: Plan) -> None:
    """Raise `InputError` at the first number that cannot be."""
    shares = {name: getattr(plan, name) for name in ("wire", "planted", "quoted")}
    shares |= {f"comments[{place}]": one for place, one in enumerate(plan.comments)}
    wrong = [name for name, share in shares.items() if not 0 <= share <= 1]
    if wrong:
        raise InputError(f"{wrong[0]} must lie between 0 and 1.")
    atleast = {"events": 1, "articles": 1, "vocabulary": 20, "length": SHORTEST}
    for name, least in atleast.items():
        if not getattr(plan, name) >= least:
            raise InputError(f"{name} must be at least {least}.")
    if not (plan.burst > 0 and min([plan.ratio, *plan.named.values()]) > 0):
        raise InputError("burst and ratios must be above 0.")
    if not all(sd >= 0 for sd in (plan.event_log_sd, plan.length_log_sd, plan.choice)):
        raise InputError("event_log_sd, length_log_sd and choice must not be below 0.")
    if not plan.outlets or len(set(plan.outlets)) != len(plan.outlets):
        raise InputError("outlets must be different names, at least one.")
    if len(plan.comments) not in (1, len(plan.outlets)):
        raise InputError("comments must give one share, or one for each outlet.")
    for word in plan.named:
        if not WORD.fullmatch(word) or counted_form(word) != word:
            raise InputError(f"{word!r} is no word in the form that is counted.")
    if len(plan.named) > plan.vocabulary // 2:
        raise InputError("named words must be at most half of the vocabulary.")


def _function_words(plan: Plan) -> int:
    return min(100, plan.vocabulary // 10)


def _shares(plan: Plan) -> Floats:
    """Give the share of each word in all words, the most frequent first."""
    weight = 1 / (np.arange(plan.vocabulary) + 2.7)
    shares: Floats = weight / weight.sum()
    return shares


def _vocabulary(plan: Plan) -> list[str]:
    """Give made-up words; named ones stand behind the function words."""
    free = (name for name in map(_word, count()) if name not in plan.named)
    first = _function_words(plan)
    rest = plan.vocabulary - first - len(plan.named)
    return [*islice(free, first), *plan.named, *islice(free, rest)]


def _word(number: int) -> str:
    """Make up a word of at least two syllables.

    >>> [_word(number) for number in (0, 1, 85, 7140)]
    ['beba', 'bebe', 'biba', 'bebaba']
    """
    number += 85
    syllables = ""
    while number:
        number, rest = divmod(number, 85)
        syllables = "bcdfghjklmnprstvz"[rest // 5] + "aeiou"[rest % 5] + syllables
    return syllables


def _planted(plan: Plan, rng: np.random.Generator) -> Floats:
    """Give the ratio of every word; 1 where nothing is planted."""
    ratio = np.ones(plan.vocabulary)
    first = _function_words(plan)
    free = np.arange(first + len(plan.named), plan.vocabulary)
    chosen = rng.choice(free, round(plan.planted * len(free)), replace=False)
    ratio[chosen] = plan.ratio
    ratio[first : first + len(plan.named)] = list(plan.named.values())
    return ratio


def _articles(plan: Plan, rng: np.random.Generator) -> pd.DataFrame:
    """Lay out articles by event and outlet; `source` is what a wire article prints."""
    many = np.stack([_by_event(plan, rng) for _ in plan.outlets], axis=1)
    cell = np.repeat(np.arange(many.size), many.ravel())
    event, outlet = np.divmod(cell, len(plan.outlets))
    nth = np.arange(len(cell)) - (np.cumsum(many) - many.ravel())[cell]
    comments = np.resize(plan.comments, len(plan.outlets))
    comment = rng.random(len(cell)) < comments[outlet]
    wire = ~comment & (rng.random(len(cell)) < plan.wire)
    table = pd.DataFrame(
        {
            "article": [f"a{number:07}" for number in range(len(cell))],
            "outlet": np.array(plan.outlets, dtype=object)[outlet],
            "event": [f"e{number:05}" for number in event],
            "date": (np.datetime64("2024-01-01") + event).astype(str),
            "genre": np.where(comment, "comment", "report"),
        },
        dtype=TEXT,
    )
    dispatch = pd.Series(np.where(wire, nth, -1))
    first = pd.Series(table.index).groupby([event, dispatch]).transform("first")
    source = np.where(wire, first, table.index)
    return table.assign(wire=wire, source=source)


def _by_event(plan: Plan, rng: np.random.Generator) -> Whole:
    """Give the number of articles of one outlet in each event."""
    if not plan.choice:
        return np.full(plan.events, plan.articles)
    weight = np.exp(rng.normal(0, plan.choice, plan.events))
    return rng.multinomial(plan.events * plan.articles, weight / weight.sum())


def _drawn(
    plan: Plan, articles: pd.DataFrame, ratio: Floats, rng: np.random.Generator
) -> tuple[csr_array, Whole]:
    """Draw counts, articles by words, and the length of each article."""
    lengths = rng.lognormal(math.log(plan.length), plan.length_log_sd, len(articles))
    n = np.maximum(np.round(lengths).astype(np.int64), SHORTEST)
    first, shares = _function_words(plan), _shares(plan)
    parts = []
    for rows, rate in _rates(plan, articles, shares[first:], ratio[first:], rng):
        row, word, k = _bursts(n[rows], rate, plan.burst, rng)
        parts.append((rows[row], word, k))
    row, word, k = (np.concatenate(column) for column in zip(*parts, strict=True))
    shape = (len(articles), plan.vocabulary - first)
    content = csr_array(coo_array((k, (row, word)), shape=shape))
    told: Whole = np.asarray(content.sum(axis=1)).ravel()
    n = np.maximum(n, told)
    filling = rng.multinomial(n - told, shares[:first] / shares[:first].sum())
    counts = csr_array(hstack([csr_array(filling), content], format="csr"))
    source = articles["source"].to_numpy(np.int64)
    return csr_array(counts[source]), n[source]


def _rates(
    plan: Plan,
    articles: pd.DataFrame,
    shares: Floats,
    ratio: Floats,
    rng: np.random.Generator,
) -> Iterator[tuple[Whole, Floats]]:
    """Give the rows of articles in which words have the same rates, and the rates."""
    comment_topic = _topic(plan, len(shares), rng)
    event = pd.factorize(articles["event"])[0]
    comment = articles["genre"].eq("comment").to_numpy(dtype=bool)
    own = articles["outlet"].eq(plan.outlets[0]) & ~articles["wire"]
    planted = own.to_numpy(dtype=bool)
    for one in range(int(event.max()) + 1):
        topic = shares * _topic(plan, len(shares), rng)
        for is_comment, is_planted in product([False, True], [False, True]):
            here = (event == one) & (comment == is_comment) & (planted == is_planted)
            rate = topic * ratio if is_planted else topic
            if here.any():
                rate = rate * comment_topic if is_comment else rate
                yield np.flatnonzero(here), rate


def _topic(plan: Plan, words: int, rng: np.random.Generator) -> Floats:
    """Draw factors of mean 1 by which rates differ."""
    sd = plan.event_log_sd
    return np.exp(rng.normal(-(sd**2) / 2, sd, words))


def _bursts(
    n: Whole, rate: Floats, burst: float, rng: np.random.Generator
) -> tuple[Whole, Whole, Whole]:
    """Draw negative binomial counts of mean n x rate: row, word and k above 0.

    Clusters come as a Poisson process: first as many as a Poisson text had words,
    then thinned to the rate of the clusters, burst x log(1 + mean / burst).
    """
    up_to = np.cumsum(rate)
    many = rng.poisson(n * up_to[-1])
    row = np.repeat(np.arange(len(n)), many)
    word = np.searchsorted(up_to, rng.random(len(row)) * up_to[-1], side="right")
    word = np.minimum(word, len(rate) - 1)
    size = np.ones(len(row), np.int64)
    if math.isfinite(burst):
        x = n[row] * rate[word] / burst
        kept = rng.random(len(row)) * x < np.log1p(x)
        row, word, x = row[kept], word[kept], x[kept]
        size = rng.logseries(x / (1 + x))
    place, back = np.unique(row * len(rate) + word, return_inverse=True)
    k = np.bincount(back, size, minlength=len(place)).astype(np.int64)
    return *np.divmod(place, len(rate)), k


def _counts(k: csr_array, n: Whole, names: list[str], articles: pd.DataFrame) -> Counts:
    """Put counts into the form in which measures give them."""
    order = np.argsort(np.array(names))
    items = csr_array(k.T.tocsr()[order])
    there = np.flatnonzero(np.diff(items.indptr))
    part = np.arange(len(there), dtype=np.int32)[None]
    sparse = Sparse(items[there], [names[word] for word in order[there]], part)
    keys = articles[["event", "outlet", "article"]]
    totals = keys.assign(voice=pd.Series(WHOLE, index=keys.index, dtype=TEXT), n=n)
    return Counts.of_sparse(
        sparse, totals[TOTAL_COLUMNS], measure="terms", unit="words"
    )


def _texts(
    plan: Plan, k: csr_array, names: list[str], rng: np.random.Generator
) -> Iterator[str]:
    """Write each article: its words in random order, in sentences and paragraphs."""
    forms = np.array(names, dtype=object)
    for start, end in zip(k.indptr[:-1], k.indptr[1:], strict=True):
        words = np.repeat(k.indices[start:end], k.data[start:end])
        written = forms[rng.permutation(words)].tolist()
        yield _text(written, plan.quoted, rng)


def _text(words: list[str], quoted: float, rng: np.random.Generator) -> str:
    """Write sentences of about 20 words, three to a paragraph."""
    edges = [0, *np.cumsum(rng.integers(12, 29, len(words) // 12 + 1)).tolist()]
    marked = rng.random(len(edges)) < quoted
    sentences = []
    for start, end, speech in zip(edges, edges[1:], marked.tolist(), strict=False):
        if start >= len(words):
            break
        comma = min(start + 8, end, len(words))
        head = " ".join(words[start:comma])
        tail = " ".join(words[comma:end])
        sentence = f"{head[0].upper()}{head[1:]}{', ' + tail if tail else ''}."
        sentences.append(f"“{sentence}”" if speech else sentence)
    return "\n\n".join(
        " ".join(sentences[place : place + 3]) for place in range(0, len(sentences), 3)
    )
