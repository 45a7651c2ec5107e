from hypothesis import given
from hypothesis import strategies as st

from framelens.annotate.paragraphs import paragraph_offsets


def told(text):
    return [text[start:end] for start, end in paragraph_offsets(text)]


def test_blank_lines_and_single_breaks_end_paragraphs():
    assert told("One.\n\nTwo.\r\nThree.\u2029Four") == [
        "One.",
        "Two.",
        "Three.",
        "Four",
    ]


def test_a_break_inside_a_sentence_does_not():
    assert told("He told local\n\nmedia so.") == ["He told local\n\nmedia so."]


def test_a_list_of_lower_case_lines_after_a_colon_stays_apart():
    assert told("He named:\nbread\n") == ["He named:", "bread"]


WRAPPED = """Ada Roth, 60, cut the rope, took a bag and went up to the rooms in the
Harbour Hotel in Lakeside, Fla. She said she wanted to leave. And then she called
112.

"I want to go," Roth told the operator. The master said that the
Council would pay."""


def test_wrapped_lines_are_one_paragraph():
    for breaks in ("\n", "\r\n"):
        first, second = told(WRAPPED.replace("\n", breaks))
        assert first.endswith("112.")
        assert second.startswith('"I want to go')


def test_short_lines_and_lines_that_end_sentences_are_not_wrapped():
    verse = (
        "Roses stand along the pier\nViolets line the wall\nSo does many a passenger\n"
    )
    assert len(told(verse)) == 3
    lines = "The council shut the pier on Monday after the storm had passed.\n" * 3
    assert len(told(lines)) == 3


def test_nothing_but_space_has_no_paragraph():
    assert told(" \n\t\r\n ") == []


@given(st.text(alphabet="aB. \n\r\t\u2028“"))
def test_paragraphs_hold_every_character_that_is_not_space(text):
    offsets = paragraph_offsets(text)
    assert all(text[start:end].strip() == text[start:end] for start, end in offsets)
    kept = "".join(text[start:end] for start, end in offsets)
    assert "".join(kept.split()) == "".join(text.split())
