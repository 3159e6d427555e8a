"""Grading on every save: the sandbox waits for the file to change, and the report follows.

The sandbox is a warm one, so a save finds NumPy imported already. Files that are half saved,
replaced, deleted or broken are ordinary events: each is a report like any other.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from grader.course.course import Course
from grader.course.next_steps import first_open
from grader.course.progress import Progress
from grader.errors import UsageError
from grader.grading.examiner import load_definition
from grader.grading.grade import exit_code, grade
from grader.learner.outside.sandbox import Sandbox
from grader.present.hint_text import render_hint
from grader.present.next_step_text import GradedBy, say_after
from grader.present.report_text import render_report
from grader.present.short_report_text import SCREEN, short_report
from grader.present.style import Style
from grader.present.watch_text import render_case, render_foot, render_page
from grader.records import Outcome, Report
from grader.terminal.commands.map import map_of
from grader.terminal.grading_session import following_step, record
from grader.terminal.keys import ReadKey

POLL_SECONDS = 0.02
LISTENING_SECONDS = 1.0  # where a save wakes us, looking is only for those that were missed
SETTLE_SECONDS = 0.01

Stamp = tuple[int, int, int] | None


@dataclass
class Watch:
    """One session of watching: which exercise, its last report, and what is on the screen.

    `show` puts up a screen in place of the last one, and `note` adds a line below it.
    """

    course: Course
    progress: Progress
    style: Style
    show: Callable[[str], None]
    note: Callable[[str], None]
    name: str
    sandbox: Sandbox
    pause: float = POLL_SECONDS
    report: Report | None = None
    _seen: Stamp = None
    _page: int = 0

    def run(self, read_key: ReadKey) -> int:
        """Grade on every save until `q` is pressed; return the exit code of the last report."""
        self._regrade()
        while (key := read_key(self.pause)) != "q":
            self._press(key)
            if stamp(self.path) != self._seen:
                self._regrade()
        return exit_code([self.report] if self.report else [])

    @property
    def path(self) -> Path:
        """The file that is watched."""
        return self.course.exercise_path(self.name)

    def _regrade(self) -> None:
        self._seen, began = settled(self.path), time.time_ns()
        self.note(f"Grading {self.name} ...")
        self.report = grade(self.course, self.name, sandbox=self.sandbox)
        self._page = 0
        following, trouble = self._recorded(self.report, began)
        step = say_after(self.report, GradedBy.SAVE, following)
        self._draw(short_report(self.report, self.style, step, min(SCREEN, self._room), "press c"))
        if trouble:
            self.note(trouble)

    def _recorded(self, report: Report, began: int) -> tuple[str, str]:
        """Record a report; return what comes next, or why nobody knows: the report can be read."""
        try:
            record(self.course, self.progress, report, began)
            return following_step(self.course, self.progress, report), ""
        except UsageError as error:
            return "", str(error)

    def _press(self, key: str | None) -> None:
        actions = {
            "n": self._go_on,
            "h": self._hint,
            "s": self._case,
            "c": self._checks,
            "l": self._list,
        }
        if key in actions:
            try:
                actions[key]()
            except UsageError as error:  # of the record, say: the next save may find it whole
                self.note(str(error))

    def _go_on(self) -> None:
        """Go to what comes next: the first exercise that is not passed, or the one after this."""
        names = self.course.exercises
        following = names[(names.index(self.name) + 1) % len(names)]
        passed = self.report and self.report.outcome is Outcome.PASSED
        self.name = (first_open(self.course, self.progress) if passed else None) or following
        self._regrade()

    def _hint(self) -> None:
        definition = load_definition(self.course, self.name)
        self._draw(render_hint(definition, self.progress.take_hint(self.name), self.style))

    def _case(self) -> None:
        if self.report:
            self._draw(render_case(self.report, self.style, self._room))

    def _checks(self) -> None:
        if self.report:
            text = render_report(self.report, self.style)
            self._draw(render_page(text, self._page, self._room))
            self._page += 1

    def _list(self) -> None:
        self._draw(map_of(self.course, self.progress, self.style))

    def _draw(self, text: str) -> None:
        self.show(f"{text}\n\n{self._end()}")

    @property
    def _room(self) -> int:
        """How many lines the screen has, less its end, what stands around that, and the cursor."""
        if self.style.height is None:
            return sys.maxsize
        return max(self.style.height - self._end().count("\n") - 3, 5)

    def _end(self) -> str:
        unkept, _, _ = self.progress.notice.partition("\n")  # what to do about it was said before
        notices = filter(None, (unkept, self.sandbox.notice))
        wrapped = ["\n".join(self.style.wrap(notice)) for notice in notices]
        return "\n\n".join([*wrapped, render_foot(self.style)])


def stamp(path: Path) -> Stamp:
    """Return what changes when a file is saved, or None where there is no file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def settled(path: Path) -> Stamp:
    """Wait until a file that is being saved stays as it is for a moment, and return its stamp."""
    before = stamp(path)
    for _ in range(50):
        time.sleep(SETTLE_SECONDS)
        after = stamp(path)
        if after == before and after is not None:
            break
        before = after
    return before
