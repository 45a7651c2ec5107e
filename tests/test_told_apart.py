"""Told apart: whether words give an outlet away, with events held out."""

import itertools
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from framelens._checks import UnknownNameError
from framelens.compare import told_apart
from framelens.corpus import corpus_of
from framelens.measure.counts import counts_of

COLUMNS = ["event", "outlet", "article", "voice", "item", "k", "n"]


def drawn(seed=0, events=20, articles=1, items=30, differ=0, longer=1):
    """Events have words of their own; the first `differ` words differ by outlet.

    Articles of the Herald are `longer` times as long.
    """
    rng = np.random.default_rng(seed)
    topic = np.exp(rng.normal(0, 0.7, (events, items)))
    rows = []
    for event, outlet, number in itertools.product(
        range(events), ["Daily", "Herald"], range(articles)
    ):
        for item in range(items):
            times = 3 if item < differ and outlet == "Daily" else 1
            words = 300 * (longer if outlet == "Herald" else 1)
            mean = 0.01 * words * times * topic[event, item]
            k = min(int(rng.poisson(mean)), words)
            name = f"{outlet}-{event}-{number}"
            rows.append((f"e{event:02}", outlet, name, "rest", f"w{item:02}", k, words))
    return pd.DataFrame(rows, columns=COLUMNS)


def of(counts, **options):
    return told_apart(counts, target="Daily", baseline="Herald", **options)


def test_words_that_differ_give_the_outlet_away():
    result = of(drawn(differ=6))
    assert result.right > 0.9
    assert result.p == pytest.approx(1 / 200)
    assert result.by_chance == pytest.approx(0.5, abs=0.05)
    first = result.items.head(6)
    assert set(first["item"]) == {f"w0{one}" for one in range(6)}
    assert first["points_to"].eq("Daily").all()


def test_events_do_not_give_the_outlet_away():
    p = [of(drawn(seed, articles=2), permutations=39).p for seed in range(20)]
    assert np.mean(np.array(p) <= 0.05) <= 0.2
    assert 0.3 < np.mean(p) < 0.75


def test_length_does_not_give_the_outlet_away():
    p = [of(drawn(seed, longer=5, items=60), permutations=39).p for seed in range(12)]
    assert np.mean(np.array(p) <= 0.05) <= 0.2
    assert 0.3 < np.mean(p) < 0.75


def test_reprinted_pieces_do_not_give_the_outlet_away():
    p = []
    for seed in range(12):
        counts = drawn(seed, items=60)
        piece = counts[counts["article"].eq("Daily-0-0")]
        reprinted = [
            piece.assign(event=f"e{event:02}", article=f"again{event}")
            for event in range(1, 20)
        ]
        found = of(pd.concat([counts, *reprinted]), permutations=39)
        p.append(found.p)
    assert np.mean(np.array(p) <= 0.05) <= 0.2


def test_fewer_than_twenty_events_are_refused():
    result = of(drawn(events=19))
    assert result.refusal == "19 shared events: telling outlets apart needs at least 20"
    assert np.isnan(result.right)
    assert result.items.empty
    assert "not told apart" in result._repr_html_()
    apart = drawn().assign(event=lambda table: table["outlet"])
    assert of(apart).refusal.startswith("0 shared events")


def test_odd_inputs_are_answered():
    assert of(drawn().assign(k=0)).refusal == "no item is found in enough articles"
    assert of(drawn().assign(k=2)).refusal is not None
    twice = told_apart(drawn(), target="Daily", baseline="Daily")
    assert twice.refusal == "target and baseline are both Daily"
    with pytest.raises(UnknownNameError, match="did you mean 'Daily'"):
        told_apart(drawn(), target="Daly", baseline="Herald")


def test_swapping_outlets_swaps_what_words_point_to():
    counts = drawn(differ=3)
    there = of(counts, permutations=19)
    back = told_apart(counts, target="Herald", baseline="Daily", permutations=19)
    assert there.right == pytest.approx(back.right)
    assert there.items["points_to"].tolist()[:3] == back.items["points_to"].tolist()[:3]


def test_the_input_is_left_alone_and_what_is_displayed_is_escaped():
    counts = drawn(differ=3).replace({"w00": "<b>"})
    before = counts.copy()
    html = of(counts, permutations=19)._repr_html_()
    assert "<b>" not in html
    pd.testing.assert_frame_equal(counts, before)


def measured(counts, **columns):
    table = counts[["article", "outlet", "event"]].drop_duplicates()
    text = table["article"].str.translate(str.maketrans("0123456789", "abcdefghij"))
    made = {name: one.loc[table.index].to_numpy() for name, one in columns.items()}
    return replace(counts_of(counts), corpus=corpus_of(table.assign(text=text, **made)))


def test_authors_do_not_give_the_outlet_away():
    loose, held = [], []
    for seed in range(10):
        counts = drawn(seed, events=24, articles=2, items=20)
        number = counts["event"].str[1:].astype(int) + counts["article"].str[-1].eq("1")
        author = counts["outlet"].str[0] + (number % 6).astype(str)
        # every author likes two words, whatever the outlet
        word = counts["item"].str[1:].astype(int)
        likes = word // 2 == pd.factorize(author)[0] % 10
        known = measured(
            counts.assign(k=np.where(likes, 20, counts["k"])), author=author
        )
        loose.append(of(known, permutations=39).p)
        held.append(of(known, permutations=39, cluster="author").p)
    assert np.mean(np.array(loose) <= 0.05) > 0.8
    assert np.mean(np.array(held) <= 0.05) <= 0.2
    two = measured(counts, author=counts["outlet"])
    assert "too few clusters by author" in of(two, cluster="author").refusal


def test_genre_does_not_give_the_outlet_away():
    counts = drawn(2, articles=4, items=20)
    number = counts["article"].str[-1].astype(int)
    # the Daily comments more, and comment says ten words twice as often
    comment = number.lt(3) & counts["outlet"].eq("Daily") | number.eq(0)
    more = comment & (counts["item"].str[1:].astype(int) < 10)
    counts["k"] = np.where(more, 2, 1) * np.minimum(counts["k"], 150)
    genre = comment.map({True: "comment", False: "report"})
    assert of(counts, permutations=39).p == pytest.approx(1 / 40)
    assert of(measured(counts, genre=genre), permutations=39).p > 0.05
