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
# # 3 · Words in context
#
# **Question.** In which company do the same words stand, and who says them? **In:** `data/articles.csv`. **Time:** 10 seconds.
#
# A count says how often, a concordance shows how. Each line is one place in the text, with its voice: *direct* inside quotation marks, *rest* outside them. The words on this page were chosen by hand, to be read; change them and run the cells again.

# %%
import framelens as fl
from framelens import measure, show

articles = fl.read_articles("../data/articles.csv").articles
pair = articles[articles["event"] == "un-drones-2022-10"]

# %% [markdown]
# ## "The West" runs through Mehr's piece; The National has it once, in a denial it reports
#
# The star finds every ending: West, Western.

# %%
west = show.concordance(pair, "west*")
west

# %%
# The heading above states a finding; this cell fails if the data stop supporting it.
places = west.table["outlet"].value_counts()
assert places["Mehr News Agency"] > 10
assert places["The National"] == 1

# %% [markdown]
# Most of Mehr's places stand outside quotation marks, where the comment piece speaks or reports in its own sentences.

# %% [markdown]
# ## The drones are "alleged" in one text and "Iranian-made" in the other
#
# Mehr's piece sets *alleged* and *alleging* beside the drones. The National uses *allegations* once, for what Iran's ambassador denied, and *reportedly* once, in its first sentence.

# %%
alleged = show.concordance(pair, "alleg*")
alleged

# %%
made = show.concordance(pair, "Iranian-made")
made

# %%
assert alleged.table["outlet"].value_counts()["Mehr News Agency"] == 4
assert set(made.table["outlet"]) == {"The National"}

# %% [markdown]
# The hyphen matters here: Mehr writes "Iranian made drones", in two sentences that begin with *alleged* or *alleging*. A search for one spelling misses the other, so search for both before you claim an absence.

# %%
spaced = show.concordance(pair, "Iranian made")
spaced

# %%
assert set(spaced.table["outlet"]) == {"Mehr News Agency"}

# %% [markdown]
# ## Strong words stand outside the quotation marks in both, and inside them in The National too
#
# Nine words that judge, chosen by hand from both texts. What stands inside quotation marks is somebody's word; what stands outside is told by the article, though it may report somebody.

# %%
chosen = ["fake", "false", "so-called", "regime", "malign", "violently"]
chosen += ["cruel", "brutal", "senseless"]
counts = measure.terms(pair).counts
strong = counts[counts["item"].isin(chosen)]
table = strong.groupby(["item", "outlet", "voice"])["k"].sum().unstack(["outlet", "voice"])
table.fillna(0).astype(int)

# %%
by_place = strong.groupby(["outlet", "voice"])["k"].sum()
assert by_place["Mehr News Agency", "rest"] > 0
assert by_place["The National", "rest"] > 0
assert ("Mehr News Agency", "direct") not in by_place.index
assert by_place["The National", "direct"] > 0

# %%
show.evidence_list(
    fl.measure.terms(pair).find(pair, "so-called"), articles=pair
)

# %% [markdown]
# One of the two places of "so-called" stands in a sentence that reports what Russia has said: whose word it is cannot be told from the sentence. That is why the words outside the marks are not called the outlet's own here.

# %% [markdown]
# **How far to trust this.** The places are exact, and every one is shown. The choice of words is ours: another list would show something else, and nine words are no measure of tone. With one article a side nothing is said of the outlets in general.
