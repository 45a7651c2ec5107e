"""How often attributions and voices are wrong: measured, with the set named."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from framelens._accuracy import Share
from framelens._lists import read_list


def attribution_accuracy() -> pd.DataFrame:
    """Say how often attributions are wrong, outlet by outlet.

    Returns
    -------
    DataFrame
        One row per set and outlet: ``set, outlet, articles``; ``attributions``: how
        many people marked there; ``precision``: of those found, the share that people
        marked too, with the same cue and source; ``recall``: of those that people
        marked, the share found so; ``f1``, and ``low, high``, its 95 % interval over
        articles, missing where there are fewer than five.

    Notes
    -----
    An attribution is right if at least half of its content (Dice), its cue and the
    head of its source agree with what people marked. The sets are *the shipped
    articles* (two readings by a language model, decided by a third) and *PolNeAR*
    [1]_, articles that the attribution model was not trained on.

    References
    ----------
    .. [1] Newell, E., Margolin, D., & Ruths, D. (2018). An attribution relations
       corpus for political news. LREC. https://aclanthology.org/L18-1524/

    Examples
    --------
    >>> list(attribution_accuracy())[:4]
    ['set', 'outlet', 'articles', 'attributions']
    """
    measured = read_list("attribution_accuracy")
    return pd.DataFrame(measured["rows"], columns=measured["columns"])


class VoiceAccuracy(NamedTuple):
    """How often the voice of a word is right, on a named set (`measured_on`).

    `right` is the share of all words but furniture; precision: of the words called own
    (or indirect), those that are; recall: of those that are, those called so;
    `too_much_own`: the share of own words less what it is; `attributions`: F1 of those
    whose content, cue and source agree with people's. Intervals are over articles
    alone.
    """

    measured_on: str
    articles: int
    right: Share
    own_precision: Share
    own_recall: Share
    indirect_precision: Share
    indirect_recall: Share
    too_much_own: Share
    attributions: Share

    def in_short(self) -> str:
        """Say in one clause how many words have the right voice."""
        return (
            f"on {self.measured_on}, {self.articles} articles, "
            f"{_percent(self.right.value)} of words have the right voice (95 % "
            f"interval {100 * self.right.low:.0f} to {_percent(self.right.high)})"
        )

    def sentence(self) -> str:
        """Say it in words, under 45 of them, for captions and notebooks."""
        own, points = self.own_precision, 100 * self.too_much_own.value
        return (
            f"Voices can be wrong: on {self.measured_on}, {self.articles} articles, "
            f"{_percent(own.value)} of the words called own are own (95 % interval "
            f"{100 * own.low:.0f} to {_percent(own.high)}), and "
            f"{_percent(self.indirect_precision.value)} of those called indirect are; "
            f"the own share comes out {abs(points):.1f} points too "
            f"{'high' if points >= 0 else 'low'}."
        )


def _percent(share: float) -> str:
    """Write a share in whole percent."""
    return f"{100 * share:.0f} %"


def _accuracy(measured: dict[str, Any]) -> VoiceAccuracy:
    """Read one set of the list."""
    values: dict[str, Any] = {
        name: Share(*value) if isinstance(value, list) else value
        for name, value in measured.items()
        if name != "outlet"
    }
    return VoiceAccuracy(**values)


_SETS = read_list("voice_accuracy")["sets"]

VOICE_ACCURACY = next(_accuracy(part) for part in _SETS if "outlet" not in part)
"""Of all outlets together. People differ too: ``benchmarks/RESULTS.md`` has two
annotators of the same articles side by side."""

VOICE_ACCURACY_BY_OUTLET = {
    str(part["outlet"]): _accuracy(part) for part in _SETS if "outlet" in part
}
"""The same for each outlet. Intervals are wide: twelve articles each."""

OUTLETS_DIFFER = str(read_list("voice_accuracy")["outlets_differ"])
"""Whether voices are read worse in some outlets than in others."""


def _role_accuracy() -> str:
    """Say how often who acts and who is acted on are found, with the set named."""
    measured = read_list("portrayal_accuracy")["roles"]
    names = [f"{role}_{side}" for role in _PARTS for side in ("precision", "recall")]
    agent, agents, patient, patients, none, _ = (
        _percent(measured[name][0]) for name in names
    )
    return (
        f"On {measured['measured_on']} {agent} of those said to act do, and {agents} "
        f"of those who act are found; acted on: {patient} and {patients}; of the "
        f"passives said to name nobody {none} do not. Whose name it is can be wrong, "
        "too."
    )


def _doubt_accuracy() -> str:
    """Say how often marks of doubt are found, and by whom that was read."""
    measured = read_list("portrayal_accuracy")["doubt"]
    right, found = measured["precision"], measured["recall"]
    return (
        f"In {measured['measured_on']}, read by a language model, {_percent(right[0])} "
        f"of {right[3]} marks are right; in the first, {_percent(found[0])} of "
        f"{found[3]} are found. Not validated by people."
    )


def _tone_accuracy() -> str:
    """Say how often the tone of a mention is right."""
    measured = read_list("portrayal_accuracy")["tone"]
    right = measured["right"]
    return (
        f"On {measured['measured_on']} macro F1 is {measured['macro_f1'][0]:.2f}. Of "
        f"{right[3]} mentions in {measured['read_in']}, read once by a language model, "
        f"{_percent(right[0])} have the right tone. Not validated by people."
    )


def _sourcing_accuracy() -> str:
    """Say how often an accusation is one, of whom it is said to be."""
    measured = read_list("portrayal_accuracy")["sourcing"]
    right = measured["right"]
    return (
        f"Of {right[3]} accusations found in {measured['read_in']}, read once by a "
        f"language model, {_percent(right[0])} are accusations of whom they are said "
        "to be; how many are missed was not measured. Not validated by people."
    )


def _label_accuracy() -> str:
    """Say how well phrases are grouped by what they name."""
    measured = read_list("portrayal_accuracy")["labels"]
    value, low, high, events = measured["b_cubed_f1"]
    return (
        f"On {measured['measured_on']} marked mentions are grouped with a B-cubed F1 "
        f"of {value:.2f} ({low:.2f} to {high:.2f} over {events} events), "
        f"{measured['simple']:.2f} by their nouns alone. Of {measured['right'][3]} "
        f"labels in the largest groups of {measured['read_in']}, read once by a "
        f"language model, {_percent(measured['right'][0])} name what the group does."
    )


def _headline_accuracy() -> str:
    """Say how often a text attributes what its headline is said to assert."""
    measured = read_list("portrayal_accuracy")["headlines"]
    right, found = measured["precision"], measured["recall"]
    return (
        f"Not validated: of {right[3]} headlines in {measured['read_in']} whose claim "
        f"the text is said to attribute it does in {_percent(right[0])} (95 % interval "
        f"{100 * right[1]:.0f} to {_percent(right[2])}), and {_percent(found[0])} of "
        f"{found[3]} such headlines are found; read once by a language model that did "
        "not see the result."
    )


_PARTS = ("agent", "patient", "no_agent")
HEADLINE_ACCURACY = _headline_accuracy()
LABEL_ACCURACY = _label_accuracy()
DOUBT_ACCURACY = _doubt_accuracy()
ROLE_ACCURACY = _role_accuracy()
"""How often `framelens.measure.roles` is right: grammar alone, not names."""
SOURCING_ACCURACY = _sourcing_accuracy()
TONE_ACCURACY = _tone_accuracy()
