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
# # Your own articles
#
# **Question.** What do your articles look like side by side, and what may be said about them? **In:** any folder of text files, or a table with one article a row. **Time:** 20 seconds for the four shipped articles.
#
# Nothing is asserted here: the notebook walks the same path as notebook 0 and leaves the reading to you. It runs as it stands on the four documents of this project; change `source` and run all cells.

# %%
import framelens as fl
from framelens import annotate, compare, measure, show

source = "../data/articles.csv"

# %% [markdown]
# ## What was read, and what was dropped
#
# `source` may be a folder of `.txt` files, or a table (`.csv`, `.jsonl`, `.parquet`) with a column `text`, or a column `file` that names text files beside it. Every article needs an identifier and a text. If your columns have other names, say so: `fl.read_articles(source, columns={"number": "article", "body": "text", "paper": "outlet"})`. Read the account first: an article that could not be read is listed there with the reason, and missing dates or outlets stay missing.

# %%
reading = fl.read_articles(source)
articles = reading.articles
reading

# %% [markdown]
# A folder of text files tells no outlets. Name them in a table of your own, for example `articles["outlet"] = ["Daily", "Herald"]`, before you go on. Give articles on the same happening the same `event`: then only those are compared with each other. Without any event, all articles count as one, and every caption says so.

# %% [markdown]
# ## The documents

# %%
show.documents(articles)

# %%
show.ledes(articles)

# %% [markdown]
# ## How many words stand in quotation marks
#
# Words credited to somebody, inside quotation marks. Look at a few articles below before you rely on it.

# %%
terms = measure.terms(articles)
show.words_figure(terms.totals, articles=articles)

# %%
show.words_table(terms.totals, articles=articles)

# %% [markdown]
# ## Who is quoted
#
# Quoted words by speaker. For affiliations and spellings of your own, pass a table as `actors=` (its columns are told in `data/README.md`), and `by="affiliation"`. Check the credits with `annotate.speakers(articles)` before you use the numbers.

# %%
speakers = measure.speakers_table(articles)
show.speakers_figure(speakers, articles=articles)

# %%
show.speakers_list(speakers)

# %% [markdown]
# ## The same statement in several articles
#
# Statements that one article quotes and another outlet's article on the same event carries too.

# %%
statements = measure.statements(articles)
statements

# %% [markdown]
# ## What stands in one article only
#
# Each paragraph beside its nearest counterpart in the other outlets' articles on the same event.

# %%
coverage = measure.coverage(articles)
coverage.summary.round(2)

# %%
show.coverage_view(coverage, status="only here")

# %% [markdown]
# ## A word in its context
#
# Every place of a word or phrase; a star at the end finds all its endings. `voice="direct"` keeps to what stands in quotation marks, `voice="rest"` to what stands outside.

# %%
show.concordance(articles, "sanction*")

# %% [markdown]
# ## One article, with its marks
#
# Change the identifier to read another one. Where a mark is wrong, correct the table and count again: `voices = annotate.voices(articles, quotations=corrected)`, then `measure.terms(articles, voices=voices)`.

# %%
show.article_view(articles, articles["article"].iloc[-1])

# %%
quotations = annotate.quotations(articles)
quotations[["article", "start", "end", "kind", "mark"]].head()

# %% [markdown]
# ## Two outlets beside each other
#
# Name two outlets that share at least one event. With fewer than five articles a side (or six events that both cover) you get the counts and the sentences, and in words why there is no interval and no p-value.

# %%
target, baseline = "Mehr News Agency", "The National"
contrast = compare.contrast(terms, target=target, baseline=baseline, articles=articles)
contrast.figure()

# %%
contrast

# %% [markdown]
# ## The sentences behind a number
#
# Any item of the table leads to its places. Read them before you quote the number.

# %%
item = contrast.table["item"].iloc[0]
show.evidence_list(contrast.evidence(item), articles=articles)

# %% [markdown]
# ## A report to keep
#
# One page that opens from disk, without network. On the command line: `framelens report SOURCE --out FOLDER`.

# %%
report = show.report(articles, "your-report", target=target, baseline=baseline)
report.name  # in the folder "your-report", beside this notebook

# %% [markdown]
# **How far to trust this.** Words and marks are counted by rules made for English news: in the four shipped articles 58 of 60 quotations are told apart rightly. The counts describe these articles in this window; they do not say why an outlet wrote so, nor who is right.
