"""The one command: from gold data and base weights to the files that ship.

    python -m training --gold DIR --base DIR --out DIR

Trains the reader once for each seed (resumable), exports each to int8, fits the
linker and the head for loaded words on it, and scores everything. The seed that does
best on what was set apart from the training articles ships: its files are copied to
``framelens/models`` and its figures are written into ``MODELS.md``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from framelens.annotate.reader.windows import LONGEST
from training import base as base_weights
from training import linker, loaded, models_page, tone_head
from training.export import export
from training.train import Settings, train

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "framelens" / "models"
FILES = ("reader.onnx", "reader_tokenizer.json", "linker.json", "loaded.onnx")


def second(first: Settings) -> Settings:
    """Give the second stage: spans weigh most, windows are as long as when reading.

    At the first stage's weights the spans, a small loss over many easy tokens, move
    the encoder less than links and tone do.
    """
    return replace(first, epochs=1.5, longest=LONGEST, span_weight=3.0)


def make(gold: Path, base: Path, out: Path, settings: Settings) -> dict[str, Any]:
    """Train one seed and make its files; give what was chosen and how well it did."""
    begun = train(gold, base, out / "first", settings)
    weights = train(gold, base, out, second(settings), begin_with=begun)
    if not (out / "reader.onnx").exists():
        export(weights, base, out / "encoder.onnx")
        whole = tone_head.fit(
            gold,
            out / "encoder.onnx",
            weights,
            out / "whole.pt",
            seed=settings.seed,
        )
        export(whole, base, out / "reader.onnx")
    shutil.copy(base / "tokenizer.json", out / "reader_tokenizer.json")
    told = linker.fit(gold, out / "reader.onnx", out / "linker.json")
    head = loaded.fit(gold, out / "reader.onnx", out / "loaded.onnx")
    manifest = {
        "sha256": {name: _sha256(out / name) for name in FILES},
        "seed": settings.seed,
        "least_loaded": head["least"],
        "set_apart": {
            **told["chosen_on"],
            "tone_macro_f1": models_page.set_apart_tone(gold, out / "reader.onnx"),
            "loaded": head,
        },
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
    return manifest


def ship(out: Path) -> None:
    """Copy one seed's files to where framelens reads them."""
    for name in (*FILES, "manifest.json"):
        shutil.copy(out / name, SHIPPED / name)


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the whole."""
    parser = argparse.ArgumentParser(
        prog="python -m training",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for name in ("gold", "base", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    given = parser.parse_args(arguments)
    base_weights.verify(given.base)
    made = {
        seed: make(
            given.gold,
            given.base,
            given.out / f"seed{seed}",
            replace(Settings(), seed=seed),
        )
        for seed in given.seeds
    }
    best = max(made, key=lambda seed: made[seed]["set_apart"]["triple_f1"])
    print(f"seed {best} ships", file=sys.stderr)
    figures = {}
    for seed in sorted(made, key=lambda one: one == best):
        ship(given.out / f"seed{seed}")
        figures[seed] = models_page.measured(given.gold)
    models_page.write(ROOT / "MODELS.md", SHIPPED, figures, best)


if __name__ == "__main__":
    main()
