"""The page of a report: its map, strips and claims, and that everybody can read it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import product
from pathlib import Path

import pandas as pd
import pytest

from framelens import coverage, explore, read_corpus
from framelens.report import report
from framelens.show.addresses import Addresses
from framelens.show.article import STYLES
from framelens.show.drawing import BLUE
from framelens.show.events_map import events_map
from framelens.show.shared_view import claims_page
from framelens.show.strips import voice_strips

SHEET = Path(__file__).parents[1] / "framelens" / "report" / "page.css"

DAM = (
    "The old dam above Reddin broke on Monday and flooded {} villages there.\n\n"
    "Mayor Ada Bell {} that the engineers had warned the council of it.\n\n"
    "{}"
)
EXTRA = (
    "Beekeepers across the hills say that their honey harvest will be the best ever.",
    "A choir from the coast has won the national singing contest for the third time.",
)
EVENT = pd.DataFrame(
    {
        "article": ["a", "b", "c"],
        "outlet": ["Daily", "Herald", "Daily"],
        "event": ["dam", "dam", "storm"],
        "date": ["2022-10-20", "2022-10-22", None],
        "title": ["Dam breaks", None, "Storm"],
        "text": [
            DAM.format("two", "said", EXTRA[0]),
            DAM.format("three", "denied", EXTRA[1]),
            "A storm came.",
        ],
    }
)


@pytest.fixture(scope="module")
def corpus():
    return read_corpus(EVENT)


@pytest.fixture(scope="module")
def claims(corpus):
    lined_up = coverage(corpus.where(event="dam"))
    return claims_page(lined_up, Addresses(corpus.articles))


@pytest.fixture(scope="module")
def html(corpus, tmp_path_factory):
    return report(corpus, tmp_path_factory.mktemp("page")).read_text(encoding="utf-8")


class Faults(HTMLParser):
    """What would keep somebody from a page: the kinds that axe calls serious."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.labelled = set(re.findall(r'<label for="([^"]*)"', html))
        self.ids = re.findall(r' id="([^"]*)"', html)
        self.level, self.named, self.open = 0, True, []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            if int(tag[1]) > self.level + 1:
                self.faults.append(f"{tag} after h{self.level}")
            self.level = int(tag[1])
        named = given.get("aria-label") or given.get("aria-labelledby")
        wide = given.get("class") == "wide" or tag == "figure"
        checks = {
            "th without scope": tag == "th" and "scope" not in given,
            "image without words": tag == "img" and not given.get("alt"),
            "picture without role or name": tag == "svg"
            and not ("role" in given and named),
            "control without label": tag in ("input", "select", "textarea")
            and not (named or given.get("id") in self.labelled or "label" in self.open),
            "scrolls, but not by keyboard": wide and given.get("tabindex") != "0",
            "leads nowhere": tag == "a"
            and str(given.get("href")).startswith("#")
            and given["href"][1:] not in self.ids,
        }
        self.faults += [name for name, wrong in checks.items() if wrong]
        if tag in ("meta", "img", "br", "hr", "input"):
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    digits = colour.lstrip("#")
    digits = "".join(2 * one for one in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast by WCAG 2.2, from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def palettes() -> list[dict[str, str]]:
    """Give the light and the dark colours of the style sheet."""
    rules = re.findall(r":root \{(.*?)\}", SHEET.read_text(encoding="utf-8"), re.S)
    light, dark = (dict(re.findall(r"--(\w+): (#\w+)", rule)) for rule in rules)
    return [light, {**light, **dark}]


def test_contrasts_are_those_of_the_standard():
    assert contrast("#fff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", palettes(), ids=["light", "dark"])
def test_every_colour_can_be_read(palette):
    words = product(("ink", "soft", "link"), ("paper", "warm"))
    for word, ground in words:
        assert contrast(palette[word], palette[ground]) >= 4.5, (word, ground)
    assert contrast(BLUE, palette["paper"]) >= 3, "marks of lanes"
    assert contrast("#ffffff", BLUE) >= 4.5, "numbers of the map"
    for ground, _ in STYLES.values():
        assert contrast("#111111", ground) >= 4.5


def test_the_page_keeps_nobody_out(html):
    assert Faults(html).faults == []


def test_a_saved_view_keeps_nobody_out(corpus, tmp_path):
    view = explore(corpus).choose(measure="terms").select("dam")
    page = view.save(tmp_path / "view.html").read_text(encoding="utf-8")
    assert Faults(page).faults == []


def test_a_fault_is_seen():
    html = '<h1>a</h1><h3>b</h3><table><th>c</th></table><svg></svg><input id="d">'
    html += '<img src="e"><div class="wide"></div><a href="#f">g</a>'
    assert len(set(Faults(html).faults)) == 7


def test_the_map_counts_who_covers_what_and_who_is_alone(corpus):
    made = events_map(corpus.events, Addresses(corpus.articles))
    rows = [*made.table.itertuples(index=False, name=None)]
    assert rows == [
        ("dam", "Daily", 1, False),
        ("dam", "Herald", 1, False),
        ("storm", "Daily", 1, True),
    ]
    assert "3 articles of 2 outlets on 2 events; 1 covered by two outlets" in made.text
    assert "1 article, only Daily, 1 without a date" in made.text
    assert "Events that no other outlet here covers | 1 | 0" in made.text
    assert 'href="#a1-1" aria-label="1 article of Daily on dam"' in made.html
    assert 'aria-label="20 Oct 2022: Daily 1"' in made.html


def test_one_event_is_mapped_by_outlet(corpus):
    made = events_map(corpus.where(event="dam").events, Addresses(corpus.articles))
    assert [line.split(" |")[0] for line in made.text.splitlines()[1:4]] == [
        "Outlet",
        "Daily · 1 article, 20 Oct 2022",
        "Herald · 1 article, 22 Oct 2022",
    ]


def test_a_large_map_is_cut_to_the_largest_and_says_so():
    rows = [
        {
            "article": f"{event}-{outlet}",
            "outlet": f"Outlet {outlet:02}",
            "event": f"event {event:03}",
            "date": f"2022-{1 + event // 28:02}-{1 + event % 28:02}",
            "text": "It rained.",
        }
        for event in range(300)
        for outlet in range(20 if event < 4 else 1 + event % 2)
    ]
    large = read_corpus(pd.DataFrame(rows))
    made = events_map(large.events, Addresses(large.articles.head(40)))
    assert made.html.count('scope="row"') == 11, "ten events, and a sum"
    assert "290 more events" in made.text
    assert "“Other outlets” are 8 with fewer articles." in made.text
    alone = sum(1 + event % 2 == 1 for event in range(4, 300))
    assert f"Events that no other outlet here covers | {alone} | 0" in made.text
    assert "8 more articles" not in made.text
    assert len(made.html) < 60_000
    lists = set(re.findall(r'href="#(e[^"]*)"', made.html))
    assert lists
    assert lists <= set(re.findall(r' id="([^"]*)"', made.html))


def test_a_strip_has_every_voice_at_its_place(corpus):
    made = voice_strips(corpus, Addresses(corpus.articles))
    spoken = corpus.voices[corpus.voices["voice"].ne("furniture")]
    assert made.table[["article", "start", "end"]].to_numpy().tolist() == (
        spoken[["article", "start", "end"]].to_numpy().tolist()
    )
    first = spoken[spoken["article"].eq("a") & spoken["voice"].eq("indirect")].iloc[0]
    length = len(EVENT["text"][0])
    left, width = (
        f"{100 * signs / length:.2f}%"
        for signs in (first["start"], first["end"] - first["start"])
    )
    assert f'x="{left}" y="9" width="{width}" height="9"' in made.html
    assert "Daily 2022-10-20, “Dam breaks”" in made.text
    assert "Herald 2022-10-22, no headline" in made.text


def test_each_claim_is_shared_contradicting_or_of_one_outlet(claims):
    table = claims.table
    assert len(table[["claim", "status"]].drop_duplicates()) == table["claim"].nunique()
    of = {
        status: set(rows.loc[rows["cell"].eq("present"), "text"])
        for status, rows in table.groupby("status")
    }
    assert of["only here"] == set(EXTRA)
    assert {text.split(" that")[0] for text in of["contradicting"]} >= {
        "Mayor Ada Bell said",
        "Mayor Ada Bell denied",
    }
    assert "another figure (“two” against “three”)" in claims.text
    denied = table["text"].str.startswith("Mayor") & table["cell"].eq("present")
    assert table.loc[denied, "opposed"].str.contains("a denial").all()
    assert "Read and judge these yourself" in claims.text


def test_claims_do_not_hang_on_the_order_of_outlets(corpus, claims):
    turned = corpus.where(event="dam").articles.iloc[::-1].reset_index(drop=True)
    other = claims_page(coverage(turned), Addresses(turned)).table
    keys = ["status", "outlet", "cell", "text"]
    first, second = (
        sorted(map(tuple, table[table["cell"].eq("present")][keys].to_numpy()))
        for table in (claims.table, other)
    )
    assert first == second


def test_every_passage_leads_to_its_paragraph(claims):
    assert '<a href="#a1-3">Daily, 2022-10-20, “Dam breaks”</a>' in claims.html
    assert '<a href="#a2-2">Herald, 2022-10-22' in claims.html


def test_what_is_not_on_the_page_is_named_without_a_link(corpus):
    nothing = Addresses(corpus.articles.head(0))
    made = voice_strips(corpus, nothing)
    assert "<a " not in made.html
    assert "Dam breaks" in made.text
