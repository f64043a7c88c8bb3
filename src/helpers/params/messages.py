"""Every fault of a params file as one sentence: where, what was found, what is allowed, what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic_core import ErrorDetails

from helpers.params.document import Document
from helpers.params.keys import Fault, Place, closest, did_you_mean, fields_at, homes, place_text
from helpers.params.model import Params
from helpers.params.values import SENTENCE, printable, shown

TEMPLATE = "params/_template/params.yaml"
_IN_ITS_PLACE: dict[Place, str] = {
    ("measures", "reversed"): "A measure has a direction: write direction: low_is_good.",
    ("drivers", "direction"): "A driver is turned round with reversed: true.",
}
"""What to write for a key that stands where another one does its work, by the section above it."""


def messages(file: str, document: Document, *, errors: Iterable[ErrorDetails], faults: Iterable[Fault]) -> list[str]:
    """Return one sentence per fault, in the order of the file.

    Parameters
    ----------
    file
        The params file as the user should see it, such as ``params/acme/params.yaml``.
    document
        What the file says, with its lines.
    errors
        What the model refused.
    faults
        What the checks between keys found.
    """
    found = [(line, _of_yaml(file, line, column, sentence)) for line, sentence, column in document.faults]
    found += [_of_error(file, document, error) for error in errors if not _is_follow_on(error, document)]
    found += [_placed(file, document, fault.place, fault.sentence) for fault in faults]
    return list(dict.fromkeys(printable(sentence) for _, sentence in sorted(found, key=lambda pair: pair[0])))


def _of_yaml(file: str, line: int, column: int | None, sentence: str) -> str:
    return f"{file} (line {line}{f', column {column}' if column else ''}): {sentence}"


def _placed(file: str, document: Document, place: Place, sentence: str) -> tuple[int, str]:
    line = document.line(place)
    where = f"{file}, {place_text(place)}" if place else file
    return line, f"{where} (line {line}): {sentence}"


def _of_error(file: str, document: Document, error: ErrorDetails) -> tuple[int, str]:
    place = tuple(part for part in error["loc"] if part != "[key]")
    if error["type"] == "extra_forbidden" or "[key]" in error["loc"]:
        line = document.line(place)
        above = f", {place_text(place[:-1])}" if place[:-1] else ""
        return line, f"{file}{above}: unknown key '{place[-1]}' (line {line}).{_what_was_meant(place, error)}"
    if error["type"] == "missing" and isinstance(place[-1], int):
        return _placed(file, document, place[:-1], _wrong_length(error))
    if error["type"] == "missing":
        return _placed(file, document, place[:-1], _missing(place, document))
    return _placed(file, document, place, _sentence(error))


def _is_follow_on(error: ErrorDetails, document: Document) -> bool:
    """Tell whether a key is missing only because it is misspelt, which is reported already."""
    if error["type"] != "missing":
        return False
    *above, key = error["loc"]
    allowed = fields_at(Params, tuple(above))
    return any(closest(other, allowed) == key for other in _keys(document.data, tuple(above)) if other not in allowed)


def _keys(data: Any, place: Place) -> list[str]:
    for part in place:
        if isinstance(part, str) and isinstance(data, Mapping):
            data = data.get(part)
        elif isinstance(part, int) and isinstance(data, list):
            data = data[part]  # one value that stands for a list of one is looked through
    return list(data) if isinstance(data, Mapping) else []


def _what_was_meant(place: Place, error: ErrorDetails) -> str:
    key = str(place[-1])
    if instead := _IN_ITS_PLACE.get((*place[-3:-2], key)):
        return f" {instead}"
    allowed = list(fields_at(Params, place[:-1])) or _allowed(error)
    meant = did_you_mean(key, allowed)
    if not meant and (elsewhere := homes(Params, key)):
        meant = f" It belongs under {' or '.join(elsewhere[:2])}."
    return f"{meant} All keys are listed in {TEMPLATE}."


def _missing(place: Place, document: Document) -> str:
    key = str(place[-1])
    field = fields_at(Params, place[:-1])[key]
    purpose = " ".join((field.description or "").split()).partition(". ")[0].rstrip(".")
    example = f" Add it, such as {key}: {field.examples[0]}." if field.examples else " Add it."
    state = "has no value" if key in _keys(document.data, place[:-1]) else "is missing"
    return f"'{key}' {state}. It says: {purpose[0].lower()}{purpose[1:]}.{example}"


def _sentence(error: ErrorDetails) -> str:
    if error["type"] == SENTENCE:
        return error["msg"]
    if error["input"] is None:
        return "there is no value. Write one, or leave the key out."
    return _SENTENCES.get(error["type"], _unreadable)(error)


def _allowed(error: ErrorDetails) -> list[str]:
    return re.findall(r"'([^']+)'", str(error.get("ctx", {}).get("expected", "")))


def _not_a_choice(error: ErrorDetails) -> str:
    allowed = _allowed(error)
    meant = did_you_mean(str(error["input"]), allowed)
    listed = ", ".join(word if word[0].isalnum() else f"'{word}'" for word in allowed)
    return f"{shown(error['input'])} is not one of {listed}.{meant or ' Choose one of them.'}"


def _not_a_group(error: ErrorDetails) -> str:
    return f"{shown(error['input'])} stands where a group of keys is expected. Write one key: value per line below it."


def _not_a_list(error: ErrorDetails) -> str:
    return f"{shown(error['input'])} stands where a list is expected. Begin each item on a line of its own with '- '."


def _wrong_length(error: ErrorDetails) -> str:
    length = len(error["input"])
    return f"{length} value{'s stand' if length != 1 else ' stands'} here. Write two: the first and the last."


def _unreadable(error: ErrorDetails) -> str:
    return f"{shown(error['input'])} cannot be used here. See the example in {TEMPLATE}."


_SENTENCES: dict[str, Callable[[ErrorDetails], str]] = {
    "literal_error": _not_a_choice,
    "model_type": _not_a_group,
    "model_attributes_type": _not_a_group,
    "dict_type": _not_a_group,
    "tuple_type": _not_a_list,
    "too_long": _wrong_length,
}
