"""Exports of news databases: documents found, what is known of each, and furniture.

    python -m benchmarks.exports --exports DIR

DIR holds exports under the names below; other files are read without a count. Nothing
of them is printed but figures. *Furniture* counts texts with a line that the database
wrote.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from framelens.read import read_articles

DOCUMENTS = {
    "nexis-uni-100.docx": 100,
    "lexis-usa-today.docx": 7,
    "lexis-guardian.docx": 2,
    "lexisnexistools-sample.docx": 10,
    "lexisnexistools-sample.txt": 10,
    "lexisnexis-amcat.txt": 27,
    "lexisnexis-en.html": 2,
    "nexis-afp.html": 74,
    "factiva-nyt.html": 27,
    "factiva-test.html": 2,
    "factiva-german-interface.html": 100,
    "europresse-1.html": 3,
    "proquest-137.xlsx": 137,
    "mediacloud-stories.json": 5,
    "scraped-pages.json": 8,
}
"""Documents in each, counted by the marks of its layout."""

FURNITURE = re.compile(
    r"^\s*(?:LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|LENGTH|SECTION|BYLINE|HEADLINE|GRAPHIC"
    r"|Load-Date|Section|Length|Byline|Classification|End of Document|Body"
    r"|DATE-CHARGEMENT|SPRACHE|LANGUE)\b\s*(?::|$)"
    r"|^\s*\d+ of \d+ DOCUMENTS|^\s*(?:Copyright|©) .*\d{4}"
    r"|^\s*Do[ck]ument [A-Z]+\d{15}"
    r"|^\s*\d+ (?:words|Wörter|mots)\s*$|^\s*Page \d+ of \d+|Num[ée]ro de document"
    r"|^\s*Ce certificat",
    re.M,
)


def main() -> None:
    """Read every export and print one line for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--exports", required=True, type=Path)
    given = parser.parse_args()
    print("file\tdocuments\tkept\tdropped\toutlet\tdate\ttitle\tfurniture")
    for path in sorted(given.exports.iterdir()):
        if path.suffix == ".md":
            continue
        counted = DOCUMENTS.get(path.name, "–")
        try:
            reading = read_articles(path)
        except ValueError as fault:
            print(path.name, counted, str(fault), sep="\t")
            continue
        articles = reading.articles
        known = [
            int(articles[one].notna().sum()) for one in ("outlet", "date", "title")
        ]
        marked = sum(bool(FURNITURE.search(text)) for text in articles["text"])
        print(
            path.name,
            counted,
            len(articles),
            len(reading.dropped),
            *known,
            marked,
            sep="\t",
        )


if __name__ == "__main__":
    main()
