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
# ## "The West" runs through Mehr's piece; The National has it once, in a charge it reports
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
# ## Both hedge: Mehr with "alleged" and "claims", The National with "reportedly" and "believed"
#
# Words that leave open whether something is so. They were chosen by hand, from both texts.

# %%
hedges = ["alleged", "alleging", "alleges", "allegations", "claim", "claims", "claimed"]
hedges += ["supposedly", "reportedly", "reported", "believed", "apparent"]
counts = measure.terms(pair).counts
hedging = counts[counts["item"].isin(hedges)]
hedging.pivot_table(
    index="item", columns="outlet", values="k", aggfunc="sum", fill_value=0
)

# %%
assert set(hedging["outlet"]) == {"Mehr News Agency", "The National"}

# %% [markdown]
# What is hedged differs, and only the lines show it: in Mehr's piece the use, the sale and the charge; in The National's the strikes, the training and further shipments.

# %%
show.concordance(pair, "alleg*")

# %%
show.concordance(pair, "report*")

# %% [markdown]
# ## "Iranian-made" and "Iranian made" are one word to a reader and two to a search
#
# The National writes it with a hyphen, Mehr without. A search for one spelling would miss the other outlet: look for both before you claim an absence, and read who says it.

# %%
hyphened = show.concordance(pair, "Iranian-made")
hyphened

# %%
spaced = show.concordance(pair, "Iranian made")
spaced

# %%
assert set(hyphened.table["outlet"]) == {"The National"}
assert set(spaced.table["outlet"]) == {"Mehr News Agency"}

# %% [markdown]
# ## Words that judge stand inside and outside the quotation marks in both
#
# Again chosen by hand, all that we found in either text. What stands inside quotation marks is somebody's word; what stands outside is told by the article, though it may report somebody.

# %%
chosen = ["fake", "false", "so-called", "unfounded", "propaganda", "blackmailing"]
chosen += ["persecuting", "illegal", "illegitimate", "unprofessional", "biased"]
chosen += ["regime", "malign", "violently", "cruel", "brutal", "senseless", "dangerous"]
chosen += ["unacceptable", "flout"]
strong = counts[counts["item"].isin(chosen)]
strong.pivot_table(index=["outlet", "voice"], values="k", aggfunc="sum").rename(
    columns={"k": "places"}
)

# %%
strong.groupby(["outlet", "voice"])["item"].agg(", ".join).reset_index()

# %%
found = set(strong[["outlet", "voice"]].itertuples(index=False, name=None))
outlets = ["Mehr News Agency", "The National"]
assert found == {(outlet, voice) for outlet in outlets for voice in ["direct", "rest"]}

# %%
show.evidence_list(measure.terms(pair).find(pair, "so-called"), articles=pair)

# %% [markdown]
# One of the two places of "so-called" stands in a sentence that reports what Russia has said: whose word it is cannot be told from the sentence. That is why the words outside the marks are not called the outlet's own here.

# %% [markdown]
# **How far to trust this.** The places are exact, and every one is shown. The choice of words is ours: another list would show something else, and twenty words are no measure of tone. With one article a side nothing is said of the outlets in general.
