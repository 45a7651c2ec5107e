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
# **Question.** What do your articles look like side by side, and what may be said about them? **In:** what you have: a table, a spreadsheet, saved pages, an export of a news database, or a folder of any of them. **Time:** 20 seconds for the four shipped articles.
#
# Nothing is asserted here: the notebook takes the same path as notebook 0 and leaves the reading to you. It runs as it stands on the four documents of this project. Change `source` and run all cells.

# %%
import framelens as fl

source = "../data/articles.csv"
actors = "../data/actors.csv"  # your table of actors, or None

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
# ## The documents

# %%
fl.show.documents(corpus)

# %%
fl.show.ledes(corpus)

# %% [markdown]
# ## Whose words
#
# In quotation marks, reported in the outlet's words, or the outlet's own. The first reading takes a fifth of a second an article; after that the voices come from a cache. Look at a few articles below before you rely on it.

# %%
fl.show.words_figure(corpus)

# %%
fl.show.words_table(corpus)

# %% [markdown]
# ## Who is given a voice
#
# Words by speaker, in quotation marks and reported; `by="affiliation"` adds them up by state or body.

# %%
fl.speakers(corpus).figure()

# %%
fl.show.speakers_list(corpus)

# %% [markdown]
# The ledger behind these numbers: every attribution, with the verb that introduces it. Put it in another order, or open its sentences. To correct it, change `corpus.ledger` and give it back: `corpus = corpus.correct(ledger=mine)`.

# %%
fl.show.ledger_view(corpus, most=20)

# %% [markdown]
# ## A word in its context
#
# Every place of a word or phrase; a star at the end finds all its endings. `voice="direct"` keeps to quotation marks, `"indirect"` to reported speech, `"own"` to the outlet's own voice; `"rest"` is all outside quotation marks, `"quoted"` all that is somebody else's.

# %%
fl.concordance(corpus, "sanction*")  # choose your own

# %% [markdown]
# ## Your own dictionary
#
# Categories of words and phrases, from a dict, a CSV, a `.dic` or a YAML file.

# %%
mine = {"doubt": ["alleged*", "so-called", "claim*"], "law": ["legal*", "sanction*"]}
fl.words(corpus, mine).figure()

# %% [markdown]
# ## One article, with its voices
#
# Change the identifier to read another one.

# %%
last = corpus.articles["article"].iloc[-1]
fl.show.article_view(corpus, last)

# %% [markdown]
# ## A report to keep
#
# One page that opens from disk, without network. On the command line: `framelens report SOURCE --out FOLDER`.

# %%
page = corpus.report("your-report")
page.name  # in the folder "your-report", beside this notebook

# %% [markdown]
# ## What follows needs two outlets on one event
#
# Statements that one article quotes or reports and another outlet's article on the same event carries too:

# %%
fl.statements(corpus)

# %% [markdown]
# Each paragraph beside its nearest counterpart in the other outlets' articles on the same event:

# %%
fl.coverage(corpus).figure()

# %% [markdown]
# ## Two outlets beside each other
#
# Name yours. Where the articles are too few or the outlets too unlike, you get the counts and the sentences, and in words why there is no interval and no p-value.

# %%
target, baseline = "Mehr News Agency", "The National"  # two of your outlets
contrast = fl.contrast(fl.terms(corpus), target, baseline, voice="own")
contrast.figure()

# %%
contrast

# %% [markdown]
# The sentences behind a number. Read them before you quote it.

# %%
item = contrast.table["item"].iloc[0]
fl.show.evidence_list(corpus, contrast.evidence(item), most=5)

# %% [markdown]
# **How far to trust this.** Words and quotation marks are counted by rules made for English news. Reported speech is found by a model that learned from US news; the line under the first figure says how often it was wrong there, and your articles may be harder: in ordinary scraped articles about one quotation in eight goes to the wrong speaker or to nobody. The counts describe these articles in this window; they do not say why an outlet wrote so, nor who is right.
