# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 12 · At scale
#
# **Question.** The same steps for 15 articles, 100,000 and more: what is kept, what does a run cost, and what becomes the limit? **In:** `data/invented/`. **Time:** 15 seconds.
#
# **Answer.** A store keeps every layer as Parquet, which any tool reads; only new and changed articles are computed. A run costs two thirds of a second to three seconds of one core for every 1,000 words: the less where the processor has instructions for whole numbers of 8 bits. Names, events and copies need all articles in one process, and that is the limit.

# %%
import tempfile
from pathlib import Path

import pandas as pd
import polars as pl

import framelens as fl

# %% [markdown]
# ## A store is a folder of Parquet, one table a layer
#
# `corpus.save("store")`, or `framelens annotate SOURCE --out store`, writes it. Each table is cut into parts of at most 128 articles. A part is written aside and renamed into place, so that a run that is killed loses the parts it was at, and the next run goes on from there.

# %%
corpus = fl.read_corpus("../data/invented/articles.csv")
store = corpus.save(Path(tempfile.mkdtemp()) / "store")
folders = sorted(store.glob("*.parquet"))
rows = {f.stem: (len(list(f.iterdir())), len(pd.read_parquet(f))) for f in folders}
layers = pd.DataFrame.from_dict(rows, orient="index", columns=["parts", "rows"])
table = layers.rename_axis("layer").reset_index()
fl.html_table(table, caption="What the store holds of 15 articles")

# %%
# The heading above states a finding; this cell fails if the data stop supporting it.
assert {"articles", "ledger", "voices"} <= set(layers.index)
assert layers.loc["articles", "rows"] == len(corpus) == 15
assert fl.open_corpus(store).ledger.equals(corpus.ledger)

# %% [markdown]
# ## One changed article costs one part, not the whole run
#
# A part is known by the texts, the code and the models that it rests on. Here one article is changed and the corpus saved again.

# %%
before = set(store.glob("sentences.parquet/*.parquet"))
changed = corpus.articles.copy()
changed.loc[0, "text"] += " It rained."
fl.read_corpus(changed).save(store)
after = set(store.glob("sentences.parquet/*.parquet"))
print(f"{len(after)} parts, of them new: {len(after - before)}")

# %%
# The heading above states a finding; this cell fails if the data stop supporting it.
assert len(after) == len(before) == 2
assert len(after - before) == 1

# %% [markdown]
# ## Three questions in SQL, without reading the store into memory
#
# Any engine that reads Parquet will do; here it is polars, which is installed. In DuckDB the same queries run over `read_parquet('store/ledger.parquet/*.parquet')`.

# %%
tables = {f.stem: pl.scan_parquet(f / "*.parquet") for f in folders}
sql = pl.SQLContext(tables, eager=True)

# %% [markdown]
# *Whom does each outlet give most words?*

# %%
heard = sql.execute("""
    SELECT outlet, speaker, SUM(direct_words + indirect_words) AS words
    FROM ledger JOIN articles USING (article) WHERE speaker IS NOT NULL
    GROUP BY outlet, speaker ORDER BY words DESC, outlet, speaker LIMIT 6
""").to_pandas()
fl.html_table(heard, caption="Who is heard, by outlet")

# %% [markdown]
# *How much of each outlet's text is in its own voice?*

# %%
voices = sql.execute("""
    SELECT outlet, SUM("end" - start) AS characters,
        SUM(CASE WHEN voice = 'own' THEN "end" - start ELSE 0 END) AS own
    FROM voices JOIN articles USING (article) GROUP BY outlet ORDER BY outlet
""").to_pandas()
fl.html_table(voices, caption="Characters in the outlet's own voice")

# %% [markdown]
# *Which outlets introduce statements by something else than a neutral verb?*

# %%
cues = sql.execute("""
    SELECT outlet, cue_class, COUNT(*) AS attributions
    FROM ledger JOIN articles USING (article) WHERE cue_class <> 'neutral'
    GROUP BY outlet, cue_class ORDER BY outlet, attributions DESC, cue_class
""").to_pandas()
fl.html_table(cues, caption="Reporting verbs that are not neutral")

# %%
# The heading above states a finding; this cell fails if the data stop supporting it.
whole = fl.open_corpus(store)
ledger = whole.ledger.merge(whole.articles[["article", "outlet"]], on="article")
words = ledger["direct_words"] + ledger["indirect_words"]
most = words.groupby([ledger["outlet"], ledger["speaker"]]).sum().max()
assert heard["words"].iloc[0] == most
assert voices["characters"].sum() == whole.articles["text"].str.len().sum()
assert cues["attributions"].sum() == ledger["cue_class"].dropna().ne("neutral").sum()

# %% [markdown]
# ## New since last week: a second ferry aground, and a witness who was not quoted before
#
# A store of the earlier articles also says what is new. Here it ends on 14 March, and "ferry" is watched. An article is known again by its address, words, identifier or headline; what is said is looked up in the words of all earlier articles. `framelens watch SOURCE --since STORE --topic ferry --out FOLDER` puts the same on top of a report.

# %%
last_week = corpus.where(until="2031-03-14").save(store.with_name("last-week"))
now = fl.read_corpus("../data/invented/articles.csv", since=last_week)
new = fl.watch(now, topics=["ferry OR ferries"])
new

# %%
# The heading above states a finding; this cell fails if the data stop supporting it.
finding = new.table.set_index("theme")["finding"]
assert finding["Events"].startswith("Begins: “Morning Tide runs onto shoal")
assert finding["New speakers"].startswith("Jon Aldry is quoted")
before = now.since.articles
assert not before["text"].str.contains("Aldry|Morning Tide").any()
assert before["text"].str.contains("aground").any()

# %% [markdown]
# ## To plan a run, multiply words by what a thousand cost
#
# The two figures below were measured on 40 scraped articles of the BBC and the Washington Times, 790 words each, on one core of a busy machine (`python -m benchmarks.store`, in `benchmarks/RESULTS.md`): 0.68 seconds of one core for 1,000 words, and 3.7 bytes in the store for each byte of text, the text included. On a processor without instructions for whole numbers of 8 bits, 1,000 articles of eight outlets took 2.9 seconds of one of two cores for 1,000 words: four times as long. Divide the seconds by the cores that you have. Two workers need twice the memory of one, about 0.6 GB each with the models. From CSV, JSON Lines and Parquet the articles are read part by part and hardly come on top: texts lie in a file, of their size, where the environment variable `TMPDIR` says.

# %%
SECONDS, BYTES = 0.68, 3.7  # of one core for 1,000 words; in the store for one of text
plan = pd.DataFrame({"articles": [15, 10_000, 100_000, 1_000_000, 100_000_000]})
plan["hours of one core"] = plan["articles"] * 0.9 * SECONDS / 3600
plan["text, GB"] = plan["articles"] * 900 * 6 / 1e9
plan["store, GB"] = plan["text, GB"] * BYTES
fl.html_table(plan.round(2), caption="Articles of 900 words, on paper")

# %% [markdown]
# - **On one machine:** `framelens annotate articles.parquet --out store --workers 8`. Killed, or the disk is full? Run it again.
# - **On several:** `--part 3/8` writes the third of eight shares into the same folder (a job array, `xargs`); when all are there, run the same without `--part`. `--scheduler ADDRESS` hands the parts to a Dask cluster.
# - **Tomorrow's articles:** run it again over all; what has not changed is only looked up.
# - **Only counts of words:** `read_corpus(..., marks_only=True)` needs no model. Counting the words of a million made articles, all voices as one, and comparing two outlets took three minutes and 4.1 GB.
#
# ## At 100 million articles the limit is what needs all of them at once
#
# On paper, 100 million articles take some 17,000 hours of one core: 17 hours of 1,000 cores, since articles do not depend on each other, and 2 TB. The steps after it do not divide so. Who is who (`names`, on which the ledger's actors rest), copies, events and boilerplate look at all articles in one process. It holds no texts, but for copies, events and boilerplate numbers of all their words, and for `names` everybody who is named. On one machine that ends at a million articles or so; beyond it, cut the corpus by event, topic or month, and save each as a store of its own. A comparison needs the counts alone, and those of words are held as sparse integers: `benchmarks/RESULTS.md` has its time and memory by size.

# %%
# The heading above states a finding; this cell fails if the figures stop supporting it.
hours = plan.set_index("articles")["hours of one core"]
assert 16_000 < hours[100_000_000] < 18_000
assert hours[10_000] < 2

# %% [markdown]
# **How far to trust this.** Times are those of one machine and one kind of article; a corpus of your own is timed best by its first 100 articles. What is computed does not depend on how it is divided: kills, full disks, flipped bytes, shares and a cluster that lost a worker left the same bytes as an undisturbed run (`benchmarks/RESULTS.md`, with made articles and a stand-in for the models).
