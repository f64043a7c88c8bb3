"""The sample report that the tests of the document, of HTML and of PDF share."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SAMPLE = Path(__file__).with_name("sample_blocks.py")


@pytest.fixture(scope="session")
def sample() -> ModuleType:
    """Return the module of sample blocks: a test folder is no package, so a test cannot import it."""
    spec = importlib.util.spec_from_file_location("sample_blocks", SAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
