"""The pair of outlets that a report compares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from framelens._checks import InputError, require_known
from framelens._wording import GENRES, counted
from framelens.show.documents import FLOOR
from framelens.show.text import plain

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Pair:
    """Two outlets that a report compares, and the articles that it rests on."""

    target: str
    baseline: str
    articles: pd.DataFrame

    def side(self, outlet: str) -> pd.DataFrame:
        """Give the articles of one of the two."""
        return self.articles[self.articles["outlet"] == outlet]

    def described(self, outlet: str) -> str:
        """Say what there is of one of the two, as "1 comment piece of Daily"."""
        kinds = [
            counted(int(number), *GENRES.get(str(kind), (f"{plain(kind)} article",)))
            for kind, number in self.side(outlet)["genre"]
            .fillna("")
            .value_counts()
            .items()
        ]
        return f"{' and '.join(kinds) or 'no article'} of {plain(outlet)}"

    @property
    def confounded(self) -> bool:
        """Whether what differs by outlet may be due to the genre."""
        first, second = (set(self.side(name)["genre"].dropna()) for name in self.names)
        return bool(first and second) and not first & second

    @property
    def too_small(self) -> str:
        """Why these articles carry no test; empty where they may."""
        numbers = [len(self.side(name)) for name in self.names]
        if min(numbers) >= FLOOR:
            return ""
        both = " and ".join(map(str, numbers))
        return (
            f"A test needs at least {FLOOR} articles of each outlet; here are {both}: "
            "enough to read side by side, without intervals and p-values."
        )

    @property
    def names(self) -> tuple[str, str]:
        """Target and baseline."""
        return self.target, self.baseline


def choose_pair(
    articles: pd.DataFrame, target: str | None, baseline: str | None
) -> Pair | None:
    """Choose two outlets: those named, or with most articles on a shared event."""
    if target is None and baseline is None:
        two = _default_pair(articles)
        if two is None:
            return None
        target, baseline = two
    if target is None or baseline is None or target == baseline:
        raise InputError(
            "name two different outlets, as target and as baseline, or none."
        )
    for outlet in (target, baseline):
        require_known(outlet, articles["outlet"].dropna(), kind="outlet")
    return Pair(target, baseline, _shared(articles, target, baseline))


def _default_pair(articles: pd.DataFrame) -> tuple[str, str] | None:
    """Give the two outlets with most articles on the largest event of several.

    Where no event is stated at all, of all articles: the only two, or two that have
    enough articles for a test.
    """
    if articles["event"].isna().all():
        sizes = articles["outlet"].dropna().value_counts().sort_index()
        two = sizes.sort_values(ascending=False, kind="stable").index[:2]
        enough = len(sizes) == 2 or (len(two) == 2 and sizes[two].min() >= FLOOR)
        return (str(two[0]), str(two[1])) if enough else None
    stated = articles.dropna(subset=["event", "outlet"])
    outlets = stated.groupby("event", sort=False)["outlet"].nunique()
    events = outlets.index[outlets >= 2]
    if events.empty:
        return None
    sizes = stated[stated["event"].isin(events)].groupby("event", sort=False).size()
    inside = stated[stated["event"] == sizes.idxmax()]
    counts = inside.groupby("outlet", sort=False).size()
    two = counts.sort_values(ascending=False, kind="stable").index[:2]
    return str(two[0]), str(two[1])


def _shared(articles: pd.DataFrame, target: str, baseline: str) -> pd.DataFrame:
    """Give the articles of both outlets on the events that both cover."""
    both = articles[articles["outlet"].isin([target, baseline])]
    if both["event"].isna().all():
        return both
    outlets = both.groupby("event")["outlet"].nunique()
    return both[both["event"].isin(outlets.index[outlets == 2])]
