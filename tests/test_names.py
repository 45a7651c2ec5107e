"""Names: which of them mean the same person, body or state."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framelens.annotate.names import describes, name_key, same_name

SAME = [
    ("Trump", "President Donald J. Trump"),
    ("Ms Orr", "Lina Orr"),
    ("A. Orr", "Ann Orr"),
    ("Joe Orr", "Joseph R. Orr"),
    ("Zelensky", "Volodymyr Zelenskyy"),
    ("Mikhail Ulyanov", "Mikhail Ulianov"),
    ("Mr Müller", "Hans Mueller"),
    ("José Núñez", "Jose Nunez"),
    ("Bashar al-Assad", "Assad"),
    ("Bashar al-Assad", "Bashar Al Assad"),
    ("Ursula von der Leyen", "von der Leyen"),
    ("Kim Jong Un", "Kim"),
    ("Crown Prince Mohammed bin Salman", "Mohammed bin Salman"),
    ("Lt. Gen. Mark Orr", "Mark A. Orr"),
    ("Moscow", "Russian"),
    ("UN", "United Nations"),
    ("FBI", "Federal Bureau of Investigation"),
    ("CBP", "US Customs and Border Protection"),
    ("State Department", "US State Department"),
    ("New York Times", "The New York Times"),
    ("Ann Orr; Bob Stone", "Bob Stone"),
]
DIFFERENT = [
    ("Ann Orr", "Bob Orr"),
    ("Bill Stone", "Hillary Stone"),
    ("Donald Orr", "Donald Orr Jr."),
    ("Kim Jong Un", "Kim Yo Jong"),
    ("the ministry", "Lina Orr"),
    ("Russia", "Russian army"),
    ("Sudan", "South Sudan"),
    ("Niger", "Nigeria"),
    ("Iran", "Iraq"),
    ("Barker", "Parker"),
    ("Foreign Ministry", "Defence Ministry"),
    ("Russian Foreign Ministry", "Ukraine's Foreign Ministry"),
]
CANNOT_TELL = [
    ("the president", "Lina Orr"),
    ("officials", "police"),
    ("European Commission", "Commission"),
    ("government", "Iranian government"),
    (None, "Lina Orr"),
]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        *[(*pair, True) for pair in SAME],
        *[(*pair, False) for pair in DIFFERENT],
        *[(*pair, None) for pair in CANNOT_TELL],
    ],
)
def test_two_names(one, other, expected):
    assert same_name(one, other) is expected
    assert same_name(other, one) is expected


def test_what_only_describes():
    assert describes("chief inspector")
    assert describes("senior US officials")
    assert not describes("Julie Bishop")
    assert not describes("Kremlin")


def test_one_key_for_spellings_of_a_name():
    assert name_key("Mr. José Ángel Núñez") == name_key("Jose Angel Nunez")
    assert name_key("U.S.") == name_key("Washington") == "united states"


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_can_be_compared(one, other):
    assert same_name(one, other) is same_name(other, one)
    assert isinstance(name_key(one), str)
