"""Shared passages: exact, as passage -> articles."""

from __future__ import annotations

import sys
from collections import defaultdict

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framelens._checks import InputError, UnknownNameError
from framelens.align import reuse
from framelens.align.passages.passages import Rules, find_passages, word_places
from framelens.annotate.word_codes import Words
from framelens.annotate.words import counted_form, word_offsets
from framelens.corpus import read_corpus

DAM = "The old dam above Reddin broke on Monday night and flooded two villages"
BANK = "Critics call the finance minister Ada Brenn a friend of the big bankers"
FOOTER = "Subscribe to our letter and get the best of the day for free"


def articles_of(texts, outlets=None):
    table = pd.DataFrame({"article": [f"a{n}" for n in range(len(texts))]})
    table["outlet"] = outlets or [f"Outlet {n}" for n in range(len(texts))]
    return table.assign(text=pd.Series(texts, dtype=object))


def frequent(texts, outlets, rules):
    """Windows that are boilerplate, by counting them one by one."""
    size = rules.shortest
    places = defaultdict(set)
    for row, words in enumerate(texts):
        for at in range(len(words) - size + 1):
            places[tuple(words[at : at + size])].add(row)
    told = {o: sum(o == p and bool(t) for p, t in zip(outlets, texts, strict=True))
            for o in outlets}  # fmt: skip
    found = set()
    for window, rows in places.items():
        per = {o: sum(outlets[row] == o for row in rows) for o in outlets}
        over = any(
            k >= rules.fewest and k > rules.share * told[o] for o, k in per.items()
        )
        if len(rows) > 1 and (over or len(rows) > rules.most):
            found.add(window)
    return found


def every_maximal(texts, allowed, size):
    """Every maximal passage, by listing all sequences of words."""
    places = defaultdict(list)
    for row, words in enumerate(texts):
        for start in range(len(words) - size + 1):
            for end in range(start + size, len(words) + 1):
                if not allowed(row, end - size):
                    break
                places[tuple(words[start:end])].append((row, start))
    number = {words: len({row for row, _ in at}) for words, at in places.items()}
    longer = {
        part
        for words, k in number.items()
        for part in (words[1:], words[:-1])
        if number.get(part) == k
    }
    found = {}
    for words, at in places.items():
        if number[words] < 2 or words in longer:
            continue
        kept = []
        for row, start in sorted(at):
            if not kept or kept[-1][0] != row or start >= kept[-1][1] + len(words):
                kept.append((row, start))
        found[words] = kept
    return found


def by_brute_force(texts, outlets, rules):
    size, often = rules.shortest, frequent(texts, outlets, rules)
    taken = {
        (row, at + step)
        for row, words in enumerate(texts)
        for at in range(len(words) - size + 1)
        if tuple(words[at : at + size]) in often
        for step in range(size)
    }
    rest = every_maximal(
        texts,
        lambda row, at: not any((row, at + n) in taken for n in range(size)),
        size,
    )
    boilerplate = every_maximal(
        texts, lambda row, at: tuple(texts[row][at : at + size]) in often, size
    )
    return rest, boilerplate


def as_words(texts):
    code = np.array([word for words in texts for word in words], np.int32)
    return Words([], code, np.cumsum([0, *map(len, texts)]))


def as_found(texts, outlets, rules):
    found = find_passages(as_words(texts), outlets, rules)
    groups, names = (defaultdict(list), defaultdict(list)), {}
    columns = found.passage, found.article, found.first, found.last, found.boilerplate
    for group, row, first, last, often in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        words = tuple(texts[row][first:last])
        assert names.setdefault(group, words) == words
        groups[often][words].append((row, first))
    assert len(names) == sum(map(len, groups))
    return groups


def drawn(rng, articles):
    """Draw texts of few words that share stretches, so that all cases occur."""
    kinds = int(rng.integers(1, 6))
    pool = [rng.integers(0, kinds, rng.integers(0, 9)).tolist() for _ in range(3)]
    texts = []
    for _ in range(articles):
        words = []
        for _ in range(rng.integers(0, 4)):
            own = rng.integers(0, kinds, rng.integers(0, 6)).tolist()
            words += pool[rng.integers(0, 3)] if rng.random() < 0.6 else own
        texts.append(words)
    outlets = [["Daily", "Herald", None][rng.integers(0, 3)] for _ in texts]
    rules = Rules(
        int(rng.integers(2, 5)),
        float(rng.choice([0.3, 0.6, 1.0])),
        int(rng.integers(2, 4)),
        int(rng.integers(3, 9)),
    )
    return texts, outlets, rules


def test_passages_are_those_of_brute_force_on_2000_articles():
    rng = np.random.default_rng(7)
    seen = 0
    while seen < 2_000:
        texts, outlets, rules = drawn(rng, int(rng.integers(2, 12)))
        seen += len(texts)
        assert as_found(texts, outlets, rules) == by_brute_force(texts, outlets, rules)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.integers(0, 2), max_size=14), max_size=5))
def test_passages_are_those_of_brute_force_whatever_the_words(texts):
    outlets = [None] * len(texts)
    rules = Rules(3, 1.0, 99, 99)
    assert as_found(texts, outlets, rules) == by_brute_force(texts, outlets, rules)


def test_a_part_that_more_articles_have_is_a_passage_of_its_own():
    whole = f"{DAM} while the mayor slept in his bed"
    found = reuse(articles_of([whole, f"{whole}!", f"He said: {DAM}. So it is."]))
    assert found.groups["words"].tolist() == [20, 13]
    assert found.groups["articles"].tolist() == [2, 3]
    assert found.groups["group"].tolist() == ["p1", "p2"]
    assert found.evidence("p2")["text"].tolist() == [DAM] * 3


def test_seven_words_are_not_enough_and_eight_are():
    seven = " ".join(DAM.split()[:7])
    eight = " ".join(DAM.split()[:8])
    assert reuse(articles_of([f"{seven} fell", f"{seven} rose"])).table.empty
    assert len(reuse(articles_of([f"{eight} fell", f"{eight} rose"])).table) == 2
    assert len(reuse(articles_of([seven, seven]), shortest=7).table) == 2


def test_evidence_is_the_text_at_its_offsets_and_has_the_same_words():
    told = "“Iran’s drones hit the U.S. base,” he said, “and we saw no one leave.”"
    other = "IRAN'S DRONES HIT THE US BASE, he said, and we\nsaw no one leave 👍"
    table = articles_of([f"שלום עולם. {told}", f"👍 {other}", "No more."])
    found = reuse(table)
    evidence = found.evidence("p1")
    assert evidence["article"].tolist() == ["a0", "a1"]
    texts = dict(zip(table["article"], table["text"], strict=True))
    forms = []
    for row in evidence.itertuples():
        assert texts[row.article][row.start : row.end] == row.text
        spans = word_offsets(row.text)
        forms.append([counted_form(row.text[a:b]).casefold() for a, b in spans])
    assert forms[0] == forms[1]
    assert len(forms[0]) == 14


def test_what_one_article_repeats_is_no_passage():
    found = reuse(articles_of([f"{DAM}. Then, again, {DAM}.", BANK]))
    assert found.table.empty
    both = reuse(articles_of([f"{DAM}. Again: {DAM}.", DAM]))
    assert both.table["article"].tolist() == ["a0", "a0", "a1"]
    assert both.table["articles"].tolist() == [2, 2, 2]


def test_boilerplate_is_set_apart_capped_and_in_no_pair():
    rng = np.random.default_rng(0)
    texts = [
        " ".join(f"w{one}" for one in rng.integers(0, 10**6, 30)) + f". {FOOTER}."
        for _ in range(150)
    ]
    texts[0], texts[1] = f"{DAM}. {FOOTER}.", f"{DAM}. {FOOTER}."
    found = reuse(articles_of(texts, ["Daily"] * 150))
    assert found.groups["kind"].tolist() == ["passage", "boilerplate"]
    assert found.groups["text"].tolist() == [DAM, FOOTER]
    assert found.groups["articles"].tolist() == [2, 150]
    assert len(found.evidence("p2")) == 100
    pairs = found.pairs()
    assert pairs[["article", "other", "words"]].to_numpy().tolist() == [
        ["a0", "a1", 13]
    ]
    assert pairs["share"].tolist() == [1.0]
    assert "1 passage of boilerplate set apart" in found.caption


def test_furniture_is_left_out_and_a_correction_of_it_wins():
    notice = "© 2031 Daily News Group and its partners in the whole world"
    table = articles_of([f"{DAM}. {notice}", f"{BANK}.\n\n{notice}"])
    assert reuse(table).table.empty
    corpus = read_corpus(table)
    kept = reuse(corpus.correct(furniture=corpus.furniture.iloc[:0]))
    assert kept.groups["words"].tolist() == [11]
    marked = corpus.furniture.iloc[:1].assign(article="a0", start=0, end=20)
    twice = read_corpus(articles_of([DAM, DAM])).correct(furniture=marked)
    assert reuse(twice).groups["text"].tolist() == [
        "broke on Monday night and flooded two villages"
    ]


def test_pairs_count_each_word_once():
    end = "while the mayor slept in his bed"
    table = articles_of([f"{DAM} {end}", f"{DAM} {end}. {BANK}", f"{DAM}; {BANK}"])
    pairs = reuse(table).pairs()
    assert pairs["words"].tolist() == [20, 13, 26]
    assert pairs["other_words"].tolist() == [20, 13, 26]
    assert pairs["passages"].tolist() == [2, 1, 2]
    np.testing.assert_allclose(pairs["share"], [1, 13 / 20, 26 / 33])
    mine = reuse(table).pairs("a2")
    assert mine[["article", "other", "words"]].to_numpy().tolist() == [
        ["a2", "a0", 13], ["a2", "a1", 26]
    ]  # fmt: skip


def test_the_order_of_articles_changes_nothing():
    texts = [f"{DAM}. {BANK}", BANK, f"So {DAM}", f"{BANK}. {DAM}"]
    there, back = reuse(articles_of(texts)), reuse(articles_of(texts).iloc[::-1])
    keys = ["article", "start", "end", "words", "articles"]
    pd.testing.assert_frame_equal(
        there.table[keys].sort_values(keys, ignore_index=True),
        back.table[keys].sort_values(keys, ignore_index=True),
    )


def test_an_article_twice_is_one_passage():
    rng = np.random.default_rng(1)
    text = " ".join(f"w{one}" for one in rng.integers(0, 5_000, 100_000))
    found = reuse(articles_of([text, text]))
    assert found.table["words"].tolist() == [100_000] * 2
    assert found.table["end"].tolist() == [len(text)] * 2


def test_one_word_again_and_again_is_one_passage():
    found = reuse(articles_of(["ha " * 3_000, "ha " * 3_000, "ha " * 1_000]))
    assert found.groups["words"].tolist() == [3_000, 1_000]
    assert found.table["group"].value_counts().to_dict() == {"p1": 2, "p2": 7}


@pytest.mark.parametrize(
    "texts", [[], [""], ["", ""], [DAM], ["👍 …", "“”"], ["\ud800 x", "\ud800 x"]]
)
def test_nothing_to_share(texts):
    found = reuse(articles_of(texts))
    assert found.table.empty
    assert found.pairs().empty
    assert "0 passages" in found._repr_html_()
    assert found.alt
    assert list(found.groups.columns)[-1] == "text"


def test_words_stand_where_they_are_said_to_stand():
    texts = ["Talks end.\nnow  x", "", "The U.S.-led 👍 \ud800 ok שלום", "a-b c\td e"]
    places = [
        (row, nth, span)
        for row, text in enumerate(texts)
        for nth, span in enumerate(word_offsets(text))
    ][::-1]
    rows, nths = (np.array([place[side] for place in places]) for side in (0, 1))
    start, end = word_places(pd.Series(texts, dtype=object), rows, nths)
    assert list(zip(start, end, strict=True)) == [place[2] for place in places]


def test_html_escapes_what_it_is_given():
    html = reuse(articles_of([f"<b>{DAM}", f"<b>{DAM}"]))._repr_html_()
    assert "<b>" not in html
    assert "<caption>" in html
    assert "does not say who took it" in html
    bad = DAM.replace("old", "<i>old</i>")
    assert "<i>" not in reuse(articles_of([bad, bad]))._repr_html_()


@pytest.mark.parametrize("wrong", [2, 0, 8.0, True, "8"])
def test_a_shortest_passage_that_is_none(wrong):
    with pytest.raises(InputError, match="whole number of words from 3") as caught:
        reuse(articles_of([DAM]), shortest=wrong)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("wrong", [0, 1.5, True, "many"])
def test_a_share_that_is_none(wrong):
    with pytest.raises(InputError, match="above 0 and at most 1"):
        reuse(articles_of([DAM]), share=wrong)


def test_errors_name_what_is_there(monkeypatch):
    found = reuse(articles_of([DAM, DAM]))
    with pytest.raises(UnknownNameError, match="no passage 'p9'"):
        found.evidence("p9")
    with pytest.raises(UnknownNameError, match="no article 'z'"):
        found.pairs("z")
    monkeypatch.setattr(sys.modules["framelens.align.reuse"], "MOST_PAIRS", 0)
    with pytest.raises(InputError, match="ask for those of one article"):
        found.pairs()
    assert len(found.pairs("a0")) == 1


def test_an_unrelated_article_changes_nothing():
    texts = [f"{DAM}. {BANK}", BANK, f"So {DAM}"]
    there, more = reuse(articles_of(texts)), reuse(articles_of([*texts, FOOTER]))
    pd.testing.assert_frame_equal(there.table, more.table)
    pd.testing.assert_frame_equal(there.pairs(), more.pairs())


def test_input_is_left_alone():
    table = articles_of([DAM, f"“{DAM}”"])
    before = table.copy()
    reuse(table)
    pd.testing.assert_frame_equal(table, before)
    objects = table.astype(object)
    pd.testing.assert_frame_equal(
        reuse(objects).table, reuse(table).table, check_dtype=False
    )
