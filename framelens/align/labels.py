"""Labels: which phrases name the same person, body, state or thing, in all articles."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from framelens._layers import Layer
from framelens._lists import read_list
from framelens.align.linkage import average_linkage
from framelens.annotate.embeddings import embed
from framelens.annotate.spans import SPAN_COLUMNS

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Whole = npt.NDArray[np.int64]

LABEL_COLUMNS = [*SPAN_COLUMNS, "label", "head", "modifiers", "kind", "group"]
"""The columns of the layer ``labels``: each phrase with the group it belongs to.

``label``: as most articles print it; ``group``: the name of what it names: that of an
actor, else its commonest label; missing of phrases that stand for themselves alone.
"""

FEATURES = (
    *("same_noun", "same_person", "other_person", "same_state", "persons_of_state"),
    *("person_and_state", "other_state", "same_kind", "person_and_thing"),
    *("deed_and_noun", "phrase", "noun"),
)
"""What tells of two phrases whether they name the same thing; the last two are how near
they are in meaning, as embeddings have it."""

MOST = 1_000
"""Different labels that are grouped: those with most mentions, names first."""

SURE = 0.4
"""Average likelihood at which groups of phrases that were found are joined. Of mentions
that were marked half of it is enough; most phrases found name nobody who is marked, and
at that bound countries, states and bodies of all kinds became one group."""

_INSTITUTIONS = ("group", "body", "state")


def labels(_: pd.DataFrame, *, phrases: pd.DataFrame) -> pd.DataFrame:
    """Group the phrases of all articles by what they name."""
    fitted = read_list("label_groups")
    weights = np.array([fitted["weights"][name] for name in FEATURES])
    group = grouped(phrases, weights, fitted["constant"], SURE)
    names = _names(phrases, group)
    as_printed = _as_most_print(phrases["label"])
    return phrases.assign(layer="label", label=as_printed, group=names)[LABEL_COLUMNS]


def _as_most_print(labels: pd.Series) -> pd.Series:
    """Write each label as it is printed most often: *Accusations* as *accusations*."""
    sizes = labels.value_counts().rename_axis("label").reset_index(name="size")
    sizes = sizes.sort_values(["size", "label"], ascending=[False, False])
    sizes = sizes.assign(key=sizes["label"].str.casefold()).drop_duplicates("key")
    best = dict(zip(sizes["key"], sizes["label"], strict=True))
    return labels.str.casefold().map(best).astype(object)


def grouped(
    phrases: pd.DataFrame,
    weights: npt.NDArray[np.float64],
    constant: float,
    least: float,
) -> Whole:
    """Give each phrase the number of its group: -1 where it is not looked at.

    Two phrases name the same thing with a probability (logistic, of `FEATURES`); groups
    are joined while the probability of their members is `least` on average.
    """
    if phrases.empty:
        return np.zeros(0, dtype=np.int64)
    node, rows = nodes(phrases)
    many = np.bincount(node, minlength=len(rows))
    named = phrases["actor"].notna() | phrases["owner"].notna()
    plain = (many == 1) & ~named.iloc[rows].to_numpy()
    order = np.lexsort((-many, plain))[:MOST]
    kept = phrases.iloc[rows[order]].reset_index(drop=True)
    likely = np.full((len(order), len(order)), constant, dtype=np.float32)
    for weight, feature in zip(weights, features(kept), strict=True):
        likely += np.float32(weight) * feature
    likely = (1 / (1 + np.exp(-likely))).astype(np.float32)
    _join_stated(likely, phrases, node, order)
    found = average_linkage(1 - likely, many[order].astype(np.float64), cut=1 - least)
    found = _names_apart(found, kept, many[order])
    of_node = np.full(len(rows), -1, dtype=np.int64)
    of_node[order] = found
    return of_node[node]


def nodes(phrases: pd.DataFrame) -> tuple[Whole, Whole]:
    """Give phrases that are alike one number, and the first phrase of each number."""
    keys = list(
        zip(
            phrases["label"].str.lower(),
            *(phrases[name] for name in ("kind", "actor", "owner")),
            strict=True,
        )
    )
    node = pd.factorize(pd.Series(keys, dtype=object))[0]
    return node, np.unique(node, return_index=True)[1]


def features(kept: pd.DataFrame) -> list[Floats]:
    """Give each of `FEATURES` for every two phrases."""
    kind = kept["kind"].to_numpy(object)
    person = kind == "person"
    institution = np.isin(kind, _INSTITUTIONS)
    persons = np.outer(person, person)
    noun, owner = _same(kept["head"]), _same(kept["owner"])
    actor = _same(kept["actor"]) & persons
    owned = np.outer(*[kept["owner"].notna().to_numpy()] * 2)
    thing, deed = kind == "thing", kind == "deed"
    told = [
        noun,
        actor,
        persons & ~actor,
        owner & np.outer(institution, institution),
        owner & persons,
        owner & (np.outer(person, institution) | np.outer(institution, person)),
        owned & ~owner,
        _same(kept["kind"]),
        np.outer(person, thing) | np.outer(thing, person),
        np.logical_xor.outer(deed, deed),
    ]
    near = [embed(kept[name].str.lower().tolist()) for name in ("label", "head")]
    return [one.astype(np.float32) for one in told] + [one @ one.T for one in near]


def _same(column: pd.Series) -> npt.NDArray[np.bool_]:
    """Whether two phrases have the same in a column; missing is like nothing."""
    code = pd.factorize(column)[0]
    same: npt.NDArray[np.bool_] = (code[:, None] == code) & (code >= 0)
    return same


def _names_apart(group: Whole, kept: pd.DataFrame, many: Whole) -> Whole:
    """Give every surname and state a group of its own, and one alone.

    A group keeps whom it names most often; who else is named there goes where they are
    named most often themselves.
    """
    surname = kept["actor"].fillna("").str.rpartition(" ")[2].str.lower()
    printed = [
        word != "" and word in label.lower()
        for word, label in zip(surname, kept["label"], strict=True)
    ]
    person = kept["kind"].eq("person") & pd.Series(
        printed, index=kept.index, dtype=bool
    )
    state = kept["kind"].eq("state") & kept["owner"].notna()
    last = surname.where(person, kept["owner"])
    named = person | state
    table = pd.DataFrame(
        {"group": group[named], "name": last[named], "many": many[named]}
    )
    sums = table.groupby(["group", "name"], sort=False)["many"].sum()
    sums = sums.sort_values(ascending=False, kind="stable")
    of_group: dict[int, str] = {}
    for number, name in sums.index:
        of_group.setdefault(number, name)
    home: dict[str, int] = {}
    for number, name in sums.index:
        if of_group[number] == name:
            home.setdefault(name, number)
    apart = group.copy()
    for place in np.flatnonzero(named):
        apart[place] = home.setdefault(last.iloc[place], len(group) + int(place))
    return apart


def _join_stated(
    likely: Floats, phrases: pd.DataFrame, node: Whole, order: Whole
) -> None:
    """Join what an article says is one: *Iran is a threat*; *the firm, Northbank*."""
    if "subject" not in phrases:
        return
    place = {number: at for at, number in enumerate(order.tolist())}
    by_name = dict(zip(phrases["annotation"], node.tolist(), strict=True))
    told = phrases["subject"].notna()
    for one, subject in zip(node[told], phrases.loc[told, "subject"], strict=True):
        both = place.get(int(one)), place.get(by_name.get(subject, -1))
        if both[0] is not None and both[1] is not None:
            likely[both[0], both[1]] = likely[both[1], both[0]] = _STATED


_STATED = 0.95
"""How sure it is that an article says of two phrases that they are one."""


def _names(phrases: pd.DataFrame, group: Whole) -> pd.Series:
    """Name each group: after the actor most of it is, else its commonest label."""
    acting = phrases["kind"].isin(["person", "state"]) & phrases["actor"].notna()
    actors = phrases["actor"].where(acting).tolist()
    parts: dict[int, tuple[Counter[str], Counter[str]]] = {}
    for number, label, actor in zip(
        group.tolist(), phrases["label"].tolist(), actors, strict=True
    ):
        if number >= 0:
            labels_, named = parts.setdefault(number, (Counter(), Counter()))
            labels_[label] += 1
            named.update([actor] if isinstance(actor, str) else [])
    names: dict[int, str | None] = {-1: None}
    taken: Counter[str] = Counter()
    for number, (labels_, named) in sorted(
        parts.items(), key=lambda it: (-it[1][0].total(), it[0])
    ):
        size = labels_.total()
        most = 2 * named.total() >= size
        name = (named if most else labels_).most_common(1)[0][0]
        taken[name] += 1
        again = f"{name} ({taken[name]})" if taken[name] > 1 else name
        names[number] = None if size == 1 else again
    told = [names[number] for number in group.tolist()]
    return pd.Series(told, index=phrases.index, dtype=object)


LABELS = Layer("labels", tuple(LABEL_COLUMNS), labels, needs=("phrases",), whole=True)
