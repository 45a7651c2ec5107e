import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens._checks import MissingPartError
from framelens.annotate import parse, pipeline, recent, sentences


def articles_of_text(text):
    return pd.DataFrame({"article": ["a"], "text": [text]})


def test_tokens_have_offsets_heads_and_names():
    text = "Ada Bell of Lima said: we go. \n\n He left."
    tokens = parse(articles_of_text(text))
    said = tokens.index[tokens["lemma"].eq("say")].item()
    assert [text[s:e] for s, e in zip(tokens["start"], tokens["end"], strict=True)] == (
        ["Ada", "Bell", "of", "Lima", "said", ":", "we", "go", ".", "He", "left", "."]
    )
    assert tokens["head"].iloc[said] == said
    assert tokens["head"].between(0, len(tokens) - 1).all()
    assert tokens["sentence"].iloc[[0, -1]].tolist() == [0, 1]
    assert tokens["entity"].iloc[0] == "PERSON"


def test_sentences_stay_inside_paragraphs():
    text = "One thing happened.\n\nAnother did. A third too."
    table = sentences(articles_of_text(text))
    assert [text[s:e] for s, e in zip(table["start"], table["end"], strict=True)] == [
        "One thing happened.",
        "Another did.",
        "A third too.",
    ]
    assert table["annotation"].tolist() == ["a:s1", "a:s2", "a:s3"]


def test_a_second_parse_comes_from_memory_as_long_as_there_is_room(monkeypatch):
    first = articles_of_text("The dam held again.")
    whole = parse(first)
    monkeypatch.setattr(pipeline, "_language", None)  # a second load would fail
    pd.testing.assert_frame_equal(
        parse(first.assign(article="b"))[["start"]], whole[["start"]]
    )
    monkeypatch.setattr(recent, "ROOM", 10)
    recent.store("parse", "another", None, 20)
    with pytest.raises(TypeError):
        parse(first)


def test_the_key_changes_with_text_and_model():
    assert recent.key_of(["m", "a"]) != recent.key_of(["m", "b"])
    assert recent.key_of(["ma", ""]) != recent.key_of(["m", "a"])


def test_a_model_that_is_absent_is_named_in_one_line(monkeypatch):
    monkeypatch.setattr(pipeline, "DEFAULT_MODEL", "no_such_model")
    with pytest.raises(MissingPartError, match="'no_such_model'") as raised:
        pipeline._version.__wrapped__()
    assert "\n" not in str(raised.value)


@given(st.text(alphabet="ab. \n“”A", max_size=200), st.integers(1, 20))
def test_pieces_cover_the_text_in_order(text, longest):
    place, seen = 0, ""
    for start, end in pipeline.pieces(text, longest=longest):
        assert place <= start < end
        assert end - start <= longest or "\n" in text[start:end]
        seen += text[start:end]
        place = end
    assert "".join(seen.split()) == "".join(text.split())


@pytest.mark.long
def test_a_very_long_paragraph_is_parsed_in_pieces():
    text = "The dam in the hills held again last night. " * 2_500
    assert len(list(pipeline.pieces(text))) > 10
    tokens = parse(articles_of_text(text))
    assert tokens["sentence"].iloc[-1] == pytest.approx(2_499, abs=5)
    assert text[tokens["start"].iloc[-1] :].startswith(".")


def test_half_a_character_is_read_over():
    text = "Jane Lake said \ud800 yes."
    tokens = parse(pd.DataFrame({"article": ["a"], "text": [text]}, dtype=object))
    assert text[tokens["start"].iloc[-1] : tokens["end"].iloc[-1]] == "."
    assert tokens["end"].iloc[-1] == len(text)
