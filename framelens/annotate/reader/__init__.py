"""The reader: a small trained model, run window by window over texts of any length.

One pass gives, for every token, whether it is part of a source, a cue or a content,
how these belong together, and how the text treats whom the token names. Heads in
files of their own read its hidden states.
"""

from __future__ import annotations

from framelens.annotate.reader.model import Reader, Told, load_reader
from framelens.annotate.reader.windows import LONGEST, Window, windows

__all__ = ["LONGEST", "Reader", "Told", "Window", "load_reader", "windows"]
