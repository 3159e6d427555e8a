"""One text in three forms: each shows what it says, and nothing in it is taken for a command."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from grader.present.prose_html import prose_html
from grader.present.prose_markdown import labelled_markdown, prose_markdown, words_markdown
from grader.present.prose_text import wrapped
from grader.present.readable import readable
from grader.present.style import Style
from grader.records.text import Code, Lines, Paragraph, Text, parse

STORY = "Use `a < b`,\nnot <i>:\n- one\n  more\n\n  apart\n- two\n\nThen:\n    if x:\n        y"
HOSTILE = "\x1b[2J \u202e \u2066 \u2028 \ud800 \U000e0041"


def test_text_is_wrapped_in_paragraphs() -> None:
    """Paragraphs are filled anew, lists and indented lines keep their shape."""
    assert wrapped("one two\nthree four five six\n\n- a b\n    code", 20) == [
        "one two three four",
        "five six",
        "",
        "- a b",
        "    code",
    ]
    assert wrapped("- one two three four\n  five\n\n  six seven eight nine\nten", 20) == [
        "- one two three four",
        "  five",
        "",
        "  six seven eight",
        "  nine",
        "ten",
    ]
    assert wrapped("one two: grader hint softmax", 20) == ["one two:", "grader hint softmax"]
    assert wrapped("- a\n- b", 20, "  ") == ["  - a", "  - b"]


def test_html_has_tags_of_ours_alone() -> None:
    """Blocks become elements, code within words too, and the first paragraph may be bold."""
    html = prose_html(STORY, is_headed=True)
    assert "<strong>Use <code>a &lt; b</code>,\nnot &lt;i&gt;:</strong></p>" in html
    assert html.count("<li>") == html.count("</li>") == 2
    assert ">if x:\n    y</pre>" in html


def test_markdown_shows_what_stands_there() -> None:
    """Signs of Markdown have no meaning outside of code, and programs cannot end their block."""
    words, code = prose_markdown(STORY).split("```text")
    assert words == "Use `a < b`, not \\<i>:\n\n- one more\n\n  apart\n- two\n\nThen:\n\n"
    assert code == "\nif x:\n    y\n```"
    assert prose_markdown("# *a* [b](c) _d_ e_f ~g~ `") == (
        "\\# \\*a\\* \\[b\\](c) \\_d\\_ e_f \\~g\\~ \\`"
    )
    assert prose_markdown("__init__ _ a__b") == "\\_\\_init\\_\\_ \\_ a\\_\\_b"
    assert prose_markdown("1. a") == "1\\. a"
    assert prose_markdown("a & b &#x202e; &lt;") == "a & b \\&#x202e; \\&lt;"
    odd = Text.of(Paragraph((Code("a`b"),)), Lines(("```", "c")))
    assert prose_markdown(odd) == "`` a`b ``\n\n````text\n```\nc\n````"


LIVE = "<script>alert(1)</script>"
ODD = [
    "{0}",
    "    {0}\n    {0}",
    " {0}",
    "    a\n\n{0}\n\n    {0}",
    "- {0}\n-     {0}",
    "\t{0}",
    "# {0}",
]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    "form",
    [
        prose_markdown,
        lambda text: labelled_markdown("**Comment:**", text),
        lambda text: f"# {words_markdown(text)}",
        lambda text: "- " + labelled_markdown("Answered:", text).replace("\n", "\n  "),
    ],
)
def test_nothing_in_markdown_is_alive(form: Callable[[str], str], odd: str) -> None:
    """What opens lines that keep their shape begins a line, wherever the text stands."""
    fence, live = "", []
    for line in form(odd.format(LIVE)).split("\n"):
        begins = re.sub(r"^(?:  |- )*", "", line)
        if fence:
            fence = "" if begins == fence else fence
        elif begins.startswith("```"):
            fence = begins.removesuffix("text")
        else:
            live += re.findall(r"(?<!\\)<.*|```.*", line)
    assert not live and not fence


@pytest.mark.parametrize("form", [prose_html, prose_markdown, lambda text: str(wrapped(text, 60))])
def test_what_cannot_be_seen_is_spelled_out(form) -> None:  # type: ignore[no-untyped-def]
    """Whatever block it stands in: nothing drives a terminal, turns the writing, or is lost."""
    blocks = Paragraph((HOSTILE, Code(HOSTILE))), Lines((HOSTILE,)), *parse(f"- {HOSTILE}").blocks
    shown = form(Text.of(*blocks))
    assert shown.replace("\n", "").isprintable()
    assert shown.count("u202e") == 4


def test_what_can_be_seen_stays() -> None:
    """Letters of any script, line ends and tabs."""
    assert readable("déjà · 注意\tλ\n") == "déjà · 注意\tλ\n"
    assert readable("a\x1b[0m\r\n\xa0\U000e0041") == "a\\x1b[0m\\x0d\n\\xa0\\U000e0041"


def test_names_and_lines_are_spelled_out_too() -> None:
    """What is painted, or folded, need not be looked at before."""
    assert Style().paint("a\u202eb", "bold") == "a\\u202eb"
    assert Style().fold("  a\x1bb") == ["  a\\x1bb"]
