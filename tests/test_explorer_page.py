"""The explorer as readers use it: in JupyterLab and in Voilà, by keyboard alone."""

from __future__ import annotations

import nbformat
import pandas as pd
import pytest

from tests import test_browser
from tests.test_browser import (
    OPEN,
    OPENED,
    RUN_ALL,
    TOKEN,
    WITHOUT_FILES,
    opened,
    serious,
    served,
)
from tests.test_report import PAYLOADS

pytestmark = pytest.mark.long

browser, lab = test_browser.browser, test_browser.lab

READ = "corpus = fl.read_corpus('{}.csv'{})"
SHOW = "explorer = fl.explore(corpus, state='{}.json'); explorer"
MANY = 31
"""Articles of which voices are not read before they are asked for."""


def notebook(folder, name, source, options=", marks_only=True"):
    """Write a notebook that explores."""
    cells = ["import framelens as fl", READ.format(source, options), SHOW.format(name)]
    made = nbformat.v4.new_notebook(cells=[*map(nbformat.v4.new_code_cell, cells)])
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(made, folder / f"{name}.ipynb")


@pytest.fixture(scope="module")
def notebooks(published):
    """Write articles with payloads in every field, and notebooks that explore."""
    folder, rows = published.root, []
    for number, payload in enumerate(PAYLOADS):
        payload = payload.replace("\0", "").replace("alert(1)", "window.ran=1")
        for outlet in ("Daily", "Herald"):
            text = f"“Talks {payload} failed,” said Ada {payload} Brenn. It rained."
            made = {"article": f"{outlet} {number}", "outlet": f"{outlet} <img src=x>"}
            rows.append({**made, "event": payload, "title": payload, "text": text})
    pd.DataFrame(rows).to_csv(folder / "hostile.csv", index=False)
    notebook(folder, "exploring", "hostile")
    notebook(folder, "controls", "hostile")
    text = "“The dam will hold,” said Ada Brenn of Reddin no. {}."
    many = [{"outlet": "Daily", "text": text.format(one)} for one in range(MANY)]
    pd.DataFrame(many).to_csv(folder / "many.csv", index=False)
    notebook(folder, "unread", "many", "")
    return folder


@pytest.fixture(scope="module")
def voila(notebooks, tmp_path_factory):
    """Serve a notebook with Voilà, where it is installed, and give its address."""
    pytest.importorskip("voila")
    options = ["controls.ipynb", "--Voila.ip=127.0.0.1"]
    settings = tmp_path_factory.mktemp("voila")
    with served("voila", options, settings, "", cwd=notebooks) as address:
        yield address


def run_in_lab(page):
    """Run the notebook that is open, and wait for the explorer in it."""
    page.set_default_timeout(60_000)
    page.wait_for_function(OPENED)
    page.evaluate(RUN_ALL)
    explorer = page.locator(".framelens-explorer")
    explorer.wait_for()
    return explorer


def press(page, *keys):
    """Press keys, and wait until the explorer has answered."""
    for key in keys:
        page.keyboard.press(key)
    page.locator(".framelens-explorer:not([aria-busy])").wait_for()


def expect(page, where, text):
    """Wait until a part of the explorer says something."""
    page.locator(f".framelens-explorer {where}", has_text=text).first.wait_for()


THERE = """() => [...document.querySelectorAll(
        '.framelens-explorer :is([data-key], [tabindex="0"])')]
    .filter(one => one.checkVisibility())
    .map(one => one.dataset.key ?? one.getAttribute('aria-label'))"""
HERE = """() => {
    const one = document.activeElement;
    return one.closest('.framelens-explorer')
        ? one.dataset.key ?? one.getAttribute('aria-label') : null;
}"""
GROUPS = ("row ", "mark ", "sentence ")
"""Controls among which one moves by arrow keys."""


def reached(page):
    """Give every control that Tab and, within a group, the arrow keys reach."""
    names = []
    page.evaluate("() => document.querySelector('.framelens-explorer').focus()")
    page.keyboard.press("Tab")
    while (name := page.evaluate(HERE)) is not None:
        assert name not in names, "Tab goes round in a circle"
        names.append(name)
        first = name
        while name.startswith(GROUPS):
            page.keyboard.press("ArrowDown")
            name = page.evaluate(HERE)
            if name == first:
                break
            names.append(name)
        page.keyboard.press("Tab")
    return names


def use_every_control(page):
    """Use each control by keyboard, see that it answers and that all are reached."""
    explorer = page.locator(".framelens-explorer")
    control = lambda name: explorer.locator(f"[data-key='{name}']")  # noqa: E731

    def view():
        parts = (".scope", ".table")
        return [explorer.locator(part).inner_text() for part in parts]

    start = view()
    for name in ("option by", "measure", "voice", "zone", "event", "actor"):
        if name == "voice":  # words have more of them than speakers
            control("measure").focus()
            press(page, "ArrowDown")
        before = view()
        control(name).focus()
        press(page, "ArrowDown")
        assert view() != before, name
        press(page, "ArrowUp")
        assert view() == before, name
    assert view() != start
    for name in ("outlets", "notes", "pinned"):
        fold = control(name).locator("xpath=..")
        is_open = fold.evaluate("one => one.open")
        control(name).focus()
        press(page, "Enter")
        assert fold.evaluate("one => one.open") != is_open, name
        press(page, *["Enter"] * (name == "outlets"))
    control("contains").focus()
    page.keyboard.type("talk")
    expect(page, ".table .bar .quiet", "1 row")
    control("query").focus()
    page.keyboard.type("rain")
    control("by").focus()
    press(page, "ArrowDown")  # by lemma
    control("find").focus()
    press(page, "Enter")
    expect(page, ".sentences h3", "“rain” 20 places in 20 articles")  # "rained"
    explorer.locator(".sentence").nth(1).focus()
    press(page, "Enter")
    control("text").focus()
    control("pin").focus()
    press(page, "Enter")
    expect(page, ".pins summary", "Pinned (1)")
    explorer.locator(".sentence").nth(3).focus()
    press(page, "Enter")
    names = page.evaluate(THERE)
    assert {"go 0", "unpin 0", "note", "pin", "text", "zone"} <= {*names}
    assert {*names} == {*reached(page)}
    pinned = explorer.locator(".article h3").inner_text()
    control("go 0").focus()
    press(page, "Enter")
    assert explorer.locator(".article h3").inner_text() != pinned
    control("unpin 0").focus()
    press(page, "Enter")
    expect(page, ".pins summary", "Pinned (0)")


@pytest.mark.browser
def test_every_control_goes_by_keyboard_in_jupyterlab(browser, lab, notebooks):
    address = f"{lab}/lab/tree/controls.ipynb?reset&token={TOKEN}"
    with opened(browser, address) as (page, _, complaints):
        run_in_lab(page)
        use_every_control(page)
        page.evaluate(OPEN)
        assert serious(page, ".framelens-explorer") == []
        assert not [one for one in complaints if "framelens" in one]
    (notebooks / "controls.json").unlink()


def test_every_control_goes_by_keyboard_in_voila(browser, voila):
    with opened(browser, voila) as (page, _, complaints):
        page.set_default_timeout(60_000)
        page.locator(".framelens-explorer").wait_for()
        use_every_control(page)
        page.evaluate(OPEN)
        assert serious(page, ".framelens-explorer") == []
        assert page.evaluate("() => window.ran") is None
        assert not [one for one in complaints if "framelens" in one]


@pytest.mark.browser
def test_voices_are_read_and_stopped_by_keyboard(browser, lab, notebooks):
    address = f"{lab}/lab/tree/unread.ipynb?reset&token={TOKEN}"
    with opened(browser, address) as (page, _, _):
        explorer = run_in_lab(page)
        read = explorer.locator("[data-key='voices']")
        read.focus()
        page.keyboard.press("Enter")
        expect(page, ".unread", "Stop reading")
        page.keyboard.press("Enter")
        expect(page, ".unread", "Read the voices")
        press(page, "Enter")
        read.wait_for(state="detached")
        expect(page, ".status", "Voices are read")


PARTS = [".scope", ".choices", ".table", ".sentences", ".article", ".pins"]
"""What shows the same again after a restart."""


@pytest.mark.browser
def test_the_explorer_goes_by_keyboard_and_hostile_text_stays_text(
    browser, lab, notebooks
):
    address = f"{lab}/lab/tree/exploring.ipynb?reset&token={TOKEN}"
    with opened(browser, address) as (page, asked, complaints):
        explorer = run_in_lab(page)
        said = explorer.locator(".status")
        explorer.locator("[data-key='measure']").focus()
        press(page, "ArrowDown")
        expect(page, ".table tbody button", "talks")
        explorer.locator("[data-key='outlet 1']").focus()
        press(page, "Space")
        assert "10 of 20 articles" in explorer.locator(".scope").inner_text()
        press(page, "Space")
        assert "20 of 20 articles" in said.inner_text()
        explorer.locator("[data-key='contains']").focus()
        page.keyboard.type("talk")
        expect(page, ".table .bar .quiet", "1 row")
        press(page, "Tab", "Enter")
        expect(page, ".sentences h3", "20 places")
        explorer.locator(".sentence").first.focus()
        press(page, "ArrowDown", "End", "Enter")
        expect(page, ".article .here", "Talks")
        assert page.evaluate("document.activeElement.className") == "sentence chosen"
        explorer.locator("[data-key='note']").focus()
        page.keyboard.type("<img src=x onerror=window.ran=1>")
        press(page, "Enter")
        expect(page, ".pins summary", "Pinned (1)")
        explorer.locator("[data-key='query']").focus()
        page.keyboard.type("rain*")
        press(page, "Enter")
        expect(page, ".sentences h3", "20 places in 20 articles")
        marks = explorer.locator(".mark")
        marks.first.focus()
        press(page, "Enter")
        chosen = marks.first.get_attribute("aria-label")
        assert said.inner_text().startswith(f"{chosen}: ")
        explorer.locator(".sentence").first.focus()
        press(page, "Enter")
        view = [explorer.locator(part).inner_text() for part in PARTS]
        page.set_viewport_size({"width": 390, "height": 800})
        page.evaluate(WITHOUT_FILES)
        assert explorer.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
        page.set_viewport_size({"width": 1280, "height": 720})
        page.evaluate(WITHOUT_FILES)
        page.evaluate(RUN_ALL)  # goes on from the file
        explorer.wait_for()
        assert [explorer.locator(part).inner_text() for part in PARTS] == view
        assert page.evaluate("() => window.ran") is None
        assert not [a for a in asked if not a.startswith((lab, "data:", "blob:"))]
        assert not [one for one in complaints if "framelens" in one]
