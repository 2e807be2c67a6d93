"""By its letters, in which of the languages somebody speaks they may have written something."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

SCRIPTS = {
    **dict.fromkeys(("ar", "fa", "ur", "ps", "ckb"), "ARABIC"),
    **dict.fromkeys(("he", "yi"), "HEBREW"),
    "el": "GREEK",
    **dict.fromkeys(("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg", "mn"), "CYRILLIC"),
    "hy": "ARMENIAN",
    "ka": "GEORGIAN",
    **dict.fromkeys(("am", "ti"), "ETHIOPIC"),
    **dict.fromkeys(("hi", "mr", "ne"), "DEVANAGARI"),
    "bn": "BENGALI",
    "ta": "TAMIL",
    "si": "SINHALA",
    "my": "MYANMAR",
    **dict.fromkeys(("zh", "ja"), "CJK"),
    "ko": "HANGUL",
}
"""The letters a language is written in, by the first word of their names; Latin for all others."""


def script_of(text: str) -> str | None:
    """The letters most of a text is in, by the first word of their Unicode names."""
    names = (unicodedata.name(each, "") for each in text if each.isalpha())
    counted = Counter(name.partition(" ")[0] for name in names if name)
    return counted.most_common(1)[0][0] if counted else None


def written_in(text: str, spoken: Sequence[str]) -> list[str]:
    """Those of these languages (ISO 639 codes) whose letters a text is in."""
    script = script_of(text)
    return [code for code in spoken if SCRIPTS.get(code.partition("-")[0], "LATIN") == script]
