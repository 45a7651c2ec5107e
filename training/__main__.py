"""The one command: from gold data and base weights to the files that ship.

    python -m training --gold DIR --base DIR --out DIR

Trains each seed in two stages, goes on from the mean of the seeds once for each, and
averages again (all resumable). Each seed and the average are exported to int8, with
the linker and the head for loaded words fitted on them, and scored. The average
ships: its files are copied to ``framelens/models`` and its figures are written into
``MODELS.md``, beside those of the seeds, which tell the noise of training again.
"""

from __future__ import annotations

import argparse
import json
import shutil
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from framelens.annotate.attribution_model import LONGEST
from training import base as base_weights
from training import linker, loaded, models_page, tone_head
from training.average import average
from training.export import export
from training.train import Settings, sha, train

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "framelens" / "models"
FILES = ("reader.onnx", "reader_tokenizer.json", "linker.json", "loaded.onnx")
AVERAGE = "average"


def second(first: Settings) -> Settings:
    """Give the second stage: spans weigh most, windows are as long as when reading.

    At the first stage's weights the spans, a small loss over many easy tokens, move
    the encoder less than links and tone do.
    """
    return replace(first, epochs=1.5, longest=LONGEST, span_weight=3.0)


def third(first: Settings) -> Settings:
    """Give the third stage: as the second, once through the articles."""
    return replace(second(first), epochs=1.0)


def trained(gold: Path, base: Path, out: Path, seeds: Sequence[int]) -> dict[str, Path]:
    """Train every seed, side by side; give each run's weights, the average last."""
    with ProcessPoolExecutor(len(seeds), mp_context=get_context("spawn")) as pool:
        alone = [*pool.map(partial(_two_stages, gold, base, out), seeds)]
        made = {f"seed {seed}": file for seed, file in zip(seeds, alone, strict=True)}
        if len(seeds) > 1:
            middle = average(alone, out / "middle" / "reader.pt")
            ends = [*pool.map(partial(_third_stage, gold, base, out, middle), seeds)]
            made[AVERAGE] = average(ends, out / "average" / "reader.pt")
    return made


def _two_stages(gold: Path, base: Path, out: Path, seed: int) -> Path:
    place, first = out / f"seed{seed}", replace(Settings(), seed=seed)
    begun = train(gold, base, place / "first", first)
    return train(gold, base, place, second(first), begin_with=begun)


def _third_stage(gold: Path, base: Path, out: Path, middle: Path, seed: int) -> Path:
    settings = third(replace(Settings(), seed=seed))
    return train(gold, base, out / f"third{seed}", settings, begin_with=middle)


def make(gold: Path, base: Path, run: str, weights: Path, seeds: Sequence[int]) -> None:
    """Make the files beside `weights`, with a manifest of what was chosen."""
    out, made_of = weights.parent, sha(weights)
    noted = out / "made_of.txt"  # the weights that reader.onnx was made of
    if not noted.exists() or noted.read_text() != made_of:
        export(weights, base, out / "encoder.onnx")
        whole = tone_head.fit(
            gold, out / "encoder.onnx", weights, out / "whole.pt", seed=seeds[0]
        )
        export(whole, base, out / "reader.onnx")
        noted.write_text(made_of)
    shutil.copy(base / "tokenizer.json", out / "reader_tokenizer.json")
    told = linker.fit(gold, out / "reader.onnx", out / "linker.json")
    head = loaded.fit(gold, out / "reader.onnx", out / "loaded.onnx")
    manifest = {
        "sha256": {name: sha(out / name) for name in FILES},
        "run": run,
        "seeds": list(seeds),
        "least_loaded": head["least"],
        "set_apart": {
            **told["chosen_on"],
            "tone_macro_f1": models_page.set_apart_tone(gold, out / "reader.onnx"),
            "loaded": head,
        },
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")


def ship(out: Path) -> None:
    """Copy one seed's files to where framelens reads them."""
    for name in (*FILES, "manifest.json"):
        shutil.copy(out / name, SHIPPED / name)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the whole."""
    parser = argparse.ArgumentParser(
        prog="python -m training",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for name in ("gold", "base", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument(
        "--seeds", type=int, nargs="+", default=[1, 2], help="a process each"
    )
    given = parser.parse_args(arguments)
    if len(set(given.seeds)) < len(given.seeds):
        parser.error(f"--seeds {given.seeds}: each seed once")
    base_weights.verify(given.base)
    weights = trained(given.gold, given.base, given.out, given.seeds)
    for run, file in weights.items():
        seeds = given.seeds if run == AVERAGE else [int(run.split()[-1])]
        make(given.gold, given.base, run, file, seeds)
    figures = {}
    for name, file in weights.items():  # what ships stands last
        ship(file.parent)
        figures[name] = models_page.measured(given.gold)
    models_page.write(ROOT / "MODELS.md", SHIPPED, figures, name)


if __name__ == "__main__":
    main()
