"""From a folder in ``params/`` to one organisation's params, or to every fault in them at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from helpers.errors import ParamsError
from helpers.params import checks
from helpers.params.beside import FILE_NAME, missing_beside, missing_data
from helpers.params.document import Document, parse
from helpers.params.keys import Fault, did_you_mean
from helpers.params.messages import TEMPLATE, messages
from helpers.params.model import Params
from helpers.params.tolerance import UNKNOWN, known_part
from helpers.params.values import shown

_NAME = re.compile(r"[^\W_][\w.-]*")
_TO_START = f"Copy {TEMPLATE} and fill it in."


@dataclass(frozen=True)
class Client:
    """One organisation's params, and the folder that they and the organisation's own files stand in.

    Parameters
    ----------
    key
        The folder's name, such as ``voorbeeld-energie``.
    folder
        ``params/<key>``; paths in the params are relative to it.
    params
        What the params file says.
    """

    key: str
    folder: Path
    params: Params


def organisations(params_folder: Path) -> tuple[str, ...]:
    """Return the organisations that have a params file, in alphabetical order; the template is none.

    Raises
    ------
    ParamsError
        If the folder is not there.
    """
    if not params_folder.is_dir():
        raise ParamsError(
            f"{params_folder.name}: this folder is not there. Name the folder that holds one folder per organisation."
        )
    folders = (folder.name for folder in params_folder.iterdir() if (folder / FILE_NAME).is_file())
    return tuple(sorted(name for name in folders if _is_name(name)))


def load(organisation: str, *, params_folder: Path) -> Client:
    """Read and check one organisation's params.

    Parameters
    ----------
    organisation
        The name of its folder.
    params_folder
        The folder that holds one folder per organisation.

    Raises
    ------
    ParamsError
        With one sentence for every fault of the file, or the one that keeps it from being read.
    """
    _check_name(organisation, params_folder)
    file = f"{params_folder.resolve().name}/{organisation}/{FILE_NAME}"
    folder = params_folder / organisation
    return Client(organisation, folder, read(_text(folder / FILE_NAME, file), file=file, folder=folder))


def read(text: str, *, file: str, folder: Path | None = None) -> Params:
    """Return what the text of a params file says.

    Parameters
    ----------
    text
        The file's content.
    file
        The file's name in messages.
    folder
        Where it stands; then what must lie beside it is looked for.

    Raises
    ------
    ParamsError
        With one sentence for every fault.
    """
    document = parse(text)
    if document.data in (None, "") and not document.faults:
        raise ParamsError(f"{file}: the file is empty. {_TO_START}")
    if not isinstance(document.data, dict) and not document.faults:
        raise ParamsError(f"{file}: the file holds no 'key: value'. {_TO_START}")
    if isinstance(document.data, dict):
        return _validated(document, file, folder)
    raise ParamsError(messages(file, document, errors=(), faults=()))


def _validated(document: Document, file: str, folder: Path | None) -> Params:
    try:
        params = Params.model_validate(document.data)
    except ValidationError as error:
        errors = [detail for detail in error.errors(include_url=False) if detail["loc"]]
        known = known_part(Params, document.data)
        faults = [] if known is UNKNOWN else [*checks.faults(known), *_not_there(known, folder)]
        raise ParamsError(messages(file, document, errors=errors, faults=faults)) from None
    if document.faults or any(missing_beside(params, folder=folder)):
        missing = list(_not_there(params, folder))
        raise ParamsError(messages(file, document, errors=(), faults=missing))
    return params


def _not_there(params: Params, folder: Path | None) -> Iterator[Fault]:
    yield from missing_beside(params, folder=folder)
    yield from missing_data(params, folder=folder)


def _is_name(text: str) -> bool:
    return bool(_NAME.fullmatch(text))


def _check_name(organisation: str, params_folder: Path) -> None:
    folder = params_folder.resolve().name
    if not _is_name(organisation) or ".." in organisation:
        raise ParamsError(
            f"{shown(organisation)} is not the name of an organisation. It is the name of a folder in {folder}: "
            "letters, digits, -, _ and . only. Correct the name."
        )
    known = organisations(params_folder)
    if organisation not in known and not (params_folder / organisation).is_dir():
        listed = f"There are {', '.join(known)}." if known else "There is none yet."
        raise ParamsError(
            f"{folder}: there is no organisation {shown(organisation)}.{did_you_mean(organisation, known)} "
            f"{listed} For a new one, copy {TEMPLATE}."
        )


def _text(path: Path, file: str) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise ParamsError(f"{file}: the file is missing. {_TO_START}") from None
    except OSError as error:
        raise ParamsError(
            f"{file}: the file cannot be read ({error.strerror}). Check what it is and who may read it."
        ) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ParamsError(
            f"{file} (line {line}): the file is not UTF-8: byte 0x{raw[error.start]:02X} is no character "
            "of it. Save the file as UTF-8."
        ) from None
