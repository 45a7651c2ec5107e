"""The stated accuracy of attributions: it hangs together, and agrees with the lists."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from framelens.measure import attribution_accuracy

GOLD = Path(__file__).parent / "gold" / "attributions.csv"


@pytest.fixture
def table():
    return attribution_accuracy()


def test_it_says_of_which_set_and_outlet(table):
    assert table.columns.tolist() == [
        *("set", "outlet", "articles", "attributions"),
        *("precision", "recall", "f1", "low", "high"),
    ]
    assert set(table["set"]) == {"the shipped articles", "PolNeAR"}
    assert not table.duplicated(["set", "outlet"]).any()


def test_f1_balances_precision_and_recall(table):
    both = table["precision"] + table["recall"]
    balanced = 2 * table["precision"] * table["recall"] / both
    np.testing.assert_allclose(table["f1"], balanced, atol=0.002)


def test_intervals_hold_the_value_and_single_articles_have_none(table):
    several = table[table["articles"] >= 5]
    assert several["low"].le(several["f1"]).all()
    assert several["high"].ge(several["f1"]).all()
    assert table.loc[table["articles"] < 5, ["low", "high"]].isna().all(axis=None)


def test_the_shipped_articles_are_those_of_the_list(table, shipped):
    listed = pd.read_csv(GOLD, dtype=str)
    outer = listed[listed["depth"] == "0"]["article"].value_counts()
    of_outlet = shipped.set_index("outlet")["article"].map(outer)
    mine = table[table["set"] == "the shipped articles"].set_index("outlet")[
        "attributions"
    ]
    assert mine.to_dict() == of_outlet.to_dict()


def test_each_call_gives_a_table_of_its_own(table):
    table["f1"] = 0.0
    assert attribution_accuracy()["f1"].gt(0).all()
