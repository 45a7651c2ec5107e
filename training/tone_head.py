"""The head for tone, fitted again on the finished encoder as it ships.

While the spans weigh most, the head that learns along with the encoder comes to know
its own sentences by heart. Fitted anew on the hidden states that the 8-bit file gives,
with more dropout, it does better on sentences set apart.
"""

from __future__ import annotations

import random
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from framelens.annotate.attribution_model import LONGEST, Window, load_reader
from training.gold import Example, packed, set_apart, tone_examples
from training.model import TONE_SIZE

if TYPE_CHECKING:
    from pathlib import Path

    from framelens.annotate.attribution_model import Reader

    Target = tuple[torch.Tensor, int]
    """The hidden states of an actor's tokens, and its polarity."""

RATE, DECAY, DROPOUT, EPOCHS, BATCH = 3e-4, 0.1, 0.5, 2, 64
"""Chosen on the sentences set apart, among eight settings."""

SMOOTHING = 0.05
SHIFTS = np.arange(-6, 7) / 10
"""Of the logits of negative and of positive, towards the better macro F1."""

TOGETHER = 4
"""Sentences of a window at most, when they are read a second time, packed."""


def fit(gold: Path, shipped: Path, weights: Path, out: Path, *, seed: int) -> Path:
    """Write `weights` as `out`, with a head for tone fitted on the shipped encoder.

    Parameters
    ----------
    gold : Path
        The folder of the gold data.
    shipped : Path
        The ``.onnx`` file made of `weights`.
    weights, out : Path
        What `training.train` wrote, and where the new weights go.
    seed : int

    Returns
    -------
    Path
        `out`.
    """
    head = fitted(targets(gold, shipped), seed=seed)
    lean(head, targets(gold, shipped, apart=True))
    whole = torch.load(weights, weights_only=True)
    whole.update({f"tone.{name}": value for name, value in head.state_dict().items()})
    torch.save(whole, out)
    return out


def targets(gold: Path, shipped: Path, *, apart: bool = False) -> list[Target]:
    """Read the training sentences twice: alone, and packed into longer windows.

    Or, `apart`, those that are set apart from them, once.
    """
    reader = load_reader(shipped)
    examples = [
        example
        for text, example in tone_examples(
            gold, "train", reader.tokenizer, longest=LONGEST
        )
        if set_apart(text) == apart
    ]
    if apart:
        return [one for some in examples for one in _read(reader, some)]
    random.Random(1).shuffle(examples)  # noqa: S311
    together = packed(
        examples, list(range(len(examples))), longest=LONGEST, together=TOGETHER
    )
    return [one for some in (*examples, *together) for one in _read(reader, some)]


def _read(reader: Reader, example: Example) -> list[Target]:
    places = np.zeros(len(example.ids), dtype=np.int64)
    told = reader.read_window(Window(np.array(example.ids), places, places))
    last = told.hidden[:, told.hidden.shape[1] // 2 :].astype(np.float16)
    return [
        (torch.tensor(last[first - 1 : after - 1]), polarity)
        for first, after, polarity in example.targets
    ]


def fitted(known: list[Target], *, seed: int) -> nn.Sequential:
    """Fit a head of the reader's own shape."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    head = nn.Sequential(
        nn.Linear(known[0][0].shape[1], TONE_SIZE),
        nn.GELU(),
        nn.Dropout(DROPOUT),
        nn.Linear(TONE_SIZE, 3),
    )
    optimizer = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * len(known) // BATCH
    step = 0
    for _ in range(EPOCHS):
        order = chance.permutation(len(known)).tolist()
        for first in range(0, len(known) - BATCH + 1, BATCH):
            for group in optimizer.param_groups:
                group["lr"] = RATE * (1 - step / steps)
            batch = [known[place] for place in order[first : first + BATCH]]
            loss = functional.cross_entropy(
                logits(head, [tokens for tokens, _ in batch]),
                torch.tensor([polarity for _, polarity in batch]),
                label_smoothing=SMOOTHING,
            )
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            step += 1
    return head.eval()


def lean(head: nn.Sequential, known: list[Target]) -> tuple[float, float]:
    """Shift the head towards or away from negative and positive.

    The two shifts are those whose neighbourhood on a grid has the best macro F1.
    """
    with torch.no_grad():
        told = logits(head, [tokens for tokens, _ in known]).numpy()
    marked = np.array([polarity for _, polarity in known])
    reached = np.array(
        [
            [
                _macro_f1(told + np.array([negative, 0.0, positive]), marked)
                for positive in SHIFTS
            ]
            for negative in SHIFTS
        ]
    )
    around = np.pad(reached, 1, mode="edge")
    size = len(SHIFTS)
    smooth = sum(
        around[row : row + size, column : column + size]
        for row in range(3)
        for column in range(3)
    )
    row, column = np.unravel_index(np.argmax(smooth), reached.shape)
    negative, positive = float(SHIFTS[row]), float(SHIFTS[column])
    with torch.no_grad():
        head[3].bias += torch.tensor([negative, 0.0, positive])
    return negative, positive


def _macro_f1(told: np.ndarray, marked: np.ndarray) -> float:
    table = np.zeros((3, 3))
    np.add.at(table, (marked, told.argmax(axis=1)), 1)
    hits, total = table.diagonal(), table.sum(axis=0) + table.sum(axis=1)
    return float((2 * hits / np.maximum(total, 1)).mean())


def logits(head: nn.Sequential, actors: list[torch.Tensor]) -> torch.Tensor:
    """Give each actor's logits: the mean over its tokens."""
    told = head(torch.cat(actors).float())
    ends = list(accumulate(len(one) for one in actors))
    parts = zip([0, *ends], ends, strict=False)
    return torch.stack([told[first:after].mean(0) for first, after in parts])
