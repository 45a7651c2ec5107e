"""The reader as a PyTorch module: one trunk, and a head for each question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import nn
from transformers import MPNetConfig, MPNetModel

if TYPE_CHECKING:
    from pathlib import Path

LAYERS = 6
LINK_SIZE = 128
TONE_SIZE = 256
PAD = 1
FAR = -1e4
"""The score of a link to padding: never chosen."""


class Pointer(nn.Module):
    """Score, for every token, each token of the window as the other end of a link.

    Dozat, T., and Manning, C. D. (2017). Deep biaffine attention for neural
    dependency parsing. ICLR. https://arxiv.org/abs/1611.01734. Without its bias
    terms and label classifier: only the arcs are needed.
    """

    def __init__(self, size: int) -> None:
        super().__init__()
        self.origin = nn.Linear(size, LINK_SIZE)
        self.goal = nn.Linear(size, LINK_SIZE)

    def forward(self, hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Give logits of shape (windows, from, to)."""
        scores = self.origin(hidden) @ self.goal(hidden).transpose(1, 2)
        apart = (1.0 - mask.to(scores.dtype))[:, None, :] * FAR
        return scores / LINK_SIZE**0.5 + apart


class Reader(nn.Module):
    """The first layers of MPNet, with heads for attributions, their links, and tone.

    Song, K., Tan, X., Qin, T., Lu, J., and Liu, T.-Y. (2020). MPNet. NeurIPS.
    https://arxiv.org/abs/2004.09297.
    """

    def __init__(self, base: Path | None = None, *, config: Path | None = None) -> None:
        super().__init__()
        if base is not None:
            self.trunk = MPNetModel.from_pretrained(
                base, add_pooling_layer=False, attention_probs_dropout_prob=0.0
            ).float()
        else:
            self.trunk = MPNetModel(
                MPNetConfig.from_pretrained(config), add_pooling_layer=False
            )
        self.trunk.encoder.layer = self.trunk.encoder.layer[:LAYERS]
        self.trunk.config.num_hidden_layers = LAYERS
        size = self.trunk.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.spans = nn.Linear(size, 9)
        self.to_cue = Pointer(size)
        self.to_source = Pointer(size)
        self.tone = nn.Sequential(
            nn.Linear(size, TONE_SIZE),
            nn.GELU(),
            nn.Dropout(0.1),
            nn.Linear(TONE_SIZE, 3),
        )

    def hidden(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Run the trunk."""
        return self.dropout(
            self.trunk(input_ids=ids, attention_mask=mask).last_hidden_state
        )

    def span_logits(self, hidden: torch.Tensor) -> torch.Tensor:
        """Give logits of shape (windows, tokens, roles, outside-begin-inside)."""
        return self.spans(hidden).view(*hidden.shape[:2], 3, 3)


def padded(sequences: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Frame token numbers with the marks of beginning and end, pad them, mask them."""
    longest = max(map(len, sequences)) + 2
    ids = torch.full((len(sequences), longest), PAD, dtype=torch.long)
    mask = torch.zeros_like(ids)
    for row, sequence in enumerate(sequences):
        framed = [0, *sequence, 2]
        ids[row, : len(framed)] = torch.tensor(framed)
        mask[row, : len(framed)] = 1
    return ids, mask
