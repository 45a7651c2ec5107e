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
# **Question.** What do your articles look like side by side, and what may be said about them? **In:** what you have: a table, a spreadsheet, saved pages, an export of a news database, or a folder of any of them. **Time:** 30 seconds for the four shipped articles, about a second for each other one.
#
# Nothing is asserted here: eight cells lead from a file to findings, and the reading is yours. They run as they stand on the four documents of this project. Change `source` and run all cells.

# %%
import framelens as fl

source = "../data/articles.csv"
actors = None  # or your table of actors, as "../data/actors.csv"

# %% [markdown]
# ## What was read, and what was dropped
#
# `source` may be a table (`.csv`, `.xlsx`, `.json`, `.parquet`), documents (`.txt`, `.docx`, `.pdf`, `.html`), an export of Nexis, Factiva, ProQuest or Europresse, or a folder or `.zip` of any of them; several sources go in a list. Columns are found under their usual names, and the account says which were taken; if one is wrong, say so: `columns={"number": "article", "body": "text", "paper": "outlet"}`. Folders name outlets: `folders=("outlet", "event")` says what each level is. Where day and month cannot be told, the account asks for `date_format="%d/%m/%Y"`. Read the account first: what was dropped and why, which texts are damaged, and what your articles allow; `repair=True` mends what can be mended.

# %%
corpus = fl.read_corpus(source, actors=actors)
corpus

# %% [markdown]
# Give articles on the same happening the same `event`: then only those are compared with each other. Without any event, all articles count as one, and every caption says so. `corpus.where(outlet=..., about="drone*", since="2022-10-01")` keeps a part. For many thousands of articles, `fl.read_corpus(source, marks_only=True)` looks at quotation marks only.

# %% [markdown]
# ## Whose words
#
# In quotation marks, reported in the outlet's words, or the outlet's own. Reading takes up to three seconds a thousand words. To keep what was read for the next time, name a folder: `fl.read_corpus(source, actors=actors, store="store")`.

# %%
fl.show.words_figure(corpus)

# %% [markdown]
# ## Who is given a voice
#
# Words by speaker, in quotation marks and reported; `by="affiliation"` adds them up by state or body.

# %%
fl.speakers(corpus).figure()

# %% [markdown]
# The ledger behind these numbers: every attribution, with the verb that introduces it. Open the sentences of a few before you rely on it. To correct it, change `corpus.ledger` and give it back: `corpus = corpus.correct(ledger=mine)`.

# %%
fl.show.ledger_view(corpus, most=20)

# %% [markdown]
# ## The same statement in two articles
#
# What one article quotes or reports and another outlet's article on the same event carries too, with what differs between the printings.

# %%
fl.statements(corpus)

# %% [markdown]
# ## Words that outlets use unlike each other
#
# Of the twelve outlets with most articles, within the events that they share. Where the articles are too few or the outlets too unlike, you get the shares, and in words why there is no p-value. Two outlets beside each other, with intervals: `fl.contrast(counts, "Daily", "Herald").figure()`; the sentences behind a number: `counts.evidence("sanctions")`; words of your own choice: `fl.words(corpus, {"doubt": ["alleged*", "so-called"]})`.

# %%
counts = fl.terms(corpus)
names = corpus.articles["outlet"].value_counts().index[:12].tolist()
fl.outlets(counts, names=names) if len(names) > 1 else counts

# %% [markdown]
# ## A page to explore on
#
# `fl.explore(corpus, state="mine.json")` in a cell of its own: choose outlets, event, actor, measure, voice and part; table, figure, sentences and article follow; search, and pin what you want to keep into the report. For readers without code, Voilà serves the same page: `pip install voila`, then `voila mine.ipynb` on a notebook that ends with this line.

# %% [markdown]
# ## A report to keep
#
# One page that opens from disk, without network: the documents, their openings, words, speakers, statements, and what stands only in one of them. On the command line: `framelens report SOURCE --out FOLDER`.

# %%
page = corpus.report("your-report")
page.name  # in the folder "your-report", beside this notebook

# %% [markdown]
# **How far to trust this.** Words and quotation marks are counted by rules made for English news. Reported speech is found by a model that learned from US news; the line under the first figure says how often it was wrong there, and your articles may be harder: in ordinary scraped articles about one quotation in eight goes to the wrong speaker or to nobody. The counts describe these articles in this window; they do not say why an outlet wrote so, nor who is right.
