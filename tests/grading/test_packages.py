"""Packages of a course: there for learners in every tier, and nothing else that is installed.

The tests' own dependencies serve as examples: contourpy is compiled, jsonschema needs others.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course.course import Course, read_course
from grader.course.packages import package_paths
from grader.errors import CourseError
from grader.grading.batch import Job, Pool
from grader.learner.outside.sandbox import Sandbox, possible_tiers
from grader.records import Outcome, Report
from tests.conftest import Ended

RIGHT = """def double(x, times=2):
    if times < 0: raise ValueError
    return x * x.dtype.type(times)"""


def with_packages(course: Course, listed: str) -> Course:
    """Return a course that has packages."""
    path = course.root / "course.yaml"
    path.write_text(f"{path.read_text()}packages: {listed}\n")
    return read_course(course.root)


def graded(course: Course, source: str, tier: str | None = None) -> Report:
    """Grade one file."""
    course.exercise_path("double").write_text(source)
    with Sandbox(tier) as sandbox:
        ((_, report),) = Pool(course, sandbox).grade([Job("double")])
    return report


@pytest.mark.parametrize("tier", possible_tiers())
@pytest.mark.parametrize(
    "use",
    [
        "import contourpy\ncontourpy.contour_generator(z=[[0, 1], [1, 2]]).lines(0.5)\n",
        "from jsonschema import validate\nvalidate(1, {'type': 'integer'})\n",
        "import jsonschema\nfrom importlib.metadata import version\nversion('jsonschema')\n",
    ],
)
def test_a_package_can_be_used_in_every_tier(tiny: Course, tier: str, use: str) -> None:
    """Compiled or not, with whatever it needs itself."""
    course = with_packages(tiny, "[contourpy, jsonschema>=4]")
    report = graded(course, use + RIGHT, tier)
    assert (report.outcome, report.tier) == (Outcome.PASSED, tier), report.diagnosis


@pytest.mark.parametrize("tier", possible_tiers())
@pytest.mark.parametrize("name", ["yaml", "pytest", "grader", "_pytest"])
def test_what_else_is_installed_is_not_there(tiny: Course, tier: str, name: str) -> None:
    """A neighbour of the package's is found by no import."""
    report = graded(with_packages(tiny, "[contourpy]"), f"import contourpy, {name}\n{RIGHT}", tier)
    assert report.outcome is Outcome.CRASHED
    assert f"No module named '{name}'" in str(report.diagnosis[0].message)


def test_one_sandbox_serves_courses_with_packages_and_without(tiny: Course) -> None:
    """What one may import, the other may not."""
    source = f"import contourpy\n{RIGHT}"
    tiny.exercise_path("double").write_text(source)
    course = with_packages(tiny, "contourpy")
    with Sandbox() as sandbox:
        outcomes = [
            report.outcome
            for each in (tiny, course, tiny)
            for _, report in Pool(each, sandbox).grade([Job("double")])
        ]
    assert outcomes == [Outcome.CRASHED, Outcome.PASSED, Outcome.CRASHED]


def test_a_function_of_a_package_can_be_banned(tiny: Course) -> None:
    """It is named as those of NumPy are."""
    path = tiny.solution_path("double")
    banned = "Exercise(without=['jsonschema.validate'], hints"
    path.write_text(path.read_text().replace("Exercise(hints", banned))
    use = "    import jsonschema\n    jsonschema.validate(1, {})\n"
    head, last = RIGHT.rsplit("\n", 1)
    report = graded(with_packages(tiny, "[jsonschema]"), f"{head}\n{use}{last}")
    assert "jsonschema.validate is not to be used" in str(report.checks[0].message)


@pytest.mark.parametrize("tier", possible_tiers())
def test_what_a_package_takes_is_no_matter_of_a_check_about_memory(tiny: Course, tier: str) -> None:
    """It takes far more than such a check allows, and is there before that is counted."""
    path = tiny.solution_path("double")
    small = "def small(rng):\n    return inputs(np.ones(3))\n"
    path.write_text(f"{path.read_text()}\n\n@exercise.case(memory=(2**20, 'little'))\n{small}")
    course = with_packages(tiny, "[fonttools, pillow]")
    use = "import fontTools.feaLib.builder, fontTools.varLib as v\nfrom PIL import Image\n"
    assert graded(course, use + RIGHT, tier).outcome is Outcome.PASSED
    large = RIGHT.replace("return x", "table = np.ones((3000, 3000))\n    return x")
    report = graded(course, f"import numpy as np\n{use}{large}", tier)
    outcomes = {check.name: check.outcome for check in report.checks if not check.passed}
    assert outcomes["small"] in (Outcome.CRASHED, Outcome.OUT_OF_MEMORY)


def test_what_is_said_to_be_there_has_the_packages(tiny: Course) -> None:
    """An import of something else is told what there is, and not that NumPy is all."""
    told = " ".join(map(str, graded(tiny, f"import no_such_thing\n{RIGHT}").diagnosis))
    assert "NumPy, the standard library and" in told
    course = with_packages(tiny, "[contourpy, jsonschema>=4]")
    for name in ("no_such_thing", "torch"):
        told = " ".join(map(str, graded(course, f"import {name}\n{RIGHT}").diagnosis))
        assert "NumPy, contourpy, jsonschema, the standard library and" in told
        assert "NumPy alone" not in told


@pytest.mark.parametrize(
    ("listed", "what", "cure"),
    [
        ("[no-such-thing>=1.2]", "needs no-such-thing>=1.2, which is not", "'no-such-thing>=1.2'"),
        ("[contourpy >= 999]", "needs contourpy>=999, and 1.", "pip install 'contourpy>=999'"),
    ],
)
def test_what_is_missing_is_asked_for(
    tiny: Course, grader: Callable[..., Ended], listed: str, what: str, cure: str
) -> None:
    """By name and version, and before anything is judged."""
    course = with_packages(tiny, listed)
    with pytest.raises(CourseError, match="this course needs"):
        package_paths(course.packages, course.root / "course.yaml")
    ended = grader("grade", "double")
    assert ended.code == 2
    assert what in ended.err and cure in ended.err and "course.yaml" in ended.err


@pytest.mark.parametrize(
    "listed", ["{scipy: 1}", "[scipy<2]", "['--index-url x']", "[a b]", "[[a]]", "[a; rm]"]
)
def test_what_is_no_list_of_packages_is_refused(tiny: Course, listed: str) -> None:
    """None of it reaches pip."""
    with pytest.raises(CourseError, match="packages of a course are to be a list of names"):
        with_packages(tiny, listed)


def test_they_are_installed_wherever_the_course_goes(
    tiny: Course, grader: Callable[..., Ended]
) -> None:
    """By the README of a release, on Gradescope, and in GitHub's workflow."""
    with_packages(tiny, "[contourpy >= 1.2, jsonschema]")
    grader("release", "released", "--seeds", "1")
    assert "pip install 'contourpy>=1.2' 'jsonschema'" in Path("released/README.md").read_text()
    assert read_course(Path("released")).packages
    grader("export", "gradescope", "-o", "autograder.zip")
    with zipfile.ZipFile("autograder.zip") as archive:
        assert archive.read("requirements.txt") == b"contourpy>=1.2\njsonschema\n"
        assert b'-r "$root/source/requirements.txt"' in archive.read("setup.sh")
    grader("export", "github-classroom", "-o", "workflow.yml")
    assert " 'contourpy>=1.2' jsonschema\n" in Path("workflow.yml").read_text()


def installed(folder: Path, name: str, *files: str, needs: str = "") -> None:
    """Install a package that is nothing but files."""
    about = folder / f"{name}-1.0.dist-info"
    about.mkdir()
    requires = f"Requires-Dist: {needs}\n" if needs else ""
    (about / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{requires}"
    )
    (about / "RECORD").write_text("".join(f"{file},,\n" for file in files))


@pytest.mark.parametrize("needs", ["attention-course", "Attention_Course>=0.1", "between"])
def test_the_grader_is_no_package_of_a_course(
    tiny: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, needs: str
) -> None:
    """Nor what needs it: where it is installed, the bundled solutions lie in it."""
    monkeypatch.syspath_prepend(str(tmp_path))
    installed(tmp_path, "between", needs="attention-course")
    installed(tmp_path, "plugin", "plugin.py", needs=needs)
    for listed in ("plugin", "attention-course"):
        with pytest.raises(CourseError, match="attention-course cannot be a package") as error:
            package_paths((listed,), tiny.root / "course.yaml")
        assert error.value.where == str(tiny.root / "course.yaml")


@pytest.mark.parametrize("place", ["solutions/numbers/double.py", "course.yaml"])
def test_no_package_opens_solutions(
    tiny: Course, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """Whatever it is called: a course that is installed as one."""
    monkeypatch.syspath_prepend(str(tiny.root))
    installed(tiny.root, "course", place)
    listed, contents = ("course",), tiny.root / "course.yaml"
    if place == "course.yaml":
        assert str(contents) in package_paths(listed, contents)
    else:
        with pytest.raises(CourseError, match="course cannot be a package"):
            package_paths(listed, contents)
