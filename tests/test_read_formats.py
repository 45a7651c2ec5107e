"""Formats: made examples of every kind of file, and what is read from each."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pandas as pd
import pytest

from framelens._checks import ColumnError, InputError
from framelens.read import Limits, read_articles

NEXIS = """


                               1 of 2 DOCUMENTS


               Copyright 2021 Lakeside Press Company
                              All Rights Reserved

                             The Lakeside Post

                             May 3, 2021 Monday
                                 Late Edition

SECTION: CITY; Pg. 4

LENGTH: 41 words

HEADLINE: Council shuts
ferry pier

BYLINE: Ada Writer

BODY:

The council shut the ferry pier on Monday after a storm had loosened three of
its boards, and the harbour master said that it would stay shut for a week.

"Nobody boards here until the planks are new," the harbour master, Ina Roth,
said.

LOAD-DATE: May 4, 2021

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper


                               2 of 2 DOCUMENTS


                                 Küstenblatt

                            Dienstag 4. Mai 2021

Anleger bleibt zu;
Fähre fährt nicht

AUTOR: Bo Feder

LÄNGE: 12 Wörter

Der Anleger ist gesperrt. Die Fähre fährt nicht.

UPDATE: 5. Mai 2021

SPRACHE: GERMAN; DEUTSCH


                    Copyright 2021 Küstenblatt GmbH
"""

NEXIS_UNI = [
    *("Job Number: 1", "Documents (2)", "1. Pier shut", "Client/Matter: -None-", ""),
    *("Pier shut", "The Lakeside Post.", "May 3, 2021 Monday 9:20 AM GMT", ""),
    *("Copyright 2021 Lakeside Press All Rights Reserved", "Section:\xa0CITY; Pg. 4"),
    *("Length:\xa041 words", "Byline:\xa0Ada Writer", "Body", "", ""),
    *("The council shut the pier.", "“Nobody boards,” Ina Roth said.", "Graphic", ""),
    *("A planks' picture", "Load-Date:\xa0May 4, 2021", "", "End of Document", ""),
    *("Ferry back", "Shore Daily", "May 9, 2021 Sunday", "Length:\xa07 words", "Body"),
    *(
        "The ferry is back.",
        "Classification",
        "Language:\xa0ENGLISH",
        "End of Document",
    ),
]

FACTIVA = """<html><head><title>Factiva</title></head><body><div id="contentLeft">
<div id="article-X1" class="article"><div class="article enArticle"><p>
</p><div>City</div>
<div id="hd"><span class="enHeadline">Council shuts pier </span></div>
<div class="author">By Ada Writer </div><div>41 słów</div><div>3 maja 2021</div>
<div>09:20</div><div>The Lakeside Post</div><div>LAKPST</div><div>Angielski</div>
<div>Copyright 2021. Lakeside Press. </div><p></p>
<p class="articleParagraph enarticleParagraph">The council shut the pier.</p>
<p class="articleParagraph enarticleParagraph">“Nobody boards,” Ina Roth said.</p>
<p>A picture of planks.</p><p>Lakeside Press</p>
<p>Dokument LAKPST0020210503eh5300001</p></div></div>
<div class="article enArticle"><table>
<tr><td><b>HD</b>&nbsp;</td><td><b class="enHeadline">Ferry back</b></td></tr>
<tr><td><b>WC</b>&nbsp;</td><td>7 mots</td></tr>
<tr><td><b>PD</b>&nbsp;</td><td>9 mai 2021</td></tr>
<tr><td><b>SN</b>&nbsp;</td><td>Shore Daily</td></tr>
<tr><td><b>LP</b>&nbsp;</td>
<td><p class="articleParagraph">The ferry is back.</p></td></tr>
<tr><td><b>TD</b>&nbsp;</td><td><p class="articleParagraph">It sails.</p></td></tr>
<tr><td><b>IPC</b>&nbsp;</td><td>VOTE | GEN</td></tr></table></div></div></body>"""

FACTIVA_RTF = r"""{\rtf1\ansi\ansicpg1252
Council shuts pier\par By Ada Writer\par 41 words\par 3 May 2021\par
The Lakeside Post\par LAKPST\par English\par Copyright 2021 Lakeside Press\par \par
The council shut the pier.\par \par Ina Roth said: \'93Nobody boards.\'94\par \par
Document LAKPST0020210503eh5300001\par }"""

EUROPRESSE = """<html><body>
<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">
Le Quai, no. 812</span></div><div><span class="DocHeader">Ville, lundi 3 mai 2021</span>
</div><div class="titreArticle"><p class="titreArticleVisu rdp__articletitle">Le ponton
fermé</p></div></header><section><div class="docOcurrContainer"><p>La ville a fermé le
ponton.</p><p>« Personne ne monte », a dit Ina Roth.</p></div></section>
<footer>© 2021 Le Quai. news·20210503·QU·1</footer></article></body></html>"""

PROQUEST = """
____________________________________________________________

Council shuts pier

Author: Writer, Ada

Publication info: The Lakeside Post; Lakeside, Fla. [Lakeside, Fla.]03 May 2021: A.4.

Full text: The council shut the pier.

"Nobody boards," Ina Roth said.

Title: Council shuts pier

Publication title: The Lakeside Post; Lakeside, Fla.

Publication date: May 3, 2021

ProQuest document ID: 101

Language of publication: English

____________________________________________________________

Ferry back

Publication title: Shore Daily

Publication date: May 9, 2021

Full text: Not available.

ProQuest document ID: 102

____________________________________________________________

Contact us at: http://about.example/contact
"""

PAGE = """<!doctype html><html lang="en"><head><title>Council shuts pier | Post</title>
<meta property="og:site_name" content="Lakeside Post">
<meta property="article:published_time" content="2021-05-03T09:20:00Z">
<meta name="author" content="Ada Writer">
<link rel="canonical" href="https://post.example/pier"></head>
<body><nav>Home News</nav><article><h1>Council shuts pier</h1><p>{text}</p>
<p>The harbour master, Ina Roth, said that nobody would board the ferry before all of
the planks had been replaced by new ones.</p></article><footer>Terms of use</footer>
</body></html>"""

STORY = (
    "The council shut the ferry pier on Monday after a storm had loosened three of its "
    "boards, and the harbour master said that it would stay shut for at least a week."
)

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Lakeside Post</title>
<item><title>Council shuts pier</title><link>https://post.example/pier</link>
<pubDate>Mon, 03 May 2021 09:20:00 GMT</pubDate>
<description>&lt;p&gt;The council shut the pier.&lt;/p&gt;</description></item>
<item><title>Odd</title><link>javascript:alert(1)</link>
<description>The ferry is back.</description></item></channel></rss>"""


def docx(*paragraphs):
    from docx import Document

    made, held = Document(), io.BytesIO()
    for one in paragraphs:
        made.add_paragraph(one)
    made.save(held)
    return held.getvalue()


def xlsx(rows):
    held = io.BytesIO()
    pd.DataFrame(rows).to_excel(held, index=False, header=False)
    return held.getvalue()


def warc(*pages):
    """Make a web archive of answers: an address, a status and a page each."""
    out = b""
    for url, status, page in pages:
        answer = f"HTTP/1.0 {status}\r\nContent-Type: text/html\r\n\r\n{page}".encode()
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2021-05-03T09:20:00Z\r\n"
            "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
            f"WARC-Target-URI: {url}\r\nContent-Length: {len(answer)}\r\n"
            "Content-Type: application/http; msgtype=response\r\n\r\n"
        )
        out += gzip.compress(head.encode() + answer + b"\r\n\r\n")
    return out


def pdf(text):
    """Make the smallest file that a reader of PDF takes."""
    stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET"
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        "/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += f"{number} 0 obj{body}endobj\n"
    begin = len(out)
    out += "xref\n0 6\n0000000000 65535 f \n" + "".join(
        f"{at:010} 00000 n \n" for at in places
    )
    out += f"trailer<</Size 6/Root 1 0 R>>\nstartxref\n{begin}\n%%EOF"
    return out.encode("latin-1")


def read(tmp_path, name, content, **options):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_articles(path, **options)


def rows(reading, *columns):
    columns = columns or ("outlet", "date", "title", "text")
    return reading.articles[list(columns)].to_numpy().tolist()


def test_nexis_text_is_split_into_its_documents(tmp_path):
    reading = read(tmp_path, "nexis.txt", NEXIS)
    first, second = rows(reading)
    assert first == [
        "The Lakeside Post",
        "2021-05-03",
        "Council shuts ferry pier",
        "The council shut the ferry pier on Monday after a storm had loosened three of "
        "its boards, and the harbour master said that it would stay shut for a week."
        '\n\n"Nobody boards here until the planks are new," the harbour master, Ina '
        "Roth, said.",
    ]
    assert second == [
        "Küstenblatt",
        "2021-05-04",
        "Anleger bleibt zu; Fähre fährt nicht",
        "Der Anleger ist gesperrt. Die Fähre fährt nicht.",
    ]
    assert rows(reading, "language", "author", "section") == [
        ["en", "Ada Writer", "CITY; Pg. 4"],
        ["de", "Bo Feder", None],
    ]
    assert "Nexis: 2 documents" in reading.account


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_line_ends_do_not_hide_documents(tmp_path, ends):
    assert len(read(tmp_path, "n.txt", NEXIS.replace("\n", ends)).articles) == 2


UNI = [
    [
        "The Lakeside Post",
        "2021-05-03",
        "Pier shut",
        "The council shut the pier.\n\n“Nobody boards,” Ina Roth said.",
    ],
    ["Shore Daily", "2021-05-09", "Ferry back", "The ferry is back."],
]


def test_an_outlet_below_the_rights_and_a_season_for_a_date(tmp_path):
    one = "     Copyright 2008 Reed Press\n     Harbour Review\n\n"
    text = "".join(
        f"     {number} of 2 DOCUMENTS\n\n{one}     {date}\n\nPier shut\n\n"
        f"LENGTH: 60 words\n\n{STORY}\n\nLANGUAGE: ENGLISH\n\n\n"
        for number, date in ((1, "May 3, 2008"), (2, "Summer, 2008"))
    )
    (tmp_path / "nexis.txt").write_text(text, encoding="utf-8")
    articles = read_articles(tmp_path / "nexis.txt").articles
    assert articles["outlet"].tolist() == ["Harbour Review"] * 2
    assert articles["date"].tolist() == ["2008-05-03", None]
    assert articles["title"].tolist() == ["Pier shut"] * 2


def test_nexis_uni_is_read_from_word_and_from_pages(tmp_path):
    word = read(tmp_path, "n.docx", docx(*NEXIS_UNI))
    assert rows(word) == UNI
    page = "".join(f"<p>{one}</p>" for one in NEXIS_UNI)
    assert rows(read(tmp_path, "n.html", f"<html><body>{page}")) == UNI
    text = read(tmp_path, "n.txt", "\n".join(NEXIS_UNI))
    assert rows(text, "outlet", "date", "title") == [row[:3] for row in UNI]
    rtf = (
        "{\\rtf1\\ansi "
        + "\\par ".join(NEXIS_UNI[:20])
        .replace("“", "\\'93")
        .replace("”", "\\'94")
        .replace("\xa0", " ")
        + "\\par End of Document\\par }"
    )
    assert rows(read(tmp_path, "n.rtf", rtf), "outlet", "title") == [
        ["The Lakeside Post", "Pier shut"]
    ]


def test_factiva_is_read_in_any_language_of_the_interface(tmp_path):
    reading = read(tmp_path, "factiva.html", FACTIVA)
    assert rows(reading) == [
        [
            "The Lakeside Post",
            "2021-05-03",
            "Council shuts pier",
            "The council shut the pier.\n\n“Nobody boards,” Ina Roth said.",
        ],
        ["Shore Daily", "2021-05-09", "Ferry back", "The ferry is back.\n\nIt sails."],
    ]
    assert reading.articles["date_as_written"][0] == "3 maja 2021 09:20"
    rtf = read(tmp_path, "factiva.rtf", FACTIVA_RTF)
    assert rows(rtf) == [
        [
            "The Lakeside Post",
            "2021-05-03",
            "Council shuts pier",
            "The council shut the pier.\n\nIna Roth said: “Nobody boards.”",
        ]
    ]


def test_europresse_and_proquest(tmp_path):
    assert rows(read(tmp_path, "europresse.html", EUROPRESSE)) == [
        [
            "Le Quai",
            "2021-05-03",
            "Le ponton fermé",
            "La ville a fermé le ponton.\n\n« Personne ne monte », a dit Ina Roth.",
        ]
    ]
    reading = read(tmp_path, "proquest.txt", PROQUEST)
    assert rows(reading) == [
        [
            "The Lakeside Post",
            "2021-05-03",
            "Council shuts pier",
            'The council shut the pier.\n\n"Nobody boards," Ina Roth said.',
        ]
    ]
    assert reading.dropped["reason"].tolist() == ["it holds no text"]


def test_a_saved_page_gives_its_article(tmp_path):
    reading = read(tmp_path, "pier.html", PAGE.replace("{text}", STORY))
    assert rows(reading, "article", "outlet", "date", "title", "url", "author") == [
        [
            *("pier", "Lakeside Post", "2021-05-03", "Council shuts pier"),
            *("https://post.example/pier", "Ada Writer"),
        ]
    ]
    assert STORY in reading.articles["text"][0]
    assert "Terms of use" not in reading.articles["text"][0]


def test_feeds_and_web_archives(tmp_path):
    feed = read(tmp_path, "post.rss", FEED)
    assert rows(feed, "outlet", "date", "title", "text", "url") == [
        [
            *("Lakeside Post", "2021-05-03", "Council shuts pier"),
            *("The council shut the pier.", "https://post.example/pier"),
        ],
        ["Lakeside Post", None, "Odd", "The ferry is back.", None],
    ]
    page = PAGE.replace("{text}", STORY)
    crawl = warc(
        ("https://post.example/pier", "200 OK", page),
        ("https://post.example/gone", "404 Not Found", page),
    )
    reading = read(tmp_path, "crawl.warc.gz", crawl)
    assert rows(reading, "outlet", "title") == [["Lakeside Post", "Council shuts pier"]]
    assert reading.dropped["reason"].tolist() == ["the answer was 404"]


def test_documents_of_an_office(tmp_path):
    word = read(tmp_path, "pier.docx", docx("Pier shut", STORY))
    assert rows(word, "article", "text") == [["pier", f"Pier shut\n{STORY}"]]
    rich = read(tmp_path, "pier.rtf", r"{\rtf1\ansi The caf\'e9 is shut.\par }")
    assert rich.articles["text"][0].strip() == "The café is shut."
    portable = read(tmp_path, "pier.pdf", pdf("The council shut the pier."))
    assert rows(portable, "text") == [["The council shut the pier."]]
    with pytest.raises(InputError, match="holds pictures, no text"):
        read(tmp_path, "scan.pdf", pdf(""))


def test_spreadsheets_and_tabs(tmp_path):
    sheet = [
        ["Export of 3 May", None, None],
        ["Headline", "Publication", "Full Text"],
        ["Pier shut", "Post", STORY],
    ]
    reading = read(tmp_path, "t.xlsx", xlsx(sheet))
    assert rows(reading, "article", "outlet", "title", "text") == [
        ["1", "Post", "Pier shut", STORY]
    ]
    tabs = read(
        tmp_path, "t.tsv", f"headline\tsource\tbody\nPier shut\tPost\t{STORY}\n"
    )
    assert rows(tabs, "outlet", "title", "text") == [["Post", "Pier shut", STORY]]


JSON = {
    "list": [
        {"headline": "Pier", "source": {"id": "p", "name": "Post"}, "content": STORY}
    ],
    "guardian": {
        "response": {
            "status": "ok",
            "results": [
                {
                    "id": "city/2021/pier",
                    "webTitle": "Pier",
                    "publication": "Post",
                    "fields": {"bodyText": STORY, "trailText": "Shut."},
                }
            ],
        }
    },
    "by name": {
        "a": {"title": "Pier", "outlet": "Post", "text": STORY},
        "b": {"title": "Pier", "outlet": "Post", "text": STORY},
    },
}


@pytest.mark.parametrize("kind", JSON)
def test_objects_of_every_shape(tmp_path, kind):
    reading = read(tmp_path, "t.json", json.dumps(JSON[kind]))
    assert rows(reading, "outlet", "title", "text")[0] == ["Post", "Pier", STORY]


def test_addresses_find_their_texts_among_saved_pages(tmp_path):
    page = PAGE.replace("{text}", STORY)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/one.html").write_text(page, encoding="utf-8")
    table = [
        {
            "stories_id": 5,
            "media_name": "The Post",
            "url": "http://www.post.example/pier/",
        },
        {"stories_id": 6, "media_name": "Shore", "url": "https://shore.example/x"},
    ]
    path = tmp_path / "stories.json"
    path.write_text(json.dumps(table), encoding="utf-8")
    with pytest.raises(ColumnError, match="has addresses but no texts, for 2 articles"):
        read_articles(path)
    reading = read_articles([path, tmp_path / "pages"])
    assert rows(reading, "article", "outlet") == [["5", "The Post"]]
    assert STORY in reading.articles["text"][0]
    assert "1 of 2 texts are from pages read too" in reading.account


def archive(files):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return held.getvalue()


def test_any_mixture_of_folders_and_archives(tmp_path):
    files = {
        "all/post/2021-05-03-pier.txt": STORY,
        "all/shore/page.html": PAGE.replace("{text}", STORY).replace(
            '<meta property="og:site_name" content="Lakeside Post">', ""
        ),
        "all/shore/nexis.txt": NEXIS,
        "all/post/.hidden.txt": "no",
        "../out.txt": "no",
        "all/post/logo.png": "no",
    }
    reading = read(tmp_path, "all.zip", archive(files))
    assert len(reading.articles) == 4
    assert reading.articles["outlet"].tolist()[0] == "post"
    assert reading.articles["date"].tolist()[0] == "2021-05-03"
    assert "Küstenblatt" in set(reading.articles["outlet"])
    assert reading.dropped["reason"].tolist() == ["its name leads out of the archive"]
    assert "1 other file: not read" in reading.account


def test_files_of_one_name_keep_their_articles_apart(tmp_path):
    (tmp_path / "n.txt").write_text(NEXIS, encoding="utf-8")
    (tmp_path / "n.docx").write_bytes(docx(*NEXIS_UNI))
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("id,body\n1,Bread\n2,Milk\n", encoding="utf-8")
    reading = read_articles(tmp_path)
    assert reading.articles["article"].tolist() == [
        *("a/1", "a/2", "b/1", "b/2"),
        *("n.docx/1", "n.docx/2", "n.txt/1", "n.txt/2"),
    ]
    assert "identifiers begin with the file's name" in reading.account


def test_folders_are_what_the_analyst_says(tmp_path):
    for name in ("post/pier/1.txt", "shore/pier/1.txt"):
        path = tmp_path / "all" / name
        path.parent.mkdir(parents=True)
        path.write_text(STORY, encoding="utf-8")
    plain = read_articles(tmp_path / "all")
    assert plain.articles["outlet"].tolist() == ["post", "shore"]
    assert "folders name the outlet" in plain.account
    stated = read_articles(tmp_path / "all", folders=("outlet", "event"))
    assert stated.articles["event"].tolist() == ["pier", "pier"]


# Hostile files


def test_a_bomb_is_refused_by_name_of_the_limit(tmp_path):
    bomb = archive({"a.txt": b"0" * 20_000_000})
    with pytest.raises(InputError, match=r"200 times its size.*archive_ratio"):
        read(tmp_path, "bomb.zip", bomb)
    small = archive({f"{n}.txt": "Bread" for n in range(30)})
    for limits, name in [
        (Limits(archive_files=20), "archive_files"),
        (Limits(archive_bytes=100), "archive_bytes"),
        (Limits(file_bytes=100), "file_bytes"),
    ]:
        with pytest.raises(InputError, match=name):
            read(tmp_path, "small.zip", small, limits=limits)


def test_entities_and_depth_are_refused(tmp_path):
    lol = '<!DOCTYPE r [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><rss>&b;</rss>'
    with pytest.raises(InputError, match="declares XML entities"):
        read(tmp_path, "lol.rss", lol)
    deep = '{"a":' * 60 + "1" + "}" * 60
    with pytest.raises(InputError, match=r"limits=Limits\(depth=\.\.\.\)"):
        read(tmp_path, "deep.json", f"[{deep}]")
    line = '{"article": "1", "text": "' + "a" * 200 + '"}\n'
    with pytest.raises(InputError, match=r"limits=Limits\(line_bytes=\.\.\.\)"):
        read(tmp_path, "long.jsonl", line, limits=Limits(line_bytes=100))


def test_a_link_in_an_archive_is_not_followed(tmp_path):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
        made.writestr("a.txt", "Bread")
    reading = read(tmp_path, "a.zip", held.getvalue())
    assert reading.articles["text"].tolist() == ["Bread"]
    assert "it is a link" in reading.dropped["reason"][0]


def test_what_looks_like_several_documents_is_noted(tmp_path):
    text = "\n\n=====\n\n".join([STORY] * 5)
    for name, data in [("a.docx", docx(*text.split("\n"))), ("a.txt", text)]:
        reading = read(tmp_path, name, data)
        assert len(reading.articles) == 1
        assert "it may hold several documents" in reading.account
