"""Since last time: what is new, by the words of all that was there before."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import framelens as fl
from framelens._checks import InputError
from framelens.cli import main
from framelens.read.since import matched, runs_of
from tests.test_report import PAYLOADS, check, hostile

SHUT = "Norland closed its port at Reddin on Friday. "
STAYS = "“The port at Reddin stays shut until the {},” said Ann Orr, the mayor."
HELP = "“We shall always help our good friends in the north of the world,” {}."
BEFORE = pd.DataFrame(
    {
        "article": ["1", "2", "3"],
        "outlet": ["Daily", "Daily", "Herald"],
        "date": ["2031-03-01", "2031-03-02", None],
        "title": ["Port shut", "Rain", "Port closed"],
        "url": ["https://www.daily.example/port/", None, None],
        "text": [
            SHUT + STAYS.format("spring"),
            "It rained in Reddin.",
            "Norland has closed the port at Reddin, its mayor said.",
        ],
    }
)
NOW = pd.DataFrame(
    {
        "article": ["1", "2", "3", "4", "5"],
        "outlet": ["Daily", "Daily", "Herald", "Globe", "Daily"],
        "date": ["2031-03-08", "2031-03-01", "2031-03-08", None, "2031-03-02"],
        "title": [
            "Port opens",
            "Port shut for good",
            "Iran sends ships",
            "Ships",
            "Rain",
        ],
        "url": [
            "https://daily.example/open",
            "https://daily.example/port",
            *[None] * 3,
        ],
        "text": [
            "Norland opened its port at Reddin again.",
            SHUT + STAYS.format("summer") + " Iran protested.",
            "Iran sent ships. " + HELP.format("said Reza Tavakoli of Iran"),
            HELP.format("Iran's foreign minister, Reza Tavakoli, said")
            + " The regime in Tehran is rich. The regime in Tehran is old.",
            "It rained in Reddin.",
        ],
    }
)


@pytest.fixture(scope="module")
def found():
    return fl.watch(fl.read_corpus(NOW, since=BEFORE), actors=["Iran"], topics=["port"])


def sentences(found, theme):
    table = found.table
    return table.loc[table["theme"].eq(theme), "finding"].tolist()


def test_each_article_is_new_changed_or_as_it_was(found):
    statuses = found.articles["status"].tolist()
    assert statuses == ["new", "changed", "new", "new", "unchanged"]
    # numbers that stand for other articles there are no identifiers
    assert found.articles["article"].tolist()[1] == "2 (now)"
    assert found.articles["earlier"].tolist()[1] == "1"
    assert found.caption.startswith("Since last time: 3 new articles, 1 changed, 1 as")
    assert len(found.corpus) == 4


def test_what_changed_is_told_word_by_word(found):
    changes = found.changes.set_index("what")
    assert changes.loc["headline", ["before", "now"]].tolist() == [
        "Port shut",
        "Port shut for good",
    ]
    assert changes.loc["reworded", "now"] == STAYS.format("summer")
    assert changes.loc["added", "now"] == "Iran protested."
    text = NOW["text"][1]
    row = changes.loc["added"]
    assert text[int(row["start"]) : int(row["end"])] == "Iran protested."


def test_statements_speakers_labels_and_events_are_new_by_the_words_before(found):
    (said,) = sentences(found, "New statements")
    assert said.startswith("Herald and Globe carry a new statement of Reza Tavakoli")
    (who,) = sentences(found, "New speakers")
    assert who.startswith("Reza Tavakoli is quoted for Iran for the first time")
    assert "Tavakoli is not named in the earlier articles" in who
    (label,) = sentences(found, "First-time labels")
    assert "Globe (2 times) writes “regime in Tehran”" in label
    assert any(
        one.startswith("Begins: “Iran sends") for one in sentences(found, "Events")
    )
    texts = found.corpus.articles.set_index("article")["text"]
    for number in found.table["number"]:
        for row in found.evidence(number).itertuples():
            assert texts[row.article][row.start : row.end] == row.text


def test_what_is_repeated_is_no_new_statement():
    again = NOW.assign(
        text=NOW["text"] + " " + HELP.format("said Reza Tavakoli of Iran")
    )
    said = NOW.iloc[[2]].assign(article="9")
    before = pd.concat([BEFORE, said], ignore_index=True)
    found = fl.watch(again.iloc[[3]], actors=["Iran"], since=before)
    assert sentences(found, "New statements") == []
    assert sentences(found, "New speakers") == []


def test_a_thing_is_no_new_speaker_and_whoever_has_no_name_has_an_article():
    texts = [
        "Ann Orr’s conduct said that the old harbour would open again in the spring.",
        "A harbour pilot said that no lamp on the quay has burnt since Monday morning.",
    ]
    now = pd.DataFrame({"article": ["8", "9"], "outlet": "Globe", "text": texts})
    corpus = fl.read_corpus(now)
    kind = corpus.ledger.assign(actor=["Ann Orr’s conduct", "harbour pilot"])
    corpus = corpus.correct(ledger=kind.assign(speaker_kind="person"))
    found = fl.watch(corpus, topics=["harbour OR quay"], since=BEFORE)
    assert sentences(found, "New speakers") == []
    said = " ".join(sentences(found, "New statements"))
    assert "statement of a harbour pilot: " in said


def test_outlets_and_dates_that_the_earlier_articles_lack_are_said(found):
    notes = " ".join(found.notes)
    assert "The earlier articles have none of Globe" in notes
    late = fl.watch(NOW.assign(date="2030-01-01"), since=BEFORE)
    assert "dated before the last of the earlier ones (2031-03-02)" in str(late.notes)
    bare = ["article", "outlet", "text"]
    assert fl.watch(NOW[bare], since=BEFORE[bare]).articles["status"].tolist() == [
        *("new", "changed", "new", "new", "unchanged")
    ]


def test_nothing_new_is_said_and_can_be_reported(tmp_path):
    found = fl.watch(BEFORE, since=BEFORE, actors=["Norland"])
    assert found.caption == "Nothing new: 3 articles, all as they were."
    assert "Nothing is new" in found.refusal
    page = fl.read_corpus(BEFORE).report(tmp_path, watched=found)
    assert "Nothing is new" in check(page.read_text("utf-8")).text


def test_too_few_articles_are_not_compared_and_planted_differences_are_found(found):
    assert found.compared["p"].isna().all()
    assert "articles that a comparison needs" in found.compared["refusal"].iloc[0]
    before, now = rising(0.1, "a"), rising(0.9, "b")
    more = fl.watch(now, topics=["harbour"], since=before)
    row = more.compared.iloc[0]
    k = [
        before["text"].str.contains("harbour").sum(),
        now["text"].str.contains("harbour").sum(),
    ]
    assert [row["before_k"], row["now_k"]] == k
    assert row["difference"] == pytest.approx(k[1] / 40 - k[0] / 40)
    assert row["low"] < row["difference"] < row["high"]
    assert len(sentences(more, "Then and now")) == 1
    same = fl.watch(rising(0.5, "b"), topics=["harbour"], since=rising(0.5, "a"))
    assert sentences(same, "Then and now") == []


def rising(share, letter):
    """Give 40 articles of one outlet, of which a share names the harbour."""
    about = ["harbour" if number < 40 * share else "weather" for number in range(40)]
    return pd.DataFrame(
        {
            "article": [f"{letter}{number}" for number in range(40)],
            "outlet": "Daily",
            "text": [
                f"The {what} of {letter}{number} was looked at by town {number}."
                for number, what in enumerate(about)
            ],
        }
    )


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(5)), st.sets(st.integers(0, 4), min_size=1))
def test_order_changes_no_status_and_against_itself_nothing_is_new(order, some):
    was = matched(NOW.assign(article=list("vwxyz")), BEFORE.assign(article=list("abc")))
    mixed = NOW.assign(article=list("vwxyz")).iloc[list(order)]
    again = matched(mixed, BEFORE.assign(article=list("abc")))
    assert again.sort_values("article")["status"].tolist() == was["status"].tolist()
    part = NOW.assign(article=list("vwxyz")).iloc[sorted(some)]
    assert set(matched(part, part)["status"]) == {"unchanged"}


def test_inputs_are_not_changed_and_runs_are_words():
    copies = NOW.copy(), BEFORE.copy()
    fl.read_corpus(NOW, since=BEFORE)
    pd.testing.assert_frame_equal(NOW, copies[0])
    pd.testing.assert_frame_equal(BEFORE, copies[1])
    assert len(runs_of("one two three four five six")) == 2


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_stays_text_in_the_section(payload, tmp_path):
    before = hostile(payload.replace("\0", ""))  # a text with NUL is not read
    now = before.assign(text=before["text"] + " It was mended.")
    corpus = fl.read_corpus(now, since=before, marks_only=True)
    found = fl.watch(corpus, topics=["talks"])
    page = check(corpus.report(tmp_path, watched=found).read_text("utf-8"))
    assert "It was mended" in page.text


def write(tmp_path, name, table):
    path = tmp_path / name
    table.to_csv(path, index=False)
    return str(path)


def test_the_command_line_watches_against_a_store(tmp_path, capsys):
    store, out = str(tmp_path / "store"), str(tmp_path / "report")
    earlier = write(tmp_path, "before.csv", BEFORE)
    assert main(["annotate", earlier, "--out", store, "--workers", "1"]) == 0
    source = write(tmp_path, "now.csv", NOW)
    asked = ["watch", source, "--since", store, "--actor", "Iran", "--topic", "port"]
    assert main([*asked, "--out", out, "--also", "csv", "xlsx"]) == 0
    said = capsys.readouterr().out
    assert "3 new articles, 1 changed, 1 as they were" in said
    page = check((tmp_path / "report" / "index.html").read_text("utf-8"))
    assert page.text.index("Since last time") < page.text.index("Who covers what")
    made = pd.read_csv(tmp_path / "report" / "tables" / "since.csv")
    assert "New speakers" in set(made["theme"])
    changes = pd.read_csv(tmp_path / "report" / "tables" / "since-changes.csv")
    assert "Iran protested." in set(changes["now"])


@pytest.mark.parametrize(
    ("since", "more", "said"),
    [
        ("nowhere", [], "there is no file or folder"),
        ("broken", [], "holds no whole corpus"),
        ("before.csv", ["--actor", "Atlantis"], "no article, new or earlier, names"),
        ("before.csv", ["--actor", " "], "is empty"),
        ("before.csv", ["--also", "pptx"], "pptx"),
    ],
)
def test_what_cannot_be_watched_is_refused_in_a_line(
    tmp_path, capsys, since, more, said
):
    write(tmp_path, "before.csv", BEFORE)
    (tmp_path / "broken" / "ledger.parquet").mkdir(parents=True)
    source, out = write(tmp_path, "now.csv", NOW), tmp_path / "out"
    asked = ["watch", source, "--since", str(tmp_path / since), "--out", str(out)]
    assert main([*asked, "--voices", "marks", *more]) == 2
    error = capsys.readouterr().err.strip().splitlines()[-1]
    assert error.startswith("framelens: ")
    assert said in error
    assert not out.exists()


def test_without_earlier_articles_it_is_refused():
    with pytest.raises(InputError, match="give since="):
        fl.watch(NOW)
