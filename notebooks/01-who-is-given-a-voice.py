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
# # 1 · Who is given a voice?
#
# **Question.** Whose words do the two articles put in quotation marks, and how many of them? **In:** `data/articles.csv`, `data/actors.csv`. **Time:** 10 seconds.
#
# Quoting somebody is a choice: of whom to hear, at what length, how early. This notebook counts the words inside quotation marks by the person or body that is credited with them.

# %%
import framelens as fl
from framelens import annotate, measure, show

articles = fl.read_articles("../data/articles.csv").articles
pair = articles[articles["event"] == "un-drones-2022-10"]
actors = "../data/actors.csv"

# %% [markdown]
# ## Nearly all quoted words of Mehr's comment piece are one Russian diplomat's
#
# Each bar is a speaker's share of the words that the outlet quotes. Somebody whom only one of the two quotes has a zero in the other; those whom neither quotes are not on the chart.

# %%
speakers = measure.speakers_table(pair, actors=actors)
show.speakers_figure(speakers, articles=pair)

# %%
show.speakers_list(speakers)

# %%
# The heading above states a finding; this cell fails if the data stop supporting it.
share = speakers.set_index(["outlet", "speaker"])["share"]
assert share["Mehr News Agency", "Dmitry Polyanskiy"] > 0.9

# %% [markdown]
# Russia's deputy ambassador is the only person whom both articles quote. Neither quotes a Ukrainian, and Mehr's piece quotes no Iranian: both report without quotation marks what Ukraine and Iran have said.

# %% [markdown]
# ## In The National's report nobody has more than a third of the quoted words
#
# Six speakers beside the Russian deputy ambassador: US voices, France's ambassador, Iran's ambassador, and Russia as a state.

# %%
national = share["The National"]
assert national.max() < 1 / 3
assert (national > 0).sum() == 7

# %% [markdown]
# ## Iran's ambassador is quoted with one word in one article, and not at all in the other
#
# The word is "categorically". What he denied, The National tells without quotation marks; those words are not counted here.

# %%
counts = measure.speakers(pair, actors=actors)
iran = counts.find(pair, "Amir Saeid Iravani")
show.evidence_list(iran, articles=pair)

# %%
words = speakers.set_index(["outlet", "speaker"])["words"]
assert words["The National", "Amir Saeid Iravani"] == 1
assert words["Mehr News Agency", "Amir Saeid Iravani"] == 0

# %% [markdown]
# ## By affiliation: Russia in one article, the United States first in the other
#
# The same words, added up by the state or body that a speaker speaks for. Affiliations come from the text ("Russia's deputy UN ambassador") and from the table `data/actors.csv`, which you can edit, and which wins.

# %%
affiliations = measure.speakers_table(pair, by="affiliation", actors=actors)
show.speakers_figure(affiliations, articles=pair)

# %%
show.speakers_list(affiliations)

# %%
most = affiliations.loc[affiliations.groupby("outlet")["words"].idxmax()]
most = most.set_index("outlet")["affiliation"]
assert most["Mehr News Agency"] == "Russia"
assert most["The National"] == "United States"

# %% [markdown]
# ## Each credit can be checked, and corrected
#
# For every quotation: who is credited, by which words of the text, with which verb, and by which rule. If one is wrong, add a line to your own actors table (`alias, actor, affiliation, role`) and pass it as `actors=`; what no rule settles stays missing.

# %%
credited = annotate.speakers(pair, actors=actors)
columns = ["article", "speaker", "affiliation", "surface", "cue", "resolved_by"]
credited[columns]

# %% [markdown]
# **How far to trust this.** Against two separate readings of the four shipped articles the speaker is right for 52 of 53 quotations (98 %, 95 % interval 90 to 100 %), and none is invented for the 7 stretches that nobody says; but these articles were in view while the rules were written. On news articles set apart (PolNeAR, 2,830 quotations) the words that name the source are found in 91 % (89 to 92 %). Leading pronouns and descriptions back to a person was not measured on other articles.
#
# Only words inside quotation marks are counted. Reported speech ("Russia says …", "the letter said …") also gives a voice, and is not measured yet; so "not quoted" is not "not heard". Two articles of two genres: a comment piece may be expected to quote fewer people than a report.
