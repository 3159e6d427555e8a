"""Lines of learners' files, which are asked for again and again, and kept only so long."""

from __future__ import annotations

from grader.grading.tracebacks import _KeptLines


def test_the_lines_that_are_kept_are_bounded_by_their_bytes() -> None:
    """However many files there are, and one that is larger than all that is kept is kept alone."""
    kept = _KeptLines(most=1000)
    for size in (1, 100, 450):
        for n in range(200):
            source = f"{n:03}\n".encode() + b"x\n" * size
            assert kept.of(source) == [f"{n:03}", *["x"] * size, ""]
            assert kept.of(source) is kept.of(source)
            assert sum(map(len, kept._kept)) <= 1000
    larger = b"\n" * 5000
    assert kept.of(larger) is kept.of(larger)
    assert list(kept._kept) == [larger]
    small = [kept.of(b"a\nb"), kept.of(b"c")]
    assert small == [["a", "b"], ["c"]]
    assert list(kept._kept) == [b"a\nb", b"c"]


def test_what_was_asked_for_last_is_kept() -> None:
    """The file of the frame above, and not the one that came first."""
    kept = _KeptLines(most=10)
    first = kept.of(b"1234\n")
    kept.of(b"56\n")
    assert kept.of(b"1234\n") is first
    kept.of(b"7890")
    assert list(kept._kept) == [b"1234\n", b"7890"]
