"""What every part of the params file has in common."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from helpers.params.values import refusal


class Section(BaseModel):
    """A part of the params file: frozen, and any key it does not know is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    @model_validator(mode="before")
    @classmethod
    def _an_empty_value_is_absent(cls, data: Any) -> Any:
        if isinstance(data, dict):
            return {key: value for key, value in data.items() if value is not None}
        return data


LATER = "x-not-used-yet"
"""The mark, in the schema, of a key that is read and checked but that no chapter uses yet."""


def later(part: str) -> dict[str, Any]:
    """Return the mark of a key whose chapter comes later: which part of the product will use it."""
    return {LATER: part}


def filled(what_to_do: str) -> BeforeValidator:
    """Return the kind of a list or a group of keys that may not be empty."""

    def read(value: Any) -> Any:
        if value in ({}, [], ()):
            raise refusal(f"there is nothing in it. {what_to_do}")
        return value

    return BeforeValidator(read)
