"""The JSON Schema of a params file, for editors: ``python -m helpers.params.schema``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from helpers.params.model import Params

COMMITTED = Path("params") / "schema.json"


def json_schema() -> dict[str, Any]:
    """Return the schema; what the model says about a key is the description that an editor shows.

    Returns
    -------
    dict
        JSON Schema, draft 2020-12. It checks names and kinds of values; the rules between keys are checked
        when the file is loaded.
    """
    schema = Params.model_json_schema(by_alias=True, mode="validation")
    sections = {name: _for_editors(section) for name, section in schema.pop("$defs").items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_for_editors(schema),
        "title": "Params of one organisation",
        "$defs": sections,
    }


def _for_editors(section: dict[str, Any]) -> dict[str, Any]:
    required = section.get("required", [])
    properties = section.get("properties", {}).items()
    return {**section, "properties": {key: _key(kind, required=key in required) for key, kind in properties}}


def _key(kind: dict[str, Any], *, required: bool) -> dict[str, Any]:
    """Return one key: what it means, and what may stand behind it."""
    about = {
        "description": " ".join(kind.get("description", "").split()),
        "default": None if isinstance(kind.get("default"), dict) else kind.get("default"),
        "examples": [example for example in kind.get("examples", ()) if example[0] not in "[{"],
    }
    rest = {key: value for key, value in kind.items() if key not in (*about, "title")}
    shown = {key: value for key, value in about.items() if value not in (None, "", [])}
    return {**shown, **(rest if required else _or_nothing(rest))}


def _or_nothing(kind: dict[str, Any]) -> dict[str, Any]:
    """Let a key that may be left out also stand without a value, as the loader does."""
    choices = kind["anyOf"] if list(kind) == ["anyOf"] else [kind]
    nothing = {"type": "null"}
    return {"anyOf": choices if nothing in choices else [*choices, nothing]}


def schema_text() -> str:
    """Return the content of ``params/schema.json``."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the schema to the file named as argument, else to ``params/schema.json`` of this folder."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else COMMITTED
    target.write_text(schema_text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
