"""The verbs of the command line: what each takes, and what it does."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from framelens._checks import InputError, require_known
from framelens._declared import Measure
from framelens._store import is_store
from framelens.cli.arguments import (
    add_annotate,
    add_articles_to_file,
    add_compare,
    add_events,
    add_findings,
    add_measure,
    add_report,
    add_self_test,
    add_source,
    add_tend,
    add_watch,
    by_marks,
    measures,
    measures_and_alignments,
    options_of,
    pieces_in_a_cell,
    tables_of,
    with_reported,
    with_words,
)
from framelens.cli.output import (
    check_file,
    check_folder,
    staged_folder,
    write_table,
    write_tables,
)
from framelens.cli.store import annotate, check_annotate, tend

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

    from framelens.corpus import Corpus
    from framelens.read import Reading
    from framelens.report.watch import Watch

ATTRIBUTED = [
    *("article", "annotation", "content", "source", "cue", "kind", "speaker"),
    *("affiliation", "cue_class", "depth", "probability", "outlet", "text"),
]
"""What `attributions` writes of each; the text is that of the content."""

_OPTIONS = {
    "raise max_bytes": "raise --max-bytes",
    "date_format=": "--date-format ",
    "read_corpus(..., repair=True)": "--repair",
}
"""What messages advise, and what it is called on the command line."""


@dataclass(frozen=True)
class Verb:
    """One verb: a line of help, its arguments, and the function that does it."""

    help: str
    add_arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], None]


def say(text: str, *, to: TextIO | None = None) -> None:
    """Print `text` in what the encoding of the terminal can hold."""
    stream = to or sys.stdout
    if stream is None:  # the shell has closed it
        return
    encoding = stream.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding), file=stream)


def _read(given: Namespace) -> None:
    from framelens.read.account import SHOWN_DROPS, lines_of

    out = check_file(given.out, sources=given.source)
    reading = _reading(given.source, given)
    write_table(reading.articles, out)
    say(_as_option(reading.account))
    for line in lines_of(reading.dropped, "Dropped")[SHOWN_DROPS:]:
        say(_as_option(line))


def _annotate(given: Namespace) -> None:
    out = check_annotate(given, _sources(given))
    corpus = _corpus(given)
    say(annotate(given, corpus, out))
    _say_languages(corpus)


def _store(given: Namespace) -> None:
    for line in tend(given):
        say(line)


def _events(given: Namespace) -> None:
    from framelens.align import events as find_events

    out = check_file(given.out, sources=_sources(given))
    finer = given.finer or 1 / (given.coarser or 1)
    events = find_events(_corpus(given), finer=finer)
    write_table(events, out)
    count, stated = events["event"].nunique(), int(events["given"].sum())
    say(
        f"{len(events):,} articles in {count:,} events; {stated:,} had theirs stated. "
        f"Written to {out}."
    )
    if finer != 1:
        than = "finer" if finer > 1 else "coarser"
        say(
            f"Events are {than} than measured to be best: articles were joined from "
            f"{finer:.2g} times the usual nearness on."
        )


def _attributions(given: Namespace) -> None:
    out = check_file(given.out, sources=_sources(given))
    corpus = _corpus(given)
    articles = corpus.articles
    table = corpus.ledger
    table = with_words(table.assign(speaker=table["actor"]), articles)
    # Quotations without a probability are no attributions for the model.
    table = table.loc[table["probability"].notna(), ATTRIBUTED].reset_index(drop=True)
    if out.suffix.lower() == ".csv":
        for name in ("content", "source", "cue"):
            table[name] = [pieces_in_a_cell(pieces) for pieces in table[name]]
    write_table(table, out)
    named = table["speaker"].notna().sum()
    say(
        f"{len(corpus):,} articles: {len(table):,} attributions, {named:,} with a "
        f"speaker. Written to {out}."
    )
    _say_languages(corpus)


def _say_languages(corpus: Corpus) -> None:
    """Say how many articles are not in English: speech in them is not found."""
    from framelens.read.languages import language_note

    note = language_note(corpus.articles)
    if note is not None:
        say(note)


def _measure(given: Namespace) -> None:
    sources = _sources(given)
    out = check_file(given.out, sources=sources)
    known = measures_and_alignments()
    options = options_of(given, known)
    sources += [str(value) for value in options.values() if isinstance(value, Path)]
    check_file(given.out, sources=sources)
    declared = known[given.name]
    corpus = _cut_corpus(given, marks_only=by_marks(given, options))
    result = declared(corpus, **options)
    tables = tables_of(declared, result, options)
    paths = {
        name: out.with_name(f"{out.stem}-{name}{out.suffix}") if name else out
        for name in tables
    }
    for path in paths.values():
        check_file(str(path), sources=sources)
    write_tables({paths[name]: table for name, table in tables.items()})
    lines = [repr(result)] if isinstance(declared, Measure) else [result.caption]
    for line in lines if declared.lines is None else declared.lines(result):
        say(line)
    beside = [f"{name} to {path}" for name, path in paths.items() if name]
    say(f"Written to {', '.join([str(out), *beside])}.")
    _say_languages(corpus)


def _compare(given: Namespace) -> None:
    out = check_file(given.out, sources=_sources(given))
    options = options_of(given, measures())
    _check_two(given)
    from framelens.compare import contrast

    corpus = _cut_corpus(given, marks_only=by_marks(given, options))
    _check_outlets(given, corpus)
    result = contrast(
        measures()[given.name](corpus, **options),
        target=given.target,
        baseline=given.baseline,
        voice=given.voice,
        cluster=given.cluster,
        strata=given.strata,
        min_articles=given.min_articles,
    )
    write_table(with_reported(result), out)
    for line in (result.caption, result.refusal, *result.notes):
        if line is not None:
            say(line)


def _self_test(given: Namespace) -> None:
    out = check_file(given.out, sources=_sources(given))
    options = options_of(given, measures())
    from framelens.compare import self_test

    corpus = _cut_corpus(given, marks_only=by_marks(given, options))
    if given.outlet is not None:
        require_known(given.outlet, corpus.articles["outlet"].dropna(), kind="outlet")
    result = self_test(
        measures()[given.name](corpus, **options),
        outlet=given.outlet,
        splits=given.splits,
        placebo=given.placebo,
        cluster=given.cluster,
        strata=given.strata,
    )
    write_table(result.table, out)
    for line in (result.caption, result.refusal):
        if line is not None:
            say(line)


def _findings(given: Namespace) -> None:
    out = check_file(given.out, sources=_sources(given))
    corpus = _corpus_of_two(given)
    from framelens.report import findings

    found = findings(corpus, target=given.target, baseline=given.baseline)
    write_table(found.table, out)
    for number, one in enumerate(found.first, start=1):
        say(f"{number}. {one.sentence} [{one.theme}; {one.strength}]")
    for line in (found.caption, found.refusal, *found.notes):
        if line is not None:
            say(line)


def _report(given: Namespace) -> None:
    out = _check_report(given, _sources(given))
    _write_report(_corpus_of_two(given), out, given)


def _watch(given: Namespace) -> None:
    out = _check_report(given, [*_sources(given), given.since])
    from framelens.corpus import earlier_corpus
    from framelens.report.watch import watch

    earlier = earlier_corpus(given.since, marks_only=given.voices == "marks")
    corpus = _corpus_of_two(given).set_against(earlier)
    found = watch(corpus, actors=given.actor, topics=given.topic)
    for number, one in enumerate(found.first, start=1):
        say(f"{number}. {one.sentence} [{one.theme}; {one.strength}]")
    for line in (found.caption, found.refusal, *found.notes):
        if line is not None:
            say(line)
    _write_report(found.corpus if len(found.corpus) else corpus, out, given, found)


def _check_report(given: Namespace, sources: list[str]) -> Path:
    """Check, before any article is read, where a report goes and what beside it."""
    out = check_folder(given.out, sources=sources)
    from framelens.report.exports import EXPORTS

    for kind in given.also:
        require_known(kind, list(EXPORTS), kind="export")
    return out


def _write_report(
    corpus: Corpus, out: Path, given: Namespace, found: Watch | None = None
) -> None:
    """Write a report, whole or not at all, and say where it is."""
    with staged_folder(out) as folder:
        page = corpus.report(
            folder,
            target=given.target,
            baseline=given.baseline,
            also=given.also,
            pins=given.pins,
            watched=found,
        )
        name = page.relative_to(folder)
    say(f"The report is {out / name}.")


def _corpus_of_two(given: Namespace) -> Corpus:
    """Read articles, of which two outlets may be named to be compared."""
    if (given.target is None) != (given.baseline is None):
        raise InputError(
            "a report compares --target with --baseline; give both or none"
        )
    if given.target is not None:
        _check_two(given)
    corpus = _corpus(given, marks_only=given.voices == "marks")
    if given.target is not None:
        _check_outlets(given, corpus)
    return corpus


def _reading(source: str | list[str], given: Namespace) -> Reading:
    """Read one source, or several, as the options say."""
    from framelens.read import MAX_BYTES, read_articles

    limit = MAX_BYTES if given.max_bytes is None else given.max_bytes
    return read_articles(
        source,
        columns=given.columns,
        max_bytes=limit,
        date_format=given.date_format,
        folders=given.folders,
        repair=given.repair,
    )


def _corpus(given: Namespace, *, marks_only: bool = False) -> Corpus:
    """Read the corpus, and say on standard error what was dropped or noted."""
    from framelens.corpus import corpus_of
    from framelens.read.account import SHOWN_NOTES, lines_of

    store = getattr(given, "store", None)
    if is_store(Path(given.articles)):
        corpus = corpus_of(given.articles, marks_only=marks_only, workers=given.workers)
        if given.actors is None and given.events is None:
            return corpus
        return corpus.correct(actors=given.actors, events=given.events)
    reading = _reading(given.articles, given)
    for line in (
        *lines_of(reading.dropped, "Dropped"),
        *lines_of(reading.remarks, "Note", limit=SHOWN_NOTES),
    ):
        say(_as_option(line), to=sys.stderr)
    corpus = corpus_of(
        reading, marks_only=marks_only, store=store, workers=given.workers
    )
    return corpus.correct(actors=given.actors, events=given.events)


def _cut_corpus(given: Namespace, *, marks_only: bool) -> Corpus:
    """Read the corpus, and cut it to the zone that is asked for."""
    corpus = _corpus(given, marks_only=marks_only)
    return corpus if given.zone is None else corpus.where(zone=given.zone)


def _sources(given: Namespace) -> list[str]:
    """Name the files that are read, and must not be written over."""
    read = (given.articles, given.actors, given.events)
    return [path for path in read if path is not None]


def _as_option(line: str) -> str:
    """Name what can be set as it is named on the command line."""
    for ours, option in _OPTIONS.items():
        line = line.replace(ours, option)
    return line


def _check_outlets(given: Namespace, corpus: Corpus) -> None:
    """Refuse outlets that do not occur."""
    for outlet in (given.target, given.baseline):
        require_known(outlet, corpus.articles["outlet"].dropna(), kind="outlet")


def _check_two(given: Namespace) -> None:
    """Refuse one outlet on both sides."""
    if given.target == given.baseline:
        raise InputError(
            f"--target and --baseline are both {given.target!r}; name two outlets"
        )


VERBS: dict[str, Verb] = {
    "read": Verb("read articles and say what was dropped, and why", add_source, _read),
    "events": Verb("group articles by the event that they report", add_events, _events),
    "annotate": Verb(
        "mark sentences, quotations, voices ... and who says what, in a folder that "
        "keeps it",
        add_annotate,
        _annotate,
    ),
    "store": Verb(
        "say what is in a store, its size and what is stale; clear it",
        add_tend,
        _store,
    ),
    "attributions": Verb(
        "tell who is said to have said what, and who stands behind it",
        add_articles_to_file,
        _attributions,
    ),
    "measure": Verb(
        "count, as terms and speakers, or line up, as statements and coverage",
        add_measure,
        _measure,
    ),
    "compare": Verb("set two outlets side by side", add_compare, _compare),
    "self-test": Verb(
        "set each outlet against itself, to see what is found where nothing differs",
        add_self_test,
        _self_test,
    ),
    "findings": Verb(
        "say in sentences what the articles show", add_findings, _findings
    ),
    "watch": Verb(
        "say what is new since last time, and write a report on it", add_watch, _watch
    ),
    "report": Verb("write a report to open in a browser", add_report, _report),
}
"""Every verb, in the order of the work."""
