"""Sections of the report on two outlets: who is heard, and what both carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from framelens.measure.speakers import NOT_STATED
from framelens.report.page import folded, scrolling
from framelens.show.ledger_view import ledger as show_ledger
from framelens.show.speakers_view import speakers_figure, speakers_list
from framelens.show.statement_diff import statement_diff
from framelens.show.text import escape

if TYPE_CHECKING:
    import pandas as pd

    from framelens.compare import Power, SelfTest
    from framelens.corpus import Corpus
    from framelens.measure import Counts
    from framelens.report.pair import Pair

MOST_ARTICLES = 24
"""Articles of a pair up to which the report looks for statements that both carry."""

MOST_STATEMENTS = 12
"""Pairs of printings shown word by word."""


def speaker_section(corpus: Corpus, spoken: pd.DataFrame) -> str:
    """Who is given a voice in either outlet, in how many words, and introduced how.

    Parameters
    ----------
    corpus : Corpus
        The articles of the pair.
    spoken : DataFrame
        As `framelens.annotate.attribution_table` gives it for them.

    Returns
    -------
    str
        HTML: a figure and its numbers, by speaker and by affiliation; then the
        ledger.
    """
    from framelens.measure import ledger, speakers_table

    parts = []
    for by in ("speaker", "affiliation"):
        table = speakers_table(corpus, by=by)
        if table.empty or table[by].eq(NOT_STATED).all():
            continue
        numbers = scrolling(speakers_list(table).html, label=f"Words by {by}")
        figure = speakers_figure(table, articles=corpus.articles)
        parts.append(figure.html + folded(f"The same numbers, by {by}", numbers))
    if not parts:
        return "<p>Nothing is credited to anybody.</p>"
    rows = show_ledger(ledger(corpus.articles, spoken=spoken), articles=corpus.articles)
    every = scrolling(rows.html, label="Every attribution")
    return "".join(parts) + folded("Every attribution, with its sentences", every)


SPLITS = 40
"""Splits of an outlet for the self-test: enough to see a rate far from 5 %."""


def chance_section(counts: Counts, pair: Pair) -> str:
    """Say what these articles find where nothing differs, and what they could find.

    Parameters
    ----------
    counts : Counts
        Of words.
    pair : Pair

    Returns
    -------
    str
        HTML: the self-test of each outlet and the power of the comparison, or why
        the articles are too few for them.
    """
    from framelens.compare import power, self_test

    ours = counts.select(articles=pair.articles["article"].tolist())
    tests = [self_test(ours, outlet=name, splits=SPLITS) for name in pair.names]
    found = power(ours, pair.target, pair.baseline)
    refused = [one.refusal for one in tests if one.refusal is not None]
    results: list[SelfTest | Power] = [*tests, found]
    parts = [_drawn(one) for one in results if one.refusal is None]
    if refused:
        parts.append(
            "<p>An outlet set against itself, to see what is claimed to differ where "
            f"nothing does, cannot be tried here. {escape('; '.join(refused))}.</p>"
        )
    if found.refusal is not None:
        parts.append(
            "<p>How large a difference would have to be to show in these articles "
            f"cannot be said: {escape(_end(found.refusal))}.</p>"
        )
    return "".join(parts)


def _drawn(result: SelfTest | Power) -> str:
    return result.figure().html + folded("The numbers", result._repr_html_())


def _end(refusal: str) -> str:
    """Give the reason without what the report says at its top: sizes and sides."""
    return refusal.rsplit("; ", 1)[-1]


def statement_section(pair: Pair, spoken: pd.DataFrame) -> str:
    """Statements that articles of both outlets carry, word by word.

    Parameters
    ----------
    pair : Pair
    spoken : DataFrame
        As `framelens.annotate.speakers` gives it for the pair's articles.

    Returns
    -------
    str
        HTML.
    """
    from framelens.align import statements

    if len(pair.articles) > MOST_ARTICLES:
        return (
            f"<p>Looked for in up to {MOST_ARTICLES} articles; these are "
            f"{len(pair.articles):,}. Choose an event, and report on it alone.</p>"
        )
    found = statements(pair.articles, speakers=spoken)
    if found.groups.empty:
        return "<p>No statement was found that articles of both carry.</p>"
    shown = statement_diff(found, pair.articles, most=MOST_STATEMENTS)
    return f"<p>{escape(found.caption)}</p>" + scrolling(
        shown.html, label="The statements"
    )
