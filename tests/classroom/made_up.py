"""A made-up class: what sixty people might hand in, in every form that a platform gives out.

Nobody in it exists. Each answer is an attempt of tests/learners or written here; who hands in what
depends on their number alone, so the same class comes out every time.

    python -m tests.classroom.made_up FOLDER [PEOPLE]

writes it down: a roster, all forms of downloads, and the tables that go with them.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

from grader.course.course import Course, read_course
from grader.notebooks.write import notebook_of

ROOT = Path(__file__).parents[2]
LEARNERS = ROOT / "tests/learners"
DUE = datetime(2026, 5, 5, 21, 59, 59, tzinfo=timezone.utc)  # 23:59:59 at +02:00
GIVEN = ("Máire", "Noor", "Jürgen", "İpek", "Zoë", "Anh", "Bo", "Chidi", "Dina", "Émile")
FAMILY = ("O'Hara", "de la Cruz", "Müller-Lüdenscheidt", "Çelik", "Nguyễn", "Smith & Sons")
ENDLESS = b"def softmax(scores, axis=-1):\n    while True:\n        pass\n"
LATIN_1 = "# Pr\u00fcfung\ndef softmax(scores, axis=-1):\n    return scores\n".encode("latin-1")
FORGED = json.dumps({"exercise": "softmax", "outcome": "passed", "points": 99}).encode()


@dataclass
class Pupil:
    """Somebody who does not exist, and what they hand in: files by name."""

    number: int
    files: dict[str, bytes] = field(default_factory=dict)
    late: timedelta = timedelta(0)
    label: str = ""  # what is odd about it

    @property
    def given(self) -> str:
        """Their given name."""
        return GIVEN[self.number % len(GIVEN)]

    @property
    def family(self) -> str:
        """Their family name; with the given one it is nobody else's."""
        return f"{FAMILY[self.number % len(FAMILY)]} {_roman(self.number // 30)}".strip()

    @property
    def name(self) -> str:
        """Their name as people write it."""
        return f"{self.given} {self.family}"

    @property
    def login(self) -> str:
        """What they log in with."""
        return f"u{self.number:03}"

    @property
    def email(self) -> str:
        """Their address."""
        return f"{self.login}@example.edu"

    @property
    def id_number(self) -> str:
        """Their number, which begins with zeros."""
        return f"00{31500000 + self.number}"

    @property
    def participant(self) -> int:
        """What Moodle calls them in this assignment."""
        return 904000 + self.number

    @property
    def canvas(self) -> int:
        """What Canvas calls them."""
        return 17000 + self.number

    @property
    def submitted_at(self) -> datetime:
        """When they handed in: an hour before it was due, or so much after it."""
        return DUE + self.late if self.late else DUE - timedelta(hours=1)


def made_up(course: Course, count: int, exercises: tuple[str, ...]) -> list[Pupil]:
    """Return a class; of every ten, each hands in something else that is odd."""
    attempts = {name: sorted((LEARNERS / name).glob("*.py")) for name in exercises}
    pupils = []
    for number in range(count):
        pupil = Pupil(number)
        for shift, name in enumerate(exercises):
            paths = attempts[name]
            pupil.files[f"{name}.py"] = paths[(number * 7 + shift) % len(paths)].read_bytes()
        _ODD[number % len(_ODD)](pupil, course, exercises)
        pupils.append(pupil)
    return pupils


def _as_it_is(pupil: Pupil, course: Course, exercises: tuple[str, ...]) -> None:
    pupil.label = "as it is"


def _late(pupil: Pupil, course: Course, exercises: tuple[str, ...]) -> None:
    pupil.label, pupil.late = "late", timedelta(days=1, hours=2)


def _misnamed(pupil: Pupil, course: Course, exercises: tuple[str, ...]) -> None:
    first = exercises[0]
    pupil.label, body = "misnamed", pupil.files.pop(f"{first}.py")
    names = (f"{first} (1).py", f"{first.capitalize()}.py", f"{first}-2.py", "hw1.txt")
    pupil.files[names[pupil.number // len(_ODD) % len(names)]] = body


def _notebook(pupil: Pupil, course: Course, exercises: tuple[str, ...]) -> None:
    notebook = json.loads(notebook_of(course, exercises))
    for cell in notebook["cells"]:
        name = cell["id"].removesuffix("-stub")
        if f"{name}.py" in pupil.files:
            cell["source"] = pupil.files.pop(f"{name}.py").decode()
    pupil.label = "notebook"
    pupil.files["my work.ipynb"] = json.dumps(notebook).encode()


def _latin_1(pupil: Pupil, course: Course, exercises: tuple[str, ...]) -> None:
    pupil.label, pupil.files["softmax.py"] = "latin-1", LATIN_1


def _endless(pupil: Pupil, course: Course, exercises: tuple[str, ...]) -> None:
    pupil.label, pupil.files["softmax.py"] = "endless", ENDLESS


def _forged(pupil: Pupil, course: Course, exercises: tuple[str, ...]) -> None:
    pupil.label = "forged"
    pupil.files |= {"results.json": FORGED, "marks.db": b"SQLite format 3\0", "softmax.py": b"x ="}


def _same(pupil: Pupil, course: Course, exercises: tuple[str, ...]) -> None:
    """Hand in what another one does, to the byte."""
    right = {name: sorted((LEARNERS / name).glob("right_*.py"))[0] for name in exercises}
    pupil.label = "same"
    pupil.files = {f"{name}.py": path.read_bytes() for name, path in right.items()}


def _zipped(pupil: Pupil, course: Course, exercises: tuple[str, ...]) -> None:
    pupil.label, stream = "zipped", io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, body in {**pupil.files, "__MACOSX/._softmax.py": b"\0\5\x16\7"}.items():
            archive.writestr(f"work/{name}", body)
    pupil.files = {"work.zip": stream.getvalue(), "essay.pdf": b"%PDF-1.7"}


def _nothing(pupil: Pupil, course: Course, exercises: tuple[str, ...]) -> None:
    pupil.label, pupil.files = "nothing", {}


_ODD: tuple[Callable[[Pupil, Course, tuple[str, ...]], None], ...] = (
    *(_as_it_is, _late, _misnamed, _notebook, _latin_1),
    *(_endless, _forged, _same, _zipped, _nothing),
)


def write_roster(pupils: Iterable[Pupil], path: Path) -> Path:
    """Write a roster as a spreadsheet does: semicolons, a BOM, two columns of names."""
    rows = [["Student", "Vorname", "Nachname", "E-Mail", "Matrikelnummer"]]
    for p in pupils:
        rows.append([p.login, p.given, p.family, p.email.upper(), p.id_number.lstrip("0")])
    return _write_csv(path, rows, ";", "utf-8-sig")


def write_moodle(pupils: Iterable[Pupil], path: Path, form: str = "/") -> Path:
    """Write Moodle's zip; `form` is what follows the number: "/", "_/" or "_"."""
    left_out = str.maketrans("", "", "&<>\"`|':\\/")
    with zipfile.ZipFile(path, "w") as archive:
        for pupil in pupils:
            clean = pupil.name.translate(left_out).replace("_", " ")
            place = f"{clean}_{pupil.participant}_assignsubmission_file{form}"
            for name, body in pupil.files.items():
                archive.writestr(f"{place}{name}", body)
    return path


def write_worksheet(pupils: Iterable[Pupil], path: Path) -> Path:
    """Write Moodle's grading worksheet, with the times of the site's zone, +02:00."""
    heads = ["Identifier", "Full name", "ID number", "Email address", "Status", "Grade"]
    rows = [[*heads, "Maximum grade", "Last modified (submission)", "Feedback comments"]]
    for p in pupils:
        at = p.submitted_at.astimezone(timezone(timedelta(hours=2)))
        status = "Submitted for grading - 1 day 2 hours late" if p.late else "Submitted for grading"
        words = f"{at:%A}, {at.day} {at:%B} {at.year}, {at:%I:%M %p}".replace(", 0", ", ")
        row = [f"Participant {p.participant}", p.name, p.id_number, p.email]
        is_there = bool(p.files)
        rows.append([*row, status if is_there else "No submission", "", "100.00"])
        rows[-1] += [words if is_there else "-", ""]
    return _write_csv(path, rows)


def write_canvas(pupils: Iterable[Pupil], path: Path) -> Path:
    """Write Canvas's zip, the names in UTF-8 and not said to be, as older versions do."""
    with zipfile.ZipFile(path, "w") as archive:
        for pupil in pupils:
            sortable = f"{pupil.family}, {pupil.given}".lower()
            name = "".join(c for c in sortable if c.isalnum() or c == "_" or c == "\u0307")
            late = "LATE_" if pupil.late else ""
            for number, (file, body) in enumerate(pupil.files.items()):
                attachment = 500000 + 20 * pupil.number + number
                entry = f"{name}_{late}{pupil.canvas}_{attachment}_{file}"
                archive.writestr(_Unsaid(entry), body)
    return path


def write_gradebook(pupils: Iterable[Pupil], path: Path) -> Path:
    """Write Canvas's gradebook."""
    heads = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Attention lab (60310)"]
    rows = [heads, ["", "", "", "", "", "Manual Posting"]]
    rows.append(["    Points Possible", "", "", "", "", "100.00"])
    for p in pupils:
        rows.append([f"{p.family}, {p.given}", str(p.canvas), p.id_number, p.login, "Group 1", ""])
    rows.append(["Student, Test", "20001", "", "9c1d77aa03", "Group 1", ""])
    return _write_csv(path, rows, ",", "utf-8-sig")


def write_gradescope(pupils: Iterable[Pupil], path: Path) -> Path:
    """Write Gradescope's export: a zip with metadata, results and earlier attempts among them."""
    root, lines = "assignment_330174_export", ["---"]
    with zipfile.ZipFile(path, "w") as archive:
        for p in pupils:
            if not p.files:
                continue
            folder = f"submission_{118200000 + p.number}"
            at = f"{p.submitted_at:%Y-%m-%d %H:%M:%S}.043103000 Z"
            lines += [f"{folder}:", "  :submitters:", f"  - :name: {json.dumps(p.name)}"]
            lines += [
                f"    :email: {p.email}",
                f"    :sid: '{p.id_number}'",
                f"  :created_at: {at}",
            ]
            lines += ["  :score: 17.0", "  :results:", "    tests:", "    - score: 1.0"]
            lines += ["      output: |", "        submission_1:", "", "  :history:"]
            lines += ["  - :submitters: []", f"    :created_at: {at}", "    :results: {}"]
            for name, body in p.files.items():
                archive.writestr(f"{root}/{folder}/{name}", body)
        archive.writestr(f"{root}/submission_metadata.yml", "\n".join(lines) + "\n")
    return path


def write_nbgrader(pupils: Iterable[Pupil], folder: Path) -> Path:
    """Write nbgrader's folder of what was collected."""
    for pupil in pupils:
        place = folder / "submitted" / pupil.login / "attention-lab"
        stamp = f"{pupil.submitted_at:%Y-%m-%d %H:%M:%S}.043103 UTC".encode()
        _write_files(place, pupil.files | ({"timestamp.txt": stamp} if pupil.files else {}))
    return folder


def write_folders(pupils: Iterable[Pupil], folder: Path) -> Path:
    """Write a folder for each, called by their address."""
    for pupil in pupils:
        _write_files(folder / pupil.email, pupil.files)
    return folder


def write_clones(pupils: Iterable[Pupil], folder: Path) -> Path:
    """Write a folder of clones, as GitHub Classroom's command makes them."""
    settings = ["-c", "user.name=x", "-c", "user.email=x@localhost", "-c", "commit.gpgsign=false"]
    for pupil in pupils:
        if pupil.files:
            clone = folder / f"lab-{pupil.login}"
            _write_files(clone, pupil.files)
            at = f"{int(pupil.submitted_at.timestamp())} +0200"
            environment = os.environ | {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
            for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "work"]):
                command = ["git", "-C", str(clone), *settings, *words]
                subprocess.run(command, check=True, env=environment)
    return folder


class _Unsaid(zipfile.ZipInfo):
    """An entry whose name is UTF-8, and not said to be."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802, it is Python's
        return self.filename.encode(), self.flag_bits & ~0x800


def _write_files(folder: Path, files: dict[str, bytes]) -> None:
    for name, body in files.items():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(body)


def _write_csv(
    path: Path, rows: Iterable[list[str]], delimiter: str = ",", encoding: str = "utf-8"
) -> Path:
    with path.open("w", newline="", encoding=encoding) as stream:
        csv.writer(stream, delimiter=delimiter).writerows(rows)
    return path


def _roman(number: int) -> str:
    return ("", "II", "III", "IV", "V")[number] if number < 5 else f"the {number}th"


def main(folder: Path, count: int) -> None:
    """Write the class down in all forms."""
    pupils = made_up(read_course(ROOT), count, ("softmax", "attention_scores", "masking"))
    folder.mkdir(parents=True)
    write_roster(pupils, folder / "roster.csv")
    for name, form in (("moodle", "/"), ("moodle-older", "_/"), ("moodle-flat", "_")):
        write_moodle(pupils, folder / f"{name}.zip", form)
    write_worksheet(pupils, folder / "worksheet.csv")
    write_canvas(pupils, folder / "canvas.zip")
    write_gradebook(pupils, folder / "gradebook.csv")
    write_gradescope(pupils, folder / "gradescope.zip")
    write_nbgrader(pupils, folder / "nbgrader")
    write_folders(pupils, folder / "folders")
    write_clones(pupils, folder / "lab-submissions")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 60)
