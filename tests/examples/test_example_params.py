"""The example's params: valid, exemplary, and true to the files they describe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from helpers import examples
from helpers.params import Client, load
from helpers.params.metrics import headlines


@pytest.fixture(scope="session")
def client(params_file: Path) -> Client:
    """The example client."""
    return load(params_file.parent.name, params_folder=params_file.parents[1])


@pytest.fixture(scope="session")
def tables(raw: Callable[[str], pd.DataFrame], workbook: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Per source the rows of its file."""
    return {
        "klantcontact": raw("transactional-*.csv"),
        "relatieonderzoek": raw("relational.csv"),
        "medewerkersonderzoek": workbook,
    }


def test_every_example_client_has_params(params_file: Path) -> None:
    """What is generated can be reported on."""
    assert all((params_file.parents[1] / client / "params.yaml").is_file() for client in examples.CLIENTS)


def test_every_path_is_a_generated_file(client: Client, params_file: Path, folder: Path) -> None:
    """The paths are relative to the params file and lead to what `nulmeting examples` writes."""
    project = params_file.parents[2]
    params = client.params
    invited = [source.invited for source in params.sources.values() if source.invited]
    named = [path for source in params.sources.values() for path in source.path] + invited
    named += [path for path in (params.tables.headcount, params.tables.customers) if path]
    patterns = [(params_file.parent / path).resolve().relative_to(project.resolve()) for path in named]
    found = {path.name: [pattern for pattern in patterns if path.match(pattern.name)] for path in folder.iterdir()}

    assert {pattern.parent for pattern in patterns} == {Path("data/examples/voorbeeld-energie")}
    assert [name for name, ours in found.items() if len(ours) != 1] == []


def test_every_named_column_is_in_its_file(client: Client, tables: dict[str, pd.DataFrame]) -> None:
    """No column is named that an export lacks."""
    for name, source in client.params.sources.items():
        named = list(_columns(source.model_dump(include={"measures", "drivers", "columns", "dimensions", "segments"})))

        assert set() == set(named) - set(tables[name].columns)


def test_every_code_has_a_label_and_every_label_a_code(client: Client, tables: dict[str, pd.DataFrame]) -> None:
    """Labels are complete, so no code reaches the report."""
    for name, source in client.params.sources.items():
        of = {"channel": source.columns.channel, **source.dimensions, **source.segments}
        for grouping, labels in source.labels.items():
            assert set(labels) == set(tables[name][of[grouping]])


def test_the_headline_leads_with_both_customers_and_employees(client: Client) -> None:
    """Four measures, in the order of the params."""
    assert [metric.key for metric in headlines(client.params)] == [
        "nps.customer.relational",
        "nps.customer.transactional",
        "enps",
        "satisfaction.customer.transactional",
    ]


def test_one_owner_is_still_to_be_named(client: Client) -> None:
    """The report shows such a gap; the example has one."""
    assert [t.owner for t in client.params.targets if "nog te benoemen" in t.owner] == [("nog te benoemen",)]


def _columns(part: Any) -> list[str]:
    if isinstance(part, dict):
        # a measure or a binned grouping names its column under `column`; elsewhere every text is a column
        values = [part["column"]] if "column" in part else list(part.values())
        return [name for value in values for name in _columns(value)]
    if isinstance(part, list | tuple):
        return [name for value in part for name in _columns(value)]
    return [part] if isinstance(part, str) else []
