"""The lock files: every package pinned and hashed, no address in them, all that pyproject.toml asks for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).resolve().parents[1]
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME, DEVELOPMENT = "requirements.lock", "requirements-dev.lock"
PIN = re.compile(r"[a-z0-9][a-z0-9-]*==\S+( ; [^\\]+)?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
ADDRESS = re.compile(r"://|--(extra-)?index|--find-links|@ |\.(com|org|net|io|local)\b")


def _entries(name: str) -> list[list[str]]:
    """Return the requirements of a lock, each as the pin and its options."""
    text = (PROJECT / name).read_text(encoding="utf-8")
    joined = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    lines = joined.replace("\\\n", "\n").splitlines()
    entries: list[list[str]] = []
    for line in lines:
        if line.startswith(" "):
            entries[-1].append(line.strip())
        else:
            entries.append([line.strip()])
    return entries


def _pins(name: str) -> set[tuple[str, str]]:
    pins = (Requirement(entry[0]) for entry in _entries(name))
    return {(canonicalize_name(pin.name), str(pin.specifier).removeprefix("==")) for pin in pins}


@pytest.mark.parametrize("name", [RUNTIME, DEVELOPMENT])
def test_each_requirement_is_pinned_and_hashed(name: str) -> None:
    """A lock holds exact versions, each with at least one SHA-256 and no other option."""
    entries = _entries(name)
    assert len(entries) > 50
    assert [entry for entry in entries if not PIN.fullmatch(entry[0])] == []
    assert [entry[0] for entry in entries if len(entry) < 2] == []
    assert [option for entry in entries for option in entry[1:] if not HASH.fullmatch(option)] == []


@pytest.mark.parametrize("name", [RUNTIME, DEVELOPMENT])
def test_no_address_stands_in_a_lock(name: str) -> None:
    """A lock names packages, never where they come from."""
    lines = (PROJECT / name).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if ADDRESS.search(line)] == []


def test_the_development_lock_holds_the_runtime_lock() -> None:
    """Both commands use one .venv, so what they share has the same versions."""
    assert _pins(RUNTIME) - _pins(DEVELOPMENT) == set()


ASKED = {
    RUNTIME: [
        *PYPROJECT["project"]["dependencies"],
        *PYPROJECT["build-system"]["requires"],
        *PYPROJECT["dependency-groups"]["build"],
    ],
    DEVELOPMENT: [
        *PYPROJECT["dependency-groups"]["dev"],
        *PYPROJECT["project"]["optional-dependencies"]["jupyter"],
    ],
}


@pytest.mark.parametrize(("lock", "asked"), [(lock, each) for lock, all_ in ASKED.items() for each in all_])
def test_what_pyproject_asks_for_is_locked(lock: str, asked: str) -> None:
    """Every requirement, the build backend included, stands in its lock in a version that it allows."""
    wanted = Requirement(asked)
    versions = [version for name, version in _pins(lock) if name == canonicalize_name(wanted.name)]
    assert versions
    assert [version for version in versions if not wanted.specifier.contains(version)] == []
