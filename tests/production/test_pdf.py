"""The PDF: literal text, equal bytes everywhere, marks of accessibility, tables and charts that lose nothing."""

from __future__ import annotations

import copy
import hashlib
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pypdfium2
import pytest
from nbconvert.exporters import get_exporter

from helpers.errors import ReportError
from helpers.production import pdf

Content = dict[str, Any]
HASHED = """
import hashlib, json, pathlib, sys
from helpers.production import pdf
document = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
print(hashlib.sha256(pdf.render(document)).hexdigest())
"""


def pdf_pages(made: bytes) -> list[str]:
    """Return the text of each page as a reader would copy it: words broken at a line's end are whole again."""
    with pypdfium2.PdfDocument(made) as document:
        return [page.get_textpage().get_text_range().replace("\ufffe", "") for page in document]


def pdf_words(made: bytes) -> list[str]:
    """Return the words of a PDF in the order of reading."""
    return " ".join(pdf_pages(made)).split()


@pytest.fixture(scope="module")
def report(sample: ModuleType) -> bytes:
    """Return the sample report, set once."""
    return pdf.render(sample.sample_document())


@pytest.fixture(scope="module")
def only(sample: ModuleType) -> Callable[..., bytes]:
    """Return what sets a document of a few nodes and no cover."""

    def made(*nodes: Content, **changes: Any) -> bytes:
        chapters = [{"id": "chapter", "title": "Hoofdstuk", "nodes": list(nodes)}]
        return pdf.render(sample.sample_document(**{"cover": None, "chapters": chapters, **changes}))

    return made


def wide(sample: ModuleType, columns: int, rows: int, *, word: str = "Aanbeveling") -> Content:
    """Return a table of figures whose every cell is a different word."""
    heads = [
        sample.column("stub", "Segment"),
        *(sample.column(f"c{at}", word, number=True) for at in range(1, columns)),
    ]
    lines = [sample.row(*[f"r{line}k{at}" for at in range(columns)]) for line in range(rows)]
    node: Content = sample.shown(sample.table("wide", "Brede tabel", heads, lines))[0]
    return node


def test_the_document_is_not_changed(sample: ModuleType) -> None:
    """Setting a document leaves it as it was, for the HTML is made of the same tree."""
    document = sample.sample_document()
    before = copy.deepcopy(document)
    pdf.render(document)
    assert document == before


def test_the_same_document_gives_the_same_bytes(sample: ModuleType, report: bytes) -> None:
    """A second run, warm, gives the bytes of the first."""
    assert pdf.render(sample.sample_document()) == report


def test_the_bytes_do_not_depend_on_the_machine(sample: ModuleType, report: bytes, tmp_path: Path) -> None:
    """Another process in another folder, home, time zone, locale and hash seed writes the same bytes."""
    folder = tmp_path / "a folder"
    folder.mkdir()
    file = folder / "document.json"
    file.write_text(json.dumps(sample.sample_document()), encoding="utf-8")
    strange = {
        "HOME": str(folder),
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "7",
        "TMPDIR": str(folder),
    }
    ran = subprocess.run(
        [sys.executable, "-c", HASHED, str(file)],
        cwd=folder, env=os.environ | strange, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ran.stdout.strip() == hashlib.sha256(report).hexdigest()


def test_no_path_of_this_machine_is_in_the_file(report: bytes) -> None:
    """Neither the folder of the templates nor a temporary folder leaves its name in the PDF."""
    assert str(pdf.TEMPLATES).encode() not in report
    assert b"/tmp" not in report


def test_it_is_tagged_and_declares_its_standards(report: bytes) -> None:
    """The file is a PDF with tags and a language that declares PDF/UA-1 and PDF/A-2a."""
    assert report.startswith(b"%PDF-1.7")
    assert re.search(rb"/Marked true", report)
    assert re.search(rb"/Lang ?\(nl", report)
    assert re.search(rb"<pdfuaid:part>1</pdfuaid:part>", report)
    assert re.search(rb"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>", report)
    assert len(re.findall(rb"/S ?/Figure", report)) == 3  # one chart, two pictures


def test_title_author_and_date_come_from_the_document(report: bytes) -> None:
    """The file knows the report's title and agency, and is dated by its `as_of`."""
    with pypdfium2.PdfDocument(report) as document:
        found = document.get_metadata_dict()
    assert found["Title"] == "De 0-meting van klant- en medewerkerloyaliteit"
    assert found["Author"] == "Bureau Nulpunt"
    assert found["CreationDate"].startswith("D:20260930000000")


def test_the_outline_holds_chapters_and_their_sections(report: bytes) -> None:
    """A viewer's outline lists every heading, nested as in the report."""
    with pypdfium2.PdfDocument(report) as document:
        found = [(bookmark.level, bookmark.get_title()) for bookmark in document.get_toc()]
    assert found == [
        (0, "Samenvatting"),
        (1, "Wat we niet weten"),
        (0, "Waar staan we? De 0-meting"),
        (1, "Waar staan we per proces?"),
        (2, "In hun eigen woorden"),
        (0, "Waar willen we heen? Doel en realisatie"),
        (1, "Liggen we op het pad?"),
        (0, "Verantwoording"),
        (1, "Andere plaatjes"),
    ]


def test_every_page_but_the_cover_says_where_the_reader_is(report: bytes) -> None:
    """Running heads name organisation and chapter; the foot has the confidentiality line and the page number."""
    pages = pdf_pages(report)
    for number, page in enumerate(pages[1:], start=2):
        assert "Voorbeeld Energie" in page
        assert "Vertrouwelijk – alleen voor de directie" in page
        assert f"Pagina {number} van {len(pages)}" in page
    assert "Pagina" not in pages[0]


def test_the_cover_lists_the_chapters_with_their_pages(report: bytes) -> None:
    """The contents stand on the cover of a short report, with the page on which each chapter begins."""
    cover, *pages = pdf_pages(report)
    for title in ("Samenvatting", "Waar staan we? De 0-meting", "Verantwoording"):
        page = int(re.search(rf"{re.escape(title)}[ .]+(\d+)", cover)[1])  # type: ignore[index]
        assert title in pages[page - 2]


def test_contents_that_do_not_fit_on_the_cover_get_their_own_page(sample: ModuleType) -> None:
    """A report of many chapters loses none from its contents."""
    titles = [f"Hoofdstuk nummer {at}" for at in range(40)]
    chapters = [
        {"id": f"c{at}", "title": title, "nodes": [sample.paragraph("Tekst.")]} for at, title in enumerate(titles)
    ]
    contents = pdf_pages(pdf.render(sample.sample_document(chapters=chapters)))[1]
    assert all(title in contents for title in titles)


def test_internal_stands_on_every_page(sample: ModuleType) -> None:
    """A document that nobody checked says so on each page, the cover included; any other nowhere."""
    text = "INTERN – niet gecontroleerd op herleidbaarheid"
    internal = pdf_pages(pdf.render(sample.sample_document(internal=True)))
    assert [text in page for page in internal] == [True] * len(internal)
    assert not any(text in page for page in pdf_pages(pdf.render(sample.sample_document())))


def test_hostile_text_is_printed_as_it_was_written(sample: ModuleType, only: Callable[..., bytes]) -> None:
    """Nothing that a customer wrote is markup, wherever it stands."""
    nasty = [text.replace("\x07", "").replace("\x1b", "").replace("\t", " ") for text in sample.NASTY]
    table = sample.table("t", nasty[2], [sample.column("a", nasty[3])], [sample.row(text) for text in nasty])
    nodes = [
        sample.heading(2, "kop", nasty[1]), *map(sample.paragraph, nasty), *sample.shown(sample.QUOTES, table),
        *sample.shown(sample.block("callout", "c", tone="risk", title=nasty[0], text=nasty[4])),
        {"type": "code", "text": nasty[2]}, {"type": "text", "text": nasty[3]},
    ]  # fmt: skip
    made = only(*nodes, running_head=nasty[1], confidentiality=nasty[2])
    found = "".join(" ".join(pdf_words(made)).split())
    for text in nasty:
        assert found.count("".join(text.split())) >= 3, text


def test_a_character_without_glyph_is_named(sample: ModuleType, only: Callable[..., bytes]) -> None:
    """What no font of the report has is printed as its Unicode name, also inside a chart."""
    chart = sample.CHART | {"svg": sample.CHART["svg"].replace("Storing", "漢")}
    text = " ".join(pdf_words(only(sample.paragraph("een 中 en \ue000 en \u0007bel"), *sample.shown(chart))))
    assert "een [CJK UNIFIED IDEOGRAPH-4E2D] en [U+E000] en bel" in text
    assert "[CJK UNIFIED IDEOGRAPH-6F22]" in text


@pytest.mark.parametrize("text", ["Z̷̢̡̛a̸̧l̶g̵o", "٪\ufffd🏽", "∦̧️⃣", "👩‍💻👍🏽❤️1️⃣🇳🇱", "Ṥ ǐ Київ Ґ Ελλάδα 👍", "ⵜǯ"])
def test_no_text_stops_a_report(text: str, sample: ModuleType, only: Callable[..., bytes]) -> None:
    """Signs that Typst cannot set together are spelled out, in running text as in a drawing."""
    chart = sample.CHART | {"svg": sample.CHART["svg"].replace("Storing", text)}
    letters = [sign for sign in unicodedata.normalize("NFC", text) if sign.isascii() and sign.isalpha()]
    found = "".join(pdf_words(only(sample.paragraph(text), *sample.shown(chart))))
    assert all(letter in found for letter in letters)


def test_the_text_of_a_chart_stays_text_in_our_font(sample: ModuleType, only: Callable[..., bytes]) -> None:
    """A chart's labels can be searched and copied; no other typeface comes in with them."""
    made = only(*sample.shown(sample.CHART))
    assert {"Aanmelding", "Facturen", "Storing", "−14"} <= set(pdf_words(made))
    fonts = {name.split(b"+")[1].split(b"-")[0] for name in re.findall(rb"/BaseFont ?/(\S+)", made)}
    assert fonts == {b"PublicSans"}


def test_the_table_behind_a_chart_is_not_printed(sample: ModuleType, only: Callable[..., bytes]) -> None:
    """Its description and drawing say it already; the HTML and the workbook hold the table."""
    assert "95%-interval" not in pdf_words(only(*sample.shown(sample.CHART)))


@pytest.mark.parametrize(("width", "height"), [(470, 160), (900, 300), (300, 2000), (560, 100)])
def test_a_chart_never_runs_off_the_page(
    width: int, height: int, sample: ModuleType, only: Callable[..., bytes]
) -> None:
    """A chart larger than the page is made smaller; a much wider one stands on a page on its side."""
    edge = f'<rect width="{width}" height="{height}" fill="#ff0000"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">{edge}</svg>'
    made = only(*sample.shown(sample.CHART | {"svg": svg, "width": width, "height": height}))
    with pypdfium2.PdfDocument(made) as document:
        page = document[len(document) - 1]
        paper_width, paper_height = page.get_size()
        picture = page.render().to_pil().convert("RGB")
    red = [at for at in range(picture.width) if picture.getpixel((at, picture.height // 5)) == (255, 0, 0)]
    assert (paper_width > paper_height) == (width == 900)
    if red:
        assert min(red) > 40
        assert max(red) < picture.width - 40


def test_a_long_table_repeats_its_head_and_keeps_its_rows(sample: ModuleType, only: Callable[..., bytes]) -> None:
    """Each page of a table begins with its column names, holds whole rows, and at least three of them."""
    lines = [sample.row(f"rij{at}", f"eerste{at} tweede{at}") for at in range(90)]
    heads = [sample.column("a", "Kolomkop"), sample.column("b", "Waarde")]
    pages = pdf_pages(only(*sample.shown(sample.table("t", "Lang", heads, lines))))
    assert len(pages) > 1
    assert ["Kolomkop" in page for page in pages] == [True] * len(pages)
    for at in range(90):
        assert sum(f"rij{at}\r\n" in f"{page}\r\n" or f"rij{at} " in page for page in pages) == 1
    assert [len(re.findall(r"rij\d+", page)) >= 3 for page in pages] == [True] * len(pages)


@pytest.mark.parametrize("internal", [False, True])
def test_a_table_of_any_length_is_set_wherever_it_stands(internal: bool, sample: ModuleType) -> None:
    """Tables of 1 to 40 rows, with and without groups, break anywhere; what stands on every page is no part of them."""
    heads = [sample.column("a", "Kop"), sample.column("b", "Waarde")]
    nodes: list[Content] = []
    for length in range(1, 41):
        lines = [sample.row(f"rij{length}x{at}", "woord " * (1 + length % 20)) for at in range(length)]
        if length % 2:
            lines = [one for line in lines for one in (sample.row("groep", "") | {"heading": True}, line)]
        nodes += [sample.paragraph("Ervoor. " * 9)] * (length % 4)
        nodes += sample.shown(sample.table(f"t{length}", "Tabel", heads, lines))
    chapters = [{"id": "chapter", "title": "Hoofdstuk", "nodes": nodes}]
    words = pdf_words(pdf.render(sample.sample_document(internal=internal, cover=None, chapters=chapters)))
    assert sum(word.startswith("rij") for word in words) == sum(range(1, 41))


@pytest.mark.parametrize("above", range(10))
def test_the_name_of_a_group_is_kept_with_the_row_below(
    above: int, sample: ModuleType, only: Callable[..., bytes]
) -> None:
    """A row that is a heading never ends a page, whatever stands above the table."""
    heads = [sample.column("a", "Kop"), sample.column("b", "Waarde", number=True)]
    lines = [(sample.row(f"groep{at}", "") | {"heading": True}, sample.row(f"rij{at}", "+1")) for at in range(45)]
    table = sample.table("t", "Groepen", heads, [line for pair in lines for line in pair])
    pages = pdf_pages(only(*[sample.paragraph("Ervoor.")] * above, *sample.shown(table)))
    assert len(pages) > 1
    for at in range(45):
        assert [re.search(rf"groep{at}\b", page) is None for page in pages] == [
            re.search(rf"rij{at}\b", page) is None for page in pages
        ]


def test_the_code_of_a_cell_is_not_printed(only: Callable[..., bytes]) -> None:
    """Only the HTML shows the code of cells; an example in the prose is part of the text."""
    words = pdf_words(only({"type": "code", "text": "x = geheim", "cell": True}, {"type": "code", "text": "voorbeeld"}))
    assert "voorbeeld" in words
    assert "geheim" not in words


def test_values_of_tiles_in_a_row_stand_on_one_line(sample: ModuleType, only: Callable[..., bytes]) -> None:
    """A label of several lines does not push its own value below the others."""
    tiles = [sample.tile("Kort", "+11"), sample.tile("Een heel lang label dat niet op een regel past", "+22")]
    made = only(*sample.shown(sample.block("tiles", "t", tiles=tiles)))
    with pypdfium2.PdfDocument(made) as document:
        text = document[0].get_textpage()
        content = text.get_text_range()
        tops = [round(text.get_charbox(content.index(value))[1], 2) for value in ("+11", "+22")]
    assert tops[0] == tops[1]


def test_a_row_longer_than_a_page_is_not_lost(sample: ModuleType, only: Callable[..., bytes]) -> None:
    """A row may break when it would not fit on any page."""
    text = " ".join(f"woord{at}" for at in range(1500))
    table = sample.table("t", "Lang", [sample.column("a", "Nr"), sample.column("b", "Tekst")], [sample.row("1", text)])
    assert set(text.split()) <= set(pdf_words(only(*sample.shown(table))))


@pytest.mark.parametrize("columns", [12, 16, 40])
@pytest.mark.parametrize("word", ["Nu", "Aanbevelingsbereidheid"])
def test_a_wide_table_loses_no_cell(columns: int, word: str, sample: ModuleType, only: Callable[..., bytes]) -> None:
    """However many columns, every cell is printed whole and inside the page."""
    made = only(wide(sample, columns, 4, word=word))
    words = pdf_words(made)
    assert {f"r{line}k{at}" for line in range(4) for at in range(columns)} <= set(words)
    with pypdfium2.PdfDocument(made) as document:
        for page in document:
            text = page.get_textpage()
            right = max(text.get_charbox(at)[2] for at in range(text.count_chars()))
            assert right < page.get_size()[0] - 40


def test_a_wide_table_takes_its_heading_along(sample: ModuleType, only: Callable[..., bytes]) -> None:
    """The heading and sentence that introduce a table on a page on its side stand on that page."""
    introduction = [
        sample.paragraph("Ervoor."),
        sample.heading(2, "breed", "Brede vraag"),
        *sample.shown(sample.ANSWER),
    ]
    made = only(*introduction, wide(sample, 15, 4, word="Aanbevelingsbereidheid"))
    pages = pdf_pages(made)
    assert ["Brede vraag" in page for page in pages] == [False, True]
    assert "r0k0" in pages[1]


def test_pills_and_hidden_cells_print_their_word(sample: ModuleType, report: bytes) -> None:
    """Colour is only support: the verdict and the reason for hiding are words."""
    text = " ".join(pdf_words(report))
    assert all(word in text for _, _, word in sample.WORDS)
    assert text.count("verborgen (n < 5)") == 1  # four neighbours are one cell


def test_a_link_works_when_its_target_exists(sample: ModuleType, only: Callable[..., bytes]) -> None:
    """Links to an address or a heading are links; any other is plain text and stops nothing."""
    hrefs = ["https://example.org/a", "#chapter", "#nowhere", "targets.ipynb#x", "javascript:alert(1)", ""]
    links = [{"type": "link", "href": href, "inlines": [sample.text(f"link{at}")]} for at, href in enumerate(hrefs)]
    made = only(*map(sample.paragraph, links))
    assert {f"link{at}" for at in range(len(hrefs))} <= set(pdf_words(made))
    assert len(re.findall(rb"/Subtype ?/Link", made)) == 2
    assert b"javascript" not in made


def test_headings_that_skip_a_level_or_share_an_id_are_set(sample: ModuleType, only: Callable[..., bytes]) -> None:
    """An analyst's notebook may skip levels, repeat ids or leave a heading empty."""
    nodes = [sample.heading(4, "a", "Vier"), sample.heading(6, "a", "Zes"), sample.heading(2, "chapter", ""), sample.heading(2, "chapter", "Twee")]  # fmt: skip  # noqa: E501
    with pypdfium2.PdfDocument(only(*nodes)) as document:
        assert [bookmark.get_title() for bookmark in document.get_toc()] == ["Hoofdstuk", "Vier", "Zes", "Twee"]


def test_a_document_without_any_data_is_set(only: Callable[..., bytes]) -> None:
    """Title, heads and date may be empty: the export of a single notebook knows none of them."""
    made = only(title="", running_head="", confidentiality="", as_of="", language="qps-ploc")
    assert "Hoofdstuk" in pdf_words(made)


def test_a_drawing_that_is_none_names_its_block(sample: ModuleType) -> None:
    """The message says which chapter and block cannot be set, and what to do."""
    document = sample.sample_document()
    document["chapters"][1]["nodes"][2]["block"]["svg"] = "<svg"
    with pytest.raises(ReportError) as caught:
        pdf.render(document)
    assert str(caught.value) == (
        "Chapter 'zero_measurement', chart block 'nps-by-process' cannot be set as PDF: failed to parse SVG "
        "(missing root node at 1:1). Correct the cell that shows it."
    )


@pytest.mark.parametrize(
    "address", ["https://example.org/x.png", "file:///etc/hostname", "/etc/hostname", "report.typ"]
)
def test_a_drawing_reaches_nothing_outside_itself(address: str, sample: ModuleType, only: Callable[..., bytes]) -> None:
    """An address in a drawing is dropped: nothing is fetched and no file is read."""
    picture = f'<image href="{address}" width="9" height="9"/><text x="9" y="20">binnen</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40">{picture}</svg>'
    assert "binnen" in pdf_words(only({"type": "picture", "svg": svg, "alt": "", "width": 90, "height": 40}))


def test_the_exporter_is_registered_and_stamps_what_was_not_gated(sample: ModuleType) -> None:
    """`jupyter nbconvert --to nulmeting-pdf any.ipynb` gives a PDF that says INTERNAL on each page."""
    made, resources = get_exporter("nulmeting-pdf")().from_notebook_node(sample.sample_notebook())
    assert resources["output_extension"] == ".pdf"
    pages = pdf_pages(made)
    assert ["INTERNAL – not checked for disclosure" in page for page in pages] == [True] * len(pages)
    assert "secret_token" not in " ".join(pages)
