"""The explorer: choose, count, read, search and pin; each change is kept at once."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framelens._checks import InputError, UnknownNameError, require_known
from framelens._progress import progress
from framelens._wording import counted
from framelens.compare import to_code
from framelens.corpus import corpus_of
from framelens.show.article import article_view
from framelens.show.coding_store import note_of, signature
from framelens.show.concordance import BY
from framelens.show.evidence import evidence_list
from framelens.show.explorer_state import (
    Choice,
    Exploration,
    Pin,
    read_exploration,
    state_file,
)
from framelens.show.explorer_view import CUT, NO_VOICES, ZONE_NAMES, Views
from framelens.show.explorer_widget import widget_of
from framelens.show.figure import write
from framelens.show.notebook_page import with_page
from framelens.show.tables import html_table, scrolling
from framelens.show.text import escape, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from framelens.compare import Sample
    from framelens.corpus import Corpus
    from framelens.show.explorer_view import Sentences, Shown
    from framelens.show.figure import Figure

AT_ONCE = 30
"""Articles whose voices are read before anything is shown; of more only words are, at
first, since reading takes a fifth of a second each, or more."""

AN_ARTICLE = 0.3
"""Seconds that reading an article is said to take before it was tried."""

STEP = 4
"""Articles that are read at a time, so that one can stop and look at words."""

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""What a browser must obey in a saved view: run nothing, load nothing."""

STYLE = (
    "html{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}"
    "body{margin:0 auto;max-width:64rem;padding:1rem}"
    "table{border-collapse:collapse}.wide{overflow-x:auto}"
    "th,td{padding:.25rem .8rem .25rem 0;border-bottom:1px solid #8888}"
    "caption{text-align:left;font-weight:600}figure{margin:1rem 0}"
    "figure img{background:#fff;max-width:100%}li{margin-bottom:.5rem}"
)
"""The style of a saved view; it reads without."""


def explore(
    corpus: Corpus | pd.DataFrame | str | Path,
    *,
    state: str | Path | None = None,
) -> Explorer:
    """Explore a corpus in the notebook: table, figure, sentences and article together.

    Choose outlets, event, actor, measure and voice: the table and its figure follow.
    Choose a row or a mark of the figure: its sentences follow; choose a sentence: its
    article is shown, voices marked. Search by word, lemma, part of speech or regular
    expression. Pin what you want to keep, with a note, for the report. Everything goes
    by keyboard, and without network.

    Of more than 30 articles whose voices were never read, it opens with their words
    alone, in seconds; `Explorer.read_voices`, or the button on the page, reads them.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
    state : str or Path, optional
        A JSON file that keeps what is chosen and pinned, written at every change: the
        same call goes on from there. Without it nothing is kept when the kernel ends.

    Returns
    -------
    Explorer
        In JupyterLab and Voilà the page to explore on; elsewhere, and without a
        kernel, the present view as it stands.

    Raises
    ------
    InputError
        If there is no article, the corpus is cut to a zone, or the file is no
        exploration, is damaged, or is one of other articles.

    Examples
    --------
    >>> import pandas as pd
    >>> corpus = pd.DataFrame({
    ...     "article": ["a", "b"], "outlet": ["Daily", "Herald"],
    ...     "text": ["“Rain is near,” Ina Roth said.", "“It is dry,” said Olaf Berg."]})
    >>> mine = explore(corpus).choose(measure="terms", voice="direct").select("rain")
    >>> mine
    Explorer(2 of 2 articles · Daily and Herald · all events · any actor · in quotation
    marks)
    >>> mine.evidence()["text"].tolist()
    ['Rain']
    >>> mine.read(0).pin("weather").pins[["article", "text", "note"]]
      article  text     note
    0       a  Rain  weather
    >>> mine.search("be", by="lemma").evidence()["text"].tolist()
    ['is', 'is']
    """
    corpus = corpus_of(corpus)
    if corpus.zone is not None:
        raise InputError(
            "explore() takes whole articles, corpus.whole; choose the zone there."
        )
    return Explorer(corpus, None if state is None else state_file(state))


class Explorer:
    """One view of a corpus after the other, as `explore` gives it.

    Shown in JupyterLab it is the page to explore on. All that the page does can be
    done by its methods, too; each gives the explorer back, so that calls can follow
    each other.

    Attributes
    ----------
    corpus : Corpus
    path : Path or None
        The file that keeps it.
    choice : Choice
        What is chosen: ``outlets, event, actor, measure, options, voice, zone,
        contains, item, query, by, place``.
    kept : Exploration
        The choice and the pins: what the file holds.
    """

    def __init__(self, corpus: Corpus, path: Path | None) -> None:
        if not len(corpus):
            raise InputError("there is no article to explore; give at least one.")
        self.corpus, self.path = corpus, path
        self._views: dict[str, Views] = {}
        self.unread = len(corpus.unread())
        self._read = self.unread <= AT_ONCE
        self.seconds_each = AN_ARTICLE
        whole = self.whole
        self._seen = None if path is None else signature(path)
        if path is None or self._seen is None:
            # a comparison takes longer than counts: words alone open without one
            compared = self._read and len(whole.outlets) == 2
            two = tuple(whole.outlets) if compared else ()
            first = next(iter(whole.measures))
            self.kept = Exploration(Choice(outlets=two, measure=first))
        else:
            self.kept = read_exploration(path)
            if not self._read and _needs_voices(self.choice):
                self.kept = replace(self.kept, choice=_words_of(self.choice))
            self._check(path)

    @property
    def views(self) -> Views:
        """All that can be seen of the zone that is chosen."""
        return self._view_of(self.choice.zone)

    @property
    def whole(self) -> Views:
        """All that can be seen of the whole texts, in which pins are."""
        return self._view_of("")

    def _view_of(self, zone: str) -> Views:
        """Give the views of a zone; until voices are read, of words alone."""
        if zone not in self._views:
            require_known(zone, ZONE_NAMES, kind="zone")
            corpus = self.corpus if self._read else self.corpus.unmarked()
            corpus = corpus.where(zone=zone) if zone else corpus
            self._views[zone] = Views(corpus, self._read)
        return self._views[zone]

    def read_voices(self, *, seconds: float | None = None) -> Explorer:
        """Read whose words are whose, and who speaks, in all articles of the corpus.

        Parameters
        ----------
        seconds : float, optional
            Stop after about so long; what is read is kept, and the next call goes on.

        Returns
        -------
        Explorer
        """
        begun = time.monotonic()
        many = self.unread
        with progress("reading voices", many) as tell:
            while self.unread:
                some = self.corpus.unread(STEP)["article"].tolist()
                _ = self.corpus.where(article=some).ledger
                self.unread = max(0, self.unread - len(some))
                tell(many - self.unread)
                if seconds is not None and time.monotonic() - begun >= seconds:
                    break
        if not self.unread and not self._read:
            self._read = True
            self._views = {}
        return self

    def _check(self, path: Path) -> None:
        """Refuse a file of other articles."""
        try:
            self.views.check(self.choice)
            for pin in self.kept.pins:
                if self.whole.text_at(pin.place) != pin.text:
                    raise InputError(f"the text of article {pin.article!r} differs.")
        except (UnknownNameError, InputError) as error:
            raise InputError(
                f"{path.name} is an exploration of other articles: {error} Give "
                "another path, or these articles."
            ) from None

    def __repr__(self) -> str:
        return f"Explorer({self.scope})"

    @property
    def choice(self) -> Choice:
        """What is chosen."""
        return self.kept.choice

    @property
    def scope(self) -> str:
        """What is in scope, in one line."""
        return self.views.scope(self.choice)

    @property
    def shown(self) -> Shown:
        """The numbers in scope: counts, result, rows, figure."""
        return self.views.shown(self.choice)

    @property
    def result(self) -> Any:
        """The comparison of exactly two chosen outlets, else the counts in scope."""
        return self.shown.result

    @property
    def table(self) -> pd.DataFrame:
        """The rows of the table as they are read, all of them."""
        return self.views.rows(self.choice).reset_index(drop=True)

    @property
    def pins(self) -> pd.DataFrame:
        """What was pinned: ``article, start, end, note, text``.

        ``corpus.report("report/", pins=explorer.pins)`` takes them into the report.
        """
        return self.kept.table

    @property
    def sentences(self) -> Sentences | None:
        """The sentences of the search or the row; None where neither is chosen."""
        return self.views.sentences(self.choice)

    def figure(self) -> Figure:
        """Give the figure of the result.

        Returns
        -------
        Figure
        """
        return self.shown.figure

    def evidence(self) -> pd.DataFrame:
        """Give every place behind the row that is chosen, or that the search found.

        Returns
        -------
        DataFrame
            ``article, outlet, voice, start, end, text``.

        Raises
        ------
        InputError
            If no row is chosen and nothing is searched.
        """
        if not self.choice.query and self.choice.item is None:
            raise InputError("choose a row with select(item), or search(query) first.")
        return self.views.places(self.choice)

    def choose(
        self,
        *,
        outlets: Sequence[str] | None = None,
        event: str | None = None,
        actor: str | None = None,
        measure: str | None = None,
        options: Mapping[str, str] | None = None,
        voice: str | None = None,
        zone: str | None = None,
        contains: str | None = None,
    ) -> Explorer:
        """Change what is in scope or counted; what is not named stays.

        Parameters
        ----------
        outlets : sequence of str, optional
            Exactly two are compared; none are all of them.
        event, actor : str, optional
            Only articles of this event; only those that quote this actor or name it in
            full. ``""`` is any.
        measure : str, optional
            A name of `framelens.MEASURES` that needs no more to be said.
        options : mapping, optional
            Of the measure, where it offers choices: ``{"by": "affiliation"}``.
        voice : str, optional
            "all", "own", "quoted", "direct", "indirect" or "rest".
        zone : {"", "headline", "lede", "body"}, optional
            Only this part of each article; ``""`` is the whole text, without headline.
        contains : str, optional
            Only rows of which the item contains this.

        Returns
        -------
        Explorer

        Raises
        ------
        UnknownNameError
            If there is no such name.
        """
        old, changes = self.choice, dict[str, Any]()
        if outlets is not None:
            names = [outlets] if isinstance(outlets, str) else outlets
            changes["outlets"] = tuple(dict.fromkeys(map(str, names)))
        for name, value in (("event", event), ("actor", actor)):
            if value is not None:
                changes[name] = str(value) or None
        if measure is not None and measure != old.measure:
            changes |= {"measure": measure, "options": {}, "item": None, "contains": ""}
        if options is not None:
            before = changes.get("options", old.options)
            changes["options"] = {**before, **options}
            changes["item"] = None
        if voice is not None:
            changes["voice"] = voice
        if contains is not None:
            changes["contains"] = str(contains)
        if zone is not None and zone != old.zone:
            changes |= {"zone": zone, "place": None}
        made = replace(old, **changes)
        views = self._view_of(made.zone)
        named = zone is not None or measure in views.measures
        if voice is None and named and made.measure in views.measures:
            there = made.voice in views.voices(replace(made, voice="all"))
            made = made if there else replace(made, voice="all")
        views.check(made)
        scoped = ("outlets", "event", "actor", "measure", "options", "voice", "zone")
        if any(getattr(made, name) != getattr(old, name) for name in scoped):
            items = set(views.shown(made).rows["item"])
            item = made.item if made.item in items else None
            made = replace(made, place=None, item=item)
        return self._take(made)

    def select(self, item: str) -> Explorer:
        """Choose a row of the table: its sentences are shown.

        Parameters
        ----------
        item : str

        Returns
        -------
        Explorer

        Raises
        ------
        UnknownNameError
            If there is no such row.
        """
        require_known(item, self.shown.rows["item"], kind="row")
        return self._take(replace(self.choice, item=item, query="", place=None))

    def search(self, query: str, *, by: str = "word") -> Explorer:
        """Search the articles in scope; an empty query ends the search.

        Parameters
        ----------
        query : str
        by : {"word", "lemma", "pos", "regex"}, default "word"
            As for `framelens.concordance`.

        Returns
        -------
        Explorer

        Raises
        ------
        UnknownNameError, InputError
            As `framelens.concordance` does.
        """
        require_known(by, BY, kind="way to search")
        query = str(query).strip() if by != "regex" else str(query)
        made = replace(self.choice, query=query, by=by, place=None)
        self.views.sentences(made)
        return self._take(made)

    def read(self, number: int) -> Explorer:
        """Show a sentence in its article.

        Parameters
        ----------
        number : int
            Its row in ``sentences.places``, from 0: the first rows of `evidence`.

        Returns
        -------
        Explorer

        Raises
        ------
        InputError
            If there is no such sentence.
        """
        sentences = self.sentences
        many = 0 if sentences is None else len(sentences.places)
        if sentences is None or not 0 <= number < many:
            raise InputError(
                f"there are {counted(many, 'sentence')}, from 0; found {number}."
            )
        return self._take(replace(self.choice, place=sentences.place(number)))

    def pin(self, note: str | None = None) -> Explorer:
        """Keep the sentence that is read, with a note; a second pin changes the note.

        Parameters
        ----------
        note : str, optional

        Returns
        -------
        Explorer

        Raises
        ------
        InputError
            If no sentence is read.
        """
        place = self.choice.place
        if place is None:
            raise InputError("choose a sentence with read(number) first.")
        if self.choice.zone == "headline":
            raise InputError("a headline cannot be pinned: pins are places in texts.")
        pin = Pin(*place, note_of(note), self.views.text_at(place))
        return self._save(self.kept.pinned(pin))

    def unpin(self, number: int) -> Explorer:
        """Take a pin away.

        Parameters
        ----------
        number : int
            Its row in `pins`, from 0.

        Returns
        -------
        Explorer

        Raises
        ------
        InputError
            If there is no such pin.
        """
        self._pin(number)
        pins = self.kept.pins
        left = (*pins[:number], *pins[number + 1 :])
        return self._save(replace(self.kept, pins=left))

    def go_to(self, number: int) -> Explorer:
        """Show a pinned sentence in its article.

        Parameters
        ----------
        number : int
            Its row in `pins`, from 0.

        Returns
        -------
        Explorer

        Raises
        ------
        InputError
            If there is no such pin.
        """
        choice = replace(self.choice, place=self._pin(number).place)
        if choice.zone == "headline":
            choice = replace(choice, zone="", item=None)
        return self._take(choice)

    def _pin(self, number: int) -> Pin:
        """Give a pin by its row."""
        pins = self.kept.pins
        if not 0 <= number < len(pins):
            raise InputError(
                f"there are {counted(len(pins), 'pin')}, from 0; found {number}."
            )
        return pins[number]

    def to_code(self, n: int = 120, **options: Any) -> Sample:
        """Draw a sample of what is in scope, to code it.

        Parameters
        ----------
        n : int, default 120
        **options
            As for `framelens.to_code`; ``item`` is the row that is chosen unless
            another is named.

        Returns
        -------
        Sample
            For `framelens.coding`.

        Raises
        ------
        UnknownNameError, InputError
            As `framelens.to_code` does; without a comparison a row must be chosen.
        """
        if self.choice.item is not None:
            options.setdefault("item", self.choice.item)
        if self.result is self.shown.counts and options.get("item") is None:
            raise InputError("choose the row to code with select(item) first.")
        return to_code(self.result, n, **options)

    @property
    def html(self) -> str:
        """The present view as it stands: it needs no kernel, no script, no network."""
        choice, shown = self.choice, self.shown
        rows = self.views.rows(choice)
        more = len(rows) - CUT
        notes = [f"The first {CUT} of {len(rows):,} rows."] if more > 0 else []
        notes += [] if shown.refusal is None else [plain(shown.refusal)]
        label = self.views.measures[choice.measure].label
        parts = [
            f"<p><b>{escape(self.scope)}</b></p>",
            scrolling(
                html_table(
                    rows.head(CUT), caption=f"{label}. {shown.result.caption}",
                    notes=[*notes, *shown.notes],
                ).html,
                label=label,
            ),
            self.figure().html,
        ]  # fmt: skip
        sentences = self.sentences
        if sentences is not None:
            head = f"<p><b>{escape(sentences.title)}</b></p>"
            here = self.views.corpus
            parts.append(head + evidence_list(here, sentences.places).html)
        if choice.place is not None:
            parts.append(article_view(self.views.corpus, choice.place[0]).html)
        if self.kept.pins:
            listed = evidence_list(self.whole.corpus, self.pins, most=len(self.pins))
            parts.append(f"<p><b>Pinned</b></p>{listed.html}")
        return f'<div class="framelens-view">{"".join(parts)}</div>'

    def save(self, path: str | Path) -> Path:
        """Save the present view as a page that opens from disk.

        Parameters
        ----------
        path : str or Path
            Ends in ``.html``. An older file is replaced.

        Returns
        -------
        Path

        Raises
        ------
        InputError
            If the name ends otherwise, or the file cannot be written.
        """
        path = Path(path)
        if path.suffix.lower() != ".html":
            raise InputError(f"a view is saved as .html; found {path.name!r}.")
        page = (
            '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
            f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{escape(self.scope)}</title><style>{STYLE}</style></head>"
            f"<body><main><h1>A view of {counted(len(self.corpus), 'article')}</h1>"
            f"{self.html}</main></body></html>\n"
        )
        write(path, page.encode("utf-8"))
        return path

    def _take(self, choice: Choice) -> Explorer:
        return self._save(replace(self.kept, choice=choice))

    def _save(self, made: Exploration) -> Explorer:
        """Write what is kept, and only then take it."""
        if self.path is not None:
            if signature(self.path) != self._seen:
                raise InputError(
                    f"not saved: {self.path.name} was changed by another program or "
                    "window. Run the cell again to go on from what it holds now."
                )
            made.write(self.path)
            self._seen = signature(self.path)
        self.kept = made
        return self

    def _repr_html_(self) -> str:
        return self.html

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        made = {"text/plain": repr(self), "text/html": self.html}
        return with_page(made, lambda: widget_of(self))


def _needs_voices(choice: Choice) -> bool:
    """Whether a choice is of more than words."""
    return choice.measure != NO_VOICES or choice.voice != "all" or bool(choice.actor)


def _words_of(choice: Choice) -> Choice:
    """Give what of a choice can be seen before voices are read."""
    return Choice(outlets=choice.outlets, event=choice.event, measure=NO_VOICES)
