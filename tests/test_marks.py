import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens.annotate.marks import LONGEST_UNCLOSED, quoted_stretches


def told(text):
    return [
        (text[one.start : one.end], one.depth, one.mark)
        for one in quoted_stretches(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "yes" twice.', [('"yes"', 0, "paired")]),
        ('He said “yes", then', [('“yes"', 0, "mismatched")]),
        ("now ”Go ”he said", [("”Go ”", 0, "paired")]),
        ("we go” he said", []),
        ("“fighter jets, ”Reed said", [("“fighter jets, ”", 0, "paired")]),
        ('He said"We go"now', [('"We go"', 0, "paired")]),
        ("``So,'' he said", [("``So,''", 0, "paired")]),
        (
            "„Ja“ «oui» »nein«",
            [("„Ja“", 0, "paired"), ("«oui»", 0, "paired"), ("»nein«", 0, "paired")],
        ),
        ('A 6" pipe and a 5" one', []),
        (
            "“He called it “bad” and left,” she said",
            [("“He called it “bad” and left,”", 0, "paired"), ("“bad”", 1, "paired")],
        ),
        (
            'said "he "did" go", then',
            [('"he "did" go"', 0, "paired"), ('"did"', 1, "paired")],
        ),
        (
            "He said “one and left. “Two,” she said.",
            [("“one and left.", 0, "unclosed"), ("“Two,”", 0, "paired")],
        ),
        (
            "“One.\n\n“Two,” she said.",
            [("“One.", 0, "unclosed"), ("“Two,”", 0, "paired")],
        ),
        ("“One.\n\nTwo,” she said.", [("“One.\n\nTwo,”", 0, "paired")]),
        ("“One.\n\nTwo.\n\nThree.", [("“One.", 0, "unclosed")]),
        (
            "‘Stop the workers’ march,’ she said",
            [("‘Stop the workers’ march,’", 0, "paired")],
        ),
        ("It’s the workers’ day", []),
        ("'We had no choice,' she said.", [("'We had no choice,'", 0, "paired")]),
        (
            "'Stop the workers' march,' she said. 'It's late.'",
            [
                ("'Stop the workers' march,'", 0, "paired"),
                ("'It's late.'", 0, "paired"),
            ],
        ),
        (
            "\"the 'core' of it\"",
            [("\"the 'core' of it\"", 0, "paired"), ("'core'", 1, "paired")],
        ),
        ("It's the workers' day in Qa'im, the '90s, rock 'n' roll, O'Neill's 5'", []),
        ("'Tis late; tell 'em of the boys' toys", []),
        (
            "“the ‘core’ of it”",
            [("“the ‘core’ of it”", 0, "paired"), ("‘core’", 1, "paired")],
        ),
    ],
)
def test_stretches(text, expected):
    assert told(text) == expected


marks_and_words = st.text(alphabet="“”\"„«»‘’' ab.,A\n—(", max_size=60)


@given(marks_and_words)
def test_outermost_stretches_are_in_order_and_do_not_overlap(text):
    place = 0
    for one in quoted_stretches(text):
        assert one.start < one.inner_start <= one.inner_end <= one.end <= len(text)
        if one.depth == 0:
            assert one.start >= place
            place = one.end
        else:
            assert one.end <= place


@given(marks_and_words, marks_and_words)
def test_a_paragraph_that_closes_its_quotations_leaves_the_next_alone(one, other):
    first = "x " + one.replace("\n", " ") + " x."
    stretches = quoted_stretches(first)
    if any(stretch.mark == "unclosed" for stretch in stretches):
        return
    behind = [
        (stretch.start - len(first) - 2, stretch.end - len(first) - 2)
        for stretch in quoted_stretches(first + "\n\nX " + other)
        if stretch.start > len(first)
    ]
    alone = [(stretch.start, stretch.end) for stretch in quoted_stretches("X " + other)]
    assert behind == alone


def test_an_unclosed_mark_does_not_swallow_a_long_text():
    text = "He said “we go. " + "They went on. " * 1000
    (one,) = quoted_stretches(text)
    assert one.mark == "unclosed"
    assert one.end - one.start <= LONGEST_UNCLOSED + 1
    assert text[one.end - 1] == "."


@pytest.mark.parametrize("pattern", ["“a b ", '"a b ', "’ ‘s’ ", "' 's' ", "“\n", '" '])
def test_time_grows_no_faster_than_the_text(pattern):
    def seconds(times):
        begun = time.process_time()
        quoted_stretches(pattern * times)
        return time.process_time() - begun

    seconds(2_000)
    assert seconds(40_000) < 60 * max(seconds(4_000), 0.002)


def test_single_marks_inside_a_carried_quotation_are_nested():
    found = quoted_stretches('"\n‘A’”')
    assert [(one.start, one.end, one.depth) for one in found] == [(0, 6, 0), (2, 5, 1)]
