"""Collect every message of code and notebooks, and bring the catalogues up to date."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from helpers.show import prose
from helpers.show.language import LANGUAGES

SOURCE = Path(__file__).resolve().parents[1]
NOTEBOOKS = SOURCE.parents[1] / "notebooks"
LOCALE = Path(__file__).parent / "locale"
ROOMS = ("show", "production")
"""Only these rooms speak to the reader; the others raise errors, which are English."""
KEYWORDS = {"_": None, "text": None, "plural": (1, 2)}


def collected(*, source: Path = SOURCE, notebooks: Path = NOTEBOOKS) -> Catalog:
    """Return every message that a reader can meet, with where it is said."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    for room in ROOMS:
        _add_code(catalog, source, room)
    for notebook in sorted(notebooks.glob("*.ipynb")):
        for message in notebook_messages(notebook):
            catalog.add(message, locations=[(f"notebooks/{notebook.name}", 0)])
    return catalog


def _add_code(catalog: Catalog, source: Path, room: str) -> None:
    for file, _line, message, comments, _context in extract_from_dir(source / room, keywords=KEYWORDS):
        catalog.add(message, locations=[(f"src/helpers/{room}/{file}", 0)], auto_comments=comments)


def notebook_messages(notebook: Path) -> Iterator[str]:
    """Yield the messages of a notebook's prose."""
    for cell in nbformat.read(notebook, as_version=4).cells:  # type: ignore[no-untyped-call]
        if cell.cell_type == "markdown":
            yield from prose.messages(cell.source)


def updated(catalogue: Catalog, template: Catalog) -> Catalog:
    """Return a catalogue with the template's messages; translations stay, what is gone is dropped."""
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def written(catalogue: Catalog) -> str:
    """Return a catalogue as text: sorted, without line numbers or dates, so that a diff shows only words."""
    stream = io.BytesIO()
    write_po(stream, catalogue, omit_header=True, sort_output=True, include_lineno=False, width=0)
    return stream.getvalue().decode()


def read(language: str) -> Catalog:
    """Return a language's catalogue as it stands; empty when there is none yet."""
    file = LOCALE / language / "nulmeting.po"
    if not file.exists():
        return Catalog(locale=language, charset="utf-8")
    with file.open("rb") as stream:
        return read_po(stream, locale=language, charset="utf-8")


def untranslated(catalogue: Catalog) -> int:
    """Count the messages without a translation; a plural needs all its forms."""
    return sum(
        not (all(message.string) if isinstance(message.string, tuple | list) else message.string)
        for message in catalogue
        if message.id
    )


def main() -> None:
    """Bring every catalogue up to date with code and notebooks, and count what is left to translate."""
    template = collected()
    for language in LANGUAGES:
        catalogue = updated(read(language), template)
        (LOCALE / language / "nulmeting.po").write_text(written(catalogue), encoding="utf-8")
        left = untranslated(catalogue)
        sys.stdout.write(f"{language}: {len(catalogue)} messages, {left} without a translation\n")


if __name__ == "__main__":
    main()
