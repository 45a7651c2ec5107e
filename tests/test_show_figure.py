"""Figures: what a notebook shows, and what a slide holds."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.image import imread

from framelens._checks import InputError
from framelens.show import Figure


def drawn(rows=3, *, layout="constrained", caption="3 articles, 2022.", title=""):
    _, ax = plt.subplots(figsize=(8, 0.3 * rows + 1.2), layout=layout)
    ax.barh([f"item {row}" for row in range(rows)], range(rows))
    ax.set_xlabel("words")
    return Figure.from_axes(
        ax, caption=caption, alt='Bars & "marks".', title=title, source="Source: Daily."
    )


def test_a_cell_shows_image_alt_caption_and_source():
    figure = drawn()
    data, metadata = figure._repr_mimebundle_()
    assert data["image/png"].startswith(b"\x89PNG")
    assert 'alt="Bars &amp; &quot;marks&quot;."' in data["text/html"]
    assert "<figcaption>3 articles, 2022.<br>Source: Daily." in data["text/html"]
    assert "3 articles, 2022." in data["text/plain"]
    assert metadata["image/png"]["alt"] == 'Bars & "marks".'


def test_a_long_caption_is_cut_after_three_lines_and_the_rest_is_folded():
    many = "Few of them are verbs. " * 12
    said = f"Words of 3 articles. {many}None is <b>rare</b>."
    figure = drawn(caption=said)
    above, opened = figure.html.split("<details>")
    shown = above.split("<figcaption>")[1]
    assert shown.startswith("Words of 3 articles. Few of them are verbs.")
    assert shown.endswith("verbs.<br>Source: Daily.")
    assert len(shown) <= 300
    assert "None is &lt;b&gt;rare&lt;/b&gt;.</p></details>" in opened
    words = f"{shown.split('<br>')[0]} {opened.split('<p>')[1].split('</p>')[0]}"
    assert words.split() == said.replace("<", "&lt;").replace(">", "&gt;").split()
    assert figure.caption == said


def test_a_figure_is_shown_once():
    before = plt.get_fignums()  # what other tests left open
    drawn()
    assert plt.get_fignums() == before


def test_slides_have_the_size_of_a_slide(tmp_path):
    figure = drawn(title="A title")
    png = imread(figure.save(tmp_path / "one.png"))
    assert abs(png.shape[1] - 2000) <= 2
    assert abs(png.shape[0] - 1125) <= 2
    svg = ET.parse(figure.save(tmp_path / "one.SVG")).getroot()  # noqa: S314
    assert float(svg.get("width").removesuffix("pt")) == pytest.approx(960, abs=0.5)
    assert float(svg.get("height").removesuffix("pt")) == pytest.approx(540, abs=0.5)


@pytest.mark.parametrize("layout", ["constrained", None])
@pytest.mark.parametrize("rows", [2, 40])
def test_nothing_overlaps_on_a_slide(tmp_path, rows, layout):
    figure = drawn(rows, layout=layout, caption="A long caption. " * 40, title="Title")
    boxes = {}

    def spy(self, *args, **kwargs):
        canvas = FigureCanvasAgg(self)
        canvas.draw()
        renderer = canvas.get_renderer()
        boxes["texts"] = [one.get_window_extent(renderer) for one in self.texts]
        boxes["plot"] = self.axes[0].get_tightbbox(renderer)
        boxes["page"] = self.bbox.frozen()
        return original(self, *args, **kwargs)

    original = type(figure.drawing).savefig
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(figure.drawing), "savefig", spy)
        figure.save(tmp_path / "slide.png")
    caption, title = boxes["texts"]
    assert caption.y1 <= boxes["plot"].y0
    assert boxes["plot"].y1 <= title.y0
    for box in (caption, title, boxes["plot"]):
        assert boxes["page"].x0 <= box.x0
        assert boxes["page"].y0 <= box.y0
        assert box.x1 <= boxes["page"].x1
        assert box.y1 <= boxes["page"].y1


def test_saving_leaves_the_figure_as_it_was(tmp_path):
    figure = drawn()
    size = figure.drawing.get_size_inches().copy()
    first = figure.save(tmp_path / "a.png").read_bytes()
    assert first == figure.save(tmp_path / "a.png").read_bytes()
    np.testing.assert_array_equal(figure.drawing.get_size_inches(), size)
    assert not figure.drawing.texts


def test_the_same_drawing_gives_the_same_bytes(tmp_path):
    assert drawn().png == drawn().png
    for name in ("a.svg", "b.svg"):
        drawn().save(tmp_path / name)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


@pytest.mark.parametrize("name", ["figure.pdf", "figure", "figure.png.exe"])
def test_other_suffixes_are_refused_in_one_line(tmp_path, name):
    with pytest.raises(InputError, match=r"\.png or \.svg") as error:
        drawn().save(tmp_path / name)
    assert "\n" not in str(error.value)
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path):
    (tmp_path / "file").write_text("kept")
    (tmp_path / "folder.png").mkdir()
    for path in ("missing/a.png", "file/a.png", "folder.png", "nul\x00.png"):
        with pytest.raises(InputError, match="cannot write") as error:
            drawn().save(tmp_path / path)
        assert "\n" not in str(error.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder.png"]


def test_hostile_captions_stay_text(tmp_path):
    hostile = '"><script>alert(1)</script>\x00\u202e$\\frac{x'
    _, ax = plt.subplots(layout="constrained")
    figure = Figure.from_axes(
        ax, caption=hostile, alt=hostile, title=hostile, source=hostile
    )
    assert "<script" not in figure.html
    part = figure.save(tmp_path / "a.svg").read_text()
    tree = ET.fromstring(part)  # noqa: S314
    assert not [one for one in tree.iter() if one.tag.endswith("script")]
