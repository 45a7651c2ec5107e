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
# # 10 · Check it yourself
#
# **Question.** A machine counts, and is sometimes wrong. How wrong is it in each outlet, and what is the number once its errors are taken out? **In:** a corpus made up here, so that the truth is known; the shipped pair with a coded sample; and a table of counts, all in `data/coded`. **Time:** 20 seconds.
#
# **Answer.** It errs by outlet, and a difference can be its error alone. A sample of codes takes the error out; the interval grows, and the number holds.
#
# The way is always the same: `fl.to_code` draws passages, somebody codes them (in `fl.coding`, or in any spreadsheet), and the comparison takes the sheet.

# %%
import numpy as np
import pandas as pd

import framelens as fl

sides = ["Daily", "Herald"]

# %% [markdown]
# ## A machine that reads one outlet worse reports a difference that is none
#
# We make up two outlets of 60 articles, with the same share of sentences that doubt something: 30 %. The machine finds 72 % of them in the Daily and 93 % in the Herald, and raises false alarms in both.

# %%
rng = np.random.default_rng(0)
side = np.repeat([0, 1], 60 * 12)
truth = rng.random(len(side)) < 0.3
found = np.where(truth, np.array([0.72, 0.93])[side], np.array([0.08, 0.18])[side])
sentences = pd.DataFrame({"article": np.arange(len(side)) // 12})
sentences["start"], sentences["item"] = range(len(side)), "doubt"
sentences["outlet"] = np.array(sides)[side]
sentences["machine"] = rng.random(len(side)) < found

# %% [markdown]
# Instead of a person, we take the label from what we planted. Anything can code in this way: a function, a rule, a model, as long as it turns a text into a label. Nothing else would change.

# %%
sample = fl.to_code(sentences, 160)
label = np.where(truth[sample.sheet["start"].astype(int)], "yes", "no")
sheet = sample.sheet.assign(label=label, coder="what was planted")
known = fl.contrast(sample.counts, *sides, codes=sheet)
known.correction

# %%
known.correction.figure()

# %% [markdown]
# The machine is sure of a difference. The corrected interval holds zero, which is the truth, and is narrower than that of the codes alone: the machine's guesses are worth something, errors and all. `known.correction.more` says how many more codes would halve the interval.

# %%
figures = known.correction.table.set_index("figure")
assert figures.loc["machine", "high"] < 0
assert figures.loc["corrected", "low"] < 0 < figures.loc["corrected", "high"]
width = figures["high"] - figures["low"]
assert width["corrected"] < width["codes alone"]

# %% [markdown]
# Where nobody codes, but somebody published how often the machine was right in each outlet, `error=` takes those numbers (rows: truth, no and yes; columns: machine). It holds only if the machine errs here as it did there.

# %%
error = {"Daily": [[1472, 128], [112, 288]], "Herald": [[1312, 288], [28, 372]]}
published = fl.contrast(sample.counts, *sides, error=error)
published.correction

# %%
row = published.table.iloc[0]
assert row["low"] < 0 < row["high"]
# without any correction, the notes say at which gap in recall the sign is lost
assert "Not corrected" in fl.contrast(sample.counts, *sides).notes[0]

# %% [markdown]
# ## In The National, the machine takes others' words for the paper's own
#
# The shipped pair: 40 of its 73 sentences were drawn, and read for one thing: is somebody else speaking here, inside quotation marks or outside? The machine says yes where most of a sentence is not in the outlet's own voice. **The sheets are two readings by a language model, not people**, with different instructions (*does it attribute?* and *does the paper itself assert it?*). Two readings of one model agree more than two people would.

# %%
readings = [f"../data/coded/pair-reading-{number}.csv" for number in (1, 2)]
fl.agreement(readings)

# %%
right = fl.accuracy(readings)
right

# %% [markdown]
# In The National the machine finds somebody else speaking in 61 % of the sentences, the readers in about 75 %; it mostly misses speakers who stand behind their quotation (“…, State Department Counsellor Derek Chollet told The National”). In Mehr the two are closer. With one article a side this says nothing of the outlets, and no test is made.

# %%
shares = right.table.set_index("outlet")
assert (
    shares.loc["The National", "machine"] < shares.loc["The National", "corrected_low"]
)
assert (
    shares.loc["Mehr News Agency", "machine"]
    < shares.loc["Mehr News Agency", "corrected"]
)

# %% [markdown]
# ## A commercial model finds too many quotes in nine of ten papers
#
# The Media Bias Detector (Penn, 2024) had a commercial model and three people judge each sentence of 29 articles. `quotes-counted.csv` has no text, only how many sentences of each article the model and most people called a quote. We code a tenth of them, and hold the result against all.

# %%
counted = pd.read_csv("../data/coded/quotes-counted.csv")
quotes = counted.loc[counted.index.repeat(counted["sentences"])].reset_index(drop=True)
quotes["article"] = quotes["outlet"] + quotes["article"].astype(str)
quotes["start"] = quotes.index
drawn = fl.to_code(quotes[["outlet", "article", "machine", "start"]], len(quotes) // 10)
people = quotes["people"].to_numpy()[drawn.sheet["start"].astype(int)]
coded = fl.accuracy(drawn.sheet.assign(label=np.where(people, "yes", "no")))
full = quotes.groupby("outlet")["people"].mean()

# %%
shown = coded.shown()[["outlet", "codes", "machine (%)", "corrected (%)"]]
people = (100 * full.to_numpy()).round().astype(int)
shown = shown.assign(**{"people, all sentences (%)": people})
fl.html_table(shown, caption="Quotes among the sentences")

# %% [markdown]
# In the New York Times the model calls 46 % of the sentences quotes, people 31 %. From 13 coded sentences of each paper the corrected intervals hold what people say of all of them. They are wide: 13 sentences are few.

# %%
machine = quotes.groupby("outlet")["machine"].mean()
assert (machine > full).sum() == 9
limits = coded.table.set_index("outlet")[["corrected_low", "corrected_high"]]
assert ((limits["corrected_low"] <= full) & (full <= limits["corrected_high"])).all()

# %% [markdown]
# **How far to trust this.** Codes are taken for right: correct by your own eyes, not by a second machine. A corrected interval holds the error of the machine, of coding a sample, and of articles; everything that is not corrected says so in its notes. Your own frame works in the same way: `fl.frame(corpus, codebook="blame.md").next()` draws what to code by your codebook, and `fl.frame(corpus, sheet, codebook="blame.md")` learns it, says how often it is wrong in each outlet, and gives the corrected share.
