"""Show a table of the dossier: as a table, a chart, a sentence, tiles, a list or the cover.

Each call displays one block, in JupyterLab and in the finished report alike; an empty table shows nothing,
and the report leaves out a section that shows nothing.
"""

from __future__ import annotations

import pandas as pd
from IPython.display import display

from helpers.show import blocks, lists, roadmap_sentences, sentences, tables
from helpers.show import tiles as tiles_of
from helpers.show.context import Context

__all__ = ["caution", "chart", "cover", "listing", "sentence", "table", "tiles"]


def table(frame: pd.DataFrame) -> None:
    """Show a table as a printable table."""
    if not frame.empty:
        _show(tables.printable(frame))


def chart(frame: pd.DataFrame) -> None:
    """Show a table as the chart that goes with it."""
    from helpers.show import drawn  # noqa: PLC0415 - seaborn takes a second, which only charts should cost

    content = drawn.drawn(frame)
    if content:
        _show(content)


def sentence(frame: pd.DataFrame) -> None:
    """Show the sentence that reads a table."""
    text, role = sentences.read(frame)
    if text:
        context = Context.of(frame)
        _show(blocks.sentence(f"{context.table}-sentence", text, role=role, **context.stamp))


def tiles(frame: pd.DataFrame) -> None:
    """Show the headline measures as tiles."""
    if not frame.empty:
        _show(tiles_of.tiles(frame))


def listing(frame: pd.DataFrame) -> None:
    """Show a table as a list of sentences."""
    if not frame.empty:
        _show(lists.listing(frame))


def caution(frame: pd.DataFrame) -> None:
    """Show what a reader must keep in mind about a table, set apart."""
    if not frame.empty:
        _show(roadmap_sentences.caution(frame))


def cover(frame: pd.DataFrame) -> None:
    """Show the cover of the report."""
    _show(tiles_of.cover(frame))


def _show(content: blocks.Content) -> None:
    display(blocks.Block(content))  # type: ignore[no-untyped-call]
