"""What models said of the latest texts, in memory: several layers ask for the same."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOM = 1_500_000
"""Characters of texts, at most: somewhat more than a part of the store has.

What is said of one character takes about 50 bytes: 75 MB. One longer text is held
alone.
"""


class _Held:
    """What is held of one kind, the latest last, and of how many characters."""

    def __init__(self) -> None:
        self.told: OrderedDict[str, tuple[int, Any]] = OrderedDict()
        self.size = 0

    def add(self, key: str, told: Any, size: int) -> None:
        """Hold `told`, and let go of the oldest where there is no room."""
        self.size += size - self.told.pop(key, (0, None))[0]
        self.told[key] = size, told
        while self.size > ROOM and len(self.told) > 1:
            self.size -= self.told.popitem(last=False)[1][0]


_held: dict[str, _Held] = {}
_lock = Lock()


def key_of(parts: Iterable[str]) -> str:
    """Give a key that changes whenever one of `parts` does.

    >>> key_of(["m", "a"]) == key_of(["ma", ""])
    False
    """
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\x00")
    return digest.hexdigest()


def load(kind: str, key: str) -> Any:
    """Give what is held under `kind` and `key`, not to be changed; None if nothing."""
    with _lock:
        held = _held.get(kind)
        if held is None or key not in held.told:
            return None
        held.told.move_to_end(key)
        return held.told[key][1]


def store(kind: str, key: str, told: Any, size: int) -> None:
    """Hold `told`, of a text of `size` characters; of each kind as much as has room."""
    with _lock:
        _held.setdefault(kind, _Held()).add(key, told, size)


def clear() -> None:
    """Hold nothing any more."""
    with _lock:
        _held.clear()
