"""The attribution model: found, checked, loaded once, and run window by window."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from framelens._checks import InputError, MissingPartError
from framelens.annotate.spans import without_surrogates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Whole = npt.NDArray[np.int64]


LONGEST = 256
"""Tokens of a window at most, its two marks of beginning and end not counted."""

_STOPS = frozenset(".!?")


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a text in tokens: ``ids``, and where each starts and ends in it."""

    ids: Whole
    starts: Whole
    ends: Whole


def windows(text: str, tokenizer: Any, *, longest: int = LONGEST) -> list[Window]:
    """Cut a text into windows of whole paragraphs, packed together while they fit.

    A paragraph longer than a window is cut after a full stop in the second half of
    the window, or where the window ends if there is none. Every token of the text
    stands in exactly one window; lone surrogates are read as the replacement character.
    """
    encoding = tokenizer.encode(without_surrogates(text), add_special_tokens=False)
    if not encoding.ids:
        return []
    ids = np.asarray(encoding.ids, dtype=np.int64)
    offsets = np.asarray(encoding.offsets, dtype=np.int64)
    starts, ends = offsets[:, 0], offsets[:, 1]
    cuts = _cuts(text, starts, ends, longest)
    return [
        Window(ids[a:b], starts[a:b], ends[a:b])
        for a, b in zip(cuts, [*cuts[1:], len(ids)], strict=True)
    ]


def _cuts(
    text: str,
    starts: Whole,
    ends: Whole,
    longest: int,
) -> list[int]:
    """Give the token with which each window begins."""
    paragraph = counted_before(text, "\n", starts)
    firsts = [0, *(np.flatnonzero(np.diff(paragraph)) + 1).tolist()]
    cuts = [0]
    for first, after in zip(firsts, [*firsts[1:], len(starts)], strict=True):
        if after - cuts[-1] <= longest:
            continue
        if first > cuts[-1]:
            cuts.append(first)
        while after - cuts[-1] > longest:
            cuts.append(_cut_inside(text, ends, cuts[-1], longest))
    return cuts


def _cut_inside(text: str, ends: Whole, begin: int, longest: int) -> int:
    """Cut a long paragraph after a full stop, if one stands in the second half."""
    for token in range(begin + longest, begin + longest // 2, -1):
        if text[ends[token - 1] - 1] in _STOPS:
            return token
    return begin + longest


def counted_before(text: str, pattern: str, starts: Whole) -> Whole:
    """Count, for each place in a text, the matches that begin before it."""
    found = [match.start() for match in re.finditer(pattern, text)]
    return np.searchsorted(np.asarray(found, dtype=np.int64), starts)


def rough_sentences(text: str, starts: Whole) -> Whole:
    """Give each place its sentence, without a parser: a stop or a new line ends one."""
    return counted_before(text, r"(?<=[.!?])[\"”’)\]]*\s+|\n", starts)


TOGETHER = 512
"""Tokens that are read at once at most; more gain nothing that could be measured."""

_INPUT = "ids"
_OUTPUTS = ("spans", "to_cue", "to_source", "tone", "hidden")
SLOWER = ["SkipLayerNormFusion"]
"""Measured: adding and normalising apart takes a tenth of the joint step's time."""

_MARKS = ("<s>", "</s>")
"""Stand at the beginning and the end of every window."""

_TOKENIZER = "reader_tokenizer.json"
_REMEDY = "install framelens again."


@dataclass(frozen=True, slots=True)
class Told:
    """What the attribution model says of one window of n tokens: logits, as float32.

    ``spans`` (n, 3, 3): outside, begin and inside, for source, cue and content.
    ``to_cue, to_source`` (n, n + 1): that a link leads to a token, from contents to
    the first token of their cue, from cues to the first of their source; column 0 is
    "nowhere in this window". ``tone`` (n, 3): negative, neutral and positive, towards
    whom the token names. ``hidden`` (n, size): states, for heads in files of their own.
    """

    window: Window
    spans: Floats
    to_cue: Floats
    to_source: Floats
    tone: Floats
    hidden: Floats

    def light(self) -> Told:
        """Keep what linking needs, for long articles have hundreds of windows."""
        return replace(
            self,
            to_cue=self.to_cue.astype(np.float16),
            to_source=self.to_source.astype(np.float16),
            hidden=self.hidden[:, :0].copy(),
        )


@dataclass(frozen=True, eq=False)
class Reader:
    """A loaded attribution model; ``version``, of its files, is the cache's key."""

    version: str
    tokenizer: Any
    session: Any

    def windows(self, text: str) -> list[Window]:
        """Cut a text into windows; every token stands in exactly one."""
        return windows(text, self.tokenizer)

    def read(self, text: str) -> Iterator[Told]:
        """Read a text of any length, window by window, in order."""
        return map(self.read_window, self.windows(text))

    def read_window(self, window: Window) -> Told:
        """Read one window."""
        return self._read_at_once([window])[0]

    def read_windows(self, cut: Sequence[Window]) -> Iterator[tuple[int, Told]]:
        """Read windows, short ones first; give each one's place in `cut`, too.

        Those of one length are read together. Nothing is padded, and each token is
        scaled alone: what is said of a window does not depend on what else is read.
        """
        places: dict[int, list[int]] = {}
        for place, window in enumerate(cut):
            places.setdefault(len(window.ids), []).append(place)
        for length in sorted(places):
            alike, count = places[length], max(1, TOGETHER // length)
            for first in range(0, len(alike), count):
                some = alike[first : first + count]
                told = self._read_at_once([cut[place] for place in some])
                yield from zip(some, told, strict=True)

    def _read_at_once(self, alike: list[Window]) -> list[Told]:
        """Read windows of one length."""
        begin, end = (self.tokenizer.token_to_id(mark) for mark in _MARKS)
        ids = np.array([[begin, *one.ids, end] for one in alike], dtype=np.int64)
        told = self.session.run(list(_OUTPUTS), {_INPUT: ids})
        return [
            Told(
                window,
                spans[1:-1],
                to_cue[1:-1, :-1],
                to_source[1:-1, :-1],
                tone[1:-1],
                hidden[1:-1],
            )
            for window, spans, to_cue, to_source, tone, hidden in zip(
                alike, *told, strict=True
            )
        ]


def load_reader(path: str | Path | None = None, *, threads: int = 1) -> Reader:
    """Load an attribution model, once for each file and number of threads.

    An ``.onnx`` file of one's own takes ``ids`` (int64, shape (windows, tokens), marks
    of beginning and end included) and gives ``spans, to_cue, to_source, tone, hidden``
    as `Told` has them, with a leading axis of windows and the two marks. A
    ``reader_tokenizer.json`` beside it is used. The linker and the head for loaded
    words stay those that framelens ships, which were fitted on its own model.
    """
    if threads < 1:
        raise InputError(f"threads is {threads}; give 1 or more.")
    return _loaded(None if path is None else str(path), threads)


@lru_cache(maxsize=2)
def _loaded(path: str | None, threads: int) -> Reader:
    content = shipped("reader.onnx") if path is None else _own(path)
    try:
        from tokenizers import Tokenizer

        session = session_of(content, threads, disabled_optimizers=SLOWER)
    except ImportError as error:
        raise MissingPartError(
            f"the attribution model needs {error.name}, which is not installed; "
            f"install it with: pip install {error.name}"
        ) from error
    except Exception as error:  # onnxruntime raises classes of its own
        raise InputError(f"{path} is no ONNX model that can be run here.") from error
    found = {one.name for one in session.get_outputs()}
    lacking = [name for name in _OUTPUTS if name not in found]
    if lacking or [one.name for one in session.get_inputs()] != [_INPUT]:
        raise InputError(
            f"{path} is no reader: it should take {_INPUT} and give "
            f"{', '.join(_OUTPUTS)}; it gives {', '.join(sorted(found))}."
        )
    words = _tokenizer(path)
    version = "-".join(hashlib.sha256(one).hexdigest() for one in (content, words))
    return Reader(version, _checked(words, path, Tokenizer.from_str), session)


def session_of(
    content: bytes, threads: int = 1, *, exact: bool = True, **options: Any
) -> Any:
    """Load an ONNX model, to run on the processor.

    Where `exact` is set, processors that sum 8-bit products in 16 bits (no VNNI) take a
    slower way in which no sum is cut off, so that all of them give the same sums.
    """
    import onnxruntime

    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads, settings.inter_op_num_threads = threads, 1
    if exact:
        settings.add_session_config_entry("session.x64quantprecision", "1")
    providers = ["CPUExecutionProvider"]
    return onnxruntime.InferenceSession(
        content, settings, providers=providers, **options
    )


def _checked(content: bytes, path: str | None, read: Callable[[str], Any]) -> Any:
    """Read a tokenizer that has the two marks."""
    where = f"{_TOKENIZER} beside {path}"
    try:
        tokenizer = read(content.decode("utf-8"))
    except Exception as error:  # tokenizers raises Exception itself
        raise InputError(f"{where} is no tokenizer that can be read.") from error
    lacking = [mark for mark in _MARKS if tokenizer.token_to_id(mark) is None]
    if lacking:
        raise InputError(
            f"{where} lacks {' and '.join(lacking)}, with which every window begins "
            "and ends; give the tokenizer that the model was trained with."
        )
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _own(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"no reader at {path}: {error.strerror}.") from error


def _tokenizer(path: str | None) -> bytes:
    if path is not None and (beside := Path(path).with_name(_TOKENIZER)).is_file():
        return _own(str(beside))
    return shipped(_TOKENIZER)


def shipped(name: str) -> bytes:
    """Read a file of ``framelens/models``; refuse it if it is not the measured one."""
    return measured(packaged(name), digest(name), of=f"framelens/models/{name}")


def measured(content: bytes, expected: str, *, of: str, remedy: str = _REMEDY) -> bytes:
    """Give what a file holds; refuse it if its sha256 is not the expected one."""
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise MissingPartError(
            f"{of} is not the one that framelens was measured with (sha256 "
            f"{found[:8]}, not {expected[:8]}); {remedy}"
        )
    return content


def digest(name: str) -> str:
    """Give the sha256 that a file of ``framelens/models`` should have."""
    return str(manifest()["sha256"][name])


@cache
def manifest() -> dict[str, Any]:
    """Give what training wrote of the files that it made: hashes and settings."""
    told: dict[str, Any] = json.loads(packaged("manifest.json"))
    return told


def packaged(name: str) -> bytes:
    """Read a file of ``framelens/models``."""
    try:
        return (resources.files("framelens") / "models" / name).read_bytes()
    except OSError as error:
        raise MissingPartError(
            f"framelens/models/{name} is not there; {_REMEDY}"
        ) from error


_LOADED_FILE = "loaded.onnx"
"""Trained on AGPL-3.0 data; everything but loaded words works without it."""


@dataclass(frozen=True, eq=False)
class LoadedHead:
    """Says which words are loaded, from the attribution model's hidden states."""

    session: Any

    def read(self, told: Told, sentence: Whole) -> Floats:
        """Give two logits for each token, reading one sentence at a time.

        The first says that the token's word is loaded; the mean of the second over a
        sentence says that the sentence is. `sentence`: of each token, ascending.
        """
        cuts = np.flatnonzero(np.diff(sentence)) + 1
        logits = [
            self.session.run(["logits"], {"hidden": part[None]})[0][0]
            for part in np.split(told.hidden, cuts)
        ]
        return np.concatenate(logits).astype(np.float32)


@cache
def load_head() -> LoadedHead | None:
    """Load the head, once; None where its file was taken away."""
    if not (resources.files("framelens") / "models" / _LOADED_FILE).is_file():
        return None
    return LoadedHead(session_of(shipped(_LOADED_FILE)))


def least_loaded() -> float:
    """Give the probability from which a word is loaded: the best F1 over topics."""
    return float(manifest()["least_loaded"])
