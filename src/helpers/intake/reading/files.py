"""Find the files that a params file names, by path or by pattern."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path, PurePath

from helpers.errors import DataError
from helpers.intake.faults import listed
from helpers.params.keys import did_you_mean

TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".tab")
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm")
_PATTERN_SIGNS = re.compile(r"[*?\[]")
_MOST_NAMES = 10


def matching(written: Sequence[str], *, folder: Path) -> tuple[str, ...]:
    """Return the files that paths and patterns mean, each as the user would write it.

    Parameters
    ----------
    written
        Paths, and patterns with ``*``, ``?``, ``[…]`` and ``**``, as they stand in the params file. A path is
        given back as it is, whether its file exists or not. The files of a pattern come in the order of their
        names, numbers in them compared as numbers; hidden files and the lock files of Excel are left out.
    folder
        The folder of the params file; a relative path starts there.

    Returns
    -------
    tuple
        The paths in the order listed; a file that is meant twice comes once.

    Raises
    ------
    DataError
        With one sentence per pattern that no file fits or that also fits files that are neither CSV nor XLSX.
    """
    faults: list[str] = []
    found: dict[Path, str] = {}
    for name in written:
        try:
            for path in _fitting(name, folder):
                found.setdefault((folder / path).resolve(), path)
        except DataError as fault:
            faults += fault.messages
        except (OSError, ValueError) as fault:
            faults.append(f"{name}: is no pattern of a path that can be searched ({fault}). Correct it.")
    if faults:
        raise DataError(faults)
    return tuple(found.values())


def located(written: str, *, folder: Path) -> Path:
    """Return the file that a params file names.

    Parameters
    ----------
    written
        The path as it stands in the params file.
    folder
        The folder of the params file; a relative path starts there.

    Raises
    ------
    DataError
        If there is no such file, with the nearest name in its folder; or if it is neither CSV nor XLSX.
    """
    path = folder / written
    try:
        _refuse_absent(path, written)
    except OSError as fault:
        raise unreadable(written, fault) from fault
    if not _is_read(path.name):
        raise DataError(
            f"{written}: '{path.suffix or path.name}' files are not read. CSV and XLSX are: "
            "save the file as one of these."
        )
    return path


def is_workbook(path: Path) -> bool:
    """Tell whether a file is named as a workbook."""
    return path.suffix.lower() in WORKBOOK_SUFFIXES


def unreadable(written: str, fault: OSError) -> DataError:
    """Return the error of a file that the system does not let us read."""
    reason = fault.strerror or type(fault).__name__
    advice = "Close it in other programs and check that you may open it."
    return DataError(f"{written}: cannot be read ({reason}). {advice}")


def _fitting(written: str, folder: Path) -> list[str]:
    """Return the files that one path or pattern means."""
    if not _PATTERN_SIGNS.search(written) or (folder / written).is_file():
        return [written]
    parts = PurePath(written).parts
    plain = next(place for place, part in enumerate(parts) if _PATTERN_SIGNS.search(part))
    base, pattern = PurePath(*parts[:plain]), str(PurePath(*parts[plain:]))
    start = folder / base
    found = [path.relative_to(start) for path in start.glob(pattern) if path.is_file()] if start.is_dir() else []
    names = sorted((path.as_posix() for path in found if not _is_hidden(path)), key=_natural)
    if not names:
        raise DataError(f"{written}: no file fits this pattern.{_hint(start / pattern)}")
    if others := [name for name in names if not _is_read(name)]:
        raise DataError(
            f"{written}: also fits {listed(others, most=_MOST_NAMES)}; only CSV and XLSX files are read. "
            "Write the pattern so that it fits the survey's own files alone."
        )
    return [name if base == PurePath() else (base / name).as_posix() for name in names]


def _is_read(name: str) -> bool:
    return PurePath(name).suffix.lower() in TEXT_SUFFIXES + WORKBOOK_SUFFIXES


def _is_hidden(path: PurePath) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)


def _natural(name: str) -> tuple[list[str | tuple[int, str]], str]:
    """Return what sorts names with numbers compared as numbers; every second part of a split is a number."""
    parts = re.split(r"([0-9]+)", name.casefold())
    return [(int(part), part) if place % 2 else part for place, part in enumerate(parts)], name


def _refuse_absent(path: Path, written: str) -> None:
    if path.is_dir():
        raise DataError(f"{written}: is a folder. Name the file in it: {_names_in(path)}.")
    if not path.is_file():
        raise DataError(f"{written}: the file does not exist.{_hint(path)}")


def _names_in(folder: Path) -> str:
    return listed(_visible(folder), most=_MOST_NAMES) or "it holds none"


def _visible(folder: Path) -> list[str]:
    files = (entry for entry in folder.iterdir() if entry.is_file())
    return sorted((entry.name for entry in files if not _is_hidden(PurePath(entry.name))), key=_natural)


def _hint(path: Path) -> str:
    if not path.parent.is_dir():
        return " Its folder does not exist either; a relative path starts at the folder of the params file."
    names = _visible(path.parent)
    return did_you_mean(path.name, names) or f" Its folder holds {listed(names, most=_MOST_NAMES) or 'no files'}."
