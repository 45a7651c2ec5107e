"""Piece table: what stands between spaces, by its hash, and which words are in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from framelens.annotate.words import WORD, counted_form

if TYPE_CHECKING:
    import numpy.typing as npt
    import polars as pl

    Whole = npt.NDArray[np.int64]
    Codes = npt.NDArray[np.int32]
    Hashes = npt.NDArray[np.uint64]

BITS = 16
"""Bits of the hash of a piece that say where it is looked up, at first."""

MOST_BITS = 22
"""And at most, while numbers fit: 32 MB."""

NOTHING, SEVERAL, FIRST = 1, 2, 3
"""Numbers of pieces without a word, of pieces with several, and of the first form."""

_SEED = 20_181  # any number: equal texts have equal hashes within one process
_TOP = np.uint64(1 << 63)  # set in every hash, so that none is 0
_PLAIN = r"^[“”‘’\"'(\[]*([A-Za-z]+)[“”‘’\"'.,;:!?)\]…–—]*$"


class _Forms(dict[str, int]):
    """The number of the counted form of each spelling, worked out once."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}

    def __missing__(self, spelling: str) -> int:
        form = counted_form(spelling)
        number = self.names.setdefault(form, len(self.names) + FIRST)
        self[spelling] = number
        return number


class PieceTable:
    """Numbers pieces; those that it has not seen are taken apart once.

    A slot holds the upper bits of a hash and, in place of the lower ones, which say
    where the slot is, the number of the piece: one look tells whether a piece is known,
    and what is in it.

    Attributes
    ----------
    several : dict
        The numbers of the words of pieces that hold more than one, by hash.
    """

    def __init__(self) -> None:
        self.forms = _Forms()
        self.several: dict[int, list[int]] = {}
        self.bits = BITS
        self.slots = np.zeros(1 << self.bits, np.uint64)
        self.filled = 0
        self.beside: dict[int, int] = {}  # pieces whose slot is taken

    @property
    def names(self) -> list[str]:
        """The counted forms, in the order of their numbers from `FIRST`."""
        return list(self.forms.names)

    def look_up(self, pieces: pl.Series) -> tuple[Codes, Hashes]:
        """Give the number and the hash of each piece.

        Parameters
        ----------
        pieces : Series of str
            What stands between spaces, of many texts one behind the other.

        Returns
        -------
        number : array of int32
            `NOTHING`, `SEVERAL`, or that of the form of the one word in the piece.
        hashes : array of uint64
        """
        hashes: Hashes = pieces.hash(_SEED).to_numpy() | _TOP
        mask = self._mask
        held = self.slots.take((hashes & mask).view(np.int64), mode="wrap")
        number = (held & mask).astype(np.int32)
        unknown = np.flatnonzero((held ^ hashes) > mask)
        if len(unknown):
            number[unknown] = self._beside(hashes[unknown], unknown, pieces)
        return number, hashes

    @property
    def _mask(self) -> np.uint64:
        return np.uint64((1 << self.bits) - 1)

    def _beside(self, hashes: Hashes, place: Whole, pieces: pl.Series) -> Codes:
        """Look up pieces that are not in their slot, and learn the new ones."""
        different, first, back = np.unique(
            hashes, return_index=True, return_inverse=True
        )
        number = [self.beside.get(one, 0) for one in different.tolist()]
        found = np.array(number, np.int32)
        new = np.flatnonzero(found == 0)
        if len(new):
            found[new] = self._learn(pieces.gather(place[first[new]]), different[new])
            self._make_room(len(new))
            self._put(different[new], found[new])
        return found[back]

    def _learn(self, pieces: pl.Series, hashes: Hashes) -> Codes:
        """Take new pieces apart: the token pattern finds one word in a plain piece."""
        plain = pieces.str.extract(_PLAIN).to_list()
        forms = self.forms
        number = np.array([0 if one is None else forms[one] for one in plain], np.int32)
        rest = np.flatnonzero(number == 0)
        texts = pieces.gather(rest).to_list()
        for at, piece, one in zip(
            rest.tolist(), texts, hashes[rest].tolist(), strict=True
        ):
            words = [forms[word] for word in WORD.findall(piece)]
            number[at] = words[0] if len(words) == 1 else SEVERAL if words else NOTHING
            if len(words) > 1:
                self.several[one] = words
        return number

    def _make_room(self, more: int) -> None:
        """Double the slots until a quarter is enough, and every number fits."""
        bits, filled = self.bits, self.filled + more
        while (bits < MOST_BITS and 4 * filled > 1 << bits) or (
            len(self.forms.names) + FIRST > 1 << bits
        ):
            bits += 1
        if bits == self.bits:
            return
        slot = np.flatnonzero(self.slots)
        mask, held = self._mask, self.slots[slot]
        number = (held & mask).astype(np.int32)
        hashes = (held & ~mask) | slot.astype(np.uint64)
        beside = self.beside
        self.bits, self.filled, self.beside = bits, 0, {}
        self.slots = np.zeros(1 << bits, np.uint64)
        self._put(hashes, number)
        self._put(np.array(list(beside), np.uint64), np.array([*beside.values()], "i4"))

    def _put(self, hashes: Hashes, number: Codes) -> None:
        """Give each piece its slot, or a place beside where that is taken."""
        mask = self._mask
        slot = (hashes & mask).view(np.int64)
        held = (hashes & ~mask) | number.astype(np.uint64)
        free = self.slots[slot] == 0
        self.slots[slot[free]] = held[free]
        mine = self.slots[slot] == held  # two new ones may share a slot
        self.filled += int(mine.sum())
        left = np.flatnonzero(~mine)
        self.beside.update(
            zip(hashes[left].tolist(), number[left].tolist(), strict=True)
        )
