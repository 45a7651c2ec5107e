"""A measure of your own, whole and in one file: questions and exclamations.

A measure is a function that gives counts, and one declaration of it. From then on the
command line, the report, every comparison and the self-test know it. Run from the
repository::

    python examples/adding_a_measure.py measure questions data/articles.csv --out q.csv
    python examples/adding_a_measure.py report data/articles.csv --out report
"""

from __future__ import annotations

import sys

import pandas as pd

from framelens.cli import main
from framelens.corpus import Corpus, corpus_of
from framelens.measure import Counts, Measure, register

KINDS = {"?": "question", "!": "exclamation"}
"""The items, by the sign at the end of the sentence."""

KEYS = ["event", "outlet", "article", "voice"]


def questions(corpus: Corpus | pd.DataFrame | str) -> Counts:
    """Count questions and exclamations among the sentences of each voice."""
    corpus = corpus_of(corpus)
    sentences = sentences_by_voice(corpus)
    totals = sentences.groupby(KEYS, dropna=False).size().reset_index(name="n")
    marked = sentences[sentences["item"].notna()]
    counts = marked.groupby([*KEYS, "item"], dropna=False).size().reset_index(name="k")
    return Counts(
        counts, totals, "questions", "sentences", find=evidence, corpus=corpus
    )


def evidence(corpus: Corpus, item: str) -> pd.DataFrame:
    """Give the sentences behind a count, for `Counts.evidence`."""
    sentences = sentences_by_voice(corpus)
    columns = ["article", "outlet", "voice", "start", "end", "text"]
    return sentences.loc[sentences["item"].eq(item), columns]


def sentences_by_voice(corpus: Corpus) -> pd.DataFrame:
    """Give every sentence with the voice in which it begins; furniture has none."""
    spans = corpus.sentences[["article", "start", "end"]]
    voices = corpus.voices[["article", "start", "voice"]]
    about = corpus.articles[["article", "outlet", "event", "text"]]
    spans, voices = spans.sort_values("start"), voices.sort_values("start")
    table = pd.merge_asof(spans, voices, on="start", by="article")
    table = table[table["voice"].ne("furniture")].merge(about, on="article")
    places = zip(table["text"], table["start"], table["end"], strict=True)
    table["text"] = [text[start:end] for text, start, end in places]
    last = table["text"].str.rstrip("\"”’') \n").str[-1]
    return table.assign(item=last.map(KINDS))


QUESTIONS = Measure(
    "questions",
    questions,
    label="What is asked",
    unit="sentences",
    accuracy="Not validated: sentences end where the parser says so.",
    in_report=True,
)

if __name__ == "__main__":
    register(QUESTIONS)
    sys.exit(main())
