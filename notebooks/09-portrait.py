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
# # 9 · A portrait
#
# **Question.** How does each article portray Iran, and what does it tell of the meeting at the UN? **In:** `data/articles.csv`. **Time:** 20 seconds.
#
# **Answer.** Mehr's piece lets Iran speak as a state and act. The National's report lets its ambassador deny and accuse, in a third as many words. Of the meeting Mehr's piece says nothing.
#
# A portrait puts on one page what the measures count of one actor: named, called, heard, acting and acted on, doubted, accused, and the tone. Every number opens its sentences.

# %%
import framelens as fl

corpus = fl.read_corpus("../data/articles.csv", actors="../data/actors.csv")
pair = corpus.where(event="un-drones-2022-10")

# %%
iran = fl.portrait(pair, "Iran")
iran.figure()

# %% [markdown]
# ## Iran speaks for itself in Mehr's piece, through its ambassador in The National's report
#
# In The National's report two of its three attributions are denials.

# %%
# The heading above states a finding; this cell fails if the data stop supporting it.
k = iran.table.pivot_table("k", ["aspect", "item"], "outlet").astype(int)
assert k.loc[("heard", "in its own name"), "The National"] == 0
assert k.loc[("heard", "in its own name"), "Mehr News Agency"] > 40
assert k.loc[("heard", "through Amir Saeid Iravani"), "The National"] > 0
assert k.loc[("says by", "denying"), "The National"] == 2

# %%
fl.show.evidence_list(pair, iran.evidence("heard", outlet="The National"))

# %% [markdown]
# ## Iran acts more than it is acted on in Mehr's piece; in The National's report it is the other way round

# %%
sums = k.rename(columns={"Mehr News Agency": "Mehr"}).groupby("aspect").sum()
assert sums.loc["acts", "Mehr"] > sums.loc["is acted on", "Mehr"]
assert sums.loc["acts", "The National"] < sums.loc["is acted on", "The National"]
fl.html_table(sums.loc[["acts", "is acted on"]].reset_index(), caption="Clauses")

# %% [markdown]
# ## "The Islamic Republic" stands in Mehr's piece, "the regime in Tehran" in The National's report, each in its own voice

# %%
called = iran.marks[iran.marks["aspect"].eq("called") & iran.marks["voice"].eq("own")]
by_outlet = called.groupby("outlet")["item"].agg(set)
assert "Islamic Republic" in by_outlet["Mehr News Agency"] - by_outlet["The National"]
assert "regime in Tehran" in by_outlet["The National"] - by_outlet["Mehr News Agency"]
table = called.groupby(["item", "outlet"]).size().unstack(fill_value=0)
fl.html_table(table.reset_index(), caption="What Iran is called, in own voice")

# %% [markdown]
# The whole portrait, each number with its sentences:

# %%
iran

# %% [markdown]
# ## In the first paragraphs Iran is accused in Mehr's piece; The National's has only "Tehran-made"
#
# `corpus.where(zone="lede")` cuts a corpus to first paragraphs (or headlines, or what comes below); a portrait of it shows what readers see who stop there.

# %%
lede = fl.portrait(pair.where(zone="lede"), "Iran")
lede.figure()

# %%
said = lede.table[lede.table["k"] > 0].groupby("outlet")["aspect"].agg(set)
assert "accused" in said["Mehr News Agency"]
assert said["The National"] == {"called"}

# %% [markdown]
# ## Mehr's piece never mentions the meeting
#
# The portrait of a word: the report names the Security Council's meeting three times. Mehr's piece has the word once, where a diplomat speaks of "meeting rooms".

# %%
meeting = fl.portrait(pair, "meeting")
fl.show.evidence_list(pair, meeting.evidence("tone"))

# %%
said = meeting.marks[meeting.marks["aspect"].eq("tone")]
own = said[said["voice"].eq("own")]
assert set(own["outlet"]) == {"The National"}
other = said[said["outlet"].eq("Mehr News Agency")]
text = pair.articles.set_index("article")["text"]["000"]
assert [text[end : end + 6] for end in other["end"]] == [" rooms"]

# %% [markdown]
# **How far to trust this.** Who is heard rests on the attribution model, acting on grammar; the notes under the portrait give their accuracy. Tone and accusations are marked "not validated": read their sentences, do not count them. The small numbers here are for reading: one comment piece and one report say nothing about the outlets in general.
