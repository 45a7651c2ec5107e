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
# # 8 · What is doubted
#
# **Question.** What do the two articles doubt, hedge or take for granted, and in whose voice? **In:** `data/articles.csv`. **Time:** 15 seconds.
#
# **Answer.** Mehr's piece doubts the charge in its own voice, a dozen times. The National's report hedges, and leaves the doubting to Iran's ambassador. Only Mehr's piece prints that no drones were supplied.
#
# Doubt shows in words like *alleged* and *so-called*, in verbs that leave open what they hand over (*claimed*), in hedges (*reportedly*). Nouns can take for granted what they name (*the use of these drones*). framelens marks each with what it is about.

# %%
import framelens as fl

corpus = fl.read_corpus("../data/articles.csv", actors="../data/actors.csv")
pair = corpus.where(event="un-drones-2022-10")

# %% [markdown]
# ## Mehr's piece says "alleged", "fake", "so-called" itself; The National's report has none of these words
#
# Marks per words of the article, by voice: the outlet's own is light.

# %%
doubt = fl.doubt(pair)
doubt.figure()

# %%
# The heading above states a finding; this cell fails if the data stop supporting it.
words = doubt.counts[doubt.counts["item"].eq("doubt word")]
assert set(words["outlet"]) == {"Mehr News Agency"}
assert words.loc[words["voice"].eq("own"), "k"].sum() >= 5
marks = {text.lower() for text in doubt.evidence("doubt word", "own")["text"]}
assert any("fake" in mark for mark in marks)
assert any("so-called" in mark for mark in marks)

# %%
fl.show.evidence_list(pair, doubt.evidence("doubt word"))

# %% [markdown]
# ## The National's report hedges where Mehr's piece doubts
#
# A hedge lowers the claim; a doubt word rejects it.

# %%
effect = fl.doubt(pair, by="effect").table
fl.html_table(effect, caption="What the marks do, k of n words")

# %%
share = effect.pivot_table("share", "item", "outlet")
assert share.loc["doubted"].idxmax() == "Mehr News Agency"
assert share.loc["hedged"].idxmax() == "The National"
own = fl.doubt(pair, by="effect").counts.query("voice == 'own' and item == 'doubted'")
by_outlet = own.set_index("outlet")["k"]
assert by_outlet["Mehr News Agency"] > 4 * by_outlet["The National"]

# %%
fl.show.evidence_list(pair, doubt.evidence("hedge"))

# %% [markdown]
# One of them is no hedge: in "would do all it could" the verb says how much, not how sure. Such errors are why every place is listed.

# %% [markdown]
# ## The first paragraphs differ so already: two doubt words in Mehr's, a hedge in The National's
#
# `corpus.where(zone="lede")` cuts a corpus to first paragraphs (or headlines, or what comes below), for every measure. One of Mehr's words ("fake") stands in its own voice; "alleged" and the hedge ("reportedly") in what Russia is said to say.

# %%
ledes = fl.doubt(pair.where(zone="lede"))
ledes.figure()

# %%
k = ledes.table.set_index(["item", "outlet"])["k"]
assert k["doubt word", "Mehr News Agency"] == 2 > k["doubt word", "The National"] == 0
assert k["hedge", "The National"] == 1 > k["hedge", "Mehr News Agency"] == 0
assert ledes.evidence("doubt word", voice="own")["text"].str.contains("fake").all()

# %% [markdown]
# ## That no drones were supplied is printed in Mehr's piece only; The National prints that it was denied
#
# A denial can be reported as an act ("denied allegations that") or as a statement ("no drones were supplied"). The second puts the denied fact before the reader. It is a clause that is negated, and in which Iran would have acted.

# %%
clauses = pair.layer("clauses")
fact = clauses[clauses["negated"] & clauses["actor"].eq("Iran")]
parts = clauses[clauses["annotation"].isin(fact["annotation"])].groupby("annotation")
first, last = parts[["article", "start"]].min(), parts["end"].max()
fl.show.evidence_list(pair, first.assign(end=last))

# %%
outlet = pair.articles.set_index("article")["outlet"]
assert set(fact["article"].map(outlet)) == {"Mehr News Agency"}
assert set(fact["predicate"]) == {"conduct", "supply"}

# %%
denying = fl.cues_table(pair).query("cue_class == 'denying'")
fl.html_table(denying, caption="Who denies, in which article")

# %%
assert {"Mehr News Agency", "The National"} == set(denying["outlet"])

# %% [markdown]
# **How far to trust this.** The cell below says how often these are right. One comment piece and one report: a comment may doubt where a report may not. That something is worded with doubt says nothing about whether it is true.

# %%
print(fl.MEASURES["doubt"].accuracy)
