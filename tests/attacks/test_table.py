"""The tables of attacks in the docs: what they say is what the tests try."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.attacks.arena import ATTACKS, EVERY_TIER, TIERS
from tests.attacks.table import FAMILIES
from tests.conftest import ROOT


@pytest.mark.skipif(len(TIERS) < len(EVERY_TIER), reason="needs every tier")
def test_the_tables_are_in_step_with_the_tests() -> None:
    """Whoever adds an attack, or promises another tier, runs `make attacks`."""
    command = [sys.executable, "-m", "tests.attacks.table", "--check"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_every_family_has_a_title() -> None:
    """And none has one that is not there."""
    assert {attack.path.parent.name for attack in ATTACKS} == set(FAMILIES)
