"""The files that must lie beside the params file: the action register, the themes, the commentary."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from helpers.params.keys import Fault, did_you_mean
from helpers.params.tolerance import UnknowableError
from helpers.params.values import shown

if TYPE_CHECKING:
    from helpers.params.model import Params

FILE_NAME = "params.yaml"
Kind = Literal["file", "folder"]
BESIDE: dict[str, Kind] = {"improvements": "file", "commentary": "folder", "codebook": "file"}
"""The keys that name something beside the params file, and what it is."""


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
