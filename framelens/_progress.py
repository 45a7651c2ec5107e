"""Progress: what is being done and how long it will take, for whoever waits."""

from __future__ import annotations

import shutil
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sized
    from typing import TypeVar

    Thing = TypeVar("Thing")

AFTER, EVERY = 2.0, 0.3
"""Seconds from which a line is shown, and after which it is written anew."""

_shown: list[str] = []
"""What is being followed now: only the outermost work is told of."""


@contextmanager
def progress(
    what: str, total: int, unit: str = "article"
) -> Iterator[Callable[[int], None]]:
    """Give a function that tells on standard error how many of `total` are done.

    A line of plain text, written over and taken away at the end, and only where
    standard error is a terminal, for work that takes more than two seconds.
    """
    if _shown or sys.stderr is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    begun = written = time.monotonic()
    length = 0

    def tell(done: int) -> None:
        nonlocal written, length
        now = time.monotonic()
        if not 0 < done < total or now - begun < AFTER or now - written < EVERY:
            return
        written = now
        left = time_left((now - begun) * (total - done) / done)
        line = f"{what}: {done:,} of {total:,} {unit}s, {left} left"
        line = line[: shutil.get_terminal_size().columns - 1]
        sys.stderr.write("\r" + line.ljust(length))
        sys.stderr.flush()
        length = len(line)

    _shown.append(what)
    try:
        yield tell
    finally:
        _shown.pop()
        if length:
            sys.stderr.write("\r" + " " * length + "\r")
            sys.stderr.flush()


def followed(
    things: Iterable[Thing], what: str, unit: str = "article", total: int | None = None
) -> Iterator[Thing]:
    """Give `things` one by one and tell how many are done: see `progress`.

    >>> list(followed("abc", "reading"))
    ['a', 'b', 'c']
    """
    sized: Sized = things if total is None else range(total)  # type: ignore[assignment]
    with progress(what, len(sized), unit) as tell:
        for done, thing in enumerate(things):
            tell(done)
            yield thing


def time_left(seconds: float) -> str:
    """Say how long something takes, as precisely as can be known.

    >>> [time_left(one) for one in (0.2, 42, 400, 20_000)]
    ['1 s', '42 s', '7 min', '5.6 h']
    """
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    if seconds < 90 * 60:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} h"
