"""`run.py`: what it says when something is wrong, and that a second try works."""

from __future__ import annotations

import ast
import base64
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
RUN = ROOT / "run.py"
UNREACHABLE = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "1"}

AT_ONCE = ["-n", "auto", "--dist", "worksteal"]
USERS, DEVELOPERS = "requirements.txt", "requirements-dev.txt"

# Two packages: one for users, and one named pytest. Both say where they run.
SAYS = """\
import sys, os, framelens
print(os.getcwd(), framelens.__name__, sys.argv[1:], "PYTHONPATH" in os.environ)
"""
NOTEBOOKS = """\
import importlib.util
print([name for name in ("users", "pytest") if importlib.util.find_spec(name)])
"""


class Clone:
    """A folder with `run.py`, two locks of one package each, and what they run."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a clone"
        self.wheels = folder / "wheels"
        self.wheels.mkdir()
        (self.root / "framelens").mkdir(parents=True)
        (self.root / "framelens" / "__init__.py").touch()
        (self.root / "notebooks").mkdir()
        (self.root / "notebooks" / "execute.py").write_text(NOTEBOOKS)
        shutil.copy(RUN, self.root)
        for name, lock in (("users", USERS), ("pytest", DEVELOPERS)):
            self.lock(lock, name, wheel(self.wheels, name))

    def lock(self, lock: str, name: str, digest: str) -> None:
        line = f"{name}==0.0.1 \\\n    --hash=sha256:{digest}\n"
        (self.root / lock).write_text(line)

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
        ours = {k: v for k, v in os.environ.items() if not k.startswith("PIP_")}
        pip = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1"}
        local = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": self.wheels.as_uri()}
        return subprocess.run(
            [sys.executable, str(self.root / "run.py"), *arguments],
            capture_output=True,
            text=True,
            cwd=self.wheels,
            env={**ours, "PYTHONPATH": "elsewhere", **pip, **(environment or local)},
        )


def wheel(folder: Path, name: str) -> str:
    """Make a wheel by hand, and give its sha256."""
    about = f"{name}-0.0.1.dist-info"
    files = {
        f"{name}/__init__.py": "",
        f"{name}/__main__.py": SAYS,
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 0.0.1\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\n"
        "Tag: py3-none-any\n",
    }
    record = "".join(f"{name},{seal(text)}\n" for name, text in files.items())
    path = folder / f"{name}-0.0.1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for inside, text in files.items():
            archive.writestr(inside, text)
        archive.writestr(f"{about}/RECORD", f"{record}{about}/RECORD,,\n")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def seal(text: str) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
    return f"sha256={digest.decode().rstrip('=')},{len(text)}"


def is_refused(done: subprocess.CompletedProcess, *, because: str) -> bool:
    """Exit 2, and one line on standard error that gives the reason."""
    lines = done.stderr.splitlines()
    assert done.returncode == 2, done
    assert len(lines) == 1, done.stderr
    assert because in lines[0], done.stderr
    return lines[0].startswith("run.py: ")


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


def other_pythons() -> list[str]:
    """Older Pythons that happen to be on this machine."""
    versions = Path.home() / ".pyenv" / "versions"
    found = [versions.glob(f"3.{minor}.*/bin/python") for minor in range(6, 11)]
    named = [shutil.which(f"python3.{minor}") for minor in range(6, 11)]
    every = [str(path) for paths in found for path in paths] or filter(None, named)
    return [
        p for p in every if subprocess.run([p, "-c", ""], check=False).returncode == 0
    ]


def stubbed(change: str) -> subprocess.CompletedProcess:
    """Run `run.py test` in a Python that was changed first."""
    code = f"import runpy, sys; {change}; sys.argv = ['run.py', 'test']; "
    code += f"runpy.run_path({str(RUN)!r}, run_name='__main__')"
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_python_3_6_can_parse_it():
    ast.parse(RUN.read_text(), feature_version=(3, 6))
    assert "from __future__" not in RUN.read_text()  # 3.6 does not know annotations


def test_an_older_python_is_told_so():
    done = stubbed("sys.version_info = (3, 10, 4, 'final', 0)")
    assert is_refused(
        done, because="needs Python 3.11 or newer, and this is Python 3.10"
    )


@pytest.mark.parametrize("python", other_pythons())
def test_a_real_older_python_is_told_so(python):
    command = [python, str(RUN), "test"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert is_refused(done, because="needs Python 3.11 or newer")


@pytest.mark.parametrize("part", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_what_to_install(part, clone):
    change = f"sys.modules[{part!r}] = None"
    code = f"import runpy, sys; {change}; sys.argv = ['run.py', 'test']; "
    code += f"runpy.run_path({str(clone.root / 'run.py')!r}, run_name='__main__')"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert is_refused(done, because="apt install python3-venv")
    assert not (clone.root / ".venv").exists()


@pytest.mark.parametrize(
    "arguments", [["foo"], ["notebooks", "--updat"], ["lab", "x"], ["--version"]]
)
def test_an_unknown_command_is_told_the_known_ones(arguments, clone):
    done = clone.run(*arguments)
    assert is_refused(
        done, because="notebooks [--update], test [options of pytest], lab"
    )


def test_help_and_no_command_show_the_commands(clone):
    assert "run.py notebooks" in clone.run("--help").stdout
    assert clone.run("--help").returncode == 0
    assert clone.run().returncode == 2


@pytest.mark.long
def test_users_get_their_packages_and_developers_theirs_beside_them(clone):
    done = clone.run("notebooks", **UNREACHABLE)
    assert is_refused(done, because="the package registry cannot be reached")
    second = clone.run("notebooks")  # the second try works
    assert second.returncode == 0, second.stderr
    assert second.stdout.splitlines()[-1] == "['users']"
    assert "setting up" in second.stdout

    # Another package than the locked one is not installed, and an absent one is named.
    right = (clone.root / DEVELOPERS).read_text()
    clone.lock(DEVELOPERS, "pytest", "0" * 64)
    wrong = f"packages of {DEVELOPERS}: a package is not the one that it names"
    assert is_refused(clone.run("test"), because=wrong)
    clone.lock(DEVELOPERS, "absent", "0" * 64)
    assert is_refused(clone.run("test"), because="absent==0.0.1")
    assert clone.run("notebooks").stdout == "['users']\n"  # users need none of it

    (clone.root / DEVELOPERS).write_text(right)
    tests = clone.run("test", "-k", "some thing")
    assert tests.returncode == 0, tests.stderr
    expected = f"{clone.root} framelens {[*AT_ONCE, '-k', 'some thing']} False\n"
    assert tests.stdout == expected
    assert clone.run("test", **UNREACHABLE).returncode == 0  # nothing is fetched


def test_what_is_half_there_or_out_of_date_is_made_anew(clone, monkeypatch):
    where = importlib.util.spec_from_file_location("run", clone.root / "run.py")
    run = importlib.util.module_from_spec(where)
    where.loader.exec_module(run)
    steps = []

    def made(what, *command):
        steps.append(what)
        if what == "make .venv":
            assert "--clear" in command
            run.PYTHON.parent.mkdir(parents=True, exist_ok=True)
            run.PYTHON.touch()

    monkeypatch.setattr(run, "step", made)
    monkeypatch.setattr(run, "put_on_path", lambda: None)
    run.set_up(run.LOCK)
    every = ["make .venv", f"install the packages of {USERS}"]
    assert steps == every
    older = (clone.root / USERS).read_text() + "# changed"
    for spoil in (
        run.READY.unlink,
        run.PYTHON.unlink,
        lambda: run.READY.write_text("older"),
        lambda: run.LOCK.write_text(older),
    ):
        steps.clear()
        run.set_up(run.LOCK)
        assert not steps
        spoil()
        run.set_up(run.LOCK)
        assert steps == every
    steps.clear()
    run.set_up(run.DEVELOPERS)
    run.set_up(run.DEVELOPERS)
    assert steps == [f"install the packages of {DEVELOPERS}"]


def test_a_file_in_the_way_is_named(clone):
    (clone.root / ".venv").touch()
    assert is_refused(clone.run("test"), because="'.venv' is not a folder")
    assert (clone.root / ".venv").is_file()


def test_a_missing_lock_is_named(clone):
    (clone.root / USERS).unlink()
    assert is_refused(clone.run("test"), because=USERS)
