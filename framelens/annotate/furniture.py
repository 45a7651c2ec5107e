"""Furniture: what stands on the page and is no part of the story."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from framelens._layers import Layer
from framelens._lists import read_list
from framelens.annotate.page_features import Page
from framelens.annotate.page_lines import page_lines
from framelens.annotate.paragraphs import paragraph_offsets
from framelens.annotate.spans import SPAN_COLUMNS, rows_of, spans_frame
from framelens.annotate.words import WORD
from framelens.read.damage import ENTITIES, SCRIPT, TAGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd

    _Span = tuple[int, int, str]

LONGEST_CAPTION = 40
"""Words. A longer paragraph that names an agency at its end is no caption."""

SHORTEST_REPEAT = 4
"""Words. Shorter paragraphs may stand twice without being furniture."""

SHORTEST_STORY = 4
"""Paragraphs. Fewer are a headline and a standfirst, which are the text themselves."""

LONGEST_OF_PAGE = 90
"""Words. A longer paragraph is taken for the story, whatever it begins with."""

LONGEST_TEASER = 16
"""Words. So short are the headlines below a label such as "Related:"."""

AT_ONCE = 500
"""Articles whose paragraphs are looked at together, so that memory stays bounded."""

SHORTEST_LINK = 5
"""Words. So many in capitals alone are a link; fewer may be a heading."""

_GALLERY = re.compile(r"(?:Photos?: .*?)?[Hh]ide [Cc]aption \d+ of \d+")
"""How the captions of a gallery begin, however many there are on end."""

_PICTURES = re.compile(r"^\s*1/(\d{1,3})\s[^\n]*\n\s*2/\1\s", re.MULTILINE)
"""The first two pictures of a gallery that numbers them: *1/16*, *2/16*."""

_PLACES = {"whole": r"{}\Z", "start": "{}", "end": r".*{}\Z", "within": ".*{}"}
_SENTENCE = re.compile(r"[.!]\W*\Z")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATE = rf"(?:\d{{4}}-\d{{2}}-\d{{2}}|{_MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?)"
_METADATA = re.compile(rf"\s*(?:date|published|updated)\s*:?\s+{_DATE}[ \t]*", re.I)
_DATELINE = re.compile(
    r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’ ,/-]{2,40}?"  # the place, in capitals
    rf"\s*(?:{_DATE}\s*)?(?:\([^()\n]{{2,40}}\)\s*)?"  # the date, the agency
    r"(?:\s*(?:--|[–—])\s*|-\s+|\s-\s*)(?=[\"“'‘(\[]*[A-ZÀ-ÖØ-Þ0-9])"
)
_STAMP = re.compile(
    r"Update,? (?:at )?\d{1,2}[:.]\d{2} ?(?:[ap]\.?m\b\.?)?"
    r",? ?(?:E[SD]?T|C[SD]?T|P[SD]?T|GMT|BST|UTC)?[.:]*\s*",
    re.I,
)
"""The time at which a paragraph was added: *Update at 8:30 a.m. ET.*"""
_AGENCY = r"(?:AP|AFP|EPA|PA|UPI|Reuters|Getty Images|Getty|Xinhua|TASS|Shutterstock)"
_CAPTION = re.compile(
    rf"(?:.*[.!?)]\s*(?:[\w ]{{1,30}}/\s*)?{_AGENCY}(?: Photo)?\.?)\Z"
)
_CREDIT = re.compile(rf"{_AGENCY}(?: Photo)?\.?\Z")  # tells most paragraphs apart fast
_CAPTION_START = re.compile(r"(?:Photo|Picture|Image|File photo)(?: by)?\s*[:|]", re.I)
_LICENCE = re.compile(
    r"(?:licen[cs]ed under|all rights reserved|\(c\)\s*\d{4}|©|copyright \d{4})", re.I
)
_IN_LICENCES = ("ed under", "all r", "(c)", "©", "copyr")  # letters with one lower case
_MARKUP = (SCRIPT, TAGS, ENTITIES)
_SENTENCE_END = re.compile(r"[.!?…][\"”’)\]]*\s+")


def furniture(articles: pd.DataFrame, *, likely: bool = True) -> pd.DataFrame:
    r"""Mark what is no part of the story, and is left out of every count.

    Datelines, licences, captions, and what pages print between paragraphs: players,
    adverts, links, bylines, notes (``lists/furniture.toml``); a paragraph, the headline
    or the outlet's name printed again; tags and entities of HTML. ``kind`` says which.
    ``likely`` are paragraphs that no pattern knows and a small classifier takes for
    furniture (`framelens.annotate.page_lines`), if asked for.

    >>> import pandas as pd
    >>> text = "PARIS (Daily) – The dam held.\n\nA view of the dam. AFP"
    >>> articles = pd.DataFrame({"article": ["a"], "text": [text]})
    >>> furniture(articles)[["start", "end", "kind"]].values.tolist()
    [[0, 16, 'dateline'], [31, 53, 'caption']]
    """
    names = ["article", "title", "outlet", "text"]
    columns = rows_of(articles.reindex(columns=names), *names)
    rows = (
        (article, start, end, f"{article}:f{number}", kind)
        for some in iter(lambda: list(islice(columns, AT_ONCE)), [])
        for (article, *_, text), found in zip(some, _found(some, likely), strict=True)
        for number, (start, end, kind) in enumerate(_with_markup(text, found), 1)
    )
    return spans_frame(rows, layer="furniture", role="furniture", extra=["kind"])


def _with_markup(
    text: str, found: Iterable[tuple[int, int, str]]
) -> Iterator[tuple[int, int, str]]:
    """Add the tags and entities of HTML that stand outside of what is found."""
    if "<" not in text and "&" not in text:
        yield from found
        return
    marked = [one.span() for part in _MARKUP for one in part.finditer(text)]
    every = [*found, *((start, end, "markup") for start, end in marked)]
    last = 0
    for start, end, kind in sorted(every, key=lambda one: (one[0], -one[1])):
        if start >= last:
            yield start, end, kind
            last = end


def _found(articles: list[tuple[Any, ...]], likely: bool) -> list[list[_Span]]:
    """Give what patterns find in each text, and if asked for what else is likely."""
    found, paragraphs = [], []
    for _, title, outlet, text in articles:
        paragraphs.append(paragraph_offsets(text))
        found.append([*_in_text(text, (title, outlet), paragraphs[-1])])
    if not likely:
        return found
    asked = [at for at, some in enumerate(paragraphs) if len(some) >= SHORTEST_STORY]
    pages = [_page(articles[at][-1], paragraphs[at], found[at]) for at in asked]
    for at, places in zip(asked, page_lines(pages), strict=True):
        more = [paragraphs[at][place] for place in places]
        found[at] = sorted([*found[at], *_apart(more, found[at])])
    return found


def _page(text: str, paragraphs: list[tuple[int, int]], found: list[_Span]) -> Page:
    """Give the paragraphs of a text, and which of them patterns know."""
    known = [
        any(a <= start and end <= b for a, b, _ in found) for start, end in paragraphs
    ]
    return Page([text[start:end] for start, end in paragraphs], known)


def _apart(likely: list[tuple[int, int]], found: list[_Span]) -> Iterator[_Span]:
    """Give what is likely furniture and overlaps nothing that patterns found."""
    for start, end in likely:
        if not any(start < b and a < end for a, b, _ in found):
            yield start, end, "likely"


def _in_text(
    text: str, of_page: tuple[object, ...], paragraphs: list[tuple[int, int]]
) -> Iterator[_Span]:
    """Give start, end and kind of the furniture of one text, in order."""
    seen: dict[str, int] = {}
    printed = {_key(value) for value in of_page if isinstance(value, str)} - {""}
    listing = False  # below a label such as "Related:"
    field = _METADATA.match(text)
    told = field.end() if field else 0
    lower = text.lower()
    pictures = _PICTURES.search(text) if "1/" in text else None
    of = pictures[1] if pictures else ""
    numbered = re.compile(rf"\d{{1,3}}/{of}\s|{of} show all\b") if of else None
    licensed = any(letters in lower for letters in _IN_LICENCES)
    if field:
        yield (field.start() + _indent(field.group()), told, "metadata")
    plain = " ".join(text.split())
    spelled = [kind for kind in _kinds() if kind.spelled(plain)]
    alone = len(paragraphs) == 1  # then it is the text, even if it is a headline
    for place, (start, end) in enumerate(paragraphs):
        body = max(start, told)
        if body >= end:
            continue
        dateline = _DATELINE.match(text, body, end) or _STAMP.match(text, body, end)
        story = dateline.end() if dateline else body
        key = _key(text[story:end])
        again = key in printed and len(paragraphs) >= SHORTEST_STORY
        if key in seen and _words(key) >= SHORTEST_REPEAT:
            again |= place == seen[key] + 1 or not _SENTENCE.search(key)
        if again:
            yield body, end, "repeated"
            continue
        seen.setdefault(key, place)
        if listing and _words(key) <= LONGEST_TEASER:
            listing = not _SENTENCE.search(text, body, end)
        else:
            listing = False
        kind = _of_the_page(text[body:end], key, spelled)
        kind = kind or ("teaser" if listing else None)
        if kind and not alone:
            listing |= kind == "teaser" and text[body:end].rstrip().endswith(":")
            yield body, end, kind
            continue
        picture = numbered.match(text, body, end) if numbered else None
        if picture or _is_caption(text[story:end]):
            yield body, end, "caption"
            continue
        if dateline:
            yield body, story, "dateline"
        notice = _LICENCE.search(text, story, end) if licensed else None
        if notice:
            yield _sentence_start(text, story, notice.start()), end, "licence"


def _key(paragraph: str) -> str:
    """Give the form by which paragraphs are compared."""
    return " ".join(paragraph.split()).casefold()


def _words(key: str) -> int:
    return len(WORD.findall(key))


class _Kind(NamedTuple):
    """How paragraphs of a kind begin, and what they hold: looked for if letters do."""

    name: str
    begins: re.Pattern[str] | None
    holds: re.Pattern[str] | None
    letters: tuple[str, ...]

    def fits(self, paragraph: str) -> bool:
        """Whether a paragraph is of this kind."""
        if self.begins and self.begins.match(paragraph):
            return True
        if not self.holds or not self.spelled(paragraph):
            return False
        return self.holds.match(paragraph) is not None

    def spelled(self, text: str) -> bool:
        """Whether a text has any of the letters."""
        return any(map(text.__contains__, self.letters))


@cache
def _kinds() -> list[_Kind]:
    """Compile the list of what pages print."""
    kinds = {k: v for k, v in read_list("furniture").items() if isinstance(v, dict)}
    return [
        _Kind(
            name,
            _compiled(part, ("whole", "start")),
            _compiled(part, ("end", "within")),
            tuple(part.get("letters", ())),
        )
        for name, part in kinds.items()
    ]


def _compiled(
    part: dict[str, list[str]], places: Sequence[str]
) -> re.Pattern[str] | None:
    """Put the patterns for some places into one."""
    found = [
        _PLACES[place].format(f"(?:{pattern})")
        for place in places
        for pattern in part.get(place, [])
    ]
    return re.compile("|".join(found)) if found else None


@cache
def _beginning() -> re.Pattern[str]:
    """Put together how paragraphs of any kind begin."""
    found = [kind.begins.pattern for kind in _kinds() if kind.begins]
    return re.compile("|".join(found))


def _of_the_page(paragraph: str, key: str, spelled: list[_Kind]) -> str | None:
    """Give the kind of a paragraph that the page prints, or None.

    `spelled` are the kinds of which the text has any of the letters.
    """
    paragraph = " ".join(paragraph.split())
    if _GALLERY.match(paragraph):
        return "caption"
    kinds = _kinds() if _beginning().match(paragraph) else spelled
    name = next((kind.name for kind in kinds if kind.fits(paragraph)), None)
    if name is None and paragraph.isupper() and _words(key) >= SHORTEST_LINK:
        name = "teaser"
    return name if name and _words(key) <= LONGEST_OF_PAGE else None


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _is_caption(paragraph: str) -> bool:
    if len(paragraph) > 400:
        return False
    if not (_CREDIT.search(paragraph[-30:]) or _CAPTION_START.match(paragraph)):
        return False
    if not (_CAPTION.match(paragraph) or _CAPTION_START.match(paragraph)):
        return False
    return len(WORD.findall(paragraph)) <= LONGEST_CAPTION


def _sentence_start(text: str, start: int, position: int) -> int:
    """Give where the sentence around `position` begins, `start` at the earliest."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text, start, position)]
    return ends[-1] if ends else start


FURNITURE = Layer("furniture", (*SPAN_COLUMNS, "kind"), furniture, version="5")
