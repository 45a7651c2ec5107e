"""Set framelens up and run it. This script needs Python 3.11 and nothing else.

    python3 run.py notebooks             execute the notebooks, write reports/index.html
    python3 run.py notebooks --update    the same, and renew the committed outputs
    python3 run.py test [OPTIONS]        run the tests; options go on to pytest
    python3 run.py lab                   open the notebooks in JupyterLab

The first run installs everything, hash-checked, into .venv beside this file.
"""

# Python 3.6 must still be able to parse this file, in order to be told so politely.
import hashlib
import importlib.util
import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - older ones are turned away here
    sys.stderr.write(
        "run.py: framelens needs Python 3.11 or newer, and this is Python {}.{}; "
        "run it with a newer one: python3.12 run.py\n".format(*sys.version_info)
    )
    sys.exit(2)

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.txt"
DEVELOPERS = ROOT / "requirements-dev.txt"  # what the tests need beside it
READY = VENV / "framelens-ready"  # written last: without it, the set-up is begun anew
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

# What went wrong, as pip prints it, and what to say about it; the first match counts.
REASONS = [
    (r"No space left on device", "the disk is full; make room, then run this again"),
    (
        r"DO NOT MATCH THE HASHES",
        "a package is not the one that it names; nothing was installed",
    ),
    (
        r"Retrying \(|ConnectionPool|Temporary failure|ReadTimeout|ConnectionReset"
        r"|IncompleteRead|ProxyError|SSLError",
        "the package registry cannot be reached; check the network or proxy, "
        "then run this again",
    ),
]


class SetupError(Exception):
    """The set-up cannot go on, for a reason that fits on one line."""


def main(arguments: list[str]) -> int:
    """Run the command that `arguments` name, and return its exit status."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("--help", [])
    if command in ("-h", "--help"):
        print(__doc__.strip())
        return 0 if arguments else 2
    try:
        if command == "notebooks" and rest in ([], ["--update"]):
            return start("notebooks/execute.py", *rest)
        if command == "test":
            return start("-m", "pytest", *at_once(rest), *rest, developers=True)
        if command == "lab" and not rest:
            return start(*lab())
        raise SetupError(
            f"unknown command {' '.join(arguments)!r}; it is one of: "
            "notebooks [--update], test [options of pytest], lab"
        )
    except (SetupError, OSError) as error:
        print(f"run.py: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("run.py: stopped; the next run starts where it can", file=sys.stderr)
        return 130


def start(*arguments: str, developers: bool = False) -> int:
    """Run Python in the environment, from the folder that this file is in."""
    set_up(LOCK)
    if developers:
        set_up(DEVELOPERS)
    hidden = ("PYTHONHOME", "PYTHONPATH")  # they name packages of other environments
    environment = {k: v for k, v in os.environ.items() if k not in hidden}
    command = [str(PYTHON), *arguments]
    sys.stdout.flush()
    if os.name != "nt":  # become that Python, so that Ctrl-C goes to it alone
        os.chdir(ROOT)
        os.execve(PYTHON, command, environment)  # noqa: S606
    return subprocess.call(command, cwd=ROOT, env=environment)


def at_once(options: list[str]) -> list[str]:
    """Let the tests run on every core, unless the options of pytest say otherwise."""
    said = any(one.startswith(("-n", "--numprocesses", "--pdb")) for one in options)
    return [] if said else ["-n", "auto", "--dist", "worksteal"]


def lab() -> list[str]:
    """Say how to start JupyterLab: at the first notebook, asking nothing of the net."""
    first = ROOT / "notebooks" / "00-start-here.ipynb"
    settings = ROOT / "notebooks" / "lab"  # where it reads not to ask about news
    page = f"/lab/tree/notebooks/{first.name}" if first.exists() else "/lab"
    return [
        "-m",
        "jupyterlab",
        "--allow-root",  # in a container there is often no other user
        f"--LabApp.default_url={page}",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.news_url=None",
        f"--LabApp.app_settings_dir={settings}",
        "--LabApp.extension_manager=readonly",
    ]


def set_up(lock: Path) -> None:
    """Install what `lock` names into `.venv`, unless that is complete and up to date.

    The environment is made anew for `LOCK`; what developers need is added to it.
    """
    wanted = f"{sys.version_info[:2]} {hashlib.sha256(lock.read_bytes()).hexdigest()}"
    ready = READY if lock == LOCK else READY.with_name("framelens-ready-dev")
    if PYTHON.exists() and ready.is_file() and ready.read_text() == wanted:
        return
    if lock == LOCK:
        make_environment()
    ready.unlink(missing_ok=True)
    pip = [str(PYTHON), "-I", "-m", "pip", "install", "--quiet", "--no-input"]
    exactly = ["--disable-pip-version-check", "--require-hashes", "--no-deps"]
    packages = f"install the packages of {lock.name}"
    step(packages, *pip, *exactly, "-r", str(lock))
    put_on_path()
    ready.write_text(wanted)


def make_environment() -> None:
    """Make `.venv`, empty."""
    for part in ("venv", "ensurepip"):
        if importlib.util.find_spec(part) is None:
            raise SetupError(
                f"this Python has no {part} module; install it (on Debian and Ubuntu: "
                "apt install python3-venv), then run this again"
            )
    if VENV.exists() and not VENV.is_dir():
        raise SetupError("'.venv' is not a folder; move it away, then run this again")
    print("run.py: setting up .venv, about 2 minutes, once ...", flush=True)
    step("make .venv", sys.executable, "-I", "-m", "venv", "--clear", str(VENV))


def step(what: str, *command: str) -> None:
    """Run `command` quietly; where it fails, say why in one line."""
    done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    if done.returncode == 0:
        return
    output = done.stdout + done.stderr
    for pattern, reason in REASONS:
        if re.search(pattern, output):
            raise SetupError(f"cannot {what}: {reason}")
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith("error")] or lines
    raise SetupError(f"cannot {what}: {(errors or ['no reason given'])[-1]}")


def put_on_path() -> None:
    """Let the environment import `framelens` from here, wherever the folder moves."""
    there = sysconfig.get_path("purelib", scheme="venv", vars={"base": str(VENV)})
    Path(there, "framelens.pth").write_text(os.path.relpath(ROOT, there) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
