"""One small client's report in two languages, made once with the writers of production; tests edit copies of it."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import pytest

CLIENT = Path(__file__).with_name("small_client.py")


@pytest.fixture(scope="session")
def client() -> ModuleType:
    """Return the module of the small client: a test folder is no package, so a test cannot import it."""
    spec = importlib.util.spec_from_file_location("small_client", CLIENT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def untouched(client: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return per language the reports of the client; no test changes them."""
    made = {}
    for language in ("nl", "en"):
        made[language] = tmp_path_factory.mktemp(language) / "acme"
        client.write_set(made[language] / "2026-Q3" / "board", language=language)
    return made


@pytest.fixture
def reports(untouched: dict[str, Path], tmp_path: Path) -> Path:
    """Return a copy of the Dutch reports to edit."""
    return Path(shutil.copytree(untouched["nl"], tmp_path / "acme"))


@pytest.fixture
def board(reports: Path) -> Path:
    """Return the folder of the one set in that copy."""
    return reports / "2026-Q3" / "board"
