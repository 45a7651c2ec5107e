"""Which articles report the same event, and why they are thought to."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import pyplot as plt
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from framelens._checks import ColumnError, InputError
from framelens.align import EVENT_COLUMNS, event_members, event_terms, events
from framelens.align.events.details import details
from framelens.align.events.linking import (
    Limits,
    Setting,
    linked,
    near_pairs,
    surroundings,
)
from framelens.align.events.vectors import vectors, with_days
from framelens.corpus import read_corpus

DAM = [
    "The old dam above Reddin burst on Monday night, flooding Tarn and Upper Tarn. "
    "Orla Venn, the mayor, said that 143 people had to leave their homes.",
    "Two villages, Tarn and Upper Tarn, were flooded when the Reddin dam burst. Mayor "
    "Orla Venn counted 143 people without homes on Monday.",
    "A dam that burst near Reddin has flooded Tarn. The water company knew of cracks "
    "in the dam, mayor Venn said.",
]
CHOIR = [
    "The children's choir of Luse opened the new concert hall with a song by Imre "
    "Kadar, who had conducted the choir for thirty years.",
    "Imre Kadar conducted his last song in Luse: the choir's children filled the new "
    "concert hall.",
]
STRIKE = [
    "Tram drivers in Borne walked out over pay. Their union, led by Piet Olm, wants "
    "five per cent, and no tram will run until Friday.",
    "No tram runs in Borne: the drivers' union of Piet Olm began its strike for more "
    "pay, and talks with the tram company failed.",
]
TEXTS = [*DAM, *CHOIR, *STRIKE]
TRUTH = ["dam"] * 3 + ["choir"] * 2 + ["strike"] * 2


def articles_of(texts, **columns):
    names = [f"a{place}" for place in range(len(texts))]
    return pd.DataFrame({"article": names, "text": texts, **columns})


def groups(table):
    return {frozenset(one) for one in table.groupby("event")["article"].agg(list)}


@pytest.fixture(scope="module")
def corpus():
    return articles_of(TEXTS)


@pytest.fixture(scope="module")
def found(corpus):
    return events(corpus)


def test_three_events_are_told_apart(found, corpus):
    assert groups(found) == groups(corpus.assign(event=TRUTH))
    assert list(found.columns) == EVENT_COLUMNS
    assert not found["given"].any()


def test_names_hold_the_date_and_the_words_that_mark_the_event(corpus):
    dates = ["2024-05-07", "2024-05-06", None, None, "soon", None, None]
    found = events(corpus.assign(date=dates))
    first, choir = found["event"][0], found["event"][3]
    assert first.startswith("2024-05-06 ")
    assert "dam" in first.split()
    assert len(choir.split()) == 3
    assert "choir" in choir


def test_cosines_are_those_of_a_pocket_calculator():
    told = vectors(["Dam dam.", "Dam qwxyz."])
    # The rarity of "dam" is 0.6775: place 50 * (421 ** 0.6775 - 1) = 2950 or so among
    # the words of English, so that 2.03 of 200 articles at large would hold it.
    dam = math.log(203 / (2 + 2.03 + 0.5))
    made_up = math.log(203 / (1 + 0 + 0.5)) * math.sqrt(50 / 51)
    cosine = (told.matrix @ told.matrix.T).toarray()[0, 1]
    assert cosine == pytest.approx(dam / math.hypot(dam, made_up), abs=0.01)


def test_linking_is_the_average_linkage_of_scipy():
    rng = np.random.default_rng(0)
    words = np.array(
        [f"w{chr(97 + a)}{chr(97 + b)}" for a in range(9) for b in range(9)]
    )
    texts = [" ".join(rng.choice(words[: 9 * (2 + k % 8)], 25)) for k in range(40)]
    matrix = vectors(texts).matrix
    pairs, setting = near_pairs(matrix), Setting(threshold=0.9)
    labels, _ = linked(matrix, pairs, no_limits(40), setting)
    around = np.sqrt(surroundings(pairs, 40, setting))
    nearness = (matrix @ matrix.T).toarray() / np.outer(around, around)
    distance = 10 - nearness
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance, checks=False), "average")
    expected = fcluster(tree, 10 - 0.9, "distance")
    assert 3 < len(set(expected)) < 37
    assert len(set(zip(labels, expected, strict=True))) == len(set(expected))
    assert len(set(labels)) == len(set(expected))


def no_limits(size):
    return Limits(
        np.full(size, -1), np.full(size, np.inf), np.full(size, -np.inf), np.inf
    )


@settings(max_examples=10)
@given(st.permutations(range(len(TEXTS))))
def test_the_order_of_articles_changes_nothing(order):
    corpus = articles_of(TEXTS)
    back = events(corpus.iloc[list(order)])
    assert back["article"].tolist() == [f"a{place}" for place in order]
    pd.testing.assert_frame_equal(
        back.sort_values("article", ignore_index=True), pd.DataFrame(events(corpus))
    )


@settings(max_examples=25)
@given(
    st.lists(st.sampled_from([*TEXTS, "", "***", "Дождь идёт в Москве."]), max_size=9),
    st.data(),
)
def test_every_article_is_in_one_event_and_given_events_win(texts, data):
    if not texts:
        return
    given_events = data.draw(
        st.lists(
            st.sampled_from([None, "x", "y"]),
            min_size=len(texts),
            max_size=len(texts),
        )
    )
    found = events(articles_of(texts, event=given_events))
    assert found["article"].tolist() == [f"a{place}" for place in range(len(texts))]
    assert found["event"].notna().all()
    named = [one is not None for one in given_events]
    assert found["given"].tolist() == named
    assert found["event"][named].tolist() == [one for one in given_events if one]
    assert found["certain"][named].all()
    assert (found["event"] != found["other_event"]).all()


def test_others_join_a_given_event(corpus):
    found = events(corpus.assign(event=["flood", *[None] * 6]))
    assert found["event"].tolist()[:3] == ["flood"] * 3
    assert found["given"].tolist()[:3] == [True, False, False]


def test_a_given_event_keeps_copies_apart():
    texts = [DAM[0]] * 4
    found = events(articles_of(texts, event=["x", "y", None, "x"]))
    assert found["event"].tolist()[:2] == ["x", "y"]
    assert found["event"][2] in ("x", "y")
    assert found["other_event"][0] == "y"


def test_copies_do_not_push_another_report_away():
    texts = [*[DAM[0]] * 12, DAM[1], *CHOIR, *STRIKE]
    found = events(articles_of(texts))
    assert set(found["event"][:13]) == {found["event"][0]}
    assert found["event"].nunique() == 3


def test_days_keep_what_is_told_alike_apart():
    texts = [DAM[0], DAM[1], DAM[0]]
    table = articles_of(texts, date=["2023-05-01", "2023-05-02", "2024-05-01"])
    assert len(groups(events(table))) == 1
    found = events(table, days=30)
    assert groups(found) == {frozenset({"a0", "a1"}), frozenset({"a2"})}
    assert found["event"][2].startswith("2024-05-01 ")
    assert not found["certain"][2]


def test_two_events_of_one_name_are_numbered():
    table = articles_of([DAM[0]] * 2, event=["x", None], date=["2023-01-01"] * 2)
    other = events(table, days=0)
    assert other["event"].tolist() == ["x", "x"]
    table["date"] = ["2023-01-01", None]
    apart = events(articles_of([STRIKE[0], DAM[0]]))["event"].tolist()
    taken = events(articles_of([STRIKE[0], DAM[0]], event=[apart[1], None]))
    assert taken["event"].tolist() == [apart[1], f"{apart[1]} (2)"]


@pytest.mark.parametrize("text", ["", "***", DAM[0], "大坝在周一决堤。"])
def test_one_article_is_one_event(text):
    found = events(articles_of([text]))
    assert len(found) == 1
    assert found["event"][0]
    assert math.isnan(found["similarity"][0])
    assert found["other_event"][0] is None
    assert not found["certain"][0]  # so few words are a headline


def test_empty_texts_are_not_one_event():
    assert events(articles_of(["", ""]))["event"].tolist() == ["a0", "a1"]


def test_russian_articles_are_grouped():
    dam = "Плотина под Реддином рухнула, затоплены деревни Тарн и Верхний Тарн."
    again = "Затоплены деревни Тарн и Верхний Тарн: рухнула плотина под Реддином."
    other = "Детский хор открыл концертный зал, дирижировал Имре Кадар."
    found = events(articles_of([dam, again, other]))
    assert groups(found) == {frozenset({"a0", "a1"}), frozenset({"a2"})}


def test_terms_say_why_articles_are_together(corpus, found):
    terms = event_terms(corpus)
    dam = terms[terms["event"] == found["event"][0]].set_index("term")
    assert dam.loc["Upper Tarn", ["kind", "articles", "members"]].tolist() == [
        "name", 2, 3
    ]  # fmt: skip
    assert dam.loc["143", "kind"] == "number"
    assert dam.loc["Monday", "kind"] == "day"
    assert dam.loc["dam", ["articles", "elsewhere"]].tolist() == [3, 0]
    borne = terms[terms["term"] == "Borne"]
    assert borne[["kind", "articles", "members"]].to_numpy().tolist() == [
        ["place", 2, 2]
    ]


def test_members_share_the_occasion_or_names_only(corpus, found):
    members = event_members(corpus).set_index("article")
    assert members["shares"].tolist() == ["occasion"] * 2 + ["names"] * 5
    assert members.loc["a0", "days"] == "Monday"
    assert members.loc["a0", "numbers"] == "143"
    assert members.loc["a2", "numbers"] == ""
    assert "Kadar" in members.loc["a3", "names"]


def test_an_article_alone_shares_nothing():
    table = articles_of(["Rain in Borne.", "Snow."])
    alone = event_members(table.assign(event=["x", "y"]))
    assert alone["shares"].tolist() == ["alone", "alone"]
    both = event_members(table.assign(event="x"))
    assert both["shares"].tolist() == ["words", "words"]
    assert event_terms(table.assign(event=["x", None])).empty


@pytest.mark.parametrize(
    ("text", "day", "shown"),
    [
        ("It was on Monday.", date(2024, 5, 1), {"29 April"}),
        ("It was on Wednesday.", date(2024, 5, 1), {"1 May"}),
        ("It was on Monday.", None, {"Monday"}),
        ("It was May 3, 2024, or Sept. 4 or 5 June.", None,
         {"3 May", "4 September", "5 June"}),
        ("May 2024 and 45 March", None, {"45"}),
        ("In 1999, 100 or 2,000 came; 37 and 2,231 left, 5 stayed.", None,
         {"37", "2,231"}),
        ("He met Ada Brenn at Port Orr’s gate. Then he met the Brenn boys.", None,
         {"Ada Brenn", "Brenn", "Port Orr", "Orr"}),
        ("Ada Brenn left. But Ada stayed. “Port Orr wept.”", None,
         {"Ada Brenn", "Brenn", "Ada", "Port Orr", "Orr"}),
        ("Angry Brits came. The angry men left.", None, {"Brits"}),
        ("Sound Line calls the ship sound. He left Sound Line.", None,
         {"Sound Line", "Line"}),
        ("Reddin was flooded. Rescuers came.", None, set()),
    ],
)  # fmt: skip
def test_details(text, day, shown):
    assert set(details(text, day).values()) == shown


def test_a_correction_is_kept_in_a_file(corpus, found, tmp_path):
    path = tmp_path / "events.csv"
    corrected = found.assign(
        event=found["event"].where(found["article"] != "a2", "law")
    )
    corrected.to_csv(path, index=False)
    filled = read_corpus(corpus).correct(events=path)
    assert filled.articles["event"].tolist() == corrected["event"].tolist()
    assert filled.events["event"].tolist() == corrected["event"].tolist()
    assert filled.events["given"].all()
    assert event_members(filled)["event"].tolist() == corrected["event"].tolist()


def test_only_corrected_rows_need_to_be_kept(corpus):
    kept = pd.DataFrame({"article": ["a0", "a3"], "event": ["flood", ""]})
    table = corpus.assign(event=[None] * 3 + ["old"] * 4)
    filled = read_corpus(table).correct(events=kept).articles
    assert filled["event"].tolist() == ["flood", *[None] * 3, "old", "old", "old"]


def test_errors_are_one_line_that_says_what_to_do(corpus, found, tmp_path):
    unknown = found.assign(article=[*found["article"][:-1], "z9"])
    twice = pd.concat([found, found.iloc[:1]])
    whole = read_corpus(corpus)
    cases = [
        (lambda: events(corpus, days=-1), "days is -1"),
        (lambda: events(corpus, days=float("nan")), "days is nan"),
        (lambda: events(corpus.assign(article="a")), "must be unique"),
        (lambda: whole.correct(events=unknown), "articles that are not there.*z9"),
        (lambda: whole.correct(events=twice), "'a0' stands there twice"),
        (lambda: whole.correct(events=tmp_path / "no.csv"), "no table of events at"),
        (lambda: whole.correct(events=found.assign(article="")), "article is blank"),
        (lambda: event_terms(corpus, most=0), "most is 0"),
    ]
    for call, message in cases:
        with pytest.raises(InputError, match=message) as caught:
            call()
        assert "\n" not in str(caught.value)


def test_missing_columns_are_named(corpus, found):
    with pytest.raises(ColumnError, match="text"):
        events(corpus.drop(columns="text"))
    with pytest.raises(ColumnError, match="lacks event"):
        read_corpus(corpus).correct(events=found.drop(columns="event"))


def test_input_is_left_alone(corpus, found):
    before, table = corpus.copy(), found.copy()
    events(corpus)
    read_corpus(corpus).correct(events=found)
    event_terms(corpus)
    event_members(corpus)
    pd.testing.assert_frame_equal(corpus, before)
    pd.testing.assert_frame_equal(found, table)


def test_an_event_of_more_articles_than_are_listed_under_a_term_is_one():
    rng = np.random.default_rng(0)
    words = [f"dam{chr(97 + a)}{chr(97 + b)}" for a in range(5) for b in range(6)]
    texts = [" ".join(rng.permutation(words)[:25]) for _ in range(700)]
    assert events(articles_of([*texts, *CHOIR]))["event"].nunique() == 2


def theme_of(happenings, per_happening, seed=0):
    """Make reports of one war: each happening has a place, a name and a day."""
    rng = np.random.default_rng(seed)
    common = [f"war{rng.integers(25)}" for _ in range(25)] + ["army", "border", "talks"]
    rows = []
    for place in range(happenings):
        own = [f"{word}{place}" for word in ("isle", "mayor", "bridge", "law", "road")]
        for copy in range(per_happening):
            words = [*rng.choice(common, 60), *rng.choice(own, 15)]
            text = " ".join(rng.permutation(words).tolist())
            day = date(2024, 1, 1).toordinal() + 3 * place + copy % 2
            rows.append((text, date.fromordinal(day).isoformat(), place))
    table = pd.DataFrame(rows, columns=["text", "date", "truth"])
    table["article"] = [f"a{place:03d}" for place in rng.permutation(len(table))]
    return table


def test_the_events_of_one_theme_are_told_apart():
    table = theme_of(15, 4)
    truth = table.pop("truth")
    found = events(table)
    assert groups(found) == groups(table.assign(event=truth))
    assert found["certain"].mean() > 0.9


def small_theme():
    """Make two reports of each of twelve happenings, with little else in common."""
    rng = np.random.default_rng(0)
    rows = []
    for place in range(12):
        own = [f"{word}{place}" for word in ("isle", "mayor", "bridge", "law", "road")]
        for copy in range(2):
            common = [f"war{number}" for number in rng.choice(300, 60)]
            text = " ".join(rng.permutation([*common, *rng.choice(own, 12)]).tolist())
            day = date(2024, 1, 1).toordinal() + 9 * place + copy
            rows.append((f"a{place:02d}{copy}", text, date.fromordinal(day), place))
    table = pd.DataFrame(rows, columns=["article", "text", "date", "truth"])
    return table.assign(date=table["date"].astype(str))


def test_the_events_of_a_small_theme_are_told_apart():
    table = small_theme()
    truth = table.pop("truth")
    assert groups(events(table)) == groups(table.assign(event=truth))


def test_a_theme_without_dates_is_named_and_nothing_of_it_is_certain():
    with pytest.warns(UserWarning, match="of one theme have no dates"):
        found = events(small_theme().drop(columns=["truth", "date"]))
    largest = found["event"].eq(found["event"].mode()[0])
    assert not found.loc[largest, "certain"].any()


def test_finer_events_are_more_and_smaller():
    table = small_theme().drop(columns="truth")
    number = [events(table, finer=finer)["event"].nunique() for finer in (0.3, 1, 9)]
    assert number[0] < 12 == number[1] < number[2]
    with pytest.raises(InputError, match="finer is 0; give more than 0"):
        events(table, finer=0)


def test_within_a_theme_days_tell_two_like_happenings_apart():
    table = theme_of(15, 4)
    second = table["truth"] == 1
    table.loc[second, "text"] = table["text"].str.replace("bridge1", "bridge0")
    truth = table.pop("truth")
    near, far = (
        events(table.mask(second, table.assign(date=day)))["event"]
        for day in ("2024-01-01", "2024-03-09")
    )
    assert not set(near[truth == 0]).isdisjoint(near[truth == 1])
    assert set(far[truth == 0]).isdisjoint(far[truth == 1])


def test_one_event_of_many_articles_is_no_theme():
    table = theme_of(1, 60)
    del table["truth"]
    assert len(set(events(table)["event"])) == 1
    among = pd.concat([table, theme_of(15, 4, seed=1).drop(columns="truth")])
    among["article"] = [f"a{place:03d}" for place in range(len(among))]
    assert len(set(events(among)["event"][:60])) == 1


def test_days_shrink_a_product_by_their_distance():
    matrix = vectors(DAM[:1] * 6).matrix
    days = np.array([10.0, 10.0, 11.0, 13.0, 40.0, np.nan])
    near = (
        with_days(matrix, days, 4, 0.3) @ with_days(matrix, days, 4, 0.3).T
    ).toarray()
    expected = [1.0, 1.0, 0.3 + 0.7 * 3 / 4, 0.3 + 0.7 / 4, 0.3, 0.3]
    np.testing.assert_allclose(near[0], expected)


def test_nothing_is_certain_of_an_event_that_lasts_for_months():
    longer = [f"{text} The water stood in Tarn for six days." for text in DAM]
    near = events(articles_of(longer, date=["2024-05-01", "2024-05-02", "2024-05-03"]))
    far = events(articles_of(longer, date=["2024-05-01", "2024-05-02", "2024-09-03"]))
    assert near["event"].nunique() == far["event"].nunique() == 1
    assert near["certain"].any()
    assert not far["certain"].any()


def test_a_word_of_one_outlet_does_not_join_its_articles():
    table = theme_of(15, 4)
    truth = table.pop("truth")
    table["outlet"] = [f"outlet {place % 4}" for place in range(len(table))]
    mine = table["outlet"] == "outlet 1"
    table.loc[mine, "text"] += " sharethis newsletterbox" * 8
    assert groups(events(table)) == groups(table.assign(event=truth))


@pytest.mark.parametrize("undated", [0, 6])
def test_a_theme_of_large_brief_events_alone(undated):
    table = theme_of(6, 12)
    days = pd.to_datetime("2024-01-01") + pd.to_timedelta(table["truth"] * 20, "D")
    table["date"] = days.dt.date.astype(str)
    table.loc[table.index[:undated], "date"] = None
    truth = table.pop("truth")
    assert groups(events(table)) == groups(table.assign(event=truth))


@pytest.fixture(scope="module")
def drawn():
    days = ["2024-05-06", "2024-05-07", "2024-05-07", "2024-05-06", None]
    outlets = ["Daily", "Herald", "Daily", "$x$ Post", "Herald"]
    about = {"date": days, "outlet": outlets, "title": ["=1+1", None, "B", "C", "D"]}
    return read_corpus(articles_of([*DAM, *CHOIR], **about))


def marks_of(ax):
    rows = ax.get_yticklabels()
    found = []
    for one in ax.collections:
        for x, y in one.get_offsets().tolist():
            row = max(tick for tick in ax.get_yticks() if tick <= y)
            name = rows[ax.get_yticks().tolist().index(row)].get_text()
            hollow = one.get_facecolor()[0].tolist() == [1, 1, 1, 1]
            found.append((name.split(" (")[0], int(x), hollow))
    return sorted(found)


def test_events_are_drawn_by_day_and_outlet(drawn):
    figure = drawn.events.figure()
    assert figure.caption.startswith(
        "5 articles of 3 outlets, 2024-05-06 to 2024-05-07"
    )
    assert "2 events of two articles or more (5 articles), 0 articles alone" in (
        figure.caption
    )
    assert "dam" in figure.alt
    assert "3 articles, 2 outlets" in figure.alt
    ax = drawn.events.plot()
    sure = dict(zip(drawn.events["article"], drawn.events["certain"], strict=True))
    assert marks_of(ax) == sorted(
        [
            ("Daily", 0, not sure["a0"]),
            ("Daily", 1, not sure["a2"]),
            ("Herald", 1, not sure["a1"]),
            ("$x$ Post", 0, not sure["a3"]),
            ("Herald", 3, not sure["a4"]),  # without a date
        ]
    )
    assert ax.get_xticklabels()[-1].get_text() == "no\ndate"
    plt.close("all")


def test_many_articles_are_drawn_by_longer_periods_and_in_few_rows():
    days = pd.date_range("2015-01-01", periods=130, freq="27D").strftime("%Y-%m-%d")
    table = pd.DataFrame(
        {
            "article": [f"a{n:03d}" for n in range(130)],
            "event": [f"e{n // 5:02d}" for n in range(130)],
            "date": days,
            "outlet": [f"Outlet {n % 40}" for n in range(130)],
            "text": "It rained.",
        }
    )
    ax = read_corpus(table).events.plot()
    assert ax.get_yticklabels()[-1].get_text() == "28 other outlets (84)"
    assert len(ax.get_yticks()) == 13
    assert ax.get_xlim()[1] < 40
    assert len(ax.get_legend().get_texts()) == 9
    plt.close("all")


def test_a_draft_of_events_is_corrected_and_wins(drawn, tmp_path):
    path = drawn.events.draft(tmp_path / "events.csv")
    table = pd.read_csv(path, dtype=object, keep_default_na=False)
    assert table.columns[:2].tolist() == ["article", "event"]
    assert set(table["article"]) == set(drawn.articles["article"])
    assert table["event"].eq(table["event"].shift()).sum() == 3  # those of one together
    assert set(table["title"]) == {"'=1+1", "", "B", "C", "D"}
    with pytest.raises(InputError, match=r"events\.csv exists, and may hold"):
        drawn.events.draft(path)
    table.loc[table["article"] == "a2", "event"] = "law"
    table.loc[table["article"].isin(["a3", "a4"]), "event"] = ""  # not checked
    table.to_csv(path, index=False)
    corrected = drawn.correct(events=path)
    dam, choir = drawn.events["event"][0], drawn.events["event"][3]
    assert corrected.events["event"].tolist() == [dam, dam, "law", choir, choir]
    assert corrected.events["given"].tolist() == [True, True, True, False, False]
    assert corrected.articles["event"].tolist() == [dam, dam, "law", None, None]


def test_no_article_is_one_line(drawn):
    nothing = drawn.where(since="2030-01-01")
    with pytest.raises(InputError, match="there is no article to draw"):
        nothing.events.figure()


@pytest.mark.parametrize("days", [("2024-01-02", "2024-03-02"), ("2024-01-02", None)])
def test_two_articles_on_one_theme_far_apart_are_not_one_event_for_certain(days):
    texts = [
        "Minister Olm wants ships, docks and a canal before winter, his letters show, "
        "though the harbour board fears the cost and has asked two engineers for "
        "advice on silt and locks. Veldland argues over Khoresh again.",
        "Doctors counted beds; nurses asked for pay, and a hospital in Tarn was closed "
        "after mould was found in its kitchens, so that patients were moved by bus to "
        "three clinics inland. Veldland argues over Khoresh again.",
    ]
    outlets = ["Daily", "Herald"]
    found = events(articles_of(texts, date=list(days), outlet=outlets))
    joined = events(articles_of(texts, outlet=outlets))
    assert len(groups(joined)) == 1
    assert len(groups(found)) == (1 if None in days else 2)
    if None in days:
        assert not found["certain"].any()
