"""What a learner's code printed, without the warnings of files that are not being graded."""

from __future__ import annotations

import re

from grader.records import Report

# As Python writes one: the place, the message, and the line of the file further in.
_WARNING = re.compile(r"^(\S.*?):\d+: \w*Warning: .*\n?(?:  \S.*\n?)?", re.MULTILINE)


def printed_text(report: Report) -> str:
    """Return what was printed in a grade, and of warnings those of the file that is graded.

    An earlier exercise that is imported may warn as well. That was said when it was graded itself.
    """

    def of_this_file(warning: re.Match[str]) -> str:
        return warning[0] if warning[1] == report.path else ""

    return _WARNING.sub(of_this_file, report.printed)
