"""Who acts and who is acted on, against Universal Propositions.

    python -m benchmarks.roles --gold DIR [--all]

The set ``up_ewt`` gives, for each verb, the heads of its ARG0 and ARG1. They are
compared with what framelens finds in its own parse of the same sentences. A head is
found where it is the head found, or a word of the same name or amount of money (the set
takes the first word of a name, or the sign, for its head, the parser the last).
Patients are those that are nouns or pronouns in the parse, and no predicate of a copula
unless the verb is in its relative clause; clauses are scored apart. "No agent" is
scored over the verbs that are passive in the parse. Prints each figure beside that of
the simple rules: the subject acts, the object is acted on, *by* names who acts.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from benchmarks.sets import held_out, rows
from framelens.annotate.arguments import Arguments, Clause
from framelens.annotate.pipeline import each_tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from framelens.annotate.pipeline import Tokens

    Metric = tuple[str, list[Any], Callable[[Sequence[Any]], float]]

ROLES = ("agent", "patient", "clausal object", "no agent")
_NOMINAL = ("NN", "PR", "WP", "DT", "CD", "WDT", "$", "EX", "FW")
_PLACES = ("dobj", "nsubj", "nsubjpass", "pobj", "dative")
"""Where *more*, *enough* and *most* stand for nouns."""
_NAME = {"compound", "flat", "nmod", "nummod", "amod", "det"}


def metrics(records: list[dict[str, Any]], *, simple: bool = False) -> list[Metric]:
    """Score sentences: name of each metric, its counts by sentence, its value."""
    table = pd.DataFrame(
        {
            "article": [record["id"] for record in records],
            "text": [record["text"] for record in records],
        }
    )
    scored = [
        _scored(record, tokens, simple=simple)
        for record, tokens in zip(records, each_tokens(table), strict=True)
    ]
    return [
        (f"{role} {side}", [one[place] for one in scored], _share(column))
        for place, role in enumerate(ROLES)
        for column, side in enumerate(("precision", "recall"), start=1)
    ]


def _share(column: int) -> Callable[[Sequence[Any]], float]:
    """Give right ones as a share of those found (1) or there (2)."""

    def value(parts: Sequence[tuple[int, int, int]]) -> float:
        sums = np.sum(parts, axis=0)
        return float(sums[0] / max(1, sums[column]))

    return value


def _scored(
    record: dict[str, Any], tokens: Tokens, *, simple: bool
) -> list[tuple[int, int, int]]:
    """Count for each role what is right, found and there, in one sentence."""
    places = {start: token for token, start in enumerate(tokens.starts)}
    arguments = Arguments(tokens)
    counts = np.zeros((len(ROLES), 3), dtype=int)
    for verb in record["verbs"]:
        token = places.get(verb["start"])
        clause = Clause(-1)
        if token is not None and arguments.is_verb(token):
            clause = _simple(tokens, token) if simple else arguments.at(token)
        agents, objects = (
            {places.get(start, -1) for start, _ in verb[role]}
            for role in ("arg0", "arg1")
        )
        nominal = {one for one in objects if _is_nominal(tokens, one, token)}
        found = (clause.agent, clause.patient, clause.content)
        gold = (agents, nominal, objects - nominal)
        for role, (one, there) in enumerate(zip(found, gold, strict=True)):
            right = one is not None and bool(_name(tokens, one) & there)
            counts[role] += (right, one is not None, len(there))
        if clause.passive:
            counts[3] += (clause.deleted and not agents, clause.deleted, not agents)
    return [tuple(row) for row in counts.tolist()]


def _is_nominal(tokens: Tokens, token: int, verb: int | None) -> bool:
    """Whether a head is a noun that stands for no clause (*said the war is a lie*)."""
    if token < 0:
        return False
    noun = tokens.tags[token].startswith(_NOMINAL)
    if not noun and not (
        tokens.deps[token] in _PLACES and not tokens.tags[token].startswith("VB")
    ):
        return False
    head = tokens.heads[token]
    if tokens.deps[token] == "pobj":
        head = tokens.heads[head]
        return tokens.lemmas[head] != "be" or head == verb
    if tokens.deps[token] != "attr" or head == verb:
        return True
    return verb is not None and _hangs_on(tokens, verb, token)


def _hangs_on(tokens: Tokens, verb: int, noun: int) -> bool:
    """Whether a verb is in the relative clause of a noun (*a weapon they deploy*)."""
    for _ in range(10):
        if tokens.heads[verb] == noun:
            return tokens.deps[verb] in ("relcl", "acl")
        verb = tokens.heads[verb]
    return False


def _name(tokens: Tokens, head: int) -> set[int]:
    """Give a noun with the other words of its name."""
    found = [head]
    for one in found:
        found += [
            child
            for child in tokens.children[one]
            if tokens.deps[child] in ("compound", "flat")
            or (tokens.deps[child] in _NAME and tokens.tags[child].startswith("NNP"))
            or tokens.tags[child] == "$"
        ]
    return set(found)


def _simple(tokens: Tokens, verb: int) -> Clause:
    """Take the subject for who acts, and the object for who is acted on."""
    passive = tokens.child(verb, "nsubjpass", "auxpass") is not None
    by = tokens.child(verb, "agent")
    return Clause(
        verb,
        (None if by is None else tokens.child(by, "pobj"))
        if passive
        else tokens.child(verb, "nsubj"),
        tokens.child(verb, "nsubjpass" if passive else "dobj"),
        None,
        tokens.child(verb, "ccomp", "xcomp"),
        passive,
    )


def main() -> None:
    """Print each figure, and that of the simple rules."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    records = [
        record
        for record in rows(given.gold, "up_ewt")
        if given.all or held_out("up_ewt", record)
    ]
    pairs = zip(metrics(records), metrics(records, simple=True), strict=True)
    for (name, parts, value), (_, plain, _) in pairs:
        print(f"| {name} | {value(parts):.3f} | {value(plain):.3f} | {len(parts):,} |")


if __name__ == "__main__":
    main()
