"""The catalogues: every message a reader can meet is in them, translated, with the same placeholders."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from babel.messages.catalog import Catalog, Message

from helpers.show.extraction import (
    LOCALE,
    NOTEBOOKS,
    collected,
    notebook_messages,
    read,
    untranslated,
    updated,
    written,
)
from helpers.show.language import LANGUAGES
from helpers.show.terms import TERMS

TERM = re.compile(r"\b(customers?|employees?|promoters?|passives?|detractors?)\b", re.IGNORECASE)
PLACEHOLDER = re.compile(r"\{(\w+)\}")
# The words of a message may be other terms than in English: 'anderhalve {passive}' for 'one and a half {passives}'.
OF_TERMS = {f"{term}{end}" for term in TERMS["en"] for end in ("", "s", "es")}


@pytest.fixture(scope="module")
def template() -> Catalog:
    """Every message of code and notebooks."""
    return collected()


@pytest.fixture(scope="module", params=LANGUAGES)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    """A language's catalogue as it is committed."""
    return read(request.param)


def ids(message: Message) -> tuple[str, ...]:
    """Return the message, or its singular and plural."""
    return tuple(message.id) if isinstance(message.id, list | tuple) else (message.id,)


def strings(message: Message) -> tuple[str, ...]:
    """Return the translation, or its singular and plural."""
    return tuple(message.string) if isinstance(message.string, list | tuple) else (message.string,)


def said(catalogue: Catalog) -> Iterator[Message]:
    """Yield the messages without the header."""
    yield from (message for message in catalogue if message.id)


class TestCatalogues:
    """nl and en, complete and current."""

    def test_every_message_is_translated(self, catalogue: Catalog, template: Catalog) -> None:
        """Nothing is missing, nothing empty, nothing guessed."""
        missing = [message.id for message in said(template) if message.id not in catalogue]
        blank = [message.id for message in said(catalogue) if not all(strings(message)) or message.fuzzy]
        assert (missing, blank) == ([], [])

    def test_nothing_is_obsolete(self, catalogue: Catalog, template: Catalog) -> None:
        """A message that nobody says is not kept."""
        assert [message.id for message in said(catalogue) if message.id not in template] == []
        assert not catalogue.obsolete

    def test_a_translation_has_the_placeholders_of_its_message(self, catalogue: Catalog) -> None:
        """A number that a translator forgets would be missing from the report; terms may be added."""
        for message in said(catalogue):
            wanted = set(PLACEHOLDER.findall(" ".join(ids(message)))) - OF_TERMS
            for translation in strings(message):
                found = {name for _, name, _, _ in string.Formatter().parse(translation) if name}
                assert {name for name in found if name.lower() not in OF_TERMS} <= wanted, message.id
            assert wanted <= set(PLACEHOLDER.findall(" ".join(strings(message)))), message.id

    def test_the_english_catalogue_speaks_english(self) -> None:
        """No entry is a copy of the Dutch one, unless both are the message itself."""
        dutch = read("nl")
        copied = [
            message.id
            for message in said(read("en"))
            if strings(message) == strings(dutch.get(message.id)) != ids(message)
        ]
        assert copied == []

    def test_the_committed_file_is_current(self, template: Catalog) -> None:
        """`python -m helpers.show.extraction` would change nothing."""
        for language in LANGUAGES:
            file = LOCALE / language / "nulmeting.po"
            assert written(updated(read(language), template)) == file.read_text(encoding="utf-8"), language

    def test_a_line_of_a_notebook_speaks_of_the_clients_own_customers(self, catalogue: Catalog) -> None:
        """A municipality has residents: where the prose says customers, both languages have the term."""
        prose = {text for notebook in NOTEBOOKS.glob("*.ipynb") for text in notebook_messages(notebook)}
        checked = 0
        for text in prose:
            wanted = len(TERM.findall(text))
            if wanted:
                translation = strings(catalogue.get(text))[0]
                assert TERM.findall(PLACEHOLDER.sub("", translation)) == [], text
                found = [name for name in PLACEHOLDER.findall(translation) if TERM.fullmatch(name)]
                assert len(found) == wanted, text
                checked += 1
        assert checked >= 4

    def test_so_does_every_message_of_the_code(self, catalogue: Catalog) -> None:
        """No sentence of ours has a customer in it that is not the client's."""
        bare = [
            text for message in said(catalogue) for text in strings(message) if TERM.search(PLACEHOLDER.sub("", text))
        ]
        assert bare == []


class TestCollected:
    """What is found in code and notebooks."""

    @pytest.fixture
    def found(self, tmp_path: Path) -> Catalog:
        """The messages of a small source tree and one notebook."""
        show, other = tmp_path / "src" / "show", tmp_path / "src" / "intake"
        for folder in (show, other, tmp_path / "notebooks"):
            folder.mkdir(parents=True)
        (tmp_path / "src" / "production").mkdir()
        code = (
            '_("One")\nwords.text("Two {x}", x=1)\nself.text("Three")\nwords.plural("{n} a", "{n} b", 4)\n'
            'print("Four")\nsheet.text(1, 2, "Five")\n_(f"Six {x}")\n'
        )
        (show / "module.py").write_text(code, encoding="utf-8")
        (other / "module.py").write_text('_("Seven")\n', encoding="utf-8")
        notebook = nbformat.v4.new_notebook()
        notebook.cells = [nbformat.v4.new_markdown_cell("# Eight\n\n- Nine"), nbformat.v4.new_code_cell('_("Ten")')]
        nbformat.write(notebook, tmp_path / "notebooks" / "chapter.ipynb")
        return collected(source=tmp_path / "src", notebooks=tmp_path / "notebooks")

    def test_messages_of_the_rooms_that_speak_and_of_notebook_prose(self, found: Catalog) -> None:
        """Not errors, not what is drawn, not code cells; an f-string cannot be a message."""
        assert {ids(message) for message in said(found)} == {
            ("One",), ("Two {x}",), ("Three",), ("{n} a", "{n} b"), ("Eight",), ("Nine",),
        }  # fmt: skip

    def test_each_says_where_it_stands(self, found: Catalog) -> None:
        """By file, without line numbers, so that a move within it changes nothing."""
        assert found.get("One").locations == [("src/helpers/show/module.py", 0)]
        assert found.get("Nine").locations == [("notebooks/chapter.ipynb", 0)]


class TestWritten:
    """A catalogue as text."""

    def test_translations_stay_and_what_is_gone_is_dropped(self) -> None:
        """No guess is made for a new message from one that looks like it."""
        template, own = Catalog(charset="utf-8"), Catalog(locale="nl", charset="utf-8")
        template.add("Score")
        template.add("Scores now")
        own.add("Score", "Score")
        own.add("Scores then", "Scores toen")
        merged = updated(own, template)
        assert {message.id: message.string or "" for message in said(merged)} == {"Score": "Score", "Scores now": ""}

    def test_the_text_has_no_dates_and_is_in_order(self) -> None:
        """A diff shows words and nothing else."""
        own = Catalog(locale="nl", charset="utf-8")
        own.add("b {n}", "bé {n}", locations=[("src/b.py", 7)])
        own.add("a", "á")
        assert written(own) == (
            'msgid "a"\nmsgstr "á"\n\n#: src/b.py\n#, python-brace-format\nmsgid "b {n}"\nmsgstr "bé {n}"\n\n'
        )

    def test_a_plural_without_its_forms_is_not_translated(self) -> None:
        """Its empty forms are a tuple, which is no empty text."""
        own = Catalog(locale="nl", charset="utf-8")
        for number, (singular, plural) in enumerate([("", ""), ("{n} x", ""), ("{n} x", "{n} y")]):
            own.add((f"{{n}} a{number}", f"{{n}} b{number}"), (singular, plural))
        own.add("c", "")
        own.add("d", "d")
        assert untranslated(own) == 3

    def test_a_language_without_a_catalogue_starts_empty(self) -> None:
        """So that a new one can be begun."""
        assert list(said(read("fr"))) == []
