"""What is installed: one package with the course inside, which needs nothing of the repository.

The wheel is built and installed without a network: its dependencies are borrowed from here.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.authoring.wheel import write_wheel
from tests.conftest import ROOT

RIGHT = ROOT / "tests/learners/multi_head/right_loops.py"


def run(*command: object, cwd: Path) -> str:
    """Run a program in an environment with nothing in it but what Windows cannot do without."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
    words = [str(word) for word in command]
    ended = subprocess.run(words, cwd=cwd, env=kept, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def build(source: Path, target: str, folder: Path) -> Path:
    """Build `source` with the build backend that is installed here."""
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", folder, cwd=source)
    (made,) = folder.glob("*.whl" if target == "wheel" else "*.tar.gz")
    return made


def files(wheel: Path) -> dict[str, bytes]:
    """Return what a wheel holds."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel of this tree."""
    return build(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Install the wheel in an environment of its own, and return the folder of its programs."""
    home = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", home, cwd=home)
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    pip = [sys.executable, "-m", "pip", "--python", programs / "python", "install", "--no-deps"]
    run(*pip, "--no-index", "--no-compile", "--disable-pip-version-check", wheel, cwd=home)
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(run(programs / "python", "-c", ask, cwd=home).strip())
    # A path in a .pth file lends packages, but none that is installed by another such file.
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib"))
    yield programs


def test_a_wheel_holds_one_package_and_the_course_inside(wheel: Path) -> None:
    """Nothing of the course lands beside other packages, and nothing that was left lying about."""
    names = set(files(wheel))
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"grader"}
    bundled = {name.removeprefix("grader/bundled/") for name in names if "/bundled/" in name}
    kept = [*ROOT.glob("solutions/**/*.py"), *ROOT.glob("quizzes/*.yaml"), ROOT / "course.yaml"]
    kept += ROOT.glob("models/*/*.*")
    pages = "grader/classroom/pages/templates"
    assert {f"{pages}/{path.name}" for path in (ROOT / pages).iterdir()} <= names
    assert bundled == {path.relative_to(ROOT).as_posix() for path in kept}


def test_a_source_distribution_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    """File by file, from the archive alone."""
    with tarfile.open(build(ROOT, "sdist", tmp_path)) as archive:
        archive.extractall(tmp_path)
    (source,) = (path for path in tmp_path.iterdir() if path.is_dir())
    assert files(build(source, "wheel", tmp_path)) == files(wheel)


def test_an_installed_grader_lays_its_course_out_and_grades_it(
    installed: Path, tmp_path: Path
) -> None:
    """In an empty folder, without the repository; its definitions stay in the package."""
    grader = installed / "grader"
    run(grader, "init", "mine", cwd=tmp_path)
    mine = tmp_path / "mine"
    assert not (mine / "solutions").exists()
    (mine / "exercises/attention/multi_head.py").write_bytes(RIGHT.read_bytes())
    assert "multi_head  PASSED" in run(grader, "grade", "multi_head", cwd=mine / "quizzes")
    assert "2021-03-03" in run(grader, "show", "transformer", "--text", "3/3/2021", cwd=mine)
    assert "shifted = scores" in run(grader, "solution", "softmax", "--yes", cwd=mine)


def test_the_graders_own_wheel_leaves_the_course_out(installed: Path, tmp_path: Path) -> None:
    """What an installed grader hands on has no answers in it, and is what it is without them."""
    make = "from pathlib import Path; from grader.authoring import wheel; wheel.write_wheel(Path())"
    run(installed / "python", "-c", make, cwd=tmp_path)
    (made,) = tmp_path.glob("*.whl")
    (tmp_path / "here").mkdir()
    here = write_wheel(tmp_path / "here")
    code = {name: body for name, body in files(here).items() if name.startswith("grader/")}
    assert code == {name: body for name, body in files(made).items() if name.startswith("grader/")}
    assert not [name for name in files(made) if "bundled" in name or "pycache" in name]
