"""Which columns of a table name its rows, where the file itself does not say."""

from __future__ import annotations

from helpers.audit.pieces import Grid, GridCell, GridRow

MOST_LABELS = 3


def labelled(grid: Grid) -> Grid:
    """Return a table of which the leading columns without any number have become the labels of its rows.

    Parameters
    ----------
    grid
        A table; labels that it has already stay in front where they hold a letter.
    """
    leading = _leading(grid)
    return Grid(grid.place, grid.caption, grid.heads, tuple(_with(row, leading) for row in grid.rows))


def _leading(grid: Grid) -> tuple[int, ...]:
    found: list[int] = []
    for column in sorted({column for row in grid.rows for column in row.cells}):
        cells = [row.cells[column] for row in grid.rows if column in row.cells]
        if any(_is_number(cell) for cell in cells) or len(found) == MOST_LABELS:
            break
        found.append(column)
    return tuple(found)


def _with(row: GridRow, leading: tuple[int, ...]) -> GridRow:
    before = tuple(label for label in row.labels if any(map(str.isalpha, label)))
    taken = tuple(row.cells[column].text for column in leading if column in row.cells)
    cells = {column: cell for column, cell in row.cells.items() if column not in leading}
    return GridRow((*before, *(text for text in taken if text)), cells, row.where)


def _is_number(cell: GridCell) -> bool:
    if cell.values:
        return True
    letters = sum(map(str.isalpha, cell.text))
    return letters < sum(map(str.isdigit, cell.text))
