"""Write a trained reader as one ONNX file with 8-bit weights."""

from __future__ import annotations

import tempfile
from pathlib import Path

import onnx
import torch
from torch import nn

from training.model import Reader
from training.quantise import quantise

OUTPUTS = ("spans", "to_cue", "to_source", "tone", "hidden")
KEPT_LAYERS = (3, 6)
"""Whose hidden states heads beside the trunk may read, after the norm; 6 is last."""


class _Unpadded(nn.Module):
    """The reader over windows of one length, without padding: the mask is all ones."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: torch.Tensor) -> tuple[torch.Tensor, ...]:
        reader, mask = self.reader, torch.ones_like(ids)
        told = reader.trunk(
            input_ids=ids, attention_mask=mask, output_hidden_states=True
        )
        hidden = told.last_hidden_state
        layers = torch.cat([told.hidden_states[place] for place in KEPT_LAYERS], -1)
        return (
            reader.span_logits(hidden),
            reader.to_cue(hidden, mask),
            reader.to_source(hidden, mask),
            reader.tone(hidden),
            layers,
        )


def export(weights: Path, base: Path, out: Path) -> Path:
    """Write `weights` as ``out``, in 8 bits.

    Parameters
    ----------
    weights : Path
        What `training.train` wrote.
    base : Path
        The base's folder, for its configuration.
    out : Path
        The ``.onnx`` file to write.
    """
    model = Reader(config=base)
    model.load_state_dict(torch.load(weights, weights_only=True))
    export_module(
        _Unpadded(model.eval()),
        (torch.randint(1000, 2000, (2, 20)),),
        out,
        inputs=("ids",),
        outputs=OUTPUTS,
    )
    return out


def export_module(
    module: nn.Module,
    example: tuple[torch.Tensor, ...],
    out: Path,
    *,
    inputs: tuple[str, ...],
    outputs: tuple[str, ...],
) -> None:
    """Write a module whose first axes are windows and tokens, with 8-bit weights."""
    axes = {name: {0: "windows", 1: "tokens"} for name in (*inputs, *outputs)}
    for name in ("to_cue", "to_source"):
        if name in axes:
            axes[name] = {0: "windows", 1: "tokens", 2: "tokens"}
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            module,
            example,
            str(whole),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quantise(whole, out)
    onnx.checker.check_model(str(out))


if __name__ == "__main__":
    import argparse

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    print(export(given.weights, given.base, given.out))
