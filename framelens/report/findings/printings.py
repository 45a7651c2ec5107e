"""One statement, two printings: what both outlets carry, and print differently."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from typing import TYPE_CHECKING, Any

from framelens._lists import read_list
from framelens.annotate.affiliations import is_media
from framelens.annotate.names import read_name, same_name
from framelens.measure.outlet_names import names_an_outlet
from framelens.measure.term_kinds import CONTENT, term_kinds
from framelens.report.findings.certainty import how_right, right
from framelens.report.findings.finding import TO_READ, Finding
from framelens.report.findings.phrases import (
    Sentences,
    is_name,
    places_of,
    quoted,
    with_article,
)
from framelens.show.text import is_missing, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from framelens.corpus import Corpus
    from framelens.report.workings import Workings

THEME = "One statement, two printings"

AROUND = 4
"""Words shown on both sides of a difference."""

WEIGHT = {"reworded": 1.0, "speaker": 0.9, "marks": 0.35}
"""How telling each type of difference is, from 0 to 1: other words or another speaker
before marks. Words left out tell little, since articles differ in length."""

GRAMMAR = 0.4
"""What a rewording weighs of which one side is function words alone, as "not"."""

TURNED = frozenset(
    {
        *("i", "we", "you", "he", "she", "they", "it", "me", "us", "him", "her"),
        *("them", "my", "our", "your", "his", "their", "its", "that", "am", "is"),
        *("are", "was", "were", "be", "been", "have", "has", "had", "m", "s", "re"),
        *("ve", "d", "will", "would", "shall", "a", "an", "the", "this", "these"),
    }
)
"""Words in which speech and a report of it differ by grammar alone."""

NUMBERS = frozenset(
    {*read_list("number_words")["to_nineteen"], *read_list("number_words")["tens"]}
)
"""Numbers in words."""

LEAST_WORDS = 5
"""Words of each printing that is set beside another: fewer fit many statements."""

LEAST_SHARED = 3
"""Words on end that both printings have around a difference: with fewer it is not the
same place of the statement, or no reader sees that it is."""

SAME_WORDS = 0.6
"""Of the words shown, those that both printings have, where only marks differ."""

LIKE = 0.5
"""Of the words of the shorter of two printings, those that the other has in order."""

POSTED = re.compile(r"(?<!\w)@\w|https?://t\.co/|pic\.twitter\.com/|(?i:shared by)")
"""What stands beside a post that an article shows as it is."""

POST = 300
"""Signs around words in which that is looked for: a post's length."""

QUOTED = re.compile(r"(?<!\w)['‘’]|[“”\"]")
"""A quotation mark, also a single one that begins a quotation."""

_WORDS = re.compile(r"\S*\w\S*")  # with the signs at their edges

EDGES = " .,;:“”\"‘’'"
"""Signs at the edges of the words shown; the sentence sets its own."""

VERBS = {
    "direct": "quotes",
    "indirect": "reports, outside quotation marks,",
    "own": "writes",
}
"""What an outlet does with the words that differ, by their voice."""


def printings(close: Corpus, workings: Workings) -> Iterator[Finding]:
    """Propose statements of two outlets that differ in words, marks or speaker."""
    found = workings.statements(close)
    texts = close.articles.set_index("article")["text"]
    words = max(1.0, float(texts.map(_words).mean()))
    at = _Printed(texts, Sentences(close), close.voices)
    for group, rows in found.differences.groupby("group", sort=False):
        about = found.groups[found.groups["group"].eq(group)]
        if about["outlet"].nunique() < 2:
            continue
        telling = _most_telling(rows, about, at)
        if telling is None:
            continue
        row, weight = telling
        carried = int(about["text"].map(_words).max())
        yield Finding(
            THEME,
            _sentence(row, about, at),
            f"Neither shows which wording is right; {how_right('printings')}.",
            TO_READ,
            size=min(1.0, carried / words),
            certainty=right("printings"),
            surprise=weight,
            find=partial(places_of, about, texts),
        )


def _words(text: object) -> int:
    """Count words, roughly."""
    return len(str(text).split())


def _content(text: object) -> float:
    """Give the share of content words; "we are" for a name is grammar, not wording."""
    words = [word.split("’")[0] for word in str(text).lower().split()]
    kinds = term_kinds(words, outlets=())
    return sum(kind == CONTENT for kind in kinds) / max(1, len(words))


def _told(text: object) -> str:
    """Give the words of a text, small, without those that grammar changes."""
    words = re.findall(r"\w+", str(text).lower())
    return " ".join(word for word in words if word not in TURNED)


def _letters(text: object) -> str:
    """Give the letters and figures of words, small."""
    return "".join(re.findall(r"\w", str(text).lower()))


def _has_figures(text: object) -> bool:
    """Whether words have a number, in figures or in words."""
    words = re.findall(r"\w+", str(text).lower())
    return any(word.isdigit() or word in NUMBERS for word in words)


def _turned(text: object) -> bool:
    """Whether words are only those that change where speech is reported."""
    return TURNED.issuperset(re.findall(r"\w+", str(text).lower()))


def _most_telling(
    rows: pd.DataFrame, about: pd.DataFrame, at: _Printed
) -> tuple[Any, float] | None:
    """Give the difference that tells most, with its weight; None where none does."""
    outlets = dict(zip(about["article"], about["outlet"], strict=True))
    longest = about["text"].map(_words).groupby(about["article"]).max()
    carried = dict(zip(longest.index, longest, strict=True))
    best: tuple[Any, float] | None = None
    for row in rows.itertuples():
        weight = WEIGHT.get(str(row.type), 0.0)
        if not weight or is_missing(row.article_a) or is_missing(row.article_b):
            continue
        if min(carried[row.article_a], carried[row.article_b]) < LEAST_WORDS:
            continue
        if row.type != "speaker" and (
            is_missing(row.start_a) or is_missing(row.start_b)
        ):
            continue  # one printing has nothing there
        if outlets.get(row.article_a) == outlets.get(row.article_b):
            continue
        if not _seen(row, about, at):
            continue
        if row.type == "reworded":
            content = min(_content(row.text_a), _content(row.text_b))
            weight *= GRAMMAR + (1 - GRAMMAR) * content
        if weight > (best[1] if best else 0.0):
            best = row, weight
    return best


@dataclass(frozen=True, eq=False)
class _Printed:
    """Looks up how the words of a difference are printed."""

    texts: pd.Series[str]
    sentences: Sentences
    voices: pd.DataFrame

    def said(self, article: str, start: int, end: int) -> str:
        """Say how words are given, and give them with those around them."""
        voice, words = self.around(article, start, end)
        return f"{VERBS.get(voice, VERBS['own'])} {quoted(words)}"

    def around(self, article: str, start: int, end: int) -> tuple[str, str]:
        """Give the voice of words, and them with those around them.

        These are of the same sentence and voice, so that no cue and no source, which
        are the outlet's, come between.
        """
        text, voice, (first, last) = self.texts[article], *self._around(article, start)
        last = max(end, last)
        if voice != "direct":  # what is in marks there is another's, or shown as such
            first += max(
                (one.end() for one in QUOTED.finditer(text[first:start])), default=0
            )
            mark = QUOTED.search(text, end, last)
            last = mark.start() if mark else last
        before = list(_WORDS.finditer(text, first, start))[-AROUND:]
        after = list(_WORDS.finditer(text, end, last))[:AROUND]
        begin = before[0].start() if before else start
        stop = after[-1].end() if after else end
        return voice, " ".join(text[begin:stop].split()).strip(EDGES)

    def both_print(self, row: Any) -> bool:
        """Whether an article also has the other's wording, but for grammar."""
        ends = (
            (row.article_a, row.start_a, row.end_a),
            (row.article_b, row.start_b, row.end_b),
        )
        for (article, *_), (other, start, end) in (ends, ends[::-1]):
            wording = _told(self.around(other, int(start), int(end))[1])
            if f" {wording} " in f" {_told(self.texts[article])} ":
                return True
        return False

    def goes_on_in_marks(self, start: tuple[str, int], end: int) -> bool:
        """Whether a report of words has marks among them, or right behind those shown.

        Then only part of the wording would be shown.
        """
        article, first = start
        text, (voice, (_, last)) = self.texts[article], self._around(*start)
        after = list(_WORDS.finditer(text, end, max(end, last)))[:AROUND]
        stop = (after[-1].end() if after else end) + len(" “")
        return voice == "indirect" and QUOTED.search(text, first, stop) is not None

    def posted(self, article: str, start: int) -> bool:
        """Whether words stand in a post that is shown with its author: no marks."""
        text = str(self.texts[article])
        return POSTED.search(text, max(0, start - POST), start + POST) is not None

    def set_apart(self, article: str, start: int, about: pd.DataFrame) -> bool:
        """Whether a statement without marks fills its line, as a block quotation does.

        Its page may have set it apart in other ways, which a text has no more.
        """
        text = str(self.texts[article])
        mine = about[about["article"].eq(article) & about["start"].le(start)]
        for first, last in mine.loc[mine["end"].gt(start), ["start", "end"]].to_numpy():
            before = text[:first].rpartition("\n")[2]
            after = text[last:].partition("\n")[0]
            if not any(map(str.isalpha, before + after)):
                return True
        return False

    def _around(self, article: str, start: int) -> tuple[str, tuple[int, int]]:
        """Give the voice at a place, and where its sentence in that voice ends."""
        spans = self.voices
        here = spans["article"].eq(article) & spans["start"].le(start)
        found = spans[here & spans["end"].gt(start)]
        voice, low, high = "own", 0, len(self.texts[article])
        if len(found):
            voice = str(found["voice"].iloc[0])
            low, high = int(found["start"].iloc[0]), int(found["end"].iloc[0])
        begin, end = self.sentences.at(article, start) or (low, high)
        return voice, (max(begin, low), min(end, high))


def _seen(row: Any, about: pd.DataFrame, printed: _Printed) -> bool:
    """Whether a reader can see a difference where it is shown."""
    if any(names_an_outlet(one, about["outlet"]) for one in about["speaker"].dropna()):
        return False  # one outlet quotes the other
    if row.type == "speaker":
        return _two_speakers(row, about, printed)
    if row.type == "reworded":
        return _two_wordings(row, about, printed) and _shown(row, printed)
    return _one_in_marks(row, about, printed) and _shown(row, printed, least=SAME_WORDS)


def _two_speakers(row: Any, about: pd.DataFrame, printed: _Printed) -> bool:
    """Whether two are credited with words that one of them is quoted with: no post."""
    both = about[about["article"].isin([row.article_a, row.article_b])]
    posted = any(printed.posted(*at) for at in both[["article", "start"]].to_numpy())
    quoted_once = bool(both["voice"].eq("direct").any())
    by_two = _by_two(row, about) and _in_the_same_words(row, about)
    return by_two and quoted_once and not posted


def _two_wordings(row: Any, about: pd.DataFrame, printed: _Printed) -> bool:
    """Whether one speaker is given other words, and neither article prints both."""
    texts = row.text_a, row.text_b
    if _letters(row.text_a) == _letters(row.text_b):
        return False  # "12mph", printed as "12 mph"
    if any(map(_has_figures, texts)) or all(map(_turned, texts)):
        return False  # findings of their own; "I am", reported as "he was"
    one = _of_one(row, about) and _in_the_same_words(row, about)
    return one and not printed.both_print(row)


def _one_in_marks(row: Any, about: pd.DataFrame, printed: _Printed) -> bool:
    """Whether one of two sentences has marks of any kind, and the other none."""
    if not _whose(about):
        return False  # words of nobody known: of an agency, or of the other outlet
    starts = (row.article_a, int(row.start_a)), (row.article_b, int(row.start_b))
    bare = [at for at in starts if not QUOTED.search(printed.sentences.text(*at))]
    if len(bare) != 1 or printed.set_apart(*bare[0], about):
        return False
    return not any(printed.posted(*at) for at in starts)


def _shown(row: Any, printed: _Printed, *, least: float = 0.0) -> bool:
    """Whether enough of what is shown stands in both, and nothing of it is cut.

    `least` is the share of the words shown that both have.
    """
    starts = (row.article_a, int(row.start_a)), (row.article_b, int(row.start_b))
    ends = int(row.end_a), int(row.end_b)
    if any(map(printed.goes_on_in_marks, starts, ends)):
        return False
    here, there = (
        printed.around(*start, end)[1].lower().replace("’", "'").split() or [""]
        for start, end in zip(starts, ends, strict=True)
    )
    if any("..." in word or "…" in word for word in (*here, *there)):
        return False
    on_end = SequenceMatcher(a=here, b=there).find_longest_match().size
    alike = _shared(here, there) / min(len(here), len(there))
    return on_end >= LEAST_SHARED and alike >= least


def _by_two(row: Any, about: pd.DataFrame) -> bool:
    """Whether a statement is credited to two who are both named, and are not of one.

    A diplomat and the diplomat's state are of one; where a paper is credited, it may
    have quoted the other.
    """
    if is_missing(row.text_a) or is_missing(row.text_b):
        return False
    credited = str(row.text_a), str(row.text_b)
    if not all(map(is_name, credited)) or any(map(is_media, credited)):
        return False
    here, there = map(set, _each(row, about, "affiliation"))
    return same_name(*credited) is False and not here & there


def _of_one(row: Any, about: pd.DataFrame) -> bool:
    """Whether two articles credit one speaker, or one of them quotes it and none other.

    A fact that both report, of nobody or of two, is no statement in two wordings.
    """
    here, there = _each(row, about, "speaker")
    same = [same_name(one, other) for one in here for other in there]
    if True in same or False in same:
        return True in same
    both = about["article"].isin([row.article_a, row.article_b])
    return bool(about.loc[both, "voice"].eq("direct").any())


def _in_the_same_words(row: Any, about: pd.DataFrame) -> bool:
    """Whether most words of one article's printing are in the other's, in order.

    Of a slogan, that several people use, the words around it differ.
    """
    here, there = (
        [re.findall(r"\w+", text.lower()) for text in texts]
        for texts in _each(row, about, "text")
    )
    return any(
        _shared(one, other) >= max(LEAST_WORDS, LIKE * min(len(one), len(other)))
        for one in here
        for other in there
    )


def _shared(here: list[str], there: list[str]) -> int:
    """Count the words that two lists share in the same order."""
    blocks = SequenceMatcher(a=here, b=there, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


def _each(row: Any, about: pd.DataFrame, name: str) -> tuple[list[str], list[str]]:
    """Give what the printings of either article have in a column."""
    here, there = (
        about.loc[about["article"].eq(article), name].dropna().astype(str).tolist()
        for article in (row.article_a, row.article_b)
    )
    return here, there


def _sentence(row: Any, about: pd.DataFrame, at: _Printed) -> str:
    """Say what each outlet prints."""
    outlets = dict(zip(about["article"], about["outlet"], strict=True))
    names = [plain(outlets[row.article_a]), plain(outlets[row.article_b])]
    if row.type == "speaker":
        return (
            f"The same statement has two speakers: {names[0]} credits "
            f"{with_article(row.text_a)}, {names[1]} {with_article(row.text_b)}."
        )
    whose = _whose(about)
    here = at.said(row.article_a, int(row.start_a), int(row.end_a))
    there = at.said(row.article_b, int(row.start_b), int(row.end_b))
    what = "in two wordings" if row.type == "reworded" else "in and outside the marks"
    return (
        f"Both carry the same statement{whose} {what}: {names[0]} {here}; "
        f"{names[1]} {there}."
    )


def _whose(about: pd.DataFrame) -> str:
    """Say whose statement it is, where all printings name one and the same."""
    credited = about["speaker"].dropna().astype(str).unique().tolist()
    if not credited or not is_name(credited[0]) or is_media(credited[0]):
        return ""
    if read_name(credited[0]).kind not in ("person", "body", "state"):
        return ""  # a place, or a word that may be one
    surnames = {read_name(name).words[-1:] for name in credited}
    alike = all(same_name(credited[0], other) for other in credited[1:])
    alike = alike and len(surnames) == 1  # else which spelling is right is not known
    return f" of {with_article(credited[0])}" if alike else ""
