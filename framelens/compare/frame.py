"""Frame: the analyst's own, learned from coded passages, and its corrected share."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from framelens._checks import InputError, require_known
from framelens._result import Result
from framelens._wording import counted, listed
from framelens.compare.accuracy import Accuracy, accuracy
from framelens.compare.codebook import Codebook, codebook_of
from framelens.compare.coded import Coded, coding_weights, off_of
from framelens.compare.codes import (
    SHEET_COLUMNS,
    UNCLEAR,
    one_code_each,
    read_codes,
)
from framelens.compare.coding import Sample
from framelens.compare.design import ALL, SUMS
from framelens.compare.learning import FEWEST, FOLDS, guessed
from framelens.compare.passages import (
    PASSAGES,
    PassageCounts,
    cut_passages,
    places_of,
    with_context,
)
from framelens.compare.wording import within
from framelens.corpus import corpus_of
from framelens.measure.counts import COUNT_COLUMNS, NO_OUTLET, TEXT, TOTAL_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from framelens.compare.codes import Codes
    from framelens.compare.jackknife import Floats, Whole
    from framelens.corpus import Corpus

UNIFORM = 0.5
"""What part of each round's probabilities is the same for all: the rest goes with how
unsure the guess is, so that none is zero."""

NEXT = 50
"""Passages of a round unless another number is asked for."""

TABLE_COLUMNS = ["item", "outlet", "passages", "machine", "corrected", "low", "high",
                 "codes", "articles"]  # fmt: skip
"""The columns of the table."""

ROUND = r"^.*, round (\d+)$"
"""How the stratum of a sheet names the round in which a passage was drawn."""


@dataclass(frozen=True, eq=False)
class Frame(Result):
    """An analyst's own frame, as `frame` learns it.

    Attributes
    ----------
    table : DataFrame
        One row per outlet: ``item, outlet, passages, machine`` (the share of them in
        which the frame was guessed), ``corrected`` (that share by the codes), ``low,
        high`` (95 %, of these articles), ``codes, articles`` (with codes). Without
        codes enough ``machine`` and what follows from it are NaN.
    accuracy : Accuracy or None
        Precision, recall and F1 of the guesses in each outlet, on coded passages, each
        guessed from codes in other articles.
    macro_f1 : float
        The mean of F1 with and without the frame, over all outlets; NaN if not learned.
    codes : DataFrame or None
        The sheet with what was guessed of each coded passage, and the probability of
        its being drawn: for ``contrast(frame.counts, a, b, codes=frame.codes)``.
    counts : Counts or None
        Passages in which the frame was guessed, of all passages of each article.
    passages : DataFrame
        All passages: ``article, outlet, event, voice, start, end``, ``guess`` (how
        likely it has the frame, by what other articles teach) and ``probability``
        (of having been drawn by now; 0 if nothing was).
    refusal : str or None
        Why nothing was learned yet.
    caption : str
    notes : tuple of str
    """

    table: pd.DataFrame = field(repr=False)
    accuracy: Accuracy | None = field(repr=False)
    macro_f1: float
    codes: pd.DataFrame | None = field(repr=False)
    counts: PassageCounts | None = field(repr=False)
    passages: pd.DataFrame = field(repr=False)
    refusal: str | None
    caption: str = field(repr=False)
    notes: tuple[str, ...] = field(repr=False)
    item: str = field(repr=False)
    unit: str = field(repr=False)
    corpus: Corpus = field(repr=False)
    drawn: pd.DataFrame = field(repr=False)
    seed: int = field(repr=False)
    codebook: Codebook = field(default_factory=Codebook, repr=False)

    def shown(self) -> pd.DataFrame:
        """Lay out the guessed and the corrected share of each outlet, in %."""
        table = self.table
        shown = table[["outlet", "passages", "codes"]].copy()
        shown["guessed (%)"] = within(table["machine"], times=100)
        ends = (table[name] for name in ("corrected", "low", "high"))
        shown["corrected (%)"] = within(*ends, times=100)
        return shown

    def evidence(self, item: str | None = None) -> pd.DataFrame:
        """Give the passages in which the frame was guessed, the surest first.

        Parameters
        ----------
        item : str, optional
            The frame's name; there is no other.

        Returns
        -------
        DataFrame
            ``article, outlet, voice, start, end, text``, ``guess`` and ``label`` (the
            code, where it was coded).

        Raises
        ------
        UnknownNameError
            If the frame has another name.
        InputError
            If it was not learned yet.
        """
        require_known(item or self.item, [self.item], kind="frame")
        if self.refusal is not None:
            raise InputError(f"{self.refusal}.")
        found = self.passages[self.passages["guess"].ge(0.5)]
        found = found.assign(text=_texts(self.corpus, found))
        keys = ["article", "start", "end"]
        labels = self.drawn.dropna(subset="label").drop_duplicates(keys)
        found = found.merge(labels[[*keys, "label"]], on=keys, how="left")
        names = ["article", "outlet", "voice", "start", "end", "text", "guess", "label"]
        return found.sort_values("guess", ascending=False, ignore_index=True)[names]

    def next(self, n: int = NEXT) -> Sample:
        """Draw the passages to code next, with those coded so far, in one sheet.

        The first round is drawn evenly from each outlet. Later ones prefer passages of
        which the guess is unsure; no passage has probability zero.

        Parameters
        ----------
        n : int, default 50
            How many, in equal parts from the outlets.

        Returns
        -------
        Sample
            ``sheet`` has the coded passages too, with their labels: fill in the blank
            ones and give the whole sheet to `frame`.

        Raises
        ------
        InputError
            If all passages were drawn.
        """
        rounds = _rounds(self.drawn)
        number = int(rounds.max()) + 1 if len(rounds) else 1
        rng = np.random.default_rng([self.seed, number])
        taken = np.isin(np.arange(len(self.passages)), self.drawn["place"])
        if taken.all():
            raise InputError("all passages were drawn: there is nothing left to code.")
        guess = None if number == 1 else self.passages["guess"].to_numpy()
        outlet = self.passages["outlet"].to_numpy(object)
        names = sorted(set(outlet))
        each = {name: max(round(n / len(names)), 1) for name in names}
        chance = _chance(outlet, guess, taken, each)
        article = pd.factorize(self.passages["article"])[0].astype(np.int64)
        chosen = _systematic(chance, outlet, article, taken, rng)
        rows = self.passages.iloc[chosen]
        now = 1 - (1 - self.passages["probability"].to_numpy()) * (1 - chance)
        new = with_context(rows, self.unit, corpus=self.corpus, passages=rows).assign(
            item=self.item, text=_texts(self.corpus, rows), place=chosen,
            stratum=[f"{name}, round {number}" for name in rows["outlet"]],
            label=None, note=None, coder=None, evidence=None,
        ).iloc[rng.permutation(len(rows))]  # fmt: skip
        both = pd.concat([self.drawn, new], ignore_index=True)
        both["unit"], both["machine"] = self.unit, "no"
        unclear = both["unclear"].fillna(False).astype(bool)
        both["label"] = both["label"].where(~unclear, "cannot tell")
        both["probability"] = now[both["place"].to_numpy(int)]
        letter = {"sentence": "s", "article": "a"}.get(self.unit, "p")
        ids = both.groupby("place", sort=False).ngroup() + 1
        many, width = int(ids.max()), len(str(int(ids.max())))
        both["id"] = [f"{letter}{one:0{width}}of{many}" for one in ids]
        sheet = both[SHEET_COLUMNS]
        table = rows.groupby("outlet", as_index=False).size()
        table = table.rename(columns={"size": "drawn"}).assign(item=self.item)
        table["passages"] = table["outlet"].map(self.passages["outlet"].value_counts())
        how = (
            "evenly" if guess is None else "half evenly, half where the guess is unsure"
        )
        return Sample(
            table=table[["item", "outlet", "passages", "drawn"]],
            sheet=sheet,
            widths=pd.DataFrame(columns=["item", "codes", "width"]),
            counts=_counts(self, self.passages["guess"].ge(0.5).to_numpy()),
            caption=(
                f"{counted(len(new), 'passage')} to code for “{self.item}” (round "
                f"{number}), drawn {how}; {counted(many, 'passage')} in the sheet."
            ),
            notes=(
                "Code the whole passage: yes, no, or “cannot tell”. Rows with a label "
                "were coded before: leave them as they are, the probabilities of later "
                "rounds rest on them.",
            ),
            codebook=self.codebook,
        )


def frame(
    corpus: Corpus | pd.DataFrame | str | Path,
    codes: Codes | None = None,
    *,
    name: str | None = None,
    codebook: Mapping[str, str] | str | Path | None = None,
    unit: str = "sentence",
    voice: str = ALL,
    seed: int = 0,
) -> Frame:
    """Learn a frame of your own from coded passages, and say its share by outlet.

    Name the frame, code what ``next`` draws (100 to 200 passages in all), and give the
    sheet back: from its codes framelens guesses of every passage whether it has the
    frame, says how often the guesses are wrong in each outlet, and corrects their
    share by the codes.

    Parameters
    ----------
    corpus : Corpus, DataFrame or path
    codes : DataFrame, path or list of them, optional
        Sheets of ``frame(...).next()``, filled in with yes and no. Without them
        nothing is learned yet.
    name : str, optional
        What the frame is called: "frame", unless given here or in the codebook.
    codebook : mapping, path or str, optional
        What the frame is, what yes and no mean, and examples, as `framelens.to_code`
        reads it. It goes with every sheet, and is shown by `framelens.coding`.
    unit : {"sentence", "article"}, default "sentence"
        What a passage is. Of long articles all is read, in windows.
    voice : str, default "all"
        Only sentences that stand mostly in this voice, or sum of voices, as "own".
    seed : int, default 0
        Of what is drawn, and of the parts of cross-validation.

    Returns
    -------
    Frame

    Raises
    ------
    UnknownNameError
        If there is no such unit or voice.
    ColumnError, InputError
        As for `framelens.read_codes`; if the sheet is not of this corpus; or if the
        codebook cannot be read or has other labels than yes and no.
    MissingPartError
        If the embedding model is not installed.

    Notes
    -----
    A passage is a vector (all-MiniLM-L6-v2); a logistic regression learns the frame,
    fitted five times, so that each passage is guessed from codes in other articles,
    and shrunk as inner cross-validation has it. Shares are corrected as by
    `framelens.contrast` with codes (design-based supervised learning [1]_). After the
    first round the chance to be drawn is half the same for all and half goes with the
    standard deviation of the guess; the probability of having been drawn in some round
    is what the correction weighs by (guesses of earlier rounds are made again for it).

    References
    ----------
    .. [1] Egami, Hinck, Stewart & Wei (2023), NeurIPS 36.
       https://arxiv.org/abs/2306.04746

    Examples
    --------
    >>> articles = pd.DataFrame({
    ...     "article": ["a", "b"], "outlet": ["Daily", "Herald"],
    ...     "text": ["The plan failed. Who is to blame?", "It rained. It was cold."]})
    >>> own = frame(articles, name="blame")
    >>> print(own.refusal)
    a frame is learned from 10 passages with it and 10 without; so far 0 and 0
    >>> own.next(2).sheet[["outlet", "text", "label"]]
       outlet              text label
    0  Herald        It rained.  None
    1   Daily  The plan failed.  None
    """
    require_known(unit, PASSAGES, kind="kind of passage")
    book = codebook_of(codebook)
    strange = [label for label in book.labels if label not in ("yes", "no", *UNCLEAR)]
    if strange:
        raise InputError(
            f"a frame is there or not, yes or no; the codebook has {listed(strange)}. "
            "Give each of them a frame of its own."
        )
    name = str(name or book.name or "frame")
    read = corpus_of(corpus)
    passages = _passages(read, unit, voice)
    drawn = _drawn(passages, codes, name)
    rounds = _rounds(drawn)
    made = Frame(
        table=pd.DataFrame(columns=TABLE_COLUMNS), accuracy=None, macro_f1=np.nan,
        codes=None, counts=None,
        passages=passages.assign(guess=np.nan, probability=0.0),
        refusal=None, caption="", notes=(), item=name, unit=unit, corpus=read,
        drawn=drawn, seed=seed, codebook=book,
    )  # fmt: skip
    if not len(drawn):
        return _not_learned(made, 0, 0)
    learn = partial(_learned, made, _vectors(read, passages, drawn, rounds))
    probability = np.zeros(len(passages))
    outlet = passages["outlet"].to_numpy(object)
    for number in range(1, int(rounds.max()) + 1):
        here = drawn[rounds == number].drop_duplicates("place")
        earlier = drawn[rounds < number]
        taken = np.isin(np.arange(len(passages)), earlier["place"])
        each = here["outlet"].value_counts().to_dict()
        guess = None if number == 1 else learn(earlier)
        chance = _chance(outlet, guess, taken, each)
        probability = 1 - (1 - probability) * (1 - chance)
    made = replace(made, passages=made.passages.assign(probability=probability))
    guess = learn(drawn)
    each = _each(drawn)
    yes = int(each["code"].ge(0.5).sum())
    if guess is None:
        return _not_learned(made, yes, len(each) - yes)
    made = replace(made, passages=made.passages.assign(guess=guess))
    return _with_shares(made, guess, probability)


def _passages(corpus: Corpus, unit: str, voice: str) -> pd.DataFrame:
    """Give all passages, in the order of the corpus."""
    cut = cut_passages(corpus, unit)
    if voice != ALL:
        spoken = _spoken(corpus, cut)
        require_known(voice, {*spoken.dropna(), *SUMS, ALL}, kind="voice")
        cut = cut[spoken.isin(SUMS.get(voice, (voice,))).to_numpy()]
    cut = cut[cut["end"].gt(cut["start"])].reset_index(drop=True)
    if not len(cut):
        raise InputError("there is no passage to code in these articles.")
    known = corpus.articles.set_index("article")
    for column in ("outlet", "event"):
        values = known[column] if column in known else pd.Series(None, known.index)
        cut[column] = cut["article"].map(values.astype(object)).astype(TEXT)
    cut["outlet"] = cut["outlet"].fillna(NO_OUTLET)
    return cut.assign(voice=voice)


def _spoken(corpus: Corpus, cut: pd.DataFrame) -> pd.Series:
    """Give the voice in which most of each passage stands."""
    found = []
    spans = dict(list(corpus.voices.groupby("article")))
    for article, rows in cut.groupby("article", sort=False):
        mine = spans.get(article)
        if mine is None:
            continue
        start, end = rows["start"].to_numpy()[:, None], rows["end"].to_numpy()[:, None]
        first, last = mine["start"].to_numpy(), mine["end"].to_numpy()
        inside = np.maximum(np.minimum(end, last) - np.maximum(start, first), 0)
        kinds = sorted(set(mine["voice"]))
        of = np.array([[kind == one for kind in kinds] for one in mine["voice"]])
        most = (inside @ of).argmax(axis=1)
        found.append(pd.Series([kinds[one] for one in most], rows.index))
    return pd.concat(found).reindex(cut.index)


def _texts(corpus: Corpus, rows: pd.DataFrame) -> list[str]:
    """Give the text of passages."""
    texts = corpus.articles.set_index("article")["text"]
    where = zip(rows["article"], rows["start"], rows["end"], strict=True)
    return [texts[article][start:end] for article, start, end in where]


def _vectors(
    corpus: Corpus, passages: pd.DataFrame, drawn: pd.DataFrame, rounds: np.ndarray
) -> Any:
    """Embed the passages, once, when there is something to learn."""
    from framelens.annotate.embeddings import embed

    enough = min(_sizes(_each(drawn))) >= FEWEST or (rounds > 1).any()
    return embed(_texts(corpus, passages)) if enough else None


def _drawn(passages: pd.DataFrame, codes: Codes | None, name: str) -> pd.DataFrame:
    """Read codes, and find the passages they are of."""
    columns = [*SHEET_COLUMNS, "unclear", "elsewhere", "place"]
    if codes is None:
        return pd.DataFrame(columns=columns)
    rows = read_codes(codes)
    rows = rows[rows["item"].eq(name)]
    if not len(rows):
        raise InputError(f"the sheet has no code of {name!r}; say which with name=.")
    use = "use the corpus, unit and voice that the sheet was drawn from"
    place = places_of(passages, rows, keys=["article"], use=use)
    if rows["stratum"].str.extract(ROUND)[0].isna().any():
        raise InputError(
            "the sheet was not drawn by frame(...).next(), so that nobody knows how "
            "probable each passage was; code what that draws."
        )
    known = ["outlet", "start", "end"]
    of = passages[known].iloc[place].set_index(rows.index)
    return rows.assign(place=place, **of)


def _rounds(drawn: pd.DataFrame) -> Whole:
    """Give the round in which each row was drawn."""
    if not len(drawn):
        return np.zeros(0, dtype=np.int64)
    rounds: Whole = drawn["stratum"].str.extract(ROUND)[0].to_numpy(np.int64)
    return rounds


def _each(drawn: pd.DataFrame) -> pd.DataFrame:
    """Give each coded passage its one code."""
    if not len(drawn) or drawn["label"].isna().all():
        return pd.DataFrame({"code": [], "place": []})
    return one_code_each(drawn)


def _sizes(each: pd.DataFrame) -> tuple[int, int]:
    """Count passages with the frame and without."""
    yes = int(each["code"].ge(0.5).sum())
    return yes, len(each) - yes


def _learned(made: Frame, vectors: Any, drawn: pd.DataFrame) -> Floats | None:
    """Guess every passage from some codes; None where they are too few."""
    each = _each(drawn)
    if vectors is None or min(_sizes(each)) < FEWEST:
        return None
    article = pd.factorize(made.passages["article"])[0].astype(np.int64)
    place = each["place"].to_numpy(np.int64)
    return guessed(
        vectors, article, place, each["code"].ge(0.5).to_numpy(), seed=made.seed
    )


def _chance(
    outlet: np.ndarray, guess: Floats | None, taken: np.ndarray, each: dict[str, int]
) -> Floats:
    """Give the probability of each passage in one round, were it not taken yet."""
    chance = np.zeros(len(outlet))
    for name, number in each.items():
        here = outlet == name
        size = np.ones(int(here.sum()))
        if guess is not None and not np.isnan(guess[here]).any():
            unsure = np.sqrt(guess[here] * (1 - guess[here])) + 1e-9
            size = UNIFORM + (1 - UNIFORM) * unsure / unsure.mean()
        chance[here] = np.minimum(_scale(size[~taken[here]], number) * size, 1.0)
    return chance


def _scale(size: Floats, number: int) -> float:
    """Give what sizes are multiplied by so that, none above 1, they add up to a number.

    >>> float(_scale(np.array([1.0, 1.0, 8.0]), 2))
    0.5
    """
    if number >= len(size):
        return np.inf
    largest = np.sort(size)[::-1]
    rest = np.cumsum(largest[::-1])[::-1]  # of those from each place on
    scale = (number - np.arange(number)) / rest[:number]
    return float(scale[scale * largest[:number] <= 1][0])


def _systematic(
    chance: Floats,
    outlet: np.ndarray,
    article: Whole,
    taken: np.ndarray,
    rng: np.random.Generator,
) -> Whole:
    """Draw passages with their probabilities, spread over the articles: places.

    Articles come in random order: in that of the corpus there may be a rhythm, and what
    is drawn in step with it is further from the truth than its interval says.
    """
    chosen = []
    order = rng.permutation(int(article.max()) + 1)[article]
    for name in sorted(set(outlet)):
        place = np.flatnonzero((outlet == name) & ~taken)
        place = place[np.argsort(order[place], kind="stable")]
        edge = np.round(np.cumsum(chance[place]), 9) + rng.random()
        before = np.concatenate([edge[:1] - chance[place[:1]], edge[:-1]])
        chosen.append(place[np.floor(edge) > np.floor(before)])
    return np.concatenate(chosen).astype(np.int64)


def _counts(made: Frame, said: np.ndarray) -> PassageCounts:
    """Count the passages with the frame, of all passages of each article."""
    keys = ["event", "outlet", "article", "voice"]
    rows = made.passages.assign(
        outlet=made.passages["outlet"].where(made.passages["outlet"].ne(NO_OUTLET)),
        item=made.item,
    )
    n = rows.groupby(keys, dropna=False, sort=False).size().rename("n").reset_index()
    k = rows[said].groupby([*keys, "item"], dropna=False, sort=False).size()
    return PassageCounts(
        k.rename("k").reset_index()[COUNT_COLUMNS],
        n[TOTAL_COLUMNS],
        measure="frame",
        unit=PASSAGES[made.unit],
        find=partial(_find, places=made.passages[said]),
        corpus=made.corpus,
    )


def _find(corpus: Corpus, item: str, *, places: pd.DataFrame) -> pd.DataFrame:  # noqa: ARG001
    """Give the passages in which the frame was guessed."""
    mine = places[places["article"].isin(corpus.articles["article"])]
    mine = mine.assign(text=_texts(corpus, mine))
    return mine[["article", "outlet", "voice", "start", "end", "text"]]


def _with_shares(made: Frame, guess: Floats, probability: Floats) -> Frame:
    """Correct the shares, and say how often the guesses are right."""
    said = guess >= 0.5
    place = made.drawn["place"].to_numpy(np.int64)
    sheet = made.drawn.assign(
        machine=said[place], elsewhere=False, probability=probability[place]
    )
    counts = _counts(made, said)
    each = one_code_each(sheet)
    each["probability"] = coding_weights(sheet, each)
    unclear = int(sheet.loc[~sheet["id"].isin(each["id"]), "unclear"].sum())
    coded = Coded(counts, each, str(made.passages["voice"].iloc[0]), unclear)
    off = off_of(coded)
    off["low"], off["high"] = (off["machine"] - off[f"off_{end}"]
                               for end in ("high", "low"))  # fmt: skip
    sizes = made.passages["outlet"].value_counts()
    table = off.assign(passages=off["outlet"].map(sizes))[TABLE_COLUMNS]
    codes = sheet.assign(machine=np.where(sheet["machine"], "yes", "no"))
    codes["label"] = codes["label"].where(~sheet["unclear"].astype(bool), "cannot tell")
    found = accuracy(codes[SHEET_COLUMNS])
    weight = 1 / each["probability"].to_numpy(float)
    macro = _macro(each["machine"].to_numpy(bool), each["code"].to_numpy(), weight)
    plain = max(
        _macro(np.full(len(each), one), each["code"].to_numpy(), weight)
        for one in (True, False)
    )
    return replace(
        made,
        table=table,
        accuracy=found,
        macro_f1=macro,
        codes=codes[SHEET_COLUMNS],
        counts=counts,
        caption=(
            f"“{made.item}”: share of {PASSAGES[made.unit]} by outlet, guessed from "
            f"{counted(len(each), 'code')} and corrected by them; 95 % intervals, of "
            "these articles."
        ),
        notes=(
            f"The guesses have a macro F1 of {macro:.2f} (the same label always: "
            f"{plain:.2f}), each made from codes in other articles "
            f"({FOLDS} parts). A poor guess costs width, not correctness.",
            *found.notes,
            *coded.notes()[1:],
        ),
    )


def _macro(said: np.ndarray, code: Floats, weight: Floats) -> float:
    """Give the mean of F1 of both labels, weighted."""
    parts = []
    for machine, truth in ((said, code), (~said, 1 - code)):
        both = (weight * machine * truth).sum()
        whole = (weight * (machine + truth)).sum() / 2
        parts.append(both / whole if whole > 0 else 0.0)
    return float(np.mean(parts))


def _not_learned(made: Frame, yes: int, no: int) -> Frame:
    """Say what is still needed."""
    sizes = made.passages["outlet"].value_counts().sort_index()
    table = pd.DataFrame(
        {"item": made.item, "outlet": sizes.index, "passages": sizes.to_numpy()}
    ).reindex(columns=TABLE_COLUMNS)
    many = counted(len(made.passages), "passage")
    return replace(
        made,
        table=table,
        refusal=(
            f"a frame is learned from {FEWEST} passages with it and {FEWEST} without; "
            f"so far {yes:,} and {no:,}"
        ),
        caption=f"“{made.item}”: {many}, of which nothing was guessed yet.",
        notes=("Code what .next() draws, and give its sheet back.",),
    )
