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
# # 0 · Start here: one dispute at the UN, in two articles
#
# **Question.** How do Mehr's comment piece and The National's report cover the same dispute over Iranian drones? **In:** `data/articles.csv`. **Time:** 10 seconds.
#
# **Answer.** Both give more than half of their words to others, in like shares. Whose words they are, and how the same thing is called, differs. Two articles cannot say more than that.

# %%
import framelens as fl

corpus = fl.read_corpus("../data/articles.csv", actors="../data/actors.csv")
pair = corpus.where(event="un-drones-2022-10")
fl.show.side_by_side(pair)

# %% [markdown]
# **One article a side: these are sentences to read. No p-value stands behind any number here.** Neither document has a headline of its own. Mehr's gives no date. One is a comment piece, the other a report, so any difference may come from the genre as well as from the outlet. That both cover one event is an inference too (`data/README.md`).
#
# Next: who speaks (notebook 1), one statement in two printings (2), words in context (3), what only one article reports (4).

# %% [markdown]
# ## Both give more than half of their words to others
#
# Every word has a voice. *In quotation marks*: somebody's words as printed. *Reported speech*: what somebody is said to have said or thought, in the outlet's words ("Russia says any UN probe would be biased"). *The outlet's own voice*: everything not attributed to somebody else. Scare quotes and names in quotation marks are not speech. Datelines, captions and licence lines count for neither side.

# %%
fl.show.words_figure(pair)

# %% tags=["folded"]
# The same numbers
words = fl.show.words_table(pair)
fl.html_table(words, caption="The same numbers")

# %%
# The heading above states a finding; this cell fails if the data stop supporting it.
assert words["in quotation marks, %"].between(20, 30).all()
assert words["reported speech, %"].between(25, 35).all()
assert words["outlet's own voice, %"].lt(50).all()

# %% [markdown]
# The shares are alike. Whose voices they are is not (notebook 1). Quotation marks can be seen; the software can only be wrong about whether they mark speech. Reported speech is found by a model that is sometimes wrong, as the line under the figure says. A gap of a few points between two outlets may be its error.

# %% [markdown]
# ## Every mark can be checked in the text
#
# The National's report, with direct speech, reported speech and furniture marked. Text without a mark is the outlet's own voice. A wrong mark makes a wrong count, so read a few. What is wrong can be corrected: `corpus.correct(ledger=...)`, and the correction holds in every count, figure and page.

# %% tags=["folded"]
# The National's report, every mark in it
fl.show.article_view(pair, "001")

# %% [markdown]
# ## Single words differ, and two articles cannot say more than that
#
# Which words does one text use more often? With one article a side framelens draws the counts and refuses the rest in words.

# %%
terms = fl.terms(pair)
contrast = fl.contrast(terms, "Mehr News Agency", "The National", voice="own")
contrast.figure()

# %%
print(contrast.refusal)

# %%
assert contrast.refusal
assert contrast.table[["low", "high", "p", "q"]].isna().all(axis=None)

# %% [markdown]
# Content words come first. *Said* and *Mr*, of which The National has more, are house style: function words, reporting verbs, courtesy titles and days stand at the end of the table. A word is a place to start reading. Here are the sentences behind one of them:

# %%
fl.show.evidence_list(pair, contrast.evidence("regime"))

# %% [markdown]
# **How far to trust this.** Counts of words and marks are exact up to the rules that make them, and every mark can be seen above. Voices are less certain: in other articles about nine in ten words called the outlet's own are its own, and the model learned from US news of 2015 and 2016. What the counts mean is another matter. Two documents of different genres, one without a date, say nothing about the two outlets in general, and nothing about who is right.
