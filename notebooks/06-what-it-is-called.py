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
# # 6 · What is it called?
#
# **Question.** What does each article call the same state, capital, weapon or document, and in whose voice? **In:** `data/articles.csv`, `data/actors.csv`. **Time:** 20 seconds.
#
# **Answer.** In its own voice, Mehr's comment piece has “the Islamic Republic” where The National's report has “the regime in Tehran”. Mehr writes “Kiev”, The National “Kyiv”. Only the report names the drones by their make.
#
# A name takes a side more often than an adjective does. Noun phrases of all articles are grouped by what they name: names that an article resolves, the state that a body belongs to, apposition (*the firm, Northbank*), the noun, and nearness in meaning. No list of words to look for is given.

# %%
import framelens as fl

corpus = fl.read_corpus("../data/articles.csv", actors="../data/actors.csv")
pair = corpus.where(event="un-drones-2022-10")
labels = fl.labels(pair)

# %% [markdown]
# ## One article says “the Islamic Republic”, the other “the regime in Tehran”
#
# Listed are the labels of one group that an outlet uses and the other never does, in the same voice: *k of n* mentions of the group. Both stand in the outlet's own voice: nobody else is quoted with them.

# %%
iran = fl.labels(pair, actor="Iran")
iran

# %%
# The heading above states a finding; this cell fails if the data stop supporting it.
own = iran.differing[iran.differing["voice"].eq("own")]
by_outlet = own[own["k"] > 0].set_index("label")["outlet"]
assert by_outlet["Islamic Republic"] == "Mehr News Agency"
assert by_outlet["regime in Tehran"] == "The National"

# %%
fl.show.evidence_list(pair, iran.evidence("regime in Tehran"))

# %% [markdown]
# ## One writes “Kiev”, the other “Kyiv”
#
# The spelling follows Russian or Ukrainian. Each stands once here: enough to read, not to count. Capitals are grouped with their state, as news uses them for its government.

# %%
ukraine = fl.labels(pair, actor="Ukraine")
capitals = ukraine.mentions[ukraine.mentions["label"].isin(["Kiev", "Kyiv"])]
shown = capitals[["outlet", "voice", "label"]]
fl.html_table(shown, caption="The Ukrainian capital")

# %%
spelled = capitals.groupby("label")["outlet"].unique()
assert spelled["Kiev"].tolist() == ["Mehr News Agency"]
assert spelled["Kyiv"].tolist() == ["The National"]

# %% [markdown]
# ## Only The National names the drones by their make
#
# Each word before a noun of the group is an item. *Alleged* is said of the sale of drones, *Shahed-136* and *attack* of the drones.

# %%
drones = fl.labels(pair, actor="drones", by="modifier")
table = drones.table.pivot(index="item", columns="outlet", values="k")
fl.html_table(table.reset_index(), caption="Words before a noun for drones")

# %%
k = drones.table.set_index(["item", "outlet"])["k"]
assert k["shahed-136", "The National"] > 0 == k["shahed-136", "Mehr News Agency"]

# %% [markdown]
# ## Resolution 2231 has a number in both, and its council in one
#
# Mehr writes it out as the Security Council's; The National has it once, from a French diplomat's mouth.

# %%
named = labels.mentions[labels.mentions["label"].str.contains("2231")]
shown = named[["outlet", "voice", "label"]]
fl.html_table(shown, caption="Names of the resolution")

# %%
council = named["label"].str.contains("Security Council")
assert set(named.loc[council, "outlet"]) == {"Mehr News Agency"}
national = named[named["outlet"].eq("The National")]
assert national["voice"].tolist() == ["direct"]

# %% [markdown]
# ## You merge and split
#
# `labels.draft("labels.csv")` writes every label with its group, `corpus.correct(labels="labels.csv")` reads back what you changed in the column `group`. The same as a table: who holds that forces are not the state, splits them off.

# %%
table = ukraine.mentions[["label", "group"]].drop_duplicates()
table = table[table["label"].eq("Ukrainian forces")].rename(columns={"group": "found"})
corrected = pair.correct(labels=table.assign(group="the army"))
army = fl.labels(corrected, actor="the army").table
fl.html_table(army, caption="The army, a group of its own")

# %% [markdown]
# ## How far to trust this
#
# The sentence below is measured on articles of others. These are two articles of two genres: no test, no statement about the outlets. Which phrase is the neutral one is not said: it is for you to judge.

# %%
print(fl.MEASURES["labels"].accuracy)
