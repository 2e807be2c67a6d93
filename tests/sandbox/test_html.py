"""Telegram's HTML: TDLib's own test cases, and what a reader is shown."""

import pytest

from bot.sandbox.drawing import drawn
from bot.sandbox.html import parse_html, utf16_length
from bot.sandbox.shapes import RefusedError
from bot.sandbox.text import found_entities, trimmed

# From TDLib, test/message_entities.cpp.
REFUSED = {
    "🏟 🏟&lt;<abacaba": "Unclosed start tag at byte offset 13",
    "🏟 🏟&lt;<abac aba>": 'Unsupported start tag "abac" at byte offset 13',
    "🏟 🏟&lt;<abac>": 'Unsupported start tag "abac" at byte offset 13',
    "🏟 🏟&lt;<i   =aba>": 'Empty attribute name in the tag "i" at byte offset 13',
    "🏟 🏟&lt;<i    aba>": 'Can\'t find end tag corresponding to start tag "i"',
    "🏟 🏟&lt;<i    aba  =  ": 'Unclosed start tag "i" at byte offset 13',
    "🏟 🏟&lt;<i    aba  =  190azAz-.,": "Unexpected end of name token at byte offset 27",
    '🏟 🏟&lt;<i    aba  =  "&lt;&gt;&quot;>': "Unclosed start tag at byte offset 13",
    "🏟 🏟&lt;<i    aba  =  '&lt;&gt;&quot;>": "Unclosed start tag at byte offset 13",
    "🏟 🏟&lt;</": "Unexpected end tag at byte offset 13",
    "🏟 🏟&lt;<b></b></": "Unexpected end tag at byte offset 20",
    "🏟 🏟&lt;<i>a</i   ": "Unclosed end tag at byte offset 17",
    "🏟 🏟&lt;<i>a</em   >": ('Unmatched end tag at byte offset 17, expected "</i>", found "</em>"'),
    "<p>x</p>": 'Unsupported start tag "p" at byte offset 0',
    "a < b": 'Unsupported start tag "" at byte offset 2',
    "<b>x": 'Can\'t find end tag corresponding to start tag "b"',
    "<a href": 'Unclosed start tag "a" at byte offset 0',
    "<span>x</span>": 'Tag "span" must have class "tg-spoiler" at byte offset 0',
    "&#xDFDF;": (
        "Text contains invalid Unicode characters after decoding HTML entities, "
        "check for unmatched surrogate code units"
    ),
}


@pytest.mark.parametrize(("text", "problem"), REFUSED.items())
def test_what_telegram_refuses(text: str, problem: str) -> None:
    with pytest.raises(RefusedError) as refused:
        parse_html(text)
    assert refused.value.description == f"Bad Request: can't parse entities: {problem}"


@pytest.mark.parametrize(
    ("text", "plain", "entities"),
    [
        ("", "", []),
        ("&ge;&lt;&gt;&amp;&quot;&laquo;&#33;", '&ge;<>&"&laquo;!', []),
        ("<b>🏟</b> <i>x</i>", "🏟 x", [("bold", 0, 2), ("italic", 3, 1)]),
        ("<b><i>x</i>y</b>", "xy", [("bold", 0, 2), ("italic", 0, 1)]),
        ("<b></b>x", "x", []),
        ("<code><b>x</b></code>", "x", [("code", 0, 1)]),
        ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", 0, 1)]),
        ("<span class='tg-spoiler'>s</span>", "s", [("spoiler", 0, 1)]),
        ("<A HREF=''>nowhere</A>", "nowhere", []),
    ],
)
def test_what_telegram_takes(text: str, plain: str, entities: list[tuple[str, int, int]]) -> None:
    found, marks = parse_html(text.replace("</A>", "</a>"))
    assert found == plain
    assert [(mark["type"], mark["offset"], mark["length"]) for mark in marks] == entities


def test_links_and_code_carry_what_they_need() -> None:
    _, [link] = parse_html('<a href="https://Example.org/A?b=1&amp;c=2">x</a>')
    assert link["url"] == "https://example.org/A?b=1&c=2"
    _, [mention] = parse_html('<a href="tg://user?id=77">x</a>')
    assert (mention["type"], mention["user"]["id"]) == ("text_mention", 77)
    _, [code] = parse_html('<pre><code class="language-python">x</code></pre>')
    assert (code["type"], code["language"]) == ("pre", "python")


def test_length_is_in_utf16_code_units() -> None:
    assert [utf16_length(text) for text in ("", "abc", "é", "🏟")] == [0, 3, 1, 2]


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<b>🏟 &lt;x&gt;</b>", "<b>🏟 &lt;x&gt;</b>"),
        ("<b><i>a</i>b</b>c", "<b><i>a</i>b</b>c"),
        ("<strong>a</strong><ins>b</ins>", "<b>a</b><u>b</u>"),
        ('<a href="https://e.org/?a=1&amp;b=&quot;">x</a>', None),
        ("<blockquote><b>q</b></blockquote>", None),
        ("<tg-spoiler>s</tg-spoiler><blockquote>q</blockquote>", None),
    ],
)
def test_a_reader_is_shown_the_same(markup: str, shown: str | None) -> None:
    assert drawn(*parse_html(markup)) == (shown or markup)


def test_nothing_a_person_types_becomes_markup() -> None:
    assert drawn("<script>alert(1)</script>", []) == "&lt;script&gt;alert(1)&lt;/script&gt;"
    overlapping = [
        {"type": "bold", "offset": 0, "length": 3},
        {"type": "italic", "offset": 2, "length": 9},
    ]
    assert drawn("abcdef", overlapping) == "<b>ab<i>c</i></b>def"
    script = {"type": "text_link", "offset": 0, "length": 1, "url": "javascript:alert(1)"}
    assert drawn("x", [script]) == "x"


def test_entities_telegram_finds_by_itself() -> None:
    text = "🏟 /start@some_bot see https://e.org/a, @maria and #peace or a@b.org"
    found = [
        text.encode("utf-16-le")[e["offset"] * 2 :][: e["length"] * 2].decode("utf-16-le")
        for e in found_entities(text)
    ]
    assert found == ["/start@some_bot", "https://e.org/a", "@maria", "#peace", "a@b.org"]


def test_space_round_a_text_goes_and_entities_move() -> None:
    bold = {"type": "bold", "offset": 0, "length": 6}
    assert trimmed("  ab  ", [bold]) == ("ab", [{"type": "bold", "offset": 0, "length": 2}])
    assert trimmed("\u2060\u200b ", [bold]) == ("", [])
