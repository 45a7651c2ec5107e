"""The report: what it says, that it is whole, and that nothing in it is alive."""

from __future__ import annotations

import re
import socket
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from framelens._checks import FramelensError, InputError, UnknownNameError
from framelens.corpus import corpus_of
from framelens.measure import MEASURES
from framelens.measure.accuracy import VOICE_ACCURACY
from framelens.report import report, workings
from framelens.report.pair import choose_pair
from framelens.show import (
    article_view,
    concordance,
    documents,
    evidence_list,
    html_table,
    ledes,
    ledger_view,
    side_by_side,
    speakers_list,
)

ELEMENTS = set(
    "html head meta title style body header main footer nav section aside article "  # noqa: SIM905
    "h1 h2 h3 p a ul ol li table caption thead tbody tr th td figure img figcaption "
    "details summary div span mark b i u small br hr fieldset legend input label "
    "svg rect".split()
)
ATTRIBUTES = set(
    "lang charset http-equiv content name class id href role style align valign "  # noqa: SIM905
    "scope tabindex title aria-label aria-labelledby src alt dir width "
    "type name checked for hidden value colspan rowspan "
    "x y height fill opacity".split()
)
NOTEBOOK = ("Start & see", "notebooks/00-start-here.html", "What <is>?", "It <is>.")

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)' x='",
    "</style></title></table></section><script>alert(1)</script>",
    "<!-- --><![CDATA[<svg/onload=alert(1)>]]>",
    "javascript:alert(1)",
    "[x](javascript:alert(1)) &lt;script&gt; &#60;b&#62;",
    "\u202egnirts\u2066 \x00\x08\x1b[31m",
    '=HYPERLINK("http://evil.example","x")',
    "$\\frac{x ⟧⟦speech 1:",
]


class Page(HTMLParser):
    """Elements, attributes and text as a browser takes them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.attributes += attrs
        if tag not in {"meta", "img", "br", "hr", "input"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data

    def values(self, name: str) -> list[str]:
        return [value or "" for key, value in self.attributes if key == name]


def check(html: str) -> Page:
    """Read `html` and assert that nothing in it can act or reach out."""
    html.encode("utf-8")
    page = Page(html)
    assert page.open == []
    assert set(page.elements) <= ELEMENTS
    assert {name for name, _ in page.attributes} <= ATTRIBUTES
    for address in page.values("src"):
        assert address.startswith("data:image/png;base64,")
    for address in page.values("href"):
        assert address == NOTEBOOK[1] or address[1:] in page.values("id")
    for style in page.values("style"):
        assert re.fullmatch(r"[\w\s#:;%.,-]*", style)
        assert "url" not in style
    assert not set(html) & set(map(chr, [0, 8, 27, 0x202E, 0x2066]))
    return page


def hostile(payload: str) -> pd.DataFrame:
    text = f"{payload} said “{payload} talks” on Monday.\n\nTalks {payload} failed."
    return pd.DataFrame(
        {
            "article": [f"a {payload}", f"b {payload}"],
            "outlet": [f"Daily {payload}", f"Herald {payload}"],
            "event": f"event {payload}",
            "date": f"2022 {payload}",
            "title": payload,
            "genre": ["report", payload],
            "url": "javascript:alert(1)",
            "text": [text, text + " Drones."],
        }
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_stays_text_in_every_part(payload):
    corpus = corpus_of(hostile(payload), marks_only=True)
    first = corpus.articles["article"][0]
    found = concordance(corpus, "talks")
    spans = found.evidence().assign(kind=payload)
    for html in (
        corpus._repr_html_(),
        corpus.figure().html,
        documents(corpus).html,
        ledes(corpus).html,
        side_by_side(corpus).html,
        article_view(corpus, first).html,
        article_view(corpus, first, spans=spans, title=payload).html,
        found._repr_html_(),
        evidence_list(corpus, found.evidence()).html,
        ledger_view(corpus).html,
        speakers_list(corpus).html,
        html_table(corpus.articles, caption=payload, groups=[(payload, 2)]).html,
    ):
        page = check(html)
        assert "alert" not in "".join(page.elements)


@pytest.mark.parametrize("first", [0, 3, 6])
def test_hostile_text_stays_text_in_the_report(first, tmp_path):
    """Each column and row has a payload of its own, and another in each report."""
    turned = PAYLOADS[first:] + PAYLOADS[:first]
    every = [hostile(payload) for payload in turned]
    table = every[0].copy()
    for place, column in enumerate(table):
        for row in range(len(table)):
            table.loc[row, column] = every[(place + 5 * row) % 10].loc[row, column]
    table["event"] = every[2]["event"]
    page = check(report(table, tmp_path).read_text(encoding="utf-8"))
    assert "alert(1)" in page.text


PAIR = pd.DataFrame(
    {
        "article": ["a", "b", "c"],
        "outlet": ["Daily", "Herald", "Globe"],
        "event": ["talks", "talks", "storm"],
        "date": ["2022-10-20", None, None],
        "genre": ["report", "comment", "report"],
        "text": [
            "The talks failed. “We leave,” the envoy said. Drones flew.",
            "The talks were a trap. Traps are for drones.",
            "A storm came.",
        ],
    }
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    out = tmp_path_factory.mktemp("report") / "made" / "here"
    return report(PAIR, out, notebooks=[NOTEBOOK])


@pytest.fixture(scope="module")
def page(made):
    return check(made.read_text(encoding="utf-8"))


def test_report_is_one_page(made):
    assert made.name == "index.html"
    assert [path.name for path in made.parent.iterdir()] == ["index.html"]


def test_no_section_of_the_report_is_empty(made):
    html = made.read_text(encoding="utf-8")
    sections = re.findall(r'<section id="([^"]+)".*?</h2>(.*?)</section>', html, re.S)
    assert "ledger" in dict(sections)
    for name, inside in sections:
        assert len(re.sub("<[^>]*>", " ", inside).split()) > 3, name


def test_report_says_first_what_may_not_be_concluded(page):
    head = page.text[: page.text.index("Who covers what, and when")]
    assert "1 report of Daily beside 1 comment piece of Herald" in head
    assert "without intervals and p-values" in head
    assert "what differs may be due to the genre" in head
    assert "1 other article" in head
    assert "Nothing here says who is right." in head


def test_report_holds_every_section_and_names_it(page):
    measures = [name for name, one in MEASURES.items() if one.in_report]
    assert {"speakers", "terms"} <= set(measures)
    first = ["map", "voices", "claims", "ledes", *measures, "ledger"]
    sections = [*first, "articles", "notebooks", "method"]
    assert [one for one in page.values("id") if one in sections] == sections
    headed = [f"{one}-heading" for one in ["findings", *sections]]
    assert page.values("aria-labelledby") == headed
    assert set(page.values("href")) >= {f"#{one}" for one in ["main", *sections]}
    assert NOTEBOOK[1] in page.values("href")
    assert page.elements.count("h1") == 1
    assert "What <is>?" in page.text
    assert "It <is>." in page.text
    assert "sha-256" in page.text


def test_figures_have_alt_text_and_tables_with_the_same_numbers(page):
    assert page.elements.count("img") >= 4
    assert all(page.values("alt"))
    assert page.text.count("The same numbers") >= 3


def test_the_figure_of_a_measure_has_its_numbers_in_its_alt(page):
    said = "Daily, of 2 attributed words: envoy 2"
    assert any(said in alt for alt in page.values("alt"))


def test_a_reason_or_caution_is_not_said_over_and_over(page):
    assert page.text.count("enough to read side by side") == 1
    assert page.text.count("Voices are found by software") == 1
    chance = page.text[page.text.index("Too little to try an outlet") :]
    assert "has 1 article: a self-test needs at least 10" in chance
    assert "a test needs at least 5 articles of each outlet" in chance


def test_an_article_is_headed_by_the_words_of_others(page):
    assert re.search(r"Daily, 2022[^:]*: \d+ words? in quotation marks", page.text)
    assert "marked in 1 place" in page.text


def test_every_named_word_leads_to_its_sentence(page):
    assert "Traps are for drones." in page.text
    assert "Herald, comment, paragraph 1" in page.text


def test_voices_are_marked_with_their_speaker_and_can_be_tabbed_to(page):
    assert re.search(r"⟦direct 1(, [^:]*)?: “We leave,”⟧", page.text)
    assert "mark" in page.elements


def test_it_is_said_how_often_voices_are_wrong(page):
    assert page.text.count("How often this is wrong") >= 2
    assert page.text.count(VOICE_ACCURACY.sentence()) >= 2
    assert "not the outlet's own voice alone" not in page.text


def test_the_own_voice_is_counted_twice(tmp_path):
    many = " ".join(f"river{number} rose." for number in range(120))
    page = check(report(PAIR.assign(text=PAIR["text"] + many), tmp_path).read_text())
    own = page.text[page.text.index("In the outlets' own voice") :]
    assert "The open marks have reported speech added" in own
    assert "with reported speech" in own
    assert "sentences behind each of them" in own


def test_a_report_by_the_marks_alone_does_not_speak_of_an_own_voice(tmp_path):
    corpus = corpus_of(PAIR, marks_only=True)
    page = check(report(corpus, tmp_path).read_text(encoding="utf-8"))
    assert "In the outlets' own voice" not in page.text
    assert "not the outlet's own voice alone" in page.text
    assert VOICE_ACCURACY.sentence() not in page.text
    assert re.search(r"⟦direct 1(, [^:]*)?: “We leave,”⟧", page.text)
    assert "⟦indirect" not in page.text


def test_corrections_win_in_the_report(tmp_path):
    corpus = corpus_of(PAIR)
    mine = corpus.correct(ledger=corpus.ledger.assign(speaker="Ada Bell"))
    page = check(mine.report(tmp_path).read_text(encoding="utf-8"))
    assert "⟦direct 1, Ada Bell: “We leave,”⟧" in page.text
    assert any("words: Ada Bell 2" in alt for alt in page.values("alt"))


def test_report_needs_no_network(monkeypatch, tmp_path):
    def refuse(*_, **__):
        raise AssertionError("the report asked the network")

    monkeypatch.setattr(socket, "socket", refuse)
    html = report(PAIR, tmp_path).read_text(encoding="utf-8")
    assert "default-src &#x27;none&#x27;" in html
    assert "<script" not in html
    assert "http://" not in html
    assert "https://" not in html


def test_the_same_articles_give_the_same_report(tmp_path, monkeypatch):
    made = []

    def noted(function):
        def call(given, *arguments, **options):
            kind = getattr(given, "measure", "statements")
            of = getattr(given, "corpus", given).articles["article"]
            result = function(given, *arguments, **options)
            made.append((kind, *of, *arguments, *options.values()))
            return result

        return call

    for name in ("contrast", "statements"):
        monkeypatch.setattr(workings, name, noted(getattr(workings, name)))
    before = PAIR.copy()
    first = report(PAIR, tmp_path / "a", also=["csv"]).read_bytes()
    assert {key[0] for key in made} >= {"terms", "statements"}
    assert len(set(made)) == len(made), "nothing is compared or lined up twice"
    assert first == report(PAIR, tmp_path / "b").read_bytes()
    pd.testing.assert_frame_equal(PAIR, before)


def test_damaged_texts_are_told_before_anything_else(tmp_path):
    damaged = PAIR.assign(text="â€œNo,â€\x9d she said. " + PAIR["text"])
    page = check(report(damaged, tmp_path).read_text(encoding="utf-8"))
    assert "3 texts have characters decoded wrongly" in page.text


def test_without_a_shared_event_nothing_is_compared(tmp_path):
    alone = PAIR.assign(event=["x", "y", "z"])
    page = check(report(alone, tmp_path).read_text(encoding="utf-8"))
    assert "No event here is covered by two outlets" in page.text
    assert "Could it be chance?" not in page.text
    assert "claims" not in page.values("id")
    assert "terms" in page.values("id")


EVENT_ALONE = PAIR.assign(outlet=["Daily", "Herald", "Daily"])


@pytest.mark.parametrize("marks_only", [True, False])
def test_an_event_that_only_one_outlet_covers_does_no_harm(marks_only, tmp_path):
    corpus = corpus_of(EVENT_ALONE, marks_only=marks_only)
    page = check(report(corpus, tmp_path).read_text(encoding="utf-8"))
    assert "1 report of Daily beside 1 comment piece of Herald" in page.text
    assert "1 other article of other events or outlets" in page.text


def test_outlets_can_be_named_and_may_share_no_event(tmp_path):
    html = report(PAIR, tmp_path, target="Globe", baseline="Daily").read_text()
    assert "The two outlets share no event" in check(html).text


def test_a_report_may_have_missing_everything(tmp_path):
    bare = PAIR[["article", "text"]].assign(text=["One.", "…", "“Two,” he said."])
    check(report(bare, tmp_path).read_text(encoding="utf-8"))


def test_the_pair_is_the_largest_event_of_two_outlets():
    events = ["big"] * 4 + ["small"] * 2 + ["alone"] * 9
    outlets = ["B", "A", "A", "C", "D", "E", *["F"] * 9]
    table = pd.DataFrame({"event": events, "outlet": outlets, "genre": None})
    assert choose_pair(table, None, None).names == ("A", "B")
    assert choose_pair(table.tail(9), None, None) is None
    assert choose_pair(table, "D", "E").articles["event"].tolist() == ["small"] * 2


@pytest.mark.parametrize(
    ("options", "error", "match"),
    [
        ({"target": "Dayly", "baseline": "Herald"}, UnknownNameError, "'Daily'"),
        ({"target": "Daily"}, InputError, "two different outlets"),
        ({"target": "Daily", "baseline": "Daily"}, InputError, "two different outlets"),
        (
            {"notebooks": [("a", "javascript:alert(1)", "", "")]},
            InputError,
            "relative path",
        ),
        (
            {"notebooks": [("a", " java\nscript:x", "", "")]},
            InputError,
            "relative path",
        ),
    ],
)
def test_errors_leave_nothing_behind(options, error, match, tmp_path):
    with pytest.raises(error, match=match) as raised:
        report(PAIR, tmp_path / "out", **options)
    assert "\n" not in str(raised.value)
    assert not (tmp_path / "out").exists()


def test_a_place_that_cannot_be_written_is_an_error(tmp_path):
    (tmp_path / "file").write_text("kept")
    (tmp_path / "folder" / "index.html").mkdir(parents=True)
    for out in ("file", "file/below", "folder", "nul\x00"):
        with pytest.raises(FramelensError, match=r"cannot (write|make)") as raised:
            report(PAIR, tmp_path / out)
        assert "\n" not in str(raised.value)
    left = sorted(str(one.relative_to(tmp_path)) for one in tmp_path.rglob("*"))
    assert left == ["file", "folder", "folder/index.html"]


def test_a_report_that_fails_at_the_end_leaves_nothing(tmp_path, monkeypatch):
    def full(self, content):
        self.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(InputError, match="No space left on device"):
        report(PAIR, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_no_article_is_an_error(tmp_path):
    with pytest.raises(FramelensError):
        report(PAIR.head(0), tmp_path / "out")


def test_larger_corpora_are_compared_and_cut_short(tmp_path):
    rng = np.random.default_rng(0)
    words = np.array(["talks", "deal", "strike", "probe", "peace", "war", "aid"])
    share = {"Daily": [8, 1, 1, 1, 1, 1, 1], "Herald": [1, 8, 1, 1, 1, 1, 1]}
    rows = [
        {
            "article": f"{event}{outlet}{number}",
            "outlet": outlet,
            "event": f"event {event}",
            "genre": "report",
            "text": " ".join(rng.choice(words, 40, p=np.array(p) / sum(p))) + ".",
        }
        for event in range(7)
        for outlet, p in share.items()
        for number in range(4)
    ]
    corpus = corpus_of(pd.DataFrame(rows), marks_only=True)
    html = report(corpus, tmp_path).read_text(encoding="utf-8")
    page = check(html)
    assert "28 reports of Daily beside 28 reports of Herald" in page.text
    assert "on 7 events that both cover" in page.text
    assert "16 more articles not shown here" in page.text
    assert page.text.count("16 more articles not shown here") >= 3
    strips = page.text.split("Where which voice speaks")[-1].split("more articles")[0]
    assert strips.count("Daily no date") == strips.count("Herald no date") == 6
    assert "95 % intervals" in page.text


PIECES = [
    "It rained in the valley on Monday and the dam held.",
    "“We will not leave,” the mayor, Ada Bell, said on Tuesday.",
    "Ada Bell denied that the dam leaks, and accused Tom Roe of lying.",
    "Der Minister sagte, die Brücke sei sicher und halte noch lange.",
    "“Nobody",
    "”“”",
    "…",
    "All rights reserved. (c) 2022 Daily.",
    "LONDON, May 3 (Reuters) – ",
    "النص العربي هنا",
    "\n\n",
    "🙂 a\u0301 US U.S.",
    *PAYLOADS[:4],
]
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(" ".join)
NAMES = st.sampled_from([None, "Daily", "Herald", "<b>Globe</b>", "$x$", ""])
DATES = st.sampled_from([None, "2022-10-20", "2022-10-21", "then"])
GENRES = st.sampled_from([None, "report", "comment", "<i>x"])
ROWS = st.tuples(TEXTS, NAMES, NAMES, DATES, NAMES, GENRES)
FIELDS = ["text", "outlet", "event", "date", "title", "genre"]
OPTIONAL = st.sets(st.sampled_from(FIELDS[1:]))


def any_report(rows, missing, out, *, marks_only):
    """Write the report of a table of any rows, without some of its columns."""
    table = pd.DataFrame(rows, columns=FIELDS).drop(columns=sorted(missing))
    table["article"] = [f"a{number}" for number in range(len(table))]
    corpus = corpus_of(table, marks_only=marks_only)
    page = check(report(corpus, out).read_text(encoding="utf-8"))
    names = page.values("id")
    assert len(set(names)) == len(names)
    assert {"map", "voices", "speakers", "terms", "articles", "method"} <= set(names)
    assert page.text.count("⟦") == page.text.count("⟧")
    assert page.elements.count("h1") == 1
    return page


@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(st.lists(ROWS, min_size=1, max_size=7), OPTIONAL)
def test_a_report_of_any_corpus_is_whole(tmp_path_factory, rows, missing):
    out = tmp_path_factory.mktemp("any")
    any_report(rows, missing, out, marks_only=True)


@settings(max_examples=2, suppress_health_check=list(HealthCheck))
@given(st.lists(ROWS, min_size=1, max_size=4), OPTIONAL)
def test_a_report_of_any_corpus_that_the_model_reads_is_whole(
    tmp_path_factory, rows, missing
):
    out = tmp_path_factory.mktemp("read")
    any_report(rows, missing, out, marks_only=False)


def test_every_outlet_is_in_a_report_that_compares_nothing(tmp_path):
    three = PAIR.assign(event=None)
    page = check(report(three, tmp_path).read_text(encoding="utf-8"))
    assert page.text.strip().startswith("3 articles of 3 outlets")
    alts = " ".join(page.values("alt"))
    assert all(f"{name}, of" in alts for name in three["outlet"])


def test_the_title_names_the_outlets_that_are_compared(tmp_path):
    """Two, though others stand beside them; all, where findings are on all."""
    said = "“The harbour will {} be sold to strangers from the capital,” Ann Orr said."
    rows = [("a", "Daily", "e", said.format("never")), ("b", "Herald", "e", "Rain.")]
    table = pd.DataFrame(rows, columns=["article", "outlet", "event", "text"])

    def page(*more):
        every = pd.concat([table, pd.DataFrame(more, columns=table.columns)])
        path = report(every.reset_index(drop=True), tmp_path)
        return path.read_text(encoding="utf-8")

    two = page(("c", "Mail", "f", "Nothing else."))
    assert "<h1>Daily and Herald, side by side</h1>" in two
    assert "no comparison includes any of them" in two
    several = page(("c", "Mail", "e", said.format("soon")))
    assert "<h1>3 articles of 3 outlets</h1>" in several
    assert "Findings compare other outlets, too" in several


def test_a_report_on_statements_alone_does_not_say_that_nothing_is_compared(tmp_path):
    said = "“The harbour will {} be sold to strangers from the capital,” Ann Orr said."
    outlets = ["Daily", "Herald", "Mail"]
    texts = [said.format(word) for word in ("never", "soon", "once")]
    table = pd.DataFrame({"article": outlets, "outlet": outlets, "text": texts})
    page = report(table, tmp_path).read_text(encoding="utf-8")
    assert "in two wordings" in page
    assert "only statements are set side by side" in page
    assert "nothing is compared" not in page
