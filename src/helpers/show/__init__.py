"""Show a table of the dossier: as a table, a chart, a sentence, tiles, a list or the cover.

Each call displays one block, or of a table of several measures one block each, in JupyterLab and in the finished
report alike; an empty table shows nothing, and the report leaves out a section that shows nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from IPython.display import display

from helpers.show import blocks, hidden_tables, lists, roadmap_sentences, sentences, tables
from helpers.show import tiles as tiles_of
from helpers.show.context import Context

__all__ = ["caution", "chart", "cover", "each_measure", "listing", "rules", "sentence", "table", "tiles"]

BY_MEASURE = "headline_splits"
"""How the names of tables begin that hold several measures."""


def table(frame: pd.DataFrame) -> None:
    """Show a table as a printable table."""
    for part in _parts(frame):
        if not part.empty:
            _show(tables.printable(part))


def chart(frame: pd.DataFrame) -> None:
    """Show a table as the chart that goes with it."""
    from helpers.show import drawn  # noqa: PLC0415 - seaborn takes a second, which only charts should cost

    for part in _parts(frame):
        content = drawn.drawn(part)
        if content:
            _show(content)


def sentence(frame: pd.DataFrame) -> None:
    """Show the sentence that reads a table."""
    for part in _parts(frame):
        text, role = sentences.read(part)
        if text:
            context = Context.of(part)
            _show(blocks.sentence(f"{context.identifier}-sentence", text, role=role, **context.stamp))


def each_measure(frame: pd.DataFrame, *, changes: pd.DataFrame) -> None:
    """Show one measure after the other: where it stands, which groups moved, its table and its chart."""
    moved = {part.attrs["part"]: part for part in _parts(changes) if len(part)}
    for part in _parts(frame):
        if part.empty:
            continue
        sentence(part)
        if part.attrs["part"] in moved:
            sentence(moved[part.attrs["part"]])
        table(part)
        chart(part)


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


def rules(frame: pd.DataFrame) -> None:
    """Show what must hold before anything of a group is shown."""
    content = hidden_tables.rules(frame)
    if content:
        _show(content)


def cover(frame: pd.DataFrame) -> None:
    """Show the cover of the report."""
    _show(tiles_of.cover(frame))


def _parts(frame: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield one table per measure of a table that holds several, any other table as it is."""
    if not str(frame.attrs.get("table", "")).startswith(BY_MEASURE) or frame.empty or "part" in frame.attrs:
        yield frame
        return
    for metric in frame["metric"].unique():
        part = frame[frame["metric"] == metric]
        part.attrs = {**frame.attrs, "part": str(metric)}
        yield part


def _show(content: blocks.Content) -> None:
    display(blocks.Block(content))  # type: ignore[no-untyped-call]
