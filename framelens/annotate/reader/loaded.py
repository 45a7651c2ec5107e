"""The head for loaded words: in a file of its own, which can be taken away."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from framelens.annotate.reader.model import manifest, shipped

if TYPE_CHECKING:
    import numpy.typing as npt

    from framelens.annotate.reader.model import Told

    Floats = npt.NDArray[np.float32]
    Whole = npt.NDArray[np.int64]

_FILE = "loaded.onnx"
"""Trained on AGPL-3.0 data; everything but loaded words works without it."""


@dataclass(frozen=True, eq=False)
class LoadedHead:
    """Says which words are loaded, from the reader's hidden states."""

    session: Any

    def read(self, told: Told, sentence: Whole) -> Floats:
        """Give two logits for each token, reading one sentence at a time.

        The first says that the token's word is loaded; the mean of the second over
        a sentence says that the sentence is.

        Parameters
        ----------
        told : Told
        sentence : ndarray of int64, shape (tokens,)
            The sentence of each token, in ascending order.
        """
        cuts = np.flatnonzero(np.diff(sentence)) + 1
        logits = [
            self.session.run(["logits"], {"hidden": part[None]})[0][0]
            for part in np.split(told.hidden, cuts)
        ]
        return np.concatenate(logits).astype(np.float32)


def load_head() -> LoadedHead | None:
    """Load the head, once; None where its file was taken away.

    Raises
    ------
    MissingPartError
        If the file is there but is not the one that was measured.
    """
    return _loaded()


@lru_cache(maxsize=1)
def _loaded() -> LoadedHead | None:
    if not (resources.files("framelens") / "models" / _FILE).is_file():
        return None
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return LoadedHead(
        onnxruntime.InferenceSession(
            shipped(_FILE), options, providers=["CPUExecutionProvider"]
        )
    )


def least_loaded() -> float:
    """Give the probability from which a word counts as loaded, from 0 to 1.

    The one with the best F1 of words in cross-validation over topics.
    """
    return float(manifest()["least_loaded"])
