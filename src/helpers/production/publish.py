"""One set of files per organisation, period and edition: swapped in as a whole, or not at all."""

from __future__ import annotations

import contextlib
import errno
import glob
import json
import os
import shutil
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

from helpers.errors import USAGE_FAULT, InfrastructureError
from helpers.production import exchange

STAGING, FORMER, JOURNAL = "staging", "former", "journal"
LOCK_NAME = ".lock"
HELD = {errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}
"""What fcntl and msvcrt answer for a lock that another process holds."""
LOCK_BYTE = 1 << 20
"""Windows locks bytes, not files; this one lies past the process number that the file shows."""


def require_writable(folder: Path) -> None:
    """Prove that a folder can be made and written, before any chapter runs.

    Parameters
    ----------
    folder
        Such as ``reports``; it is made where it does not exist.

    Raises
    ------
    InfrastructureError
        With exit code 2, when it cannot.
    """
    probe = folder / f".{uuid.uuid4().hex}.probe"
    try:
        _refuse_file(folder)
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise InfrastructureError(
            f"{folder}: the reports cannot be written here ({error.strerror}). "
            "Give yourself the right to write in it, or choose another folder with --output.",
            exit_code=USAGE_FAULT,
        ) from error


@contextlib.contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Hold one organisation's folder; the system lets go of the lock when its process dies.

    Parameters
    ----------
    folder
        ``reports/<organisation>``; it is made where it does not exist.

    Raises
    ------
    InfrastructureError
        When another process holds it; with exit code 2, when the folder cannot be written.
    """
    require_writable(folder)
    with (folder / LOCK_NAME).open("a+", encoding="ascii") as file:
        try:
            _lock_file(file.fileno())
        except OSError as error:
            file.seek(0)
            raise InfrastructureError(_not_locked(folder, file.read().strip(), error)) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)
            _unlock_file(file.fileno())


@contextlib.contextmanager
def staging(target: Path) -> Iterator[Path]:
    """Give an empty hidden folder beside the target, thus on its file system; it is gone afterwards.

    Parameters
    ----------
    target
        The folder of the set, such as ``reports/<organisation>/<period>/<edition>``.

    Raises
    ------
    InfrastructureError
        With exit code 2, when a file stands in its place or it cannot be written.
    """
    target = _real(target)
    _refuse_file(target)
    require_writable(target.parent)
    folder = _beside(target, STAGING, uuid.uuid4().hex[:8])
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def replace(new: Path, target: Path) -> None:
    """Put a finished set in the place of the earlier one.

    Parameters
    ----------
    new
        A folder from ``staging(target)``; it holds the earlier set, or nothing, afterwards.
    target
        The folder of the set.

    Raises
    ------
    InfrastructureError
        When the earlier set could not be replaced; it is unchanged then.
    """
    target = _real(target)
    if target.exists() and not target.is_dir():
        raise InfrastructureError(
            f"{target}: a file stands where the report's folder must be. Move or rename it and run again."
        )
    try:
        if not target.exists():
            new.rename(target)
        elif not exchange.exchange(new, target):
            _with_journal(new, target)
    except OSError as error:
        raise InfrastructureError(_not_replaced(target, error)) from error
    shutil.rmtree(new, ignore_errors=True)


def recover(target: Path) -> None:
    """Finish or undo a swap that was cut off, and remove what dead runs left; call it under the lock.

    Parameters
    ----------
    target
        The folder of the set.
    """
    target = _real(target)
    journal = _journal(target)
    if journal.exists():
        _finish_or_undo(journal, target)
        journal.unlink()
    for left in target.parent.glob(f".{glob.escape(target.name)}.*"):
        if left.suffix in (f".{STAGING}", f".{FORMER}"):
            shutil.rmtree(left, ignore_errors=True)


def _refuse_file(folder: Path) -> None:
    ancestors = (folder, *folder.parents)
    nearest = next((one for one in ancestors if one.exists() or one.is_symlink()), None)
    if nearest is not None and not nearest.is_dir():
        raise InfrastructureError(
            f"{nearest}: a file stands where the reports need a folder. "
            "Move or rename it, or choose another folder with --output.",
            exit_code=USAGE_FAULT,
        )


def _with_journal(new: Path, target: Path) -> None:
    """Swap by two renames; the journal tells the next start what was under way in the gap between them."""
    former, journal = _beside(target, FORMER, uuid.uuid4().hex[:8]), _journal(target)
    with journal.open("w", encoding="utf-8") as file:
        json.dump({"new": new.name, "former": former.name}, file)
        file.flush()
        os.fsync(file.fileno())
    try:
        target.rename(former)
        try:
            new.rename(target)
        except BaseException:
            former.rename(target)
            raise
    finally:
        if target.exists():
            journal.unlink()
    shutil.rmtree(former, ignore_errors=True)


def _finish_or_undo(journal: Path, target: Path) -> None:
    try:
        noted = json.loads(journal.read_text(encoding="utf-8"))
    except ValueError:
        return  # cut off while it was written, so before the first rename
    if target.exists():
        return
    for name in (noted["new"], noted["former"]):
        if (target.parent / name).exists():
            (target.parent / name).rename(target)
            return


def _not_locked(folder: Path, holder: str, error: OSError) -> str:
    if error.errno not in HELD:
        return f"{folder}: this folder cannot be locked ({error.strerror}). Choose a folder on a local disk."
    return (
        f"{folder}: process {holder or 'unknown'} is making this organisation's report now. "
        "Wait until it is done, or stop it."
    )


def _not_replaced(target: Path, error: OSError) -> str:
    if isinstance(error, PermissionError):
        return (
            f"{target}: the report could not be replaced, for a file in it is open in another program, "
            "or you may not write there. Close it and run again; the earlier report is unchanged."
        )
    return f"{target}: the report could not be replaced ({error.strerror}). The earlier report is unchanged."


def _real(target: Path) -> Path:
    """Return where a linked folder lies: the link itself must stay."""
    return target.resolve() if target.is_symlink() else target


def _beside(target: Path, kind: str, token: str) -> Path:
    return target.with_name(f".{target.name}.{token}.{kind}")


def _journal(target: Path) -> Path:
    return target.with_name(f".{target.name}.{JOURNAL}")


if sys.platform == "win32":
    import msvcrt

    def _lock_file(descriptor: int) -> None:
        os.lseek(descriptor, LOCK_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _unlock_file(descriptor: int) -> None:
        os.lseek(descriptor, LOCK_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _lock_file(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock_file(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
