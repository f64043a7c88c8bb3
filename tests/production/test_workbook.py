"""tables.xlsx: real numbers that look as printed, text that stays text, hidden cells marked, equal bytes."""

from __future__ import annotations

import copy
import datetime as dt
import os
import subprocess
import sys
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.production import formats, workbook
from helpers.show import blocks
from helpers.show.language import Language

AS_OF = dt.date(2026, 9, 30)
HEAD = [
    blocks.column("group", "Product"),
    blocks.column("nps", "NPS", unit="punten", number=True),
    blocks.column("share", "Promotors", unit="%", number=True),
    blocks.column("n", "Antwoorden", unit="aantal", number=True),
]


def row(label, nps, share, n, **more):
    """Return a table row from (text, value) pairs."""
    return blocks.row([blocks.cell(label), *[blocks.cell(*one) for one in (nps, share, n)]], **more)


TABLE = blocks.table(
    "by-product",
    caption="NPS per product: stroom/gas [2026]",
    columns=HEAD,
    rows=[
        row("Alle", ("+12", 12.315270935960591), ("37%", 0.369458), ("1.234", 1234), total=True),
        row("Stroom", ("−3", -3.4), ("31%", 0.31), ("812", 812), level=1),
        blocks.row(
            [
                blocks.cell("Gas"),
                blocks.cell("n < 5", hidden=True, mark="hidden"),
                blocks.cell("n < 5", hidden=True, mark="hidden"),
                blocks.cell("<5", hidden=True, note="te weinig antwoorden"),
            ],
            level=1,
        ),
    ],
    notes=["Klanten die antwoordden."],
)


def write(path, sheets=(TABLE,), language="nl"):
    """Write a workbook of the given tables."""
    workbook.write(
        path,
        sheets=list(sheets),
        title="Voorbeeld Energie, 2026-Q3",
        contents=["Alle tabellen van het rapport.", "Werkwijze: zie het rapport."],
        as_of=AS_OF,
        words=Language(language),
    )
    return path


SPREAD = blocks.table(
    "targets",
    caption="Doelen",
    columns=[
        blocks.column("name", "Doel"),
        blocks.column("interval", "Interval", unit="punten", number=True),
        {**blocks.column("due", "Datum"), "type": "date"},
        blocks.column("owner", "Eigenaar"),
    ],
    rows=[
        blocks.row([
            blocks.cell("Stroom"),
            blocks.cell("−7 tot +1.218", [-7.2, 1218.4], note="ruim"),
            blocks.cell("30 september 2026", "2026-09-30"),
            blocks.cell("Directie"),
        ]),
        blocks.row([
            blocks.cell("Gas"),
            blocks.cell("verborgen", hidden=True, mark="hidden", note="te weinig antwoorden"),
            blocks.cell("–"),
            blocks.cell("nog te benoemen", "2026-09-30"),
        ]),
        blocks.row([
            blocks.cell("Warmte"),
            blocks.cell("–"),
            blocks.cell("1 mei 1887", "1887-05-01"),
            blocks.cell("Directie"),
        ]),
    ],
    notes=["Doel: wat is afgesproken."],
)  # fmt: skip


@pytest.fixture(scope="module")
def spread(tmp_path_factory):
    """Open the sheet of a table with intervals and days."""
    return openpyxl.load_workbook(write(tmp_path_factory.mktemp("spread") / "t.xlsx", [SPREAD])).worksheets[1]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Open a written workbook as a reader's program does."""
    path = write(tmp_path_factory.mktemp("book") / "tables.xlsx", [TABLE, {**TABLE, "caption": "Nog een"}])
    return openpyxl.load_workbook(path)


def table_of(text, value=None):
    """Return a table of one cell."""
    return blocks.table(
        "t", caption=text, columns=[blocks.column("a", text)], rows=[blocks.row([blocks.cell(text, value)])]
    )


def test_the_first_sheet_holds_contents_and_method(book):
    """Title, the given paragraphs, and every table with a link to its sheet."""
    first = book.worksheets[0]
    texts = [cell.value for cell in first["A"] if cell.value]
    assert texts == [
        "Voorbeeld Energie, 2026-Q3",
        "Alle tabellen van het rapport.",
        "Werkwijze: zie het rapport.",
        TABLE["caption"],
        "Nog een",
    ]
    links = [cell.hyperlink.location for cell in first["A"] if cell.hyperlink]
    assert links == ["'1 NPS per product stroom gas'!A1", "'2 Nog een'!A1"]


def test_sheet_names_are_allowed_and_unique(book, tmp_path):
    """Names are numbered, at most 31 characters, and without the signs that Excel forbids."""
    assert book.sheetnames == ["Inhoud", "1 NPS per product stroom gas", "2 Nog een"]
    same = [table_of("'Een heel lang bijschrift dat nergens past' [*?]:/\\") for _ in range(11)]
    names = openpyxl.load_workbook(write(tmp_path / "t.xlsx", same)).sheetnames
    assert len({name.casefold() for name in names}) == 12
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert all(name == name.strip("'") for name in names)


@pytest.mark.parametrize(
    ("caption", "name"),
    [
        ("Scores van alle groepen, derde kwartaal", "1 Scores van alle groepen"),
        ("Precies eenendertig tekens lang", "1 Precies eenendertig tekens"),
        ("Precies negenentwintig tekens", "1 Precies negenentwintig tekens"),
        ("Precies negenentwintig tekens en meer", "1 Precies negenentwintig tekens"),
        ("Klanttevredenheidsonderzoeksresultaten", "1 Klanttevredenheidsonderzoeksr"),
        ("Op weg naar het doel, in alle – toch", "1 Op weg naar het doel, in alle"),
        ("Een komma,", "1 Een komma"),
    ],
)
def test_a_sheet_s_name_is_cut_between_words(tmp_path, caption, name):
    """Whole words up to 31 characters without a comma at the end; only one word that is too long is cut."""
    sheets = [{**TABLE, "caption": caption}]
    assert openpyxl.load_workbook(write(tmp_path / "t.xlsx", sheets)).sheetnames[1:] == [name]


def test_an_interval_is_two_columns_of_numbers(spread):
    """Both ends are numbers that look as printed; the other columns, the unit and the frozen stub stay in place."""
    assert [cell.value for cell in spread[2]] == ["Doel", "Interval, laag", "Interval, hoog", "Datum", "Eigenaar"]
    assert [cell.value or "" for cell in spread[3]] == ["", "punten", "punten", "", ""]
    assert [(cell.value, cell.data_type, cell.number_format) for cell in spread[4][1:3]] == [
        (-7.2, "n", '0;"−"0'),
        (1218.4, "n", '+#,##0;"−"#,##0;#,##0'),
    ]
    assert spread["E4"].value == "Directie"
    assert spread.freeze_panes == "B4"


def test_what_is_no_interval_stands_in_both_columns(spread):
    """A hidden interval is hidden twice and remarked on once; the remark names the cell where it stands."""
    assert [[cell.value for cell in spread[row][1:3]] for row in (5, 6)] == [["verborgen"] * 2, ["–"] * 2]
    assert [cell.font.italic for cell in spread[5][1:3]] == [True, True]
    assert [spread.cell(row, 1).value for row in range(8, 12)] == [
        "Doel: wat is afgesproken.", "B4: ruim", "B5: te weinig antwoorden", None,
    ]  # fmt: skip


def test_an_interval_in_the_stub_widens_the_stub(tmp_path):
    """The row's own columns stay in view when one of them becomes two."""
    sheet = openpyxl.load_workbook(write(tmp_path / "t.xlsx", [{**SPREAD, "stub": 2}])).worksheets[1]
    assert sheet.freeze_panes == "D4"


def test_the_ends_are_labelled_in_the_reader_s_language(tmp_path):
    """In English the two columns are low and high."""
    sheet = openpyxl.load_workbook(write(tmp_path / "t.xlsx", [SPREAD], language="en")).worksheets[1]
    assert [cell.value for cell in sheet[2][1:3]] == ["Interval, low", "Interval, high"]


def test_a_hidden_interval_never_reaches_the_file(tmp_path):
    """Even when a hidden cell carries its two ends by mistake, the workbook does not."""
    leaky = copy.deepcopy(SPREAD)
    leaky["rows"][1]["cells"][1]["value"] = [77.123, 88.456]
    with zipfile.ZipFile(write(tmp_path / "t.xlsx", [leaky])) as file:
        content = b"".join(file.read(name) for name in file.namelist())
    assert b"1218.4" in content
    assert b"77.123" not in content
    assert b"88.456" not in content


def test_a_day_is_a_real_date_in_a_column_of_dates(spread):
    """There it is a date in words; without a day, before 1900 or in a column of text it stays text."""
    assert (spread["D4"].value.date(), spread["D4"].number_format) == (AS_OF, "d mmmm yyyy")
    assert [spread[place].value for place in ("D5", "D6", "E5")] == ["–", "1 mei 1887", "nog te benoemen"]


def test_a_sheet_holds_caption_header_units_and_notes(book):
    """Caption, header, unit row, the rows, then the notes and the remarks of single cells."""
    sheet = book.worksheets[1]
    assert [[cell.value or None for cell in row] for row in sheet.iter_rows()] == [
        [TABLE["caption"], None, None, None],
        ["Product", "NPS", "Promotors", "Antwoorden"],
        [None, "punten", "%", "aantal"],
        ["Alle", 12.315270936, 0.369458, 1234],
        ["Stroom", -3.4, 0.31, 812],
        ["Gas", "n < 5", "n < 5", "<5"],
        [None, None, None, None],
        ["Klanten die antwoordden.", None, None, None],
        ["D6: te weinig antwoorden", None, None, None],
    ]
    assert sheet.freeze_panes == "B4"
    assert sheet.print_title_rows == "$1:$3"


def test_numbers_look_as_printed(book):
    """Each number has the format of its printed text: sign, percentage, thousands."""
    sheet = book.worksheets[1]
    assert [cell.number_format for cell in sheet[4]][1:] == ['+0;"−"0;0', "0%", "#,##0"]
    assert [cell.number_format for cell in sheet[5]][1:] == ['0;"−"0', "0%", "0"]


def test_hidden_cells_are_marked(book):
    """A hidden cell holds its text in grey italics and no number."""
    hidden = book.worksheets[1]["B6"]
    assert (hidden.data_type, hidden.font.italic, hidden.font.color.rgb) == ("s", True, "FF5F6368")
    assert not book.worksheets[1]["B5"].font.italic


def test_rows_show_their_level_and_totals_stand_out(book):
    """Level becomes indent, a total row is bold, numbers stand right, columns are wide enough."""
    sheet = book.worksheets[1]
    assert [sheet[f"A{at}"].alignment.indent for at in (4, 5)] == [0, 1]
    assert [sheet[f"B{at}"].font.bold for at in (4, 5)] == [True, False]
    assert sheet["B4"].alignment.horizontal == "right"
    assert sheet.column_dimensions["D"].width >= len("Antwoorden")


def test_a_hidden_value_never_reaches_the_file(tmp_path):
    """Even when a hidden cell carries a number by mistake, the workbook does not."""
    leaky = copy.deepcopy(TABLE)
    leaky["rows"][2]["cells"][1]["value"] = 77.123
    with zipfile.ZipFile(write(tmp_path / "t.xlsx", [leaky])) as file:
        assert all(b"77.123" not in file.read(name) for name in file.namelist())


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+31 6 12", "-HYPERLINK(1)", "@SUM(A1)", "\t=1", "{=A1}", "http://x.nl", "mailto:a@b.nl", "007",
     "1e5", "internal:'a'!A1", "<r>vet</r>", "<script>", "_x0041_", "😀 & <b>", "regel\ntwee"],
)  # fmt: skip
def test_text_stays_text(tmp_path, text):
    """A formula, an address, a number or XML in a text is written literally, everywhere in the sheet."""
    sheet = openpyxl.load_workbook(write(tmp_path / "t.xlsx", [table_of(text)])).worksheets[1]
    for place in ("A1", "A2", "A4"):
        cell = sheet[place]
        # openpyxl shows the escape that Excel reads back as the text itself
        shown = (cell.value or "").replace("_x005F_", "_").removesuffix("\N{ZERO WIDTH SPACE}")
        assert (shown, cell.data_type, cell.hyperlink) == (text, "s", None)
        assert cell.quotePrefix is (text[0] in "=+-@\t")


def test_what_xml_cannot_hold_is_left_out(tmp_path):
    """Control characters, lone surrogates and non-characters are removed; over-long text is cut, not lost."""
    odd = table_of("a\x00b\x0bc\x1bd\ud800e\ufffef\x85g")
    sheet = openpyxl.load_workbook(write(tmp_path / "t.xlsx", [odd])).worksheets[1]
    assert sheet["A4"].value == "abcdef\x85g"
    long = openpyxl.load_workbook(write(tmp_path / "l.xlsx", [table_of("😀" * 20_000)])).worksheets[1]
    assert long["A4"].value == "😀" * 16_383


def test_values_that_are_no_number_are_text(tmp_path):
    """Text values, truth values and NaN are written as they are printed."""
    for value in ("achieved", True, float("nan"), float("inf"), None, [1.0, float("nan")], [1.0], ["a", "b"]):
        sheet = openpyxl.load_workbook(write(tmp_path / "t.xlsx", [table_of("x", value)])).worksheets[1]
        assert (sheet["A4"].value, sheet["A4"].data_type) == ("x", "s")


def test_an_empty_report_still_opens(tmp_path):
    """Without a table there is the first sheet; a table without rows keeps its header."""
    empty = {**TABLE, "rows": [], "notes": []}
    assert len(openpyxl.load_workbook(write(tmp_path / "a.xlsx", [])).worksheets) == 1
    assert openpyxl.load_workbook(write(tmp_path / "b.xlsx", [empty])).worksheets[1].max_row == 3


def test_tables_are_found_among_blocks():
    """Tables and the data of charts become sheets, in order; other blocks do not."""
    chart = {"kind": "chart", "id": "c", "table": {**TABLE, "id": "data"}}
    found = workbook.sheets([{"kind": "tiles"}, TABLE, chart, {"kind": "chart", "table": None}])
    assert [one["id"] for one in found] == ["by-product", "data"]


def test_tables_are_not_changed(tmp_path):
    """Writing leaves the blocks as they were."""
    before = copy.deepcopy(TABLE)
    write(tmp_path / "t.xlsx")
    assert before == TABLE


def test_the_same_input_gives_the_same_bytes(tmp_path):
    """Another process, folder, time zone and hash seed write equal bytes, dated at the report's last day."""
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); import test_workbook; from pathlib import Path\n"
        "test_workbook.write(Path('tables.xlsx'))"
    )
    environment = {**os.environ, "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7", "LANG": "nl_NL.UTF-8"}
    here = os.path.dirname(__file__)  # noqa: PTH120
    subprocess.run([sys.executable, "-c", script, here], check=True, cwd=tmp_path, env=environment)
    ours = write(tmp_path / "ours.xlsx")
    assert ours.read_bytes() == (tmp_path / "tables.xlsx").read_bytes()
    properties = openpyxl.load_workbook(ours).properties
    assert (properties.created.isoformat(), properties.title) == (
        "2026-09-30T00:00:00",
        "Voorbeeld Energie, 2026-Q3",
    )


@pytest.mark.parametrize(
    ("text", "value", "decimal", "expected"),
    [
        ("+12", 12.4, ",", '+0;"−"0;0'),
        ("−12", -12.4, ",", '0;"−"0'),
        ("0", -0.3, ",", "0;0"),  # printed without a sign, so no −0
        ("7,2", 7.24, ",", "0.0"),
        ("7.2", 7.24, ".", "0.0"),
        ("1.234", 1234.0, ",", "#,##0"),
        ("1,234.5", 1234.5, ".", "#,##0.0"),
        ("31%", 0.31, ",", "0%"),
        ("31%", 31.0, ",", '0"%"'),
        ("+4,5%", 0.045, ",", '+0.0%;"−"0.0%;0.0%'),
        ("1.234%", 12.34, ",", "#,##0%"),
        ("⟦31%⟧", 0.31, ".", "0%"),
        (">99%", 0.997, ",", '">99%"'),
        ('12 "x"', 12.0, ",", '"12 x"'),
        ("", 12.0, ",", "General"),
    ],
)
def test_a_format_follows_the_printed_text(text, value, decimal, expected):
    """Decimals, sign, thousands and percentage come from what the report prints."""
    assert formats.number_format(text, value, decimal=decimal) == expected


@given(st.floats(-100, 100), st.integers(0, 2))
def test_every_printed_score_gets_a_format(value, digits):
    """Whatever the formatter prints in either language is recognised as a number with those decimals."""
    for code in ("nl", "en"):
        words = Language(code)
        text = words.decimal(value, digits=digits)
        found = formats.number_format(text, value, decimal="," if code == "nl" else ".")
        assert found.split(";")[0] == "0" + ("." + "0" * digits if digits else "")
