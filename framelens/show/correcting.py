"""Correcting: what the software found in a corpus, to accept, change or reject."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import pandas as pd

from framelens._checks import InputError
from framelens._wording import BETWEEN_SPEAKERS
from framelens.annotate.attributions import pieces_of
from framelens.annotate.paragraphs import paragraph_offsets
from framelens.annotate.source_types import SOURCE_TYPES
from framelens.read.cells import as_text
from framelens.read.stated import ACTOR_COLUMNS, MORE_ACTOR_COLUMNS, alias_key
from framelens.show.coding_task import Task, View, context_pieces, pieces_of_text
from framelens.show.text import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from framelens.corpus import Corpus
    from framelens.show.coding_task import Piece

ACCEPT, CHANGE, REJECT = "accept", "change", "reject"
"""The answers to what the software found."""

OPEN = "You see what the software found. Outlets are not named beside the texts."
"""What is said of blindness where there is none."""

MOST = 5
"""Titles and passages shown of many."""

OPENING = 900
"""Characters of an article that are shown to tell its event."""

NO_EVENT = "no other article reports it: "
"""What the event of an article begins with that reports none of the others."""


def correcting_task(corpus: Corpus, what: str) -> Task:
    """Ask of what the software found in a layer whether it is right."""
    task = KINDS[what](corpus)
    if not task.asked:
        raise InputError(f"there is nothing to correct: no {task.unit} was found.")
    return task


def _task(
    rows: pd.DataFrame,
    view: Callable[[int], View],
    table: Callable[[pd.DataFrame], pd.DataFrame],
    *,
    stem: str,
    unit: str,
    meanings: Sequence[str],
    fields: dict[str, str],
    legend: tuple[str, ...] = (),
) -> Task:
    """Give a task of accepting, changing and rejecting; all cells are text."""
    rows = rows.reset_index(drop=True)
    cells = {
        name: pd.Series([as_text(cell) for cell in rows[name]], dtype=object)
        for name in rows
    }
    return Task(
        pd.DataFrame(cells).assign(label=None, note=None),
        list(range(len(rows))),
        dict(zip((ACCEPT, CHANGE, REJECT), meanings, strict=True)),
        view,
        stem=stem,
        unit=unit,
        blind=OPEN,
        fields=fields,
        legend=legend,
        table=table,
    )


def _ledger(corpus: Corpus) -> Task:
    """Ask of each attribution who speaks; the least sure come first."""
    ledger = corpus.ledger
    texts = _texts(corpus)
    named = ledger[["article", "speaker"]].dropna().drop_duplicates()
    speakers = named.groupby("article")["speaker"].agg(sorted)
    rows = ledger.assign(
        id=ledger["annotation"], item="attribution", sure=ledger["sure"].astype(bool)
    ).sort_values(["sure", "probability"], kind="stable", ignore_index=True)

    def view(place: int) -> View:
        row = rows.iloc[place]
        marks = [
            (start, end, role)
            for role in ("source", "cue", "content")
            for start, end in pieces_of(row[role])
        ]
        inside = (int(row["start"]), int(row["end"]))
        how = row["resolved_by"] or "not found"
        return View(
            "Does this speaker say the marked words?",
            _in_paragraphs(texts[row["article"]], inside, marks),
            [
                ("found by", f"{how}, {'sure' if row['sure'] else 'not sure'}"),
            ],
            {"speaker": list(speakers.get(row["article"], []))},
        )

    def table(sheet: pd.DataFrame) -> pd.DataFrame:
        said = sheet.set_index("id")
        layer = corpus.ledger
        label = layer["annotation"].map(said["label"])
        layer = layer[label.ne(REJECT)].reset_index(drop=True)
        label = layer["annotation"].map(said["label"])
        by_hand = label.eq(CHANGE)
        speaker = (
            layer["annotation"].map(said["speaker"]).where(by_hand, layer["speaker"])
        )
        where = layer["annotation"].map(said["affiliation"])
        another = by_hand & speaker.ne(layer["speaker"])
        for name in ("speaker_kind", "source_type", "affiliation"):
            layer[name] = layer[name].mask(another, None)
        changed = by_hand & ~(another & where.eq(_found(rows, layer, "affiliation")))
        layer["affiliation"] = layer["affiliation"].mask(changed, where)
        layer["resolved_by"] = layer["resolved_by"].mask(another, None)
        layer["anonymous"] = layer["anonymous"] & ~another
        layer["speaker"] = speaker.where(speaker.notna(), None)
        sure = layer["sure"] | label.isin([ACCEPT, CHANGE])
        return layer.assign(sure=sure & layer["speaker"].notna())

    columns = [
        "id",
        "item",
        "article",
        "text",
        "speaker",
        "affiliation",
        "start",
        "end",
    ]
    return _task(
        rows[columns],
        view,
        table,
        stem="ledger",
        unit="attribution",
        meanings=(
            "This speaker says these words.",
            "Somebody else says them: type who.",
            "Nobody says them. A quotation stays one, without a speaker.",
        ),
        fields={"speaker": "speaker", "affiliation": "state or body"},
        legend=("content", "source", "cue"),
    )


def _found(rows: pd.DataFrame, layer: pd.DataFrame, name: str) -> pd.Series:
    """Give what was found in one column, for the rows of a layer."""
    return layer["annotation"].map(rows.drop_duplicates("id").set_index("id")[name])


def _furniture(corpus: Corpus) -> Task:
    """Ask of each stretch of furniture whether it is none; the likely ones first."""
    found, texts = corpus.furniture, _texts(corpus)
    rows = found.assign(
        id=found["annotation"],
        item="furniture",
        text=[
            texts[article][start:end]
            for article, start, end in found[["article", "start", "end"]].to_numpy()
        ],
        first=found["kind"].ne("likely"),
    ).sort_values("first", kind="stable", ignore_index=True)
    kinds = sorted(set(found["kind"].dropna()))

    def view(place: int) -> View:
        row = rows.iloc[place]
        inside = (int(row["start"]), int(row["end"]))
        return View(
            "Is the marked stretch no part of the story?",
            _in_paragraphs(texts[row["article"]], inside, [(*inside, "content")]),
            [("taken for", str(row["kind"]))],
            {"kind": kinds},
        )

    def table(sheet: pd.DataFrame) -> pd.DataFrame:
        said = sheet.set_index("id")
        layer = corpus.furniture
        label = layer["annotation"].map(said["label"])
        kind = layer["annotation"].map(said["kind"])
        layer["kind"] = layer["kind"].mask(label.eq(CHANGE), kind)
        return layer[label.ne(REJECT)].reset_index(drop=True)

    return _task(
        rows[["id", "item", "article", "text", "kind", "start", "end"]],
        view,
        table,
        stem="furniture",
        unit="stretch",
        meanings=(
            "It is no part of the story, and is left out of every count.",
            "It is left out, too, and is of another kind: type which.",
            "It is the story, and is counted.",
        ),
        fields={"kind": "kind"},
        legend=("content",),
    )


def _actors(corpus: Corpus) -> Task:
    """Ask of each name whom it means; those with the most words first."""
    actors = corpus.actors
    rows = actors._aliases.assign(
        id=lambda it: it["alias"], item="actor", text=lambda it: it["alias"]
    )
    rows = rows.reset_index(drop=True)
    ledger = corpus.ledger
    said_by = ledger.assign(form=ledger["speaker"].str.split(BETWEEN_SPEAKERS))
    said_by = said_by[said_by["form"].notna()].explode("form")
    texts, forms = (
        _texts(corpus),
        dict(zip(actors["actor"], actors["forms"], strict=True)),
    )

    def view(place: int) -> View:
        row = rows.iloc[place]
        pieces: list[Piece] = []
        shown: set[tuple[str, ...]] = set()
        places = said_by.loc[
            said_by["form"].eq(row["alias"]), ["article", "start", "end"]
        ]
        for article, start, end in places.head(MOST).to_numpy(object).tolist():
            mark = [(start, end, "content")]
            some = _in_paragraphs(texts[article], (start, end), mark, around=0)
            words = tuple(said for said, *_ in some)
            if words not in shown:
                shown.add(words)
                pieces += [*some, ("\n\n", "context", None, None)]
        nothing: list[Piece] = [
            ("No words are attributed to it.", "context", None, None)
        ]
        return View(
            f"Whom does “{row['alias']}” mean?",
            pieces[:-1] or nothing,
            [
                ("names joined", forms.get(row["actor"], "–")),
            ],
            {
                "actor": list(forms),
                "kind": sorted(set(actors["kind"].dropna())),
                "source_type": list(SOURCE_TYPES),
            },
        )

    def table(sheet: pd.DataFrame) -> pd.DataFrame:
        mine = sheet[sheet["label"].isin([ACCEPT, CHANGE, REJECT])]
        mine = mine.assign(actor=mine["actor"].mask(mine["label"].eq(REJECT), None))
        made = mine[[*ACTOR_COLUMNS, *MORE_ACTOR_COLUMNS]]
        before = corpus.stated_actors
        if before is not None:
            keys = set(made["alias"].map(alias_key))
            made = pd.concat([made, before[~before["alias"].map(alias_key).isin(keys)]])
        return made.reset_index(drop=True)

    columns = ["id", "item", "text", *ACTOR_COLUMNS, *MORE_ACTOR_COLUMNS]
    return _task(
        rows[columns],
        view,
        table,
        stem="actors",
        unit="name",
        meanings=(
            "The name means whom it was taken for.",
            "It means another, or what is said of it is wrong: type what is right.",
            "It names nobody who speaks.",
        ),
        fields={
            "actor": "means",
            "affiliation": "state or body",
            "kind": "kind",
            "source_type": "type of source",
        },
        legend=("content",),
    )


def _events(corpus: Corpus) -> Task:
    """Ask of each article which event it reports; the uncertain come first."""
    events = corpus.events
    texts = _texts(corpus)
    about = corpus.articles.set_index("article")
    names = {
        article: shortened(text if title is None else title, width=90)
        for article, title, text in zip(
            about.index, map(as_text, about["title"]), about["text"], strict=True
        )
    }
    members = events.groupby("event")["article"].agg(list)
    rows = (
        events[~events["given"].astype(bool)]
        .assign(
            id=lambda it: it["article"],
            item="event",
            text=lambda it: it["article"].map(names),
        )
        .sort_values("certain", kind="stable", ignore_index=True)
    )

    def others(event: object, article: str) -> str:
        if not isinstance(event, str):
            return "none"
        titles = [names[one] for one in members.get(event, []) if one != article]
        more = f" and {len(titles) - MOST} more" if len(titles) > MOST else ""
        return " · ".join(titles[:MOST]) + more if titles else "none"

    def view(place: int) -> View:
        row = rows.iloc[place]
        article = str(row["article"])
        start = texts[article][:OPENING]
        facts = [("reported also by", others(row["event"], article))]
        if isinstance(row["other_event"], str):
            nearest = others(row["other_event"], "")
            facts.append(("nearest other event", f"{row['other_event']}: {nearest}"))
        cut = "…" if len(texts[article]) > OPENING else ""
        return View(
            "Does this article report that event?",
            [
                (f"{names[article]}\n", "heading", None, None),
                *pieces_of_text(start + cut),
            ],
            facts,
            {"event": list(members.index)},
        )

    def table(sheet: pd.DataFrame) -> pd.DataFrame:
        mine = sheet[sheet["label"].isin([ACCEPT, CHANGE, REJECT])]
        event = mine["event"].mask(mine["label"].eq(REJECT), NO_EVENT + mine["article"])
        return mine.assign(event=event)[["article", "event"]].reset_index(drop=True)

    return _task(
        rows[["id", "item", "article", "text", "event"]],
        view,
        table,
        stem="events",
        unit="article",
        meanings=(
            "It reports this event.",
            "It reports another: choose or type which.",
            "It reports none that another article reports.",
        ),
        fields={"event": "event"},
    )


KINDS: dict[str, Callable[[Corpus], Task]] = {
    "ledger": _ledger,
    "furniture": _furniture,
    "actors": _actors,
    "events": _events,
}
"""What can be corrected, as ``corpus.correct`` names it."""


def _texts(corpus: Corpus) -> dict[str, str]:
    return dict(zip(corpus.articles["article"], corpus.articles["text"], strict=True))


def _in_paragraphs(
    text: str,
    inside: tuple[int, int],
    marks: Sequence[tuple[int, int, str]],
    *,
    around: int = 1,
) -> list[Piece]:
    """Give a stretch in its paragraphs, and those around it."""
    offsets = paragraph_offsets(text)
    starts = [start for start, _ in offsets]
    first = max(bisect_right(starts, inside[0]) - 1, 0)
    last = max(bisect_right(starts, max(inside[1] - 1, inside[0])) - 1, first)
    start = min(starts[first] if starts else 0, inside[0])
    end = max(offsets[last][1] if offsets else len(text), inside[1])
    before = starts[max(first - around, 0)] if starts else 0
    after = offsets[min(last + around, len(offsets) - 1)][1] if offsets else len(text)
    moved = [(a - start, b - start, role) for a, b, role in marks]
    return [
        *context_pieces(text[min(before, start) : start], None),
        *pieces_of_text(text[start:end], marks=moved),
        *context_pieces(text[end : max(after, end)], None),
    ]
