"""What a table carries along: the language, the look and the report it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from helpers.show.language import Language, Unit
from helpers.show.theme import Theme, theme

NPS_METRICS = ("nps", "enps")
SHARES_FROM = 30
"""Unless the report says otherwise."""


@dataclass(frozen=True)
class Context:
    """How to show one table.

    Parameters
    ----------
    words
        The language, with the client's terms.
    theme
        The look, with the client's accent colour.
    report
        ``organisation, period, edition`` of the report, or null for a table that is nobody's.
    table
        The table's name in the dossier; empty for any other frame.
    privacy
        By audience, what must hold before anything of a group is shown: the fields of the rules, and ``promise``.
    part
        Of which metric, where the table holds several and this is one of them; else empty.
    measures
        What the params call each measure, by metric.
    minimums
        The fewest answers of which a number is shown, by audience.
    smallest_units
        The fewest people of whom a number is shown, by audience.
    confidence
        Of every interval, 0…1.
    scales
        Lowest and highest answer of each mean, and whether high is good, by metric.
    by_convention
        The metrics that are called NPS although the question was asked from 1 to 10.
    surveys
        What the params call each survey, by the name of its source.
    """

    words: Language
    theme: Theme
    report: Mapping[str, str] | None
    table: str
    measures: Mapping[str, str] = field(default_factory=dict)
    minimums: Mapping[str, int] = field(default_factory=dict)
    smallest_units: Mapping[str, int] = field(default_factory=dict)
    confidence: float = 0.95
    scales: Mapping[str, tuple[int, int, bool]] = field(default_factory=dict)
    by_convention: frozenset[str] = frozenset()
    surveys: Mapping[str, str] = field(default_factory=dict)
    privacy: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    part: str = ""

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Context:
        """Read a table's context; a frame without one is shown in English in the default look."""
        attrs: Mapping[Any, Any] = frame.attrs
        privacy: Mapping[str, Mapping[str, Any]] = attrs.get("privacy", {})
        words = Language(
            attrs.get("language", "en"),
            attrs.get("terms", {}),
            attrs.get("band_names", {}),
            attrs.get("fiscal_year_start", 1),
        )
        return cls(
            words=words,
            theme=theme(attrs.get("accent")),
            report=attrs.get("report"),
            table=attrs.get("table", ""),
            measures=attrs.get("measures", {}),
            minimums=attrs.get("minimums", {}) | _each(privacy, "minimum_respondents"),
            smallest_units=attrs.get("smallest_units", {}) | _each(privacy, "minimum_headcount"),
            confidence=attrs.get("confidence", 0.95),
            scales=attrs.get("scales", {}),
            by_convention=frozenset(attrs.get("by_convention", ())),
            surveys=attrs.get("surveys", {}),
            privacy=privacy,
            part=attrs.get("part", ""),
        )

    @property
    def identifier(self) -> str:
        """Return what the blocks of this table are called: its name, with the metric where it is one part of it."""
        return "-".join(filter(None, [self.table, self.part.replace(".", "-")]))

    @property
    def stamp(self) -> dict[str, Any]:
        """What every block of this table carries."""
        return {"language": self.words.code, "report": self.report}

    @property
    def edition(self) -> str:
        """Return which edition this is: ``board`` unless the report says otherwise."""
        return (self.report or {}).get("edition", "board")

    @property
    def shares_from(self) -> int:
        """Return from how many answers counts and shares of employees are shown."""
        return int(self.privacy.get("employee", {}).get("shares_from", SHARES_FROM))

    def metric(self, key: str) -> str:
        """Name a metric, such as 'Relational NPS'; one that is an NPS by convention says so wherever it is named."""
        name = self._name(key)
        return self.words.text("{metric} (asked from 1 to 10)", metric=name) if key in self.by_convention else name

    def survey(self, source: str) -> str:
        """Name a survey, as the params call it, else by the name of its source."""
        return self.surveys.get(source) or source[:1].upper() + source[1:].replace("_", " ")

    def _name(self, key: str) -> str:
        _ = self.words.text
        name, _dot, rest = key.partition(".")
        if key == "enps":
            return "eNPS"
        if name in NPS_METRICS:
            return _("Transactional NPS") if rest.endswith("transactional") else _("Relational NPS")
        label = self.measures.get(key) or self.words.heading(name)
        kinds = {
            "customer.transactional": _("{label}, after a contact", label=label),
            "customer.relational": _("{label}, of the relation", label=label),
        }
        return kinds.get(rest, label)

    @property
    def interval(self) -> str:
        """Name the interval with its confidence, such as '95% interval'."""
        return self.words.text("{share} interval", share=self.confidence_share)

    @property
    def confidence_share(self) -> str:
        """Write the confidence, such as '95%'."""
        whole = float(round(100 * self.confidence, 6)).is_integer()
        return self.words.share(self.confidence, digits=0 if whole else 1)

    def scale(self, key: str) -> str:
        """Say on which scale a mean stands, and when low is good; empty for other scores."""
        if key not in self.scales:
            return ""
        lowest, highest, high_is_good = self.scales[key]
        if high_is_good:
            return self.words.text("scale {lowest} to {highest}", lowest=lowest, highest=highest)
        return self.words.text("scale {lowest} to {highest}, low is good", lowest=lowest, highest=highest)

    def score_name(self, unit: Unit, metric: str = "") -> str:
        """Name the score of a column: NPS (by convention with its scale), mean or share."""
        _ = self.words.text
        nps = "NPS (1–10)" if metric in self.by_convention else "NPS"
        return {"points": nps, "scale": _("Mean"), "percent": _("Share")}[unit]

    def hidden_reason(self, code: str, audience: str) -> str:
        """Say why a number is hidden."""
        _ = self.words.text
        if audience not in self.minimums:  # a share of an indicator, whose base is no group of one audience
            return _("too few to show")
        answers = self.words.count(self.minimums.get(audience, 0))
        people = self.words.count(self.smallest_units.get(audience, 0))
        reasons = {
            "too_few_answers": _("fewer than {minimum} answers", minimum=answers),
            "too_small_unit": _("unit of fewer than {minimum} people", minimum=people),
            "protects_others": _("would give away answers of a small group"),
        }
        return reasons.get(code, code)


def _each(privacy: Mapping[str, Mapping[str, Any]], name: str) -> dict[str, int]:
    return {audience: int(rules[name]) for audience, rules in privacy.items() if name in rules}
