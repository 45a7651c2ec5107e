"""Findings: every proposal of every theme, in one order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import InputError
from framelens._result import Result
from framelens._wording import counted
from framelens.corpus import corpus_of
from framelens.report.findings.alone import alone
from framelens.report.findings.apart import apart, corrected, nearest
from framelens.report.findings.close import MOST_CLOSE, closest
from framelens.report.findings.differing import unlike
from framelens.report.findings.finding import FIRST, STRENGTHS, Compared, ranked
from framelens.report.findings.heard import heard
from framelens.report.findings.lacking import unfinished
from framelens.report.findings.loaded import loaded
from framelens.report.findings.naming import naming
from framelens.report.findings.printings import printings
from framelens.report.findings.view import findings_page
from framelens.report.pair import choose_pair
from framelens.report.workings import Workings
from framelens.show.documents import FLOOR
from framelens.show.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from framelens.compare import Contrast
    from framelens.corpus import Corpus
    from framelens.report.findings.close import Close
    from framelens.report.findings.finding import Finding
    from framelens.report.pair import Pair

NO_VERDICT = (
    "Each sentence describes these articles. None says who is right, and none speaks "
    "of the outlets in general."
)


@dataclass(frozen=True, eq=False, repr=False)
class Findings(Result):
    """What articles show, in sentences: the first seven first.

    Attributes
    ----------
    found : tuple of Finding
        In order. Each has ``theme, sentence, basis, strength, score``.
    names : tuple of str
        The two outlets whose articles are read beside each other; empty where no
        event is covered by two.
    refusal : str or None
        Why there is no finding.
    corpus : Corpus
        The articles that were looked through.
    notes : tuple of str
    """

    found: tuple[Finding, ...]
    names: tuple[str, ...]
    corpus: Corpus = field(repr=False)
    refusal: str | None = None
    notes: tuple[str, ...] = (NO_VERDICT,)

    @property
    def table(self) -> pd.DataFrame:
        """One row per finding: ``number, theme, finding, strength, basis, score``."""
        rows = [
            (number, one.theme, one.sentence, one.strength, one.basis, one.score)
            for number, one in enumerate(self.found, start=1)
        ]
        columns = ["number", "theme", "finding", "strength", "basis", "score"]
        return pd.DataFrame(rows, columns=columns)

    @property
    def caption(self) -> str:
        """How many findings there are, of which strength."""
        strengths = [one.strength for one in self.found]
        each = ", ".join(
            f"{strengths.count(name)} {name}" for name in STRENGTHS if name in strengths
        )
        between = " and ".join(map(plain, self.names))
        outlets = self.corpus.articles["outlet"].nunique()
        where = f" between {between}" if between else ""
        where = f" on {outlets:,} outlets" if between and outlets > 2 else where
        return f"{counted(len(self.found), 'finding')}{where}: {each or 'none'}."

    def evidence(self, item: int | str) -> pd.DataFrame:
        """Give the places to read behind a finding.

        Parameters
        ----------
        item : int
            Its number in `table`, from 1.

        Returns
        -------
        DataFrame
            ``article, start, end, text``, the outlets by turns.

        Raises
        ------
        InputError
            If there is no finding of that number.
        """
        try:
            number = int(item)
        except ValueError:
            number = 0
        if not 1 <= number <= len(self.found):
            raise InputError(
                f"there is no finding {item!r}; give a number from 1 to "
                f"{len(self.found)}."
            )
        found = self.found[number - 1].find()[["article", "start", "end", "text"]]
        outlets = self.corpus.articles.set_index("article")["outlet"]
        turn = found.groupby(found["article"].map(outlets), sort=False).cumcount()
        return found.loc[turn.sort_values(kind="stable").index].reset_index(drop=True)

    @property
    def first(self) -> tuple[Finding, ...]:
        """The seven to read first."""
        return self.found[:FIRST]

    def _repr_html_(self) -> str:
        return findings_page(self)

    def shown(self) -> pd.DataFrame:
        """Lay out the sentences with their strength."""
        return self.table[["number", "theme", "finding", "strength"]]


def findings(
    corpus: Corpus | pd.DataFrame | str | Path,
    *,
    target: str | None = None,
    baseline: str | None = None,
    contrasts: Sequence[Contrast] = (),
) -> Findings:
    """Say in sentences what articles show, the most telling first.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
        Of a corpus that was read with ``marks_only=True`` only quotation marks count.
    target, baseline : str, optional
        The outlets to set side by side; if not given, the two with most articles on
        the largest event that two outlets cover. Swapping them changes nothing.
    contrasts : sequence of Contrast, optional
        Comparisons of your own, as of codes (``contrast(..., codes=)``): what they
        show leads where it holds for all of their items together.

    Returns
    -------
    Findings
        Of each theme what its rule proposes: who is heard, choice of words, one
        statement in two printings, only here, figures that differ, who is
        named. ``strength``: ``to read`` (the sentences are there for anyone to read),
        ``tested`` (holds at .05 after allowing for every item of every comparison that
        was made, over articles), ``corrected`` (the same, with the machine's error
        taken out by codes). Within a strength, larger, surer and more surprising ones
        come first, and themes take turns.

    Raises
    ------
    UnknownNameError
        If an outlet is not there.
    InputError
        If there is no article, only one outlet is named, or the corpus is cut to a
        zone.

    Examples
    --------
    >>> articles = pd.DataFrame({
    ...     "article": ["a", "b"], "outlet": ["Daily", "Herald"], "event": ["e", "e"],
    ...     "text": ['"The harbour will never be sold to strangers," Ann Orr said.',
    ...              'The harbour “will not be sold to strangers”, Ms Orr warned.']})
    >>> found = findings(articles).found[0]
    >>> found.strength, found.theme
    ('to read', 'One statement, two printings')
    >>> for part in found.sentence.replace(": ", "; ").split("; "):
    ...     print(part)
    Both carry the same statement of Ann Orr in two wordings
    Daily quotes “The harbour will never be sold to strangers”
    Herald quotes “will not be sold to strangers”.
    """
    return found_in(
        corpus_of(corpus),
        Workings(),
        target=target,
        baseline=baseline,
        contrasts=contrasts,
    )


def found_in(
    corpus: Corpus,
    workings: Workings,
    *,
    target: str | None,
    baseline: str | None,
    contrasts: Sequence[Contrast] = (),
) -> Findings:
    """Give `findings`, and leave what they rest on in the workings of a report."""
    if not len(corpus):
        raise InputError("there is no article to find anything in; give at least one.")
    if corpus.zone is not None:
        raise InputError(
            "findings and reports take whole articles, not one zone of them: give "
            "corpus.whole, or compare a measure of this zone with contrast()."
        )
    pair = choose_pair(corpus.articles, target, baseline)
    found = [*corrected(contrasts)]
    if pair is None or pair.articles.empty:
        close = closest(corpus, ()) if target is None else []
        for part in close:
            found += _passage_by_passage(part, workings)
        why = "no event is covered by two outlets, so nothing is compared"
        refusal = None if found else why
        notes = (NO_VERDICT, *_read(close, corpus))
        return Findings(tuple(ranked(found)), (), corpus, refusal, notes)
    pair = _in_order(pair)
    focus = corpus.where(article=pair.articles["article"].tolist())
    several = corpus if target is None else focus
    close = closest(several, pair.names)
    compared = Compared(focus, pair, workings)
    outlets = _outlets(several, pair)
    for part in close:
        found += _passage_by_passage(part, workings)
    if not (pair.too_small and unfinished(focus.articles).any()):
        found += heard(compared)
        found += () if corpus.marks_only else naming(compared)
    found += loaded(compared)
    found += apart(several, outlets, workings)
    notes = (
        NO_VERDICT,
        *_scope(compared),
        *_read(close, focus),
        *nearest(several, outlets, workings),
    )
    return Findings(tuple(ranked(found)), pair.names, corpus, notes=notes)


def _passage_by_passage(close: Close, workings: Workings) -> Iterator[Finding]:
    """Propose what statements tell, and passages of what is certain to be an event."""
    yield from printings(close.read, workings)
    lined_up = workings.coverage(close.read) if close.certain else None
    if lined_up is not None:
        yield from alone(lined_up, close.placed.articles)
        yield from unlike(lined_up)


def _in_order(pair: Pair) -> Pair:
    """Name the outlets as they come in the articles: neither side goes first."""
    first, second = pair.articles["outlet"].drop_duplicates().tolist()
    return replace(pair, target=first, baseline=second)


def _outlets(corpus: Corpus, pair: Pair) -> list[str]:
    """Give the outlets whose pairs are tested: those compared, then the largest.

    Of fewer articles than a test needs nothing is asked: it would be refused.
    """
    sizes = corpus.articles["outlet"].dropna().value_counts()
    sizes = sizes[sizes >= FLOOR]
    others = sizes.sort_index().sort_values(ascending=False, kind="stable").index
    first = [name for name in pair.names if name in sizes]
    return [*first, *(name for name in others if name not in first)]


def _scope(compared: Compared) -> Iterator[str]:
    """Say what was looked for, and in which articles."""
    if not compared.pair.too_small:
        yield (
            "These are enough articles for a test: a difference in numbers that no "
            "test supports is not listed, however large it looks."
        )


def _read(close: Sequence[Close], corpus: Corpus) -> Iterator[str]:
    """Say which articles were read passage by passage."""
    if not close:
        yield (
            "No event was found that several outlets cover, so that no passage and no "
            "statement was compared."
        )
    for part in close:
        number = counted(len(part.read), "article")
        if not part.certain:
            yield (
                f"Statements were compared in {number} of the same days. It is not "
                "certain that these tell of the same event, so that nothing is said of "
                "what only one of them has."
            )
        elif len(part.read) < len(corpus):
            yield (
                f"Passages and statements were compared in {number}: on the smallest "
                "events that several outlets cover, those of the two outlets first, at "
                f"most {MOST_CLOSE} articles in all."
            )
