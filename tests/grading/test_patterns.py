"""Patterns of a course find what Python's own find, in steps that pattern and text alone bound."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.grading.habits import _BUILT_IN, _read
from grader.grading.patterns import MAX_PATTERN, MAX_PROGRAM, Pattern, Steps

PLENTY = 10**9
# What is tried by Python in many ways: over and over, one inside the other, or one after the other.
SLOW = [
    ".*.*.*.?.?.?.?.?.?.?.?\n",
    "(a+)+b",
    "(a|a)*b",
    "(a|aa)+$(?<!a)",
    "((a*)*)*b",
    "(?P<x>a?){40}a{40}b",
    "[a-z]+[a-z]+[a-z]+7$",
    "(.*a){12}b",
    "(?:a*?a*?a*?)*?b",
    "(()|a)*b",
    "(?:a{1,9}){1,9}b",
]


def found_by_python(pattern: str, text: str) -> dict[str, str] | None:
    """Return the groups that are there, as `Pattern.search` returns them."""
    found = re.search(pattern, text)
    return found and {name: said for name, said in found.groupdict().items() if said is not None}


def _row(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Rows and choices of parts, in brackets, each with at least one character."""
    row = st.lists(parts, min_size=1, max_size=3).map("".join)
    return st.lists(row, min_size=1, max_size=3).map(lambda rows: f"(?:{'|'.join(rows)})")


ONES = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\w", r"\(", " ", "[]^-]", "]", "{", r"\s"])
REPEATS = st.sampled_from(
    ["*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{,2}", "{2,}", "{1,2}?"]
)
# A thing that is repeated has a character for sure: Python's own rules for nothing, repeated, are
# other ones from version to version.
SURE = st.recursive(ONES, _row, max_leaves=6)
PARTS = st.one_of(
    SURE,
    st.builds("{}{}".format, SURE, REPEATS),
    st.sampled_from(["^", "$", r"\b", r"\B", "(?=a)", "(?!b)", "(?<=a)", r"(?<![\w.])", ""]),
)
PATTERNS = st.lists(PARTS, min_size=1, max_size=5).map(
    lambda parts: "".join(f"(?P<g{n}>{part})" if n % 2 else part for n, part in enumerate(parts))
)


@settings(max_examples=300, deadline=None)
@given(PATTERNS, st.text("ab(. ]{\n", max_size=8))
def test_the_same_is_found_as_by_python(pattern: str, text: str) -> None:
    """Whether it fits, and what its groups found."""
    assert Pattern(pattern).search(text, Steps(PLENTY)) == found_by_python(pattern, text)


def test_most_of_our_own_could_be_a_courses() -> None:
    """Only that of MATLAB's product looks back at a group."""
    other = []
    for name, habit in _read(_BUILT_IN).items():
        for pattern in (habit.message, habit.line) if habit else ():
            try:
                Pattern(pattern)
            except ValueError:
                other.append(name)
    assert set(other) == {"star"}


@pytest.mark.parametrize("pattern", SLOW)
def test_no_place_is_tried_twice(pattern: str) -> None:
    """The steps are at most those of the pattern, at every place of the text."""
    for text in ("a" * 300, "ab" * 150, "a" * 150 + "\\" * 150):
        steps, read = Steps(PLENTY), Pattern(pattern)
        read.search(text, steps)
        assert PLENTY - steps.left <= len(read.program) * (len(text) + 1)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a*)\1",
        "(?P<a>a*)(?P=a)",
        "(?x)a b",
        "(?i:a)",
        "(?=a*b)",
        "(?!.{0,9}.{0,9}b)",
        "(?<!a|b)",
        "(a)?(?(1)b|c)",
        "a{301}",
        "a{1,300}" * 8,
        "((a{30}){30}){30}",
        "a" * (MAX_PATTERN + 1),
        "[]x]" * 120 + "(?=" + "[]x]" * 3,
    ],
)
def test_what_is_not_known_or_too_long_is_refused_at_once(pattern: str) -> None:
    """Whatever it unfolds to is counted before it is written out."""
    with pytest.raises((ValueError, re.error)):
        Pattern(pattern)


def test_nothing_at_all_is_written_out_as_often_as_one_likes() -> None:
    """A group of nothing takes no step, however often."""
    assert Pattern("((((){300}){300}){300}){300}").program == []
    assert len(Pattern("a{300}" * 6).program) <= MAX_PROGRAM


def test_once_the_steps_are_used_up_nothing_fits() -> None:
    """They are shared by all searches."""
    steps = Steps(10)
    assert Pattern("a+b").search("ab", steps) == {}
    assert Pattern("a+b").search("a" * 20 + "b", steps) is None and not steps.left
    assert Pattern("a").search("a", steps) is None
