"""Train the head for loaded words on the frozen reader; its data are AGPL-3.0."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from benchmarks.sets import BABE_HELD_OUT_TOPICS, rows, topic_of
from framelens.annotate.attribution_model import Reader, load_reader
from framelens.annotate.words import WORD
from training.export import export_module

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import numpy.typing as npt

FOLDS = 5
EPOCHS = 12
SIZE = 192
HEADS = 4
TOGETHER = 4


@dataclass(frozen=True)
class Sentence:
    """A judged sentence: the reader's hidden states, and the labels of its tokens."""

    text: str
    topic: str
    hidden: npt.NDArray[np.float16]
    """Read alone."""
    among: npt.NDArray[np.float16]
    """Read among other sentences, as in an article."""
    loaded: npt.NDArray[np.float32]
    biased: float
    """1 or 0; NaN where the judges did not agree."""
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    words: list[tuple[int, int, bool]]


class Attention(nn.Module):
    """One layer of attention and a feed-forward layer, with norms behind them.

    Written out, because the export of PyTorch's own fixes the number of tokens.
    """

    def __init__(self) -> None:
        super().__init__()
        self.project = nn.Linear(SIZE, 3 * SIZE)
        self.mix = nn.Linear(SIZE, SIZE)
        self.forth = nn.Sequential(
            nn.Linear(SIZE, 2 * SIZE), nn.GELU(), nn.Linear(2 * SIZE, SIZE)
        )
        self.norms = nn.ModuleList([nn.LayerNorm(SIZE), nn.LayerNorm(SIZE)])
        self.dropout = nn.Dropout(0.2)

    def forward(self, told: torch.Tensor, padding: torch.Tensor | None) -> torch.Tensor:
        """Mix tokens of shape (sentences, tokens, SIZE)."""
        count, length, _ = told.shape
        parts = self.project(told).view(count, length, 3, HEADS, SIZE // HEADS)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        scores = query @ key.transpose(-1, -2) / (SIZE // HEADS) ** 0.5
        if padding is not None:
            scores = scores.masked_fill(padding[:, None, None], -1e4)
        mixed = (scores.softmax(-1) @ value).transpose(1, 2).reshape(told.shape)
        told = self.norms[0](told + self.dropout(self.mix(mixed)))
        out: torch.Tensor = self.norms[1](told + self.dropout(self.forth(told)))
        return out


class Head(nn.Module):
    """One small layer of attention over the reader's hidden states."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.enter = nn.Sequential(nn.LayerNorm(size), nn.Linear(size, SIZE), nn.GELU())
        self.dropout = nn.Dropout(0.3)
        self.attention = Attention()
        self.leave = nn.Linear(SIZE, 2)

    def forward(
        self, hidden: torch.Tensor, padding: torch.Tensor | None = None
    ) -> torch.Tensor:
        """Give two logits for each token: a loaded word; a sentence that is biased."""
        told = self.dropout(self.enter(self.dropout(hidden)))
        out: torch.Tensor = self.leave(self.attention(told, padding))
        return out


def sentences(gold: Path, reader: Reader) -> list[Sentence]:
    """Read BABE's sentences with the reader, each alone and among others."""
    records = [one for one in rows(gold, "babe") if one["text"].strip()]
    order = list(range(len(records)))
    random.Random(7).shuffle(order)  # noqa: S311
    among: dict[int, npt.NDArray[np.float16]] = {}
    for first in range(0, len(order), TOGETHER):
        some = order[first : first + TOGETHER]
        text, at = "", []
        for place in some:
            at.append(len(text))
            text += records[place]["text"] + " "
        told = list(reader.read(text))
        hidden = np.concatenate([one.hidden for one in told])
        starts = np.concatenate([one.window.starts for one in told])
        for place, begin in zip(some, at, strict=True):
            end = begin + len(records[place]["text"])
            among[place] = hidden[(starts >= begin) & (starts < end)].astype(np.float16)
    return [
        one
        for place, record in enumerate(records)
        if (one := _sentence(record, reader, among[place])) is not None
    ]


def _sentence(
    record: dict[str, Any], reader: Reader, among: npt.NDArray[np.float16]
) -> Sentence | None:
    told = list(reader.read(record["text"]))
    hidden = np.concatenate([one.hidden for one in told]).astype(np.float16)
    if hidden.shape != among.shape:
        among = hidden
    starts = np.concatenate([one.window.starts for one in told])
    ends = np.concatenate([one.window.ends for one in told])
    marked = [(one["start"], one["end"]) for one in record["spans"]]
    loaded = np.zeros(len(starts), dtype=np.float32)
    for start, end in marked:
        loaded[(ends > start) & (starts < end)] = 1.0
    words = [
        (m.start(), m.end(), any(m.end() > a and m.start() < b for a, b in marked))
        for m in WORD.finditer(record["text"])
    ]
    judged = {"Biased": 1.0, "Non-biased": 0.0}.get(record["labels"]["bias"], np.nan)
    return Sentence(
        *(record["text"], topic_of(record)),
        *(hidden, among, loaded, judged, starts, ends, words),
    )


def _batch(
    some: Iterable[Sentence], *, among: bool
) -> tuple[torch.Tensor, torch.Tensor]:
    hidden = [torch.tensor(s.among if among else s.hidden).float() for s in some]
    padded = nn.utils.rnn.pad_sequence(hidden, batch_first=True)
    lengths = torch.tensor([len(one) for one in hidden])
    return padded, torch.arange(padded.shape[1])[None] >= lengths[:, None]


def train_head(examples: list[Sentence], *, seed: int) -> Head:
    """Train one head."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    chance = random.Random(seed)  # noqa: S311
    head = Head(examples[0].hidden.shape[1]).train()
    optimizer = torch.optim.AdamW(head.parameters(), lr=1e-3, weight_decay=0.05)
    steps = EPOCHS * (len(examples) // 32)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=1e-3, total_steps=steps + 1
    )
    for step in range(steps):
        if step % (len(examples) // 32) == 0:
            chance.shuffle(examples := list(examples))
        at = step % (len(examples) // 32) * 32
        some = examples[at : at + 32]
        hidden, padding = _batch(some, among=chance.random() < 0.5)
        logits = head(hidden, padding)
        marked = nn.utils.rnn.pad_sequence(
            [torch.tensor(one.loaded) for one in some], batch_first=True
        )
        words = functional.binary_cross_entropy_with_logits(
            logits[..., 0][~padding], marked[~padding]
        )
        judged = torch.tensor([one.biased for one in some])
        known = ~judged.isnan()
        biased = functional.binary_cross_entropy_with_logits(
            _whole(logits[..., 1], padding)[known], judged[known].float()
        )
        (words * 3 + biased).backward()
        nn.utils.clip_grad_norm_(head.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
    return head.eval()


def _whole(evidence: torch.Tensor, padding: torch.Tensor) -> torch.Tensor:
    """Give a sentence's logit: the mean over its tokens."""
    return evidence.masked_fill(padding, 0.0).sum(1) / (~padding).sum(1)


def told_by(head: Head, examples: list[Sentence]) -> list[tuple[Any, float]]:
    """Give each sentence's token probabilities and its own."""
    out = []
    with torch.no_grad():
        for one in examples:
            logits = head(torch.tensor(one.hidden).float()[None])[0]
            out.append(
                (
                    torch.sigmoid(logits[:, 0]).numpy(),
                    float(torch.sigmoid(logits[:, 1].mean())),
                )
            )
    return out


def word_counts(
    examples: list[Sentence], told: list[tuple[Any, float]], least: float
) -> tuple[int, int, int]:
    """Count words that are rightly found, found, and marked."""
    hits = found = marked = 0
    for one, (probabilities, _) in zip(examples, told, strict=True):
        for start, end, loaded in one.words:
            inside = (one.ends > start) & (one.starts < end)
            given = bool(inside.any()) and probabilities[inside].max() >= least
            hits += loaded and given
            found += given
            marked += loaded
    return hits, found, marked


def word_f1(
    examples: list[Sentence], told: list[tuple[Any, float]], least: float
) -> float:
    """Give F1 of whole words."""
    hits, found, marked = word_counts(examples, told, least)
    return 2 * hits / max(1, found + marked)


def sentence_f1(examples: list[Sentence], told: list[tuple[Any, float]]) -> float:
    """Give macro F1 of biased and not, where the judges agreed."""
    pairs = [
        (one.biased > 0.5, whole >= 0.5)
        for one, (_, whole) in zip(examples, told, strict=True)
        if not np.isnan(one.biased)
    ]
    f1s = []
    for side in (True, False):
        hits = sum(a is side and b is side for a, b in pairs)
        total = sum(a is side for a, _ in pairs) + sum(b is side for _, b in pairs)
        f1s.append(2 * hits / max(1, total))
    return sum(f1s) / 2


def fit(gold: Path, model: Path, out: Path, *, seed: int = 1) -> dict[str, float]:
    """Train and export the head; choose its least probability by folds of topics.

    Returns
    -------
    dict
        ``least``, and the figures of the cross-validation over topics.
    """
    everything = sentences(gold, load_reader(model))
    mine = [one for one in everything if one.topic not in BABE_HELD_OUT_TOPICS]
    topics = sorted({one.topic for one in mine})
    random.Random(seed).shuffle(topics)  # noqa: S311
    fold_of = {topic: place % FOLDS for place, topic in enumerate(topics)}
    held: list[Sentence] = []
    told: list[tuple[Any, float]] = []
    for fold in range(FOLDS):
        rest = [one for one in mine if fold_of[one.topic] != fold]
        part = [one for one in mine if fold_of[one.topic] == fold]
        held += part
        told += told_by(train_head(rest, seed=seed + fold), part)
    least = max(np.arange(0.1, 0.6, 0.02), key=lambda one: word_f1(held, told, one))
    head = train_head(mine, seed=seed)
    export_module(
        head,
        (torch.zeros(2, 20, mine[0].hidden.shape[1]),),
        out,
        inputs=("hidden",),
        outputs=("logits",),
    )
    return {
        "least": round(float(least), 2),
        "word_f1": word_f1(held, told, least),
        "sentence_f1": sentence_f1(held, told),
        "sentences": len(held),
        "held_out_sentences": len(everything) - len(mine),
    }
