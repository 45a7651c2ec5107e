"""`run.py`: what it says when something is wrong, and that a second try works."""

from __future__ import annotations

import ast
import base64
import hashlib
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

# A package named pytest, which says where it runs and what it is asked for.
AT_ONCE = ["-n", "auto", "--dist", "worksteal"]

STAND_IN = """\
import sys, os, framelens
print(os.getcwd(), framelens.__name__, sys.argv[1:], "PYTHONPATH" in os.environ)
"""


class Clone:
    """A folder with `run.py`, a lock of one package, and an empty `framelens`."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a clone"
        self.wheels = folder / "wheels"
        self.wheels.mkdir()
        (self.root / "framelens").mkdir(parents=True)
        (self.root / "framelens" / "__init__.py").touch()
        shutil.copy(RUN, self.root)
        self.lock(wheel(self.wheels))

    def lock(self, digest: str) -> None:
        line = f"pytest==0.0.1 \\\n    --hash=sha256:{digest}\n"
        (self.root / "requirements.txt").write_text(line)

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


def wheel(folder: Path) -> str:
    """Make a wheel by hand, and give its sha256."""
    files = {
        "pytest/__init__.py": "",
        "pytest/__main__.py": STAND_IN,
        "pytest-0.0.1.dist-info/METADATA": (
            "Metadata-Version: 2.1\nName: pytest\nVersion: 0.0.1\n"
        ),
        "pytest-0.0.1.dist-info/WHEEL": (
            "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        ),
    }
    record = "".join(f"{name},{seal(text)}\n" for name, text in files.items())
    path = folder / "pytest-0.0.1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        archive.writestr(
            "pytest-0.0.1.dist-info/RECORD",
            record + "pytest-0.0.1.dist-info/RECORD,,\n",
        )
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
def test_without_network_it_says_so_and_the_second_try_works(clone):
    done = clone.run("test", **UNREACHABLE)
    assert is_refused(done, because="the package registry cannot be reached")
    second = clone.run("test", "-k", "some thing")
    assert second.returncode == 0, second.stderr
    *_, told = second.stdout.splitlines()
    assert told == f"{clone.root} framelens {[*AT_ONCE, '-k', 'some thing']} False"

    third = clone.run("test", **UNREACHABLE)  # it is complete: nothing is fetched
    assert third.returncode == 0
    assert "setting up" in second.stdout
    assert "setting up" not in third.stdout


@pytest.mark.long
def test_what_is_half_there_or_out_of_date_is_made_anew(clone):
    clone.run("test")
    ready = clone.root / ".venv" / "framelens-ready"
    stray = clone.root / ".venv" / "stray"
    bin_or_scripts = Path(sys.executable).parent.name
    python = clone.root / ".venv" / bin_or_scripts / Path(sys.executable).name
    for spoil in (ready.unlink, python.unlink, lambda: ready.write_text("older")):
        stray.touch()
        spoil()
        done = clone.run("test")
        assert done.returncode == 0, done.stderr
        assert "setting up" in done.stdout
        assert not stray.exists()


def test_another_package_than_the_locked_one_is_not_installed(clone):
    clone.lock("0" * 64)
    done = clone.run("test")
    assert is_refused(done, because="not the one that requirements.txt names")
    assert not (clone.root / ".venv" / "framelens-ready").exists()


def test_a_package_that_does_not_exist_is_named(clone):
    (clone.root / "requirements.txt").write_text(
        f"absent==1 --hash=sha256:{'0' * 64}\n"
    )
    assert is_refused(clone.run("test"), because="absent==1")


def test_a_file_in_the_way_is_named(clone):
    (clone.root / ".venv").touch()
    assert is_refused(clone.run("test"), because="'.venv' is not a folder")
    assert (clone.root / ".venv").is_file()


def test_a_missing_lock_is_named(clone):
    (clone.root / "requirements.txt").unlink()
    assert is_refused(clone.run("test"), because="requirements.txt")
