"""The page to code on: what it shows, and what it may ask for."""

from __future__ import annotations

import json
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from framelens._checks import InputError
from framelens._wording import counted
from framelens.show.coding_task import CANNOT_TELL, SPANS
from framelens.show.notebook_page import answer_wishes, page_class
from framelens.show.text import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from framelens.show.coding import Coding

ANSWERS = ("answer", "note", "undo", "go", "look")
"""What the page may ask for."""

CUT = 200
"""Values that are offered for a field; more would make the page slow."""


def widget_of(coding: Coding) -> Any:
    """Make the page of a coding; it talks to the kernel it was made in."""
    widget = page_class("coding")(state=state_of(coding, "", 0))

    def show(said: str, number: Any, error: str | None) -> None:
        widget.state = state_of(coding, said, number, error=error)

    answer_wishes(widget, partial(_obey, coding), show, coding.path)
    return widget


def _obey(coding: Coding, message: Mapping[str, Any]) -> str:
    """Do what the page asks for, and say what was done; what is stale is not done."""
    wish = message["wish"]
    if wish not in ANSWERS:
        raise InputError(f"the page asked for {wish!r}, which there is not.")
    if wish == "look":
        return ""
    if wish == "undo":
        coding.undo()
        return "Taken back."
    if message.get("place") != coding.place:
        return ""  # the page showed another passage than the one this is about
    if wish == "go":
        if isinstance(message.get("note"), str) and coding.place is not None:
            coding.note(message["note"])  # typed, and not sent before
        many = len(coding.task.asked)
        here = coding.number or many + 1
        coding.go(min(max(here + (1 if message["by"] > 0 else -1), 1), many))
        return ""
    if wish == "note":
        coding.note(message["note"])
        return "Note saved."
    changes = {
        str(name): value for name, value in (message.get("changes") or {}).items()
    }
    label = str(message["label"])
    coding.answer(
        label, note=message.get("note"), spans=message.get("spans") or (), **changes
    )
    return f"Saved: {label}."


def state_of(
    coding: Coding, said: str, number: Any, *, error: str | None = None
) -> dict[str, Any]:
    """Give all that the page shows, as data: no part of it is HTML."""
    task, place = coding.task, coding.place
    keys = keys_of(task.labels)
    state: dict[str, Any] = {
        "number": number,
        "said": said,
        "error": None if error is None else plain(error),
        "of": len(task.asked),
        "done": coding.done,
        "coder": plain(coding.coder),
        "file": plain(coding.path.name),
        "unit": task.unit,
        "blind": task.blind,
        "codebook": {
            "name": plain(task.codebook.name),
            "text": plain(task.codebook.definition),
            "examples": [
                [plain(label), plain(text)] for text, label in task.codebook.examples
            ],
        },
        "labels": [
            {
                "name": name,
                "shown": plain(name),
                "keys": keys[name],
                "meaning": plain(meaning),
            }
            for name, meaning in [*task.labels.items(), (CANNOT_TELL, "")]
        ],
        "change": task.changes,
        "spans": task.spans,
        "legend": list(task.legend),
        "undo": coding.can_undo,
        "place": place,
        "to_code": counted(len(task.asked), task.unit),
    }
    if place is None:
        return state
    view = task.view(place)
    answer = coding.answer_at(place)
    marked = answer.get(SPANS) if task.spans else None
    return state | {
        "here": coding.number,
        "question": plain(view.question),
        "pieces": [list(piece) for piece in view.pieces],
        "facts": [[plain(name), plain(value)] for name, value in view.facts],
        "given": answer["label"],
        "note": answer["note"] or "",
        "marked": _stretches(marked),
        "fields": [
            {
                "name": name,
                "label": label,
                "value": (
                    answer[name] if answer["label"] else coding.found(place, name)
                )
                or "",
                "choices": view.choices.get(name, [])[:CUT],
            }
            for name, label in task.fields.items()
        ],
    }


def keys_of(labels: Mapping[str, str]) -> dict[str, list[str]]:
    """Give each label its keys: the first letters, if no two are alike, and digits.

    >>> keys_of({"yes": "", "no": ""})
    {'yes': ['y', '1'], 'no': ['n', '2'], 'cannot tell': ['?', '0']}
    >>> keys_of({"war": "", "water": ""})
    {'war': ['1'], 'water': ['2'], 'cannot tell': ['?', '0']}
    >>> keys_of({"1": "", "2": "", "7": ""})
    {'1': ['1'], '2': ['2'], '7': ['7'], 'cannot tell': ['?', '0']}
    """
    names = list(labels)
    own = {name for name in names if len(name) == 1 and name.isdigit()}
    first = [name[:1].lower() for name in names]
    letters = "".join(first).isalpha() and len(set(first)) == len(first)
    keys: dict[str, list[str]] = {}
    for place, (name, letter) in enumerate(zip(names, first, strict=True), 1):
        mine = [letter] if letters else []
        if name in own:
            mine = [name]
        elif not own and place < 10:
            mine.append(str(place))
        keys[name] = mine
    keys[CANNOT_TELL] = ["?"] if "0" in own else ["?", "0"]
    return keys


def _stretches(marked: str | None) -> list[list[int]]:
    """Read stretches that were marked; none if a spreadsheet made something else."""
    try:
        found = json.loads(marked) if marked else []
        return [[int(start), int(end)] for start, end in found]
    except (TypeError, ValueError):
        return []


def lines_of(coding: Coding) -> list[str]:
    """Say what there is to code, and how to do it without the page."""
    names = ", ".join([*coding.task.labels, CANNOT_TELL])
    lines = [
        f"{counted(len(coding.task.asked), coding.task.unit)} to code: {coding.done:,} "
        f"are coded by {plain(coding.coder)} in {coding.path.name}.",
    ]
    if find_spec("anywidget") is None:
        lines.append(
            "The page to code on needs the package anywidget: pip install anywidget."
        )
    else:
        lines.append("To code here, run this cell in JupyterLab.")
    lines.append(
        "Or code in a spreadsheet: sample.write('sheet.csv', blind=True) writes "
        f"the sheet; fill the column label with one of: {names}; and coder with your "
        "name. fl.read_codes('sheet.csv', sample=sample.sheet) checks every row."
        if not coding.task.fields
        else f"{coding.path.name} is a table with one row each: label ({names}), "
        f"and the columns {', '.join(coding.task.fields)}, can be filled in a "
        "spreadsheet."
    )
    return lines
