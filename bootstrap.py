"""Make `.venv` and install one lock file and the project into it; a second run installs nothing.

`make` calls this with the Python it found. It uses the standard library only, because it runs before
anything is installed.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

PYTHON_IN_ENVIRONMENT = "Scripts/python.exe" if os.name == "nt" else "bin/python"
LOCKED = ("-m", "pip", "install", "--require-hashes", "--only-binary", ":all:", "-r")
PROJECT = ("-m", "pip", "install", "--no-deps", "--no-build-isolation", "-e", ".")
QUIETLY = ("--quiet", "--compile", "--disable-pip-version-check")
COVERS = {
    "requirements.lock": ("requirements.lock",),
    "requirements-dev.lock": ("requirements-dev.lock", "requirements.lock"),
}


def installed(lock: str, *, project: Path) -> bool:
    """Make sure that the environment holds a lock file and the project.

    Parameters
    ----------
    lock
        `requirements.lock`, or `requirements-dev.lock`, which holds all of the first at the same versions.
    project
        The folder of the project.

    Returns
    -------
    bool
        Whether anything was installed.
    """
    environment = project / ".venv"
    if not _is_made_for(environment, project=project):
        refuse_without_venv()
        _make(environment, project=project)
    elif _reads(_stamp(environment, lock), _key(lock, project=project)):
        return False
    for each in COVERS:
        _stamp(environment, each).unlink(missing_ok=True)
    print(f"Installing {lock} into .venv; this happens once and takes a minute or two ...", flush=True)
    _install(lock, environment=environment, project=project)
    for each in COVERS[lock]:
        _stamp(environment, each).write_text(_key(each, project=project), encoding="utf-8")
    return True


def refuse_without_venv(*, find: Callable[[str], object] = importlib.util.find_spec) -> None:
    """Stop with the name of the missing package where this Python cannot make environments.

    Parameters
    ----------
    find
        Finds a module by name, or returns None.

    Raises
    ------
    SystemExit
        If the modules `venv` and `ensurepip` are not both there, as on a bare Debian or Ubuntu.
    """
    if find("venv") is None or find("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise SystemExit(
            f"Python {version} ({sys.executable}) lacks its venv module, so .venv cannot be made. "
            f"On Debian and Ubuntu the package python3-venv (or python{version}-venv) holds it: "
            "sudo apt-get install python3-venv. Then run the same command again."
        )


def _is_made_for(environment: Path, *, project: Path) -> bool:
    python = environment / PYTHON_IN_ENVIRONMENT
    return _reads(environment / "made-for", _place(project)) and python.exists()


def _make(environment: Path, *, project: Path) -> None:
    print("Making .venv ...", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(environment)], check=True)
    (environment / "made-for").write_text(_place(project), encoding="utf-8")


def _install(lock: str, *, environment: Path, project: Path) -> None:
    python = str(environment / PYTHON_IN_ENVIRONMENT)
    for step in ((*LOCKED, lock), PROJECT):
        if subprocess.run([python, *step, *QUIETLY], cwd=project, check=False).returncode:
            raise SystemExit(
                f"{lock} could not be installed; what pip said stands above. "
                "The lock holds ready-made packages for CPython 3.11 to 3.14 on Linux (glibc 2.28 or newer), "
                f"macOS and Windows (x64); this is {platform.python_implementation()} "
                f"{platform.python_version()} on {platform.system()} {platform.machine()}. "
                "Check the network, or choose another Python, such as: make report PYTHON=python3.13"
            )


def _place(project: Path) -> str:
    version = f"{sys.implementation.name} {sys.version_info.major}.{sys.version_info.minor}"
    return f"{version} in {project}\n"


def _key(lock: str, *, project: Path) -> str:
    content = hashlib.sha256()
    for name in (lock, "pyproject.toml"):
        content.update(hashlib.sha256((project / name).read_bytes()).digest())
    return content.hexdigest()


def _stamp(environment: Path, lock: str) -> Path:
    return environment / f"{lock}.installed"


def _reads(note: Path, text: str) -> bool:
    return note.is_file() and note.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="Make .venv and install one lock file into it.")
    arguments.add_argument("lock", choices=sorted(COVERS))
    installed(arguments.parse_args().lock, project=Path(__file__).resolve().parent)
