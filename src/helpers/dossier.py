"""One organisation at one period: every table of its report, computed once, protected, and kept."""

from __future__ import annotations

import datetime as dt
import os
import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from helpers import disclosure
from helpers import params as params_room
from helpers.analysis import cells, method, summary, targets, windows, zero_measurement
from helpers.errors import ParamsError
from helpers.intake import responses
from helpers.params.metrics import headlines, metrics
from helpers.params.model import Params
from helpers.periods import Period
from helpers.rounding import significant

PARAMS_FOLDER = Path(__file__).resolve().parents[2] / "params"
PREPARED = "NULMETING_PREPARED"
"""Environment variable of a report run: the folder where the job left the dossier that its chapters open."""

Parsed = TypeVar("Parsed")
EDITIONS = ("board",)
ASKED = ("organisation", "period", "language", "edition", "unit", "as_of")
CHAPTERS = ("summary", "zero_measurement", "targets", "method")
SCORE_COLUMNS = (
    "n", "skipped", "promoters", "passives", "detractors", "promoter_share", "passive_share", "detractor_share",
    "score", "score_low", "score_high", "centre", "se", "sample_centre", "sample_se", "df", "unweighted",
    "n_effective", "population",
)  # fmt: skip
NOW_COLUMNS = ("score", "low", "high", "n", "skipped", "population", "unweighted")
CHANGE_COLUMNS = ("change", "change_low", "change_high", "direction")
TARGET_CELLS = {
    "actual_id": ("actual", "actual_low", "actual_high", "n", "gap", "glide_path", "probability", "verdict"),
    "baseline_id": ("baseline", "baseline_n"),
    "path_id": ("glide_path", "probability", "verdict"),
}
"""Before the due date the verdict rests on the baseline too, and target and path together give it away."""


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

    def attrs(self, table: str) -> dict[str, Any]:
        """Return what a table carries: its name, the report it belongs to, language, terms and theme."""
        style = self.params.report.house_style
        return {
            "table": table,
            "report": {"organisation": self.organisation, "period": str(self.period), "edition": self.edition},
            "language": self.language,
            "terms": dict(self.params.organisation.terms),
            "band_names": dict(style.band_names),
            "accent": style.accent,
            "measures": {m.key: m.measure.label for m in metrics(self.params) if m.measure.label},
            "minimums": {
                "employee": self.params.privacy.employee.minimum_respondents,
                "customer": self.params.privacy.customer.minimum_respondents,
            },
        }


@dataclass(frozen=True)
class Dossier:
    """The tables of one report; each is what its chapter shows, hidden cells already taken out.

    Parameters
    ----------
    report
        Which report it is.
    tables
        Every table, by name.
    responses
        The answers themselves, for an analyst in JupyterLab; absent in a report run.
    """

    report: Report
    tables: Mapping[str, pd.DataFrame]
    responses: pd.DataFrame | None = field(default=None, repr=False)

    def __getattr__(self, name: str) -> pd.DataFrame:
        """Return a table by its name, such as ``client.targets``."""
        tables = self.__dict__.get("tables", {})
        if name not in tables:
            raise AttributeError(f"the dossier has no table '{name}'; it has: {', '.join(tables)}")
        return tables[name]

    def __dir__(self) -> list[str]:
        """List the tables too, so that JupyterLab completes them."""
        return [*super().__dir__(), *self.tables]


def open(  # noqa: A001 - `dossier.open(...)` is how a notebook reads; the module never opens a file by this name
    organisation: str,
    *,
    period: str | None = None,
    language: str | None = None,
    edition: str = "board",
    unit: str | None = None,
    as_of: str | None = None,
    params: str | None = None,
) -> Dossier:
    """Open one organisation at one period.

    Parameters
    ----------
    organisation
        The name of its folder in ``params/``.
    period
        Such as ``2026-Q3``; default the last one that the answers complete.
    language
        ``nl`` or ``en``; default as the params say.
    edition
        Only ``board`` for now.
    unit
        For unit editions; none for now.
    as_of
        The last day that counts, ``yyyy-mm-dd``; default the last day of the period.
    params
        The folder that holds the organisations; default ``params/`` of this repository.

    Returns
    -------
    Dossier
        In a report run the one that the job prepared, otherwise a fresh one.

    Raises
    ------
    ParamsError
        If the organisation, its params file, the period, language, edition or day is not valid.
    DataError
        If its files cannot be read.
    """
    asked = (organisation, period, language, edition, unit, as_of)
    prepared = os.environ.get(PREPARED)
    if prepared and params is None:
        return load(Path(prepared), asked)
    folder = Path(params) if params else PARAMS_FOLDER
    client = params_room.load(organisation, params_folder=folder)
    return build(client, period=period, language=language, edition=edition, unit=unit, as_of=as_of)


def build(
    client: params_room.Client,
    *,
    period: str | None = None,
    language: str | None = None,
    edition: str = "board",
    unit: str | None = None,
    as_of: str | None = None,
    intake: responses.Intake | None = None,
) -> Dossier:
    """Compute every table of a client's report once; ``intake`` when its files were read already."""
    _require(client.params, edition=edition, unit=unit, language=language)
    intake = intake or responses.read(client)
    report = _report(client, intake.responses, period=period, language=language, edition=edition, as_of=as_of)
    return Dossier(report, _tables(report, intake), intake.responses)


def store(dossier: Dossier, folder: Path, asked: tuple[str | None, ...]) -> None:
    """Leave a dossier, without the answers, where the chapters of this report run will open it."""
    content = pickle.dumps((asked, replace(dossier, responses=None)))
    (folder / "dossier.pickle").write_bytes(content)


def load(folder: Path, asked: tuple[str | None, ...]) -> Dossier:
    """Return the dossier that the job prepared.

    Raises
    ------
    ParamsError
        If the chapter asks for another report than the one that was prepared.
    """
    prepared_for, dossier = pickle.loads((folder / "dossier.pickle").read_bytes())
    if prepared_for != asked:
        raise ParamsError(f"This run prepared the report {prepared_for}, but the chapter opens {asked}.")
    return dossier  # type: ignore[no-any-return]


def chapters(dossier: Dossier) -> tuple[str, ...]:
    """Return the chapters of a report, in order; those that have no data are left out."""
    declared = dossier.report.params.report.chapters
    if declared != "auto":
        return tuple(declared)
    return tuple(name for name in CHAPTERS if name != "targets" or not dossier.targets.empty)


def figures(dossier: Dossier) -> list[dict[str, Any]]:
    """Return every score of the report as ``figures.json`` has it; hidden ones without any number."""
    return [_figure(row) for row in dossier.scores.to_dict("records")]


def _require(params: Params, *, edition: str, unit: str | None, language: str | None) -> None:
    faults = []
    if edition not in EDITIONS:
        faults.append(f"--edition: '{edition}' cannot be made yet; the edition is {' or '.join(EDITIONS)}.")
    if unit is not None:
        faults.append(f"unit: '{unit}' asks for a unit edition, which cannot be made yet; leave it out.")
    if language not in (None, "nl", "en", "pseudo"):
        faults.append(f"--language: '{language}' is not a language of the reports; choose nl or en.")
    if faults:
        raise ParamsError(faults)


def _report(
    client: params_room.Client,
    answers: pd.DataFrame,
    *,
    period: str | None,
    language: str | None,
    edition: str,
    as_of: str | None,
) -> Report:
    params = client.params
    calendar = {"rhythm": params.reporting_period, "fiscal_year_start": params.fiscal_year_start}
    chosen = (
        _parsed(period, "--period", lambda text: Period.parse(text, fiscal_year_start=params.fiscal_year_start))
        if period
        else windows.default_period(answers, **calendar)  # type: ignore[arg-type]
    )
    day = _parsed(as_of, "--as-of", dt.date.fromisoformat) if as_of else chosen.last
    if chosen.rhythm != params.reporting_period:
        raise ParamsError(
            f"--period: '{period}' is a {chosen.rhythm}, but params/{client.key}/params.yaml reports by "
            f"{params.reporting_period}. Ask for a {params.reporting_period}, or change reporting_period."
        )
    return Report(client.key, chosen, day, language or params.language, edition, params)


def _parsed(text: str, option: str, parse: Callable[[str], Parsed]) -> Parsed:
    try:
        return parse(text)
    except ValueError as fault:
        allowed = str(fault) if option == "--period" else f"'{text}' is not a day; write it as 2026-09-30"
        raise ParamsError(f"{option}: {allowed}.") from None


def _tables(report: Report, intake: responses.Intake) -> dict[str, pd.DataFrame]:
    params = report.params
    declared = metrics(params)
    answers = windows.labelled(
        intake.responses,
        rhythm=params.reporting_period,
        fiscal_year_start=params.fiscal_year_start,
        as_of=report.as_of,
    )
    periods = windows.windows(answers, declared, params=params, period=report.period)
    scores = cells.scores(
        answers, declared, periods, params=params, headcount=intake.headcount
    )
    plan = _plan(scores, params)
    compared = targets.versus_actuals(scores, declared, params=params, as_of=report.as_of)
    led = summary.headlines(
        scores, headlines(params), period=report.period, confidence=params.report.confidence
    )
    raw = {
        "scores": (scores, {"id": SCORE_COLUMNS}),
        "distribution": (zero_measurement.distribution(answers, declared, periods), {"id": ("count",)}),
        "targets": (compared, TARGET_CELLS),
        "glide_paths": (targets.glide_paths(compared, scores), {"id": ("score", "low", "high", "n")}),
        "headlines": (led, {"id": (*NOW_COLUMNS, *CHANGE_COLUMNS), "zero_id": ("zero", "zero_n", *CHANGE_COLUMNS)}),
    }
    safe = {name: disclosure.protect(table, plan, cells=dependent) for name, (table, dependent) in raw.items()}
    safe |= _derived(safe) | _open_tables(report, intake, answers, plan)
    safe["not_known"] = summary.not_known(
        safe["headlines"], safe["targets"], absent=safe["absent"], hidden=safe["hidden"]
    )
    for name, table in safe.items():
        table.attrs = report.attrs(name)
    return safe


def _plan(scores: pd.DataFrame, params: Params) -> disclosure.Plan:
    employee, customer = params.privacy.employee, params.privacy.customer
    return disclosure.publication_plan(
        scores[["id", "audience", "n", "population"]],
        minimum_respondents={
            "employee": employee.minimum_respondents,
            "customer": customer.minimum_respondents,
        },
        minimum_headcount={
            "employee": employee.minimum_headcount,
            "customer": customer.minimum_respondents,
        },
    )


def _derived(safe: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Rearrange what is already protected, so that nothing hidden can come back."""
    scores = safe["scores"]
    return {
        "headline": summary.headline(safe["headlines"], safe["targets"]),
        "attention": summary.attention(safe["targets"]),
        "track_record": summary.track_record(safe["targets"]),
        "transactional": zero_measurement.now_and_zero(scores, measurement="transactional"),
        "relational": zero_measurement.now_and_zero(scores, measurement="relational"),
        "employees": zero_measurement.now_and_zero(scores, measurement="employee"),
        "other_measures": zero_measurement.other_measures(scores),
    }


def _open_tables(
    report: Report, intake: responses.Intake, answers: pd.DataFrame, plan: disclosure.Plan
) -> dict[str, pd.DataFrame]:
    """Return the tables that hold no scores: how the figures were made."""
    params = report.params
    spans = answers.groupby("source", observed=True)["date"].agg(["min", "max"])
    dates = {name: tuple(spans.loc[name]) if name in spans.index else (None, None) for name in params.sources}
    late = intake.responses["date"].gt(pd.Timestamp(report.as_of)).groupby(intake.responses["source"]).sum()
    summary_of_intake = intake.summary.assign(
        after_as_of=intake.summary["source"].map(late).fillna(0).astype(int)
    )
    cover = {
        "name": params.organisation.name, "period": str(report.period), "as_of": report.as_of,
        "answers": len(answers), "agency": params.report.agency, "confidentiality": params.report.confidentiality,
    }  # fmt: skip
    return {
        "cover": pd.DataFrame([cover]),
        "statement": method.statement(params, intake=summary_of_intake, dates=dates),
        "intake": summary_of_intake,
        "rejected": method.rejected_by_reason(intake.rejected),
        "hidden": plan.hidden(),
        "absent": method.absent(metrics(params), params, has_targets=bool(params.targets)),
    }


def _figure(row: Mapping[str, Any]) -> dict[str, Any]:
    described = {
        "id": row["id"],
        "metric": row["metric"].partition(".")[0],
        "audience": row["audience"],
        "measurement": row["measurement"],
        "period": row["period"],
        "scope": row["scope"],
        "unit": row["unit_of_score"],
        "weighted": row["weighted"],
        "shown": row["shown"],
        "hidden_because": row["hidden_because"] or None,
    }
    if not row["shown"]:
        return described | {"value": None}
    counts = {name: _whole(row[name]) for name in ("n", "skipped", "promoters", "passives", "detractors")}
    numbers = {"value": "score", "low": "score_low", "high": "score_high", "unweighted": "unweighted",
               "n_effective": "n_effective", "population": "population"}  # fmt: skip
    return described | counts | {key: significant(row[name]) for key, name in numbers.items()}


def _whole(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)
