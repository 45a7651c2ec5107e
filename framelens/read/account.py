"""The account of a reading: what an analyst should know before anything is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from framelens._wording import counted
from framelens.read.damage import KINDS, MOST_LOOKED_AT, language_of
from framelens.read.source import listed, shown

if TYPE_CHECKING:
    from framelens.read.reading import Reading

SHOWN_DROPS = 10
"""Dropped articles that an account names one by one."""

SHOWN_NOTES = 8
"""Notes that an account gives one by one."""

FOR_TEST, FOR_INTERVAL, FOR_EVENTS = 5, 12, 8
"""Articles a side that a test and an interval need, and shared events from which on
events are compared: as `framelens.compare` has them; a test holds them together."""

_UNLIKE, _LEAST = 0.1, 3
"""By how much the share of damaged texts must differ between outlets, and how many
texts it must concern, to be warned of."""


def account_of(reading: Reading) -> str:
    """Say in a few lines what was kept, dropped, guessed, missing and damaged."""
    articles, dropped = reading.articles, reading.dropped
    own = [str(name) for name in articles.columns if name not in _CONTRACT]
    lines = [
        f"{counted(len(articles), 'article')} kept from {reading.source}; "
        f"{len(dropped) or 'none'} dropped.",
        *lines_of(dropped, "Dropped", limit=SHOWN_DROPS),
        _named(articles, "outlet"),
        _named(articles, "event"),
        _dates(articles["date"]),
        _named(articles, "language"),
        _named(articles, "genre"),
        _lengths(reading.looked_at["text"]),
        *([f"Other columns kept: {listed(own)}."] if own else []),
        *damage_lines(articles, reading.looked_at, reading.damage),
        *lines_of(_together(reading.remarks), "Note", limit=SHOWN_NOTES),
        *_allows(articles),
    ]
    return "\n".join(lines)


_CONTRACT = (
    *("article", "outlet", "event", "date", "title", "text", "url", "language"),
    *("genre", "group"),
)


def by_outlet(reading: Reading) -> pd.DataFrame:
    """Give one row an outlet: articles kept and dropped, days, lengths, damage."""
    articles = reading.articles
    looked = reading.looked_at
    languages = looked["text"].map(language_of)
    damage = reading.damage
    kinds = [kind for kind in KINDS if kind in set(damage["kind"])]
    rows: list[dict[str, Any]] = []
    for name, group in articles.groupby(articles["outlet"].fillna("(none)")):
        seen = looked["outlet"].fillna("(none)").eq(name)
        days = group["date"].dropna()
        words = looked["text"][seen].str.count(r"\S+")
        spoken = languages[seen].dropna().value_counts()
        damaged = damage[damage["outlet"].fillna("(none)").eq(name)]
        rows.append(
            {
                "outlet": shown(name),
                "kept": len(group),
                "dropped": reading.lost.get(str(name), 0),
                "from": days.min() if len(days) else None,
                "to": days.max() if len(days) else None,
                "median words": int(words.median()),
                "languages": ", ".join(f"{code} {k:,}" for code, k in spoken.items()),
                "looked at": int(seen.sum()),
                **{kind: int(damaged["kind"].eq(kind).sum()) for kind in kinds},
            }
        )
    return pd.DataFrame(rows).sort_values("kept", ascending=False, ignore_index=True)


def lines_of(
    remarks: pd.DataFrame, head: str, *, limit: int | None = None
) -> list[str]:
    """One line for each remark; beyond `limit` only how many more there are."""
    limit = len(remarks) if limit is None else limit
    lines = [
        f"{head}: {shown(where, limit=120)}: {shown(what, limit=240)}."
        for where, what in remarks.head(limit).itertuples(index=False)
    ]
    more = len(remarks) - limit
    return lines if more <= 0 else [*lines, f"{head}: {more:,} more."]


def _together(remarks: pd.DataFrame) -> pd.DataFrame:
    """Name the places of one note in one line."""
    places = remarks.groupby("note", sort=False)["where"].unique()
    rows = [(listed(list(where), limit=3), note) for note, where in places.items()]
    return pd.DataFrame(rows, columns=["where", "note"], dtype=object)


def damage_lines(
    articles: pd.DataFrame, looked: pd.DataFrame, damage: pd.DataFrame
) -> list[str]:
    """Say of each kind of damage how many texts of which outlets have it."""
    if damage.empty:
        return []
    sizes = looked["outlet"].fillna("(none)").value_counts()
    lines = []
    for kind, what in KINDS.items():
        rows = damage[damage["kind"].eq(kind)]
        if rows.empty:
            continue
        counts = rows["outlet"].fillna("(none)").value_counts()
        named = [
            f"{shown(name)} {k:,} of {sizes[str(name)]:,}" for name, k in counts.items()
        ]
        shown_as = shown(rows["found"].iloc[0], limit=40)
        verb = "text has" if len(rows) == 1 else "texts have"
        lines.append(
            f"Damage: {len(rows):,} {verb} {what}, such as “{shown_as}”: "
            f"{listed(named)}."
        )
        if _unlike(counts, sizes):
            lines.append(
                f"Warning: outlets differ in it ({kind}), which can look like a "
                f"difference between them; {_advice(kind)}."
            )
    if len(looked) < len(articles):
        lines.append(
            f"Damage was looked for in {len(looked):,} articles, at most "
            f"{MOST_LOOKED_AT:,} an outlet."
        )
    return lines


def unlike_damage(reading: Reading, articles: pd.Series[str]) -> tuple[str, ...]:
    """Say in one sentence in which damage the outlets of some articles are unlike."""
    looked = reading.looked_at
    here = looked[looked["article"].isin(articles)]
    sizes = here["outlet"].value_counts()
    damage = reading.damage
    damage = damage[damage["article"].isin(here["article"])]
    found = []
    for kind, what in KINDS.items():
        counts = damage[damage["kind"].eq(kind)]["outlet"].value_counts()
        if _unlike(counts, sizes):
            shares = [
                f"{counts.get(one, 0):,} of {size:,} texts of {shown(one)}"
                for one, size in sizes.items()
            ]
            found.append(f"{what} in {listed(shares, limit=4)} ({_advice(kind)})")
    if not found:
        return ()
    return (f"The texts are not damaged alike, which can pass for a difference: "
            f"{'; '.join(found)}.",)  # fmt: skip


def _advice(kind: str) -> str:
    if kind in ("page", "shell", "copy", "truncated", "language"):
        return "leave those articles out: reading.damage lists them"
    if kind == "capitals":
        return "read those articles: reading.damage lists them"
    return "read_corpus(..., repair=True) repairs it"


def _unlike(counts: pd.Series[int], sizes: pd.Series[int]) -> bool:
    """Whether one outlet has clearly more of a damage than another."""
    if len(sizes) < 2 or counts.sum() < _LEAST:
        return False
    shares = counts.reindex(sizes.index, fill_value=0) / sizes
    return bool(shares.max() - shares.min() > _UNLIKE)


def _allows(articles: pd.DataFrame) -> list[str]:
    """Say which comparisons the numbers of articles allow, and the next step."""
    sizes = articles["outlet"].dropna().value_counts()
    if len(sizes) < 2:
        if sizes.empty:
            return ["Allows: no comparison, since no outlet is given: add a column."]
        missing = "there is one outlet: give articles of another"
        return [f"Allows: no comparison, since {missing}."]
    first, second = sizes.index[:2]
    pair = f"{shown(first)} and {shown(second)}"
    least = int(sizes.iloc[1])
    shared = _shared_events(articles, [first, second])
    if least >= FOR_INTERVAL or shared >= FOR_EVENTS:
        what = f"tests and intervals, as of {pair}: contrast(corpus, ...)"
    elif least >= FOR_TEST:
        what = (
            f"tests, as of {pair}, but no interval: {FOR_INTERVAL} articles of each "
            "outlet would do"
        )
    else:
        what = (
            f"sentences to read side by side, no test: {FOR_TEST} articles of each "
            "outlet would do"
        )
    return [f"Allows: {what}."]


def _shared_events(articles: pd.DataFrame, outlets: list[str]) -> int:
    events = [
        set(articles[articles["outlet"].eq(one)]["event"].dropna()) for one in outlets
    ]
    return len(set.intersection(*events))


def _named(articles: pd.DataFrame, column: str) -> str:
    """Count the values of `column`, most frequent first, and how many are missing."""
    values = articles[column].dropna()
    missing = len(articles) - len(values)
    if values.empty:
        return f"{column.capitalize()}s: none given."
    counts = (
        values.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    )
    names = listed([f"{shown(name)} {count:,}" for name, count in counts.items()])
    end = f"; missing in {missing:,}." if missing else "."
    return f"{column.capitalize()}s ({len(counts):,}): {names}{end}"


def _dates(dates: pd.Series[str]) -> str:
    given = dates.dropna()
    if given.empty:
        return "Dates: none given."
    first, last = given.min(), given.max()
    span = first if first == last else f"{first} to {last}"
    missing = len(dates) - len(given)
    end = f"; missing in {missing:,}." if missing else "."
    return f"Dates: given for {len(given):,} ({span}){end}"


def _lengths(texts: pd.Series[str]) -> str:
    words = texts.str.count(r"\S+")
    low, middle, high = int(words.min()), int(words.median()), int(words.max())
    return f"Words of an article: {low:,} to {high:,}, median {middle:,}."
