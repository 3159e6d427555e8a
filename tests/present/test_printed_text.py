"""What a learner's code printed: their own warnings, and not those of what they import."""

from __future__ import annotations

from grader.present.printed_text import printed_text
from grader.records import CaseResult, Outcome, Report

OWN = "exercises/u/masking.py:7: RuntimeWarning: divide by zero\n  np.log(0)\n"
OTHERS = "exercises/u/softmax.py:3: RuntimeWarning: overflow\n  np.exp(scores)\n"


def printed(text: str) -> str:
    """Return what is said to have been printed."""
    check = CaseResult("case", "f", Outcome.FAILED, 0.0, 1.0)
    path = "exercises/u/masking.py"
    return printed_text(Report("masking", path, Outcome.FAILED, (check,), printed=text))


def test_warnings_of_other_files_are_left_out() -> None:
    """Wherever they stand, with the line that they quote, and nothing else goes with them."""
    assert printed(f"a\n{OTHERS}b\n{OWN}{OTHERS}  c\n") == f"a\nb\n{OWN}  c\n"
    assert printed("exercises/u/softmax.py:3: UserWarning: old\nd\n") == "d\n"
    assert printed("softmax.py:3: not a warning\n") == "softmax.py:3: not a warning\n"
