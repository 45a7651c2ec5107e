"""Candidates: sources, cues and contents that the attribution model sees in a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from framelens.annotate.attribution_model import counted_before, rough_sentences
from framelens.annotate.marks import quoted_stretches

if TYPE_CHECKING:
    import numpy.typing as npt

    from framelens.annotate.attribution_model import Told

    Floats = npt.NDArray[np.float64]


OUTSIDE, BEGIN, INSIDE = 0, 1, 2
NEVER = -1e9


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of tokens of one window: begin and inside."""

    first: int
    after: int
    probability: float


def log_softmax(logits: npt.NDArray[np.floating]) -> Floats:
    """Give log-probabilities over the last axis."""
    wide = logits.astype(np.float64)
    wide -= wide.max(axis=-1, keepdims=True)
    told: Floats = wide - np.log(np.exp(wide).sum(axis=-1, keepdims=True))
    return told


def best_labels(scores: Floats) -> npt.NDArray[np.int64]:
    """Give the best sequences in which nothing is inside without a begin.

    Viterbi's algorithm with transitions allowed or not, no weights of their own.
    `scores`: log-probabilities (sequences, tokens, 3) of outside, begin and inside;
    shorter sequences are filled up with tokens that can only be outside.

    >>> scores = np.log([[[0.1, 0.3, 0.6], [0.2, 0.2, 0.6], [0.8, 0.1, 0.1]]])
    >>> best_labels(scores).tolist()
    [[1, 2, 0]]
    """
    count, length, _ = scores.shape
    if not length:
        return np.zeros((count, 0), dtype=np.int64)
    held = scores[:, 0].copy()
    held[:, INSIDE] = NEVER
    came = np.zeros((count, length, 3), dtype=np.int64)
    rows = np.arange(count)
    for token in range(1, length):
        anyone = held.argmax(axis=1)
        within = held[:, BEGIN:].argmax(axis=1) + BEGIN
        came[:, token, :INSIDE] = anyone[:, None]
        came[:, token, INSIDE] = within
        best = held[rows, anyone]
        held = scores[:, token] + np.stack([best, best, held[rows, within]], axis=1)
    labels = np.zeros((count, length), dtype=np.int64)
    labels[:, -1] = held.argmax(axis=1)
    for token in range(length - 1, 0, -1):
        labels[:, token - 1] = came[rows, token, labels[:, token]]
    return labels


def stretches(labels: npt.NDArray[np.int64], scores: Floats) -> list[Stretch]:
    """Read one sequence's spans, each with the geometric mean of its probabilities.

    `scores`: log-probabilities, shape (tokens, 3).
    """
    begins = np.flatnonzero(labels == BEGIN)
    outside = np.flatnonzero(labels != INSIDE)
    following = np.searchsorted(outside, begins, side="right")
    found = []
    for first, place in zip(begins.tolist(), following.tolist(), strict=True):
        after = int(outside[place]) if place < len(outside) else len(labels)
        told = np.concatenate(
            [scores[first : first + 1, BEGIN], scores[first + 1 : after, INSIDE]]
        )
        found.append(Stretch(first, after, float(np.exp(told.mean()))))
    return found


ROLES = ("source", "cue", "content")

SURE = -0.2
"""How much dearer outside is in the first look: a little cheaper, in fact, since the
reader finds too many spans. Of nine values from -1.3 to 0.6, the one with the best sum
of exact F1 over roles and two seeds, on articles set apart from training."""

EAGER = 2.0
"""How much dearer outside is in the second look, which finds what the first missed."""

_WORD = re.compile(r"\w")
_NOTHING = re.compile(r"\W*(?:(?:an?|[Tt]he|[Tt]o)\W*)?")
"""No source and no content: of 40,517 in PolNeAR's training part, 8 sources are "a".
"A" and "An" may be names."""

_BLANK_LINE = r"\n[^\S\n]*\n"
_OPENING = frozenset("\"“”'$:—-‘’")
_CLOSING = frozenset("\"“”'%)?!.’")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may be the source, cue or content of an attribution.

    ``start, end`` are places in the text, ``first, after`` tokens counted over the
    whole text; it begins in ``window``. ``probability`` is the geometric mean over its
    tokens; ``sure`` means found at the first look.
    """

    role: str
    start: int
    end: int
    window: int
    first: int
    after: int
    probability: float
    sure: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as the attribution model saw it: its candidates, tokens and links."""

    text: str
    told: list[Told]
    sources: list[Candidate] = field(default_factory=list)
    cues: list[Candidate] = field(default_factory=list)
    contents: list[Candidate] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    """The token, counted over the text, with which each window begins."""
    starts: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, int))
    ends: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, int))
    paragraph: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, int))
    sentence: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, int))
    quoted: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, bool))

    def of(self, role: str) -> list[Candidate]:
        """Give the candidates of one role."""
        found: list[Candidate] = getattr(self, f"{role}s")
        return found

    def within_content(self, one: Candidate) -> bool:
        """Say whether a candidate begins inside a content."""
        place = bisect_right(self.contents, one.first, key=lambda it: it.first) - 1
        return place >= 0 and one.first < self.contents[place].after


def candidates(text: str, told: list[Told]) -> Seen:
    """Find the candidates of a text in what the attribution model says of its windows.

    Candidates of a role do not overlap and stand in the order of the text.
    """
    if not told:
        return Seen(text, told)
    lengths = [len(one.window.ids) for one in told]
    firsts = np.concatenate([[0], np.cumsum(lengths)]).astype(int).tolist()
    starts = np.concatenate([one.window.starts for one in told])
    ends = np.concatenate([one.window.ends for one in told])
    seen = Seen(
        text,
        told,
        firsts=firsts,
        starts=starts,
        ends=ends,
        paragraph=counted_before(text, "\n", starts),
        sentence=rough_sentences(text, starts),
        quoted=_quoted(text, starts),
    )
    scores = _padded([log_softmax(one.spans) for one in told])
    _stop_at_blank_lines(scores, seen)
    sure = _looked(scores, lengths, SURE)
    eager = _looked(scores, lengths, EAGER)
    for place, role in enumerate(ROLES):
        found = _joined(seen, role, sure[place])
        more = _joined(seen, role, eager[place], sure=False)
        seen.of(role).extend(_together(found, more))
    return seen


def _stop_at_blank_lines(scores: Floats, seen: Seen) -> None:
    """Let no span go over a blank line: of 68,435 marked by people, three do."""
    before = counted_before(seen.text, _BLANK_LINE, seen.starts)
    for token in (np.flatnonzero(np.diff(before)) + 1).tolist():
        window = bisect_right(seen.firsts, token) - 1
        scores[window, token - seen.firsts[window], :, INSIDE] = NEVER


def _padded(scores: list[Floats]) -> Floats:
    """Stack windows of different lengths; what is added can only be outside."""
    longest = max(len(one) for one in scores)
    out = np.full((len(scores), longest, 3, 3), NEVER)
    out[..., 0] = 0.0
    for row, one in enumerate(scores):
        out[row, : len(one)] = one
    return out


def _looked(
    scores: Floats, lengths: list[int], bias: float
) -> list[list[tuple[int, int, int, float]]]:
    """Decode every window for every role: window, first, after, probability."""
    leaned = scores.copy()
    leaned[..., 0] -= bias
    count, longest = scores.shape[:2]
    flat = leaned.transpose(0, 2, 1, 3).reshape(count * 3, longest, 3)
    labels = best_labels(flat).reshape(count, 3, longest)
    found: list[list[tuple[int, int, int, float]]] = [[], [], []]
    for window, length in enumerate(lengths):
        for role in range(3):
            for one in stretches(
                labels[window, role, :length], scores[window, :length, role]
            ):
                found[role].append((window, one.first, one.after, one.probability))
    return found


def _joined(
    seen: Seen,
    role: str,
    found: list[tuple[int, int, int, float]],
    *,
    sure: bool = True,
) -> list[Candidate]:
    """Join what a window's border cut inside a paragraph, and trim the edges."""
    whole: list[tuple[int, int, int, float]] = []
    for window, first, after, probability in found:
        first, after = first + seen.firsts[window], after + seen.firsts[window]
        if (
            whole
            and whole[-1][2] == first == seen.firsts[window]
            and seen.paragraph[first - 1] == seen.paragraph[first]
        ):
            window, first, _, before = whole.pop()
            probability = min(probability, before)
        whole.append((window, first, after, probability))
    out = []
    for window, first, after, probability in whole:
        start, end = _trimmed(
            seen.text, int(seen.starts[first]), int(seen.ends[after - 1]), role
        )
        if start < end:
            out.append(
                Candidate(role, start, end, window, first, after, probability, sure)
            )
    return out


def _trimmed(text: str, start: int, end: int, role: str) -> tuple[int, int]:
    """Leave out punctuation at the edges that people do not mark, or all of it."""
    while start < end and not (_WORD.match(text[start]) or text[start] in _OPENING):
        start += 1
    if role != "cue":
        while end > start and not (
            _WORD.match(text[end - 1]) or text[end - 1] in _CLOSING
        ):
            end -= 1
        if _NOTHING.fullmatch(text, start, end):
            return start, start
    return start, end


def _together(found: list[Candidate], more: list[Candidate]) -> list[Candidate]:
    """Add those of the second look that overlap none of the first."""
    taken = sorted((one.first, one.after) for one in found)
    begins = [first for first, _ in taken]
    out = list(found)
    for one in more:
        place = int(np.searchsorted(begins, one.after)) - 1
        if place < 0 or taken[place][1] <= one.first:
            out.append(one)
    return sorted(out, key=lambda one: one.first)


def _quoted(text: str, starts: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    inside = np.zeros(len(text) + 1, dtype=bool)
    for one in quoted_stretches(text):
        inside[one.start : one.end] = True
    return inside[starts]
