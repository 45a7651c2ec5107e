"""Train the trunk and its heads jointly: each step sees articles and sentences."""

from __future__ import annotations

import hashlib
import json
import random
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional

from training.gold import (
    Example,
    attribution_examples,
    packed,
    polnear,
    set_apart,
    tone_examples,
)
from training.model import PAD, Reader, padded

if TYPE_CHECKING:
    from pathlib import Path

UNLABELLED = -100

CHECKPOINT = 400
"""Steps after which a run keeps what it needs to go on."""


@dataclass(frozen=True)
class Settings:
    """What a run of training is made of."""

    seed: int = 1
    epochs: float = 2.5
    """Times that the articles are seen."""
    windows: int = 8
    """Windows of articles in a step."""
    sentences: int = 8
    """Sentences with targets in a step."""
    longest: int = 224
    """Tokens of a window at most."""
    rate: float = 1e-4
    head_rate: float = 1e-3
    warm_up: float = 0.06
    span_weight: float = 1.0
    """Of the spans' loss, the mean over tokens and roles, beside links and tone."""
    link_weight: float = 0.3
    tone_weight: float = 0.5
    decay: float = 0.01


def tokenizer_of(base: Path) -> Tokenizer:
    """Load the tokenizer without padding and truncation."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def training_examples(
    gold: Path, base: Path, settings: Settings
) -> tuple[list[Example], list[Example]]:
    """Read the training parts, without what is set apart for choosing."""
    tokenizer = tokenizer_of(base)
    articles = [
        example
        for article in polnear(gold, "train")
        if not set_apart(article["doc_id"])
        for example in attribution_examples(
            article, tokenizer, longest=settings.longest
        )
    ]
    sentences = [
        example
        for text, example in tone_examples(
            gold, "train", tokenizer, longest=settings.longest
        )
        if not set_apart(text)
    ]
    return articles, sentences


def article_loss(
    model: Reader, batch: list[Example], settings: Settings
) -> torch.Tensor:
    """Give the loss of spans and links over a batch of windows."""
    ids, mask = padded([one.ids for one in batch])
    hidden = model.hidden(ids, mask)
    labels = torch.full((*ids.shape, 3), UNLABELLED)
    for row, one in enumerate(batch):
        for role, line in enumerate(one.labels):
            labels[row, 1 : len(line) + 1, role] = torch.tensor(line)
    logits = model.span_logits(hidden).float()
    loss = settings.span_weight * functional.cross_entropy(
        logits.reshape(-1, 3), labels.reshape(-1), ignore_index=UNLABELLED
    )
    for pointer, links in (
        (model.to_cue, [one.to_cue for one in batch]),
        (model.to_source, [one.to_source for one in batch]),
    ):
        known = [(row, *link) for row, some in enumerate(links) for link in some]
        if known:
            rows, origins, goals = torch.tensor(known).T
            scores = pointer(hidden, mask).float()[rows, origins]
            loss = loss + settings.link_weight * functional.cross_entropy(scores, goals)
    return loss


def tone_logits(
    model: Reader, batch: list[Example]
) -> tuple[torch.Tensor, torch.Tensor]:
    """Give each target's logits, the mean over its tokens, and its polarity."""
    ids, mask = padded([one.ids for one in batch])
    tokens = model.tone(model.hidden(ids, mask)).float()
    logits, polarities = [], []
    for row, one in enumerate(batch):
        for first, after, polarity in one.targets:
            logits.append(tokens[row, first:after].mean(0))
            polarities.append(polarity)
    return torch.stack(logits), torch.tensor(polarities)


def optimizer_of(model: Reader, settings: Settings) -> torch.optim.AdamW:
    """Decay weights but not biases and norms; leave the words' embeddings alone."""
    model.trunk.embeddings.word_embeddings.weight.requires_grad = False
    trunk = [(n, p) for n, p in model.trunk.named_parameters() if p.requires_grad]
    plain = [p for n, p in trunk if "bias" in n or "LayerNorm" in n]
    weights = [p for n, p in trunk if not ("bias" in n or "LayerNorm" in n)]
    heads = [p for n, p in model.named_parameters() if not n.startswith("trunk.")]
    return torch.optim.AdamW(
        [
            {"params": weights, "lr": settings.rate, "weight_decay": settings.decay},
            {"params": plain, "lr": settings.rate, "weight_decay": 0.0},
            {"params": heads, "lr": settings.head_rate, "weight_decay": settings.decay},
        ]
    )


def by_length(lengths: list[int], size: int, chance: random.Random) -> list[list[int]]:
    """Batch what is of like length, in an order left to chance."""
    places = list(range(len(lengths)))
    chance.shuffle(places)
    batches = []
    for first in range(0, len(places), size * 32):
        some = sorted(places[first : first + size * 32], key=lengths.__getitem__)
        batches += [some[at : at + size] for at in range(0, len(some), size)]
    chance.shuffle(batches)
    return batches


class Sentences:
    """An endless supply of sentences with targets, alone or packed together."""

    def __init__(self, examples: list[Example], settings: Settings) -> None:
        self.examples = examples
        self.settings = settings
        self.chance = random.Random(settings.seed + 1)  # noqa: S311
        self.waiting: list[int] = []

    def next(self) -> list[Example]:
        """Give the next batch: half of the time packed into longer windows."""
        while len(self.waiting) < self.settings.sentences:
            order = list(range(len(self.examples)))
            self.chance.shuffle(order)
            self.waiting += order
        some = self.waiting[: self.settings.sentences]
        del self.waiting[: self.settings.sentences]
        return packed(
            self.examples,
            some,
            longest=self.settings.longest,
            together=self.chance.choice((1, 4)),
        )


def train(
    gold: Path,
    base: Path,
    out: Path,
    settings: Settings,
    *,
    begin_with: Path | None = None,
) -> Path:
    """Train the reader; go on where an earlier run of the same settings stopped.

    Parameters
    ----------
    gold, base : Path
        The folders of the gold data and of the base weights.
    out : Path
        A folder; ``checkpoint.pt`` in it is what a stopped run goes on from.
    settings : Settings
    begin_with : Path, optional
        Weights of an earlier stage; by default those of `base`, with new heads.

    Returns
    -------
    Path
        ``out/reader.pt``: the weights after the last step.
    """
    out.mkdir(parents=True, exist_ok=True)
    finished, checkpoint = out / "reader.pt", out / "checkpoint.pt"
    told = json.dumps(
        {**asdict(settings), "begin_with": begin_with and sha(begin_with)}
    )
    if finished.exists() and (out / "settings.json").read_text() == told:
        return finished
    finished.unlink(missing_ok=True)
    (out / "settings.json").write_text(told)
    torch.set_num_threads(1)
    random.seed(settings.seed)
    np.random.seed(settings.seed)  # noqa: NPY002, what transformers draws from
    torch.manual_seed(settings.seed)
    articles, sentences = training_examples(gold, base, settings)
    model = Reader(base)
    if begin_with is not None:
        model.load_state_dict(torch.load(begin_with))
    optimizer = optimizer_of(model, settings)
    rates = [group["lr"] for group in optimizer.param_groups]
    chance = random.Random(settings.seed)  # noqa: S311
    lengths = [len(one.ids) for one in articles]
    schedule: list[list[int]] = []
    while len(schedule) < settings.epochs * len(articles) / settings.windows:
        schedule += by_length(lengths, settings.windows, chance)
    del schedule[int(settings.epochs * len(articles) / settings.windows) :]
    supply = Sentences(sentences, settings)
    begin = 0
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=False)
        if kept["settings"] == told:
            model.load_state_dict(kept["model"])
            optimizer.load_state_dict(kept["optimizer"])
            torch.set_rng_state(kept["torch"])
            begin = kept["step"]
            for _ in range(begin):
                supply.next()
    steps = len(schedule)
    warm = max(1, int(settings.warm_up * steps))
    print(f"{len(articles)} windows, {len(sentences)} sentences, {steps} steps")
    model.train()
    clock, seen, losses = time.monotonic(), 0, [0.0, 0.0]
    for step in range(begin, steps):
        share = min((step + 1) / warm, (steps - step) / max(1, steps - warm))
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * share
        batch = [articles[place] for place in schedule[step]]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            first = article_loss(model, batch, settings)
        first.backward()
        targets = supply.next()
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits, polarities = tone_logits(model, targets)
        second = functional.cross_entropy(logits, polarities, label_smoothing=0.05)
        (settings.tone_weight * second).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        losses[0] += first.item()
        losses[1] += second.item()
        seen += sum(len(one.ids) for one in batch + targets)
        if (step + 1) % 50 == 0:
            pace = seen / (time.monotonic() - clock)
            print(
                f"step {step + 1}/{steps} articles {losses[0] / 50:.4f} "
                f"tone {losses[1] / 50:.4f} {pace:.0f} tokens/s "
                f"{(time.monotonic() - clock) / 60:.1f} min",
                flush=True,
            )
            losses = [0.0, 0.0]
        if (step + 1) % CHECKPOINT == 0:
            _keep(checkpoint, told, step + 1, model, optimizer)
    torch.save(model.state_dict(), finished.with_suffix(".new"))
    finished.with_suffix(".new").replace(finished)
    checkpoint.unlink(missing_ok=True)
    return finished


def sha(file: Path) -> str:
    """Give the sha256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _keep(
    checkpoint: Path,
    told: str,
    step: int,
    model: Reader,
    optimizer: torch.optim.AdamW,
) -> None:
    """Write what a stopped run needs to go on, whole or not at all."""
    beside = checkpoint.with_suffix(".new")
    torch.save(
        {
            "settings": told,
            "step": step,
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "torch": torch.get_rng_state(),
        },
        beside,
    )
    beside.replace(checkpoint)


__all__ = ["PAD", "Settings", "tokenizer_of", "tone_logits", "train"]
