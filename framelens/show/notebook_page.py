"""A page in a notebook that talks to the kernel: what those of the house share."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from framelens._checks import FramelensError, MissingPartError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


@cache
def page_class(name: str) -> Any:
    """Give the class of a page, made of the script and style of its name.

    Its ``state`` has all that it shows, as data: no part of it is HTML. ``picture`` is
    an image as a data address, apart, so that it is sent only when it changes.
    """
    try:
        base, unicode_, dict_ = (
            import_module("anywidget").AnyWidget,
            import_module("traitlets").Unicode,
            import_module("traitlets").Dict,
        )
    except ModuleNotFoundError:
        raise MissingPartError(
            "this page needs the package anywidget: pip install anywidget"
        ) from None
    folder = files("framelens.show")
    parts = {
        trait: unicode_(
            "\n".join(
                folder.joinpath(f"{part}.{ending}").read_text(encoding="utf-8")
                for part in ("page", name)
            )
        ).tag(sync=True)
        for trait, ending in (("_esm", "js"), ("_css", "css"))
    }
    parts |= {"state": dict_().tag(sync=True), "picture": unicode_("").tag(sync=True)}
    return type(f"{name.capitalize()}Page", (base,), parts)


def answer_wishes(
    widget: Any,
    obey: Callable[[Mapping[str, Any]], str],
    show: Callable[[str, Any, str | None], None],
    path: Path | None,
) -> None:
    """Let a page's wishes be obeyed, and show it what was done or went wrong.

    ``show(said, number, error)`` renews the page; `path` is the file that is written.
    """

    def heard(_: Any, message: Any, __: Any = None) -> None:
        number = message.get("number") if isinstance(message, dict) else None
        try:
            said = obey(message)
        except (
            FramelensError,
            OSError,
            TypeError,
            ValueError,
            LookupError,
            AttributeError,
        ) as error:
            reason = str(error) or type(error).__name__
            if isinstance(error, OSError) and path is not None:
                reason = f"not saved: {error.strerror or reason} ({path.name})"
            show("", number, reason)
        else:
            show(said, number, None)

    widget.on_msg(heard)


def in_a_notebook() -> bool:
    """Say whether a kernel runs this, to which a page can talk."""
    try:
        from IPython.core.getipython import get_ipython
    except ModuleNotFoundError:
        return False
    return hasattr(get_ipython(), "kernel") and find_spec("anywidget") is not None


def with_page(made: dict[str, Any], widget: Callable[[], Any]) -> dict[str, Any]:
    """Add the page to the other forms of a thing, where there is a kernel."""
    if in_a_notebook():
        made = widget()._repr_mimebundle_()[0] | made
    return made
