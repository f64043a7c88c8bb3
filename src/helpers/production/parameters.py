"""What a notebook may be asked: the literals of its cell tagged ``parameters``, before a kernel starts."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Mapping

from nbformat import NotebookNode

from helpers.errors import USAGE_FAULT, NotebookError

TAG = "parameters"
INJECTED_TAG = "injected-parameters"
LOCAL = ("params",)
"""Parameters that say where something lies on this machine; they are never published."""

Literal = ast.AnnAssign | ast.Assign


def declared(notebook: NotebookNode, *, name: str) -> dict[str, object]:
    """Read the parameters that a notebook declares.

    Parameters
    ----------
    notebook
        The notebook as its author saved it.
    name
        The notebook as the user knows it, for the message.

    Returns
    -------
    dict
        The default of each parameter, in the notebook's order.

    Raises
    ------
    NotebookError
        When not exactly one cell is tagged, or when that cell holds anything but literals; exit code 2.
    """
    position, source = _tagged_cell(notebook, name)
    where = f"{name}, cell {position}"
    try:
        statements = ast.parse(source).body
    except SyntaxError as error:
        raise _fault(
            f"{where}: the cell tagged 'parameters' is not Python: {error.msg} in line {error.lineno}. "
            'Write one `name: str = "text"` per line.'
        ) from None
    read = [_literal(statement) for statement in statements]
    faults = [
        f"{where}, line {statement.lineno}: '{_first_line(ast.unparse(statement))}' is no literal. "
        "What is derived in the parameters cell stays on its default when a report sets the parameter; "
        "derive it in the next cell."
        for statement, found in zip(statements, read, strict=True)
        if found is None
    ]
    if faults:
        raise _fault(*faults)
    return dict(found for found in read if found is not None)


def require(notebook: NotebookNode, *, name: str, parameters: Mapping[str, str | None]) -> None:
    """Refuse parameters that a notebook does not know, before a kernel starts.

    Parameters
    ----------
    notebook
        The notebook as its author saved it.
    name
        The notebook as the user knows it, for the message.
    parameters
        What the job wants to set: text or None, for papermill turns a date or NaN into something else.

    Raises
    ------
    NotebookError
        With every fault at once; exit code 2.
    """
    known = declared(notebook, name=name)
    faults = [_unknown(name, parameter, known) for parameter in parameters if parameter not in known]
    faults += [
        f"{name}: parameter '{parameter}' was given as {type(value).__name__}. "
        "A notebook takes text or None; write a date as '2026-09-30'."
        for parameter, value in parameters.items()
        if not isinstance(value, str | None)
    ]
    faults += [
        f"{name}: parameter '{parameter}' has the default {known[parameter]!r}, but a report sets text. "
        "Make the default text or None."
        for parameter in parameters
        if not isinstance(known.get(parameter), str | None)
    ]
    if faults:
        raise _fault(*faults)


def injected(notebook: NotebookNode) -> dict[str, object] | None:
    """Return the parameters that papermill put into an executed notebook, or None when it put none."""
    cells = [cell for cell in notebook.cells if INJECTED_TAG in tags(cell)]
    if len(cells) != 1:
        return None
    read = [_literal(statement) for statement in ast.parse(cells[0].source).body]
    return dict(found for found in read if found is not None)


def tags(cell: NotebookNode) -> list[str]:
    """Return a cell's tags."""
    return list(cell.metadata.get("tags", []))


def _tagged_cell(notebook: NotebookNode, name: str) -> tuple[int, str]:
    found = [(position, str(cell.source)) for position, cell in enumerate(notebook.cells, start=1) if TAG in tags(cell)]
    if not found:
        raise _fault(
            f"{name}: no cell is tagged 'parameters', so organisation and period would not reach it. "
            "Open it in JupyterLab, select the cell with the parameters, and add the tag in its properties."
        )
    if len(found) > 1:
        cells = ", ".join(str(position) for position, _ in found)
        raise _fault(
            f"{name}: {len(found)} cells are tagged 'parameters' ({cells}). Exactly one is allowed; "
            "remove the tag from the others."
        )
    return found[0]


def _literal(statement: ast.stmt) -> tuple[str, object] | None:
    match statement:
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            pass
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            pass
        case _:
            return None
    try:
        return name, ast.literal_eval(value)
    except ValueError:
        return None


def _unknown(name: str, parameter: str, known: Mapping[str, object]) -> str:
    near = difflib.get_close_matches(parameter, known, n=1)
    hint = f" Did you mean '{near[0]}'?" if near else ""
    declares = ", ".join(known) or "none"
    return f"{name}: unknown parameter '{parameter}'.{hint} The notebook declares: {declares}."


def _first_line(text: str) -> str:
    return text.splitlines()[0]


def _fault(*messages: str) -> NotebookError:
    return NotebookError(messages, exit_code=USAGE_FAULT)
