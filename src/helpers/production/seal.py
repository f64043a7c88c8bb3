"""What leaves the machine of an executed chapter, and the mark that it passed the gate as it is."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Mapping
from typing import Any

import nbformat
from nbformat import NotebookNode

from helpers.production.parameters import INJECTED_TAG, LOCAL, tags

KEPT_CELL_METADATA = ("alt", "nulmeting", "tags", "width")
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
_LOCAL_LINES = tuple(f"{name} =" for name in LOCAL)


def publishable(notebook: NotebookNode) -> NotebookNode:
    """Copy an executed notebook without what belongs to this machine.

    Returns
    -------
    NotebookNode
        The same cells and outputs, without papermill's times and paths, the error stream and parameters
        that are local paths; ids follow the order of the cells.
    """
    kept = copy.deepcopy(notebook)
    own = kept.metadata.get("nulmeting", {})
    kept.metadata = _node({"kernelspec": KERNEL, "language_info": {"name": "python"}, "nulmeting": own})
    for position, cell in enumerate(kept.cells, start=1):
        cell.id = f"cell-{position:03d}"
        cell.metadata = _node(_kept_metadata(cell))
        if "outputs" in cell:
            cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
        if INJECTED_TAG in tags(cell):
            lines = cell.source.splitlines()
            cell.source = "\n".join(line for line in lines if not line.startswith(_LOCAL_LINES))
    return kept


def stamp(notebook: NotebookNode) -> NotebookNode:
    """Copy a notebook with the mark that it passed the gate as it is now."""
    stamped = copy.deepcopy(notebook)
    own = {**stamped.metadata.get("nulmeting", {}), "gate": {"schema": 1, "sha256": _digest(notebook)}}
    stamped.metadata["nulmeting"] = _node(own)
    return stamped


def passed(notebook: NotebookNode) -> bool:
    """Tell whether a notebook passed the gate and is unchanged since, in every cell and output."""
    mark = notebook.metadata.get("nulmeting", {}).get("gate", {})
    return bool(mark) and mark.get("sha256") == _digest(notebook)


def _digest(notebook: NotebookNode) -> str:
    cells = [[cell.cell_type, cell.source, _kept_metadata(cell), cell.get("outputs", [])] for cell in notebook.cells]
    told = json.dumps(cells, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def _kept_metadata(cell: NotebookNode) -> dict[str, Any]:
    return {key: cell.metadata[key] for key in KEPT_CELL_METADATA if key in cell.metadata}


def _node(content: Mapping[str, Any]) -> NotebookNode:
    made: NotebookNode = nbformat.from_dict(content)  # type: ignore[no-untyped-call]
    return made
