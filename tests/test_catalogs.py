"""The catalogs are complete, and the tool that says so finds what it must."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from babel import Locale

from bot.domain.replies import ngettext
from bot.i18n import LANGUAGES, Tongue, catalog
from tests import catalogs

CODE = """
def said(n):
    _("Hello <b>{name}</b>, see /help", name=_("you"))
    return ngettext("{n} day", "{n} days", n)
"""
SPANISH = {
    "Hello <b>{name}</b>, see /help": "Hola <b>{name}</b>, mira /help",
    "you": "tú",
    "{n} day": ("{n} día", "{n} de días", "{n} días"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small checkout with one text of each kind, complete in Spanish."""
    (tmp_path / "bot" / "sandbox").mkdir(parents=True)
    (tmp_path / "bot" / "a.py").write_text(CODE)
    (tmp_path / "bot" / "sandbox" / "b.py").write_text('_("not for people")')
    catalogs.update(tmp_path)
    translate(tmp_path, **SPANISH)
    return tmp_path


def translate(root: Path, **texts: str | tuple[str, ...]) -> None:
    """Writes Spanish texts by their ids."""
    file = catalogs.catalog_file(root, "es")
    spanish = catalogs.load(file, "es")
    for id_, text in texts.items():
        spanish.get(id_).string = text
    catalogs.write(file, spanish)


def spanish(root: Path) -> list[str]:
    """What is wrong in Spanish, and in the original."""
    return [each for each in catalogs.check(root) if each[:3] not in {"ar:", "he:", "el:", "tr:"}]


def test_the_catalogs_are_complete() -> None:
    assert catalogs.check(catalogs.ROOT) == []


def test_every_language_has_a_catalog() -> None:
    assert {"en", *catalogs.PLURAL_RULES} == set(LANGUAGES)


@pytest.mark.parametrize("language", catalogs.PLURAL_RULES)
def test_the_plural_rules_are_those_of_cldr(language: str) -> None:
    count, _, rule = catalogs.PLURAL_RULES[language].partition("; plural=")
    pick = gettext.c2py(rule.rstrip(";"))
    form = Locale.parse(language).plural_form
    names = [name for name in catalogs.FORMS if name in form.tags | {"other"}]
    assert count == f"nplurals={len(names)}"
    for n in (*range(250), 1000, 1_000_000, 1_000_001, 2_000_000):
        assert names[pick(n)] == form(n), n


@pytest.mark.parametrize("language", catalogs.PLURAL_RULES)
def test_the_bot_reads_those_rules(language: str) -> None:
    pick = gettext.c2py(catalogs.PLURAL_RULES[language].partition("; plural=")[2].rstrip(";"))
    numbers = (*range(130), 1_000_000)
    assert [catalog(language).plural(n) for n in numbers] == [pick(n) for n in numbers]


def test_a_plural_is_said_in_english() -> None:
    said = [Tongue("en").say(ngettext("{n} day", "{n} days", n)) for n in (1, 2)]
    assert said == ["1 day", "2 days"]


def test_only_what_people_read_is_extracted(root: Path) -> None:
    found = {message.id for message in catalogs.extracted(root) if message.id}
    assert found == {"Hello <b>{name}</b>, see /help", "you", ("{n} day", "{n} days")}


def test_a_complete_catalog_has_no_findings(root: Path) -> None:
    assert spanish(root) == []
    assert "tr: «you»: missing" in catalogs.check(root)


@pytest.mark.parametrize(
    ("id_", "text", "finding"),
    [
        ("you", "", "«you»: missing"),
        ("you", "{tú", "«you»: braces: expected '}' before end of string"),
        ("you", "tú {name}", "«you»: placeholders name instead of none"),
        ("you", "<b>tú</b>", "«you»: tags </b>, <b> instead of none"),
        ("you", "<b>tú", "«you»: <b> is not closed"),
        ("you", "tú</b>", "«you»: </b> closes nothing"),
        ("you", "tú /start", "«you»: commands /start instead of none"),
        ("{n} day", ("un día", "{n} de días", ""), "«{n} day»: its form 'other' is left out"),
        (
            "{n} day",
            ("un día", "{n} de días", "días"),
            "«{n} day»: other: placeholders none instead of n",
        ),
    ],
)
def test_what_is_wrong_is_named(
    root: Path, id_: str, text: str | tuple[str, ...], finding: str
) -> None:
    translate(root, **{id_: text})
    assert spanish(root) == [f"es: {finding}"]


def test_a_form_for_one_number_need_not_show_it(root: Path) -> None:
    translate(root, **{"{n} day": ("un día", "{n} de días", "{n} días")})
    assert spanish(root) == []


def test_a_fuzzy_message_is_found(root: Path) -> None:
    file = catalogs.catalog_file(root, "es")
    text = file.read_text("utf-8")
    file.write_text(text.replace('msgid "you"', '#, fuzzy\nmsgid "you"'), "utf-8")
    assert spanish(root) == ["es: «you»: fuzzy"]


def test_a_text_that_was_changed_is_missing_and_stale(root: Path) -> None:
    (root / "bot" / "a.py").write_text(CODE.replace('"you"', '"all of you"'))
    assert spanish(root) == [
        "locales/proxeny.pot: not what the code says; run `make catalogs`",
        "es: «you»: stale, the code no longer says it",
        "es: «all of you»: missing",
    ]
    catalogs.update(root)
    assert spanish(root) == ["es: «all of you»: missing"]


def test_an_update_without_news_changes_no_file(root: Path) -> None:
    files = [catalogs.template_file(root), catalogs.catalog_file(root, "es")]
    before = [file.stat().st_mtime_ns for file in files]
    catalogs.update(root)
    assert [file.stat().st_mtime_ns for file in files] == before


def test_another_plural_rule_is_found(root: Path) -> None:
    file = catalogs.catalog_file(root, "es")
    text = file.read_text("utf-8").replace("nplurals=3", "nplurals=2")
    file.write_text(text, "utf-8")
    rule = catalogs.PLURAL_RULES["es"]
    assert f"es: its Plural-Forms must be {rule}" in spanish(root)


def test_the_originals_are_checked_too(root: Path) -> None:
    (root / "bot" / "a.py").write_text('_("<i>half")\n_(f"glued {name}")\n_("braces {")')
    catalogs.update(root)
    assert [each for each in spanish(root) if "missing" not in each] == [
        "bot/a.py:2: _() needs a literal text",
        "en: «<i>half»: <i> is not closed",
        "en: «braces {»: braces: Single '{' encountered in format string",
    ]
