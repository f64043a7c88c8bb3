"""The rules for what scored questions and drivers have in common: where the answers stand, and what they mean."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.params.columns import Column
from helpers.params.keys import Fault, Place
from helpers.params.questions import Question
from helpers.params.sources import Source
from helpers.params.values import number_text, shown

FEWEST_ITEMS = 2


def scale_text(scale: tuple[int, int]) -> str:
    """Return a scale as it is typed, with true minus signs."""
    return "-".join(number_text(end) for end in scale)


def _stands_in_one_place(place: Place, question: Question) -> Iterator[Fault]:
    if question.column is None and not question.items:
        sentence = (
            "it has no column. Add the column that holds the answers, such as column: Q3, or, for a scale from several "
            "questions, items: [Q8_1, Q8_2]."
        )
        yield Fault(place, sentence)
    elif question.column is not None and question.items:
        sentence = "column stands here too. Keep column for one question, or items for a scale from several."
        yield Fault((*place, "items"), sentence)


def _items_are_several(place: Place, question: Question) -> Iterator[Fault]:
    if 0 < len(question.items) < FEWEST_ITEMS:
        sentence = "one item is no scale. Write it as column, or add the other items."
        yield Fault((*place, "items"), sentence)
    columns = [item.column for item in question.items]
    for number, column in enumerate(columns):
        if column in columns[:number]:
            sentence = f"{_column(column)} is item {columns.index(column) + 1} already. Keep one of the two."
            yield Fault((*place, "items", number), sentence)


def _values_are_on_the_scale(place: Place, question: Question) -> Iterator[Fault]:
    lowest, highest = question.scale
    for text, value in question.values.items():
        if not text.strip():
            sentence = "an empty cell is no answer, so it has no value. Remove it."
            yield Fault((*place, "values"), sentence)
        elif not lowest <= value <= highest:
            sentence = (
                f"{number_text(value)} is not on the scale {scale_text(question.scale)}. Correct the value or the "
                "scale; a text that is no answer belongs under no_answer."
            )
            yield Fault((*place, "values", text), sentence)


def _no_answer_has_no_value(place: Place, source: Source, question: Question) -> Iterator[Fault]:
    """Yield texts that both have a value and mean 'no answer'."""
    answers = {answer.strip() for answer in _no_answer(source, question)} - {""}
    for text in question.values:
        if text.strip() in answers:
            sentence = f"{shown(text.strip())} stands under no_answer too. Remove one of the two."
            yield Fault((*place, "values", text), sentence)


def _no_answer_is_off_the_scale(place: Place, source: Source, question: Question) -> Iterator[Fault]:
    """Yield answers that would be dropped although they are on the scale."""
    where = (*place[:2], "no_answer") if question.no_answer is None else (*place, "no_answer")
    lowest, highest = question.scale
    for answer in _no_answer(source, question):
        if answer.strip().lstrip("-").isdecimal() and lowest <= int(answer) <= highest:
            sentence = (
                f"{answer.strip()} is on the scale {scale_text(question.scale)} of {place[-1]}, so true answers would "
                "count as skipped. Remove it, or give the measures for which it means 'no answer' their own no_answer."
            )
            yield Fault(where, sentence)


OF_ITSELF = (_stands_in_one_place, _items_are_several, _values_are_on_the_scale)
WITHIN_ITS_SOURCE = (_no_answer_has_no_value, _no_answer_is_off_the_scale)


def _no_answer(source: Source, question: Question) -> tuple[str, ...]:
    return source.no_answer if question.no_answer is None else question.no_answer


def _column(column: Column) -> str:
    return shown(column) if isinstance(column, str) else f"column {column.position}"
