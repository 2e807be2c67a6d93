"""Telegram's MarkdownV2, by the examples of the Bot API's documentation and TDLib's refusals."""

import pytest

from bot.sandbox.drawing import drawn
from bot.sandbox.markdown import parse_markdown
from bot.sandbox.shapes import RefusedError


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("*bold \\*text*", "<b>bold *text</b>"),
        ("_italic_ __under__ ~gone~", "<i>italic</i> <u>under</u> <s>gone</s>"),
        ("||secret||", "<tg-spoiler>secret</tg-spoiler>"),
        ("*a _b __c___ d*", "<b>a <i>b <u>c</u></i> d</b>"),
        ("[x](http://www.example.com/a\\)b)", '<a href="http://www.example.com/a)b">x</a>'),
        ("[you](tg://user?id=7)", '<a href="tg://user?id=7">you</a>'),
        ("`code *x*`", "<code>code *x*</code>"),
        ("```python\nprint(1)```", "<pre>print(1)</pre>"),
        (">a\n>b\nc", "<blockquote>a\nb\n</blockquote>c"),
        ("🏟 *x*", "🏟 <b>x</b>"),
        ("1\\. a\\-b\\!", "1. a-b!"),
    ],
)
def test_what_telegram_takes(text: str, shown: str) -> None:
    assert drawn(*parse_markdown(text)) == shown


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a.b", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("a | b", "Character '|' is reserved and must be escaped with the preceding '\\'"),
        ("🏟 *x", "Can't find end of Bold entity at byte offset 5"),
        ("`x", "Can't find end of Code entity at byte offset 0"),
        ("[x](http://e.org", "Can't find end of a URL at byte offset 3"),
        ("[x", "Can't find end of TextUrl entity at byte offset 0"),
    ],
)
def test_what_telegram_refuses(text: str, problem: str) -> None:
    with pytest.raises(RefusedError) as refused:
        parse_markdown(text)
    assert refused.value.description == f"Bad Request: can't parse entities: {problem}"
