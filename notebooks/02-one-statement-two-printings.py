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
# # 2 · One statement, two printings
#
# **Question.** Where both articles carry the same statement, how do the printings differ? **In:** `data/articles.csv`. **Time:** 10 seconds.
#
# **Answer.** In words, quotation marks and order: "illegitimate" in one is "unnecessary" in the other, and what one quotes the other reports. The texts cannot show which printing is right.
#
# Framing is easiest to see where the material is the same. framelens finds by itself the statements that one article quotes or reports and the other carries too: in full, in part, in another order, or outside the quotation marks. Who says them is what the ledger says (notebook 1).

# %%
import framelens as fl

corpus = fl.read_corpus("../data/articles.csv", actors="../data/actors.csv")
pair = corpus.where(event="un-drones-2022-10")
statements = fl.statements(pair)
print(statements.caption)

# %% [markdown]
# ## "Illegitimate" inside the marks of one, "unnecessary" outside the marks of the other
#
# In Mehr's piece the whole sentence stands inside quotation marks. In The National's report the marks close earlier and the words go on outside them, with another adjective. The rows run word by word; a row that differs says how.

# %%
fl.show.statement_diff(statements, group="s1")

# %%
# The heading above states a finding; this cell fails if the data stop supporting it.
differences = statements.differences.set_index("group")
reworded = differences[differences["type"] == "reworded"].loc[["s1"]]
assert reworded[["text_a", "text_b"]].values.tolist() == [
    ["illegitimate", "unnecessary"]
]

# %%
marks = differences[differences["type"] == "marks"].loc["s1"]
assert "illegitimate" in marks["text_a"]
assert "unnecessary" in marks["text_b"]

# %% [markdown]
# These articles quote it differently; they cannot show which wording is right. That would take a transcript: `fl.statements(pair, reference="transcript.txt")`.

# %% [markdown]
# ## Mehr quotes the sentence on collaboration; The National reports it and keeps one quoted word
#
# In Mehr's piece it is the deputy ambassador's sentence. The National credits Russia.

# %%
fl.show.statement_diff(statements, group="s2")

# %%
printed = statements.groups.set_index(["group", "article"])
assert printed.loc[("s2", "000"), "voice"] == "direct"
assert printed.loc[("s2", "001"), "speaker"] == "Russia"
assert '"collaboration"' in printed.loc[("s2", "001"), "text"]

# %% [markdown]
# ## The two quoted sentences stand in opposite order
#
# In Mehr's piece "We hope …" comes first and "We do not want to do it …" after it; in The National's report it is the other way round.

# %%
fl.show.statement_diff(statements, group="s3")

# %%
start = printed["start"]
assert start["s1", "000"] < start["s3", "000"]
assert start["s3", "001"] < start["s1", "001"]

# %% [markdown]
# ## Most differences are in words and marks
#
# *Only here*: words that the other printing does not have. *Marks*: inside quotation marks in one, outside in the other. *Order*: before another shared statement in one, after it in the other. *Cue*: another reporting verb.

# %%
kinds = statements.differences.pivot_table(
    index="group", columns="type", values="article_a", aggfunc="count", fill_value=0
)
fl.html_table(kinds.reset_index(), caption="Differences by statement")

# %%
total = kinds.sum()
assert total[["only here", "reworded", "marks"]].sum() > total.sum() / 2

# %% [markdown]
# **How far to trust this.** On 52 real articles, in which a language model had marked every statement that two of them share, it found 89 % of 182 pairs of printings; 96 % of the pairs it claimed were right, and so was the speaker in 93 % (these articles were in view while the rules were made). On invented texts it finds nearly all repeated statements; in the harder set 6 in 100 matches are wrong. What it misses most is a report of what another article quotes (11 of 31 found). A printing that is not listed here may still exist.
#
# "Differs" is all that can be said: without a record of what was said, no printing can be called shortened or changed. Each row leads to the two texts: `statements.evidence("s1")`.
