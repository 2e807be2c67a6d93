"""The questions of a change of words: which language, which message, and the words themselves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from bot.domain.forms import Answers, Form, One, Option, Step, Words, Wrong
from bot.domain.replies import LanguageName, Value, _, lines, paragraphs
from bot.domain.wording import Message, checked, found, preview
from bot.i18n import LANGUAGES, messages

LONGEST = 2000
LONGEST_SEARCH = 100
LABEL = 60


def message_of(answers: Answers) -> Message | None:
    """The message that was chosen, if there is (still) one."""
    language, message = answers.get("language"), answers.get("message")
    return messages(str(language)).get(str(message)) if language in LANGUAGES else None


def words_of(answers: Answers, message: Message) -> list[str]:
    """The words that were written, one text or one for each plural form."""
    return [str(answers[f"words{n}"]) for n in range(len(message.forms))]


def form_of(answers: Answers, own: Sequence[str] | None) -> Form:
    """The questions, given the answers so far and the words the message has now, if others."""
    message = message_of(answers)
    forms = message.forms if message else ()
    return Form(
        "wording",
        (
            _language_step(),
            _search_step(str(answers.get("language") or LANGUAGES[0])),
            _message_step(answers),
            *(_words_step(n, forms, own) for n in range(len(forms))),
        ),
        intro=_("This is how it will look, with samples where I fill something in."),
        send=_("Save"),
    )


def _language_step() -> Step:
    options = tuple(Option(each, LanguageName(each)) for each in LANGUAGES)
    ask = _("In which language?")
    return Step("language", ask, One(options, width=2), _("Language"), renews=("search", *_AFTER))


_AFTER = ("message", *(f"words{n}" for n in range(6)))
"""The questions after the search; no language has more than six plural forms."""


def _search_step(language: str) -> Step:
    def known(text: str) -> str:
        if not found(messages(language).values(), text):
            raise Wrong(_("I do not say that anywhere. Please write other words of the message."))
        return text

    ask = _("Which message? Write a few words that are in it.")
    return Step("search", ask, Words(LONGEST_SEARCH, known), _("Searched for"), renews=_AFTER)


def _message_step(answers: Answers) -> Step:
    language, text = str(answers.get("language") or ""), answers.get("search")
    those = found(messages(language).values(), text) if text and language in LANGUAGES else []
    options = tuple(Option(each.id, _short(each.forms[0])) for each in those)
    told = (_("{n}. {words}", n=n, words=each.forms[0]) for n, each in enumerate(those, 1))
    ask = paragraphs(_("Which of these?"), lines(*told))
    show = _short_of(language)
    return Step("message", ask, One(options), _("Message"), show=show, renews=_AFTER[1:])


def _short_of(language: str) -> partial[Value]:
    def short(known: str, message_id: str) -> Value:
        message = messages(known).get(message_id)
        return _short(message.forms[0] if message else message_id)

    return partial(short, language)


def _short(words: str) -> str:
    return words if len(words) <= LABEL else words[: LABEL - 1] + "…"


def _words_step(n: int, forms: Sequence[str], own: Sequence[str] | None) -> Step:
    now = own[n] if own and n < len(own) else None
    ask = paragraphs(
        _("How should I say this?")
        if len(forms) == 1
        else _("How should I say this? It is form {n} of {count}.", n=n + 1, count=len(forms)),
        lines(_("<b>Usually</b>"), _("<code>{words}</code>", words=forms[n])),
        None if now is None else lines(_("<b>Now</b>"), _("<code>{words}</code>", words=now)),
        _("Keep what stands in braces as it is: I put something in its place."),
    )
    kind = Words(LONGEST, partial(_checked, forms[n]), paragraphs=True)
    return Step(f"words{n}", ask, kind, _("Words"), show=preview)


def _checked(usual: str, words: str) -> str:
    return checked(words, usual)


def preview_of(words: Sequence[str]) -> Value:
    """The words as they look, with samples."""
    return lines(*map(preview, words))
