"""The verbs of the command line: what each takes, and what it does."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from framelens._checks import InputError, require_known
from framelens.cli.arguments import (
    add_articles_to_file,
    add_attributions,
    add_compare,
    add_folder,
    add_measure_alone,
    add_report,
    add_self_test,
    add_source,
)
from framelens.cli.measuring import (
    LINED_UP,
    check_measure,
    lined_up,
    measure_named,
)
from framelens.cli.output import (
    check_file,
    check_folder,
    staged_folder,
    write_table,
)
from framelens.cli.tables import pieces_told, with_bounds, with_totals, with_words

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd

    from framelens.read import Reading

LAYERS = ("sentences", "paragraphs", "quotations", "furniture", "attributions")
"""What `annotate` writes, a file each; and the voices that follow from them."""

ATTRIBUTED = [
    *("article", "annotation", "content", "source", "cue", "kind", "speaker"),
    *("affiliation", "cue_class", "depth", "probability", "outlet", "text"),
]
"""What `attributions` writes of each; the text is that of the content."""


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
    from framelens.read.articles import joined
    from framelens.read.reading import SHOWN_DROPS, lines_of

    out = check_file(given.out, sources=given.source)
    reading = joined([_reading(source, given) for source in given.source])
    write_table(reading.articles, out)
    say(_as_option(reading.account))
    for line in lines_of(reading.dropped, "Dropped")[SHOWN_DROPS:]:
        say(_as_option(line))


def _annotate(given: Namespace) -> None:
    from framelens import annotate

    out = check_folder(given.out, sources=[given.articles])
    articles = _articles(given)
    tables = {layer: getattr(annotate, layer)(articles) for layer in LAYERS}
    marked = {layer: tables[layer] for layer in LAYERS[2:]}
    tables["voices"] = annotate.voices(articles, **marked)
    with staged_folder(out) as folder:
        for layer, spans in tables.items():
            write_table(spans, folder / f"{layer}.parquet")
    found = ", ".join(f"{len(spans):,} {layer}" for layer, spans in tables.items())
    say(f"{len(articles):,} articles: {found}. Written to {out}.")
    _say_languages(articles)


def _events(given: Namespace) -> None:
    from framelens.align import events

    out = check_file(given.out, sources=[given.articles])
    articles = _articles(given)
    found = events(articles)
    write_table(found, out)
    count, stated = found["event"].nunique(), int(found["given"].sum())
    say(
        f"{len(found):,} articles in {count:,} events; {stated:,} had theirs stated. "
        f"Written to {out}."
    )


def _attributions(given: Namespace) -> None:
    sources = (
        [given.articles] if given.actors is None else [given.articles, given.actors]
    )
    out = check_file(given.out, sources=sources)
    from framelens.annotate import attribution_table
    from framelens.measure.full_names import with_full_names

    articles = _articles(given)
    table = attribution_table(articles, actors=given.actors)
    table = with_words(with_full_names(table, articles), articles)
    # The reader holds quotations without a probability for no attribution.
    found = table.loc[table["probability"].notna(), ATTRIBUTED].reset_index(drop=True)
    if out.suffix.lower() == ".csv":
        for name in ("content", "source", "cue"):
            found[name] = [pieces_told(some) for some in found[name]]
    write_table(found, out)
    named = found["speaker"].notna().sum()
    say(
        f"{len(articles):,} articles: {len(found):,} attributions, {named:,} with a "
        f"speaker. Written to {out}."
    )
    _say_languages(articles)


def _say_languages(articles: pd.DataFrame) -> None:
    """Say how many articles are not in English: speech in them is not read."""
    from framelens.show.languages import language_note

    note = language_note(articles)
    if note is not None:
        say(note)


def _measure(given: Namespace) -> None:
    sources = [one for one in (given.articles, given.reference) if one is not None]
    out = check_file(given.out, sources=sources)
    check_measure(given, lines_up=True)
    if given.name in LINED_UP:
        _line_up(given, out, sources)
        return
    articles = _articles(given)
    counts = measure_named(given)(articles)
    write_table(with_totals(counts), out)
    say(f"{counts!r}. Written to {out}.")
    _say_languages(articles)


def _line_up(given: Namespace, out: Path, sources: list[str]) -> None:
    """Write what is lined up; what differs in statements goes to a file beside it."""
    beside = out.with_name(f"{out.stem}-differences{out.suffix}")
    if given.name == "statements" and given.reference is None:
        check_file(str(beside), sources=sources)
    found = lined_up(given, _articles(given))
    write_table(found.table, out)
    for line in found.said:
        say(line)
    if found.differences is not None:
        write_table(found.differences, beside)
        say(f"Printings are written to {out}, their differences to {beside}.")


def _compare(given: Namespace) -> None:
    out = check_file(given.out, sources=[given.articles])
    check_measure(given)
    _check_two(given)
    from framelens.compare import contrast

    articles = _articles(given)
    _check_outlets(given, articles)
    result = contrast(
        measure_named(given)(articles),
        target=given.target,
        baseline=given.baseline,
        voice=given.voice,
        articles=articles,
    )
    write_table(with_bounds(result), out)
    say(result.caption)  # which says why nothing is tested, where nothing is
    for note in result.notes:
        say(note)


def _self_test(given: Namespace) -> None:
    out = check_file(given.out, sources=[given.articles])
    check_measure(given)
    from framelens.compare import self_test

    articles = _articles(given)
    if given.outlet is not None:
        require_known(given.outlet, articles["outlet"].dropna(), kind="outlet")
    result = self_test(
        measure_named(given)(articles),
        outlet=given.outlet,
        splits=given.splits,
        articles=articles,
        placebo=given.placebo,
    )
    write_table(result.table, out)
    say(result.caption)


def _report(given: Namespace) -> None:
    out = check_folder(given.out, sources=[given.articles])
    if (given.target is None) != (given.baseline is None):
        raise InputError(
            "a report compares --target with --baseline; give both or none"
        )
    if given.target is not None:
        _check_two(given)
    from framelens.corpus import corpus_of

    articles = _articles(given)
    if given.target is not None:
        _check_outlets(given, articles)
    corpus = corpus_of(articles, marks_only=given.voices == "marks")
    if given.actors is not None:
        corpus = corpus.correct(actors=given.actors)
    with staged_folder(out) as folder:
        page = corpus.report(folder, target=given.target, baseline=given.baseline)
        name = page.relative_to(folder)
    say(f"The report is {out / name}.")


def _reading(source: str, given: Namespace) -> Reading:
    from framelens.read import MAX_BYTES, read_articles

    limit = MAX_BYTES if given.max_bytes is None else given.max_bytes
    return read_articles(
        source,
        columns=given.columns,
        max_bytes=limit,
        date_format=given.date_format,
    )


def _articles(given: Namespace) -> pd.DataFrame:
    """Read the articles, and tell on standard error what was dropped or noted."""
    from framelens.read.reading import SHOWN_NOTES, lines_of

    reading = _reading(given.articles, given)
    for line in (
        *lines_of(reading.dropped, "Dropped"),
        *lines_of(reading.remarks, "Note", limit=SHOWN_NOTES),
    ):
        say(_as_option(line), to=sys.stderr)
    return reading.articles


def _as_option(told: str) -> str:
    """Name what can be set as it is named here."""
    limit = told.replace("raise max_bytes", "raise --max-bytes")
    return limit.replace("date_format=", "--date-format ")


def _check_outlets(given: Namespace, articles: pd.DataFrame) -> None:
    for outlet in (given.target, given.baseline):
        require_known(outlet, articles["outlet"].dropna(), kind="outlet")


def _check_two(given: Namespace) -> None:
    if given.target == given.baseline:
        raise InputError(
            f"--target and --baseline are both {given.target!r}; name two outlets"
        )


VERBS: dict[str, Verb] = {
    "read": Verb("read articles and say what was dropped, and why", add_source, _read),
    "events": Verb(
        "group articles by the event that they report", add_articles_to_file, _events
    ),
    "annotate": Verb(
        "mark sentences, paragraphs, quotations, furniture, attributions and voices",
        add_folder,
        _annotate,
    ),
    "attributions": Verb(
        "tell who is said to have said what, and who stands behind it",
        add_attributions,
        _attributions,
    ),
    "measure": Verb(
        "count (terms, speakers), or line up (statements, coverage, reuse, emphasis)",
        add_measure_alone,
        _measure,
    ),
    "compare": Verb("set two outlets side by side", add_compare, _compare),
    "self-test": Verb(
        "set each outlet against itself, to see what is found where nothing differs",
        add_self_test,
        _self_test,
    ),
    "report": Verb("write a report to open in a browser", add_report, _report),
}
"""Every verb, in the order of the work."""
