"""Fuzzing: whatever a file holds, it is read or refused in one line.

The suite tries a few inputs of each kind; ``FRAMELENS_FUZZ=5000`` tries more.
"""

from __future__ import annotations

import os
import time

import pytest
import test_read_formats as made
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from framelens._checks import FramelensError
from framelens.read import Reading, read_articles

TRIES = int(os.environ.get("FRAMELENS_FUZZ", "12"))
SECONDS = 10

SEEDS = {
    "a.csv": b'article,outlet,date,text\n1,Post,03/04/2021,"The pier, ""shut""."\n',
    "a.tsv": b"title\tbody\nPier\tThe pier is shut.\n",
    "a.json": b'[{"title": "Pier", "source": {"name": "Post"}, "content": "Shut."}]',
    "a.jsonl": b'{"article": "1", "text": "The pier is shut."}\n',
    "nexis.txt": made.NEXIS.encode(),
    "proquest.txt": made.PROQUEST.encode(),
    "factiva.html": made.FACTIVA.encode(),
    "europresse.html": made.EUROPRESSE.encode(),
    "page.html": made.PAGE.replace("{text}", made.STORY).encode(),
    "factiva.rtf": made.FACTIVA_RTF.encode(),
    "a.rss": made.FEED.encode(),
    "nexis.docx": made.docx(*made.NEXIS_UNI),
    "a.xlsx": made.xlsx([["title", "text"], ["Pier", made.STORY]]),
    "a.pdf": made.pdf("The council shut the pier."),
    "a.warc.gz": made.warc(("https://post.example/pier", "200 OK", made.PAGE)),
    "a.zip": made.archive({"post/a.txt": made.STORY, "shore/n.txt": made.NEXIS}),
}

ODD = st.sampled_from(
    [
        *(b"\x00", b"\xff\xfe", b"\n" * 500, b'"', b"<", b"&#x110000;", b"{\\rtf1"),
        *(b"[" * 300, b"1 of 2 DOCUMENTS\n", b"\n_____________________\n", b"BODY:"),
        *("\u202e\ufeff\u2028".encode(), b"\xed\xa0\x80", b"=cmd|' /C calc'!A0"),
        *(b" " * 2000, b"<!DOCTYPE x [", b"\r", b"9" * 400, b"99/99/99", b"sep=;\n"),
    ]
)
CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), ODD | st.binary(max_size=8)),
    max_size=6,
)


def changed(seed, changes):
    """Put other bytes in place of some, at places given as shares of the length."""
    for share, length, new in changes:
        at = int(share * len(seed))
        seed = seed[:at] + new + seed[at + length :]
    return seed


def attempted(path):
    """Read a file, or give the reason why it cannot be."""
    try:
        return read_articles(path, repair=True)
    except FramelensError as fault:
        return str(fault)


@pytest.mark.parametrize("name", SEEDS)
def test_every_file_is_read_or_refused_in_one_line(name, tmp_path_factory):
    folder = tmp_path_factory.mktemp("fuzz")

    @settings(
        max_examples=TRIES, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(CHANGES | st.binary(max_size=300).map(lambda data: [(0.0, 10**6, data)]))
    @example([])
    def tried(changes):
        path = folder / name
        path.write_bytes(changed(SEEDS[name], changes))
        begun = time.perf_counter()
        reading = attempted(path)
        if isinstance(reading, Reading):
            assert reading.account
            assert reading.articles["article"].is_unique
        else:
            assert "\n" not in reading
        assert time.perf_counter() - begun < SECONDS

    tried()


@pytest.mark.parametrize(
    "filler", ["\n", " ", "<p>", "1 of 2 DOCUMENTS\n", "_" * 25 + "\n"]
)
@pytest.mark.parametrize("suffix", [".txt", ".html", ".csv", ".rtf"])
def test_a_megabyte_of_one_thing_is_no_trap(tmp_path, filler, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_text(filler * (300_000 // len(filler)), encoding="utf-8")
    begun = time.perf_counter()
    attempted(path)
    assert time.perf_counter() - begun < SECONDS
