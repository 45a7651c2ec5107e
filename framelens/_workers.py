"""Workers: processes that annotate batches of a store, here or on a cluster.

A worker is ``python -m framelens._workers``: no script of the user's is run again, in a
notebook as on the command line. It reads tasks from its standard input, loads the
models once, and what it finishes is in the store, whatever happens to it.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from framelens._checks import FramelensError, InputError, MissingPartError
from framelens.read.aside import lengths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pandas as pd

WORTH = 250_000
"""Characters of articles for each worker, from which starting it pays: about ten
seconds of work, where loading the models takes three."""

COMMAND = [sys.executable, "-m", "framelens._workers"]
"""How a worker is started."""

_ONE_THREAD = (
    *("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"),
    *("POLARS_MAX_THREADS", "RAYON_NUM_THREADS"),
)
_TRIES = 3
"""How often a batch is begun whose worker dies."""


class Task(NamedTuple):
    """One batch: which part of the articles, which layers, and what they rest on."""

    store: str
    part: str
    number: int
    layers: tuple[str, ...]
    actors: pd.DataFrame | None
    tokens: dict[str, str]
    elsewhere: frozenset[str]
    strays: frozenset[str]


def annotate(task: Task) -> int:
    """See that the store has the layers of one batch; give its number."""
    from framelens._computed import Batch, Computed
    from framelens._store import ARTICLES, Store
    from framelens.annotate import recent

    store = Store(Path(task.store), strict=True, strays=task.strays)
    found = [one for one in store.parts(ARTICLES) if one.path.name == task.part]
    articles = store.read(found[0]) if found else None
    if articles is None:
        raise InputError(
            f"{task.store}: the articles of part {task.number} are damaged or gone; "
            "run it again"
        )
    computed = Computed(
        articles,
        task.actors,
        store=store,
        tokens=dict(task.tokens),
        elsewhere=task.elsewhere,
    )
    with _one_at_a_time:
        computed.store_batch(task.layers, Batch(task.number, articles))
        recent.clear()  # nobody asks for these texts again
    return task.number


_one_at_a_time = Lock()
"""A cluster's worker may have several threads; the models are one."""


def how_many(
    asked: int | None, layers: Sequence[str], left: Sequence[pd.DataFrame]
) -> int:
    """Say how many workers to start for the batches that are left."""
    from framelens._code import needs_a_model

    if asked is not None:
        require_workers(asked)
        return min(asked, len(left))
    if not any(needs_a_model(name) for name in layers):
        return 1
    length = sum(sum(lengths(articles["text"])) for articles in left)
    return max(1, min(free_cores(), len(left), length // WORTH))


def require_workers(asked: Any) -> None:
    """Refuse a number of workers that is none."""
    if not isinstance(asked, int) or isinstance(asked, bool) or asked < 1:
        raise InputError(f"workers is a whole number from 1; found {asked!r}.")


def free_cores() -> int:
    """Give the cores that this process may use and nobody does now."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0
    cores = cores or os.cpu_count() or 1
    with suppress(OSError, ValueError):
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text("utf-8").split()
        if quota != "max":
            cores = min(cores, max(1, int(quota) // int(period)))
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0
    return max(1, cores - int(busy))


def run(
    tasks: Sequence[Task],
    workers: int,
    counts: Sequence[int],
    tell: Callable[[int], None],
) -> None:
    """Annotate batches in so many processes; a batch whose worker died is begun anew.

    `counts` are the articles of each, for `tell`, which is told how many are done.
    """
    left: SimpleQueue[tuple[int, int]] = SimpleQueue()
    for place in range(len(tasks)):
        left.put((place, 1))
    answers: SimpleQueue[tuple[int, BaseException | None]] = SimpleQueue()
    done = 0
    hands = [_Worker(tasks, left, answers) for _ in range(workers)]
    try:
        for hand in hands:
            hand.start()
        for _ in tasks:
            place, fault = answers.get()
            if fault is not None:
                raise fault
            tell(done := done + counts[place])
    finally:
        for hand in hands:
            hand.end()


class _Worker(Thread):
    """One process and the thread that hands it tasks."""

    def __init__(
        self,
        tasks: Sequence[Task],
        left: SimpleQueue[tuple[int, int]],
        answers: SimpleQueue[tuple[int, BaseException | None]],
    ) -> None:
        super().__init__(daemon=True)
        self.tasks, self.left, self.answers = tasks, left, answers
        self.process: subprocess.Popen[bytes] | None = None
        self.ended = False

    def run(self) -> None:
        """Hand on tasks until none is left."""
        while not self.ended:
            try:
                place, tries = self.left.get_nowait()
            except Empty:
                break
            try:
                fault = self._answer(self.tasks[place])
            except (OSError, EOFError, pickle.UnpicklingError):  # it died
                self.end_process()
                if self.ended:
                    break
                if tries < _TRIES:
                    self.left.put((place, tries + 1))
                    continue
                fault = InputError(
                    f"a worker died {_TRIES} times at part {place + 1} of "
                    f"{len(self.tasks)}, perhaps for want of memory; what is finished "
                    "is kept: run it again with fewer workers"
                )
            self.answers.put((place, fault))
        self.end_process()

    def _answer(self, task: Task) -> BaseException | None:
        if self.process is None:
            self.process = _process()
        assert self.process.stdin is not None  # noqa: S101 - it is a pipe
        assert self.process.stdout is not None  # noqa: S101 - it is a pipe
        pickle.dump(task, self.process.stdin)
        self.process.stdin.flush()
        fault: BaseException | None = pickle.load(self.process.stdout)  # noqa: S301
        return fault

    def end(self) -> None:
        """End the process now: what it has not finished is lost."""
        self.ended = True
        self.end_process()

    def end_process(self) -> None:
        """End the process; it writes nothing by halves."""
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    if pipe is not None:
                        pipe.close()


def _process() -> subprocess.Popen[bytes]:
    """Start a worker of one thread that finds this very package."""
    here = str(Path(__file__).resolve().parents[1])
    paths = [here, *filter(None, [os.environ.get("PYTHONPATH")])]
    own = {**dict.fromkeys(_ONE_THREAD, "1"), "PYTHONPATH": os.pathsep.join(paths)}
    return subprocess.Popen(  # noqa: S603 - ourselves
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **own},
        # Ctrl-C is for whoever waits, who then ends the workers.
        start_new_session=os.name != "nt",
    )


def run_on_cluster(
    tasks: Sequence[Task],
    scheduler: str,
    counts: Sequence[int],
    tell: Callable[[int], None],
) -> None:
    """Annotate batches on a Dask cluster, whose workers see the store's folder.

    What a lost worker had begun another does again.
    """
    try:
        distributed = import_module("distributed")
    except ImportError as error:
        raise MissingPartError(
            f"a cluster needs {error.name}, which is not installed; install it with: "
            "pip install 'framelens[cluster]'"
        ) from error
    try:
        client = distributed.Client(scheduler, timeout="10s")
    except (OSError, ValueError, TimeoutError) as fault:
        raise InputError(
            f"no Dask scheduler answers at {scheduler} ({fault}); start one with: "
            "dask scheduler"
        ) from None
    done = 0
    with client:
        futures = client.map(
            annotate, tasks, key=[f"{task.part}-{task.layers}" for task in tasks],
            pure=False, retries=_TRIES,
        )  # fmt: skip
        sizes = dict(zip([one.key for one in futures], counts, strict=True))
        for future in distributed.as_completed(futures):
            try:
                future.result()
            except distributed.KilledWorker as fault:
                raise InputError(
                    f"workers of the cluster died at one part again and again "
                    f"({fault}); what is finished is kept: give them more memory, and "
                    "run it again"
                ) from None
            tell(done := done + sizes[future.key])


def _tasks(stream: BinaryIO) -> Iterator[Task]:
    """Give tasks as they come, until whoever hands them out is gone."""
    while True:
        try:
            yield pickle.load(stream)  # noqa: S301 - from the process that started us
        except (EOFError, OSError):
            return


def _serve() -> None:
    """Do tasks from standard input; answer each with None, or what went wrong."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing else goes there
    work = import_module("framelens._workers").annotate  # not that of __main__

    for task in _tasks(sys.stdin.buffer):
        fault: BaseException | None = None
        try:
            work(task)
        except FramelensError as error:
            fault = error
        except Exception as error:
            fault = RuntimeError(f"{type(error).__name__}: {error}")
            import traceback

            traceback.print_exc()
        try:
            pickle.dump(fault, out)
            out.flush()
        except OSError:
            return


if __name__ == "__main__":
    _serve()
