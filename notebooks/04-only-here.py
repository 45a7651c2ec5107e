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
# # 4 · Only here
#
# **Question.** What do both articles report, in whose words, and what does only one of them report? **In:** `data/articles.csv`. **Time:** 15 seconds.
#
# **Answer.** Both carry the Russian diplomat's two sentences. Only The National reports the protests in Iran and the nuclear talks; only Mehr recalls the missile debris of 2017.
#
# Each sentence is set beside the nearest passage of the other article, by meaning and by the rare words they share. Nothing is called absent without that passage and its score. "Absent" can be wrong: the measured error is at the end.

# %%
import framelens as fl

corpus = fl.read_corpus("../data/articles.csv")
pair = corpus.where(event="un-drones-2022-10")

# %% [markdown]
# ## The event has to be stated: by their words alone, all four documents would be one
#
# An omission can only be seen where outlets cover the same happening. `events` groups articles by their words, names and numbers. Here it does not see the events that the table states.

# %%
blind = fl.read_corpus(corpus.articles.assign(event=None))
found = blind.events[["article", "event", "similarity", "certain"]]
fl.html_table(found, caption="Events found by words alone")

# %%
# The heading above states a finding; this cell fails if the data stop supporting it.
assert blind.events["event"].nunique() == 1 < corpus.articles["event"].nunique()

# %% [markdown]
# All four speak of Russia, Iran and the West, and there are no other articles to tell them apart by. What a table states always wins: two documents share `un-drones-2022-10`. Both give the same resolution by its number, beside the same names:

# %%
members = fl.align.event_members(pair)
shared = members[["article", "shares", "names", "places", "numbers"]]
fl.html_table(shared, caption="What the two documents share")

# %%
assert members["shares"].eq("occasion").all()
assert members["numbers"].str.contains("2231").all()

# %% [markdown]
# ## Much of each article stands only there, as far as this method sees
#
# *Counterpart* means that the nearest passage speaks of the same subject, not that the two agree. *Uncertain* is in between, and is for you to read. Scores run from about 0 (nothing in common) to 1 (the same). Mehr's piece is one paragraph of 1,300 words, so both articles are taken sentence by sentence.

# %%
coverage = fl.coverage(pair, by="sentence")
coverage.figure()

# %% tags=["folded"]
# The same numbers
fl.html_table(coverage.summary, caption="Words by status")

# %%
shares = coverage.summary.set_index(["outlet", "status"])["share"]
assert shares["Mehr News Agency", "only here"] > 0.5
assert shares["The National", "only here"] > 0.25

# %% [markdown]
# ## The deputy ambassador's remarks stand in both
#
# One row for each claim, one column for each outlet, with the sentence and the voice it stands in. Sentences that are each other's nearest are one claim. First the claims that both have:

# %% tags=["folded"]
# The claims that both articles have
matrix = coverage.matrix()
matrix.in_all()

# %%
cells = matrix.in_all().cells
ends = cells["text"].str.endswith("any illegitimate investigation.")
said = matrix.evidence(cells["claim"][ends].iloc[0]).set_index("outlet")
assert said["voice"]["Mehr News Agency"] == "direct"
assert said["voice"]["The National"] == "mixed"
assert "any unnecessary investigation" in said["text"]["The National"]

# %%
denied = cells.loc[cells["text"].str.contains("no drones were supplied"), "claim"]
beside = matrix.evidence(denied.iloc[0]).set_index("outlet")["text"]["The National"]
assert "drones were delivered" in beside

# %% [markdown]
# Only the diplomat's two sentences are the same in both. Read the other rows before you use them: the denial that Iran supplied any drones stands beside France's word that they were delivered, because both are about Iran, drones and Russia.

# %% [markdown]
# ## No number and no date differs where the two are lined up
#
# Differences in numbers, dates, negations and opposite words are listed for a person to read, with both passages. None of them says that the articles contradict each other.

# %%
candidates = fl.differing(coverage)
candidates

# %%
assert not candidates.table["kind"].isin(["number", "date"]).any()

# %% [markdown]
# ## Only The National reports the protests in Iran and the talks on a nuclear deal

# %% tags=["folded"]
# Every sentence that only The National has
fl.show.coverage_view(coverage, article="001", status="only here")

# %%
alone = coverage.evidence("only here").set_index("article")["text"]
assert alone["001"].str.contains("protest").any()
assert alone["001"].str.contains("2015 nuclear agreement").any()

# %% [markdown]
# ## Only Mehr recalls the missile debris shown in 2017 and speaks of food and fertilizers
#
# A comment piece may be expected to go further afield than a report.

# %% tags=["folded"]
# Every sentence that only Mehr has
fl.show.coverage_view(coverage, article="000", status="only here")

# %%
assert alone["000"].str.contains("Nikki Haley").any()
assert alone["000"].str.contains("fertilizers").any()

# %% [markdown]
# ## The National opens with quoted words, Mehr's piece without
#
# The first tenth of each article, furniture left out.

# %% tags=["folded"]
# How the two articles open
emphasis = fl.emphasis(pair)
fl.show.openings(emphasis)

# %%
tenth = emphasis.table[emphasis.table["part"] == "first 10 %"].set_index("outlet")
assert tenth.loc["Mehr News Agency", "quoted_words"] == 0
assert tenth.loc["The National", "quoted_words"] > 0

# %% [markdown]
# **How far to trust this.** How often *absent* and *present* are wrong was measured on other news: paragraphs and sentences of `news_cluster`, judged by a language model (`tests/gold/coverage.md`, `tests/gold/coverage_pairs.md`), and two sets of sentence pairs that people judged. The figures stand under the matrix above. In short: what is called absent mostly is; what is told in quite other words is often missed; sentences that are lined up need not say the same.
