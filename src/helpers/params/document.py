"""A YAML file as plain text values, with the line on which each stands.

No scalar is given a type here: ``NO``, ``12:30``, ``007`` and a bare ``2026`` stay the text that was typed,
and the model decides what each one means. Nothing after ``key:`` means that the key has no value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from helpers.params import syntax
from helpers.params.keys import Place, place_text

_PLAIN_TAGS = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", "!"}


class SyntaxFault(NamedTuple):
    """Something wrong with the file as YAML: its line, its column if that helps, and what to do."""

    line: int
    sentence: str
    column: int | None = None


@dataclass(frozen=True)
class Document:
    """What a YAML file says.

    Parameters
    ----------
    data
        Dictionaries, lists and texts; None where a key has no value.
    lines
        The line, from 1, on which each key or list item stands.
    faults
        What is wrong with the file as YAML.
    """

    data: Any
    lines: dict[Place, int] = field(default_factory=dict)
    faults: list[SyntaxFault] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """Return the line of a place, or of the nearest place above it that is in the file."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def parse(text: str) -> Document:
    """Read YAML text; text that is not YAML gives no data and one fault.

    Examples
    --------
    >>> parse("answer: NO  # the country").data
    {'answer': 'NO'}
    """
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
        document = Document(data=None)
        return Document(_value(node, (), document, ()), document.lines, document.faults)
    except yaml.reader.ReaderError as error:
        return Document(None, faults=[SyntaxFault(*syntax.control_character(text, error))])
    except yaml.MarkedYAMLError as error:
        return Document(None, faults=[SyntaxFault(*syntax.explained(text, error))])
    except RecursionError:
        sentence = "lists and keys lie too deep inside each other. Write the file flatter."
        return Document(None, faults=[SyntaxFault(1, sentence)])


def _value(node: yaml.Node | None, place: Place, document: Document, above: tuple[int, ...]) -> Any:
    if node is None or _is_unusable(node, place, document, above):
        return None
    inside = (*above, id(node))
    if isinstance(node, yaml.MappingNode):
        return dict(_entries(node, place, document, inside))
    if isinstance(node, yaml.SequenceNode):
        return [
            _value(item, _noted((*place, number), item, document), document, inside)
            for number, item in enumerate(node.value)
        ]
    return str(node.value)


def _is_unusable(node: yaml.Node, place: Place, document: Document, above: tuple[int, ...]) -> bool:
    if id(node) in above:
        sentence = f"'{place_text(place)}' contains itself. Write the value out."
    elif node.tag not in _PLAIN_TAGS:
        sentence = f"{node.tag} is a YAML tag, which params do not use. Put quotes around text that starts with !."
    else:
        return False
    document.faults.append(SyntaxFault(_line(node), sentence))
    return True


def _entries(
    node: yaml.MappingNode, place: Place, document: Document, above: tuple[int, ...]
) -> Iterator[tuple[str, Any]]:
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            sentence = (
                "a list or a group stands where a key is expected. Put quotes around text that starts with [ or {."
            )
            document.faults.append(SyntaxFault(_line(key), sentence))
        elif (inside := (*place, str(key.value))) in document.lines:
            sentence = f"the key '{place_text(inside)}' was already given on line {document.lines[inside]}. Keep one."
            document.faults.append(SyntaxFault(_line(key), sentence))
        else:
            empty = isinstance(value, yaml.ScalarNode) and value.value == "" and value.style is None
            read = _value(value, _noted(inside, key, document), document, above)
            yield str(key.value), None if empty else read


def _noted(place: Place, node: yaml.Node, document: Document) -> Place:
    document.lines[place] = _line(node)
    return place


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
