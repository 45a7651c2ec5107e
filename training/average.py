"""The mean of several runs' weights: one encoder for what would take several.

Wortsman, M., Ilharco, G., Gadre, S. Y., et al. (2022). Model soups: averaging
weights of multiple fine-tuned models improves accuracy without increasing inference
time. ICML. https://arxiv.org/abs/2203.05482. Their runs share one beginning, heads
included; ours first do not (each seed draws its own heads), so that the mean of two
seeds is only where two further runs begin, and what ships is the mean of those.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def average(files: Sequence[Path], out: Path) -> Path:
    """Write the mean of the weights in `files`, parameter by parameter.

    Parameters
    ----------
    files : sequence of Path
        What `training.train.train` wrote: all of one shape, at least one.
    out : Path
        Where the mean goes.

    Returns
    -------
    Path
        `out`.

    Raises
    ------
    ValueError
        There is no file, or one has other parameters or shapes than the first.
    """
    if not files:
        raise ValueError("there are no weights to average")
    weights = [torch.load(file, weights_only=True) for file in files]
    shapes = [{name: value.shape for name, value in one.items()} for one in weights]
    for file, shape in zip(files, shapes, strict=True):
        if shape != shapes[0]:
            raise ValueError(f"{file} has other parameters than {files[0]}")
    mean = {
        name: torch.stack([one[name].double() for one in weights])
        .mean(0)
        .to(first.dtype)
        for name, first in weights[0].items()
    }
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(mean, out)
    return out
