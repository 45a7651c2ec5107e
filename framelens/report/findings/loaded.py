"""Words that take sides, in the outlet's own voice: candidates to read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from framelens._wording import counted
from framelens.annotate.spans import texts_at
from framelens.report.findings.certainty import how_right, right, surprise
from framelens.report.findings.finding import TO_READ, Finding
from framelens.report.findings.phrases import named, outside, places_of
from framelens.show.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from framelens.report.findings.finding import Compared

THEME = "Words that take sides"

SURE = 0.5
"""Probability from which a word is listed."""

SURPRISING = 0.9
"""Surprise from which shares of such words are called different."""

MOST_NAMED = 5
"""Words that a finding names of one outlet."""


def loaded(compared: Compared) -> Iterator[Finding]:
    """Propose which outlet has more words that take sides in its own voice.

    Only of articles too few for a test, since no test is made of them.
    """
    if not compared.pair.too_small or compared.corpus.marks_only:
        return
    corpus, names = compared.corpus, compared.pair.names
    words = corpus.layer("loaded_words")
    totals = compared.workings.counts(corpus, "terms", join="nothing").totals
    own = totals[totals["voice"].eq("own")].groupby("outlet")["n"].sum()
    n = own.reindex(names, fill_value=0).to_numpy().astype(np.float64)
    words = words[words["probability"].ge(SURE)]
    voices = corpus.voices
    words = outside(words, voices[voices["voice"].ne("own")])
    if words.empty or not n.all():
        return
    outlets = corpus.articles.set_index("article")["outlet"]
    words = words.assign(
        outlet=words["article"].map(outlets),
        word=[text.lower() for text in texts_at(words, corpus.articles)],
    )
    k = (
        words["outlet"]
        .value_counts()
        .reindex(names, fill_value=0)
        .to_numpy()
        .astype(np.float64)
    )
    surprising = surprise(k, n)
    if surprising < SURPRISING:
        return
    order = np.argsort(-k / n, kind="stable")
    said = []
    for side in order:
        mine = words.loc[words["outlet"].eq(names[side]), "word"].value_counts()
        examples = named(f"“{plain(word)}”" for word in mine.index[:MOST_NAMED])
        which = f" ({examples})" if len(mine) else ""
        said.append(
            f"{plain(names[side])} {counted(int(k[side]), 'time')} in "
            f"{counted(int(n[side]), 'word')}{which}"
        )
    yield Finding(
        THEME,
        f"Words that readers may take as taking sides, in the outlet's own voice: "
        f"{'; '.join(said)}.",
        f"Candidates to read; {how_right('loaded')}.",
        TO_READ,
        size=float(abs(k[0] / n[0] - k[1] / n[1]) / max(k / n)),
        certainty=right("loaded"),
        surprise=surprising,
        find=partial(places_of, words, corpus.articles.set_index("article")["text"]),
    )
