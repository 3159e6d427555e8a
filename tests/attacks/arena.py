"""Where attacks are graded, and what is looked at afterwards: files, processes, signals, memory."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import signal
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pytest

from grader.course.course import Course
from grader.errors import TierError
from grader.grading.grade import grade
from grader.learner.outside.sandbox import TIERS as EVERY_TIER
from grader.learner.outside.sandbox import Sandbox, possible_tiers
from grader.present.report_json import reports_json
from grader.present.report_text import render_report
from grader.present.style import Style
from grader.records import Limits, Outcome, Report, Submission

TIERS = [*reversed(possible_tiers())]
SANDBOXES: dict[str, Sandbox] = {}
FOLDER = Path(__file__).parent
HEADERS = {"what", "tiers", "ends", "ends-with", "exercise", "seconds", "again", "beats"}
SECRET_NAME = "ATTACK_SECRET"  # in the environment, with a value that looks like `attacked-<hex>`

# With other inputs, what an attack returns in place of an answer may happen to be right.
SEED = 1
MEMORY = 2**28
# What the trusted side may need besides: an answer is held as bytes and as arrays for a moment.
MAX_GROWTH = 2**28
MAX_REPORT = 50_000
# Signals that harm nobody: whoever may send one may send those that kill.
HARMLESS = (signal.SIGURG, signal.SIGWINCH)
# Handed in until a tier has started: before that, processes come and go.
NOTHING = Submission("f", "unit", "exercises/unit/f.py", b"")
HONEST = """
def FUNCTION(x, times=TIMES):
    if times < 0:
        raise ValueError("negative")
    return (x * times).astype(x.dtype)
"""
# An attack whose own line dies of one of these never reached what it was aimed at.
_MISTAKE = r"(?:Name|UnboundLocal|Syntax|Attribute|Type|Import|ModuleNotFound|Key|Index)Error\b"
_IN_MESSAGE = re.compile(rf"(?:The file could not be loaded\.\n)?{_MISTAKE}")
_IN_TRACEBACK = re.compile(rf'File "exercises/.*\n(?:    .*\n)*{_MISTAKE}')


def graded(
    course: Course,
    path: Path | Submission,
    tier: str,
    exercise: str = "double",
    seconds: float = 5.0,
) -> Report:
    """Grade a file as the answer to an exercise, in the one sandbox that there is of a tier."""
    limits = Limits(seconds=seconds, memory=MEMORY)
    report = grade(course, exercise, path, limits=limits, sandbox=opened(tier), seed=SEED)
    opened(tier).rest()  # nobody waits in the wings, to be taken for a survivor
    return report


def opened(tier: str) -> Sandbox:
    """Return the sandbox that all attacks on a tier are graded in, one after the other."""
    if tier not in SANDBOXES:
        try:
            sandbox = Sandbox(tier, warm=True)
            sandbox.expects_more = False
            sandbox.process_for(NOTHING, [], Limits()).end()  # from then on, none comes or goes
        except TierError as reason:
            pytest.skip(str(reason))
        SANDBOXES[tier] = sandbox
    return SANDBOXES[tier]


class Attack(NamedTuple):
    """A file that attacks, and what its first lines say about it."""

    path: Path
    headers: dict[str, str]

    @property
    def name(self) -> str:
        """Its family and its own name."""
        return f"{self.path.parent.name}-{self.path.stem}"

    @property
    def exercise(self) -> str:
        """The exercise that it is handed in for."""
        return self.headers.get("exercise", "double")

    @property
    def seconds(self) -> float:
        """The time it has; one that never ends should have little."""
        return float(self.headers.get("seconds", 5))

    def concerns(self, tier: str) -> bool:
        """Tell whether a tier promises to stop it."""
        return tier in self.headers.get("tiers", " ".join(EVERY_TIER)).split()


def read_attack(path: Path) -> Attack:
    """Read a file's headers: `# name: value` in each of its first lines, but for an encoding's."""
    headers: dict[str, str] = {}
    for line in path.read_text("utf-8").splitlines():
        if re.match(r"#.*coding[:=]", line):
            continue
        if not (found := re.fullmatch(r"# ([a-z-]+): (.+)", line)):
            break
        headers[found[1]] = found[2]
    return Attack(path, headers)


ATTACKS = [read_attack(path) for path in sorted(FOLDER.glob("*/*.py"))]


@dataclass
class Arena:
    """A course under attack and a folder that everybody may write to."""

    course: Course
    marker: Path
    signals: list[int] = field(default_factory=list)

    def lay(self, attack: Attack) -> Path:
        """Put an attack in its exercise's place, aimed at this very course and process."""
        source = attack.path.read_text("utf-8")
        for token, value in {
            "@MARKER@": str(self.marker),
            "@COURSE@": str(self.course.root),
            "@PID@": str(os.getpid()),
        }.items():
            source = source.replace(token, value)
        path = self.course.exercise_path(attack.exercise)
        path.write_text(source, "utf-8")
        return path

    def honest(self, tier: str, exercise: str = "double") -> Report:
        """Grade a right answer."""
        path = self.course.exercise_path(exercise)
        times = "4" if exercise == "quadruple" else "2"
        path.write_text(HONEST.replace("FUNCTION", exercise).replace("TIMES", times))
        return graded(self.course, path, tier, exercise)

    @contextlib.contextmanager
    def watched(self, tier: str) -> Iterator[None]:
        """Watch a grade, and complain of whatever it leaves behind or did to its surroundings."""
        opened(tier)
        files, processes, memory = snapshot(self.course.root), descendants(), forget_peak()
        yield
        left = settle(processes)
        grown = peak_memory() - memory
        assert not left, f"processes are left: {left}"
        assert snapshot(self.course.root) == files, "the course's files have changed"
        assert not list(self.marker.iterdir()), "something was planted"
        assert not self.signals, f"signals came: {self.signals}"
        assert grown < MAX_GROWTH, f"the trusted side grew by {grown >> 20} MB"


def inspect(report: Report) -> None:
    """Complain of a report that an attack got something out of."""
    found = report.outcome.value, report.diagnosis, [check.message for check in report.checks]
    assert report.outcome not in (Outcome.PASSED, Outcome.GRADER_ERROR), found
    assert report.points == 0, found
    assert "gained" not in report.printed, report.printed
    text = render_report(report, Style())
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", text), "control characters get out"
    assert max(len(text), len(reports_json([report]))) < MAX_REPORT


def spoken(report: Report) -> list[str]:
    """Return all that a report says in words, and what was printed."""
    checks = [str(check.message) for check in report.checks]
    return [*(str(said.message) for said in report.diagnosis), *checks, report.printed]


def died_of_a_mistake(report: Report) -> bool:
    """Tell whether an attack failed for no other reason than its being wrong itself."""
    said = any(map(_IN_MESSAGE.match, spoken(report)))
    return said or bool(_IN_TRACEBACK.search(report.printed))


def snapshot(folder: Path) -> dict[str, tuple[object, ...]]:
    """Return the rights, owners, dates and contents of all that is below a folder."""
    found: dict[str, tuple[object, ...]] = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        details: tuple[object, ...] = (status.st_mode, status.st_uid, status.st_gid)
        if stat.S_ISREG(status.st_mode):
            details += (status.st_nlink, status.st_mtime_ns, path.read_bytes())
        elif stat.S_ISLNK(status.st_mode):
            details += (os.readlink(path),)
        found[str(path.relative_to(folder))] = details
    return found


def adopt_orphans(yes: bool) -> None:
    """Let whoever loses its parent become a child of this process, where it can be found."""
    set_child_subreaper = 36
    assert ctypes.CDLL(None).prctl(set_child_subreaper, int(yes), 0, 0, 0) == 0


def descendants() -> dict[tuple[int, int], str]:
    """Return the living processes below this one: number and start, and what they run."""
    known: dict[int, tuple[int, int, str]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            name, _, rest = (entry / "stat").read_text().rpartition(")")
            state, parent, *fields = rest.split()
            if state not in "ZX":
                known[int(entry.name)] = int(parent), int(fields[17]), name
    below, grown = {os.getpid()}, 0
    while grown != (grown := len(below)):
        below |= {pid for pid, (parent, _, _) in known.items() if parent in below}
    below.discard(os.getpid())
    return {(pid, known[pid][1]): known[pid][2] for pid in below}


def settle(before: dict[tuple[int, int], str]) -> list[str]:
    """Return which processes are left that were not there before, and end them."""
    deadline = time.monotonic() + 5
    while (left := descendants().keys() - before.keys()) and time.monotonic() < deadline:
        time.sleep(0.02)
    names = [descendants().get(key, str(key[0])) for key in left]
    for pid, _ in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return names


def forget_peak() -> int:
    """Begin anew to watch for the most memory that this process holds; return what it holds."""
    get_dumpable, set_dumpable, libc = 3, 4, ctypes.CDLL(None)
    before = libc.prctl(get_dumpable, 0, 0, 0, 0)
    libc.prctl(set_dumpable, 1, 0, 0, 0)  # one that is closed does not even get at its own
    Path("/proc/self/clear_refs").write_text("5")
    libc.prctl(set_dumpable, before, 0, 0, 0)
    return _status("VmRSS")


def peak_memory() -> int:
    """Return the most bytes of memory that this process has held since."""
    return _status("VmHWM")


def _status(field: str) -> int:
    found = re.search(rf"^{field}:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
    assert found
    return int(found[1]) * 1024
