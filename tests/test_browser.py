"""What a reader sees: a notebook that runs in JupyterLab, every page from disk."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pandas as pd
import pytest

import framelens as fl

if TYPE_CHECKING:
    from types import ModuleType

pytestmark = [pytest.mark.browser, pytest.mark.long]

ROOT = Path(__file__).resolve().parents[1]
NAMES = [path.stem for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
AXED = ["index", "01-who-is-given-a-voice"]
"""Pages that hold most kinds of things which pages have."""

BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
TOKEN = "for-this-test-only"  # noqa: S105 - of a server that ends with it
SECONDS = 300

RUN_ALL = """async () => {
    const panel = jupyterapp.shell.currentWidget;
    await panel.context.ready;
    await panel.sessionContext.ready;
    await jupyterapp.commands.execute('notebook:clear-all-cell-outputs');
    await jupyterapp.commands.execute('notebook:run-all-cells');
    return panel.context.model.toJSON().cells;
}"""
OPENED = "() => window.jupyterapp?.shell?.currentWidget?.sessionContext !== undefined"


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no Chromium here")
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def lab(published, tmp_path_factory):
    """Run JupyterLab on the notebooks, and give its address."""
    options = [
        *run_py().lab()[2:],
        "--ServerApp.port_retries=0",
        "--ip=127.0.0.1",
        f"--ServerApp.root_dir={published.root}",
        "--ServerApp.shutdown_no_activity_timeout=600",
        f"--IdentityProvider.token={TOKEN}",
        "--LabApp.expose_app_in_browser=True",
        "--KernelManager.transport=ipc",
    ]
    settings = tmp_path_factory.mktemp("jupyter")
    with served("jupyterlab", options, settings, f"api?token={TOKEN}") as address:
        yield address


@contextlib.contextmanager
def served(module, options, settings, answers, cwd=None):
    """Run a server of notebooks with settings of its own; give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    private = {
        "JUPYTER_CONFIG_DIR": str(settings / "config"),
        "JUPYTER_DATA_DIR": str(settings / "data"),
        "JUPYTER_RUNTIME_DIR": str(settings / "run"),
        "JUPYTERLAB_SETTINGS_DIR": str(settings / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(settings / "workspaces"),
        "IPYTHONDIR": str(settings / "ipython"),
        "PYTHONPATH": str(ROOT),
    }
    options = [*options, "--no-browser", f"--port={port}"]
    with (settings / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", module, *options],
            env={**os.environ, **private},
            stdout=log,
            stderr=log,
            cwd=cwd,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/{answers}", server, settings / "log")
        yield address
    finally:
        server.terminate()
        server.wait(30)


def run_py() -> ModuleType:
    """Load `run.py`, which says how JupyterLab is opened."""
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def wait_for(address: str, server: subprocess.Popen, log: Path) -> None:
    """Wait until the server answers."""
    end = time.monotonic() + 120
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310
            return
        time.sleep(0.3)
    pytest.fail(f"the server did not start: {log.read_text()[-2000:]}")


@contextlib.contextmanager
def opened(browser, address, **options):
    """Open a page; give it with what it asked for, and what it complained of."""
    context = browser.new_context(**options)
    page = context.new_page()
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if said.type == "error" else None,
    )
    page.goto(address, timeout=60_000)
    try:
        yield page, asked, complaints
    finally:
        context.close()


def test_a_notebook_runs_in_jupyterlab(browser, lab):
    address = f"{lab}/lab/tree/notebooks/{NAMES[0]}.ipynb?reset&token={TOKEN}"
    with opened(browser, address) as (page, asked, _):
        page.set_default_timeout(SECONDS * 1000)
        page.wait_for_function(OPENED)
        page.locator(".jp-Notebook h1").first.wait_for(state="visible")
        cells = page.evaluate(RUN_ALL)
        assert page.locator(".Toastify__toast, .jp-Dialog").count() == 0  # no news?
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert [c["execution_count"] for c in code] == list(range(1, len(code) + 1))
    results = [output for cell in code for output in cell["outputs"]]
    assert not [output for output in results if output["output_type"] == "error"]
    elsewhere = [a for a in asked if not a.startswith((lab, "data:", "blob:"))]
    assert not elsewhere


WITHOUT_FILES = "() => jupyterapp.commands.execute('application:toggle-left-area')"
OUTLETS = ["Daily Herald", "Sundown Post"]
CODING = [
    "import os, framelens as fl; print(os.getpid())",
    "fl.coding('sheet.csv', coder=open('coder').read())",
    "'the cell after it'",
]
"""A notebook that names no outlet, so that the whole page can be searched for one."""


@pytest.fixture(scope="module")
def sample(published):
    """Draw 22 sentences to code, beside a notebook to code them in."""
    rows = []
    for number in range(60):
        outlet, doubts = OUTLETS[number // 3 % 2], number % 5 < 2
        text = "It “doubts” the plan" if doubts else "It reports the <b>plan</b>"
        text += f" no. {number}, the {outlet} wrote. <img src=x onerror=window.ran=1>"
        made = {
            "article": f"a{number // 3}",
            "outlet": outlet,
            "machine": number % 5 < 3,
        }
        rows.append({**made, "item": "doubt", "text": text})
    sample = fl.to_code(pd.DataFrame(rows), 20)
    sample.write(published.root / "sheet.csv")
    notebook = nbformat.v4.new_notebook(cells=[*map(nbformat.v4.new_code_cell, CODING)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, published.root / "coding.ipynb")
    return sample


def run_coding(page, folder, coder):
    """Run the notebook, reach the page to code on by keyboard, and start there."""
    (folder / "coder").write_text(coder)
    page.evaluate(RUN_ALL)
    start = page.locator(".framelens-coding button.main")
    start.wait_for()
    page.locator(".jp-Cell").last.locator(".jp-OutputArea-output").wait_for()
    name = start.inner_text()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.locator(".framelens-coding .passage:focus").wait_for()
    return name


def code(page, until, wrong=()):
    """Code by keyboard until so many are done; look for outlets in the whole page."""
    while True:
        assert not any(
            name in page.content() for outlet in OUTLETS for name in outlet.split()
        )
        done = page.locator(".framelens-coding progress").get_attribute("value")
        if int(done) == until:
            return
        text = page.locator(".framelens-coding .passage").inner_text()
        assert "[outlet]" in text
        page.keyboard.press("y" if ("doubts" in text) != (int(done) in wrong) else "n")
        after = f".framelens-coding progress[value='{int(done) + 1}']"
        page.locator(after).wait_for(state="attached")


def test_coding_goes_by_keyboard_and_a_killed_kernel_costs_nothing(
    browser, lab, published, sample
):
    folder, many = published.root, len(sample.sheet)
    address = f"{lab}/lab/tree/coding.ipynb?reset&token={TOKEN}"
    with opened(browser, address) as (page, asked, complaints):
        page.set_default_timeout(60_000)
        page.wait_for_function(OPENED)
        assert run_coding(page, folder, "Ann") == "Start"
        code(page, 6)
        page.keyboard.press("Backspace")
        page.locator(".framelens-coding progress[value='5']").wait_for(state="attached")
        page.keyboard.press("Control+z")
        page.locator(".framelens-coding progress[value='4']").wait_for(state="attached")
        code(page, 13)
        process = int(page.locator(".jp-OutputArea-output").first.inner_text())
        os.kill(process, signal.SIGKILL)
        page.locator(".jp-Dialog button.jp-mod-accept").click()
        page.locator(".framelens-coding .passage").focus()
        page.keyboard.press("y")
        page.locator(".framelens-coding .status.wrong").wait_for()
        on_disk = fl.read_codes(folder / "codes-ann.csv")
        assert on_disk["label"].notna().sum() == 13
        assert run_coding(page, folder, "Ann") == "Go on with passage 14"
        code(page, many)
        page.set_viewport_size({"width": 390, "height": 800})
        page.evaluate(WITHOUT_FILES)
        run_coding(page, folder, "Bo")
        wide = "e => e.scrollWidth - e.clientWidth"
        assert page.locator(".framelens-coding").evaluate(wide) <= 0
        code(page, many, wrong=[7])
        assert page.evaluate("() => window.ran") is None
        elsewhere = [a for a in asked if not a.startswith((lab, "data:", "blob:"))]
        assert not elsewhere
        assert not [one for one in complaints if "framelens" in one]
    coded = [folder / "codes-ann.csv", folder / "codes-bo.csv"]
    ann = fl.read_codes(coded[0])
    assert (
        ann["label"].eq("yes").tolist() == ann["text"].str.contains("doubts").tolist()
    )
    assert fl.agreement(coded).table["percent"].item() == 1 - 1 / many
    made = fl.contrast(sample.counts, *OUTLETS, codes=coded).correction.table
    shares = made.set_index("figure")[["target_share", "baseline_share"]].mean(axis=1)
    assert abs(shares["corrected"] - 0.4) < abs(shares["machine"] - 0.4)


@pytest.mark.parametrize("name", ["index", *NAMES])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_opens_from_disk(browser, published, name, width):
    path = published.reports / f"{name}.html"
    size = {"width": width, "height": 900}
    with opened(browser, path.as_uri(), viewport=size, offline=True) as opening:
        page, asked, complaints = opening
        page.wait_for_load_state("load")
        assert [a for a in asked if not a.startswith("data:")] == [path.as_uri()]
        assert complaints == []
        assert page.title()
        assert page.locator("h1").count() == 1
        assert page.locator("img:not([alt]), img[alt='']").count() == 0
        images = "() => [...document.images].every(i => i.naturalWidth > 0)"
        assert page.evaluate(images), "an image does not show"
        overflow = "() => document.documentElement.scrollWidth - innerWidth"
        assert page.evaluate(overflow) <= 0, "the page is wider than the screen"
        hrefs = "() => [...document.links].map(a => a.getAttribute('href'))"
        links = page.evaluate(hrefs)
        ids = "() => [...document.querySelectorAll('[id]')].map(e => e.id)"
        anchors = {f"#{name}" for name in page.evaluate(ids)}
    inside = {link for link in links if "://" not in link and link.startswith("#")}
    files = {link for link in links if "://" not in link and not link.startswith("#")}
    assert inside <= anchors
    missing = [f for f in files if not (path.parent / f.split("#")[0]).exists()]
    assert not missing


OPEN = "() => document.querySelectorAll('details').forEach(one => { one.open = true })"


def serious(page, within=None):
    """Give what axe calls serious or worse, light and dark, wide and narrow."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = []
    for scheme, width in product(("light", "dark"), (1280, 390)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        said = axe.run(page, context=within, options={"resultTypes": ["violations"]})
        found += [
            (scheme, width, one["id"], len(one["nodes"]), one["nodes"][0]["html"])
            for one in said.response["violations"]
            if one["impact"] in ("serious", "critical")
        ]
    return found


@pytest.mark.parametrize("name", AXED)
def test_a_page_with_all_that_is_folded_opened_keeps_nobody_out(
    browser, published, name
):
    path = published.reports / f"{name}.html"
    with opened(browser, path.as_uri(), offline=True) as (page, _, _):
        page.evaluate(OPEN)
        assert serious(page) == []


ROWS_AS_SEEN = """rows => rows
    .map(row => [row.getBoundingClientRect().top, row.cells[7].innerText])
    .sort((one, other) => one[0] - other[0])
    .map(one => one[1])"""


def test_a_ledger_is_put_in_order_and_opened_without_a_script(browser, published):
    path = published.reports / "01-who-is-given-a-voice.html"
    with opened(browser, path.as_uri(), offline=True) as (page, _, complaints):
        ledger = page.locator(".ledger").last
        ledger.locator(".by-words").check()
        words = ledger.locator("tbody tr").evaluate_all(ROWS_AS_SEEN)
        numbers = [int(one.replace("–", "0").replace(",", "")) for one in words]
        assert numbers == sorted(numbers, reverse=True)
        assert numbers[0] > numbers[-1]
        sentence = ledger.locator("details p").first
        assert not sentence.is_visible()
        ledger.locator("summary").first.click()
        assert sentence.is_visible()
        assert complaints == []


def test_a_page_runs_no_script(browser, published, tmp_path):
    """The second wall: even if something were not escaped, nothing would run."""
    page = (published.reports / "index.html").read_text(encoding="utf-8")
    hostile = '<img src="x" onerror="window.ran=1"><script>window.ran=1</script></main>'
    assert "</main>" in page
    path = tmp_path / "index.html"
    path.write_text(page.replace("</main>", hostile), encoding="utf-8")
    with opened(browser, path.as_uri(), offline=True) as (page, _, complaints):
        assert page.evaluate("() => window.ran") is None
        assert complaints
