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
# # 0 · Start here: one dispute at the UN, told twice
#
# **Question.** How do Mehr's comment piece and The National's report tell the same dispute over Iranian drones? **In:** `data/articles.csv`. **Time:** 10 seconds.

# %%
import framelens as fl
from framelens import compare, measure, show

articles = fl.read_articles("../data/articles.csv").articles
pair = articles[articles["event"] == "un-drones-2022-10"]
speakers = measure.speakers_table(pair, actors="../data/actors.csv")
show.first_look(pair, speakers=speakers)

# %% [markdown]
# **One article a side: these are sentences to read; no p-value stands behind any number here.** Neither document has a headline of its own, Mehr's states no date, and one is a comment piece, the other a report. So whatever differs may come from the genre as well as from the outlet. That the two belong to one event is itself inferred (`data/README.md`): Mehr's piece prints remarks that The National reports from after a meeting of the Security Council, and never mentions the meeting.
#
# Next: who speaks (notebook 1), the same statement in two printings (2), words in context (3), what stands only in one of them (4).

# %%
show.documents(pair)

# %% [markdown]
# ## In both, about a quarter of the words stand in quotation marks
#
# We count the words that stand in quotation marks and are credited to somebody. Scare quotes and names in quotation marks are not speech; datelines, captions and licence lines ("furniture") count for neither side.

# %%
terms = measure.terms(pair)
show.words_figure(terms.totals, articles=pair)

# %%
words = show.words_table(terms.totals, articles=pair)
words

# %%
# The heading above states a finding; this cell fails if the data stop supporting it.
assert words["share, %"].between(20, 30).all()

# %% [markdown]
# The shares are alike, the voices inside the marks are not: only one person is quoted in both (notebook 1). What is left outside the marks is *not* simply the outlet's own voice: it holds reported speech too ("Russia says …").

# %% [markdown]
# ## Every mark can be checked in the text
#
# Both articles, with every stretch in quotation marks and every piece of furniture marked and named. A wrong mark makes wrong counts. Two separate readings of the four articles were made before the code (`tests/gold/quotations.md`); it agrees with them on 60 of 60 boundaries and 58 of 60 kinds.

# %%
show.article_view(pair, "001")

# %%
show.article_view(pair, "000")

# %% [markdown]
# ## Single words differ, and two articles cannot say more than that
#
# Which words stand in one text more often than in the other? With one article a side framelens draws the counts, and refuses the rest in words.

# %%
contrast = compare.contrast(
    terms, target="Mehr News Agency", baseline="The National", articles=pair
)
contrast.figure()

# %%
print(contrast.refusal)

# %%
assert contrast.refusal
assert contrast.table[["low", "high", "p", "q"]].isna().all(axis=None)

# %% [markdown]
# Many of these words are matters of house style and genre: Mehr *says*, The National *said* and writes *Mr*. A word is a place to start reading. The sentences behind one of them:

# %%
show.evidence_list(contrast.evidence("wreckage"), articles=pair)

# %% [markdown]
# **How far to trust this.** Counts of words and marks are exact up to the rules that make them, and those are shown above, mark by mark. What they mean is another matter: two documents of different genres, one of them undated, say nothing of the two outlets in general, and nothing of who is right.
