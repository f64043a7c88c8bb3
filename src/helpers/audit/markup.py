"""HTML and SVG taken apart: tables, texts, drawings, and what a page carries without showing it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from helpers.audit.drawn import drawing
from helpers.audit.labelled import labelled
from helpers.audit.names import plain
from helpers.audit.pieces import Grid, GridCell, GridRow, Line, Pieces

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905  (a list of words)
INLINE = frozenset(
    ["a", "abbr", "b", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "u", "wbr", "br", "tspan"]
)
TEXT_IN = ("alt", "title", "aria-label", "aria-description", "placeholder", "content", "value", "summary", "label")
UNSEEN = ("script", "style", "template", "noscript")
HEADS = ("h1", "h2", "h3", "h4", "h5", "h6", "caption", "figcaption", "summary", "legend")
_ENCODED = re.compile(r"base64,[A-Za-z0-9+/=]+")
_FILL = re.compile(r"background(?:-color)?\s*:\s*([^;]+)")
_LEVEL = re.compile(r"\blevel-(\d+)\b")


@dataclass
class Element:
    """One element of a page."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def text(self) -> str:
        """Return everything written in it."""
        return plain(" ".join(self._texts()))

    def _texts(self) -> Iterator[str]:
        """Yield the texts, those of inline elements joined to what stands beside them."""
        run = ""
        for child in self.children:
            if isinstance(child, str):
                run += child
            elif child.tag in INLINE:
                run += child.text() if child.tag != "br" else " "
            elif child.tag not in UNSEEN:
                yield run
                run = ""
                yield from child._texts()
        yield run

    def every(self, *tags: str) -> Iterator[Element]:
        """Yield the elements of these tags within it, in order."""
        for child in self.children:
            if isinstance(child, Element):
                if child.tag in tags:
                    yield child
                yield from child.every(*tags)


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]
        self.remarks: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        names = [element.tag for element in self.open]
        if tag in names[1:]:
            del self.open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        self.remarks.append(data)


def read_markup(text: str, *, place: str) -> Pieces:
    """Return the pieces of a page or a part of one.

    Parameters
    ----------
    text
        HTML or SVG.
    place
        Where it stands, for messages.

    Examples
    --------
    >>> read_markup("<p>North <b>+12</b></p><!-- draft -->", place="page").lines[-1].text
    'North +12'
    """
    tree = _Tree()
    tree.feed(text)
    tree.close()
    pieces = Pieces(lines=[Line(f"{place}, a comment", plain(remark)) for remark in tree.remarks])
    _walk(tree.root, place, "", pieces)
    return pieces


def _walk(element: Element, place: str, about: str, pieces: Pieces) -> str:
    """Collect the pieces under an element; return the heading that what follows stands under."""
    _attributes(element, place, about, pieces)
    if element.tag == "table":
        pieces.grids.append(_grid(element, place, about))
        _all_attributes(element, place, about, pieces)
        return about
    if element.tag == "svg":
        pieces.drawings.append(drawing(element, place, about))
        _all_attributes(element, place, about, pieces)
        pieces.lines += [Line(f"{place}, a chart's text", one.text(), about) for one in element.every("title", "desc")]
        return about
    if element.tag in UNSEEN:
        written = " ".join(child for child in element.children if isinstance(child, str))
        pieces.lines.append(Line(f"{place}, <{element.tag}>", plain(_ENCODED.sub("", written)), about))
        return about
    pieces.lines += [Line(place, text, about) for text in _named_values(element)]
    run = ""
    for child in element.children:
        if isinstance(child, str):
            run += child
        elif child.tag in INLINE and not any(child.every("table", "svg")):
            run += child.text() if child.tag != "br" else "\n"
            _attributes(child, place, about, pieces)
            _all_attributes(child, place, about, pieces)
        else:
            run = _told(run, place, about, pieces)
            inside = _walk(child, place, about, pieces)
            about = child.text() if child.tag in HEADS else inside if element.tag == "figure" else about
    _told(run, place, about, pieces)
    return about


def _named_values(element: Element) -> Iterator[str]:
    """Yield each term of a list of terms with what is said of it."""
    term = ""
    for child in element.children:
        if isinstance(child, Element) and child.tag == "dt":
            term = child.text()
        elif isinstance(child, Element) and child.tag == "dd" and term:
            yield f"{term}: {child.text()}"


def _told(run: str, place: str, about: str, pieces: Pieces) -> str:
    if text := plain(run):
        pieces.lines.append(Line(place, text, about))
    return ""


def _all_attributes(element: Element, place: str, about: str, pieces: Pieces) -> None:
    for child in element.children:
        if isinstance(child, Element):
            _attributes(child, place, about, pieces)
            _all_attributes(child, place, about, pieces)


def _attributes(element: Element, place: str, about: str, pieces: Pieces) -> None:
    for name, value in element.attributes.items():
        told = name in TEXT_IN or name.startswith("data-")
        if told and (text := plain(value)):
            pieces.lines.append(Line(f"{place}, {name} of <{element.tag}>", text, about))


def _grid(table: Element, place: str, about: str) -> Grid:
    caption = next((one.text() for one in table.every("caption")), "")
    rows = list(table.every("tr"))
    heads = [row for row in rows if not any(row.every("td"))]
    body = [row for row in rows if any(row.every("td"))]
    named = any(one.text().strip("0123456789") for row in body for one in row.every("th"))
    above: list[tuple[int, str]] = []
    found = []
    for number, row in enumerate(body, start=1):
        labels, cells = _row(row)
        found.append(GridRow(_within(labels, row, above), cells, f"row {number}"))
    title = caption or about
    grid = Grid(f"{place}, table '{title}'", title, _heads(heads), tuple(found))
    return grid if named else labelled(grid)


def _within(labels: tuple[str, ...], row: Element, above: list[tuple[int, str]]) -> tuple[str, ...]:
    """Return the labels of a row behind those of the rows that it lies under, by the levels of a tree."""
    found = _LEVEL.search(row.attributes.get("class", ""))
    level = int(found[1]) if found else 0
    while above and above[-1][0] >= level:
        above.pop()
    whole = (*(label for _, label in above), *labels)
    if labels:
        above.append((level, labels[-1]))
    return whole


def _row(row: Element) -> tuple[tuple[str, ...], dict[int, GridCell]]:
    labels, cells, column = [], {}, 0
    for cell in (child for child in row.children if isinstance(child, Element) and child.tag in ("td", "th")):
        if cell.tag == "th":
            labels.append(cell.text())
        else:
            cells[column] = _cell(cell)
        column += _span(cell)
    return tuple(label for label in labels if label), cells


def _cell(cell: Element) -> GridCell:
    written = {**cell.attributes}
    for child in cell.every("span", "div", "i", "b"):
        written |= {
            name: value for name, value in child.attributes.items() if name.startswith("data-") or name == "style"
        }
    fill = _FILL.search(written.get("style", ""))
    looks = tuple(value.strip().lower() for value in (fill[1] if fill else "", written.get("bgcolor", "")) if value)
    unseen = " ; ".join(value for name, value in written.items() if name in TEXT_IN or name.startswith("data-"))
    return GridCell(cell.text(), (), looks, plain(unseen))


def _heads(rows: list[Element]) -> dict[int, str]:
    heads: dict[int, str] = {}
    for row in rows:
        column = 0
        for cell in (child for child in row.children if isinstance(child, Element) and child.tag in ("td", "th")):
            for place in range(column, column + _span(cell)):
                heads[place] = plain(f"{heads.get(place, '')} {cell.text()}")
            column += _span(cell)
    return heads


def _span(cell: Element) -> int:
    written = cell.attributes.get("colspan", "1")
    return int(written) if written.isdigit() else 1
