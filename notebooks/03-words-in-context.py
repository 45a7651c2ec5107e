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
# **Answer.** "The West" runs through Mehr's piece and stands once in The National's report. Each doubts other things in other words, and both judge in their own voice.
#
# A count says how often; a concordance shows how. Each line is one place in the text, with its voice: *in quotation marks*, *reported speech* or the *outlet's own voice*. The words on this page were chosen by hand. Change them and run the cells again.

# %%
import framelens as fl

corpus = fl.read_corpus("../data/articles.csv", actors="../data/actors.csv")
pair = corpus.where(event="un-drones-2022-10")

# %% [markdown]
# ## "The West" runs through Mehr's piece in all three voices; The National has it once, in a charge it reports
#
# The star finds every ending: West, Western.

# %%
west = fl.concordance(pair, "west*")
west

# %%
# The heading above states a finding; this cell fails if the data stop supporting it.
places = west.table["outlet"].value_counts()
assert places["Mehr News Agency"] > 10
assert places["The National"] == 1
voices = west.table.groupby("outlet")["voice"].agg(set)
assert voices["Mehr News Agency"] == {"own", "direct", "indirect"}
assert voices["The National"] == {"indirect"}

# %% [markdown]
# Four of Mehr's places are the Russian diplomat's, in quotation marks. Of the others some are reported, and some are the comment piece speaking. That line is the software's reading: check it above, where each voice is named.

# %% [markdown]
# ## Doubt: "alleged" and "claims" in Mehr's piece, "reportedly" and "believed" in The National's report
#
# A dictionary of your own is a measure like any other: it counts by article and voice, and leads to its sentences. Words, phrases and endings (`*`) go in categories.

# %%
doubt = {
    "alleged, claimed": ["alleg*", "claim", "claims", "claimed", "supposedly"],
    "reportedly, believed": ["reportedly", "reported", "believed", "apparent"],
}
hedges = fl.words(pair, doubt)
hedges.figure()

# %%
counts = hedges.counts.pivot_table("k", "item", "outlet", "sum", fill_value=0)
assert counts["Mehr News Agency"].idxmax() == "alleged, claimed"
assert counts["The National"].idxmax() == "reportedly, believed"
assert "direct" not in set(hedges.counts["voice"])

# %% [markdown]
# The two articles doubt different things, and only the lines show it: in Mehr's piece the use, the sale and the charge; in The National's the strikes, the training and further shipments. None of these words stands inside quotation marks.

# %%
fl.show.evidence_list(pair, hedges.evidence("reportedly, believed"))

# %% [markdown]
# ## "Iranian-made" and "Iranian made" are one word to a reader and two to a search
#
# The National writes it with a hyphen, Mehr without. A search for one spelling misses the other outlet. Look for both before you claim an absence.

# %%
hyphened = fl.concordance(pair, "Iranian-made")
hyphened

# %%
spaced = fl.concordance(pair, "Iranian made")
spaced

# %%
assert set(hyphened.table["outlet"]) == {"The National"}
assert set(spaced.table["outlet"]) == {"Mehr News Agency"}

# %% [markdown]
# ## Both let others judge inside quotation marks, and both judge in their own voice
#
# Again chosen by hand. What stands in quotation marks (*direct*) is somebody's word. What stands in the *own* voice is the article's. In reported speech (*indirect*) it can be either.

# %%
chosen = ["fake", "false", "so-called", "unfounded", "propaganda", "illegitimate"]
chosen += ["biased", "regime", "malign", "violently", "brutal", "unacceptable"]
strong = fl.words(pair, {word: [word] for word in chosen}).counts
table = strong.pivot_table("k", "item", ["outlet", "voice"], "sum", fill_value=0)
table.columns = [", ".join(names) for names in table.columns]
fl.html_table(table.reset_index(), caption="Places, by outlet and voice")

# %%
by_voice = strong.groupby(["outlet", "voice"])["item"].agg(set)
assert {"fake", "propaganda"} <= by_voice["Mehr News Agency", "own"]
assert {"regime", "violently"} <= by_voice["The National", "own"]
assert {"illegitimate", "biased"} <= by_voice["Mehr News Agency", "direct"]
assert {"unacceptable", "brutal"} <= by_voice["The National", "direct"]

# %% [markdown]
# Mehr's piece itself speaks of "fake accusations" and "fake propaganda"; The National itself of "the regime in Tehran" that is "violently clamping down". Longer texts hold more such words, and a comment piece may judge where a report may not. The counts are no score.

# %% [markdown]
# ## "So-called experts": the text does not show whose word it is
#
# "So-called" stands twice in Mehr's piece. Once the piece speaks itself ("so-called evidence"). Once it reports what Russia said ("so-called experts"); then nobody can tell whether the doubt is Russia's or the writer's. framelens marks such words as *blended*: words that judge or keep a distance inside reported speech. They are candidates to read.

# %%
fl.concordance(pair, "so-called")

# %%
blended = pair.layer("blended_words")
fl.show.evidence_list(pair, blended, most=12)

# %%
so_called = fl.concordance(pair, "so-called").table["voice"]
assert sorted(so_called) == ["indirect", "own"]
texts = pair.articles.set_index("article")["text"]
places = zip(blended["article"], blended["start"], blended["end"], strict=True)
assert "so-called" in {texts[article][start:end] for article, start, end in places}

# %% [markdown]
# **How far to trust this.** The places are exact, and every one is shown. The choice of words is ours; another list would show something else, and twenty words are no measure of tone. Voices are found by a model: it seldom errs inside quotation marks; between reported speech and the own voice it errs on about one word in ten. Where a single word matters, read its sentence. One article a side says nothing about the outlets in general.
