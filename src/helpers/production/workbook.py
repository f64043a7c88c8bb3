"""The report's tables as a workbook: real numbers that look as printed, text that stays text, equal bytes."""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
from babel.numbers import get_decimal_symbol
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from helpers.production import formats
from helpers.rounding import significant
from helpers.show.language import Language

Block = Mapping[str, Any]

SHEET_NAME_LENGTH = 31
LONGEST_TEXT = 32_766
NARROWEST, WIDEST = 9, 48
GREY, RULE, FILL = "#5F6368", "#C4C7C5", "#F1F3F4"
STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16},
    "caption": {"bold": True, "font_size": 12},
    "header": {
        "bold": True,
        "bg_color": FILL,
        "bottom": 1,
        "bottom_color": RULE,
        "text_wrap": True,
        "valign": "top",
    },
    "unit": {"italic": True, "font_color": GREY, "bg_color": FILL},
    "text": {"text_wrap": True, "valign": "top"},
    "link": {"font_color": "#0B5394", "underline": 1},
    "note": {"font_color": GREY},
    "cell": {"valign": "top"},
}
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def sheets(blocks: Iterable[Block]) -> list[Block]:
    """Return the tables among display blocks: those shown as a table, and the data of each chart."""
    found = [block["table"] if block["kind"] == "chart" else block for block in blocks]
    return [block for block in found if block and block["kind"] == "table"]


def write(
    path: Path,
    *,
    sheets: Sequence[Block],
    title: str,
    contents: Sequence[str],
    as_of: dt.date,
    words: Language,
) -> None:
    """Write the workbook.

    Parameters
    ----------
    path
        Where ``tables.xlsx`` goes.
    sheets
        Table blocks, one sheet each, in the report's order.
    title
        Heading of the first sheet.
    contents
        Paragraphs of the first sheet, above the list of tables: what this is and by which method.
    as_of
        Stands as the file's moment of creation, so that the same input gives the same bytes.
    words
        The report's language.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    moment = dt.datetime.combine(as_of, dt.time())
    book.set_properties({"title": _clean(title), "created": moment})
    names = _sheet_names([words.text("Contents"), *[str(sheet["caption"]) for sheet in sheets]])
    styles, decimal = _Styles(book), get_decimal_symbol(words.locale)
    first, *others = [_Page(book.add_worksheet(name), styles, decimal) for name in names]
    _contents(first, title, contents, list(zip(names[1:], sheets, strict=True)))
    for page, sheet in zip(others, sheets, strict=True):
        _table(page, formats.spread(sheet, words))
    book.close()
    path.write_bytes(buffer.getvalue())


class _Styles:
    """The workbook's cell formats, each made once: XlsxWriter writes every format it was asked for."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def get(self, name: str, **more: Any) -> Format:
        wanted = STYLES[name] | more
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]


@dataclass(frozen=True)
class _Page:
    """A sheet on which text is always text."""

    sheet: Worksheet
    styles: _Styles
    decimal: str

    def text(self, row: int, column: int, text: str, style: str, **more: Any) -> None:
        text = _clean(text)
        if text.startswith(_FORMULA_START):
            # Without the quote prefix Excel makes a formula of it once somebody edits the cell.
            more["quote_prefix"] = True
        self.sheet.write_string(row, column, text, self.styles.get(style, **more))

    def paper(self, *, repeat: int) -> None:
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        if repeat:
            self.sheet.repeat_rows(0, repeat - 1)


def _contents(page: _Page, title: str, contents: Sequence[str], tables: Sequence[tuple[str, Block]]) -> None:
    page.sheet.set_column(0, 0, 2 * WIDEST)
    page.sheet.hide_gridlines(2)
    page.paper(repeat=0)
    page.text(0, 0, title, "title")
    row = 2
    for paragraph in contents:
        page.text(row, 0, paragraph, "text")
        row += 1
    for name, table in tables:
        row += 1
        place = "internal:'{}'!A1".format(name.replace("'", "''"))
        page.sheet.write_url(row, 0, place, page.styles.get("link"), _clean(str(table["caption"])))


def _table(page: _Page, table: Block) -> None:
    page.paper(repeat=3)
    page.text(0, 0, str(table["caption"]), "caption")
    for at, column in enumerate(table["columns"]):
        page.text(1, at, str(column["label"]), "header", align=column["align"])
        page.text(2, at, str(column["unit"]), "unit", align=column["align"])
        page.sheet.set_column(at, at, _width(table, at))
    page.sheet.freeze_panes(3, int(table["stub"]))
    remarks = []
    for number, row in enumerate(table["rows"], start=3):
        for at, cell in enumerate(row["cells"]):
            day = formats.day(cell) if table["columns"][at].get("type") == "date" else None
            _cell(page, (number, at), cell, look=_look(table, row, at), day=day)
            if cell["note"]:
                remarks.append(f"{xl_rowcol_to_cell(number, at)}: {cell['note']}")
    below = len(table["rows"]) + 4
    for number, note in enumerate([*table["notes"], *remarks], start=below):
        page.text(number, 0, str(note), "note")


def _look(table: Block, row: Block, at: int) -> dict[str, Any]:
    look: dict[str, Any] = {"align": table["columns"][at]["align"]}
    if at == 0 and row["level"]:
        look["indent"] = row["level"]
    if row["total"]:
        look |= {"bold": True, "top": 1, "top_color": RULE}
    return look


def _cell(page: _Page, place: tuple[int, int], cell: Block, *, look: Mapping[str, Any], day: dt.date | None) -> None:
    value = cell["value"]
    number = significant(float(value)) if formats.is_number(value) else None
    if cell["hidden"]:
        page.text(*place, str(cell["text"]), "cell", **look, italic=True, font_color=GREY)
    elif day is not None:
        page.sheet.write_datetime(*place, day, page.styles.get("cell", **look, num_format=formats.DATE))
    elif number is not None:
        shape = formats.number_format(cell["text"], number, decimal=page.decimal)
        page.sheet.write_number(*place, number, page.styles.get("cell", **look, num_format=shape))
    else:
        page.text(*place, str(cell["text"]), "cell", **look)


def _width(table: Block, at: int) -> int:
    column = table["columns"][at]
    longest_word = max((len(word) for word in str(column["label"]).split()), default=0)
    texts = [str(column["unit"]), *[str(row["cells"][at]["text"]) for row in table["rows"]]]
    return min(WIDEST, max(NARROWEST, longest_word + 2, *[len(text) + 2 for text in texts]))


def _sheet_names(titles: Sequence[str]) -> list[str]:
    r"""Name sheets by number and title, as Excel allows: unique, 31 characters at most, no ``[]:*?/\``."""
    plain = [" ".join(_FORBIDDEN.sub(" ", _clean(title)).split()) for title in titles]
    numbered = [plain[0], *[f"{number} {title}" for number, title in enumerate(plain[1:], start=1)]]
    return [_whole_words(name).lstrip("'").rstrip(" ',;:-–—") for name in numbered]


def _whole_words(name: str) -> str:
    """Cut a sheet's name between two words; only a first word that is too long itself is cut through."""
    kept = _cut(name, SHEET_NAME_LENGTH)
    if kept == name or name[len(kept)].isspace():
        return kept
    number, _, rest = kept.partition(" ")
    return f"{number} {rest.rpartition(' ')[0] or rest}"


def _clean(text: str) -> str:
    """Make text that XML and Excel can hold, and that XlsxWriter cannot take for markup."""
    kept = _ILLEGAL.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n")))
    kept = _cut(kept, LONGEST_TEXT)
    # XlsxWriter passes a string between these tags through as it is (SharedStrings._write_si).
    return kept + "\N{ZERO WIDTH SPACE}" if kept.startswith("<r>") and kept.endswith("</r>") else kept


def _cut(text: str, length: int) -> str:
    """Cut text as Excel counts it, in units of UTF-16, never through a character."""
    return text.encode("utf-16-le")[: 2 * length].decode("utf-16-le", "ignore")
