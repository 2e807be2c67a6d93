"""What is in a column as its person reads it: no numbers of rows, nothing that others said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.checkins import KINDS
from bot.domain.disclosure import pseudonym
from bot.domain.forms import State
from bot.domain.interests import interest
from bot.domain.people import FIRST, LITTLE, WELL, Profile
from bot.domain.replies import LanguageName, Text, Value, _
from bot.domain.sessions import Arrangement
from bot.domain.tracks.answers import shown
from bot.domain.when_where import SLOTS, slot_named
from bot.store.mydata_about import About
from bot.store.mydata_kept import Whose

LEVELS: Mapping[int, Text] = {
    LITTLE: _("a little"),
    WELL: _("well"),
    FIRST: _("first language"),
}
STEPS: tuple[Text, ...] = (_("a pseudonym"), _("your name"), _("how to reach you"))
"""How far somebody shows who they are: domain.disclosure."""

SMALLEST_ID = 10**15
"""Row ids are larger, and nothing that people type into a form as a number is."""

OF_OTHERS = ("first", "code", *(f"message{number}" for number in range(5)))
"""Answers of forms that hold words, or codes, of others: messages that go with a report."""

Opener = Callable[[Any, About, Whose], Any]


def _profile(value: Any, about: About, _whose: Whose) -> dict[str, Any]:
    told = Profile.of(value)
    said = about.network.statements if about.network else None
    return {
        "languages": [
            _("{language}: {level}", language=LanguageName(code), level=LEVELS.get(level, level))
            for code, level in told.spoken.items()
        ],
        "time_zone": told.zone,
        "formats": list(told.formats),
        "place": told.place,
        "interests": [interest(each) for each in told.interests],
        "opinions": [
            {"question": _statement(said, at), "answer": answer}
            for at, answer in told.opinions.items()
        ],
        "free_times": [slot_named(each) for each in told.availability if each in SLOTS],
        "people_at_a_time": told.capacity,
    }


def _statement(said: list[str] | None, at: str) -> str:
    place = int(at)
    return (said[place] if said and place < len(said) else "") or str(place + 1)


def _form(value: Any, _about: About, _whose: Whose) -> dict[str, Any]:
    states = [value, *(each["state"] for each in value.get("aside", []))]
    answers = [
        {"question": key, "answer": kept}
        for state in states
        for key, answer in State.of(state).answers.items()
        if key not in OF_OTHERS and (kept := _typed(answer)) not in (None, "", [], {})
    ]
    return {"answers": answers}


def _typed(value: Any) -> Any:
    """An answer as it was given, without the numbers of rows."""
    match value:
        case dict():
            return {key: _typed(each) for key, each in value.items() if _typed(key)}
        case list():
            return [kept for each in value if (kept := _typed(each)) is not None]
        case str() if value.isdecimal() and int(value[:20]) >= SMALLEST_ID:
            return None
        case bool() | str():
            return value
        case int() | float():
            return value if abs(value) < SMALLEST_ID else None
    return None


def _to_track(value: Any, about: About, _whose: Whose) -> list[dict[str, Value]]:
    asked = {each.key: each for each in about.track.questions} if about.track else {}
    return [
        {
            "question": asked[key].label if key in asked else key,
            "answer": shown(asked[key], answer) if key in asked else str(answer),
        }
        for key, answer in value.items()
        if answer is not None
    ]


def _outcomes(value: Any, about: About, _whose: Whose) -> list[dict[str, Value]]:
    asked = {each.key: each.label for each in about.track.outcomes} if about.track else {}
    return [{"question": asked.get(key, key), "answer": each} for key, each in value.items()]


def _agenda(value: Any, _about: About, whose: Whose) -> dict[str, Any]:
    """What a session is about its leads wrote; one's own word on it is one's own."""
    told = Arrangement.of(value)
    can = [told.can[each] for each in whose.member_ids if each in told.can]
    agreed = bool(told.agreed & set(whose.member_ids))
    return {"you_can_come": can[0] if can else None, "you_agreed": agreed or None}


def _risk(value: Any, _about: About, _whose: Whose) -> dict[str, Any]:
    return {"risk": value.get("answer"), "risk_words": value.get("words")}


def _report(value: Any, _about: About, _whose: Whose) -> dict[str, Any]:
    """The messages that went with it may be another's."""
    return {"words": value.get("words"), "messages_added": len(value.get("messages") or [])}


def _checkin(value: Any, about: About, _whose: Whose) -> Value:
    known = KINDS.get(about.kind)
    return known.options.get(value, value) if known and isinstance(value, int) else str(value)


def _by_language(value: Any, _about: About, _whose: Whose) -> list[str]:
    words = value.get("texts", value) if isinstance(value, dict) else value
    found = words.values() if isinstance(words, dict) else words
    return [found] if isinstance(found, str) else [str(each) for each in found]


def _plain(value: Any, _about: About, _whose: Whose) -> str:
    return value if isinstance(value, str) else ""


def _to_translate(value: Any, _about: About, _whose: Whose) -> str:
    told = value.get("text") or value.get("words") if isinstance(value, dict) else value
    return str(told or "")


def _pseudonym(value: Any, _about: About, _whose: Whose) -> Text:
    return pseudonym(value)


def _step(value: Any, _about: About, _whose: Whose) -> Text:
    return STEPS[int(value)]


def _by_me(value: Any, _about: About, whose: Whose) -> bool:
    return value in whose.member_ids


OPENERS: Mapping[str, Opener] = {
    "members.profile": _profile,
    "forms.state": _form,
    "enrolments.answers": _to_track,
    "outcomes.answers": _outcomes,
    "matched.alias": _pseudonym,
    "matched.shows": _step,
    "matched.offers": _step,
    "meetings.agenda": _agenda,
    "meetings.proposed_by": _by_me,
    "logs.risk": _risk,
    "reports.words": _report,
    "checkin_answers.answer": _checkin,
    "pledges.words": _plain,
    "pulses.words": _by_language,
    "checkins.words": _by_language,
    "broadcasts.words": _by_language,
    "wordings.words": _by_language,
    "translations.words": _to_translate,
}
"""How what is in a column is put, where it is not given as it is."""
