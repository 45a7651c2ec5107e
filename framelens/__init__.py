"""See how outlets frame the same event differently, with the evidence at hand.

Data flow one way: `read` turns files into one table of articles, `annotate` marks
spans in each, `align` finds what belongs together across them, `measure` counts,
`compare` sets outlets side by side, and `show` and `report` draw tables, figures and
pages. A `Corpus` carries them all. Importing this package loads none of them: each
part comes when it is first named.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from framelens import (
        align,
        annotate,
        compare,
        measure,
        read,
        report,
        show,
        simulate,
    )
    from framelens._result import Result
    from framelens.align import (
        Coverage,
        Differing,
        Reuse,
        Statements,
        coverage,
        differing,
        reuse,
        statements,
    )
    from framelens.annotate import cue_class, loaded_sentences
    from framelens.compare import (
        Contrast,
        Floors,
        Outlets,
        OverTime,
        Power,
        SelfTest,
        ToldApart,
        accuracy,
        agreement,
        contrast,
        frame,
        multiverse,
        outlets,
        over_time,
        power,
        read_codes,
        self_test,
        to_code,
        told_apart,
    )
    from framelens.corpus import Corpus, open_corpus, read_corpus
    from framelens.measure import (
        MEASURES,
        Counts,
        Measure,
        Portrait,
        attribution_accuracy,
        cues_table,
        doubt,
        emphasis,
        headlines,
        labels,
        portrait,
        roles,
        sourcing,
        speakers,
        speakers_table,
        terms,
        tone,
        words,
    )
    from framelens.read import read_actors
    from framelens.report.findings import Findings, findings
    from framelens.show import (
        Concordance,
        Figure,
        article_view,
        coding,
        concordance,
        explore,
        html_table,
        side_by_side,
        statement_diff,
    )

__version__ = "0.1.0"

__all__ = [
    "MEASURES",
    "Concordance",
    "Contrast",
    "Corpus",
    "Counts",
    "Coverage",
    "Differing",
    "Figure",
    "Findings",
    "Floors",
    "Measure",
    "Outlets",
    "OverTime",
    "Portrait",
    "Power",
    "Result",
    "Reuse",
    "SelfTest",
    "Statements",
    "ToldApart",
    "accuracy",
    "agreement",
    "align",
    "annotate",
    "article_view",
    "attribution_accuracy",
    "coding",
    "compare",
    "concordance",
    "contrast",
    "coverage",
    "cue_class",
    "cues_table",
    "differing",
    "doubt",
    "emphasis",
    "explore",
    "findings",
    "frame",
    "headlines",
    "html_table",
    "labels",
    "loaded_sentences",
    "measure",
    "multiverse",
    "open_corpus",
    "outlets",
    "over_time",
    "portrait",
    "power",
    "read",
    "read_actors",
    "read_codes",
    "read_corpus",
    "report",
    "reuse",
    "roles",
    "self_test",
    "show",
    "side_by_side",
    "simulate",
    "sourcing",
    "speakers",
    "speakers_table",
    "statement_diff",
    "statements",
    "terms",
    "to_code",
    "told_apart",
    "tone",
    "watch",
    "words",
]

_NAMES = {
    "_result": "Result",
    "corpus": "Corpus open_corpus read_corpus",
    "read": "read_actors",
    "annotate": "cue_class loaded_sentences",
    "align": (
        "Coverage Differing Reuse Statements coverage differing reuse statements"
    ),
    "measure": (
        "MEASURES Counts Measure attribution_accuracy cues_table doubt emphasis "
        "Portrait headlines labels portrait roles sourcing speakers speakers_table "
        "terms tone words"
    ),
    "compare": (
        "Contrast Floors Outlets OverTime Power SelfTest ToldApart accuracy agreement "
        "contrast frame multiverse outlets over_time power read_codes self_test "
        "to_code told_apart"
    ),
    "report.findings": "Findings findings",
    "report.watch": "watch",
    "show": (
        "Concordance Figure article_view coding concordance explore html_table "
        "side_by_side statement_diff"
    ),
}
"""The names of each part; what is no name of a part is a part itself."""

_PART_OF = {name: part for part, names in _NAMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name in _PART_OF:
        return getattr(import_module(f"framelens.{_PART_OF[name]}"), name)
    if name in __all__:
        return import_module(f"framelens.{name}")
    raise AttributeError(f"module 'framelens' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
