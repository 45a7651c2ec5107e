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
# **Question.** Who is heard in the two articles, in whose words, and how is each introduced? **In:** `data/articles.csv`, `data/actors.csv`. **Time:** 15 seconds.
#
# **Answer.** Mehr's comment piece gives most of the words that it gives to others to one Russian diplomat; The National's report spreads them over many, Americans first. Iran and Ukraine are reported, and hardly quoted.
#
# Giving somebody a voice is a choice: whom to hear, at what length, how early, in their own words or in the outlet's. An *attribution* is any stretch that the text credits to somebody, inside quotation marks (*direct*) or outside (*indirect*). All attributions stand in one table, the ledger; everything on this page reads it.

# %%
import framelens as fl

corpus = fl.read_corpus("../data/articles.csv", actors="../data/actors.csv")
pair = corpus.where(event="un-drones-2022-10")
ledger = pair.ledger

# %% [markdown]
# ## Mehr's comment piece gives one Russian diplomat more words than anybody else; no speaker in The National's report has a quarter
#
# Each bar is a speaker's share of the words that the outlet gives to others: solid in quotation marks, hatched in reported speech. A comment piece may be expected to hear fewer people than a report.

# %%
fl.speakers(pair).figure()

# %%
# The heading above states a finding; this cell fails if the data stop supporting it.
speakers = fl.speakers_table(pair)
share = speakers.set_index(["outlet", "speaker"])["share"]
mehr, national = share["Mehr News Agency"], share["The National"]
assert mehr.idxmax() == "Dmitry Polyanskiy"
assert mehr.max() > 0.4
assert national.max() < 0.25

# %% [markdown]
# The same numbers, with where each speaker is first heard and how each is introduced:

# %% tags=["folded"]
# Every speaker: words, first place, introductions
fl.show.speakers_list(pair)

# %% [markdown]
# ## Most speakers are heard in one article only
#
# Absence may be choice, genre, length or deadline.

# %%
several_or_none = speakers["speaker"].str.contains(r"; |\(not named\)")
named = speakers[(speakers["words"] > 0) & ~several_or_none]
alone = named[named["heard_only_in"].notna()]
both = set(named[named["heard_only_in"].isna()]["speaker"])
print(f"{alone['speaker'].nunique()} speakers in one article, {len(both)} in both.")

# %%
assert both >= {"Dmitry Polyanskiy", "Russia"}
assert alone["speaker"].nunique() > 2 * len(both)

# %% [markdown]
# ## By affiliation: Russia leads in one article, the United States in the other
#
# The same words, added up by the state or body that a speaker speaks for. Affiliations come from the text ("Russia's deputy UN ambassador") and from the table `data/actors.csv`, which you can edit, and which wins.

# %%
affiliations = fl.speakers(pair, by="affiliation")
affiliations.figure()

# %%
states = fl.speakers_table(pair, by="affiliation")
part = states.set_index(["outlet", "affiliation"])["share"]
assert part["Mehr News Agency", "Russia"] > 0.6
order = part["The National"].nlargest(2).index.tolist()
assert order == ["United States", "Russia"]

# %% [markdown]
# ## Iran and Ukraine are reported, and hardly quoted
#
# Anyone who counts only quotation marks would say that they are not heard. Ukraine is heard in The National only, in the outlet's words. Iran is heard in both, with one word of its own: its ambassador's answer on whether drones were delivered.

# %%
iran = affiliations.evidence("Iran")
fl.show.evidence_list(pair, iran[iran["voice"] == "direct"])

# %%
words = states.set_index(["outlet", "affiliation"])
direct, indirect = words["direct_words"], words["indirect_words"]
assert direct["The National", "Iran"] == 1
assert direct["Mehr News Agency", "Iran"] == direct["The National", "Ukraine"] == 0
assert indirect["Mehr News Agency", "Iran"] > 10 < indirect["The National", "Iran"]
assert words["words"]["Mehr News Agency", "Ukraine"] == 0

# %% [markdown]
# ## In Mehr's piece Russia "says" and the United States "alleges"; in The National's the United States "says" and Russia "warns"
#
# The verb that introduces somebody tells the reader how to take the words. Every such cue has a class: *neutral* (says), *doubting* (alleges, claims), *denying*, *accusing*, *threatening* (warns), *demanding* and so on.

# %%
classes = fl.cues_table(pair, by="affiliation")
of_both = classes[classes["affiliation"].isin(["Russia", "United States"])]
of_both = of_both.sort_values(["affiliation", "outlet"])
fl.html_table(of_both, caption="How Russia and the United States are introduced")

# %%
cues = classes.groupby(["outlet", "affiliation"])["cue_class"].apply(set)
mehr, national = cues["Mehr News Agency"], cues["The National"]
assert "neutral" in mehr["Russia"]
assert "neutral" not in mehr["United States"]
assert "doubting" in mehr["United States"]
assert "doubting" not in national["United States"]
assert "threatening" in national["Russia"]

# %% [markdown]
# The sentences behind every cue that is not neutral. Open a row to read on, or choose another order above the table. The numbers are small, and most cues are neutral in both. "Warned" is not always a threat.

# %% tags=["folded"]
# The sentences behind every cue that is not neutral
marked = ledger["cue_class"].notna() & (ledger["cue_class"] != "neutral")
both = ledger["affiliation"].str.contains("Russia|United States", na=False)
fl.show.ledger_view(pair, rows=ledger[marked & both])

# %% [markdown]
# ## Only The National's report has Iran's ambassador deny and accuse
#
# Both articles say that Iran rejects the claims. Only The National names the ambassador and what he denied.

# %%
acting = ledger["cue_class"].isin(["denying", "accusing"])
fl.show.ledger_view(pair, rows=ledger[acting])

# %%
acts = fl.cues_table(pair).groupby(["outlet", "speaker"])["cue_class"].apply(set)
assert acts["The National", "Amir Saeid Iravani"] >= {"denying", "accusing"}
assert "Amir Saeid Iravani" not in acts["Mehr News Agency"]
assert "denying" in acts["Mehr News Agency", "Iran"]

# %% [markdown]
# ## Mehr cites unnamed experts, The National an unnamed American official
#
# An anonymous source is described in words that fit many people, and never named.

# %%
fl.show.ledger_view(pair, rows=ledger[ledger["anonymous"]])

# %%
outlets = pair.articles.set_index("article")["outlet"]
unnamed = ledger[ledger["anonymous"]]
unnamed = unnamed.groupby(unnamed["article"].map(outlets))["actor"].apply(list)
assert "experts" in unnamed["Mehr News Agency"]
assert any("official" in str(name) for name in unnamed["The National"])

# %% [markdown]
# ## A correction wins everywhere
#
# Write the right name into the ledger and give it back. As an example, the foreign ministry counts as Russia here; whether it should is your decision. For a name that always means the same, add a line to your own actors table instead (`alias, actor, affiliation, role`).

# %%
mine = ledger.copy()
ministry = mine["speaker"] == "Russia's foreign ministry"
mine.loc[ministry, "speaker"] = "Russia"
corrected = fl.speakers_table(pair.correct(ledger=mine))
russia = corrected[corrected["speaker"] == "Russia"].iloc[:, :6]
fl.html_table(russia, caption="Russia, its foreign ministry counted in")

# %%
before = speakers.set_index(["speaker", "outlet"])["words"]
after = corrected.set_index(["speaker", "outlet"])["words"]
joined = before["Russia"] + before["Russia's foreign ministry"]
assert after["Russia"].equals(joined)

# %% [markdown]
# ## About one attribution in five is wrong, in some outlets one in four
#
# An attribution counts as right if most of its content, its cue and the head of its source are what people marked. *Precision*: of those found, the share that is right; *recall*: of those that people marked, the share found; *f1* balances the two, with its 95 % interval. If the model reads one outlet worse than another, a difference between them may be its error. Look here before you compare.

# %%
accuracy = fl.attribution_accuracy()
fl.html_table(accuracy, caption="Attributions that are right, by set and outlet")

# %%
outlets = accuracy[accuracy["set"] == "PolNeAR"]
assert 0.75 < outlets["f1"].median() < 0.85
assert outlets["f1"].between(0.70, 0.90).all()

# %% [markdown]
# **How far to trust this.** Two articles, two genres, one event: these findings describe this comment piece and this report, not the outlets. Where an attribution is wrong, it is mostly the edges of reported speech. In ordinary scraped articles about one quotation in eight goes to the wrong speaker or to nobody. Read the sentences before you quote a number, and correct what is wrong. A claim that no cue introduces ("The plan is dead, of course") stays the outlet's own.
