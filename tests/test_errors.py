"""The exception tree: every message kept, one per line, with the exit code of the command."""

from __future__ import annotations

import pickle

import pytest

from helpers.errors import (
    RUN_FAULT,
    USAGE_FAULT,
    DataError,
    InfrastructureError,
    NotebookError,
    ParamsError,
    ReportError,
)

KINDS = [ReportError, ParamsError, DataError, NotebookError, InfrastructureError]


@pytest.mark.parametrize("kind", KINDS)
def test_all_messages_are_shown_one_per_line(kind):
    """Faults of a file are collected and shown together."""
    error = kind(["first.", "second."])
    assert error.messages == ("first.", "second.")
    assert str(error) == "first.\nsecond."


@pytest.mark.parametrize("kind", KINDS)
def test_one_message_needs_no_list(kind):
    """A text is one message, not a list of letters."""
    assert kind("only this.").messages == ("only this.",)


def test_messages_may_come_one_by_one():
    """A generator of messages is kept."""
    assert ParamsError(f"{n}." for n in (1, 2)).messages == ("1.", "2.")


@pytest.mark.parametrize(
    ("kind", "code"),
    [(ParamsError, 2), (DataError, 2), (NotebookError, 1), (InfrastructureError, 1), (ReportError, 1)],
)
def test_each_kind_has_its_exit_code(kind, code):
    """2 before the run, 1 in it."""
    assert (USAGE_FAULT, RUN_FAULT) == (2, 1)
    assert kind("x.").exit_code == code


def test_an_exit_code_may_be_given():
    """A notebook's parameters are a fault before the run."""
    assert NotebookError("x.", exit_code=USAGE_FAULT).exit_code == 2
    assert NotebookError("x.").exit_code == 1


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_survives_another_process(kind):
    """Kind, messages and exit code come back from a worker."""
    back = pickle.loads(pickle.dumps(kind(["a.", "b."], exit_code=7)))
    assert (type(back), back.messages, back.exit_code) == (kind, ("a.", "b."), 7)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_report_error(kind):
    """A command catches one kind and shows its messages without a traceback."""
    assert issubclass(kind, ReportError)
