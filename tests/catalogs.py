"""The catalogs in locales/: `python -m tests.catalogs extract|update|check`.

`extract` writes the template from the texts in bot/, `update` merges it into each language's
catalog (a text that was changed is new), `check` prints one line for each thing that is wrong.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Formatter

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot.i18n import LANGUAGES

ROOT = Path(__file__).parents[1]
KEYWORDS = {"_": None, "ngettext": (1, 2)}
HEADER = "# What Proxeny says. Made by `make catalogs`; only msgstr is written by people."
DATES = ('"POT-Creation-Date', '"PO-Revision-Date')

PLURAL_RULES = {
    "ar": "nplurals=6; plural=n == 0 ? 0 : n == 1 ? 1 : n == 2 ? 2"
    " : n % 100 >= 3 && n % 100 <= 10 ? 3 : n % 100 >= 11 ? 4 : 5;",
    "he": "nplurals=3; plural=n == 1 ? 0 : n == 2 ? 1 : 2;",
    "el": "nplurals=2; plural=n != 1;",
    "tr": "nplurals=2; plural=n != 1;",
    "es": "nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;",
}
"""CLDR's rules in gettext's words, the forms in CLDR's order."""

FORMS = ("zero", "one", "two", "few", "many", "other")
OF_ONE_NUMBER = FORMS[:3]


def template_file(root: Path) -> Path:
    """Where the template is."""
    return root / "locales" / "proxeny.pot"


def catalog_file(root: Path, language: str) -> Path:
    """Where a language's catalog is."""
    return root / "locales" / language / "LC_MESSAGES" / "proxeny.po"


def extracted(root: Path) -> Catalog:
    """The texts in the code."""
    catalog = Catalog(project="Proxeny", header_comment=HEADER, charset="utf-8")
    found = extract_from_dir(
        root / "bot",
        [("**.py", "python")],
        keywords=KEYWORDS,
        comment_tags=["Translators:"],
        directory_filter=lambda folder: Path(folder).name != "sandbox",
    )
    for file, line, text, comments, _context in sorted(found, key=lambda each: each[:2]):
        catalog.add(text, locations=[(f"bot/{file}", line)], auto_comments=comments)
    return catalog


def load(file: Path, language: str | None = None) -> Catalog:
    """A catalog as it is on disk, empty where there is none."""
    catalog = Catalog(locale=language, header_comment=HEADER, project="Proxeny", charset="utf-8")
    if file.exists():
        with file.open("rb") as source:
            catalog = read_po(source, locale=language)
    return catalog


def write(file: Path, catalog: Catalog) -> None:
    """Writes a catalog, unless only its dates would change."""
    made = io.BytesIO()
    write_po(
        made, catalog, width=100, ignore_obsolete=True, sort_by_file=True, include_lineno=False
    )
    text = made.getvalue().decode()
    if file.exists() and _undated(file.read_text("utf-8")) == _undated(text):
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def _undated(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith(DATES)]


def extract(root: Path) -> Catalog:
    """Writes the template and returns it."""
    template = extracted(root)
    write(template_file(root), template)
    return template


def update(root: Path) -> None:
    """Merges the code's texts into every language's catalog."""
    template = extract(root)
    for language, rule in PLURAL_RULES.items():
        catalog = load(catalog_file(root, language), language)
        catalog.mime_headers = [("Plural-Forms", rule)]
        catalog.update(template, no_fuzzy_matching=True)
        catalog.header_comment = HEADER
        write(catalog_file(root, language), catalog)


def check(root: Path) -> list[str]:
    """What is wrong, one line each."""
    template = extracted(root)
    on_disk = load(template_file(root))
    wrong = [*_not_literal(root), *_english(template)]
    if _ids(on_disk) != _ids(template):
        wrong.append("locales/proxeny.pot: not what the code says; run `make catalogs`")
    for language in PLURAL_RULES:
        catalog = load(catalog_file(root, language), language)
        wrong += [f"{language}: {finding}" for finding in _findings(language, catalog, template)]
    return wrong


def _ids(catalog: Catalog) -> set[object]:
    return {message.id for message in catalog if message.id}


def _texts(value: str | Sequence[str] | None) -> tuple[str, ...]:
    """A message's one text or its plural forms."""
    return (value or "",) if isinstance(value, str | None) else tuple(value)


def _short(message: Message) -> str:
    text = _texts(message.id)[0]
    return f"«{text[:57]}…»" if len(text) > 60 else f"«{text}»"


def _not_literal(root: Path) -> Iterator[str]:
    """Texts that can't be extracted, because the code puts them together."""
    for file in sorted((root / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            name = getattr(getattr(node, "func", None), "id", None)
            if not isinstance(node, ast.Call) or name not in KEYWORDS:
                continue
            texts = node.args[: 2 if name == "ngettext" else 1]
            if not all(isinstance(text, ast.Constant) for text in texts):
                yield f"{file.relative_to(root)}:{node.lineno}: {name}() needs a literal text"


def _english(template: Catalog) -> Iterator[str]:
    """The originals must be well-formed themselves."""
    for message in template:
        for text in _texts(message.id):
            for wrong in _malformed(text):
                yield f"en: {_short(message)}: {wrong}"


def _findings(language: str, catalog: Catalog, template: Catalog) -> Iterator[str]:
    rule = PLURAL_RULES[language]
    if catalog.plural_forms.rstrip(";") != _rule(rule).rstrip(";"):
        yield f"its Plural-Forms must be {rule}"
    for stale in (*catalog.obsolete.values(), *_unused(catalog, template)):
        yield f"{_short(stale)}: stale, the code no longer says it"
    for original in template:
        if not original.id:
            continue
        mine = catalog.get(original.id)
        if mine is None or mine.id != original.id or not any(_texts(mine.string)):
            yield f"{_short(original)}: missing"
        else:
            yield from (f"{_short(original)}: {wrong}" for wrong in _wrong(language, mine))


def _rule(header: str) -> str:
    """A plural rule as Babel prints it."""
    catalog = Catalog()
    catalog.mime_headers = [("Plural-Forms", header)]
    return catalog.plural_forms


def _unused(catalog: Catalog, template: Catalog) -> list[Message]:
    return [each for each in catalog if each.id and template.get(each.id) is None]


def _wrong(language: str, message: Message) -> Iterator[str]:
    """What is wrong with a message that is there."""
    if message.fuzzy:
        yield "fuzzy"
    originals, given = _texts(message.id), _texts(message.string)
    if len(originals) == 1:
        yield from differences(originals, given[0], frozenset())
        return
    tags = Locale.parse(language).plural_form.tags | {"other"}
    names = [name for name in FORMS if name in tags]
    for at, name in enumerate(names):
        if at >= len(given) or not given[at]:
            yield f"its form {name!r} is left out"
            continue
        free = frozenset({"n"} if name in OF_ONE_NUMBER else ())
        yield from (f"{name}: {each}" for each in differences(originals, given[at], free))


def differences(originals: tuple[str, ...], text: str, free: frozenset[str]) -> Iterator[str]:
    """How a translation strays from all of its originals; placeholders in `free` may be left out.

    Placeholders, HTML tags and the commands it names must be those of the original.
    """
    if wrong := list(_malformed(text)):
        yield from wrong
        return
    needed = _placeholders(originals[-1])
    if not needed - free <= _placeholders(text) <= needed:
        yield f"placeholders {_named(_placeholders(text))} instead of {_named(needed)}"
    for what, of in (("tags", _tags), ("commands", _commands)):
        if all(sorted(of(text)) != sorted(of(original)) for original in originals):
            yield f"{what} {_named(of(text))} instead of {_named(of(originals[-1]))}"


def _malformed(text: str) -> Iterator[str]:
    try:
        _placeholders(text)
    except ValueError as error:
        yield f"braces: {error}"
    opened: list[str] = []
    for tag in _tags(text):
        name = re.sub(r"[</>]|\s.*", "", tag)
        if not tag.startswith("</"):
            opened.append(name)
        elif not opened or opened.pop() != name:
            yield f"{tag} closes nothing"
            return
    if opened:
        yield f"<{opened[-1]}> is not closed"


def _placeholders(text: str) -> set[str]:
    return {name for _before, name, _spec, _how in Formatter().parse(text) if name is not None}


def _tags(text: str) -> list[str]:
    return re.findall(r"</?[a-z][^>]*>", text)


def _commands(text: str) -> list[str]:
    return re.findall(r"(?<![\w<&/.])/[a-z]+", text)


def _named(things: set[str] | list[str]) -> str:
    return ", ".join(sorted(things)) or "none"


def main() -> None:
    """The command line."""
    parser = ArgumentParser(prog="python -m tests.catalogs", description=__doc__)
    parser.add_argument("do", choices=("extract", "update", "check"))
    match parser.parse_args().do:
        case "extract":
            extract(ROOT)
        case "update":
            update(ROOT)
        case _:
            wrong = check(ROOT)
            for each in wrong:
                print(each)
            if wrong:
                sys.exit(f"{len(wrong)} findings in the catalogs")
            print(f"The catalogs are complete in {len(LANGUAGES)} languages.")


if __name__ == "__main__":
    main()
