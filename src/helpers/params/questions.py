"""What a params file says about one question: where its answers stand, on which scale, and how they are scored."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from helpers.params.columns import Column, Position
from helpers.params.section import Section
from helpers.params.values import Answers, Flag, Number, Scale, Text, Typed, whole

Rule = Literal["nps", "mean", "top_box"]
NPS_NAMES = ("nps", "enps")
NPS_SCALE = (0, 10)
NPS_RANGE = (-100, 100)
CONVENTION_SCALE = (1, 10)
"""The only scale on which a recommendation question without a 0 is scored as an NPS, by convention."""


class Item(Section):
    """One question of a scale that is built from several."""

    column: Column = Field(examples=["Q8_1"])
    """The column of the file that holds the answers."""
    reversed: Flag = False
    """Whether a high answer means little of what the scale measures."""


def _item(value: Any) -> Any:
    plain = isinstance(value, str | Position) or (isinstance(value, dict) and "position" in value)
    return Item.model_validate({"column": value}) if plain else value


OneItem = Annotated[Item, BeforeValidator(_item, json_schema_input_type=Typed | Position | Item)]


def _one_of(*keys: str) -> dict[str, Any]:
    """Return the schema of a section in which one of these keys is required."""
    return {"anyOf": [{"required": [key]} for key in keys]}


def _scale_or_convention(schema: dict[str, Any]) -> None:
    """Let an editor accept a measure whose scale is given by nps_by_convention."""
    schema["required"] = [key for key in schema["required"] if key != "scale"]
    schema["allOf"] = [_one_of("column", "items"), _one_of("scale", "nps_by_convention")]


class Question(Section):
    """What a scored question and a driver have in common: where the answers stand and how they are written."""

    model_config = ConfigDict(json_schema_extra=_one_of("column", "items"))

    column: Column | None = Field(default=None, examples=["Q3"])
    """The column of the file that holds the answers."""
    items: tuple[OneItem, ...] = Field(default=(), examples=["[Q8_1, Q8_2]"])
    """The columns of a scale from several questions, in place of `column`; the answer is the mean of the items
    that were answered, where at least half were."""
    scale: Scale = Field(examples=["0-10"])
    """Lowest and highest possible answer, such as 0-10; anything else is rejected."""
    values: dict[str, Number] = Field(default_factory=dict)
    """What texts in the file mean, such as {"10 - zeker wel": 10}."""
    question: Text | None = None
    """The wording that respondents read; printed on the method page."""
    label: Text | None = None
    """What the report calls this measure, such as Klanttevredenheid."""
    no_answer: Answers | None = None
    """Answers that mean 'no answer' for this question only; replaces the source's list."""


class Driver(Question):
    """A question about a possible cause of the score."""

    reversed: Flag = False
    """Whether a high answer is bad; it is turned round when read."""


class Measure(Question):
    """A scored question: which column, on which scale, in which direction."""

    model_config = ConfigDict(json_schema_extra=_scale_or_convention)

    nps_by_convention: Scale | None = None
    """For a recommendation question asked from 1 to 10: write 1-10, in place of `scale`. It has no 0, so it is no
    real NPS, and is labelled so wherever it is printed."""
    direction: Literal["high_is_good", "low_is_good"] = "high_is_good"
    """Whether a high answer is good."""
    rule: Rule | None = None
    """How answers become a score: nps (promoters minus detractors), mean, or top_box; for nps and enps it is
    nps, for other measures mean unless given."""
    top: Annotated[int, whole(1)] | None = None
    """For top_box: how many of the best answers count, such as 2 for 4 and 5 on 1-5."""
    vendor_score: Number | None = None
    """The score that the survey tool itself prints for this file; check says whether and why ours differs."""

    @model_validator(mode="before")
    @classmethod
    def _a_convention_is_a_scale(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("scale") is None and data.get("nps_by_convention") is not None:
            return {**data, "scale": CONVENTION_SCALE}
        return data

    def score_rule(self, name: str) -> Rule:
        """Return the rule in force: nps for measures called nps or enps, else mean unless given."""
        return "nps" if name in NPS_NAMES else self.rule or "mean"

    def score_range(self, name: str) -> tuple[int, int]:
        """Return the lowest and highest score: points for nps, percent for top_box, else the scale."""
        return {"nps": NPS_RANGE, "top_box": (0, 100), "mean": self.scale}[self.score_rule(name)]
