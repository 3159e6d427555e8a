"""Pages about a class: what they say, whom they name, and that nothing foreign acts in them."""

from __future__ import annotations

import csv
import io
import json
import re
import stat
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta, timezone
from html.parser import HTMLParser
from pathlib import Path

import pytest

from grader.classroom.export import plain_markdown, write_private
from grader.classroom.hand_ins.record import Clue, HandIn
from grader.classroom.intake import match_all, read_downloads
from grader.classroom.marks.platform_ids import known_in
from grader.classroom.marks.reading import assigned, marks, students
from grader.classroom.marks.store import File, Graded, Store, Terms, Under
from grader.classroom.packets import hash_of, packed
from grader.classroom.pages.facts import distribution, facts_of
from grader.classroom.pages.feedback import feedback_of, html_of, markdown_of
from grader.classroom.pages.folder import write_pages
from grader.classroom.pages.report import report_pages
from grader.classroom.pages.templates import Templates
from grader.classroom.pages.uploads import canvas_zip, feedback_pages, mail_merge, moodle_zip
from grader.classroom.people.roster import Person
from grader.course.course import Course
from grader.errors import UsageError
from grader.present.report_json import report_fields
from grader.records import CaseResult, Diagnosis, Outcome, Report, Submission
from tests.classroom import made_up
from tests.classroom.test_class import GRADE, class_of_six  # noqa: F401, a fixture
from tests.conftest import Ended

EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(1)>\u202e{{ 7 * 7 }}'
ADA = Person("ada", (Clue("name", f"Ada {EVIL}"), Clue("email", "ada@x.edu"), Clue("login", "ada")))
BOB = Person("=bob", (Clue("name", "Bob"), Clue("participant", "77"), Clue("login", "bob")))
CY = Person("cy", (Clue("login", "cy"),))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open marks of three people, of whom two handed in."""
    with Store(tmp_path / "marks", make=True) as opened:
        opened.assign(["double"], ["double"], Terms(keep="best"))
        opened.set_points("double", "v1", 6.0)
        opened.save_roster([ADA, BOB, CY])
        hand_in(opened, "ada", "failed", "canvas", Clue("canvas", "17"), Clue("attachment", "500"))
        hand_in(opened, "bob", "crashed", "moodle", Clue("participant", "77"))
        yield opened


def hand_in(store: Store, login: str, outcome: str, form: str, *more: Clue) -> None:
    """Let somebody hand in an answer that ends so, all of whose texts are foreign."""
    source = f"# {login} {EVIL}".encode()
    answer = Submission("double", "numbers", "double.py", source, beside={})
    whose = ((Clue("login", login), *more),)
    store.save_hand_in(HandIn(f"{login} {EVIL}", whose, ()), login, f"{EVIL}.zip", form)
    file = File(f"work {EVIL}.py", "double", "", packed(answer), ["double"])
    store.save_files(login, [file], "1")
    match_all(store)
    report = report_of(outcome)
    graded = Graded(hash_of(packed(answer)), outcome, report.points, 6.0, 0.1, kept(report))
    store.save_report(graded, Under(1, "grader", "{}"))


def report_of(outcome: str) -> Report:
    """Return a report on an answer that ended so."""
    ended = Outcome(outcome)
    said = f"ZeroDivisionError, double.py, line 1: {EVIL}" if outcome == "crashed" else EVIL
    return Report(
        *("double", "double.py", ended),
        checks=(
            CaseResult("two_numbers", "double", Outcome.PASSED, 2, 2),
            CaseResult("three_times", "double", ended, 0, 4, said),
        ),
        diagnosis=(Diagnosis("mistake", f"You square. {EVIL}", "double.squares", "double"),),
        printed=f"printed {EVIL}",
    )


def kept(report: Report) -> str:
    """Return a report as marks keep it."""
    return json.dumps(report_fields(report))


class Seen(HTMLParser):
    """What a page holds: its tags with their attributes, and the text that is read."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Hold that tags are closed in order."""
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that has no inside."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text += data


def every_page(store: Store) -> dict[str, bytes]:
    """Return every page there is."""
    pages = dict(report_pages(store, EVIL, False))
    pages |= {f"hidden/{k}": v for k, v in report_pages(store, EVIL, True)}
    templates = Templates()
    feedback = {f"{f.stem}.html": html_of(f, templates) for f in feedback_of(store, EVIL)}
    return {name: body for name, body in (pages | feedback).items() if name.endswith(".html")}


def test_nothing_foreign_acts_in_a_page(store: Store) -> None:
    """Names, messages, printed text and code are shown, and what cannot be seen is spelled out."""
    for name, body in every_page(store).items():
        seen = Seen(body)
        assert not seen.open, name
        tags = {tag for tag, _ in seen.tags}
        assert not tags & {"script", "img", "iframe", "object", "form"}, name
        attributes = {key for _, each in seen.tags for key in each}
        assert not [key for key in attributes if key.startswith("on")], name
        assert "\u202e" not in body.decode() and "49" not in seen.text, name
        assert "<script>alert(1)</script>" in seen.text, name  # as text
    (_, bob, _) = feedback_of(store, EVIL)
    assert "double.py" not in markdown_of(bob) and "7 }}.py, line 1" in markdown_of(bob)


def test_pages_work_from_disk_alone(store: Store) -> None:
    """Every link leads to a page that was written, and nothing is loaded from elsewhere."""
    pages = dict(report_pages(store, "Course", False))
    for name, body in pages.items():
        if not name.endswith(".html"):
            continue
        for _, attributes in Seen(body).tags:
            for target in filter(None, (attributes.get("href"), attributes.get("src"))):
                if not target.startswith("#"):
                    parts = (Path("/top") / name).parent / target
                    resolved = parts.resolve().relative_to("/top").as_posix()
                    assert resolved in pages, (name, target)
    assert b"url(" not in pages["style.css"] and b"@import" not in pages["style.css"]


def test_pictures_have_words_beside_them(store: Store) -> None:
    """A picture is named, or it is hidden from a reader who hears what stands beside it."""
    body = dict(report_pages(store, "Course", False))["exercises/double.html"]
    seen = Seen(body)
    ids = {each.get("id") for _, each in seen.tags}
    pictures = [each for tag, each in seen.tags if tag == "svg"]
    named = [each for each in pictures if each.get("role") == "img"]
    assert len(named) == 1
    assert {*str(named[0]["aria-labelledby"]).split()} <= ids
    assert all(each.get("aria-hidden") == "true" for each in pictures if each not in named)
    scrolled = [each for _, each in seen.tags if "wide" in str(each.get("class"))]
    assert scrolled and all(each["tabindex"] == "0" and each["aria-label"] for each in scrolled)
    assert "three times (crashed)" in re.sub(r"\s+", " ", seen.text)


def test_an_exercise_is_told_in_numbers(store: Store) -> None:
    """Mistakes by name, the checks that fail most first, how answers came to grief, who is left."""
    (exercise,) = assigned(store)
    facts = facts_of(store, exercise, list(marks(store)))
    assert [(m.name, m.answers) for m in facts.mistakes] == [("double.squares", 2)]
    assert facts.mistakes[0].told.startswith("You square.")
    assert [(c.name, c.failed, c.made) for c in facts.checks] == [
        ("three_times", 2, 2),
        ("two_numbers", 0, 2),
    ]
    assert facts.stopped == [("crashed: ZeroDivisionError", 1)]
    assert [mark.student.person.student for mark in facts.absent] == ["cy"]
    assert [(label, n) for label, n in facts.points if n] == [("2", 2)]
    assert facts.median == 2.0


def test_points_are_counted_in_as_many_parts_as_there_are_points() -> None:
    """In tenths where there are more; halves are within the points below them."""
    assert distribution([0, 1, 2, 2], 2.0) == [("0", 1), ("1", 1), ("all 2", 2)]
    assert distribution([0.5], 2.0)[0] == ("0 to under 1", 1)
    assert len(distribution([3], 23.0)) == 11 and distribution([], 0.0) == []
    assert distribution([0.5], 0.5) == [("0 to under 0.5", 0), ("all 0.5", 1)]


def test_an_exception_of_their_own_has_no_name(store: Store) -> None:
    """What a learner called it could be anything, and the page is shown to a class."""
    report = report_of("crashed")
    answer = store.rows("SELECT hash FROM answers ORDER BY rowid DESC LIMIT 1")[0][0]
    text = kept(report).replace("ZeroDivisionError", "AdaCannotTeachError")
    store.save_report(Graded(answer, "crashed", 2, 6.0, 0.1, text), Under(2, "grader", "{}"))
    (exercise,) = assigned(store)
    facts = facts_of(store, exercise, list(marks(store)))
    assert facts.stopped == [("crashed: an exception of their own", 1)]


def test_an_anonymous_report_has_no_one_in_it(store: Store) -> None:
    """No name, no id, no page on one person, and none of their words."""
    pages = dict(report_pages(store, "Course", True))
    assert sorted(pages) == ["exercises/double.html", "index.html", "style.css"]
    text = b"".join(pages.values()).decode()
    assert not re.search(r"\b(ada|bob|cy(?!=)|printed)\b", text, re.I)
    assert {"Student 1", "Student 2", "Student 3"} <= {*re.findall(r"Student \d", text)}


def test_the_order_of_an_anonymous_report_tells_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two with equal points stand in the order that was dealt out, and not in the roster's."""

    class Reversed:
        def shuffle(self, people: list[object]) -> None:
            people.reverse()

    monkeypatch.setattr("grader.classroom.pages.report.SystemRandom", Reversed)
    page = dict(report_pages(store, "Course", True))["exercises/double.html"].decode()
    assert re.findall(r">(Student \d)</text>", page) == ["Student 2", "Student 3"]


def test_feedback_is_of_one_person_and_names_no_other(store: Store) -> None:
    """Page and Markdown have what they were told, what was given by hand, and no place of ours."""
    (student, *_) = students(store)
    store.mark_by_hand(student.id, "double", 5.0, f"Well done {EVIL}")
    (ada, bob, cy) = feedback_of(store, "Course")
    page, text = Seen(html_of(ada, Templates())).text, markdown_of(ada)
    for form in (page, text):
        assert "Well done" in form and "You square" in form and "5 of 6 points" in form
        assert not re.search(r"\bbob\b|\bcy\b|\.zip", form, re.I)
    assert "\\<script>" in text.replace("```text\nprinted <script>", "")
    assert "Nothing was handed in" in markdown_of(cy)
    assert [ada.stem, bob.stem, cy.stem] == ["ada", "bob", "cy"]


def test_feedback_goes_where_platforms_look(store: Store) -> None:
    """By Moodle's participant, by Canvas's numbers, by address; who is not reached is told."""
    everybody = list(feedback_of(store, "Course"))
    moodle, canvas = moodle_zip(store, everybody), canvas_zip(store, everybody)
    with zipfile.ZipFile(io.BytesIO(moodle.body)) as archive:
        assert archive.namelist() == ["Feedback_77_assignsubmission_file/feedback.html"]
        assert b"Bob" in archive.read(archive.namelist()[0])
    with zipfile.ZipFile(io.BytesIO(canvas.body)) as archive:
        assert archive.namelist() == ["feedback_17_500_feedback.html"]
    assert moodle.notes[0].endswith("ada, cy") and canvas.notes[0].endswith("=bob, cy")
    merged = mail_merge(store, everybody)
    rows = list(csv.DictReader(io.StringIO(merged.body.decode())))
    assert [row["email"] for row in rows] == ["ada@x.edu", "", ""]
    assert rows[0]["feedback"] == markdown_of(everybody[0])


@pytest.mark.parametrize(
    "line", ["=1+1", " =1+1", "a;=1+1", "- =1+1", "-1+1", "@SUM(1)", "+1+1;-1-1"]
)
def test_no_line_of_feedback_is_a_formula(line: str) -> None:
    """Whatever a spreadsheet takes to stand between cells: rows may begin within a text."""
    cells = plain_markdown(f"- **failed** it\n{line}").replace("\n", ";").split(";")
    assert cells[0] == "- **failed** it"
    assert not [cell for cell in cells[1:] if cell.lstrip()[:1] in ("=", "+", "-", "@")]


def test_canvas_finds_its_own_numbers_again(tiny: Course, tmp_path: Path) -> None:
    """From its download to its upload, late or not: a name holds who, and which file of theirs."""
    pupils = [made_up.Pupil(n, {"double.py": b"x = %d" % n, "b.py": b""}) for n in range(3)]
    pupils[1].late = timedelta(hours=1)
    zipped = made_up.write_canvas(pupils, tmp_path / "canvas.zip")
    with zipfile.ZipFile(zipped) as archive:
        given = {numbers_of(name) for name in archive.namelist()}
    with Store(tmp_path / "marks", make=True) as store:
        store.assign(["double"], ["double"], Terms())
        list(read_downloads(tiny, store, [zipped], timezone.utc))
        match_all(store)
        made = canvas_zip(store, feedback_of(store, "Course"))
    with zipfile.ZipFile(io.BytesIO(made.body)) as archive:
        returned = {numbers_of(name) for name in archive.namelist()}
    assert len(returned) == 3 and returned <= given


def numbers_of(name: str) -> tuple[str, ...]:
    """Return what Canvas reads in a name: a person's number and an attachment's."""
    return tuple(part for part in name.split("_") if part.isdigit())[:2]


def test_what_several_share_sends_nobodys_feedback(store: Store) -> None:
    """The number of a group's hand-in would bring the feedback of one to another."""
    whose = ((Clue("login", "ada"),), (Clue("login", "cy"), Clue("participant", "99")))
    store.save_hand_in(HandIn("team", whose, ()), "team", "lab.zip", "moodle")
    match_all(store)
    known = known_in(store, "moodle")
    ada, _, cy = students(store)
    assert known(ada) == known(cy) == []


@pytest.mark.parametrize("form", ["moodle", "canvas", "gradescope"])
@pytest.mark.parametrize("platform", ["moodle", "canvas"])
def test_feedback_goes_to_no_number_that_only_a_name_led_to(
    tmp_path: Path, platform: str, form: str
) -> None:
    """Whose anything else was told otherwise: somebody may have called themselves so since."""
    listed = Person("ada", (Clue("login", "ada"), Clue("email", "a@x"), Clue("name", "Ada Ömer")))
    number = {"moodle": "participant", "canvas": "canvas"}[platform]
    named = (Clue(number, "666"), Clue("attachment", "500"), Clue("name", "Ada Ömer"))
    with Store(tmp_path / "marks", make=True) as store:
        store.save_roster([listed])
        store.assign(["double"], ["double"], Terms())
        store.save_hand_in(HandIn("2", (named,), ()), "2", "two.zip", platform)
        match_all(store)
        feedback, pages = list(feedback_of(store, "Course")), {"moodle": moodle_zip}
        zipped = pages.get(platform, canvas_zip)
        assert "By a name alone, which people choose" in zipped(store, feedback).notes[0]
        known = (Clue("email", "a@x"), Clue(number, "17"), Clue("name", "Addy"))
        store.save_hand_in(HandIn("1", (known,), ()), "1", "one.zip", form)
        store.save_hand_in(HandIn("3", (named,), ()), "3", "three.zip", platform)
        match_all(store)
        with pytest.raises(UsageError, match="it is known for sure which"):
            zipped(store, feedback)


def test_a_folder_is_private_and_holds_nothing_of_before(tmp_path: Path) -> None:
    """Pages with names do not stay among anonymous ones, and nobody else can read any."""
    folder = tmp_path / "report"
    assert write_pages(folder, [("students/1.html", b"ada"), ("index.html", b"")]) == 2
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "students").stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "students/1.html").stat().st_mode) == 0o600
    (folder / "mine.txt").write_text("kept")
    write_pages(folder, [("index.html", b"new")])
    assert not (folder / "students/1.html").exists()
    assert (folder / "mine.txt").exists() and (folder / "index.html").read_bytes() == b"new"


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    """Whatever a person named by accident stays as it is."""
    (tmp_path / "thesis.tex").write_text("x")
    with pytest.raises(UsageError, match="something else"):
        write_pages(tmp_path, [("index.html", b"")])
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


NAMES = ("../victim", "students/../../victim", "linked/victim", "..", "", "a\0b")


@pytest.mark.skipif(sys.platform == "win32", reason="makes links")
@pytest.mark.parametrize("name", [*NAMES, "<absolute>"])
def test_no_page_is_written_or_removed_elsewhere(tmp_path: Path, name: str) -> None:
    """Whatever it is called, and whatever the list of what was written says."""
    folder, victim = tmp_path / "pages", tmp_path / "victim"
    victim.write_bytes(b"mine")
    name = name.replace("<absolute>", str(victim))
    write_pages(folder, [("index.html", b"")])
    (folder / "linked").symlink_to(tmp_path)
    with pytest.raises(UsageError, match="leads out of the folder"):
        write_pages(folder, [(name, b"theirs"), ("index.html", b"all the same")])
    assert (folder / "index.html").read_bytes() == b"all the same"
    (folder / ".grader-pages").write_bytes(name.encode() + b"\n\xff\n")
    write_pages(folder, [("index.html", b"")])
    assert victim.read_bytes() == b"mine"


@pytest.mark.parametrize("called", ["\u6f22" * 150, "\U00020000" * 80, "e\u0301" * 100], ids=ascii)
def test_a_long_name_stops_nobodys_feedback(store: Store, tmp_path: Path, called: str) -> None:
    """Systems count bytes."""
    store.save_roster([ADA, Person(called, ()), Person(f"{called}x", ()), CY])
    pages = list(feedback_pages(feedback_of(store, "Course")))
    assert len({name for name, _ in pages}) == len(pages) == 8
    assert write_pages(tmp_path / "feedback", pages) == 8


def test_what_is_wrong_with_one_page_is_told_last(tmp_path: Path) -> None:
    """The others are written."""
    pages = [("a.html", b"a"), ("b" * 300 + ".html", b"b"), ("c.html", b"c")]
    with pytest.raises(UsageError, match=r"2 written, and not bbb.*name too long"):
        write_pages(tmp_path / "pages", pages)
    assert (tmp_path / "pages/c.html").read_bytes() == b"c"


def test_a_name_that_the_system_has_no_letters_for_is_told_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where names of files are Latin-1, say."""

    def write(path: Path, body: bytes) -> None:
        path.name.encode("latin-1")
        write_private(path, body)

    monkeypatch.setattr("grader.classroom.pages.folder.write_private", write)
    pages = [("\u6f22.html", b"a"), ("b.html", b"b")]
    with pytest.raises(UsageError, match="1 written, and not .*have no such letters here"):
        write_pages(tmp_path / "pages", pages)
    assert (tmp_path / "pages/b.html").read_bytes() == b"b"


def test_a_zip_for_a_platform_names_no_place(store: Store) -> None:
    """Whatever stands in the place of its numbers."""
    store.save_roster([Person("bob", (Clue("login", "bob"), Clue("participant", "../x")))])
    hand_in(store, "bob", "failed", "canvas", Clue("canvas", "../17"), Clue("attachment", "5"))
    for zipped in (moodle_zip, canvas_zip):
        try:
            body = zipped(store, feedback_of(store, "Course")).body
        except UsageError:  # nobody has any other
            continue
        with zipfile.ZipFile(io.BytesIO(body)) as made:
            assert not any(".." in name for name in made.namelist())


def test_without_jinja_the_extra_is_named(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a learner's install does not have is asked for by name."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(UsageError, match=r"attention-course\[class\]"):
        report_pages(store, "Course", False)


@pytest.mark.usefixtures("class_of_six")
def test_from_marks_to_pages(tiny: Course, grader: Callable[..., Ended]) -> None:
    """The commands write what was graded; of a hidden check its inputs are nowhere."""
    assert grader(*GRADE).code == 0
    ended = grader("class", "report", "marks")
    assert ended.code == 0 and ended.out.startswith("marks/report/index.html: written")
    page = (tiny.root / "marks/report/exercises/double.html").read_text()
    assert "You square." in page and "fay" in page.casefold() and "double.squares" in page
    assert grader("class", "feedback", "marks", "-o", "out").code == 0
    bob = (tiny.root / "out/bob.md").read_text()
    assert "You square." in bob and "hidden" in bob and "many" in bob
    assert "Fay" not in bob and "Ada" not in bob
    assert grader("class", "feedback", "marks", "--format", "csv").code == 0


def test_feedback_names_the_file_as_its_author_did(
    tiny: Course, grader: Callable[..., Ended]
) -> None:
    """A notebook, or a file of another name; another's file keeps its own."""
    body = "def double(x, times=2):\n    return x / y\n"
    cell = {"cell_type": "code", "source": body, "metadata": {}, "outputs": []}
    cell["execution_count"], cell["id"] = None, "a"
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    for place, text in (
        ("ada/my work.ipynb", json.dumps(notebook)),
        ("bob/hw `1`.py", body),
        ("cy/double.py", body),
    ):
        path = tiny.root / "handed-in" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    words = ("class", "grade", "handed-in", "--exercises", "double", "--jobs", "1")
    assert grader(*words).code == 0 and grader("class", "feedback").code == 0
    told = {
        who: (tiny.root / f"marks/feedback/{who}.md").read_text() for who in ("ada", "bob", "cy")
    }
    assert "my work.ipynb, cell 1" in told["ada"] and "notebook.ipynb" not in told["ada"]
    assert ":2" in told["bob"] and "double.py" not in told["bob"]
    assert "double.py:2" in told["cy"]


@pytest.mark.usefixtures("class_of_six")
def test_feedback_for_where_nothing_came_from_is_none(
    tiny: Course, grader: Callable[..., Ended]
) -> None:
    """One sentence, and no empty zip."""
    assert grader(*GRADE).code == 0
    for form, which in (("moodle", "which participant"), ("canvas", "which file of Canvas's")):
        ended = grader("class", "feedback", "marks", "--format", form)
        assert (ended.code, f"it is known for sure {which}" in ended.err) == (2, True), ended.err
        assert not (tiny.root / f"marks/feedback-{form}.zip").exists()
