"""What sentences, labels and notes say of hidden cells: a group's name, and a number that reads as its score."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from helpers.audit.known import Key, Known
from helpers.audit.learning import Learnt, Reader
from helpers.audit.names import Named, plain
from helpers.audit.numbers import Printed, days
from helpers.audit.pieces import Line
from helpers.audit.published import Fact, Scope, holds
from helpers.audit.readings import numbers_of
from helpers.audit.tables import statement
from helpers.audit.vocabulary import Vocabulary

_END = re.compile(r"[.!?;](?=\s|$)|\n|\s[|\u00b7]\s")
_DIRECT = re.compile(r"^\W{0,3}$")
_AIM_REACH = 3
_NEAR = 30
_DATED = 24
"""So near behind a number stands the day that it is of, such as the due date of a target."""


class _Said(NamedTuple):
    """A group's name in a line, and which hidden groups it is of."""

    line: Line
    text: str
    name: Named
    scopes: list[Scope]


def facts_of_line(line: Line, reader: Reader) -> Iterator[Fact]:
    """Yield what a line says of hidden cells.

    Parameters
    ----------
    line
        A sentence or other text.
    reader
        Who reads it.

    Notes
    -----
    A number counts when it follows the name (or stands before it in its sentence), is no threshold, target or date, is
    written as a score, share or number of answers, and is not one that a shown figure of the same group has.
    """
    text = plain(line.text)
    found, known = reader.names.within(text), reader.known
    if not any(known.hidden_of(scope) for name in found for scope in name.scopes):
        return
    for place, name in enumerate(found):
        scopes = sorted(scope for scope in name.scopes if known.hidden_of(scope))
        if scopes and len(scopes) == len(name.scopes):
            said = _Said(line, text, name, scopes)
            for reach in _reach(text, found, place, reader.learnt):
                told = list(_told(said, reach, reader))
                yield from {(fact.id, fact.quantity): fact for fact in reversed(told)}.values()
                if told:
                    break


def _reach(text: str, found: list[Named], place: int, learnt: Learnt) -> Iterator[tuple[int, int]]:
    """Yield where the numbers of a name may stand: behind it up to the next name, or else before it."""
    name = found[place]
    after = found[place + 1].start if place + 1 < len(found) else len(text)
    before = found[place - 1].end if place else 0
    ends = [one.start() for one in _ends(text, name.end, after, learnt)]
    starts = [one.end() for one in _ends(text, before, name.start, learnt)]
    yield name.end, ends[0] if ends else after
    if place == 0 or starts:
        yield starts[-1] if starts else before, name.start


def _ends(text: str, start: int, end: int, learnt: Learnt) -> Iterator[re.Match[str]]:
    """Yield where a sentence ends; at a semicolon only where what follows names a metric again."""
    for one in _END.finditer(text, start, end):
        goes_on = one[0] == ";" and not learnt.metrics_in(text[one.end() : end].casefold())
        if not goes_on and not _within_number(text, one.start()):
            yield one


def _within_number(text: str, place: int) -> bool:
    return text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit()


def _told(said: _Said, reach: tuple[int, int], reader: Reader) -> Iterator[Fact]:
    text, known = said.text, reader.known
    metric = _metric(said, reader.learnt)
    for number in numbers_of(text, language=reader.language):
        quantity = _quantity(said, number, reader.words) if reach[0] <= number.start and number.end <= reach[1] else ""
        linked = number.start >= said.name.end or reader.words.links_to(text[number.end : said.name.start])
        if not quantity or not linked or _is_aim(text, number, reach[0], reader.words):
            continue
        of_day = days(text[number.end : number.end + _DATED], language=reader.language)
        for scope in said.scopes:
            hidden = [one for one in known.hidden_of(scope) if not metric or one[0] == metric]
            hidden = [one for one in hidden if not of_day or holds(one[1], of_day[0])]
            fitting = [one for one in hidden if _may_be(number, one[0], quantity, known)]
            if fitting and not known.explains(scope, number, metric=metric):
                place = f'{said.line.place}: "{_excerpt(said, number)}"'
                yield from statement(fitting[0][2], Key(fitting[0][0], fitting[0][1], quantity), number, known, place)


def _metric(said: _Said, learnt: Learnt) -> str:
    """Return the metric that the sentence names last before the group, or else after it, or its heading names."""
    text, name = said.text, said.name
    starts = [one.end() for one in _ends(text, 0, name.start, learnt)]
    before = learnt.metrics_in(text[starts[-1] if starts else 0 : name.start].casefold())
    after = learnt.metrics_in(text[name.end :].casefold())
    heading = learnt.metrics_in(said.line.about.casefold())
    return before[-1] if before else after[0] if after else heading[0] if len(set(heading)) == 1 else ""


def _quantity(said: _Said, number: Printed, words: Vocabulary) -> str:
    """Return what a number is by how it is written and the words beside it; empty when it reads as none."""
    text, name = said.text, said.name
    before, behind = text[max(0, number.start - _NEAR) : number.start], text[number.end : number.end + _NEAR]
    if number.percent:
        return words.quantity(f"{behind} {before}") if words.shares(f"{behind} {before}") else "score"
    if words.counts(before, behind):
        return "n"
    gap = text[name.end : number.start] if number.start >= name.end else None
    direct = gap is not None and bool(_DIRECT.match(gap) or words.says.fullmatch(gap.strip(" :,(")))
    alone = not behind.strip()[:1].isalpha() or bool(words.quantities["score"].match(behind.strip()))
    direct = direct and alone
    if number.signed or number.decimals or direct or words.scored(before):
        return "score"
    return ""


def _is_aim(text: str, number: Printed, start: int, words: Vocabulary) -> bool:
    before = text[start : number.start]
    last = " ".join(re.split(r"\s+", before.strip())[-_AIM_REACH:])
    return bool(words.aim.search(last)) and not re.search(r"[,;(]\s*$", before)


def _may_be(number: Printed, metric: str, quantity: str, known: Known) -> bool:
    """Return whether a number is written as a metric's scores are."""
    if quantity != "score":
        return True
    if number.percent:
        return known.is_percent(metric)
    if known.is_points(metric):
        return number.decimals == 0 or number.signed
    return not number.signed and not known.is_percent(metric)


def _excerpt(said: _Said, number: Printed) -> str:
    start, end = min(said.name.start, number.start), max(said.name.end, number.end)
    return said.text[max(0, start - 10) : end + 10].strip()
