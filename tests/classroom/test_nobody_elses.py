"""Whatever a stranger calls themselves, types in or calls a file: what others get is as without."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timezone
from pathlib import Path
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.classroom.bounds import Work
from grader.classroom.hand_ins.entries import Entry
from grader.classroom.hand_ins.forms import FORMS
from grader.classroom.intake import match_all, read_downloads
from grader.classroom.marks.platform_ids import save_tables
from grader.classroom.marks.store import File, Store
from grader.classroom.people.platform_tables import platform_table
from grader.classroom.people.roster import read_people
from grader.classroom.people.tables import read_table
from grader.course.course import Course
from tests.classroom import made_up
from tests.classroom.made_up import Pupil

COUNT = 4  # of a class without strangers
COLUMNS = ("name", "email", "id_number", "login")
FORM = {
    "moodle": (made_up.write_moodle, made_up.write_worksheet),
    "canvas": (made_up.write_canvas, made_up.write_gradebook),
    "gradescope": (made_up.write_gradescope, None),
}


@dataclass
class Stranger(Pupil):
    """Somebody who chooses a name, and types in an id number."""

    name: str = ""
    id_number: str = ""

    @property
    def given(self) -> str:
        """All but the last word, or what comes after a comma."""
        family, comma, given = self.name.partition(",")
        return given.strip() if comma else self.name.rpartition(" ")[0]

    @property
    def family(self) -> str:
        """The last word, or what comes before a comma."""
        return self.name.partition(",")[0] if "," in self.name else self.name.rpartition(" ")[2]


class Step(NamedTuple):
    """What an instructor has read, one after the other; `strangers` also hand in there."""

    form: str
    has_table: bool
    roster: Sequence[str]
    strangers: Sequence[Stranger]


class PlainReader:
    """Takes every file for an answer."""

    kind, version, forms, loose = "", "1", FORMS, ()

    def sees(self, entry: Entry) -> bool:
        """Look at it."""
        return True

    def most(self, entry: Entry) -> int:
        """Return what is more than a line."""
        return 1000

    def files(self, entries: Sequence[Entry], work: Work | None = None) -> Iterable[File]:
        """Yield what is in each."""
        for entry in entries:
            yield File(entry.path, "softmax", "", entry.read(1000))


@st.composite
def strangers(draw: st.DrawFn, number: int) -> Stranger:
    """Draw somebody who would be taken for another one."""
    other = Pupil(draw(st.integers(0, COUNT - 1)))
    plain = f"{other.family}{other.given}".lower()
    theirs = [other.name, f"{other.family}, {other.given}", other.name.upper(), other.login]
    theirs += [other.email, other.id_number, str(other.canvas), f"Participant {other.participant}"]
    theirs += [f"{other.name}_{other.canvas}_500000_a", f"{plain}_{other.canvas}_500001"]
    own = f"Mallory {number}"
    stranger = Stranger(
        number,
        name=draw(st.sampled_from([own, *theirs, "", "anon", "n/a"])),
        id_number=draw(st.sampled_from(["", "n/a", "00666", other.id_number, *theirs[3:7]])),
    )
    file = draw(
        st.sampled_from(
            [
                *("softmax.py", "submission_metadata.yml", "timestamp.txt"),
                f"{plain}_{other.canvas}_500000_softmax.py",
                f"x_{other.canvas}_500000_softmax.py",
                f"{other.name}_{other.participant}_assignsubmission_file_softmax.py",
            ]
        )
    )
    stranger.files = {file: b"stranger"}
    return stranger


@st.composite
def steps(draw: st.DrawFn) -> list[Step]:
    """Draw what is read: the roster is the same each time that it is named."""
    pair = [draw(strangers(COUNT)), draw(strangers(COUNT + 1))]
    columns = draw(st.permutations(COLUMNS))[: draw(st.integers(1, len(COLUMNS)))]
    found = []
    for _ in range(draw(st.integers(1, 3))):
        there = draw(st.sampled_from([pair, pair[:1], pair[1:]]))
        named = columns if draw(st.booleans()) else []
        found.append(Step(draw(st.sampled_from([*FORM])), draw(st.booleans()), named, there))
    return found


def whose(course: Course, folder: Path, every: Sequence[Step], with_strangers: bool) -> set[Owned]:
    """Return who has which answers, and which of these are listed as nobody's on the roster."""
    pupils = [Pupil(number, {"softmax.py": f"{number}".encode()}) for number in range(COUNT)]
    known = {each.number: each for step in every for each in step.strangers}
    with Store(folder / "marks", make=True) as store:
        for number, step in enumerate(every):
            place = folder / str(number)
            place.mkdir()
            write, write_table = FORM[step.form]
            there = [*pupils, *(step.strangers if with_strangers else ())]
            paths, tables = [write(there, place / "class.zip")], []
            if step.has_table and write_table:
                # What a school's own table says of their numbers is true.
                true = [replace(each, id_number=f"006{n}") for n, each in known.items()]
                paths.append(write_table([*pupils, *true], place / "table.csv"))
            if step.roster:
                rows = [[getattr(each, column) for column in step.roster] for each in pupils]
                heads = [column.replace("_", " ") for column in step.roster]
                table = read_table(made_up._write_csv(place / "roster.csv", [heads, *rows]))
                store.save_roster(read_people(table))
                tables.append(table)
            reading = read_downloads(
                *(course, store, paths, timezone.utc, step.form),
                reader=PlainReader(),
                told_of_table=tables.append,
            )
            assert len([*reading]) == 1
            save_tables(store, filter(None, map(platform_table, tables)))
            match_all(store)
        return {
            Owned(*row)
            for row in store.rows(
                "SELECT p.id, IIF(p.position IS NULL, '', p.student), a.body, h.unmatched"
                " FROM owners o JOIN people p ON p.id = o.person JOIN hand_ins h"
                " ON h.id = o.hand_in JOIN files f ON f.hand_in = h.id"
                " JOIN answers a ON a.hash = f.answer"
            )
        }


class Owned(NamedTuple):
    """An answer, who has it, who that is on the roster, and why it is nobody's there."""

    person: int
    student: str
    body: bytes
    why: str


@settings(max_examples=max(25, settings().max_examples // 2))
@given(steps())
def test_a_stranger_changes_nothing_about_others(course: Course, every: list[Step]) -> None:
    """Their answers are the same people's, or listed with the reason; nobody has the stranger's."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        without = whose(course, Path(one), every, False)
        found = whose(course, Path(two), every, True)
    strangers_rows = {each.person for each in found if each.body == b"stranger"}
    assert not [e for e in found if e.person in strangers_rows and e.body != b"stranger"]
    before = {(each.student, each.body) for each in without}
    after = {(each.student, each.body) for each in found if each.body != b"stranger"}
    assert {pair for pair in after if pair[0]} <= before
    listed = {each.body for each in found if each.why}
    assert all(body in listed for _, body in before - after)
