"""Which report it is, and the tables that belong to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import pandas as pd

from helpers import disclosure
from helpers.params.metrics import metrics
from helpers.params.model import Params
from helpers.periods import Period


@dataclass(frozen=True)
class Report:
    """Which report this is: what every table carries along so that nothing can end up in another's.

    Parameters
    ----------
    organisation
        The folder in ``params/``.
    period, as_of
        The period of the report and the last day that counts.
    language, edition
        As asked for, or as the params say.
    params
        The organisation's params.
    """

    organisation: str
    period: Period
    as_of: dt.date
    language: str
    edition: str
    params: Params

    @property
    def terms(self) -> dict[str, tuple[str, ...]]:
        """The client's own words; they are of the params' language and serve no other."""
        own = self.language == self.params.language
        return dict(self.params.organisation.terms) if own else {}

    @property
    def band_names(self) -> dict[str, tuple[str, ...]]:
        """The client's own names of the bands, like the terms."""
        own = self.language == self.params.language
        return {str(band): names for band, names in self.params.report.house_style.band_names.items() if own}

    def attrs(self, table: str) -> dict[str, Any]:
        """Return what a table carries: its name, the report it belongs to, language, terms and theme."""
        return {
            "table": table,
            "report": {"organisation": self.organisation, "period": str(self.period), "edition": self.edition},
            "as_of": self.as_of,
            "language": self.language,
            "terms": self.terms,
            "band_names": self.band_names,
            "accent": self.params.report.house_style.accent,
            "measures": self._labels,
            "confidence": self.params.report.confidence,
            "fiscal_year_start": self.params.fiscal_year_start,
            "by_convention": tuple(m.key for m in metrics(self.params) if m.measure.nps_by_convention),
            "surveys": {name: source.label for name, source in self.params.sources.items() if source.label},
            "scales": {m.key: (*m.measure.scale, m.high_is_good) for m in metrics(self.params) if m.rule == "mean"},
            "privacy": self.privacy,
        }

    @property
    def privacy(self) -> dict[str, dict[str, Any]]:
        """By audience that is asked, what must hold before anything of a group is shown, and what was promised."""
        own = self.params.privacy
        promises = {"employee": own.employee.promise, "customer": own.customer.promise}
        rules = disclosure.rules_of(own, edition=self.edition)
        asked = {source.audience for source in self.params.sources.values()}
        return {
            name: asdict(rule) | {"promise": promise.model_dump() if (promise := promises[name]) else None}
            for name, rule in rules.items()
            if name in asked
        }

    @property
    def _labels(self) -> dict[str, str]:
        """Return what the params call each measure and each indicator."""
        indicators = {name: meaning.label for name, meaning in self.params.indicators.items() if meaning.label}
        return indicators | {m.key: m.measure.label for m in metrics(self.params) if m.measure.label}


@dataclass(frozen=True)
class Dossier:
    """The tables of one report; each is what its chapter shows, hidden cells already taken out.

    Parameters
    ----------
    report
        Which report it is.
    tables
        Every table, by name.
    plan
        What of every score may be shown; it holds no number of a hidden one.
    responses
        The answers themselves, for an analyst in JupyterLab; absent in a report run.
    """

    report: Report
    tables: Mapping[str, pd.DataFrame]
    plan: disclosure.Plan = field(repr=False)
    responses: pd.DataFrame | None = field(default=None, repr=False)

    def __getattr__(self, name: str) -> pd.DataFrame:
        """Return a table by its name, such as ``client.targets``."""
        tables = self.__dict__.get("tables", {})
        if name not in tables:
            raise AttributeError(f"the dossier has no table '{name}'; it has: {', '.join(tables)}")
        table: pd.DataFrame = tables[name]
        return table

    def __dir__(self) -> list[str]:
        """List the tables too, so that JupyterLab completes them."""
        return [*super().__dir__(), *self.tables]
