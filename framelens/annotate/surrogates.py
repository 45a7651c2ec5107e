"""Surrogates: halves of characters, which other programs do not take."""

from __future__ import annotations

import re

_SURROGATE = re.compile("[\ud800-\udfff]")


def without_surrogates(text: str) -> str:
    r"""Put the replacement character for each half of a surrogate pair.

    Such halves come from JSON; models and tables hold whole characters only. The
    length, and so every offset, stays the same.

    Returns
    -------
    str

    Examples
    --------
    >>> without_surrogates("a\ud800b") == "a\ufffdb"
    True
    """
    return _SURROGATE.sub("\ufffd", text)
