"""The files that a params file names: those that must lie beside it, and the data that the intake will read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from glob import iglob
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from helpers.params.facts import Tables
from helpers.params.keys import Fault, Place, did_you_mean
from helpers.params.tolerance import UnknowableError
from helpers.params.values import shown

if TYPE_CHECKING:
    from helpers.params.model import Params

FILE_NAME = "params.yaml"
Kind = Literal["file", "folder"]
BESIDE: dict[str, Kind] = {"improvements": "file", "commentary": "folder", "codebook": "file"}
"""The keys that name something beside the params file, and what it is."""
_PATTERN_SIGNS = "*?["


def missing_beside(params: Params, *, folder: Path | None) -> Iterator[Fault]:
    """Yield the files and folders that are named but not there.

    Parameters
    ----------
    params
        The params, or as much of them as could be read.
    folder
        Where the params file stands; None where it stands nowhere, and nothing is looked for.
    """
    for key, kind in BESIDE.items() if folder is not None else ():
        with suppress(UnknowableError):
            path = getattr(params, key)
            if path is not None and "://" not in path:
                yield from _missing(key, kind, path, folder / path)


def missing_data(params: Params, *, folder: Path | None) -> Iterator[Fault]:
    """Yield the surveys and facts tables that are named but not there.

    The intake says so too, and more; this is for a file with other faults, which the intake never sees.

    Parameters
    ----------
    params, folder
        As in :func:`missing_beside`.
    """
    if folder is None:
        return
    for place, path in _data(params):
        with suppress(UnknowableError):
            if path is not None and "://" not in path:
                yield from _absent(place, path, folder)


def _data(params: Params) -> Iterator[tuple[Place, str | None]]:
    with suppress(UnknowableError):
        for name, source in params.sources.items():
            with suppress(UnknowableError):
                several = len(source.path) > 1
                for number, path in enumerate(source.path):
                    yield ("sources", name, "path", *([number] if several else [])), path
            with suppress(UnknowableError):
                yield ("sources", name, "invited"), source.invited
    for table in Tables.model_fields:
        with suppress(UnknowableError):
            yield ("tables", table), getattr(params.tables, table)


def _absent(place: Place, path: str, folder: Path) -> Iterator[Fault]:
    file = folder / path
    found = _kind(file)
    if found == "folder":
        yield Fault(place, f"{shown(path)} is a folder. Name the file in it.")
    elif found is None and place[2:3] == ("path",) and any(sign in path for sign in _PATTERN_SIGNS):
        if not _any_fits(path, folder):
            yield Fault(place, f"no file fits the pattern {shown(path)}. Correct it.")
    elif found is None:
        near = did_you_mean(file.name, _names(file.parent, "file"))
        yield Fault(place, f"the file {shown(path)} does not exist.{near or ' Correct the path.'}")


def _any_fits(pattern: str, folder: Path) -> bool:
    with suppress(OSError, ValueError):
        found = iglob(pattern, root_dir=folder, recursive=True)  # noqa: PTH207 - Path.glob takes no absolute pattern
        return any(_kind(folder / path) == "file" for path in found)
    return False


def _missing(key: str, kind: Kind, path: str, place: Path) -> Iterator[Fault]:
    found = _kind(place)
    if found == kind:
        return
    if found is not None:
        sentence = f"{shown(path)} is a {found}, and a {kind} is expected. Correct the name."
    else:
        near = did_you_mean(place.name, _names(place.parent, kind))
        sentence = (
            f"the {kind} {shown(path)} is not there; it is looked for from the folder of this file.{near} Correct the "
            "name, or leave the key out until it is there."
        )
    yield Fault((key,), sentence)


def _kind(place: Path) -> Kind | None:
    with suppress(OSError, ValueError):
        return "folder" if place.is_dir() else "file" if place.is_file() else None
    return None


def _names(folder: Path, kind: Kind) -> list[str]:
    with suppress(OSError, ValueError):
        return sorted(path.name for path in folder.iterdir() if path.name != FILE_NAME and _kind(path) == kind)
    return []
