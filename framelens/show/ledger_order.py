"""The orders of a ledger: chosen by the reader of a page, without any script.

Each row carries its rank in every order as a number of its style, and a style sheet
lets the chosen order decide. Where a page strips styles, as notebooks that are not
trusted do, the choice is hidden and the rows are as they were given.
"""

from __future__ import annotations

import pandas as pd

from framelens.show.text import escape

ORDERS = {
    "place": "as given",
    "outlet": "outlet",
    "speaker": "speaker",
    "affiliation": "affiliation",
    "cue": "class of the cue",
    "kind": "kind",
    "words": "most words",
    "position": "position",
}
"""The orders, by name, and what they are called on the page."""

_COLUMNS = {"cue": "cue_class", "speaker": "actor"}

_STYLE = """
@supports selector(:has(a)) and (grid-template-columns: subgrid) {
#ID fieldset { display: flex; flex-wrap: wrap; gap: .2rem 1rem; border: 0; margin: 0;
  padding: .3rem 0; font-size: .9em; }
#ID legend { float: left; padding: 0; font-weight: 600; }
#ID label { white-space: nowrap; cursor: pointer; }
#ID input { margin: 0 .3em 0 0; vertical-align: baseline; }
#ID table { display: grid; width: 100%; max-width: none; table-layout: auto;
  grid-template-columns: auto fit-content(6.5rem) fit-content(8rem) fit-content(7rem)
  fit-content(7.5rem) minmax(14rem, 1fr) fit-content(5rem) auto auto; }
#ID thead, #ID tbody, #ID tr { display: grid; grid-column: 1 / -1;
  grid-template-columns: subgrid; }
#ID caption { display: block; grid-column: 1 / -1; }
#ID th, #ID td { display: block; overflow-wrap: break-word; max-width: none; }
#ID tbody tr { order: var(--place); }
ORDERED@media (max-width: 52rem) {
  #ID table { grid-template-columns: auto repeat(6, 1fr); }
  #ID thead { display: none; }
  #ID tbody tr { padding: .5rem 0; border-bottom: 1px solid #bbb; }
  #ID tbody th, #ID tbody td { border: 0; padding: .1rem .6rem .1rem 0; }
  #ID tbody th { grid-row: 1 / span 5; }
  #ID tbody td { grid-column-end: span 3; }
  #ID td:nth-child(6) { grid-column: 2 / -1; }
  #ID td:nth-child(8)::before { content: "words: "; }
  #ID td:nth-child(9)::before { content: "at "; }
  #ID td:nth-child(n+7) { grid-column-end: span 2; text-align: left !important; }
}
#ID details { border: 0; }
#ID summary { padding: 0; font-weight: 400; cursor: pointer; }
#ID details > p { margin: .4rem 0 .2rem; }
}
"""


def ranks(ledger: pd.DataFrame) -> pd.DataFrame:
    """Give every row of a ledger its rank in each of `ORDERS`.

    Parameters
    ----------
    ledger : DataFrame
        ``outlet, actor, affiliation, cue_class, kind, words, position``.

    Returns
    -------
    DataFrame
        Whole numbers from 0, one column per order; ties keep the order given, most
        words come first, and what is missing comes last.

    Examples
    --------
    >>> import pandas as pd
    >>> names = ["outlet", "affiliation", "cue_class", "kind", "position"]
    >>> ledger = pd.DataFrame({"actor": ["Roe", None, "Doe"], "words": [3, 9, 3]})
    >>> ranks(ledger.assign(**dict.fromkeys(names, "a")))[["speaker", "words"]].T
             0  1  2
    speaker  1  2  0
    words    1  0  1
    """
    order = {"place": list(range(len(ledger)))}
    for name in list(ORDERS)[1:]:
        column = ledger[_COLUMNS.get(name, name)]
        if name not in {"words", "position"}:
            column = column.astype("string").str.casefold()
        rank = column.rank(
            method="dense", ascending=name != "words", na_option="bottom"
        )
        order[name] = (rank - 1).astype("int64").tolist()
    return pd.DataFrame(order, index=ledger.index)


def numbers_of(row: tuple[int, ...]) -> str:
    """Give the ranks of one row as a style.

    Examples
    --------
    >>> numbers_of((4, 0, 1, 1, 0, 2, 7, 3))[:24]
    '--place:4;--outlet:0;--s'
    """
    return ";".join(f"--{name}:{rank}" for name, rank in zip(ORDERS, row, strict=True))


def choice(identifier: str) -> str:
    """Give the choice of orders, and the style sheet that obeys it.

    Parameters
    ----------
    identifier : str
        Of the element that holds the choice and the table.

    Returns
    -------
    str
        HTML.
    """
    ordered = "".join(
        f"#ID:has(.by-{name}:checked) tbody tr {{ order: var(--{name}); }}\n"
        for name in ORDERS
    )
    style = _STYLE.replace("ORDERED", ordered).replace("#ID", f"#{identifier}")
    choices = "".join(
        f'<label><input type="radio" name="{identifier}" class="by-{name}"'
        f"{' checked' if name == 'place' else ''}>{escape(called)}</label>"
        for name, called in ORDERS.items()
    )
    return (
        f"<style>{style}</style>"
        f'<fieldset hidden="hidden"><legend>Order:</legend>{choices}</fieldset>'
    )
