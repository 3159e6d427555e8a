"""`grader show gpt`: text as it is made, its numbers, one head, and whose functions ran."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.authoring.stubs import solution_text
from grader.course.course import Course
from tests.conftest import Ended

Grader = Callable[..., Ended]
PROMPT = ("--prompt", "In the beginning")


@pytest.fixture(autouse=True)
def _in_the_course(untouched: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(untouched.root)


def test_a_prompt_is_gone_on_with(grader: Grader) -> None:
    """The text, then how fast, one head's look at the prompt, and who did it, in 80 columns."""
    ended = grader("show", "gpt", *PROMPT, "--reference", "--seed", "1")
    assert ended.code == 0
    text, said, picture, *_ = ended.out.split("\n\n")
    assert text.startswith("In the beginning") and len(text) > 100
    assert said.startswith("80 tokens, ") and "a second with the cache" in said
    assert "looking back" in picture and "·the· │" in ended.out
    assert "As you asked, the reference did all of it: softmax," in ended.out
    assert max(map(len, ended.out.splitlines())) <= 80


def test_the_learner_s_own_is_used(grader: Grader, course: Course, tmp_path: Path) -> None:
    """The file that is named is among the workers, and references do the rest."""
    path = tmp_path / "mine.py"
    path.write_text(solution_text(course, "gpt"))
    ended = grader("show", "gpt", "--file", str(path), *PROMPT, "--tokens", "2")
    assert ended.code == 0
    assert "2 tokens with the cache. How fast it is can be told from 16 on." in ended.out
    assert "Yours: gpt." in ended.out
    assert "The reference stood in for: softmax," in ended.out


def test_a_loss_stands_beside_what_it_writes(grader: Grader) -> None:
    """The whole model first, then without a part, then why."""
    options = ("--without", "norm", "--tokens", "4", "--prompt", "Behold, I")
    ended = grader("show", "gpt", "--reference", *options)
    assert ended.code == 0
    names = ("  the whole model", "  without norm")
    whole, without = (line for line in ended.out.splitlines() if line.startswith(names))
    assert float(whole.split()[-1]) < 2.7 < 4 < float(without.split()[-1])
    assert "John 3, in nats a token" in " ".join(ended.out.split())
    assert ended.out.count("    Behold, I") == 2 and "Without norms" in ended.out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--temperature", "-1"), "--temperature cannot be -1"),
        (("--temperature", "nan"), "--temperature cannot be nan"),
        (("--top-k", "0"), "From 1 to 512."),
        (("--tokens", "5000"), "From 1 to 1000."),
        (("--seed", "-1"), "--seed cannot be -1\nFrom 0 to 4294967295."),
        (("--seed", "1" + "0" * 400), "--seed cannot be 1000"),
        (("--without", "dropout"), "What can be taken away: positions, mask, norm."),
        (("--prompt", "  "), "there is nothing to go on with"),
        (("--prompt", "a" * 2001), "has 2,001 characters"),
    ],
)
def test_slips_are_told(grader: Grader, options: tuple[str, ...], message: str) -> None:
    """A number that cannot be, a part that is none, a prompt with nothing in it."""
    ended = grader("show", "gpt", "--reference", *options)
    assert (ended.code, ended.out) == (2, "")
    assert message in ended.err


def test_a_model_without_numbers_has_none_to_set(grader: Grader) -> None:
    """Neither has an exercise without a model."""
    ended = grader("show", "transformer", "--reference", "--seed", "1")
    assert ended.code == 2 and "the translator has no --seed" in ended.err
    assert grader("show", "softmax", "--tokens", "1").code == 2


def test_weights_that_are_gone_are_the_grader_s_own_fault(grader: Grader, scratch: Course) -> None:
    """It says which file, and how to get another."""
    (scratch.root / "models/gpt/gpt.npz").write_bytes(b"version https://git-lfs.github.com/spec/v1")
    ended = grader("show", "gpt", "--reference", *PROMPT)
    assert ended.code == 3
    assert "the weights of the GPT cannot be read" in ended.err
    assert "python models/gpt/train.py" in ended.err and "Traceback" not in ended.err
