"""The repository itself: nothing in it that should not be, and all of it in step."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import framelens

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
BIGGEST = 5 * 2**20  # bytes of any file but a model

# Spelled in pieces, so that this file does not hold them.
MACHINE = "|".join("/" + name for name in ("work", "root", "tmp", r"home/\w+", "Users"))
REGISTRIES = ["pypi" + ".org", "python" + "hosted", "npm" + "js", "deb." + "debian"]


def git(*arguments: str) -> str:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git clone")
    command = ["git", "-c", "core.quotePath=off", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def files() -> list[Path]:
    """Every file that is, or could be, committed."""
    names = git("ls-files", "--cached", "--others", "--exclude-standard").splitlines()
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    """Name and text of every file of ours that is text."""
    given = ROOT / "data" / "articles"
    return [
        (str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
        for path in files()
        if path.parent != given and b"\0" not in path.read_bytes()
    ]


def documents() -> list[Path]:
    """Every Markdown document of ours."""
    return sorted(p for f in ("", "data", "notebooks") for p in (ROOT / f).glob("*.md"))


def locked(name: str = "requirements.txt") -> dict[str, tuple[Requirement, int]]:
    """The packages of a lock: what is pinned, and by how many hashes."""
    lock = (ROOT / name).read_text(encoding="utf-8")
    found = {}
    for line in lock.replace("\\\n", " ").splitlines():
        pin, *hashes = line.split(" --hash=sha256:")
        requirement = Requirement(pin.strip())
        found[canonicalize_name(requirement.name)] = (requirement, len(hashes))
    return found


def test_nothing_names_a_path_of_a_machine():
    path = re.compile(rf"(?<![\w.:/~\]])(?:{MACHINE})/[\w.]")
    found = {name: path.findall(text) for name, text in texts() if path.search(text)}
    assert not found


def test_nothing_names_a_package_registry():
    found = [(n, r) for n, text in texts() for r in REGISTRIES if r in text]
    assert not found


def test_nothing_is_committed_that_is_made():
    made = re.compile(r"(^|/)(\.venv|reports|__pycache__|\.ipynb_checkpoints)/")
    assert not [name for name in git("ls-files").splitlines() if made.search(name)]


@pytest.mark.parametrize(
    "made", [".venv/x", "reports/index.html", "a/__pycache__/b.pyc"]
)
def test_what_is_made_is_ignored(made):
    assert git("check-ignore", made).strip() == made


def test_no_file_is_too_big():
    models = ROOT / "framelens" / "models"
    big = [p for p in files() if p.parent != models and p.stat().st_size > BIGGEST]
    assert not big


def test_the_articles_are_as_they_came():
    codebook = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    articles = sorted((ROOT / "data" / "articles").iterdir())
    assert len(articles) == 4
    for path in articles:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        row = next(row for row in codebook.splitlines() if digest in row)
        assert path.name in row


def test_git_keeps_the_articles_as_they_are():
    names = [f"data/articles/{p.name}" for p in (ROOT / "data" / "articles").iterdir()]
    attributes = git("check-attr", "text", "eol", "--", *names).splitlines()
    assert all(line.endswith(("text: unset", "eol: unset")) for line in attributes)
    for name in set(names) & set(git("ls-files").splitlines()):
        stored = ["git", "cat-file", "--filters", f":{name}"]
        done = subprocess.run(stored, cwd=ROOT, capture_output=True, check=True)
        assert done.stdout == (ROOT / name).read_bytes()


def test_the_models_are_those_that_are_described():
    described = (ROOT / "MODELS.md").read_text(encoding="utf-8")
    for path in (ROOT / "framelens" / "models").glob("*.[jo]*"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in described, path.name


LOCKS = {
    "requirements.txt": [PROJECT["project"]["dependencies"], EXTRAS["notebooks"]],
    "requirements-dev.txt": [EXTRAS["dev"]],
    "training/requirements.txt": [EXTRAS["training"]],
}


def test_the_locks_pin_every_dependency():
    assert set(EXTRAS) == {"notebooks", "dev", "cluster", "training"}
    for name, parts in LOCKS.items():
        lock = locked(name)
        for wanted in (Requirement(one) for part in parts for one in part):
            pinned, _ = lock[canonicalize_name(wanted.name)]
            version = str(pinned.specifier).removeprefix("==")
            assert wanted.specifier.contains(version), f"{wanted} is {version} there"


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_is_exact_and_hashed(name):
    for pinned, hashes in locked(name).values():
        assert re.fullmatch(r"==[^,*]+", str(pinned.specifier)), pinned
        assert hashes, pinned


def test_the_locks_are_complete_and_share_nothing():
    """Nothing is resolved on installing, so what a package needs must be in them."""
    users, developers = locked(), locked("requirements-dev.txt")
    assert not set(users) & set(developers)
    for lock, found in ((users, users), (developers, {**users, **developers})):
        for name in lock:
            try:
                needs = importlib.metadata.requires(name) or []
            except importlib.metadata.PackageNotFoundError:
                continue  # for another platform
            for needed in map(Requirement, needs):
                if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                    assert canonicalize_name(needed.name) in found, f"{name}: {needed}"


def test_what_is_installed_is_what_is_locked():
    both = {**locked(), **locked("requirements-dev.txt")}
    for name, (pinned, _) in both.items():
        if pinned.marker is None or pinned.marker.evaluate():
            version = str(pinned.specifier).removeprefix("==")
            assert importlib.metadata.version(name) == version, name


def test_one_version_everywhere():
    version = framelens.__version__
    assert PROJECT["project"]["version"] == version
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(rf"^version: {re.escape(version)}$", citation, re.MULTILINE)
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## \[(\d[^\]]*)\]", changes, re.MULTILINE)[0] == version


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path):
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text("utf-8"), flags=re.DOTALL)
    links = [x for x in re.findall(r"\]\(([^)#\s]+)", prose) if "://" not in x]
    assert not [link for link in links if not (path.parent / link).exists()]


@pytest.mark.parametrize(
    "check",
    [
        ["ruff", "check"],
        ["ruff", "format", "--check"],
        pytest.param(["mypy"], marks=pytest.mark.long),
    ],
    ids=" ".join,
)
def test_the_code_keeps_its_habits(check):
    """What mypy found of unchanged modules it keeps in .mypy_cache, as by hand."""
    command = [sys.executable, "-m", *check]
    environment = {**os.environ, "RUFF_NO_CACHE": "true"}
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.long
def test_the_wheel_carries_models_and_command(tmp_path):
    source = tmp_path / "source"
    left = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "framelens", source / "framelens", ignore=left)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", str(source)]
    done = subprocess.run(build, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = (source / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        points = next(name for name in names if name.endswith("entry_points.txt"))
        assert b"framelens = framelens.cli:main" in archive.read(points)
    here = ROOT / "framelens"
    ours = [p for p in here.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    missing = {str(p.relative_to(ROOT)) for p in ours} - names
    assert not missing
