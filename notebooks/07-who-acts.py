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
# # 7 · Who acts
#
# **Question.** Who does what to whom in the two articles, and where does nobody do it? **In:** `data/articles.csv`. **Time:** 15 seconds.
#
# **Answer.** In Mehr's piece the West acts. In The National's report civilians are killed and Kyiv is struck, but no clause names who strikes.
#
# Grammar makes some people the doers and others the done-to. framelens reads it clause by clause: who acts, who is acted on, and which passives and nouns (*strikes in Kyiv*) leave out who did it.

# %%
import framelens as fl

corpus = fl.read_corpus("../data/articles.csv", actors="../data/actors.csv")
pair = corpus.where(event="un-drones-2022-10")

# %% [markdown]
# ## The United States and the West act in Mehr's piece; in The National's report the West acts twice
#
# Each arrow is a pair of actors and what one does to the other.

# %%
who = fl.roles(pair)
who.figure()

# %%
# The heading above states a finding; this cell fails if the data stop supporting it.
k = who.table.pivot_table("k", "item", "outlet")
assert k.loc["United States: acts", "Mehr News Agency"] >= 8
assert k.loc["West: acts", "Mehr News Agency"] >= 6
assert k.loc["West: acts", "The National"] == 2
assert k.loc["United States: acts", "The National"] == 0

# %% [markdown]
# In The National's report it is the administration and its counsellor, by name, who act for the United States:

# %%
acts = k[k.index.str.endswith(": acts")].nlargest(8, "The National").astype(int)
fl.html_table(acts.reset_index(), caption="Clauses in which they act")

# %% [markdown]
# ## Strikes without an agent: The National reports strikes and attacks, and no clause says whose
#
# Every verb and noun of harm in the report, with those who take part in it.

# %%
harm = who.clauses[who.clauses["verb_class"].eq("harm")]
columns = ["outlet", "voice", "role", "head", "predicate"]
fl.html_table(harm[columns], caption="Verbs and nouns of harm")

# %%
there = harm[harm["outlet"].eq("The National")]
assert not there["role"].eq("agent").any()
assert set(there.loc[there["role"].eq("no agent"), "predicate"]) == {"strike", "attack"}
assert harm.loc[harm["outlet"].eq("Mehr News Agency"), "role"].eq("agent").any()

# %%
fl.show.evidence_list(pair, there.drop_duplicates("annotation"))

# %% [markdown]
# The report says elsewhere who uses the drones. A missing agent in a clause is no concealment in an article: read the sentence before.

# %% [markdown]
# ## It begins so: the strikes in The National's first paragraph have no agent
#
# `corpus.where(zone="lede")` cuts a corpus to first paragraphs (or headlines, or what comes below), for every measure.

# %%
ledes = fl.roles(pair.where(zone="lede"))
ledes.figure()

# %%
strikes = ledes.clauses[ledes.clauses["predicate"].eq("strike")]
assert set(strikes["outlet"]) == {"The National"}
assert "agent" not in set(strikes["role"])

# %% [markdown]
# ## Victims are in one article only: Mehr's piece has no clause in which people come to harm
#
# A portrait gathers what an article says about somebody or something: here about people and civilians.

# %%
people = fl.portrait(pair, "civilian* OR people")
people.figure()

# %%
harmed = people.table[people.table["item"].eq("harm")].set_index("outlet")["k"]
assert harmed["The National"] == 2
assert harmed["Mehr News Agency"] == 0
anywhere = people.table[people.table["item"].eq("anywhere")].set_index("outlet")["k"]
assert anywhere["Mehr News Agency"] == 0

# %%
fl.show.evidence_list(pair, people.evidence("is acted on: harm"))

# %% [markdown]
# **How far to trust this.** The cell below says how often these are right. One comment piece and one report: what differs may be due to the genre, and says nothing about the outlets in general. Who acts is grammar, and no verdict on who is to blame.

# %%
print(fl.MEASURES["roles"].accuracy)
