"""How the figures were made: the eleven AAPOR heads, data quality, what is hidden and what is absent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pandas as pd

from helpers.params.metrics import Metric
from helpers.params.model import Params, Source

HEADS = (
    "strategy", "sponsor_and_conductor", "instruments", "population", "sample", "mode", "dates",
    "sizes_and_precision", "weighting", "processing", "limits",
)  # fmt: skip
"""The disclosure items of the AAPOR Code of Professional Ethics and Practices (April 2021), in its order."""
COUNTS = ("read", "used", "skipped", "rejected", "left_out", "duplicates", "unfinished", "stray", "after_as_of")
"""What can become of the rows of a file."""


def statement(params: Params, *, intake: pd.DataFrame, dates: Mapping[str, tuple[object, object]]) -> pd.DataFrame:
    """Return what is stated about each survey under the AAPOR heads.

    Parameters
    ----------
    params
        For ``sources.*.method`` and the wording of the questions.
    intake
        One row per source with ``used`` and ``read``.
    dates
        First and last day of the answers, by source.

    Returns
    -------
    pandas.DataFrame
        One row per head and source: ``head`` (code of ``HEADS``), ``source``, ``audience``, ``measurement``,
        ``stated`` (what the params say, empty when nothing), ``first, last`` (days of the fieldwork as stated,
        else of the answers; for ``dates``), ``used`` (answers, for ``sizes_and_precision``), ``survey_id``.
    """
    used = intake.set_index("source")["used"]
    rows = [
        {
            "head": head, "source": name, "audience": source.audience, "measurement": source.measurement,
            "stated": _stated(head, source),
            "first": (source.method.fieldwork or dates[name])[0], "last": (source.method.fieldwork or dates[name])[1],
            "used": int(used[name]), "survey_id": survey_id(name), "weighted": bool(source.columns.weight),
        }
        for head in HEADS
        for name, source in params.sources.items()
    ]  # fmt: skip
    return pd.DataFrame(rows)


def accounted(
    intake: pd.DataFrame, responses: pd.DataFrame, *, stray: pd.Series, as_of: dt.date, params: Params
) -> pd.DataFrame:
    """Return what became of every row that was read, as a report sees it that counts answers up to a day.

    Parameters
    ----------
    intake
        One row per source with ``used`` and ``skipped``.
    responses
        The used and the skipped rows: ``source, date`` and the measures.
    stray
        Which of them are left out, as :func:`helpers.analysis.strays.early` returns them.
    as_of
        The last day that counts.
    params
        For each survey's audience.

    Returns
    -------
    pandas.DataFrame
        ``intake`` with the later rows taken out of ``used`` and ``skipped`` and counted in ``after_as_of``, and
        the strays in ``stray``, so that the counts still add up to
        ``read``; with ``survey_id`` (its cell in the publication plan) and ``audience``.
    """
    late = responses["date"].gt(pd.Timestamp(as_of))
    answered = responses.filter(like="measure.").notna().any(axis=1)
    out = late | stray
    return intake.assign(
        used=intake["used"] - _per_source(out & answered, responses, intake),
        skipped=intake["skipped"] - _per_source(out & ~answered, responses, intake),
        stray=_per_source(stray, responses, intake),
        after_as_of=_per_source(late, responses, intake),
        survey_id=intake["source"].map(survey_id),
        audience=intake["source"].map(lambda name: params.sources[name].audience),
    )


def survey_id(source: str) -> str:
    """Return the id of a survey's own size in the publication plan.

    Examples
    --------
    >>> survey_id("medewerkersonderzoek")
    'answers.medewerkersonderzoek'
    """
    return f"answers.{source}"


def absent(metrics: Sequence[Metric], params: Params, *, has_targets: bool) -> pd.DataFrame:
    """Return what the report cannot say for want of data, and what to supply.

    Returns
    -------
    pandas.DataFrame
        One row per missing part: ``part`` (code: ``transactional``, ``relational``, ``employees``,
        ``targets``, ``roadmap``, ``headcount``, ``causes``), repeated as ``detail`` beside ``kind`` and ``n``
        for the list that prints it.
    """
    measured = {metric.measurement for metric in metrics}
    parts = {
        "transactional": "transactional" not in measured,
        "relational": "relational" not in measured,
        "employees": "employee" not in measured,
        "targets": not has_targets,
        "roadmap": params.roadmap is None,
        "headcount": "employee" in measured and params.tables.headcount is None,
        "causes": not any(_asks_why(source) for source in params.sources.values()),
    }
    missing = [part for part, lacking in parts.items() if lacking]
    return pd.DataFrame({"kind": "absent", "part": missing, "detail": missing, "n": 1}, dtype=object)


def rejected_by_reason(rejected: pd.DataFrame) -> pd.DataFrame:
    """Count what was not used, without saying which row it was.

    Returns
    -------
    pandas.DataFrame
        One row per source, column and reason: ``source, column, reason, values, survey_id``.
    """
    keys = ["source", "column", "reason"]
    counted = rejected.groupby(keys, observed=True).size().rename("values").reset_index()
    return counted.assign(survey_id=counted["source"].map(survey_id))


def _per_source(rows: pd.Series, responses: pd.DataFrame, intake: pd.DataFrame) -> pd.Series:
    counts = rows.groupby(responses["source"]).sum()
    return intake["source"].map(counts).fillna(0).astype(int)


def _asks_why(source: Source) -> bool:
    return source.columns.reason is not None or source.columns.verbatim is not None


def _stated(head: str, source: Source) -> str:
    method = source.method
    given = {
        "sponsor_and_conductor": (method.sponsor, method.conducted_by),
        "instruments": tuple(measure.question for measure in source.measures.values()),
        "population": (method.population,),
        "sample": (method.sample,),
        "mode": (method.mode,),
        "weighting": (method.weighting,),
    }
    return " · ".join(dict.fromkeys(text for text in given.get(head, ()) if text))
