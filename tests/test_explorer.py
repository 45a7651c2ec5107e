"""The explorer: what follows what, what is kept, and what is refused."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import framelens as fl
from framelens._checks import FramelensError, InputError, UnknownNameError
from framelens.corpus import corpus_of
from framelens.show.drawing import rows_of
from framelens.show.explorer_state import KIND, pins_of
from framelens.show.explorer_view import CUT
from framelens.show.explorer_widget import obey, state_of, widget_of
from tests.test_report import PAYLOADS, check, hostile

OUTLETS = ["Daily Herald", "Sundown Post"]
SAID = "“The dam will hold,” said Ada Brenn. "
REST = "The dam holds back water. Critics doubted the dam in {0}.\n\nIt rained."


@pytest.fixture(scope="module")
def corpus():
    rows = []
    for number in range(12):
        heard = SAID if number % 2 else "“It leaks,” Olaf Berg said. "
        rows.append(
            {
                "article": f"a{number}",
                "outlet": [*OUTLETS, "Noon"][number % 3],
                "event": "flood" if number < 8 else None,
                "title": f"Dam {number}",
                "text": heard + REST.format(f"town {number}"),
            }
        )
    return fl.read_corpus(pd.DataFrame(rows), marks_only=True)


def wish(explorer, **message):
    """Ask as the page does, and give what it then shows."""
    said = obey(explorer, message)
    return state_of(explorer, said, 1)


def choose(explorer, **changes):
    return wish(explorer, wish="choose", changes=changes)


def test_table_sentences_and_article_follow_each_other(corpus):
    mine = fl.explore(corpus)
    shown = choose(mine, measure="terms", outlets=OUTLETS, voice="rest")
    assert shown["scope"].startswith("8 of 12 articles · Daily Herald and Sundown Post")
    result = fl.contrast(fl.terms(corpus), *OUTLETS, voice="rest")
    there = result.table[result.table["found_in"] > 0]
    assert [row[0] for row in shown["table"]["rows"]] == there["item"].tolist()
    assert "5 articles of each outlet" in shown["table"]["refusal"]
    shown = wish(mine, wish="select", item="dam")
    dams = result.evidence("dam")
    assert len(shown["sentences"]["rows"]) == len(dams)
    assert shown["sentences"]["note"] == f"{len(dams)} places in 6 articles"
    assert mine.evidence().equals(dams)
    before, words, after, label, voice, pinned = shown["sentences"]["rows"][1]
    assert before + words + after == "Critics doubted the dam in town 0."
    assert (label, voice, pinned) == (
        "Daily Herald, “Dam 0”",
        "outside quotation marks",
        False,
    )
    shown = wish(mine, wish="read", row=1)
    text = corpus.articles["text"][0]
    told = ["".join(one[0] for one in part) for part in shown["article"]["paragraphs"]]
    assert told == text.split("\n\n")
    here = [one for part in shown["article"]["paragraphs"] for one in part]
    assert [one[0] for one in here if "here" in one[1]] == ["dam"]
    assert [one[0] for one in here if "found" in one[1]] == ["dam", "dam"]
    assert [one[0] for one in here if "direct" in one[1]] == ["“It leaks,”"]


def test_more_or_fewer_than_two_outlets_are_counted_and_not_compared(corpus):
    mine = fl.explore(corpus)
    for outlets in ([], ["Noon"], [*OUTLETS, "Noon"]):
        shown = choose(mine, outlets=outlets, measure="terms")
        here = corpus.where(outlet=outlets) if outlets else corpus
        table = fl.terms(here).table
        dam = table[table["item"] == "dam"].set_index("outlet")["k"]
        row = next(row for row in shown["table"]["rows"] if row[0] == "dam")
        cells = dict(zip(shown["table"]["heads"], row, strict=True))
        assert {cell.split(" ·")[0] for name, cell in cells.items() if name in dam} == {
            str(k) for k in dam
        }
    shown = choose(mine, outlets=OUTLETS, event="flood", actor="Olaf Berg")
    assert shown["scope"].startswith("3 of 12")  # a0, a4, a6
    choose(mine, actor="", event="")
    refused = choose(mine, outlets=["Noon", OUTLETS[0]], actor="Ada Brenn", voice="all")
    assert refused["table"]["refusal"]
    none = choose(mine, outlets=OUTLETS, actor="", event="flood", measure="speakers")
    assert "No comparison" not in none["table"]["refusal"]


def test_rows_are_filtered_and_cut_and_both_is_said(corpus):
    mine = fl.explore(corpus).choose(measure="terms", contains="DA")
    assert set(mine.table["item"]) >= {"dam"}
    assert all("da" in item.casefold() for item in mine.table["item"])
    assert "rows with “DA”" in mine.scope
    text = " ".join(f"word{number}" for number in range(CUT + 50))
    long = pd.DataFrame({"article": ["a"], "outlet": ["Noon"], "text": [text]})
    mine = fl.explore(fl.read_corpus(long, marks_only=True)).choose(measure="terms")
    shown = state_of(mine, "", 0)["table"]
    assert (len(shown["rows"]), shown["many"]) == (CUT, CUT + 50)
    assert f"The first {CUT} of {CUT + 50} rows" in mine.html


@pytest.mark.parametrize(
    ("query", "by", "found"),
    [
        ("hold*", "word", {"hold", "holds"}),
        ("hold", "lemma", {"hold", "holds"}),
        ("NOUN holds", "pos", {"dam holds"}),
        (r"a\d+|ra[a-z]+", "regex", {"rained"}),
    ],
)
def test_a_search_is_the_concordance_in_scope(corpus, query, by, found):
    mine = fl.explore(corpus).choose(outlets=["Noon"])
    shown = wish(mine, wish="search", query=query, by=by)
    expected = fl.concordance(corpus.where(outlet="Noon"), query, by=by).evidence()
    assert mine.evidence()["text"].tolist() == expected["text"].tolist()
    assert {words for _, words, *_ in shown["sentences"]["rows"]} == found
    assert not wish(mine, wish="search", query="", by="word")["sentences"]


@pytest.mark.parametrize(("query", "by"), [("(", "regex"), ("…", "word"), ("x", "no")])
def test_a_search_that_cannot_be_is_refused_and_nothing_changes(corpus, query, by):
    mine = fl.explore(corpus).choose(measure="terms").select("dam")
    before = mine.choice
    with pytest.raises(FramelensError):
        obey(mine, {"wish": "search", "query": query, "by": by})
    assert mine.choice == before


def test_pins_are_kept_with_their_notes_and_go_into_the_report(corpus, tmp_path):
    mine = fl.explore(corpus, state=tmp_path / "mine.json").choose(measure="terms")
    with pytest.raises(InputError, match="choose a sentence"):
        mine.pin()
    mine.select("dam").read(0).pin("<b>first</b>").pin("again").read(3).pin()
    assert mine.pins["note"].tolist() == ["again", None]
    text = corpus.articles.set_index("article")["text"]
    for row in mine.pins.itertuples():
        assert text[row.article][row.start : row.end] == row.text == "dam"
    shown = wish(mine, wish="go_to", row=0)
    assert [pin[-1] for pin in shown["pins"]] == [True, False]
    table = tmp_path / "pins.csv"
    mine.pins.drop(columns="text").to_csv(table, index=False)
    forms = [pins_of(one, corpus.articles) for one in (mine.path, table, mine)]
    assert all(form.iloc[:, :3].equals(forms[0].iloc[:, :3]) for form in forms)
    page = corpus.report(tmp_path / "report", pins=mine.path).read_text("utf-8")
    section = page.partition('id="pinned"')[2].partition("</section>")[0]
    assert "Daily Herald, “Dam 0”" in section
    assert "<i>again</i>" in section
    assert len(wish(mine, wish="unpin", row=0)["pins"]) == 1
    for wrong in ({"article": "nowhere"}, {"start": 5, "end": 10**6}, {"start": None}):
        with pytest.raises(FramelensError):
            pins_of(mine.pins.assign(**wrong), corpus.articles)
    with pytest.raises(FramelensError, match="does not match"):
        corpus.report(tmp_path, pins=mine.pins.assign(text="other"))


def test_the_state_is_there_again_after_a_restart(corpus, tmp_path):
    path = tmp_path / "mine.json"
    mine = fl.explore(corpus, state=path)
    assert not path.exists()
    mine.choose(measure="terms", outlets=OUTLETS, voice="rest", contains="d")
    mine.select("dam").read(2).pin("why?")
    again = fl.explore(corpus, state=path)
    assert (again.choice, again.kept) == (mine.choice, mine.kept)
    assert state_of(again, "", 0) == state_of(mine, "", 0)
    assert not [one for one in tmp_path.iterdir() if one != path]
    again.choose(voice="all")
    with pytest.raises(InputError, match="changed by another program"):
        mine.choose(voice="direct")
    assert mine.choice.voice == "rest"
    assert fl.explore(corpus, state=path).choice.voice == "all"


def test_a_file_that_is_damaged_or_of_others_is_refused_in_one_line(corpus, tmp_path):
    path = tmp_path / "mine.json"
    fl.explore(corpus, state=path).choose(outlets=OUTLETS)
    whole = path.read_text()
    kept = json.loads(whole)
    wrong = [
        whole[: len(whole) // 2],
        "[]",
        "\xff",
        json.dumps({"what": KIND}),
        json.dumps({**kept, "version": 99}),
        json.dumps({**kept, "pins": [{"article": 1}]}),
        json.dumps({**kept, "choice": {**kept["choice"], "outlets": "Daily"}}),
        json.dumps({**kept, "choice": {**kept["choice"], "outlets": ["Nobody"]}}),
        json.dumps({**kept, "choice": {**kept["choice"], "measure": "magic"}}),
        json.dumps({**kept, "choice": {**kept["choice"], "place": ["a0", 5, 10**9]}}),
        json.dumps({**kept, "choice": {**kept["choice"], "item": {}}}),
    ]
    for text in wrong:
        path.write_text(text, encoding="latin-1")
        with pytest.raises(InputError) as refused:
            fl.explore(corpus, state=path)
        assert str(refused.value).startswith("mine.json")
        assert "\n" not in str(refused.value)
        assert path.read_text("latin-1") == text
    for name in ("mine.txt", "no/folder.json"):
        with pytest.raises(InputError):
            fl.explore(corpus, state=tmp_path / name)


def test_what_the_page_may_not_ask_for_changes_nothing(corpus):
    mine = fl.explore(corpus)
    widget = widget_of(mine)
    before = mine.choice
    wrong = [
        {}, 7, {"wish": "__init__"}, {"wish": "select", "item": "no such row"},
        {"wish": "choose", "changes": {"outlets": ["Nobody"]}},
        {"wish": "choose", "changes": {"measure": "words"}},
        {"wish": "choose", "changes": 3}, {"wish": "read", "row": 0},
        {"wish": "unpin", "row": 3}, {"wish": "go_to", "row": "x"}, {"wish": "pin"},
    ]  # fmt: skip
    for message in wrong:
        widget._handle_custom_msg(message, [])
        assert widget.state["error"], message
        assert mine.choice == before
    widget._handle_custom_msg(
        {"wish": "choose", "changes": {"measure": "terms"}, "number": 4}, []
    )
    assert (widget.state["error"], widget.state["number"]) == (None, 4)
    assert widget.picture.startswith("data:image/png;base64,")
    assert {mark[0] for mark in widget.state["figure"]["marks"]} <= set(
        mine.table["item"]
    )


def test_a_sample_to_code_is_of_the_present_view(corpus):
    mine = fl.explore(corpus).choose(measure="terms", outlets=["Noon"])
    with pytest.raises(InputError, match="choose the row"):
        mine.to_code(4)
    sample = mine.select("dam").to_code(4)
    assert set(sample.sheet["item"]) == {"dam"}
    assert set(sample.sheet["outlet"]) == {"Noon"}
    sample = mine.choose(outlets=OUTLETS).to_code(6)
    assert set(sample.sheet["outlet"]) == set(OUTLETS)


def test_the_static_twin_shows_the_present_view(corpus, tmp_path):
    mine = fl.explore(corpus).choose(measure="terms").select("dam").read(0).pin("n")
    html = mine.html
    for part in ("12 of 12 articles", "<figure", "article-view", "Pinned", "<i>n</i>"):
        assert part in html
    assert mine._repr_mimebundle_() == {"text/plain": repr(mine), "text/html": html}
    page = mine.save(tmp_path / "view.html").read_text("utf-8")
    assert "default-src 'none'" not in page.partition("<body>")[2]
    assert html in page
    with pytest.raises(InputError, match=r"\.html"):
        mine.save(tmp_path / "view.pdf")
    with pytest.raises(UnknownNameError):
        mine.select("no such row")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_stays_text_in_the_twin_and_comes_as_data(payload):
    mine = fl.explore(corpus_of(hostile(payload), marks_only=True))
    mine.choose(measure="terms").select("talks").read(0).pin(payload)
    check(mine.html.replace("<i>", "<b>").replace("</i>", "</b>"))
    mine.search(payload, by="regex") if payload == "javascript:alert(1)" else None
    state = state_of(mine, "", 0)
    assert json.loads(json.dumps(state).encode()) == state
    outlets = [name for name, *_ in state["outlets"]]
    assert choose(mine, outlets=outlets)["scope"].startswith("2 of 2")


@pytest.fixture
def unread(corpus, monkeypatch):
    """The same articles, of which nothing was read, as if they were many."""
    monkeypatch.setattr("framelens.show.explorer.AT_ONCE", 2)
    return fl.read_corpus(corpus.articles, marks_only=True)


def test_words_are_shown_before_any_voice_is_read(corpus, unread, tmp_path):
    mine = fl.explore(unread, state=tmp_path / "mine.json")
    shown = choose(mine, outlets=OUTLETS)
    assert len(unread.unread()) == shown["unread"] == 12
    assert [name for name, _ in shown["measures"]] == ["terms"]
    assert "voices not read yet" in shown["scope"]
    same = [fl.terms(corpus.where(outlet=OUTLETS)), mine.shown.counts]
    k = [one.counts.query("item == 'dam'")["k"].sum() for one in same]
    assert k[0] == k[1] > 0
    wish(mine, wish="select", item="dam")
    wish(mine, wish="search", query="hold*", by="word")
    wish(mine, wish="read", row=0)
    assert mine.pin("early").pins["text"].isin(["hold", "holds"]).all()
    assert len(unread.unread()) == 12
    with pytest.raises(UnknownNameError):
        mine.choose(measure="speakers")
    again = fl.explore(unread, state=tmp_path / "mine.json")
    assert again.pins.equals(mine.pins)


def test_voices_are_read_a_few_at_a_time_and_kept(unread):
    mine = fl.explore(unread)
    mine.read_voices(seconds=0)
    assert 0 < mine.unread < 12
    assert mine.unread == len(unread.unread())
    left = state_of(mine, "", 1)
    assert left["unread"] == mine.unread
    assert left["left"].endswith(("s", "min"))
    while state_of(mine, "", 1)["unread"]:
        said = obey(mine, {"wish": "read_voices"})
    assert said == "Voices are read: every measure and voice can be chosen."
    shown = choose(mine, measure="speakers")
    whole = fl.speakers(unread).counts["k"].sum()
    assert mine.shown.counts.counts["k"].sum() == whole
    assert "all voices" in shown["scope"]
    assert fl.explore(unread).views.read  # nothing is read twice


@pytest.mark.parametrize("zone", ["headline", "lede", "body"])
def test_a_part_of_the_articles_can_be_chosen(corpus, zone, tmp_path):
    path = tmp_path / "mine.json"
    mine = fl.explore(corpus, state=path)
    shown = choose(mine, measure="terms", zone=zone)
    expected = fl.terms(corpus.where(zone=zone))
    assert mine.shown.counts.counts["k"].sum() == expected.counts["k"].sum()
    assert f"only the {zone}" in shown["scope"]
    assert f"{shown['table']['many']} row" in shown["said"]
    item = {"headline": "dam", "lede": "holds", "body": "rained"}[zone]
    shown = wish(mine, wish="select", item=item)
    assert mine.evidence()["text"].str.lower().eq(item).all()
    mine.read(0)
    if zone == "headline":
        with pytest.raises(InputError, match="cannot be pinned"):
            mine.pin()
    else:
        assert mine.pin().pins["text"].str.lower().tolist() == [item]
    assert fl.explore(corpus, state=path).choice.zone == zone
    assert "only the" not in choose(mine, zone="")["scope"]
    with pytest.raises(UnknownNameError):
        mine.choose(zone="caption")


def test_where_there_is_nothing_to_count_it_says_so():
    table = pd.DataFrame(
        {"article": ["a", "b"], "outlet": OUTLETS, "text": "It rains."}
    )
    mine = fl.explore(fl.read_corpus(table, marks_only=True))
    for measure in mine.views.measures:
        shown = choose(mine, measure=measure)
        if not shown["table"]["rows"]:
            assert (shown["table"]["many"], mine.figure().png[:4]) == (0, b"\x89PNG")
    assert not choose(mine, measure="doubt")["table"]["rows"]
    none = "No comparison: nothing was counted here in Daily Herald and Sundown Post."
    assert choose(mine, measure="sourcing")["table"]["refusal"] == none


def test_the_rows_of_a_figure_are_where_they_are_drawn(corpus):
    figure = fl.explore(corpus).choose(measure="terms", outlets=OUTLETS).figure()
    axes = figure.drawing.axes[0]
    rows = rows_of(axes)
    assert len(rows) >= 2
    tops = [top for _, top, _ in rows]
    assert tops == sorted(tops)
    assert 0 < tops[0] < tops[-1] + rows[-1][2] < 1
