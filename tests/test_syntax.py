"""What others wrote is taken apart in time and memory that grow as it does."""

from __future__ import annotations

import pytest

from grader.syntax import symbols_of, tree_of


@pytest.mark.parametrize(
    "source",
    [
        "import a" + ".a" * 500,
        "from a" + " . a" * 500 + " import b",
        "import b, a" + ".\\\n a" * 500,
        "x = 1; import é" + ".é" * 500 + " as b",
        *(f"import a{f'.{name}' * 500}" for name in ("\u2118", "a\u00b7", "e\u0301", "\u212ea")),
    ],
)
def test_a_name_of_very_many_parts_is_refused(source: str) -> None:
    """Python puts it together anew for each: one of 100 kB took gigabytes."""
    for read in (tree_of, symbols_of):
        with pytest.raises(ValueError, match="more than 100 parts"):
            read(source)


@pytest.mark.parametrize(
    "source", ["import a" + ".b" * 90, "x = '" + ".5 " * 500 + "'", "a" + ".b()" * 150]
)
def test_what_people_write_has_fewer(source: str) -> None:
    """Numbers without a zero in front are no names, and calls no parts of one."""
    assert tree_of(source).body
