"""Every chapter runs from top to bottom as it stands, as in JupyterLab, on the example data."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from helpers import examples
from helpers.show.blocks import MIME

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module", autouse=True)
def _example_data():
    """Generate what the notebooks' default organisation reads; the bytes are the same every time."""
    examples.generate(ROOT / "data")


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_runs_alone(chapter):
    """An analyst opens just one chapter and runs it: every code cell runs, and it shows blocks of the example."""
    notebook = nbformat.read(chapter, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(chapter.parent)}}).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    blocks = [output["data"][MIME] for output in outputs if MIME in output.get("data", {})]
    assert blocks
    assert {block["report"]["organisation"] for block in blocks} == {"voorbeeld-energie"}
    assert not [output for output in outputs if output.output_type in ("error", "stream")]
