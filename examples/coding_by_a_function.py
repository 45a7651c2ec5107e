"""Any coder fits: a person, a rule, or a model, as a function from text to label.

A sheet of `framelens.to_code` asks for one label a row. Here a function gives it; a
language model that runs on your machine would stand in its place, and nothing else
would change. Whoever codes, the comparison takes the codes for right: code a part
yourself, and look at the agreement first. Run from the repository::

    python examples/coding_by_a_function.py data/articles.csv claim
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import framelens as fl

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
SAID = re.compile(r"\b(?:said|says|told|according to|argues?|claims? that)\b")


def outside_speech(text: str) -> str:
    """Label a sentence: whether nobody else is said to speak in it."""
    if QUOTED.search(text):
        return "cannot tell"
    return "no" if SAID.search(text) else "yes"


def coded(
    sheet: pd.DataFrame, coder: Callable[[str], str], *, name: str
) -> pd.DataFrame:
    """Fill in a sheet by a function from text to label."""
    return sheet.assign(label=sheet["text"].map(coder), coder=name)


def main(path: str, item: str) -> None:
    """Draw sentences, code them, and print how far the machine is right."""
    corpus = fl.read_corpus(path, marks_only=True)
    sample = fl.to_code(fl.terms(corpus), 40, item=item, voice="rest", missed=False)
    print(sample.caption)
    sheet = coded(sample.sheet, outside_speech, name="a rule")
    found = fl.accuracy(sheet)
    print(found.table[["outlet", "precision", "codes"]].round(2).to_string(index=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
