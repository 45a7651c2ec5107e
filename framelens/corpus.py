"""Corpus: articles, how they were read, and every layer of them, computed once."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._checks import (
    InputError,
    require_columns,
    require_inside,
    require_known,
)
from framelens._computed import Computed
from framelens._layers import ACTORS, DECLARED, layer, layers_named
from framelens._result import Result, write_report
from framelens._store import is_store, store_at
from framelens._wording import counted
from framelens._workers import require_workers
from framelens._zones import NAMED, ZONES, headlines, only_in
from framelens.read.about import about as find_about
from framelens.read.account import unlike_damage
from framelens.read.actors import actor_table
from framelens.read.admission import reading_of
from framelens.read.articles import articles_of, read_articles
from framelens.read.damage import sample_of
from framelens.read.event_table import event_table
from framelens.read.genres import genre_table, unlike_genres
from framelens.read.label_table import regrouped
from framelens.read.reading import Reading, warn_of_drops
from framelens.read.since import UNCHANGED, matched, reading_since
from framelens.read.stated import read_actors, with_column
from framelens.read.texts import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from framelens.read.actors import ActorTable
    from framelens.read.event_table import EventTable
    from framelens.read.source import Limits


_VOICES = ("voices", "marked_voices")
_BY_ZONE = (*_VOICES, "ledger", "marked_ledger")
"""Layers that are other ones in a zone of the texts."""

STORE_VARIABLE = "FRAMELENS_STORE"
"""The environment variable that names a store for every corpus that is read."""


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
    zone : str or None
        Which zone it is cut to: ``headline``, ``lede`` or ``body``; see `where`.
    since : Corpus or None
        The earlier articles that these were read against: ``read_corpus(since=)``.
    """

    articles: pd.DataFrame = field(repr=False)
    reading: Reading = field(repr=False)
    marks_only: bool
    _computed: Computed = field(repr=False)
    zone: str | None = None
    _uncut: Corpus | None = field(default=None, repr=False)
    since: Corpus | None = field(default=None, repr=False)

    def __repr__(self) -> str:
        outlets = self.articles["outlet"].nunique()
        zone = "" if self.zone is None else f", {NAMED[self.zone]}"
        return f"Corpus({len(self)} articles of {outlets} outlets{zone})"

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
        return self._computed.actors

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
        if self.zone in ("lede", "body") and name in _BY_ZONE:
            return self._of_zone(name)
        return self._computed.table(name, self.articles)

    def _of_zone(self, name: str) -> pd.DataFrame:
        """Give voices, or the ledger that follows from them, of one zone of texts."""
        held = self._in_zone.get(name)
        if held is None and name in _VOICES:
            voices = self._computed.table(name, self.articles)
            held = only_in(str(self.zone), voices, self.layer("zones"))
        elif held is None:
            needs = [need for need in layer(name).needs if need != ACTORS]
            given = {need: self.layer(need) for need in needs}
            actors = self.stated_actors
            held = layer(name).compute(self.articles, **given, actors=actors)
        self._in_zone[name] = held
        return held

    @cached_property
    def _in_zone(self) -> dict[str, pd.DataFrame]:
        return {}

    @property
    def whole(self) -> Corpus:
        """The same articles with all their zones; the corpus itself if none is cut."""
        if self._uncut is None:
            return self
        kept = self._uncut.articles
        kept = kept[kept["article"].isin(self.articles["article"])]
        return replace(self._uncut, articles=kept.reset_index(drop=True))

    def unread(self, most: int | None = None) -> pd.DataFrame:
        """Give the articles whose voices and speakers were not looked for so far.

        Reading them for the first time takes a fifth of a second each, or more.

        Parameters
        ----------
        most : int, optional
            Not all of them: about so many that are best read next.

        Returns
        -------
        DataFrame
            Rows of `articles`.
        """
        name = "marked_ledger" if self.marks_only else "ledger"
        if most is None:
            return self._computed.lacking(name, self.articles)
        return self._computed.next_lacking(name, self.articles, most)

    def unmarked(self) -> Corpus:
        """Give the same articles with nothing marked in them: no quotation, no voice.

        All words are of one voice, ``rest``. Words are counted in seconds so.

        Returns
        -------
        Corpus
        """
        none = {
            name: pd.DataFrame(columns=list(layer(name).columns))
            for name in ("quotations", "furniture")
        }
        return replace(self, marks_only=True).correct(**none)

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
        ``mismatched``, ``unclosed`` or ``label`` (an answer in an interview);
        ``continues``: the annotation of the quotation whose words it carries on
        without a cue of its own, else missing. Rules know names and titles, a
        classifier tells speech from the rest; on scraped articles of outlets that it
        did not learn from 96 % of 371 are right as speech or not, on PolNeAR (US news)
        91 % of 1,019, and of those that are in doubt by themselves 77 %.
        """
        return self.layer("quotations")

    @property
    def furniture(self) -> pd.DataFrame:
        """Spans that are no part of the story: datelines, captions, credits.

        No count contains them. ``kind``: ``metadata`` (a date field before the first
        sentence), ``dateline`` (place and agency, or the time of an update, before a
        paragraph), ``caption`` (a paragraph that ends in a picture credit or begins as
        one), ``licence`` (from the sentence of a rights notice to the end of its
        paragraph) or ``repeated`` (later copies of a paragraph of at least four words),
        one of the kinds of ``lists/furniture.toml``, or ``likely`` (no pattern knows
        it, and a classifier takes it for furniture: look at these first). Made for
        English news: furniture of other shapes is missed.
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
        speaker has in the whole corpus (see `actors`); ``affiliation``: the state or
        body for which they speak, by their office here, else in other articles
        (ministries and armies count as their state, a candidate as the campaign, a body
        as itself), missing where no article tells or the office is no longer held;
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

    @property
    def genres(self) -> pd.DataFrame:
        """The genre of every article, stated or guessed by its wording.

        ``article, genre``; ``by``: ``stated`` (by the source, or by address, section,
        title or small print), ``wording`` (a guess: ``report``, ``comment`` or
        ``interview``), missing with the genre where neither tells, as in texts under
        150 words; ``comment``: the probability of comment that the wording gives. On
        200 scraped US and UK articles, half of them comment, 92 % are right (95 %
        interval 88 to 96 %); where one article in twelve is comment, half of what is
        called so is. No comparison uses a guess unless you hand it in:
        ``corpus.correct(genres=corpus.genres)``. It rests on words that report and
        judge, so within guessed genres outlets differ less in these than they do.
        """
        return genre_table(self.articles, self.layer("genres"))

    def where(
        self,
        *,
        article: str | Sequence[str] | None = None,
        outlet: str | Sequence[str] | None = None,
        event: str | Sequence[str] | None = None,
        about: str | None = None,
        since: str | None = None,
        until: str | None = None,
        zone: str | None = None,
    ) -> Corpus:
        """Keep the articles that meet every condition, or one zone of them.

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
        zone : {"headline", "lede", "body"}, optional
            Count only there, whatever is measured: headlines are then compared with
            headlines. The lede is the first paragraph that is not furniture (of one
            longer than 100 words, its sentences up to the 30th word), the body what
            comes below. In these two the text stays whole, and all that stands outside
            the zone is furniture, which no count contains: counts of ledes and of
            bodies add up to those of the articles. Only the openings of `emphasis`,
            and sequences of words over the end of such a long paragraph, do not. The
            headline is the title, no part of the text: a corpus of headlines has the
            title as its text, and leaves out articles without one. A name in it means
            whom it means in the article. What is measured of the models' errors was
            measured on texts, not on headlines.

        Returns
        -------
        Corpus

        Raises
        ------
        UnknownNameError
            If an outlet, event, article or zone does not occur.
        InputError
            If a day is none, the query cannot be read, no article has a headline, or
            the corpus is cut to a zone already.

        Examples
        --------
        >>> corpus = read_corpus(pd.DataFrame({
        ...     "article": ["a", "b"], "outlet": ["Daily", "Herald"],
        ...     "text": ["Bread is dear.", "Tea is cheap."]}))
        >>> corpus.where(outlet="Daily")
        Corpus(1 articles of 1 outlets)
        >>> corpus.where(zone="lede")
        Corpus(2 articles of 2 outlets, in ledes)
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
        chosen_ones = replace(self, articles=kept.reset_index(drop=True))
        return chosen_ones if zone is None else chosen_ones._cut_to(zone)

    def _cut_to(self, zone: str) -> Corpus:
        """Keep one zone of every article."""
        require_known(zone, ZONES, kind="zone")
        self._require_whole("choose a zone of")
        if zone != "headline":
            return replace(self, zone=zone, _uncut=self)
        articles, computed = headlines(self)
        return Corpus(articles, self.reading, self.marks_only, computed, zone, self)

    def _require_whole(self, what: str) -> None:
        """Refuse what is done to whole articles only."""
        if self.zone is not None:
            raise InputError(
                f"this corpus is cut to one zone ({self.zone}); {what} the whole "
                "corpus, corpus.whole."
            )

    @property
    def new(self) -> Corpus:
        """The articles that were not there before, or not as they are now.

        A corpus of its own, of those read with ``read_corpus(since=)``; without earlier
        articles all are new.
        """
        if self.since is None:
            return self
        was = matched(self.articles, self.since.articles)
        return self.cut(was.loc[was["status"].ne(UNCHANGED), "article"])

    def set_against(self, earlier: Corpus) -> Corpus:
        """Give these articles with the earlier ones that they are set against.

        An identifier that stands for another article there has " (now)" added here.

        Parameters
        ----------
        earlier : Corpus

        Returns
        -------
        Corpus
        """
        self._require_whole("set against others")
        reading = replace(self.reading, articles=self.articles)
        made = reading_since(reading, earlier.articles)
        if made is reading:
            return replace(self, since=earlier)
        fresh = _corpus(made, self.stated_actors, marks_only=self.marks_only)
        return replace(_with_workers(fresh, self._computed.workers), since=earlier)

    def cut(self, article: Iterable[str]) -> Corpus:
        """Keep some articles as a corpus of their own, with what holds of them alone.

        Unlike `where`, layers that need the whole corpus are computed anew.

        Parameters
        ----------
        article : iterable of str
            Identifiers; those that are not there are passed over.

        Returns
        -------
        Corpus
        """
        self._require_whole("cut")
        kept = self.articles[self.articles["article"].isin(list(article))]
        kept = kept.reset_index(drop=True)
        return replace(self, articles=kept, _computed=self._computed.cut(kept))

    def correct(
        self,
        *,
        ledger: pd.DataFrame | None = None,
        quotations: pd.DataFrame | None = None,
        furniture: pd.DataFrame | None = None,
        events: pd.DataFrame | str | Path | None = None,
        genres: pd.DataFrame | str | Path | None = None,
        actors: pd.DataFrame | str | Path | None = None,
        labels: pd.DataFrame | str | Path | None = None,
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
        genres : DataFrame or path, optional
            ``article, genre``: the same for genres, such as ``corpus.genres``, in
            which those that nothing states are guesses.
        actors : DataFrame or path, optional
            As `framelens.read.read_actors` reads it; takes the place of the table
            that there was.
        labels : DataFrame or path, optional
            ``label, found, group``, as ``labels(corpus).draft(path)`` writes it.

        Returns
        -------
        Corpus

        Raises
        ------
        ColumnError, InputError
            If a table lacks a column or does not fit the texts, or the corpus is cut
            to a zone: correct the whole, then choose the zone.
        """
        self._require_whole("correct")
        given = {"ledger": ledger, "quotations": quotations, "furniture": furniture}
        tables: dict[str, pd.DataFrame] = {}
        for name, table in given.items():
            if table is not None:
                tables |= self._checked(name, table)
        if labels is not None:
            found = self._computed.table("labels", self._computed.articles)
            tables["labels"] = regrouped(found, labels)
        changed = set(tables)
        whole, kept = self._computed.articles, self.articles
        if events is not None:
            whole, kept = _filled(whole, kept, "event", events)
            changed |= {"events"}
        if genres is not None:
            whole, kept = _filled(whole, kept, "genre", genres)
        known = self.stated_actors if actors is None else read_actors(actors)
        if actors is not None:
            changed |= {ACTORS}
        computed = self._computed.with_corrections(whole, known, tables, changed)
        return replace(self, articles=kept, _computed=computed)

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

    def save(
        self,
        folder: str | Path,
        *,
        layers: Sequence[str] = (),
        workers: int | None = None,
    ) -> Path:
        """Keep articles, layers and corrections as a store: a folder of Parquet.

        Every layer is a folder, ``STORE/ledger.parquet``, that pandas, polars, DuckDB,
        Dask and Spark read as one table; ``STORE/articles.parquet`` has the articles.
        Kept are sentences, paragraphs, quotations, furniture, attributions, voices
        and the ledger with what they need, whatever else was computed of all
        articles, and `layers`. What is there and has not changed is not computed
        again: not after an interruption, and not for articles that stay the same when
        others are new. A damaged part is computed again. Afterwards the store holds
        this corpus and nothing else; saved by whatever number of workers, it has the
        same bytes.

        A corpus cut by `where` is saved as a corpus of its own; what `repair` changed
        in texts is not kept beside them.

        Parameters
        ----------
        folder : str or Path
            A folder of its own, made if it is not there.
        layers : sequence of str, optional
            More layers, such as ``mentions``, ``loaded_words``, ``events``; ``report``
            stands for all that findings and a report read of every article.
        workers : int, optional
            Processes; by default those of `read_corpus`.

        Returns
        -------
        Path
            The folder. `open_corpus` gives the corpus back.

        Raises
        ------
        UnknownNameError
            If there is no such layer.
        InputError
            If the folder is no store, or the disk refuses: what is finished stays, and
            the next run goes on from there. Or if the corpus is cut to a zone.
        """
        from framelens._saving import layers_there, save

        more = layers_named(layers)
        self._require_whole("save")
        computed = self._computed
        if len(self) < len(computed.articles):
            computed = self.cut(self.articles["article"])._computed
        save(
            computed,
            replace(self.reading, articles=self.articles),
            Path(folder),
            marks_only=self.marks_only,
            layers=[*layers_there(computed), *more],
            workers=computed.workers if workers is None else workers,
        )
        return Path(folder)

    @property
    def table(self) -> pd.DataFrame:
        """The articles."""
        return self.articles

    @property
    def caption(self) -> str:
        """How many articles there are, of how many outlets."""
        outlets = counted(self.articles["outlet"].nunique(), "outlet")
        zone = "" if self.zone is None else f", {NAMED[self.zone]}"
        return f"{counted(len(self), 'article')} of {outlets}{zone}"

    @property
    def notes(self) -> tuple[str, ...]:
        """What was read, dropped and found missing, line by line."""
        return tuple(self.account.splitlines())

    def unlike(self, *outlets: str) -> tuple[str, ...]:
        """Say in which damage to their texts, or in which genre, outlets are unlike."""
        here = self.articles
        if outlets:
            here = here[here["outlet"].isin(outlets)]
        said = unlike_damage(self.reading, here["article"])
        if here["genre"].notna().all():
            return said
        some = replace(self, articles=sample_of(here).reset_index(drop=True))
        return (*said, *unlike_genres(some.articles, some.genres))

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
            ``target, baseline, notebooks, also, pins``: as for
            `framelens.report.report`.

        Returns
        -------
        Path
            Of the page.
        """
        return write_report(self, out, **options)


def _filled(
    whole: pd.DataFrame,
    kept: pd.DataFrame,
    column: str,
    source: pd.DataFrame | str | Path,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Fill a column of all articles and of those kept from a table."""
    whole = with_column(whole, column, source)
    about = whole.set_index("article")[column]
    values = kept["article"].map(about).astype(object)
    return whole, kept.assign(**{column: values.where(values.notna(), None)})


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
    store: str | Path | None = None,
    workers: int | None = None,
    since: Corpus | pd.DataFrame | str | Path | None = None,
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
    store : str or Path, optional
        A folder that keeps what is computed, so that nothing is computed again in
        another notebook or tomorrow; see `Corpus.save` and ``framelens store``. By
        default what the environment variable ``FRAMELENS_STORE`` names, else none.
        A store that is full or cannot be written is said once.
    workers : int, optional
        Processes that annotate; by default one for every core left free, where there
        are articles enough (about ten seconds of work each).
    since : Corpus, DataFrame or path, optional
        Earlier articles, such as last week's or a store of all so far:
        ``framelens.report.watch`` says what is new since then. An identifier that
        stands for another article there has " (now)" added here.

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
    earlier = None if since is None else earlier_corpus(since, marks_only=marks_only)
    reading = reading if earlier is None else reading_since(reading, earlier.articles)
    corpus = _corpus(reading, actors, marks_only=marks_only, store=store)
    return replace(_with_workers(corpus, workers), since=earlier)


def open_corpus(store: str | Path) -> Corpus:
    """Open a corpus that was saved, with its layers, corrections and account.

    Parameters
    ----------
    store : str or Path
        The folder that `Corpus.save` or ``framelens annotate`` wrote. What is computed
        of the corpus from now on is kept there, too.

    Returns
    -------
    Corpus

    Raises
    ------
    InputError
        If there is no whole corpus in the folder, or articles in it are damaged.

    Examples
    --------
    >>> import tempfile
    >>> articles = pd.DataFrame({"article": ["a"], "text": ["“No,” said Ina Roth."]})
    >>> folder = read_corpus(articles).save(tempfile.mkdtemp())
    >>> open_corpus(folder).ledger["speaker"].tolist()
    ['Ina Roth']
    """
    from framelens._saving import opened

    computed, reading, marks_only = opened(Path(store))
    return _with_workers(Corpus(reading.articles, reading, marks_only, computed), None)


def earlier_corpus(
    since: Corpus | pd.DataFrame | str | Path, *, marks_only: bool = False
) -> Corpus:
    """Give the earlier articles; a folder of Parquet must be a whole store."""
    if isinstance(since, Corpus):
        return since
    if isinstance(since, str | Path) and any(Path(since).glob("*.parquet/")):
        return replace(corpus_of(open_corpus(since)), marks_only=marks_only)
    return read_corpus(since, marks_only=marks_only)


def corpus_of(
    source: Corpus | Reading | pd.DataFrame | str | Path,
    *,
    marks_only: bool = False,
    store: str | Path | None = None,
    workers: int | None = None,
) -> Corpus:
    """Give a function its corpus: a DataFrame must be articles, a path is read."""
    if isinstance(source, Corpus):
        return source
    if isinstance(source, str | Path) and is_store(Path(source)):
        corpus = _with_workers(open_corpus(source), workers)
        return replace(corpus, marks_only=marks_only or corpus.marks_only)
    if isinstance(source, Reading):
        reading = source
    elif isinstance(source, pd.DataFrame):
        reading = reading_of(articles_of(source), source="the DataFrame")
    else:
        return read_corpus(source, marks_only=marks_only, store=store, workers=workers)
    corpus = _corpus(reading, None, marks_only=marks_only, store=store)
    return _with_workers(corpus, workers)


def _with_workers(corpus: Corpus, workers: int | None) -> Corpus:
    """Let so many processes annotate; None: as many as are free and worth it."""
    from framelens._saving import share_out

    if workers is not None:
        require_workers(workers)
    corpus._computed.workers, corpus._computed.share_out = workers, share_out
    return corpus


def _corpus(
    reading: Reading,
    actors: pd.DataFrame | str | Path | None,
    *,
    marks_only: bool,
    store: str | Path | None = None,
) -> Corpus:
    known = None if actors is None else read_actors(actors)
    folder = store or os.environ.get(STORE_VARIABLE)
    computed = Computed(reading.articles, known, store=store_at(folder))
    return Corpus(reading.articles, reading, marks_only, computed)
