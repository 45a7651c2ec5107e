"""Corpus: articles, how they were read, and every layer of them, computed once."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._checks import (
    InputError,
    require_columns,
    require_inside,
    require_known,
)
from framelens._layers import ACTORS, DECLARED, layer, resting_on
from framelens._progress import progress
from framelens._result import Result, write_report
from framelens._wording import counted
from framelens.read.about import about as find_about
from framelens.read.account import unlike_damage
from framelens.read.actors import actor_table
from framelens.read.admission import reading_of
from framelens.read.articles import articles_of, read_articles
from framelens.read.event_table import event_table
from framelens.read.reading import Reading, warn_of_drops
from framelens.read.stated import read_actors, with_events
from framelens.read.texts import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from framelens._layers import Layer
    from framelens.read.actors import ActorTable
    from framelens.read.event_table import EventTable
    from framelens.read.source import Limits


_AT_FIRST, _QUICK = 8, 0.5
"""Articles that a layer is computed for at a time, until that takes half a second."""


@dataclass
class _Store:
    """What was computed so far of a whole corpus; corpora cut from it share it."""

    articles: pd.DataFrame
    actors: pd.DataFrame | None
    corrected: frozenset[str] = frozenset()
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    done: dict[str, set[str]] = field(default_factory=dict)

    def table(self, name: str, wanted: pd.DataFrame) -> pd.DataFrame:
        """Give the rows of a layer for the articles `wanted`, in their order."""
        if name in self.corrected:
            return _rows_of(self.tables[name], wanted)
        declared = layer(name)
        done = self.done.setdefault(name, set())
        asked = self._asked(declared, wanted)
        missing = asked[~asked["article"].isin(done)]
        if name not in self.tables or len(missing):
            made: list[pd.DataFrame] = []
            finished: list[str] = []
            try:
                for part, table in self._computed(declared, missing):
                    made.append(table)
                    finished += part["article"].tolist()
            finally:  # what was finished is kept, also after Ctrl-C
                if made:
                    self.tables[name] = _below(self.tables.get(name), *made)
                    done.update(finished)
        return _rows_of(self.tables[name], wanted)

    def _asked(self, declared: Layer, wanted: pd.DataFrame) -> pd.DataFrame:
        """Give the articles that a layer must see to say something of `wanted`."""
        if declared.whole:
            return self.articles
        if not declared.by_event:
            return wanted
        events = wanted["event"].dropna()
        same_event = self.articles["event"].isin(events)
        itself = self.articles["article"].isin(wanted["article"])
        return self.articles[same_event | itself]

    def _computed(
        self, declared: Layer, articles: pd.DataFrame
    ) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
        """Compute a layer for some articles at a time, each with its table."""
        given: dict[str, Any] = {
            need: self.actors if need == ACTORS else self.table(need, articles)
            for need in declared.needs
        }
        if declared.whole or declared.by_event or len(articles) <= _AT_FIRST:
            yield articles, declared.compute(articles.reset_index(drop=True), **given)
            return
        tables = {name: one for name, one in given.items() if name in DECLARED}
        starts = {name: _starts(one, articles) for name, one in tables.items()}
        begin, size = 0, _AT_FIRST
        with progress(
            f"marking {declared.name.replace('_', ' ')}", len(articles)
        ) as tell:
            while begin < len(articles):
                end, begun = min(begin + size, len(articles)), time.monotonic()
                for name, place in starts.items():
                    rows = tables[name].iloc[place[begin] : place[end]]
                    given[name] = rows.reset_index(drop=True)
                part = articles.iloc[begin:end].reset_index(drop=True)
                yield part, declared.compute(part, **given)
                tell(end)
                begin = end
                if time.monotonic() - begun < _QUICK:
                    size *= 2

    def with_corrections(
        self,
        articles: pd.DataFrame,
        actors: pd.DataFrame | None,
        tables: dict[str, pd.DataFrame],
        changed: set[str],
    ) -> _Store:
        """Give a store in which what rests on `changed` is computed anew."""
        stale = resting_on(changed) - set(tables)
        kept = {
            name: table
            for name, table in self.tables.items()
            if name not in stale | changed or name in self.corrected - changed
        }
        return _Store(
            articles,
            actors,
            (self.corrected - changed) | set(tables),
            kept | tables,
            {name: set(done) for name, done in self.done.items() if name in kept},
        )


@dataclass(frozen=True, eq=False, repr=False)
class Corpus(Result):
    """Articles with everything that is marked in them, each layer computed once.

    Made by `read_corpus`. Nothing is computed before it is asked for, and nothing
    twice; `where` gives a smaller corpus that shares what was computed, `correct` one
    in which the analyst's tables take the place of the software's.

    Attributes
    ----------
    articles : DataFrame
        One row per article: ``article, outlet, event, date, title, text, url,
        language, genre, group`` and the source's own columns.
    reading : Reading
        What was read, dropped and found missing: ``.account`` in a few lines,
        ``.dropped`` and ``.remarks`` as tables.
    marks_only : bool
        Whether only quotation marks are looked at, not reported speech: faster, for
        large corpora. Then voices are ``direct`` and ``rest``.
    """

    articles: pd.DataFrame = field(repr=False)
    reading: Reading = field(repr=False)
    marks_only: bool
    _store: _Store = field(repr=False)

    def __repr__(self) -> str:
        outlets = self.articles["outlet"].nunique()
        return f"Corpus({len(self)} articles of {outlets} outlets)"

    def __len__(self) -> int:
        return len(self.articles)

    @property
    def account(self) -> str:
        """What was read, dropped and found missing."""
        return self.reading.account

    @property
    def actors(self) -> ActorTable:
        """Who speaks, under which names: one row per actor, most words first.

        ``actor``: the one name in the whole corpus; ``label``: the surname of people
        where nobody else has it; ``kind``: ``person``, ``body``, ``state``, ``group``,
        ``document`` or ``unnamed``; ``source_type``: one of those in the list
        ``source_types``, missing where no article tells; ``affiliation``: the most
        frequent; ``forms``: the names in the articles; ``attributions, direct_words,
        indirect_words, words, articles, outlets``: how much, and where.

        Names are joined over all articles: a surname alone means whom its article
        names in full, else whom the articles of its event, its time and its company
        do, else nobody but itself; two people of one surname stay two.
        ``corpus.actors.draft("actors.csv")`` writes the names for you to correct.
        """
        outlets = self.articles.set_index("article")["outlet"]
        return actor_table(self.ledger, outlets)

    @property
    def stated_actors(self) -> pd.DataFrame | None:
        """The analyst's table of actors; None without one."""
        return self._store.actors

    def layer(self, name: str) -> pd.DataFrame:
        """Give one layer by its name: a table with a row per span, pair or article.

        Layers of spans begin with ``article, start, end, layer, annotation, role``:
        offsets count code points of the untouched text, and rows with the same
        ``annotation`` belong together. Two have no property of their own.

        ``loaded_words``: words that take sides, in whoever's voice, with their
        ``probability``. Candidates to read: of 466 words that readers of US news had
        marked, on topics not trained on, 59 % were found, and 53 % of the 514 found
        were marked.

        ``blended_words``: words that judge inside indirect speech, of which nobody can
        tell whether the judgement is the outlet's or the source's. ``kind``:
        ``loaded``, ``scare`` (a scare quotation in longer reported speech, without its
        marks) or ``distancing`` (*so-called*, *alleged* before what they hold at a
        distance, *allegedly* anywhere); ``attribution``: the annotation of the
        outermost attribution around it, else missing. A word of two kinds has two rows.

        Raises
        ------
        UnknownNameError
            If there is no such layer.
        MissingPartError
            If a model that the layer needs is not installed.
        """
        require_known(name, DECLARED, kind="layer")
        return self._store.table(name, self.articles)

    @property
    def tokens(self) -> pd.DataFrame:
        """The parse: one row per word or sign, with lemma, tag and head.

        ``article, start, end``; ``sentence``: its number in the article, from 0;
        ``lemma, pos, tag, dep`` and ``entity`` (a label, or "") with
        ``entity_begins``, as spaCy's small English pipeline gives them; ``head``: the
        position of the head among the article's tokens, from 0 (a root is its own).
        The pipeline errs most on names.
        """
        return self.layer("tokens")

    @property
    def sentences(self) -> pd.DataFrame:
        """Spans of sentences, as the parse finds them, inside paragraphs.

        ``annotation`` is the article's identifier, ``:s`` and a number, from 1.
        """
        return self.layer("sentences")

    @property
    def paragraphs(self) -> pd.DataFrame:
        """Spans of paragraphs, without the white space around them.

        A line break ends one, unless the line stops without punctuation and the next
        starts in lower case: then the break fell inside a sentence. ``annotation`` is
        the article's identifier, ``:p`` and a number, from 1.
        """
        return self.layer("paragraphs")

    @property
    def quotations(self) -> pd.DataFrame:
        """Spans in quotation marks, with ``kind``: speech, scare, name or title.

        ``kind``: ``speech`` (the text credits these very words to somebody),
        ``scare`` (held at a distance, nobody said to have uttered them), ``name`` (of
        a thing, an inscription) or ``title`` (of a work); ``inner_start, inner_end``:
        without the marks; ``depth``: 0 for the outermost; ``mark``: ``paired``,
        ``mismatched`` or ``unclosed``; ``continues``: the annotation of the quotation
        whose words it carries on without a cue of its own, else missing. Rules give
        the kind; on PolNeAR (US news) 90 % of 1,019 are right as speech or not.
        """
        return self.layer("quotations")

    @property
    def furniture(self) -> pd.DataFrame:
        """Spans that are no part of the story: datelines, captions, credits.

        No count contains them. ``kind``: ``metadata`` (a date field before the first
        sentence), ``dateline`` (place and agency before a paragraph), ``caption`` (a
        paragraph that ends in a picture credit or begins as one), ``licence`` (from
        the sentence of a rights notice to the end of its paragraph) or ``repeated``
        (later copies of a paragraph of at least four words), one of the kinds of
        ``lists/furniture.toml``, or ``likely`` (no pattern knows it, and a classifier
        takes it for furniture: look at these first). Made for English news: furniture
        of other shapes is missed.
        """
        return self.layer("furniture")

    @property
    def attributions(self) -> pd.DataFrame:
        """Spans of sources, cues and contents, as the attribution model marks them.

        One row per piece; rows with one ``annotation`` are one attribution. ``role``:
        ``content`` (one or more), ``cue`` (one) or ``source`` (one, or none where the
        text names nobody); ``kind``: ``direct``, ``mixed`` or ``indirect``, as all,
        some or none of the content's words stand in quotation marks; ``depth``: 0, or
        in how many other contents its cue stands; ``probability``: how sure the model
        is of the whole. It learnt from US news of 2015 and 2016 (PolNeAR); on 84
        articles set apart there, source, cue and content are all right with an F1 of
        0.81. Attributions inside others are mostly missed.
        """
        return self.layer("attributions")

    @property
    def voices(self) -> pd.DataFrame:
        """Spans that part every article into own, direct, indirect and furniture.

        They cover every character once. ``voice``: ``furniture``; ``direct``
        (outermost quotations that are speech, marks included); ``indirect`` (what else
        attributions say, without their own cue and source); ``own`` (all else: the
        outlet speaks, with its cues, its sources and its scare quotes). With
        `marks_only`, ``rest`` stands for ``indirect`` and ``own``. Direct speech is
        what the marks say; what is indirect is the attribution model's finding. On 84
        articles of US news set apart (PolNeAR) 92 % of words have the right voice.
        """
        return self.layer("marked_voices" if self.marks_only else "voices")

    @property
    def ledger(self) -> pd.DataFrame:
        """Who says what: one row per attribution. The only authority on speakers.

        ``article, annotation``; ``content, source, cue``: lists of ``[start, end]``,
        the last two missing where there is none; ``kind, depth, probability`` as in
        `attributions`; ``voice``: ``direct`` or ``indirect``, where most of the content
        stands; ``source_text, cue_text, cue_class`` (see `framelens.cue_class`);
        ``direct_words, indirect_words``: of depth 0 only, so that no word counts twice;
        ``start, end, text``: from the first piece to the last; ``position``: where that
        begins, as a share of the article. Quotations that no attribution holds have
        rows of their own; what stands in furniture only has none.

        ``speaker``: the fullest name in the article, without titles, the words
        themselves for people not named (*senior official*), several parted by
        ``"; "``, missing where nobody can be told; ``actor``: the one name that the
        speaker has in the whole corpus (see `actors`); ``affiliation``: state or body,
        of people also the state whose office another article gives them;
        ``speaker_kind``: ``person``, ``unnamed``, ``group``, ``body``, ``state`` or
        ``document``; ``source_type``: *head of state or government*, *witness or
        citizen* ..., by the offices and nouns that any article tells of the actor,
        missing where none does; ``anonymous``: words that fit many, never named
        (*experts*; not *the president*); ``resolved_by``:
        ``name``, ``as printed``, ``pronoun``, ``description``, ``first person``,
        ``actors table``, ``by hand`` or the rule that found who utters quoted words;
        ``sure``: whether a speaker is known, and nobody else may be meant. Pronouns and
        descriptions go back to the last person or body that fits, which can be wrong;
        inside quotation marks *he* or *the mayor* stays missing.
        """
        return self.layer("marked_ledger" if self.marks_only else "ledger")

    @property
    def mentions(self) -> pd.DataFrame:
        """Spans that name people, bodies and states; they do not overlap.

        ``actor``: the fullest name in the article, without titles; ``kind``:
        ``person``, ``body``, ``place`` or ``missing``; ``affiliation, position``:
        whose and what the text or your table of actors says the actor is, else
        missing. Your table wins. Pronouns and descriptions are not marked. Names come
        from the parse, which often takes people for bodies; titles, roles and the
        article's other mentions correct it.
        """
        return self.layer("mentions")

    @property
    def boilerplate(self) -> pd.DataFrame:
        """Spans that an outlet prints in many articles."""
        return self.layer("boilerplate")

    @property
    def duplicates(self) -> pd.DataFrame:
        """Articles that are largely the same text, and agency copy."""
        return self.layer("duplicates")

    @property
    def events(self) -> EventTable:
        """The event of every article, stated or found; found ones are guesses.

        One row per article, as `framelens.align.events` gives it.
        ``corpus.events.figure()`` draws which outlet wrote of which event, and when;
        ``corpus.events.draft("events.csv")`` writes them for you to correct.
        """
        return event_table(self.layer("events"), self.articles)

    def where(
        self,
        *,
        article: str | Sequence[str] | None = None,
        outlet: str | Sequence[str] | None = None,
        event: str | Sequence[str] | None = None,
        about: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> Corpus:
        """Keep the articles that meet every condition.

        Layers that need the whole corpus, such as boilerplate, stay those of the
        corpus that this one is cut from.

        Parameters
        ----------
        article, outlet, event : str or sequence of str, optional
            Names; articles that state none are left out.
        about : str, optional
            Words that the article must hold: see `framelens.read.about`.
        since, until : str, optional
            Days as YYYY-MM-DD, both included; articles without a date are left out.

        Returns
        -------
        Corpus

        Raises
        ------
        UnknownNameError
            If an outlet, event or article does not occur.
        InputError
            If a day is none, or the query cannot be read.

        Examples
        --------
        >>> corpus = read_corpus(pd.DataFrame({
        ...     "article": ["a", "b"], "outlet": ["Daily", "Herald"],
        ...     "text": ["Bread is dear.", "Tea is cheap."]}))
        >>> corpus.where(outlet="Daily")
        Corpus(1 articles of 1 outlets)
        """
        kept = self.articles
        named = {"article": article, "outlet": outlet, "event": event}
        for column, names in named.items():
            if names is None:
                continue
            chosen = [names] if isinstance(names, str) else list(names)
            there = set(self.articles[column].dropna())
            for name in chosen:
                if name not in there:
                    require_known(name, there, kind=column)
            kept = kept[kept[column].isin(chosen)]
        for day, name in ((since, "since"), (until, "until")):
            if day is None:
                continue
            if pd.isna(pd.to_datetime(day, format="%Y-%m-%d", errors="coerce")):
                raise InputError(f"{name} is a day as YYYY-MM-DD; found {day!r}.")
            dates = kept["date"].astype(object).str[:10]
            kept = kept[(dates >= day) if name == "since" else (dates <= day)]
        if about is not None:
            found = find_about(kept, about).articles["article"]
            kept = kept[kept["article"].isin(found)]
        return replace(self, articles=kept.reset_index(drop=True))

    def correct(
        self,
        *,
        ledger: pd.DataFrame | None = None,
        quotations: pd.DataFrame | None = None,
        furniture: pd.DataFrame | None = None,
        events: pd.DataFrame | str | Path | None = None,
        actors: pd.DataFrame | str | Path | None = None,
    ) -> Corpus:
        """Give a corpus in which the analyst's corrections win everywhere.

        What rests on a corrected layer is computed anew, the rest is kept.

        Parameters
        ----------
        ledger, quotations, furniture : DataFrame, optional
            The whole layer as it should be: take the corpus's own, change, drop or
            add rows, and give it back, also after a file kept it. Rows of other
            articles are passed over. A ledger needs ``article, content, speaker``;
            the rest follows, and so do the voices.
        events : DataFrame or path, optional
            ``article, event``: takes the place of the event of those articles.
        actors : DataFrame or path, optional
            As `framelens.read.read_actors` reads it; takes the place of the table
            that there was.

        Returns
        -------
        Corpus

        Raises
        ------
        ColumnError, InputError
            If a table lacks a column or does not fit the texts.
        """
        given = {"ledger": ledger, "quotations": quotations, "furniture": furniture}
        tables: dict[str, pd.DataFrame] = {}
        for name, table in given.items():
            if table is not None:
                tables |= self._checked(name, table)
        changed = set(tables)
        whole, kept = self._store.articles, self.articles
        if events is not None:
            whole = with_events(whole, events)
            about = whole.set_index("article")["event"]
            kept = kept.assign(event=kept["article"].map(about).astype(object))
            kept["event"] = kept["event"].where(kept["event"].notna(), None)
            changed |= {"events"}
        known = self.stated_actors if actors is None else read_actors(actors)
        if actors is not None:
            changed |= {ACTORS}
        store = self._store.with_corrections(whole, known, tables, changed)
        return replace(self, articles=kept, _store=store)

    def _checked(self, name: str, table: pd.DataFrame) -> dict[str, pd.DataFrame]:
        """Check a correction against its layer and the texts."""
        named = f"marked_{name}" if name == "ledger" and self.marks_only else name
        declared = layer(named)
        require_columns(table, declared.columns, of=f"the corrected {name}")
        lengths = dict(
            zip(self.articles["article"], self.articles["text"].map(len), strict=True)
        )
        if declared.implied is not None:
            return declared.implied(table, self.articles)
        table = table[table["article"].isin(lengths)].reset_index(drop=True)
        require_inside(table, lengths, of=f"the corrected {name}")
        return {named: table}

    @property
    def table(self) -> pd.DataFrame:
        """The articles."""
        return self.articles

    @property
    def caption(self) -> str:
        """How many articles there are, of how many outlets."""
        outlets = counted(self.articles["outlet"].nunique(), "outlet")
        return f"{counted(len(self), 'article')} of {outlets}"

    @property
    def notes(self) -> tuple[str, ...]:
        """What was read, dropped and found missing, line by line."""
        return tuple(self.account.splitlines())

    def unlike_damage(self, *outlets: str) -> tuple[str, ...]:
        """Say in which damage to their texts outlets are unlike; nothing if in none."""
        here = self.articles["article"]
        if outlets:
            here = here[self.articles["outlet"].isin(outlets)]
        return unlike_damage(self.reading, here)

    def shown(self) -> pd.DataFrame:
        """Give what is known of each article, and its length."""
        return replace(self.reading, articles=self.articles).shown()

    def report(self, out: str | Path, **options: Any) -> Path:
        """Write a report on these articles: one page that opens from disk.

        Parameters
        ----------
        out : str or Path
            A folder, made if it is not there.
        **options
            ``target, baseline, notebooks``: as for `framelens.report.report`.

        Returns
        -------
        Path
            Of the page.
        """
        return write_report(self, out, **options)


def read_corpus(
    source: pd.DataFrame | str | Path | Iterable[pd.DataFrame | str | Path],
    *,
    actors: pd.DataFrame | str | Path | None = None,
    columns: Mapping[str, str] | None = None,
    date_format: str | None = None,
    folders: Sequence[str] | None = None,
    repair: bool = False,
    max_bytes: int = MAX_BYTES,
    limits: Limits | None = None,
    marks_only: bool = False,
) -> Corpus:
    """Read articles from files, folders, archives or DataFrames; account for them.

    Parameters
    ----------
    source : path, DataFrame, or several
        See `framelens.read.read_articles`, which reads them.
    actors : DataFrame or path, optional
        Your table of actors, as `framelens.read.read_actors` reads it; it wins over
        what the software finds.
    columns, date_format, folders, repair, max_bytes, limits
        As for `framelens.read.read_articles`.
    marks_only : bool, default False
        Look at quotation marks only, not at reported speech: no model reads the
        articles, which suits large corpora.

    Returns
    -------
    Corpus

    Raises
    ------
    ColumnError, UnknownNameError, InputError
        As `framelens.read.read_articles` and `framelens.read.read_actors` do.

    Warns
    -----
    UserWarning
        If articles were dropped; ``corpus.account`` says which.

    Examples
    --------
    >>> corpus = read_corpus("data/articles.csv")
    >>> corpus
    Corpus(4 articles of 4 outlets)
    """
    reading = read_articles(
        source,
        columns=columns,
        date_format=date_format,
        folders=folders,
        repair=repair,
        max_bytes=max_bytes,
        limits=limits,
    )
    warn_of_drops(reading, "corpus.account lists them")
    return _corpus(reading, actors, marks_only=marks_only)


def corpus_of(
    source: Corpus | Reading | pd.DataFrame | str | Path, *, marks_only: bool = False
) -> Corpus:
    """Give a function its corpus: a DataFrame must be articles, a path is read."""
    if isinstance(source, Corpus):
        return source
    if isinstance(source, Reading):
        return _corpus(source, None, marks_only=marks_only)
    if not isinstance(source, pd.DataFrame):
        return read_corpus(source, marks_only=marks_only)
    reading = reading_of(articles_of(source), source="the DataFrame")
    return _corpus(reading, None, marks_only=marks_only)


def _corpus(
    reading: Reading,
    actors: pd.DataFrame | str | Path | None,
    *,
    marks_only: bool,
) -> Corpus:
    known = None if actors is None else read_actors(actors)
    store = _Store(reading.articles, known)
    return Corpus(reading.articles, reading, marks_only, store)


def _below(*tables: pd.DataFrame | None) -> pd.DataFrame:
    """Put tables of one layer below each other; empty ones say nothing of kinds."""
    given = [table for table in tables if table is not None]
    filled = [table for table in given if len(table)] or given[-1:]
    return filled[0] if len(filled) == 1 else pd.concat(filled, ignore_index=True)


def _starts(table: pd.DataFrame, articles: pd.DataFrame) -> Any:
    """Give where the rows of each article begin in a layer, and where the last end."""
    place = pd.Index(articles["article"]).get_indexer(pd.Index(table["article"]))
    return place.searchsorted(range(len(articles) + 1))


def _rows_of(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of some articles, in the order of the articles."""
    if "article" not in table.columns:
        return table.copy(deep=False)
    place = pd.Index(articles["article"]).get_indexer(pd.Index(table["article"]))
    kept = place >= 0
    if kept.all() and (place[1:] >= place[:-1]).all():
        return table.copy(deep=False)
    order = pd.Series(place[kept]).argsort(kind="stable")
    rows: pd.DataFrame = table[kept].iloc[order.to_numpy()].reset_index(drop=True)
    return rows
