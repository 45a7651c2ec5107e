"""Damage: how much of it reading notices, and how much of it repair undoes.

    python -m benchmarks.damage --articles FILE.jsonl.gz [--number 1000]

Takes articles, damages 200 of them in each of ten ways by its own hand, and counts
which are noticed; undamaged ones that are called damaged are false. Of ways that can be
mended it compares the words and the quotation marks after repair with the undamaged
text. Nothing of the articles is printed or kept.
"""

from __future__ import annotations

import argparse
import random
import re
import unicodedata
from collections import Counter

import pandas as pd

from framelens.annotate.words import counted_form, word_offsets
from framelens.read import read_articles
from framelens.read.damage import damage_of
from framelens.read.repair import repair_of

FRENCH = (
    "Le maire a dit que la ville fermerait le pont pendant deux semaines, parce que la "
    "crue avait abîmé les piles. Les habitants devront prendre le bac. "
)
ERROR = "Access Denied. You don't have permission to access this page on this server. "
LOOK_ALIKES = str.maketrans("aeop", "аеор")
LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "fi": "ﬁ", "fl": "ﬂ", "ff": "ﬀ"}


def mojibake(text, _):
    """Read UTF-8 as Windows-1252; bytes that it lacks stay as they are."""
    data = text.encode("utf-8")
    return "".join(bytes([one]).decode("cp1252", "ignore") or chr(one) for one in data)


def tags(text, _):
    """Put every paragraph into HTML, and its signs into entities."""
    text = text.replace("&", "&amp;")
    parts = "".join(f"<p>{line}</p>" for line in text.split("\n") if line.strip())
    named = {"’": "&rsquo;", "“": "&ldquo;", "”": "&rdquo;", "é": "&eacute;"}
    return "".join(named.get(one, one) for one in parts)


def error_page(_, draw):
    """Give what stands there when a page is refused."""
    return ERROR + f"Reference #18.{draw.getrandbits(40):x}"


def soft_hyphens(text, draw):
    """Hyphenate a fifth of the long words where nobody sees it."""
    return re.sub(
        r"\b([a-z]{4,5})([a-z]{4,})\b",
        lambda found: (
            f"{found[1]}\u00ad{found[2]}" if draw.random() < 0.2 else found[0]
        ),
        text,
    )


def ligatures(text, _):
    """Join ff, fi and fl as fonts do."""
    for plain, joined in LIGATURES.items():
        text = text.replace(plain, joined)
    return text


def look_alikes(text, draw):
    """Put Cyrillic letters into a tenth of the words."""
    return re.sub(
        r"\b[a-z]{4,}\b",
        lambda found: (
            found[0][:2] + found[0][2:].translate(LOOK_ALIKES)
            if draw.random() < 0.1
            else found[0]
        ),
        text,
    )


def accents_apart(text, _):
    """Part letters and accents."""
    return unicodedata.normalize("NFD", text)


def capitals(text, _):
    """Put everything into capitals."""
    return text.upper()


def another_language(text, _):
    """Put a French text of the same length there."""
    return FRENCH * max(2, len(text) // len(FRENCH))


def cut_off(text, draw):
    """Keep a third, with the mark that services put there."""
    end = draw.choice(
        ["… [+2731 chars]", "...", " [...]", "… Read more", " Read more »"]
    )
    return text[: max(60, len(text) // 3)].rstrip(".") + end


WAYS = {
    "mojibake": mojibake,
    "html": tags,
    "page": error_page,
    "hidden characters": soft_hyphens,
    "ligatures": ligatures,
    "look-alikes": look_alikes,
    "accents apart": accents_apart,
    "capitals": capitals,
    "language": another_language,
    "truncated": cut_off,
}
MENDED = [*WAYS][:1] + [*WAYS][3:7] + ["html"]


def counts(text):
    """Count the words of a text, and its quotation marks."""
    words = Counter(counted_form(text[a:b]) for a, b in word_offsets(text))
    return words, Counter(re.findall('[“”"«»„]', text))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", required=True)
    parser.add_argument("--number", type=int, default=1000)
    given = parser.parse_args()
    draw = random.Random(20260101)  # noqa: S311 - which articles, not a secret
    table = pd.read_json(given.articles, lines=True, dtype=str)
    articles = read_articles(table).articles
    articles = articles[articles["text"].map(len) > 600]
    articles = articles.drop_duplicates("text")
    whole = articles.sample(min(given.number, len(articles)), random_state=1)
    whole = whole.reset_index(drop=True)
    whole["language"] = "en"
    found = damage_of(whole)
    false = set(found["article"])
    print("undamaged called damaged:", len(false), "of", len(whole))
    print(found["kind"].value_counts().to_dict())
    clean = whole[~whole["article"].isin(false)]
    print("way\tdamaged\tnoticed\tequal after repair")
    for way, damage in WAYS.items():
        fits = [
            (row.article, row.text, changed)
            for row in clean.itertuples()
            if (changed := damage(row.text, draw)) != row.text
        ]
        chosen = draw.sample(fits, min(200, len(fits)))
        changed = pd.DataFrame(chosen, columns=["article", "before", "text"])
        changed = changed.assign(outlet="Daily", language="en")
        noticed = damage_of(changed)
        kinds = noticed[noticed["kind"].eq(way)]["article"].nunique()
        equal = "–"
        if way in MENDED:
            same = [
                counts(repair_of(row[2])[0].after) == counts(row[1]) for row in chosen
            ]
            equal = f"{sum(same)} of {len(same)}"
        print(f"{way}\t{len(chosen)}\t{kinds}\t{equal}")


if __name__ == "__main__":
    main()
