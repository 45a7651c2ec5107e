"""Doubt: what is doubted, hedged or taken for granted."""

from __future__ import annotations

import pandas as pd
import pytest
from conftest import layer_of

import framelens as fl
from framelens._checks import UnknownNameError
from framelens.annotate.commitment import cue_distance
from framelens.annotate.cues import CUE_CLASSES
from framelens.annotate.doubts import KINDS
from framelens.annotate.factuality import factuality
from framelens.annotate.pipeline import each_tokens

TEXT = (
    "The alleged attack may be a hoax. The minister regrets that the port was shelled. "
    "Clearly, the use of drones by Norland angered many. Norland could not win."
)


def articles(text: str) -> pd.DataFrame:
    return pd.DataFrame({"article": ["a"], "outlet": ["Daily"], "text": [text]})


def marks(text: str) -> dict[str, list[str]]:
    table = layer_of("marked_doubts", articles(text))
    found: dict[str, list[str]] = {}
    for row in table.itertuples():
        found.setdefault(row.role, []).append(text[row.start : row.end])
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT, {"doubt word": ["alleged"], "hedge": ["may"], "factive": ["regrets"]}),
        (TEXT, {"booster": ["Clearly"], "presupposition": ["use"]}),
        ("The so-called ministry closed.", {"doubt word": ["so-called"]}),
        ("The claim is unfounded.", {"doubt word": ["unfounded"]}),
        ("He seems to sleep.", {"hedge": ["seems"]}),
        ("Norland reportedly sent ships.", {"hedge": ["reportedly"]}),
    ],
)
def test_each_mark_is_found(text, expected):
    found = marks(text)
    assert {kind: found.get(kind) for kind in expected} == expected


@pytest.mark.parametrize(
    "text",
    [
        "He has false teeth.",
        "In May he came.",
        "Nobody knows whether it rained.",
        "We could see the port.",
        "They want to prevent the use of drones by Norland.",
    ],
)
def test_what_only_looks_like_doubt_is_left_alone(text):
    assert marks(text) == {}


def test_what_is_doubted_is_the_noun_or_the_clause():
    table = layer_of("marked_doubts", articles(TEXT)).set_index("role")
    about = {
        kind: TEXT[table.loc[kind, "target_start"] : table.loc[kind, "target_end"]]
        for kind in ("doubt word", "factive", "presupposition")
    }
    assert about == {
        "doubt word": "The alleged attack",
        "factive": "that the port was shelled",
        "presupposition": "the use of drones",
    }


def test_a_cue_doubts_the_claim_of_whoever_speaks():
    text = "Norland claimed that the port was safe. Sutland admitted that it was not."
    found = fl.doubt(articles(text), by="claimant").counts.set_index("item")["k"]
    assert found.to_dict() == {"Norland: doubted": 1, "Sutland: granted": 1}
    places = fl.doubt(articles(text)).evidence("cue that leaves open")
    assert places["text"].tolist() == ["claimed that the port was safe"]
    assert places["voice"].tolist() == ["own"]


def test_it_counts_by_what_the_marks_do():
    corpus = fl.corpus.corpus_of(articles(TEXT), marks_only=True)
    found = fl.doubt(corpus, by="effect").counts.set_index("item")["k"]
    assert found.to_dict() == {"doubted": 1, "granted": 3, "hedged": 1}
    with pytest.raises(UnknownNameError, match="claimant"):
        fl.doubt(corpus, by="claimants")


def test_every_class_of_cue_has_a_distance():
    measured = fl._lists.read_list("commitment")["distance"]
    assert set(measured) == set(CUE_CLASSES)
    assert set(KINDS.values()) == {"doubted", "granted", "hedged"}
    near_to_far = ["was shocked", "said", "argued", "denied"]
    assert [cue_distance(cue) for cue in near_to_far] == [0, 1, 2, 3]
    assert cue_distance("baked") is None


def test_what_is_negated_or_only_claimed_happened_less_surely():
    texts = ["Norland attacked.", "Norland may attack.", "Norland did not attack."]
    surely = [
        factuality(
            tokens, next(n for n, one in enumerate(tokens.lemmas) if one == "attack")
        )
        for text in texts
        for tokens in each_tokens(articles(text))
    ]
    assert surely[0] > surely[1] > 0 > surely[2] >= -3
