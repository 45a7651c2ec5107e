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
# A count says how often, a concordance shows how. Each line is one place in the text, with its voice: *in quotation marks*, *reported speech* (told in the outlet's words as somebody's), or the *outlet's own voice*. The words on this page were chosen by hand, to be read; change them and run the cells again.

# %%
import framelens as fl
from framelens import annotate, measure, show

articles = fl.read_articles("../data/articles.csv").articles
pair = articles[articles["event"] == "un-drones-2022-10"]

# %% [markdown]
# ## "The West" runs through Mehr's piece, in all three voices; The National has it once, in a charge it reports
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

# %%
by_voice = west.table.groupby(["outlet", "voice"]).size().rename("places")
by_voice.reset_index()

# %%
assert set(by_voice["Mehr News Agency"].index) == {"own", "direct", "indirect"}
assert west.table.set_index("outlet")["voice"]["The National"] == "indirect"

# %% [markdown]
# Four of Mehr's places are the Russian diplomat's, in quotation marks. Of the others some are reported, and some are the comment piece speaking. The line between those two is the software's reading: read the lines above, where it stands for each.

# %% [markdown]
# ## Words of doubt: "alleged" and "claims" in Mehr's piece, "reportedly" and "believed" in The National's report
#
# Words that leave open whether something is so. They were chosen by hand, from both texts.

# %%
hedges = ["alleged", "alleging", "alleges", "allegations", "claim", "claims"]
hedges += ["claimed", "supposedly", "reportedly", "reported", "believed", "apparent"]
counts = measure.terms(pair).counts
hedging = counts[counts["item"].isin(hedges)]
hedging.pivot_table(
    index="item", columns="outlet", values="k", aggfunc="sum", fill_value=0
)

# %%
doubt = hedging.groupby("outlet")["item"].agg(set)
assert {"alleged", "claims"} <= doubt["Mehr News Agency"] - doubt["The National"]
assert {"reportedly", "believed"} <= doubt["The National"] - doubt["Mehr News Agency"]
assert "direct" not in set(hedging["voice"])

# %% [markdown]
# What is hedged differs, and only the lines show it: in Mehr's piece the use, the sale and the charge; in The National's the strikes, the training and further shipments. None of these words stands inside quotation marks. Whether the writer doubts, or reports somebody's doubt, only the sentence can tell: "it is believed more shipments will follow" is what a Ukrainian letter said.

# %%
show.concordance(pair, "alleg*")

# %%
show.concordance(pair, "reported*")

# %%
show.concordance(pair, "believed")

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
# ## Both let others judge inside quotation marks, and both judge in their own voice
#
# Again chosen by hand, all that we found in either text. What stands in quotation marks (*direct*) is somebody's word. What stands in the *own* voice is told by the article itself. In reported speech (*indirect*) it can be either.

# %%
chosen = ["fake", "false", "so-called", "unfounded", "propaganda", "blackmailing"]
chosen += ["persecuting", "illegal", "illegitimate", "unprofessional", "biased"]
chosen += ["regime", "malign", "violently", "cruel", "brutal", "senseless"]
chosen += ["dangerous", "unacceptable", "flout"]
strong = counts[counts["item"].isin(chosen)]

# %%
strong.pivot_table(
    index="item", columns=["outlet", "voice"], values="k", aggfunc="sum", fill_value=0
).astype(int)

# %%
by_voice = strong.groupby(["outlet", "voice"])["item"].agg(set)
assert {"fake", "propaganda"} <= by_voice["Mehr News Agency", "own"]
assert {"regime", "violently"} <= by_voice["The National", "own"]
assert {"illegitimate", "biased"} <= by_voice["Mehr News Agency", "direct"]
assert {"unacceptable", "brutal"} <= by_voice["The National", "direct"]

# %% [markdown]
# Mehr's piece itself speaks of "fake accusations" and "fake propaganda"; The National itself of "the regime in Tehran" that is "violently clamping down". Longer texts hold more such words, and a comment piece may be expected to judge where a report is not: the counts are no score.

# %% [markdown]
# ## "So-called experts": whose word it is, the text does not say
#
# "So-called" stands twice in Mehr's piece. Once the piece speaks itself ("so-called evidence"). Once it reports what Russia has said ("so-called experts"), and then nobody can tell whether the doubt is Russia's or the writer's. framelens calls such words *blended* and marks them: words that judge or keep a distance, inside reported speech. They are candidates to read, and are not added to the own voice.

# %%
show.concordance(pair, "so-called")

# %%
blended = annotate.blended_words(pair)
show.evidence_list(blended, articles=pair, most=12)

# %%
so_called = show.concordance(pair, "so-called").table["voice"]
assert sorted(so_called) == ["indirect", "own"]
texts = pair.set_index("article")["text"]
places = zip(blended["article"], blended["start"], blended["end"], strict=True)
assert "so-called" in {texts[article][start:end] for article, start, end in places}

# %% [markdown]
# **How far to trust this.** The places are exact, and every one is shown. The choice of words is ours: another list would show something else, and twenty words are no measure of tone. Voices are read by software: it seldom errs inside quotation marks; between reported speech and the own voice it errs on about one word in ten of other articles, and one wrong reading moves one word of a short list. Where a single word matters, read its sentence: in "have blacklisted Iran over the unfounded allegations" a reader may well hear the writer, wherever the word was counted above. With one article a side nothing is said of the outlets in general.
