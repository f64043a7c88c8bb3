"""The ledger: every cell that an earlier report printed, beside the params and committed with them.

A later report must not undo an earlier hiding, so what was printed counts as known for ever. The file is sealed: what
was changed by hand is noticed, and is accepted by name only.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from helpers.disclosure.entries import SCHEMA, Entry, Ledger, WrittenEntry, WrittenLedger, sealed_together
from helpers.disclosure.printed_before import differences, entry_of, known
from helpers.errors import USAGE_FAULT, InfrastructureError, ParamsError

__all__ = ["NAME", "Entry", "Ledger", "accept", "accepted", "differences", "entry_of", "known", "read", "write"]

NAME = "ledger.json"
_OURS, _BASE, _MIDDLE, _THEIRS = "<<<<<<<", "|||||||", "=======", ">>>>>>>"
_MARKED = re.compile(rf"^({_OURS} |{re.escape(_BASE)}|{_THEIRS} )", re.MULTILINE)


def read(folder: Path) -> Ledger:
    """Read the ledger of an organisation.

    Parameters
    ----------
    folder
        ``params/<organisation>``.

    Returns
    -------
    Ledger
        Without entries where there is no file.

    Raises
    ------
    ParamsError
        With one message when the file cannot be read, is no ledger, is that of another organisation, or does not fit
        its seals: a cell or an entry was changed, added or removed.
    """
    text, file = _text(folder), _file(folder)
    if text is None:
        return Ledger(_organisation(folder))
    if _MARKED.search(text):
        raise ParamsError(f"{file}: git merged the work of two colleagues and left both in it. {_to_accept(folder)}")
    written = _parsed(text, folder)
    broken = _not_as_sealed(written)
    if broken:
        fits = "does not fit its seal" if len(broken) == 1 else "do not fit their seals"
        raise ParamsError(
            f"{file}: {_and(broken)} {fits}: a cell was changed, added or removed by hand. {_to_mend(folder)}"
        )
    if written.seal != sealed_together(written.organisation, [entry.seal for entry in written.entries]):
        entries = _and([f"{entry.period} {entry.edition}" for entry in written.entries]) or "no entry"
        raise ParamsError(
            f"{file}: the file does not fit its seal: an entry was added or removed by hand, or in a merge. "
            f"It holds {entries}. {_to_mend(folder)}"
        )
    return _ledger(written)


def write(folder: Path, ledger: Ledger) -> None:
    """Write the ledger of an organisation, whole or not at all; the same ledger is the same bytes.

    Parameters
    ----------
    folder
        ``params/<organisation>``.
    ledger
        With every entry that must remain.

    Raises
    ------
    InfrastructureError
        With exit code 2, when the folder cannot be written.
    """
    path = (folder / NAME).resolve()
    beside = path.with_name(f".{NAME}.{uuid.uuid4().hex[:8]}")
    try:
        beside.write_text(ledger.text(), encoding="utf-8", newline="\n")
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise InfrastructureError(
            f"{_file(folder)}: the ledger cannot be written ({error.strerror}). Without it a later report could give "
            "away what this one hides. Give yourself the right to write in the folder.",
            exit_code=USAGE_FAULT,
        ) from error


def accepted(folder: Path, *, organisation: str = "") -> tuple[Ledger, list[str]]:
    """Return the ledger as it would be when what does not fit its seals is accepted; nothing is written.

    Parameters
    ----------
    folder
        ``params/<organisation>``.
    organisation
        Whose it must be; default the name of the folder.

    Returns
    -------
    tuple
        The ledger, and one line for each thing that changed. Where git left both sides of a merge, every cell of
        either is kept: what one of two colleagues printed is printed.

    Raises
    ------
    ParamsError
        When the file cannot be read, is no ledger or is another organisation's.
    """
    owner = organisation or _organisation(folder)
    text = _text(folder)
    if text is None:
        return Ledger(owner), []
    sides = [_parsed(side, folder, owner) for side in _sides(text)]
    changed = sorted({f"{name}: its cells do not fit its seal." for side in sides for name in _not_as_sealed(side)})
    ledger = Ledger(owner, [entry for side in sides for entry in _ledger(side).entries])
    holds = _and([_size(entry) for entry in ledger.entries]) or "no entry"
    if len(sides) > 1:
        return ledger, [*changed, f"Both sides of a merge are kept: {holds}."]
    if changed or sides[0].seal != ledger.seal():
        return ledger, [*changed, f"The ledger now holds {holds}."]
    return ledger, []


def accept(folder: Path, organisation: str = "") -> list[str]:
    """Seal the ledger as it stands, after somebody read what changed.

    Parameters
    ----------
    folder, organisation
        As in :func:`accepted`.

    Returns
    -------
    list of str
        What changed, in plain lines; empty when the ledger fitted its seals, and then nothing is written.

    Raises
    ------
    ParamsError, InfrastructureError
        As :func:`accepted` and :func:`write`.
    """
    ledger, changed = accepted(folder, organisation=organisation)
    if changed:
        write(folder, ledger)
    return changed


def _organisation(folder: Path) -> str:
    return folder.resolve().name


def _file(folder: Path) -> str:
    real = folder.resolve()
    return f"{real.parent.name}/{real.name}/{NAME}"


def _to_accept(folder: Path) -> str:
    organisation = _organisation(folder)
    return (
        f"Read what changed (git diff {_file(folder)}), then run: nulmeting audit {organisation} --accept-ledger. "
        "It keeps the cells of both."
    )


def _to_mend(folder: Path) -> str:
    file, organisation = _file(folder), _organisation(folder)
    return (
        f"Put the committed file back (git checkout -- {file}); or, if the change is meant, as after a merge, read it "
        f"(git diff {file}) and run: nulmeting audit {organisation} --accept-ledger."
    )


def _to_restore(folder: Path) -> str:
    return f"Put the committed file back: git checkout -- {_file(folder)}."


def _text(folder: Path) -> str | None:
    """Return the text of the file; None where there is none."""
    file = _file(folder)
    try:
        return (folder / NAME).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ParamsError(
            f"{file}: the file cannot be read ({error.strerror}). Check what it is and who may read it."
        ) from None
    except UnicodeDecodeError:
        raise ParamsError(f"{file}: the file is not UTF-8. {_to_restore(folder)}") from None


def _sides(text: str) -> list[str]:
    """Return the two files that git put into one, or the one that it is."""
    if not _MARKED.search(text):
        return [text]
    ours, theirs, side = [], [], ""
    for line in text.split("\n"):
        mark = line[:7] if line[:7] in (_OURS, _BASE, _MIDDLE, _THEIRS) else ""
        side = ("" if mark == _THEIRS else mark) if mark else side
        ours += [line] if not mark and side in ("", _OURS) else []
        theirs += [line] if not mark and side in ("", _MIDDLE) else []
    return ["\n".join(ours), "\n".join(theirs)]


def _parsed(text: str, folder: Path, owner: str = "") -> WrittenLedger:
    """Return what stands in the file, whether or not it fits its seals."""
    file, owner = _file(folder), owner or _organisation(folder)
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise ParamsError(f"{file} (line {error.lineno}): this is no JSON. {_to_restore(folder)}") from None
    except (ValueError, RecursionError):
        raise ParamsError(f"{file}: this is no JSON that can be read. {_to_restore(folder)}") from None
    version = data.get("schema") if isinstance(data, dict) else None
    if version != SCHEMA or isinstance(version, bool):
        raise ParamsError(f"{file}: {_other_version(version)} {_to_restore(folder)}")
    try:
        written = WrittenLedger.model_validate(data)
    except ValidationError as error:
        place = _place(error.errors()[0]["loc"])
        raise ParamsError(f"{file}, {place}: this is not as it was written. {_to_restore(folder)}") from None
    if written.organisation != owner:
        raise ParamsError(
            f"{file}: this is the ledger of '{written.organisation}', not of '{owner}'. {_to_restore(folder)} If the "
            'organisation was renamed, correct "organisation" in the file and run: '
            f"nulmeting audit {owner} --accept-ledger."
        )
    return written


def _other_version(version: object) -> str:
    if isinstance(version, int) and version > SCHEMA:
        return f"a newer nulmeting wrote it (schema {version}; this one reads {SCHEMA}). Update nulmeting."
    return f"this is no ledger of schema {SCHEMA}."


def _place(location: Sequence[int | str]) -> str:
    """Return a place in the file as in ``entries[0].shown[3].n``."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).removeprefix(".")


def _ledger(written: WrittenLedger) -> Ledger:
    return Ledger(written.organisation, [_entry(entry) for entry in written.entries])


def _entry(entry: WrittenEntry) -> Entry:
    cells = [cell.model_dump() for cell in entry.shown]
    return Entry(entry.period, entry.edition, entry.as_of, cells, entry.hidden)


def _not_as_sealed(written: WrittenLedger) -> list[str]:
    """Return the entries that do not fit their own seal."""
    return [
        f"{entry.period} {entry.edition}"
        for entry in written.entries
        if entry.seal != _entry(entry).seal(written.organisation)
    ]


def _size(entry: Entry) -> str:
    return f"{entry.name} (cells shown: {len(entry.shown)}, hidden: {len(entry.hidden)})"


def _and(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
