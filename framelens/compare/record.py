"""Record: what was compared and how, in a form that a preregistration can hold."""

from __future__ import annotations

import hashlib
import platform
import sys
from dataclasses import asdict, is_dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from framelens.compare.wording import estimand

if TYPE_CHECKING:
    import pandas as pd

    from framelens._result import Result
    from framelens.compare.design import Design
    from framelens.compare.inference import Units
    from framelens.measure.counts import Counts


def record_of(
    result: Result,
    settings: dict[str, Any],
    counts: Counts | None,
    design: Design,
    units: Units,
) -> dict[str, Any]:
    """Write a comparison down; see `Contrast.record`."""
    table = result.table
    refused = table["refusal"].dropna().value_counts()
    asked = {
        name: asdict(value) if is_dataclass(value) else value  # type: ignore[arg-type]
        for name, value in settings.items()
    }
    packages = {name: version(name) for name in ("numpy", "pandas", "scipy")}
    return {
        "made_with": {
            "framelens": sys.modules["framelens"].__version__,
            "python": platform.python_version(),
            **packages,
        },
        "input": {} if counts is None else _input(counts),
        "measure": design.measure,
        "settings": asked,
        "seed": None,
        "design": {
            "articles": list(design.sizes), "events": design.events,
            "units": units.kind, "groups": list(units.sizes),
            "outside": dict(design.outside),
        },
        "family": sorted(table.loc[table["p"].notna(), "item"]),
        "refusal": result.refusal,
        "refused": {str(reason): int(number) for reason, number in refused.items()},
        "estimand": estimand(design),
        "notes": list(result.notes),
    }  # fmt: skip


def _input(counts: Counts) -> dict[str, Any]:
    """Count what went in, and give hashes that do not depend on the order of rows."""
    found: dict[str, Any] = {
        "articles": int(counts.totals["article"].nunique()),
        "counts_sha256": _hash(
            counts.counts.sort_values(["article", "voice", "item"]),
            counts.totals.sort_values(["article", "voice"]),
        ),
    }
    if counts.corpus is not None:
        texts = counts.corpus.articles[["article", "text"]].sort_values("article")
        found["texts_sha256"] = _hash(texts)
    return found


def _hash(*tables: pd.DataFrame) -> str:
    """Hash the rows of tables as CSV."""
    made = hashlib.sha256()
    for table in tables:
        made.update(table.to_csv(index=False, lineterminator="\n").encode())
    return made.hexdigest()
