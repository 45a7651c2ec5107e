"""Where an exploration is kept: what is chosen, and what was pinned, in one file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._checks import InputError, require_columns, require_inside
from framelens.read.source import shown
from framelens.read.tables import read_table
from framelens.show.coding_store import note_of, writable
from framelens.show.figure import write

if TYPE_CHECKING:
    from collections.abc import Mapping

KIND = "framelens exploration"
"""What the file says that it is, so that another is not taken for one."""

VERSION = 1
"""The form of the file."""

PIN_COLUMNS = ["article", "start", "end", "note", "text"]
"""What is kept of a pin; `text` shows whether the article is still the same."""

LARGEST = 20_000_000
"""Bytes of a file that are read at most: thousands of pins fit in."""


@dataclass(frozen=True)
class Choice:
    """What is chosen: one view of the corpus.

    No `outlets` are all of them, no `zone` is the whole text. `contains` keeps items
    that contain it. The sentences are those of the `query` where there is one, else of
    the `item`; `place` is the one that is read: its article, start and end.
    """

    outlets: tuple[str, ...] = ()
    event: str | None = None
    actor: str | None = None
    measure: str = "speakers"
    options: Mapping[str, str] = field(default_factory=dict)
    voice: str = "all"
    zone: str = ""
    contains: str = ""
    item: str | None = None
    query: str = ""
    by: str = "word"
    place: tuple[str, int, int] | None = None


@dataclass(frozen=True)
class Pin:
    """A stretch of an article that the reader keeps, with a note."""

    article: str
    start: int
    end: int
    note: str | None
    text: str

    @property
    def place(self) -> tuple[str, int, int]:
        """Where it is."""
        return self.article, self.start, self.end


@dataclass(frozen=True)
class Exploration:
    """All that is kept: the choice and the pins."""

    choice: Choice = Choice()
    pins: tuple[Pin, ...] = ()

    @property
    def table(self) -> pd.DataFrame:
        """The pins: ``article, start, end, note, text``."""
        columns = {
            name: pd.Series([getattr(pin, name) for pin in self.pins], dtype=object)
            for name in PIN_COLUMNS
        }
        table = pd.DataFrame(columns)
        return table.astype({"start": "int64", "end": "int64"})

    def pinned(self, pin: Pin) -> Exploration:
        """Add a pin; one of the same place is replaced."""
        places = [one.place for one in self.pins]
        if pin.place in places:
            row = places.index(pin.place)
            return replace(self, pins=(*self.pins[:row], pin, *self.pins[row + 1 :]))
        return replace(self, pins=(*self.pins, pin))

    def write(self, path: Path) -> None:
        """Write it aside, and move it in the place of what was there."""
        kept = {
            "what": KIND,
            "version": VERSION,
            "choice": asdict(self.choice),
            "pins": [asdict(pin) for pin in self.pins],
        }
        write(path, json.dumps(kept, indent=1).encode("ascii"))


def state_file(path: str | Path) -> Path:
    """Give the file of an exploration, in a folder that can be written."""
    file = Path(path)
    if file.suffix.lower() != ".json" or file.is_dir():
        raise InputError(
            "state= is a JSON file, such as 'my-exploration.json'; found "
            f"{shown(file)!r}."
        )
    return writable(file)


def read_exploration(path: Path) -> Exploration:
    """Read an exploration; a file that is damaged, or another, is refused."""
    other = "give another path, or move the file away."
    refused = InputError(f"{path.name} is no exploration, or is damaged; {other}")
    try:
        if path.stat().st_size > LARGEST:
            raise refused
        kept = json.loads(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        raise refused from None
    if not isinstance(kept, dict) or kept.get("what") != KIND:
        raise refused
    if kept.get("version") != VERSION:
        raise InputError(
            f"{path.name} was written by another version of framelens; {other}"
        )
    try:
        choice = _choice(kept["choice"])
        pins = tuple(_pin(one) for one in kept["pins"])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise refused from None
    return Exploration(choice, pins)


def pins_of(source: Any, articles: pd.DataFrame) -> pd.DataFrame:
    """Take pins in any of their forms, and check that they are of these articles.

    A table, an explorer, a CSV file, or the file of an exploration.
    """
    if isinstance(source, str | Path):
        path = Path(source)
        if not path.is_file():
            raise InputError(f"there is no file {shown(path)!r} with pins.")
        if path.suffix.lower() == ".json":
            table = read_exploration(path).table
        else:
            table = read_table(path).table
            table.columns = pd.Index([str(one).strip().lower() for one in table])
    else:
        table = source if isinstance(source, pd.DataFrame) else source.pins
    require_columns(table, PIN_COLUMNS[:3], of="the pins")
    pins = table.reindex(columns=PIN_COLUMNS).astype(object)
    pins = pins.assign(article=pins["article"].astype(str))
    lengths = {
        str(name): len(text)
        for name, text in zip(articles["article"], articles["text"], strict=True)
    }
    require_inside(pins, lengths, of="the pins")
    for name in ("start", "end"):
        pins[name] = pd.to_numeric(pins[name]).astype("int64")
    known = pins["text"].map(lambda text: isinstance(text, str))
    return pins.assign(text=pins["text"].where(known, None))


def _choice(kept: dict[str, Any]) -> Choice:
    """Check every field of a choice that was read."""
    unknown = set(kept) - {one.name for one in fields(Choice)}
    if unknown:
        raise ValueError(unknown)
    word = {
        name: _word(kept[name])
        for name in ("measure", "voice", "contains", "query", "by")
    }
    place = kept["place"]
    return Choice(
        outlets=tuple(_word(name) for name in _list(kept["outlets"])),
        event=_text(kept["event"]),
        actor=_text(kept["actor"]),
        item=_text(kept["item"]),
        zone=_word(kept.get("zone", "")),
        options={_word(name): _word(to) for name, to in kept["options"].items()},
        place=None if place is None else _place(*_list(place)),
        **word,
    )


def _pin(kept: dict[str, Any]) -> Pin:
    """Check every field of a pin that was read."""
    place = _place(kept["article"], kept["start"], kept["end"])
    return Pin(*place, note_of(_text(kept["note"])), _word(kept["text"]))


def _place(article: Any, start: Any, end: Any) -> tuple[str, int, int]:
    for number in (start, end):
        if not isinstance(number, int) or isinstance(number, bool):
            raise TypeError(number)
    if not 0 <= start < end:
        raise ValueError(start)
    return _word(article), start, end


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _text(value: Any) -> str | None:
    return None if value is None else _word(value)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value
