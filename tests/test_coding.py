"""Coding in the notebook: answers, undo, the disk, what is hidden, corrections."""

from __future__ import annotations

import json
import os

import numpy as np
import pandas as pd
import pytest

import framelens as fl
from framelens._checks import FramelensError, InputError, UnknownNameError
from framelens.measure.outlet_names import hidden_stretches
from framelens.show.coding_widget import state_of, widget_of
from framelens.show.notebook_page import in_a_notebook

OUTLETS = ["Daily Herald", "Sundown Post"]
TEXT = "The {0} <b>doubts</b> it, writes the Herald; {1} too. Number {2}.\u202e"


def passages(many=40):
    article = np.arange(many) // 4
    outlet = np.array(OUTLETS)[article % 2]
    return pd.DataFrame(
        {
            "article": [f"a{one:02}" for one in article],
            "outlet": outlet,
            "machine": np.arange(many) % 2 == 0,
            "text": [TEXT.format(*OUTLETS, one) for one in range(many)],
        }
    )


SAMPLE = fl.to_code(passages(), 20)


def begin(folder, coder="Ann", **options):
    return fl.coding(SAMPLE, folder, coder=coder, **options)


def labels(coding):
    return coding.table["label"].tolist()


def test_every_answer_is_on_the_disk_before_the_next_is_shown(tmp_path):
    ann = begin(tmp_path)
    assert ann.path == tmp_path / "codes-ann.csv"
    assert not ann.path.exists()
    for number in range(1, 14):
        assert ann.number == number
        ann.answer("yes" if number % 2 else "no", note=f"note {number}")
        on_disk = fl.read_codes(ann.path)
        assert on_disk["label"].notna().sum() == number
    again = begin(tmp_path)  # as after a crash: nothing but the file is left
    assert (again.number, again.done) == (14, 13)
    assert labels(again) == labels(ann)
    assert again.table["note"].tolist()[:13] == [f"note {one}" for one in range(1, 14)]


def test_undo_takes_back_one_after_the_other_also_after_a_restart(tmp_path):
    ann = begin(tmp_path).answer("yes").answer("no").answer("cannot tell")
    ann.undo().undo()
    assert ann.number == 2
    assert fl.read_codes(ann.path)["label"].notna().sum() == 1
    again = begin(tmp_path)
    assert again.undo().number == 1
    with pytest.raises(InputError, match="no answer to take back"):
        again.undo()
    assert again.answer("yes").number == 2


def test_going_back_changes_an_answer_and_returns_to_the_first_open(tmp_path):
    ann = begin(tmp_path).answer("yes").answer("yes").answer("yes")
    ann.go(2).answer("no")
    assert (ann.number, labels(ann)[:3]) == (4, ["yes", "no", "yes"])
    assert labels(ann.undo())[:3] == ["yes", "yes", "yes"]
    assert ann.number == 2
    ann.go(3).note("later")
    assert fl.read_codes(ann.path)["note"].tolist()[2] == "later"
    with pytest.raises(InputError, match="passages 1 to 20; found 21"):
        ann.go(21)


def test_what_cannot_be_written_is_not_taken(tmp_path, monkeypatch):
    ann = begin(tmp_path).answer("yes")
    with pytest.raises(UnknownNameError, match="no label 'mybe'"):
        ann.answer("mybe")
    before = ann.path.read_bytes()
    with monkeypatch.context() as broken:
        broken.setattr(
            os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "full"))
        )
        with pytest.raises(OSError, match="full"):
            ann.answer("no")
    assert (ann.number, ann.done) == (2, 1)
    assert ann.path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["codes-ann.csv"]
    ann.path.write_text(ann.path.read_text().replace("Number", "Nummer"))
    with pytest.raises(InputError, match="changed by another program"):
        ann.answer("no")
    with pytest.raises(InputError, match=r"codes-ann.csv.*is of another sample"):
        begin(tmp_path)


def test_a_sheet_changed_in_a_spreadsheet_is_gone_on_with(tmp_path):
    ann = begin(tmp_path).answer("yes")
    table = pd.read_csv(ann.path, dtype=str)
    table.loc[1, "label"] = "TRUE"
    table["topic"] = "weather"
    shuffled = table[table.columns[::-1]].sample(frac=1, random_state=1)
    ann.path.write_bytes(shuffled.to_csv(sep=";", index=False).encode("utf-16"))
    again = begin(tmp_path)
    assert (again.number, labels(again)[:2]) == (3, ["yes", "yes"])
    assert set(again.answer("no").sheet["topic"]) == {"weather"}
    table.loc[2, "label"] = "mybe"
    table.to_csv(again.path, index=False)
    with pytest.raises(InputError, match=r"codes-ann.csv, line 4: the label 'mybe' is"):
        begin(tmp_path)


def test_a_second_coder_has_a_file_of_her_own(tmp_path):
    ann, bo = begin(tmp_path), begin(tmp_path, "Bo Ek")
    for place in range(20):
        ann.answer("yes" if place % 2 else "no")
        bo.answer("yes" if place % 2 or place < 4 else "no")
    assert bo.path.name == "codes-bo-ek.csv"
    with pytest.raises(InputError, match="holds the answers of 'Ann', not of 'Bo'"):
        fl.coding(SAMPLE, ann.path, coder="Bo")
    agreed = fl.agreement([ann.path, bo.path])
    assert agreed.table["percent"].item() == 0.9
    settled = fl.coding(agreed, tmp_path)
    assert (len(settled.task.asked), settled.coder) == (2, "adjudicated")
    assert dict(state_of(settled, "", 0)["facts"]) == {"Ann": "no", "Bo Ek": "yes"}
    settled.answer("yes").answer("cannot tell")
    three = [ann.table, bo.table, settled.path]
    counted = fl.contrast(SAMPLE.counts, *OUTLETS, codes=three).correction.more
    assert counted["codes"].item() == 19  # nobody can tell: it is no code any more
    assert fl.agreement(three).table["percent"].item() == 0.9
    with pytest.raises(InputError, match="agree on every unit"):
        fl.coding(fl.agreement([ann.table, ann.table.assign(coder="Cy")]), tmp_path)


def test_the_coder_sees_neither_outlet_nor_machine_label(tmp_path):
    ann = begin(tmp_path)
    for _ in range(20):
        shown = json.dumps(state_of(ann, "", 0))
        for word in ("Herald", "Sundown", "counted", "a0"):
            assert word not in shown
        ann.answer("no")
    assert "[outlet]" in shown
    assert "hide=" in fl.coding(SAMPLE.sheet[["id", "text"]], tmp_path).task.blind
    path = SAMPLE.write(tmp_path / "blind.csv", blind=True)
    assert "Herald" not in path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("outlet", "text", "hidden"),
    [
        (
            "Daily Herald",
            "The Daily herald, the Herald's",
            ["The Daily herald", "the Herald"],
        ),
        ("foxnews", "Fox News, a fox, FOX", ["Fox News", "FOX"]),
        ("theguardian", "Guardian US, a guardian", ["Guardian"]),
        ("usatoday.com", "USA TODAY in the USA", ["USA TODAY"]),
        ("Foreign Policy", "foreign policy, Foreign Policy", ["Foreign Policy"]),
        ("New York Times - News", "New York, a NYT report", ["NYT"]),
        ("bbc.com", "BBC staff at bbc.com", ["BBC", "bbc.com"]),
        ("fox_news", "a fox in Fox News", ["Fox News"]),
        ("The Sun", "The Sun on the sun", ["The Sun"]),
        ("United News", "The UN and United News", ["United News"]),
    ],
)
def test_names_of_outlets_are_hidden_and_other_words_are_not(outlet, text, hidden):
    found = hidden_stretches(text, [outlet])
    assert [text[start:end] for start, end in found] == hidden


def test_more_names_are_hidden_where_the_analyst_says_so(tmp_path):
    shown = state_of(begin(tmp_path, hide=["doubts"]), "", 0)["pieces"]
    assert not any("doubts" in piece[0] for piece in shown)


def test_marked_words_have_their_place_in_the_untouched_text(tmp_path):
    ann = begin(tmp_path, spans=True)
    text = ann.sheet["text"].iloc[0]
    pieces = state_of(ann, "", 0)["pieces"]
    for said, kind, start, end in pieces:
        assert kind in ("hidden", "code") or text[start:end] == said
    assert {"hidden", "code"} <= {piece[1] for piece in pieces}
    place = text.index("doubts")
    ann.answer("yes", spans=[(place, place + 6), (place + 3, place + 9)])
    spans = json.loads(begin(tmp_path, spans=True).table["spans"].iloc[0])
    assert spans == [[place, place + 9]]
    with pytest.raises(InputError, match="is no stretch of this passage"):
        ann.answer("yes", spans=[(0, 10_000)])


def test_labels_and_codebook_are_what_the_analyst_says(tmp_path):
    (tmp_path / "book.csv").write_text("label;meaning\nwar;fights\npeace;talks\n")
    ann = begin(tmp_path, codebook=tmp_path / "book.csv")
    assert ann.task.labels == {"war": "fights", "peace": "talks"}
    assert labels(ann.answer("war"))[0] == "war"
    beside = begin(
        tmp_path, "Bo", labels=["low", "high"], codebook="Read it twice.\nOnce."
    )
    assert state_of(beside, "", 0)["codebook"]["text"].startswith("Read")
    for options, message in [
        ({"labels": ["yes"]}, "two or more different names"),
        ({"labels": ["a", "b"], "codebook": {"c": "x"}}, "explains c"),
        ({"codebook": "gone.csv"}, "no codebook at gone.csv"),
        ({"coder": " "}, "coder= is blank"),
        ({"what": "ledger"}, "what= is what to correct in a corpus"),
    ]:
        with pytest.raises(InputError, match=message):
            begin(tmp_path, **{"coder": "Cy", **options})
    for path, message in [
        ("x.xlsx", "is a CSV file"),
        ("no/x.csv", "there is no folder"),
    ]:
        with pytest.raises(InputError, match=message):
            fl.coding(SAMPLE, tmp_path / path)


def test_the_page_says_what_it_cannot_do_and_obeys_nothing_stale(tmp_path):
    pytest.importorskip("anywidget")
    ann = begin(tmp_path)
    page = widget_of(ann)
    sent = {"wish": "answer", "label": "yes", "place": ann.place, "number": 1}

    def hear(**change):
        page._handle_custom_msg({**sent, **change}, [])
        return page.state

    assert hear()["said"] == "Saved: yes."
    assert hear(number=2)["done"] == 1  # of the passage that was shown before
    now = {"place": ann.place}
    assert "no label" in hear(**now, label="<b>")["error"]
    assert (
        "no stretch" in hear(**now, spans=[[5, 2]])["error"] if ann.task.spans else True
    )
    for odd in ({"wish": "run"}, {"wish": None}, {"label": None}, {"changes": 7}):
        assert hear(**{**now, **odd})["error"]
    assert hear(wish="undo")["done"] == 0
    page._handle_custom_msg("no dict", [])
    assert page.state["error"]
    ann.path.unlink()
    assert "changed by another program" in hear(place=ann.place)["error"]


def test_where_there_is_no_notebook_it_says_how_to_code_in_a_spreadsheet(tmp_path):
    ann = begin(tmp_path, "<script>")
    assert not in_a_notebook()
    shown = ann._repr_mimebundle_()
    assert set(shown) == {"text/plain", "text/html"}
    assert "0 of 20 passages coded" in shown["text/plain"]
    assert "sample.write" in shown["text/html"]
    assert "<script>" not in shown["text/html"]


# correcting a corpus


@pytest.fixture(scope="module")
def corpus():
    text = (
        "PARIS (AFP) – “The dam will hold,” said Ada Brenn, the mayor of Reddin.\n\n"
        "“Nobody knows,” she said. It rained."
    )
    other = "“The dam broke at noon,” the engineer Olaf Berg said in Reddin on Monday."
    table = pd.DataFrame(
        {
            "article": ["a", "b"],
            "outlet": OUTLETS,
            "text": [text, other],
            "title": ["A", "B"],
        }
    )
    return fl.read_corpus(table, marks_only=True)


def test_a_ledger_is_corrected_by_hand(corpus, tmp_path):
    mine = fl.coding(corpus, tmp_path, what="ledger")
    assert len(mine.task.asked) == len(corpus.ledger) == 3
    with pytest.raises(InputError, match="nothing is changed"):
        mine.answer("change", speaker=mine.found(mine.place, "speaker"))
    words = mine.sheet["text"]
    answers = {"hold": ("change", "Olaf Berg"), "Nobody": ("accept", None)}
    for _ in range(3):
        said = words.iloc[mine.place]
        label, who = next(
            (v for k, v in answers.items() if k in said), ("reject", None)
        )
        mine.answer(label, **({"speaker": who} if who else {}))
    again = fl.coding(corpus, mine.path, what="ledger")
    right = corpus.correct(ledger=again.table).ledger.set_index("text")["speaker"]
    assert right.filter(like="hold").tolist() == ["Olaf Berg"]
    assert right.filter(like="Nobody").tolist() == ["Ada Brenn"]
    assert right.filter(like="noon").isna().all()


def test_furniture_that_is_the_story_comes_back(corpus, tmp_path):
    mine = fl.coding(corpus, tmp_path, what="furniture")
    assert mine.sheet["text"].tolist() == ["PARIS (AFP) – "]
    assert len(corpus.correct(furniture=mine.table).furniture) == 1
    assert not len(corpus.correct(furniture=mine.answer("reject").table).furniture)


def test_actors_are_corrected_and_what_was_stated_stays(corpus, tmp_path):
    stated = pd.DataFrame({"alias": ["the premier"], "actor": ["Jo"], "affiliation": "",
                           "role": ""})  # fmt: skip
    known = corpus.correct(actors=stated)
    mine = fl.coding(known, tmp_path, what="actors")
    while mine.number:
        name = mine.sheet["alias"].iloc[mine.place]
        if name == "Olaf Berg":
            mine.answer("change", actor="Olav Berg", kind="person")
        else:
            mine.answer("reject" if name == "Brenn" else "accept")
    right = known.correct(actors=mine.table)
    assert {"Jo", "Olav Berg"} <= set(right.stated_actors["actor"])
    assert "Olav Berg" in set(right.ledger["actor"])


def test_events_are_corrected_one_article_at_a_time(corpus, tmp_path):
    mine = fl.coding(corpus, tmp_path, what="events")
    assert "article" in mine.task.unit
    other = mine.sheet["event"].iloc[1]
    mine.answer(
        "change", event=other if other != mine.sheet["event"].iloc[0] else "flood"
    )
    mine.answer("reject")
    right = corpus.correct(events=mine.table)
    assert right.events["event"].nunique() == 2
    assert right.events["given"].all()
    with pytest.raises(FramelensError, match="nothing to correct"):
        fl.coding(right, tmp_path / "again.csv", what="events")


def test_the_sentences_around_are_shown_where_the_corpus_is_at_hand(corpus, tmp_path):
    sample = fl.to_code(fl.terms(corpus), 8, item="dam", voice="rest")
    ann = fl.coding(sample, tmp_path)
    ann.go(next(n for n, t in enumerate(sample.sheet["text"], 1) if "rained" in t))
    kinds = [(kind, said) for said, kind, *_ in state_of(ann, "", 0)["pieces"]]
    assert [kind for kind, _ in kinds] == ["context", ""]
    assert "Nobody knows" in kinds[0][1]
    assert "outside quotation marks" in state_of(ann, "", 0)["question"]
    alone = fl.coding(sample, tmp_path, context=0).go(ann.number)
    assert len(state_of(alone, "", 0)["pieces"]) == 1


def test_a_sheet_holds_the_sentences_around_where_the_text_is_known(tmp_path):
    said = ["It rained.", "The plan is a trap.", "The Daily Herald laughed."]
    text = " ".join(said)
    start = [text.index(one) for one in said]
    table = pd.DataFrame(
        {"article": "a", "outlet": "Daily Herald", "start": start, "text": said,
         "machine": [True, False, True]}
    )  # fmt: skip
    of_table = fl.to_code(table, 3)
    articles = table.head(1).assign(text=text)
    of_corpus = fl.frame(fl.read_corpus(articles, marks_only=True)).next(3)
    for number, sample in enumerate((of_table, of_corpus)):
        sheet = sample.sheet.set_index("text")
        assert sheet.loc[said[1], ["before", "after"]].tolist() == [said[0], said[2]]
        assert pd.isna(sheet.loc[said[0], "before"])
        path = sample.write(tmp_path / f"sheet{number}.csv", blind=True)
        mine = fl.coding(path, tmp_path, coder=f"Ann {number}", hide=["Daily Herald"])
        mine.go(1 + sample.sheet["text"].tolist().index(said[1]))
        pieces = state_of(mine, "", 0)["pieces"]
        assert [one[0].strip() for one in pieces[:2]] == said[:2]
        assert "Herald" not in str(pieces)
        assert pieces[-1][0].endswith("laughed.")
        assert "shown alone" not in state_of(mine, "", 0)["blind"]
    # a gap between two rows: nobody knows what stands in it
    apart = fl.to_code(table.assign(start=[0, 500, 900]), 3).sheet
    assert apart[["before", "after"]].isna().all(axis=None)
    assert "shown alone" in state_of(begin(tmp_path), "", 0)["blind"]


BOOK = """# blame

Somebody is held *responsible*.

## Labels

- **yes**: the text itself blames,
  or quotes somebody who does
- no: all else

## Examples
- **yes**: It was the mayor: he slept.
"""


def test_a_codebook_is_read_from_any_file_and_goes_with_the_sheet(tmp_path):
    (tmp_path / "a.md").write_text(BOOK, encoding="utf-8")
    (tmp_path / "a.toml").write_text(
        'name = "blame"\ndefinition = "Somebody is held *responsible*."\n[labels]\n'
        'yes = "the text itself blames, or quotes somebody who does"\nno = "all else"\n'
        '[[examples]]\ntext = "It was the mayor: he slept."\nlabel = "yes"\n',
        encoding="utf-8",
    )
    book = fl.to_code(passages(), 4, codebook=tmp_path / "a.md").codebook
    assert (book.name, book.definition) == ("blame", "Somebody is held *responsible*.")
    assert list(book.labels) == ["yes", "no"]
    assert book.examples == (("It was the mayor: he slept.", "yes"),)
    sample = fl.to_code(passages(), 4, codebook=tmp_path / "a.toml")
    sample.write(tmp_path / "sheet.csv")
    sample.write(tmp_path / "sheet.qdpx")
    book.write(tmp_path / "b.qdc")
    for name in ("a.toml", "sheet-codebook.md", "sheet.qdpx", "b.qdc"):
        again = fl.to_code(passages(), 4, codebook=tmp_path / name).codebook
        assert again.labels.pop("cannot tell", "") == ""
        assert again == book, name
    shown = state_of(fl.coding(sample, tmp_path), "", 0)
    assert shown["codebook"]["name"] == "blame"
    assert shown["codebook"]["examples"] == [["yes", "It was the mayor: he slept."]]
    assert [one["meaning"] for one in shown["labels"][:2]] == list(book.labels.values())


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.toml", "name = ", "x.toml is no TOML"),
        ("x.toml", 'title = "x"', "has title; a codebook has definition"),
        ("x.toml", "examples = [1]", r"\[labels\] has lines such as"),
        ("x.qdc", "<CodeBook", "no REFI-QDA project or codebook"),
        ("x.qdc", "<CodeBook><Codes/></CodeBook>", "holds no code"),
        ("x.csv", "word,sense\na,b\n", "needs the columns 'label' and 'meaning'"),
    ],
)
def test_a_codebook_that_is_none_is_refused_in_one_line(
    tmp_path, name, content, message
):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(FramelensError, match=message) as raised:
        fl.to_code(passages(), 4, codebook=tmp_path / name)
    assert "\n" not in str(raised.value)


def test_a_frame_has_the_name_of_its_codebook_and_only_its_labels(tmp_path):
    (tmp_path / "a.md").write_text(BOOK, encoding="utf-8")
    corpus = fl.read_corpus(
        pd.DataFrame({"article": ["a"], "outlet": ["Post"], "text": ["It rained."]}),
        marks_only=True,
    )
    own = fl.frame(corpus, codebook=tmp_path / "a.md")
    assert own.next(1).sheet["item"].tolist() == ["blame"]
    assert own.next(1).codebook.labels["no"] == "all else"
    with pytest.raises(InputError, match="yes or no; the codebook has war"):
        fl.frame(corpus, codebook={"war": "fights", "no": ""})
