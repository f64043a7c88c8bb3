"""What a params file says about the report: its chapters, its editions and its look."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from helpers.params.formats import Accent
from helpers.params.section import Section, filled
from helpers.params.values import Confidence, Flag, Text, Typed, Words, as_list, text


def _chapters(value: Any) -> Any:
    return value if value == "auto" else tuple(text(item) for item in as_list(value))


Chapters = Annotated[
    Literal["auto"] | tuple[str, ...],
    BeforeValidator(_chapters, json_schema_input_type=Literal["auto"] | Typed | list[Typed]),
    filled("Write auto, or at least one chapter."),
]
Edition = Literal["board", "unit", "public"]
MADE_EDITIONS: tuple[Edition, ...] = ("board", "public")
"""Those that can be made now."""
Editions = Annotated[
    tuple[Edition, ...],
    BeforeValidator(as_list, json_schema_input_type=Edition | list[Edition]),
    filled("Write at least one edition, such as board."),
]


class HouseStyle(Section):
    """The client's own look."""

    accent: Accent | None = None
    """The accent colour, such as "#0B5394"; refused when white text on it is hard to read."""
    band_names: dict[Literal["promoter", "passive", "detractor"], Words] = Field(default_factory=dict)
    """Other words for the bands, singular and plural: {detractor: [criticus, critici]}."""


class Report(Section):
    """What the report contains and how it looks."""

    chapters: Chapters = "auto"
    """The chapters, in order; auto is all that have data."""
    agency: Text | None = None
    """Who made the report; printed on the cover."""
    confidentiality: Text | None = None
    """The line on the cover and each page; default 'confidential'."""
    show_code: Flag = False
    """Whether the HTML shows the notebooks' code."""
    editions: Editions = ("board",)
    """Which editions are made: board, public or both; unit, the edition per unit, cannot be made yet."""
    house_style: HouseStyle = HouseStyle()
    """The client's own look."""
    confidence: Confidence = 0.95
    """The confidence of the intervals, 80% or more."""
