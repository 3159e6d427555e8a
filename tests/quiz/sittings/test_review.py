"""What is due again, and when."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course.course import Course
from grader.course.progress import Progress
from grader.quiz.mark import Mark
from grader.quiz.model import Question
from grader.quiz.reply import Reply
from grader.quiz.sittings.record import Mode, PastAnswer, QuizRecord, Round
from grader.quiz.sittings.review import due_times
from tests.conftest import Ended
from tests.quiz.samples import sample

Grader = Callable[..., Ended]
NOW = time.time()
DAY = 24 * 3600
RIGHT = """
def double(x, times=2):
    if times < 0:
        raise ValueError
    return x * x.dtype.type(times)
"""


@pytest.fixture
def question(tmp_path: Path) -> Question:
    """Return a question that practises softmax."""
    return sample(tmp_path)["single"]


def answered(
    question: Question, days_ago: float, mark: Mark = Mark.RIGHT, sure: int | None = None
) -> PastAnswer:
    """Return an answer to a question that was given earlier."""
    at = NOW - days_ago * DAY
    return PastAnswer(question.id, question.key, Reply("keys", sure), mark, at, False)


def days_until(
    question: Question, *history: PastAnswer, passes: dict[str, float] | None = None
) -> float:
    """Return in how many days a question is due."""
    (due,) = due_times([question], history, passes or {})
    return (due.at - NOW) / DAY


def test_what_was_never_asked_is_not_due(question: Question) -> None:
    """A review is of what was asked before."""
    assert due_times([question], [], {}) == ()


def test_a_miss_comes_back_soon_and_a_right_answer_later(question: Question) -> None:
    """Within minutes or after days; each time it is known, the gap grows."""
    assert 0 < days_until(question, answered(question, 0, Mark.WRONG)) < 0.1
    assert 0 < days_until(question, answered(question, 0, Mark.PARTLY)) < 0.1
    assert 0 < days_until(question, answered(question, 0, Mark.SKIPPED)) < 0.1
    once = days_until(question, answered(question, 0))
    twice = days_until(question, answered(question, 3), answered(question, 0))
    assert 1 < once < twice


def test_a_lucky_guess_comes_back_before_what_was_known(question: Question) -> None:
    """Confidence is never graded, but a guess is no knowledge."""
    guessed = days_until(question, answered(question, 0, sure=1))
    assert guessed < days_until(question, answered(question, 0, sure=3))


def test_passing_an_exercise_brings_its_questions_forward_once(question: Question) -> None:
    """Due at the time of the pass, until it is answered after it."""
    passes = {"softmax": NOW - 1}
    assert days_until(question, answered(question, 1), passes=passes) < 0
    assert days_until(question, answered(question, 1), answered(question, 0), passes=passes) > 1
    assert days_until(question, answered(question, 1), passes={"masking": NOW - 1}) > 0
    assert days_until(question, passes=passes) < 0


def test_a_key_that_changed_starts_anew_and_a_wording_does_not(question: Question) -> None:
    """History goes by the id and the right answer."""
    history = [answered(question, 0)]
    assert due_times([question._replace(ask="Along which axis?")], history, {})
    assert due_times([question._replace(key="another")], history, {}) == ()


@pytest.mark.parametrize("hour", [0, 4, 23])
def test_a_day_begins_for_all_its_questions_at_once(question: Question, hour: int) -> None:
    """What is due after days is due from that hour on; what was missed by the minute."""
    (due,) = due_times([question], [answered(question, 0)], {}, hour)
    at = time.localtime(due.at)
    assert (at.tm_hour, at.tm_min, at.tm_sec) == (hour, 0, 0)
    (exact,) = due_times([question], [answered(question, 0, Mark.WRONG)], {}, hour)
    assert exact.at == pytest.approx(NOW + 600)


def test_an_answer_of_the_future_counts_as_given_now(
    tiny: Course, grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock that was wrong once puts nothing away for as long as it was wrong."""
    with monkeypatch.context() as clock:
        clock.setattr("time.time", lambda: NOW + 366 * DAY)
        grader("quiz", "sums", "--seed", "1", typed="three\nfour\n")
        tiny.exercise_path("double").write_text(RIGHT)
        grader("grade", "double")
    assert "1 of 1" in grader("review", typed="two\n").out
    assert "Nothing is due. The next question is, in " in grader("review").out
    with Progress(tiny.root) as progress:
        dates = progress.read("SELECT at FROM replies UNION SELECT at FROM grades")
    assert max(at for (at,) in dates) < NOW + DAY


def test_a_miss_of_the_future_is_due_within_minutes(
    tiny: Course, grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it comes, however often one looks before."""
    with monkeypatch.context() as clock:
        clock.setattr("time.time", lambda: NOW + 366 * DAY)
        grader("quiz", "sums", "--seed", "1", typed="three\nfour\n")
    assert "Nothing is due. The next question is, in 10 minutes." in grader("review").out
    monkeypatch.setattr("time.time", lambda: NOW + 2000)
    assert "Review, question 1 of 1" in grader("review", typed="q\n").out


def test_units_that_were_not_begun_are_reviewed_only_when_asked_for(
    tiny: Course, grader: Grader
) -> None:
    """A pass brings up questions of later units; they wait, and it is said how to get them."""
    contents = tiny.root / "course.yaml"
    text = contents.read_text().replace("[sums]", "[]").rstrip("\n")
    contents.write_text(text + "\n  more: {title: More, exercises: [], quizzes: [sums]}\n")
    tiny.exercise_path("double").write_text(RIGHT)
    grader("grade", "double")
    ended = grader("review")
    assert (ended.code, ended.out) == (
        0,
        "1 question of units that you have not begun: grader review --all\n",
    )
    assert "question 1 of 1" in grader("review", "--all", typed="two\n").out


def test_what_belongs_to_work_done_comes_first(
    tiny: Course, grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Questions of exercises passed and quizzes taken stand before those of quizzes left."""
    (tiny.root / "quizzes/more.yaml").write_text(
        "quiz: more\ntitle: More\nquestions:\n- {id: early, ask: Early?, answer: true}\n"
        "- {id: late, ask: Late?, answer: true}\n"
    )
    contents = tiny.root / "course.yaml"
    contents.write_text(contents.read_text().replace("[sums]", "[more, sums]"))
    grader("quiz", "more", typed="f\nq\n")
    grader("quiz", "sums", "--seed", "1", typed="three\nfour\n")
    monkeypatch.setattr("time.time", lambda: NOW + 30 * DAY)
    out = grader("review", typed="s\n" * 6).out
    places = [out.index(text) for text in ("1 + 1?", "2 + 2?", "Early?")]
    assert places == sorted(places)


def test_a_review_asks_what_is_due_over_all_quizzes(
    tiny: Course, grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Days after a quiz its questions are asked again, and then they are not due any more."""
    assert "Take a quiz first" in grader("review").out
    assert grader("quiz", "sums", typed="two\nfour\n").code == 0
    ended = grader("review")
    assert ended.code == 0
    assert ended.out == "Nothing is due. The next question is, in 2 days.\n"
    monkeypatch.setattr("time.time", lambda: NOW + 3 * DAY)
    ended = grader("review", "--count", "1", typed="two\n")
    assert ended.code == 0
    assert "Review: 1 of 1" in ended.out
    assert "1 question still due: grader review" in ended.out
    ended = grader("review", typed="five\n")
    assert ended.code == 1
    assert "Nothing is due. The next question is, in 10 minutes." in ended.out


def test_a_quiz_called_review_is_left_open_by_a_review(tiny: Course) -> None:
    """Both go by that word, and each closes what was left of its own."""
    with Progress(tiny.root) as progress:
        record = QuizRecord(progress)
        record.begin(Round("review", "review", Mode.PRACTICE, 1, ("one",)))
        record.begin(Round("review", "", Mode.REVIEW, 2, ("one",)))
        left = record.open_sitting("review")
    assert left and left.round.mode is Mode.PRACTICE


def test_a_review_that_is_left_goes_on_later(tiny: Course, grader: Grader) -> None:
    """Each answer is saved at once, so what is left is still due."""
    tiny.exercise_path("double").write_text(RIGHT)
    assert grader("grade", "double").code == 0
    assert "Nothing is due" not in grader("review", typed="q\n").out
    ended = grader("review", typed="two\n")
    assert ended.code == 0
    assert "Review: 1 of 1" in ended.out
    assert "NumPy" not in ended.err
    grader("grade", "double")
    assert "Nothing is due. The next question is, in 2 days." in grader("review").out
    assert "Sums, question 1 of 2" in grader("quiz").out
