"""Measure what ships, and write it into MODELS.md between two marks."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from framelens.annotate.attribution_model import load_reader
from training.gold import POLARITIES, set_apart, tone_examples
from training.train import sha

if TYPE_CHECKING:
    Figures = list[dict[str, Any]]

BEGIN = "<!-- written by training: begin -->"
END = "<!-- written by training: end -->"


def set_apart_tone(gold: Path, model: Path) -> float:
    """Give macro F1 of tone on the sentences set apart from the training part."""
    reader = load_reader(model)
    table = np.zeros((3, 3))
    examples = tone_examples(gold, "train", reader.tokenizer, longest=10_000)
    for text, example in examples:
        if set_apart(text):
            logits = np.concatenate([one.tone for one in reader.read(text)])
            for first, after, polarity in example.targets:
                found = logits[first - 1 : after - 1].mean(axis=0).argmax()
                table[polarity, found] += 1
    hits, total = table.diagonal(), table.sum(axis=0) + table.sum(axis=1)
    return float((2 * hits / total).mean()) if len(POLARITIES) == len(hits) else 0.0


def measured(gold: Path) -> Figures:
    """Score the files in ``framelens/models``, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "figures.json"
        subprocess.run(
            [
                *(sys.executable, "-m", "benchmarks.accuracy"),
                *("--gold", str(gold), "--out", str(out)),
            ],
            check=True,
        )
        found: Figures = json.loads(out.read_text())
    return found


def write(page: Path, models: Path, figures: dict[str, Figures], best: str) -> None:
    """Write hashes, figures and their noise over runs into the page."""
    others = [name for name in sorted(figures) if name != best]
    lines = [
        BEGIN,
        "| file | size | sha256 |",
        "|---|---|---|",
        *(
            f"| `framelens/models/{file.name}` | {file.stat().st_size / 1e6:.1f} MB "
            f"| `{sha(file)}` |"
            for file in sorted(models.glob("*"))
            if file.suffix in (".onnx", ".json") and file.name != "tokenizer.json"
        ),
        "",
        f"What ships is the run called *{best}*. Figures of the files as they ship, on "
        "the held-out parts (`python -m benchmarks.accuracy --gold DIR`); n counts "
        "articles or sentences.",
        "",
        "| set | metric | value | 95 % | n |"
        + "".join(f" {name} |" for name in others),
        "|---|---|---|---|---|" + "---|" * len(others),
    ]
    lines += [
        f"| {one['set']} | {one['metric']} | {one['value']:.3f} "
        f"| {one['low']:.3f} to {one['high']:.3f} | {one['n']:,} |"
        + "".join(f" {_value(figures[name], one)} |" for name in others)
        for one in figures[best]
    ]
    lines.append(END)
    told = page.read_text(encoding="utf-8")
    before, _, rest = told.partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(before + "\n".join(lines) + after, encoding="utf-8")


def _value(figures: Figures, wanted: dict[str, Any]) -> str:
    """Give another run's value of the same metric, where it was measured."""
    for one in figures:
        if (one["set"], one["metric"]) == (wanted["set"], wanted["metric"]):
            return f"{one['value']:.3f}"
    return "–"
