"""From an organisation's name to its params: names, folders, and files that cannot be read."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import pytest

import helpers.params
from helpers.errors import ParamsError
from helpers.params import Client, load, organisations

SMALLEST = """\
organisation: {name: Acme}
sources:
  survey:
    {path: a.csv, audience: customer, measurement: relational, wave: 2026, measures: {nps: {column: Q3, scale: 0-10}}}
"""
PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a params folder with two organisations, the template, and what is no organisation."""
    for name in ("acme", "voorbeeld-energie", "_template", ".hidden"):
        (tmp_path / "params" / name).mkdir(parents=True)
        (tmp_path / "params" / name / "params.yaml").write_text(SMALLEST, encoding="utf-8")
        (tmp_path / "params" / name / "a.csv").touch()
    (tmp_path / "params" / "empty").mkdir()
    (tmp_path / "params" / "schema.json").write_text("{}", encoding="utf-8")
    return tmp_path / "params"


def message(organisation: str, folder: Path) -> str:
    """Return what loading says."""
    with pytest.raises(ParamsError) as caught:
        load(organisation, params_folder=folder)
    return str(caught.value)


def test_a_client_knows_its_folder(folder):
    """What lies beside the params is found from the client."""
    client = load("acme", params_folder=folder)
    assert client == Client("acme", folder / "acme", client.params)
    assert client.params.organisation.name == "Acme"


def test_organisations_are_the_folders_with_params(folder):
    """In alphabetical order, without the template, hidden folders and folders without a params file."""
    assert organisations(folder) == ("acme", "voorbeeld-energie")


def test_a_params_folder_that_is_not_there_is_named(tmp_path):
    """A wrong --params says so."""
    with pytest.raises(ParamsError) as caught:
        organisations(tmp_path / "parms")
    assert str(caught.value) == (
        "parms: this folder is not there. Name the folder that holds one folder per organisation."
    )


def test_an_unknown_organisation_is_suggested(folder):
    """The closest name, and all there are."""
    assert message("voorbeeld-energy", folder) == (
        "params: there is no organisation 'voorbeeld-energy'. Did you mean 'voorbeeld-energie'? There are acme, "
        "voorbeeld-energie. For a new one, copy params/_template/params.yaml."
    )
    assert message("ACME", folder).startswith("params: there is no organisation 'ACME'. Did you mean 'acme'?")


def test_an_empty_params_folder_says_so(tmp_path):
    """With no organisation yet, the message says how to start."""
    (tmp_path / "params").mkdir()
    assert message("acme", tmp_path / "params") == (
        "params: there is no organisation 'acme'. There is none yet. For a new one, copy params/_template/params.yaml."
    )


@pytest.mark.parametrize(
    "name",
    [
        "../acme",
        "acme/../acme",
        "..",
        ".",
        "",
        "acme/",
        "a\\b",
        "/etc",
        "C:",
        "_template",
        ".hidden",
        "a..b",
        "a b",
        "a\n",
    ],
)
def test_a_name_with_path_parts_is_refused(folder, name):
    """A name never leads out of the params folder, and the template is no organisation."""
    shown = name.replace("\n", "\\n")
    assert message(name, folder) == (
        f"'{shown}' is not the name of an organisation. It is the name of a folder in params: letters, digits, -, _ "
        "and . only. Correct the name."
    )


def test_a_folder_without_params_says_what_to_do(folder):
    """A folder alone is no client."""
    assert message("empty", folder) == (
        "params/empty/params.yaml: the file is missing. Copy params/_template/params.yaml and fill it in."
    )


@pytest.mark.parametrize("content", ["", "\n\n", "# only a comment\n", "---\n"])
def test_an_empty_file_says_what_to_do(folder, content):
    """An empty file is not a list of missing keys."""
    (folder / "acme" / "params.yaml").write_text(content, encoding="utf-8")
    assert message("acme", folder) == (
        "params/acme/params.yaml: the file is empty. Copy params/_template/params.yaml and fill it in."
    )


@pytest.mark.parametrize("content", ["just text", "- a\n- b\n", "[1, 2]"])
def test_a_file_without_keys_says_what_to_do(folder, content):
    """A list or a text is no params file."""
    (folder / "acme" / "params.yaml").write_text(content, encoding="utf-8")
    assert message("acme", folder) == (
        "params/acme/params.yaml: the file holds no 'key: value'. Copy params/_template/params.yaml and fill it in."
    )


def test_a_file_in_another_character_set_is_named(folder):
    """The line and the byte show where."""
    (folder / "acme" / "params.yaml").write_bytes(b"organisation:\n  name: Caf\xe9\n")
    assert message("acme", folder) == (
        "params/acme/params.yaml (line 2): the file is not UTF-8: byte 0xE9 is no character of it. Save the file as "
        "UTF-8."
    )


def test_a_byte_order_mark_is_no_fault(folder):
    """Notepad writes one."""
    (folder / "acme" / "params.yaml").write_text(SMALLEST, encoding="utf-8-sig")
    assert load("acme", params_folder=folder).params.organisation.name == "Acme"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows words this fault of the system in its own way")
def test_a_file_that_cannot_be_read_is_named(folder):
    """A folder in the place of the file is named as the system names it."""
    (folder / "acme" / "params.yaml").unlink()
    (folder / "acme" / "params.yaml").mkdir()
    assert message("acme", folder) == (
        "params/acme/params.yaml: the file cannot be read (Is a directory). Check what it is and who may read it."
    )


def test_yaml_faults_are_one_message_with_line_and_column(folder):
    """What is not YAML is not looked at further."""
    (folder / "acme" / "params.yaml").write_text(SMALLEST + "report: a: b\n", encoding="utf-8")
    assert message("acme", folder) == (
        "params/acme/params.yaml (line 5, column 10): a second ': ' stands on this line. Put quotes around a value "
        "that "
        "contains ': '."
    )


def test_a_duplicate_key_is_reported_beside_other_faults(folder):
    """A key that stands twice does not hide what else is wrong."""
    (folder / "acme" / "params.yaml").write_text(SMALLEST + "language: nl\nlanguage: xx\nfoo: 1\n", encoding="utf-8")
    assert message("acme", folder).splitlines() == [
        "params/acme/params.yaml (line 6): the key 'language' was already given on line 5. Keep one.",
        "params/acme/params.yaml: unknown key 'foo' (line 7). All keys are listed in params/_template/params.yaml.",
    ]


def test_a_duplicate_key_alone_is_a_fault(folder):
    """The first value is never silently taken."""
    (folder / "acme" / "params.yaml").write_text(SMALLEST + "language: nl\nlanguage: en\n", encoding="utf-8")
    assert message("acme", folder) == (
        "params/acme/params.yaml (line 6): the key 'language' was already given on line 5. Keep one."
    )


def test_no_message_holds_the_machines_folders(folder, tmp_path):
    """Messages are copied into mails: they show the path from the params folder on."""
    (folder / "acme" / "params.yaml").write_text("language: xx\n", encoding="utf-8")
    assert str(tmp_path) not in message("acme", folder)


def test_params_survive_another_process(folder):
    """A batch hands clients to its workers."""
    client = load("acme", params_folder=folder)
    assert pickle.loads(pickle.dumps(client)) == client


def test_params_cannot_be_changed(folder):
    """What was checked stays as it was."""
    params = load("acme", params_folder=folder).params
    with pytest.raises(ValueError, match="frozen"):
        params.language = "en"


@pytest.mark.parametrize(
    "path", sorted((PROJECT / "params").glob("[!_]*/params.yaml")), ids=lambda path: path.parent.name
)
def test_every_committed_client_loads(path):
    """The examples are valid params."""
    assert load(path.parent.name, params_folder=path.parents[1]).key == path.parent.name


def test_the_room_offers_what_others_use():
    """The public names of the room."""
    assert helpers.params.__all__ == [
        "Client",
        "Params",
        "Unused",
        "load",
        "organisations",
        "unused",
    ]
