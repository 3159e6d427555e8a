"""Files that attack instead of answering, by family: none gains a point, nothing is left behind.

An attack is a file in the folder of its family. Its first lines say what it tries (`# what:`), and
where it differs from the others: `# tiers:` that promise to stop it, `# ends:` the outcomes its
report may have, `# ends-with:` what the report must say, `# exercise:` that it is handed in for,
`# seconds:` it has, `# again:` that it is graded twice, `# beats:` that it would pass a grader
without a border.

It prints `gained` as soon as it has what it was after.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from grader.records import Outcome
from tests.attacks.arena import (
    ATTACKS,
    EVERY_TIER,
    FOLDER,
    HEADERS,
    TIERS,
    Arena,
    Attack,
    died_of_a_mistake,
    graded,
    inspect,
    spoken,
)
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="attacks Linux")

USUAL = "landlock"  # where every attack is tried by `make test`
SHARE = 16  # of how many attacks one is tried in the other tiers as well; the rest are wide


def is_wide(number: int, tier: str) -> bool:
    """Tell whether an attack is tried in a tier by `make test-all` alone."""
    return USUAL in TIERS and tier != USUAL and number % SHARE > 0


STAGED = [
    pytest.param(
        attack,
        tier,
        id=f"{tier}-{attack.name}",
        marks=[pytest.mark.wide] if is_wide(number, tier) else [],
    )
    for tier in TIERS
    for number, attack in enumerate(ATTACKS)
    if attack.concerns(tier)
]


def test_every_attack_says_what_it_tries() -> None:
    """The first lines of each are ones that are known here."""
    for attack in ATTACKS:
        assert len(attack.headers.get("what", "")) > 20, attack.path
        assert set(attack.headers) <= HEADERS, attack.path
        assert any(map(attack.concerns, EVERY_TIER)), attack.path


def test_there_are_attacks_enough() -> None:
    """Every family has its share, and few are more than the weakest tier promises to stop."""
    assert len(ATTACKS) >= 140
    assert all(attack.concerns("bubblewrap") for attack in ATTACKS)
    assert sum(attack.concerns("landlock") for attack in ATTACKS) > 0.98 * len(ATTACKS)
    assert sum(attack.concerns("process") for attack in ATTACKS) > 0.9 * len(ATTACKS)


@pytest.mark.parametrize(("attack", "tier"), STAGED)
def test_an_attack_gains_nothing_and_leaves_nothing(
    attack: Attack, tier: str, arena: Arena
) -> None:
    """No point, no grader's error, no trace; and the next submission is graded as ever."""
    path = arena.lay(attack)
    with arena.watched(tier):
        for _ in range(2 if "again" in attack.headers else 1):
            report = graded(arena.course, path, tier, attack.exercise, attack.seconds)
            inspect(report)
    assert report.outcome.value in attack.headers.get("ends", report.outcome.value).split()
    expected = attack.headers.get("ends-with", "")
    assert any(expected in words for words in spoken(report)), spoken(report)
    assert expected or not died_of_a_mistake(report), spoken(report)
    honest = arena.honest(tier, attack.exercise)
    assert honest.outcome is Outcome.PASSED, honest
    assert honest.points == honest.max_points


@pytest.mark.parametrize(
    "attack",
    [pytest.param(attack, id=attack.name) for attack in ATTACKS if "beats" in attack.headers],
)
def test_an_attack_passes_a_grader_without_a_border(attack: Attack, arena: Arena) -> None:
    """What gains nothing here would gain everything where it runs beside the right answer."""
    arena.lay(attack)
    command = [sys.executable, str(FOLDER / "naive.py"), str(arena.course.root), str(ROOT)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0, ended.stderr


def test_a_wrong_answer_fails_a_grader_without_a_border(arena: Arena) -> None:
    """The grader that attacks pass is a grader: it tells right from wrong."""
    path = arena.course.exercise_path("double")
    command = [sys.executable, str(FOLDER / "naive.py"), str(arena.course.root), str(ROOT)]
    arena.honest("process")
    assert subprocess.run(command, capture_output=True, timeout=60).returncode == 0
    path.write_text("def double(x, times=2):\n    return x")
    assert subprocess.run(command, capture_output=True, timeout=60).returncode == 1
