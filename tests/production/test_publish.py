"""One set, swapped in whole: whatever goes wrong, a complete set is there, the earlier or the new one."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.errors import InfrastructureError
from helpers.production import exchange, publish

WAYS = ["exchange", "journal"]


@pytest.fixture(params=WAYS)
def way(request, monkeypatch):
    """Swap by the system's exchange where it has one, and by the journal."""
    if request.param == "journal":
        monkeypatch.setattr(exchange, "exchange", lambda *_: False)
    return request.param


@pytest.fixture
def target(tmp_path):
    """Return the place of a set, without a set."""
    return tmp_path / "reports" / "acme" / "2026-Q3" / "board"


def fill(folder, text):
    """Make a set of two files of one text."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.html").write_text(text)
    (folder / "notebooks").mkdir(exist_ok=True)
    (folder / "notebooks" / f"{text}.ipynb").write_text(text)


def held(folder):
    """Return the files of a folder, hidden ones included."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def publish_set(target, text):
    """Publish a set as production does."""
    with publish.lock(target.parents[1]):
        publish.recover(target)
        with publish.staging(target) as folder:
            fill(folder, text)
            publish.replace(folder, target)


def test_a_set_is_replaced_as_a_whole(target, way):
    """The new set holds nothing of the earlier one, and nothing is left beside it."""
    publish_set(target, "first")
    publish_set(target, "second")
    assert held(target) == ["notebooks/second.ipynb", "report.html"]
    assert [path.name for path in target.parent.iterdir()] == ["board"]


def test_a_set_is_as_readable_as_the_users_other_folders(target):
    """A published folder has the user's usual permissions, not those of a temporary folder."""
    publish_set(target, "first")
    assert target.stat().st_mode == target.parent.stat().st_mode


def test_a_run_that_fails_leaves_the_earlier_set(target):
    """When a chapter fails, staging is removed and the earlier set is untouched."""
    publish_set(target, "first")

    def fail():
        with publish.staging(target) as folder:
            fill(folder, "half")
            raise InfrastructureError("the kernel died")

    with pytest.raises(InfrastructureError):
        fail()
    assert held(target.parent) == ["board/notebooks/first.ipynb", "board/report.html"]


@pytest.mark.parametrize("failing", [1, 2])
def test_a_file_held_open_leaves_the_earlier_set(target, monkeypatch, failing):
    """Windows refuses to move a folder with an open file: a clear message, and all as it was."""
    publish_set(target, "first")
    monkeypatch.setattr(exchange, "exchange", lambda *_: False)
    rename, calls = Path.rename, []

    def refuse(self, other):
        calls.append(self)
        if len(calls) == failing:
            raise PermissionError(errno.EACCES, "used by another process")
        return rename(self, other)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(InfrastructureError) as caught:
        publish_set(target, "second")
    assert str(caught.value) == (
        f"{target}: the report could not be replaced, for a file in it is open in another program, "
        "or you may not write there. Close it and run again; the earlier report is unchanged."
    )
    assert held(target.parent) == ["board/notebooks/first.ipynb", "board/report.html"]


def test_an_exchange_that_fails_leaves_the_earlier_set(target, monkeypatch):
    """A fault of the system's own exchange is told with its reason."""
    publish_set(target, "first")

    def fail(*_):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(exchange, "exchange", fail)
    with pytest.raises(InfrastructureError) as caught:
        publish_set(target, "second")
    assert str(caught.value) == (
        f"{target}: the report could not be replaced (Read-only file system). The earlier report is unchanged."
    )
    assert held(target.parent) == ["board/notebooks/first.ipynb", "board/report.html"]


def test_two_renames_that_are_interrupted_are_undone(target, monkeypatch):
    """Ctrl-C in the gap between the two renames puts the earlier set back."""
    publish_set(target, "first")
    monkeypatch.setattr(exchange, "exchange", lambda *_: False)
    rename, calls = Path.rename, []

    def interrupt(self, other):
        calls.append(self)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return rename(self, other)

    monkeypatch.setattr(Path, "rename", interrupt)
    with pytest.raises(KeyboardInterrupt):
        publish_set(target, "second")
    assert held(target.parent) == ["board/notebooks/first.ipynb", "board/report.html"]


CUT_OFF = """
import os, sys
from pathlib import Path
from helpers.production import exchange, publish
step, target = int(sys.argv[1]), Path(sys.argv[2])
exchange.exchange = lambda *_: False
calls = []

def counted(name):
    call = getattr(Path, name)
    def instead(*given, **more):
        calls.append(name)
        if len(calls) == step:
            os._exit(9)
        return call(*given, **more)
    return instead

with publish.staging(target) as folder:
    (folder / "report.html").write_text("second")
    for name in ("rename", "unlink"):
        setattr(Path, name, counted(name))
    publish.replace(folder, target)
os._exit(0)
"""


@pytest.mark.parametrize(("step", "now"), [(1, "first"), (2, "second"), (3, "second"), (4, "second")])
def test_a_swap_cut_off_by_kill_is_finished_or_undone(target, step, now):
    """Killed before, between or after its two renames, the next start finds a whole set and tidies up."""
    publish_set(target, "first")
    script = [sys.executable, "-c", CUT_OFF, str(step), str(target)]
    assert subprocess.run(script, check=False).returncode == (0 if step == 4 else 9)
    assert target.exists() is (step != 2)
    publish.recover(target)
    assert (target / "report.html").read_text() == now
    assert [path.name for path in target.parent.iterdir()] == ["board"]


def test_a_journal_cut_off_while_written_changes_nothing(target):
    """A journal without content was written before the first rename."""
    publish_set(target, "first")
    (target.parent / ".board.journal").write_text('{"new": ')
    publish.recover(target)
    assert held(target.parent) == ["board/notebooks/first.ipynb", "board/report.html"]


def test_recovery_leaves_other_sets_alone(target):
    """Only what belongs to this set is removed: not a sibling's staging, not a hidden file of the user."""
    publish_set(target, "first")
    for name in (".public.1a.staging", ".board.notes", ".boardroom.1a.staging"):
        (target.parent / name).mkdir()
    (target.parent / ".board.1a.staging").mkdir()
    publish.recover(target)
    assert sorted(path.name for path in target.parent.iterdir()) == [
        ".board.notes",
        ".boardroom.1a.staging",
        ".public.1a.staging",
        "board",
    ]


def test_a_linked_folder_stays_a_link(target, tmp_path):
    """A set that the user linked elsewhere is replaced there."""
    elsewhere = tmp_path / "elsewhere" / "board"
    fill(elsewhere, "first")
    target.parent.mkdir(parents=True)
    target.symlink_to(elsewhere, target_is_directory=True)
    publish_set(target, "second")
    assert target.is_symlink()
    assert held(elsewhere) == ["notebooks/second.ipynb", "report.html"]


def test_one_process_at_a_time(tmp_path):
    """A second run of one organisation is refused with the number of the first; afterwards it is free."""
    folder = tmp_path / "reports" / "acme"
    with publish.lock(folder):
        with pytest.raises(InfrastructureError) as caught, publish.lock(folder):
            pass
        with publish.lock(tmp_path / "reports" / "other"):
            pass
    assert str(caught.value) == (
        f"{folder}: process {os.getpid()} is making this organisation's report now. Wait until it is done, or stop it."
    )
    with publish.lock(folder):
        assert (folder / ".lock").read_text() == str(os.getpid())


def test_the_lock_of_a_dead_process_is_taken_over(tmp_path):
    """A process that was killed leaves its number behind, but not its lock."""
    script = (
        "import os, sys; from pathlib import Path; from helpers.production import publish\n"
        "held = publish.lock(Path(sys.argv[1])); held.__enter__(); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert (tmp_path / ".lock").read_text().isdigit()
    with publish.lock(tmp_path):
        assert (tmp_path / ".lock").read_text() == str(os.getpid())


def test_a_disk_without_locks_is_told(tmp_path, monkeypatch):
    """A folder that cannot be locked at all is not mistaken for one in use."""

    def fail(_):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(publish, "_lock_file", fail)
    with pytest.raises(InfrastructureError) as caught, publish.lock(tmp_path):
        pass
    assert str(caught.value) == (
        f"{tmp_path}: this folder cannot be locked (No locks available). Choose a folder on a local disk."
    )


@pytest.mark.parametrize("depth", [0, 1, 3])
def test_a_file_in_the_place_of_a_folder_is_found_early(target, depth):
    """A plain file where `reports/` or a folder under it must be stops the run before any chapter."""
    stands = [target, *target.parents][depth]
    stands.parent.mkdir(parents=True, exist_ok=True)
    stands.write_text("mine")
    with pytest.raises(InfrastructureError) as caught:
        publish_set(target, "first")
    assert str(caught.value) == (
        f"{stands}: a file stands where the reports need a folder. "
        "Move or rename it, or choose another folder with --output."
    )
    assert caught.value.exit_code == 2
    assert stands.read_text() == "mine"


def test_a_folder_without_permission_is_found_early(target, monkeypatch):
    """A folder that cannot be written stops the run before any chapter, with the system's reason."""

    def refuse(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(InfrastructureError) as caught:
        publish.require_writable(target.parent)
    assert str(caught.value) == (
        f"{target.parent}: the reports cannot be written here (Permission denied). "
        "Give yourself the right to write in it, or choose another folder with --output."
    )
    assert caught.value.exit_code == 2


def test_a_writable_place_is_left_clean(target):
    """The proof makes the folder and leaves nothing in it."""
    publish.require_writable(target.parent)
    assert list(target.parent.iterdir()) == []


def test_a_file_that_appeared_meanwhile_is_not_replaced(target):
    """A plain file in the place of the set is refused, not overwritten, however late it comes."""
    with publish.staging(target) as folder:
        target.write_text("mine")
        with pytest.raises(InfrastructureError) as caught:
            publish.replace(folder, target)
    assert str(caught.value) == (
        f"{target}: a file stands where the report's folder must be. Move or rename it and run again."
    )
    assert target.read_text() == "mine"


def test_the_journal_names_folders_not_paths(target, monkeypatch):
    """The journal holds the two names beside the set, so that a moved `reports/` can still recover."""
    publish_set(target, "first")
    monkeypatch.setattr(exchange, "exchange", lambda *_: False)
    seen, rename = [], Path.rename

    def look(self, other):
        seen.append(json.loads((target.parent / ".board.journal").read_text()))
        return rename(self, other)

    monkeypatch.setattr(Path, "rename", look)
    publish_set(target, "second")
    assert sorted(seen[0]) == ["former", "new"]
    assert all("/" not in name for name in seen[0].values())


def test_two_folders_change_places_where_the_system_can(tmp_path, monkeypatch):
    """The exchange swaps both folders, or says that it cannot and changes nothing."""
    fill(tmp_path / "a", "a")
    fill(tmp_path / "b", "b")
    swapped = exchange.exchange(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "a" / "report.html").read_text() == ("b" if swapped else "a")
    monkeypatch.setattr(exchange.sys, "platform", "darwin")
    assert exchange.exchange(tmp_path / "a", tmp_path / "b") is False


@pytest.mark.skipif(sys.platform != "linux", reason="renameat2 is a call of Linux")
def test_an_exchange_with_nothing_is_an_error(tmp_path):
    """A folder that is not there is no reason to fall back on the journal."""
    fill(tmp_path / "a", "a")
    with pytest.raises(FileNotFoundError):
        exchange.exchange(tmp_path / "a", tmp_path / "none")
