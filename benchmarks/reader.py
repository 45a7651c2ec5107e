"""The reader's cost, and whether its offsets hold on any text.

    python -m benchmarks.reader
    python -m benchmarks.reader --corpora DIR

Prints how fast it loads and reads (one thread, windows of 25 tokens and whole
articles), its peak memory, and, with a folder of ``*.jsonl.gz`` that hold ``text``,
whether the tokens of 10,000 random spans of it say what stands there.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import time
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from framelens.annotate.attribution_model import Window, load_reader, windows
from framelens.read import read_articles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from framelens.annotate.attribution_model import Reader

ROOT = Path(__file__).resolve().parent.parent
SPANS = 10_000
SEED = 0


def peak() -> float:
    """Give the process's peak memory so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def short_windows(reader: Reader, *, tokens: int = 25, count: int = 400) -> float:
    """Give how many windows of so many tokens are read in a second of processor.

    As articles of one such window each are read: those of one length together.
    """
    texts = read_articles(ROOT / "data" / "articles.csv").articles["text"].tolist()
    cut = [
        window
        for text in texts
        for window in windows(text, reader.tokenizer, longest=tokens)
        if len(window.ids) == tokens
    ]
    cut = (cut * (count // len(cut) + 1))[:count]
    reader.read_window(cut[0])
    begin = time.process_time()
    for _ in reader.read_windows(cut):
        pass
    return count / (time.process_time() - begin)


def texts_of(folder: Path) -> Iterator[str]:
    """Read the texts of every set in a folder."""
    for file in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line).get("text")
                if text:
                    yield text


def offsets_hold(reader: Reader, folder: Path) -> tuple[int, int]:
    """Cut random spans out of random texts, and compare them with the tokens there.

    A span holds if the tokens that touch it cover it but for white space, and if
    each token's slice of the text is what the token says.
    """
    chance = np.random.default_rng(SEED)
    texts = [text for text in texts_of(folder) if len(text) > 1]
    held = 0
    for place in chance.integers(0, len(texts), SPANS // 10):
        text = texts[place]
        found = reader.windows(text)
        for _ in range(10):
            start = int(chance.integers(0, len(text)))
            end = min(len(text), start + int(chance.integers(1, 200)))
            held += _holds(text, start, end, found, reader)
    return held, SPANS // 10 * 10


def _holds(
    text: str, start: int, end: int, found: list[Window], reader: Reader
) -> bool:
    covered = np.zeros(end - start, dtype=bool)
    for window in found:
        first = int(np.searchsorted(window.ends, start, side="right"))
        after = int(np.searchsorted(window.starts, end, side="left"))
        for token in range(first, after):
            a, b = int(window.starts[token]), int(window.ends[token])
            covered[max(a - start, 0) : b - start] = True
            said = reader.tokenizer.id_to_token(int(window.ids[token]))
            said = said.removeprefix("##")
            if said not in ("[UNK]", "<unk>") and said != _plain(text[a:b]):
                return False
    return all(
        covered[at] or not _seen(character)
        for at, character in enumerate(text[start:end])
    )


def _plain(piece: str) -> str:
    """Do to a piece what the tokenizer does: no accents, no capitals, no controls."""
    apart = unicodedata.normalize("NFD", "".join(filter(_seen, piece)))
    return "".join(c for c in apart if unicodedata.category(c) != "Mn").lower()


def _seen(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) not in (
        *("Cc", "Cf", "Cn", "Co", "Mn"),
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path)
    given = parser.parse_args()
    begin = time.perf_counter()
    reader = load_reader()
    print(f"| load | {time.perf_counter() - begin:.2f} s |")
    print(f"| windows of 25 tokens | {short_windows(reader):.0f} a second |")
    articles = read_articles(ROOT / "data" / "articles.csv").articles
    begin = time.process_time()
    for text in articles["text"]:
        for _ in reader.read(text):
            pass
    print(f"| the four articles | {time.process_time() - begin:.2f} CPU s |")
    print(f"| peak memory | {peak():.0f} MB |")
    if given.corpora:
        held, of = offsets_hold(reader, given.corpora)
        print(f"| random spans whose offsets hold | {held:,} of {of:,} |")


if __name__ == "__main__":
    main()
