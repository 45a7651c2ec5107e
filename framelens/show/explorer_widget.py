"""The page of the explorer: what it shows, as data, and what it may ask for."""

from __future__ import annotations

import base64
import time
from functools import partial
from typing import TYPE_CHECKING, Any

from framelens._checks import FramelensError, InputError
from framelens._progress import time_left
from framelens._wording import counted
from framelens.show.concordance import BY
from framelens.show.drawing import rows_of
from framelens.show.explorer_view import CUT, VOICES, ZONE_NAMES
from framelens.show.figure import in_sight
from framelens.show.notebook_page import answer_wishes, page_class
from framelens.show.text import is_missing, one_line, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from framelens.show.explorer import Explorer

WISHES = (
    *("choose", "select", "search", "read", "pin", "unpin", "go_to", "look"),
    "read_voices",
)
"""What the page may ask for."""


SECONDS = 2.0
"""How long voices are read before the page is told how far it is, and asks for more."""


def widget_of(explorer: Explorer) -> Any:
    """Make the page of an explorer; it talks to the kernel it was made in."""
    state, picture = _page(explorer, "", 0, None)
    widget = page_class("explorer")(state=state, picture=picture)

    def show(said: str, number: Any, error: str | None) -> None:
        state, picture = _page(explorer, said, number, error)
        if widget.picture != picture:
            widget.picture = picture
        widget.state = state

    answer_wishes(widget, partial(obey, explorer), show, explorer.path)
    return widget


def obey(explorer: Explorer, message: Mapping[str, Any]) -> str:
    """Do what the page asks for, and say what was done."""
    wish = message["wish"]
    if wish not in WISHES:
        raise InputError(f"the page asked for {wish!r}, which there is not.")
    if wish == "choose":
        return _choose(explorer, message["changes"])
    if wish == "select":
        item = _same(explorer.shown.rows["item"], str(message["item"]))
        explorer.select(item)
        return _sentences_said(explorer)
    if wish == "search":
        explorer.search(str(message["query"]), by=str(message["by"]))
        return _sentences_said(explorer) or "The search has ended."
    if wish == "read":
        explorer.read(int(message["row"]))
        return _place_said(explorer)
    if wish == "pin":
        explorer.pin(str(message.get("note") or ""))
        return f"Pinned. {counted(len(explorer.pins), 'pin')}."
    if wish == "unpin":
        explorer.unpin(int(message["row"]))
        return f"Taken away. {counted(len(explorer.pins), 'pin')}."
    if wish == "read_voices":
        begun, many = time.monotonic(), explorer.unread
        explorer.read_voices(seconds=SECONDS)
        read = max(1, many - explorer.unread)
        explorer.seconds_each = (time.monotonic() - begun) / read
        return _reading_said(explorer)
    if wish == "go_to":
        explorer.go_to(int(message["row"]))
        return _place_said(explorer)
    return ""


def _reading_said(explorer: Explorer) -> str:
    """Say how far the reading of voices is."""
    if not explorer.unread:
        return "Voices are read: every measure and voice can be chosen."
    left = time_left(explorer.unread * explorer.seconds_each)
    return f"{counted(explorer.unread, 'article')} to read, about {left}."


def _choose(explorer: Explorer, asked: Mapping[str, Any]) -> str:
    """Change the choice; names come as they are shown, and are looked up."""
    views = explorer.views
    changes: dict[str, Any] = {}
    if "outlets" in asked:
        names = [_same(views.outlets, str(one)) for one in asked["outlets"]]
        changes["outlets"] = names
    for name, known in (("event", views.events), ("actor", views.actors)):
        if name in asked:
            shown = str(asked[name])
            changes[name] = _same(known, shown) if shown else ""
    for name in ("measure", "voice", "zone", "contains"):
        if name in asked:
            changes[name] = str(asked[name])
    if "options" in asked:
        given = asked["options"].items()
        changes["options"] = {str(name): str(value) for name, value in given}
    explorer.choose(**changes)
    many = counted(len(explorer.views.rows(explorer.choice)), "row")
    return f"{explorer.scope}: {many}."


def _same(names: Any, shown: str) -> str:
    """Find the name that is shown as this; what is not shown is not found."""
    found = next((str(name) for name in names if plain(name) == shown), None)
    if found is None:
        raise InputError(f"there is no “{shown}” here any more.")
    return found


def _sentences_said(explorer: Explorer) -> str:
    sentences = explorer.sentences
    return "" if sentences is None else f"{sentences.title}: {sentences.note}."


def _place_said(explorer: Explorer) -> str:
    place = explorer.choice.place
    return "" if place is None else f"{explorer.views.label(place[0])}."


def _page(
    explorer: Explorer, said: str, number: Any, error: str | None
) -> tuple[dict[str, Any], str]:
    """Give state and picture of the present view."""
    figure, picture = None, ""
    try:
        drawn = explorer.figure()
    except FramelensError:
        pass
    else:
        picture = "data:image/png;base64," + base64.b64encode(drawn.png).decode()
        axes = drawn.drawing.axes[0]
        marks = [[plain(item), *edges] for item, *edges in rows_of(axes)]
        figure = {
            "caption": [plain(part) for part in in_sight(drawn.caption) if part],
            "alt": plain(drawn.alt),
            "marks": marks,
        }
    state = state_of(explorer, said, number, error=error)
    return state | {"figure": figure}, picture


def state_of(
    explorer: Explorer, said: str, number: Any, *, error: str | None = None
) -> dict[str, Any]:
    """Give all that the page shows but its figure, as data: no part of it is HTML."""
    choice, views, shown = explorer.choice, explorer.views, explorer.shown
    measure = views.measures[choice.measure]
    rows = views.rows(choice)
    cells = rows.head(CUT).map(plain).to_numpy(object).tolist()
    reason = shown.reasons.get(choice.item or "")
    actors = views.actors[:CUT]
    unread = 0 if views.read else explorer.unread
    if choice.actor is not None and choice.actor not in actors:
        actors = [choice.actor, *actors]
    return {
        "number": number,
        "said": said,
        "error": None if error is None else plain(error),
        "scope": explorer.scope,
        "outlets": [
            [plain(name), many, name in choice.outlets]
            for name, many in views.outlets.items()
        ],
        "events": [[plain(name), many] for name, many in views.events.items()],
        "event": plain(choice.event) if choice.event is not None else "",
        "actors": [plain(name) for name in actors],
        "actor": plain(choice.actor) if choice.actor is not None else "",
        "measures": [[name, one.label] for name, one in views.measures.items()],
        "measure": choice.measure,
        "accuracy": measure.accuracy,
        "options": [
            [
                option.name,
                list(option.choices),
                choice.options.get(option.name, option.choices[0]),
            ]
            for option in measure.options
            if option.choices
        ],
        "voices": [[voice, VOICES[voice]] for voice in views.voices(choice)],
        "voice": choice.voice,
        "zones": [[zone, shown] for zone, shown in ZONE_NAMES.items()],
        "zone": choice.zone,
        "contains": choice.contains,
        "unread": unread,
        "left": time_left(unread * explorer.seconds_each),
        "table": {
            "caption": plain(shown.result.caption),
            "heads": [plain(name) for name in rows.columns],
            "rows": cells,
            "item": plain(choice.item) if choice.item is not None else "",
            "many": len(rows),
            "refusal": shown.refusal or "",
            "reason": "" if reason is None else f"No test of this row: {plain(reason)}",
            "notes": [plain(note) for note in shown.notes],
        },
        "sentences": _sentences(explorer),
        "article": _article(explorer),
        "query": choice.query,
        "by": choice.by,
        "ways": [[name, about] for name, about in BY.items()],
        "pins": _pins(explorer),
        "file": "" if explorer.path is None else plain(explorer.path.name),
    }


def _sentences(explorer: Explorer) -> dict[str, Any] | None:
    """Give the sentences that are shown, in three parts each."""
    sentences = explorer.sentences
    if sentences is None:
        return None
    pinned = {pin.place for pin in explorer.kept.pins}
    rows = []
    for row, (parts, about) in enumerate(
        zip(sentences.around, sentences.about, strict=True)
    ):
        place = sentences.place(row)
        before, words, after = map(one_line, parts)
        rows.append([before, words, after, *about, place in pinned])
    chosen = explorer.choice.place
    first = range(len(sentences.around))
    at = next((row for row in first if sentences.place(row) == chosen), -1)
    return {
        "title": sentences.title,
        "note": sentences.note,
        "refusal": plain(sentences.refusal) if sentences.refusal else "",
        "rows": rows,
        "at": at,
    }


def _article(explorer: Explorer) -> dict[str, Any] | None:
    """Give the article that is read, with the places that are found in it."""
    place = explorer.choice.place
    if place is None:
        return None
    sentences, found = explorer.sentences, []
    if sentences is not None:
        here = sentences.places[sentences.places["article"].eq(place[0])]
        found = [*zip(here["start"].tolist(), here["end"].tolist(), strict=True)]
    pin = next((one for one in explorer.kept.pins if one.place == place), None)
    return explorer.views.page_of(place, found) | {
        "key": "–".join(map(str, place)),
        "pinned": pin is not None,
        "note": (pin.note or "") if pin is not None else "",
    }


def _pins(explorer: Explorer) -> list[list[Any]]:
    """Give the pins: sentence in three parts, article, note, and whether it is read."""
    shown = []
    for pin in explorer.kept.pins[:CUT]:
        parts = map(one_line, explorer.whole.sentence(pin.place))
        note = "" if is_missing(pin.note) else plain(pin.note)
        label = explorer.views.label(pin.article)
        shown.append([*parts, label, note, pin.place == explorer.choice.place])
    return shown
