"""Which part of each annotated set is held out: neither trained on nor chosen by."""

from __future__ import annotations

import gzip
import json
import random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BABE_HELD_OUT_TOPICS = frozenset({"abortion", "gun control", "islam", "middle-class"})
"""Whole topics of BABE, chosen by their size before anything was trained."""

_SAME_TOPIC = {
    "gun-control": "gun control",
    "vaccines": "vaccine",
    "blm": "black lives matter",
}


def rows(gold: Path, name: str) -> Iterator[dict[str, Any]]:
    """Read one set, row by row."""
    with gzip.open(gold / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def topic_of(record: dict[str, Any]) -> str:
    """Give the topic of a sentence of BABE; some topics are named in two ways."""
    topic = record.get("topic") or ""
    return _SAME_TOPIC.get(topic, topic)


SENTENCES = 40
"""Up_ewt does not say where its documents end; its halves are of blocks of so many."""


def developed_on(record: dict[str, Any]) -> bool:
    """Say whether a sentence of up_ewt is of the half the rules were written with."""
    part, _, number = record["id"].partition("-")
    half = random.Random(f"up_ewt:{int(number) // SENTENCES}")  # noqa: S311 - a split
    return part == "dev" and half.random() < 0.5


def fitted_on(record: dict[str, Any]) -> bool:
    """Say whether a sentence is of the half that factuality was fitted on."""
    half = random.Random(f"factuality:{record['id']}")  # noqa: S311 - a split
    return "-train-" in record["id"] and half.random() < 0.5


def held_out(name: str, record: dict[str, Any]) -> bool:
    """Say whether a row belongs to the held-out part of its set.

    PolNeAR and NewsMTSC: every part but ``train``. BABE: the topics of
    BABE_HELD_OUT_TOPICS, and every part but SG2. Universal Propositions: all but the
    half that the rules were written with. Factuality: all but the half of ``train``
    that the weights were fitted on.
    """
    if name == "up_ewt":
        return not developed_on(record)
    if name.startswith("factuality_"):
        return not fitted_on(record)
    if name == "babe":
        return topic_of(record) in BABE_HELD_OUT_TOPICS or record.get("split") != "SG2"
    return bool(record.get("split") != "train")
