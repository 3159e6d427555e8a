"""A quiz as it is taken: over a pipe, left and gone on with, in parts, as an exam."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from grader.course.course import Course
from grader.course.progress import Progress
from grader.quiz.kinds.arranged import Match
from grader.quiz.kinds.base import MOST
from grader.quiz.mark import Mark, Result, Verdict
from grader.quiz.model import Question, Quiz
from grader.quiz.reading.load import MAX_BYTES, MAX_QUESTIONS
from grader.quiz.reading.nodes import MAX_TEXT
from grader.quiz.reply import Reply
from grader.quiz.sittings.choose import Request, unfinished
from grader.quiz.sittings.record import Mode, QuizRecord, Round
from grader.terminal import quiz_loop
from tests.conftest import Ended
from tests.quiz.samples import SAMPLE

Grader = Callable[..., Ended]
TALL = "\U00020000"  # a letter that takes as many bytes as any


@pytest.fixture
def big(tiny: Course) -> Course:
    """Return the tiny course with a quiz that has a question of each kind."""
    text = SAMPLE.replace("practise: softmax", "practise: double")
    text = text.replace("  source: {document: paper, section: Attention}\n", "")
    (tiny.root / "quizzes/sample.yaml").write_text(text)
    contents = tiny.root / "course.yaml"
    contents.write_text(contents.read_text().replace("[sums]", "[sums, sample]"))
    return tiny._replace(units=(tiny.units[0]._replace(quizzes=("sums", "sample")),))


def marks(course: Course) -> dict[str, Mark]:
    """Return the last mark of every question that was answered."""
    with Progress(course.root) as progress:
        return {answer.question: answer.mark for answer in QuizRecord(progress).history()}


def typed_by(names: list[str]) -> str:
    """Return what answers the sample's questions by their texts, in the order of the quiz."""
    answers = {
        "single": "keys",
        "several": "GPT, a decoder",
        "truth": "f",
        "rounded": "333 ms",
        "words": "softmax",
        "shape": "B,H,T,T",
        "order": "scores, mask, softmax",
        "match": "what am I looking for?, what do I offer?, what do I carry?",
        "prints": "[[1. 0.] [0. 1.]]",
    }
    return "".join(answers.get(name, "64") + "\n" for name in names)


ALL = ["single", "several", "truth", "number", "rounded", "words", "shape", "order", "match"]


def test_every_kind_of_question_can_be_taken_over_a_pipe(big: Course, grader: Grader) -> None:
    """Line by line, with texts as well as letters; all right is exit 0."""
    ended = grader("quiz", "sample", "--seed", "2", typed=typed_by([*ALL, "prints"]))
    wrong = [name for name, mark in marks(big).items() if mark is not Mark.RIGHT]
    assert set(wrong) <= {"number"}  # its values are drawn
    assert ended.out.count("CORRECT") == 10 - len(wrong)
    assert "question 10 of 10" in ended.out
    assert "Best so far" in ended.out


def test_the_word_comes_first_and_the_reasons_follow(big: Course, grader: Grader) -> None:
    """CORRECT, PARTLY or WRONG; why; what is right and why; and the exercise."""
    out = grader("quiz", "sample", typed="queries\ngpt\nt\nq\n").out
    wrong, partly, truth = (
        out.index(word) for word in ("WRONG  ", "PARTLY, 0.5 of 1  ", "WRONG  True")
    )
    assert wrong < partly < truth
    message = out[wrong:partly]
    assert "That would make each key's weights sum to 1." in message
    assert message.index("Right is ") < message.index("Each query's weights sum to 1.")
    assert "Practise: grader grade double" in message
    assert "Right is False\n  A causal mask hides every later position." in out[truth:]


def test_what_is_typed_beside_answers(big: Course, grader: Grader) -> None:
    """A hint, a mark of doubt, and lines that mean nothing take no answer's place."""
    ended = grader("quiz", "sample", typed="?\n!\n!\n!\nz\n\nkeys\ns\ns\n?\nq\n")
    assert "There is no hint for this one." in ended.out
    assert ended.out.count("Marked as doubtful.") == 2
    assert "No longer marked as doubtful." in ended.out
    assert "'z' is none of a-c." in ended.out
    assert "That is no answer." in ended.out
    assert "Hint: They share " in ended.out
    assert list(marks(big).values()) == [Mark.RIGHT, Mark.SKIPPED, Mark.SKIPPED]


def test_the_end_of_the_input_is_never_an_answer(big: Course, grader: Grader) -> None:
    """It leaves, exit 1, and what was answered is saved; so does a line without its end."""
    for typed in ("", "keys\n", "\n", "gpt"):
        ended = grader("quiz", "sample", typed=typed)
        assert ended.code == 1
        assert "Saved. Go on with: grader quiz sample" in ended.out
    assert marks(big) == {"single": Mark.RIGHT, "several": Mark.PARTLY}


def test_what_the_end_tells(big: Course, grader: Grader) -> None:
    """The score, by topic as well, how sure one was, what to revise, the doubtful, and a way on."""
    typed = "queries 3\n!\nGPT, a decoder 3\nt 1\n64 2\n333 1\nsoftmax\nB,H,T,T\nbca\nabc\n6\n"
    out = grader("quiz", "sample", "--seed", "5", typed=typed).out
    end = out[out.index("Sample: ") :]
    assert "of 11\n" in end
    assert "- double: 0 of 1, open exercises/numbers/double.py\n" in end
    sure = "sure and right: 1, sure and wrong: 1, guessed and right: 1, guessed and wrong: 1"
    assert sure in " ".join(end.split())
    assert "- Which of them write from left to right? (right)\n" in end
    assert "Each one missed, with what is right and why: grader quiz sample --wrong" in end
    assert "Ask these again: grader quiz sample --missed" in end
    first, *_, last = end.splitlines()
    assert first == last == "Sample: 6.33 of 11, 58 %"
    assert not any(name in end for name in ("single", "several", "truth", "rounded"))


def test_missed_and_doubtful_questions_are_asked_again(big: Course, grader: Grader) -> None:
    """Until they are answered rightly, and no longer; over all quizzes without a name."""
    assert "nothing was missed" in grader("quiz", "--missed").out
    grader("quiz", "sums", "--seed", "1", typed="two\nfive\n")
    grader("quiz", "sample", typed="!\nkeys\nBERT\nq\n")
    ended = grader("quiz", "sample", "--missed", typed="keys\nq\n")
    assert "Sample, question 1 of 2" in ended.out
    ended = grader("quiz", "--missed", typed="four\nGPT, a decoder\n")
    assert (ended.code, ended.out.count(" of 2\n")) == (0, 2)
    assert grader("quiz", "--missed").out.startswith("There is nothing to ask")


def test_what_is_skipped_comes_back(big: Course, grader: Grader) -> None:
    """Once, after the others; a second skip stands."""
    ended = grader("quiz", "sums", typed="s\nfour\ntwo\n")
    assert ended.code == 0
    places = [ended.out.index(text) for text in ("Skipped. It comes back", "CORRECT", "Sums: 2 of")]
    assert places == sorted(places)
    assert ended.out.count("question 1 of 2") == 2
    ended = grader("quiz", "sums", typed="s\ns\ns\nfour\n")
    assert "Sums: 1 of 2, 50 %" in ended.out
    assert ended.out.count("question 1 of 2") == 2


def test_what_was_wrong_is_shown_with_its_reason(big: Course, grader: Grader) -> None:
    """As it was asked then, of one quiz or of all; nothing is asked."""
    assert grader("quiz", "--wrong").out == "Nothing was missed.\n"
    grader("quiz", "sample", "--seed", "3", typed="queries\nGPT, a decoder\ns\n7\nq\n")
    grader("quiz", "sums", "--seed", "1", typed="two\nfive\n")
    ended = grader("quiz", "sample", "--wrong")
    assert ended.code == 0
    assert "Question 1. Over which axis is softmax taken?\nWRONG  " in ended.out
    assert "Each query's weights sum to 1." in ended.out
    assert "Skipped. Right is False\n  A causal mask hides every later position." in ended.out
    assert "heads. How wide is one head?\nWRONG  7\nRight is 64" in ended.out
    assert "write from left to right" not in ended.out
    assert ended.out.endswith("3 questions missed. To answer again: grader quiz sample --missed\n")
    assert "4 questions missed" in grader("quiz", "--wrong").out
    assert grader("quiz", "sums", "--wrong", "--exam").code == 2


@pytest.mark.parametrize("option", [(), ("--exam",)])
def test_a_sitting_whose_questions_are_no_more_is_not_gone_on_with(
    tiny: Course, grader: Grader, option: tuple[str, ...]
) -> None:
    """While one of them is left, it is asked; then those that there are now, from the first on."""
    path = tiny.root / "quizzes/sums.yaml"
    grader("quiz", "sums", *option, "--seed", "1", typed="two\nq\n")
    path.write_text(path.read_text().replace("id: one-and-one", "id: new-one"))
    ended = grader("quiz", "sums", *option, typed="q\n")
    assert "Going on where you left: 0 of 1 are answered" in ended.out
    path.write_text(path.read_text().replace("id: two-and-two", "id: new-two"))
    ended = grader("quiz", "sums", *option, typed="q\n")
    assert "Going on" not in ended.out and "question 1 of 2" in ended.out


@pytest.mark.parametrize(
    "scope", ["sums; curl x | sh", "sums `id`", 'sums --topic "$(id)"', "sums\nPASSED", "sums 'a"]
)
def test_no_record_says_what_else_to_type(tiny: Course, scope: str) -> None:
    """It may be a stranger's, and whoever goes on with a quiz types what is told."""
    with Progress(tiny.root) as progress:
        QuizRecord(progress).begin(Round(scope, "sums", Mode.EXAM, 1, ("one-and-one",)))
        sitting = QuizRecord(progress).open_sitting()
    assert sitting and sitting.round.scope == ""


@pytest.mark.parametrize("topic", ["double", "two words", "it's $5", ""])
def test_a_sitting_is_found_by_what_is_typed(tiny: Course, topic: str) -> None:
    """Whatever is in a topic; a question that stands in the record twice is asked once."""
    scope = Request("sums", topic, missed=True, most=2, exam=True).scope
    with Progress(tiny.root) as progress:
        QuizRecord(progress).begin(Round(scope, "sums", Mode.EXAM, 1, ("one-and-one",) * 3))
        begun = unfinished(tiny, QuizRecord(progress), scope, None)
    assert begun and begun[0].round.scope == scope and len(begun[1].questions) == 1


def test_a_mixed_quiz_draws_from_what_was_begun(big: Course, grader: Grader) -> None:
    """From all quizzes of such units, in one order for a seed; it does not count as taken."""
    first = grader("quiz", "--mix", "4", "--seed", "5", typed="s\n" * 8).out
    assert "question 4 of 4" in first
    assert "The same questions again: grader quiz --mix 4 --seed 5" in first
    assert first == grader("quiz", "--mix", "4", "--seed", "5", typed="s\n" * 8).out
    assert first != grader("quiz", "--mix", "4", "--seed", "6", typed="s\n" * 8).out
    every = grader("quiz", "--mix", "50", typed="s\n" * 24)
    assert "question 12 of 12" in every.out
    assert "untouched" in grader().out
    assert grader("quiz", "sums", "--mix", "4").code == 2


def test_units_that_were_not_begun_are_not_mixed_in(big: Course, grader: Grader) -> None:
    """Until one of their quizzes or exercises is."""
    contents = big.root / "course.yaml"
    unit = "  more: {title: More, exercises: [], quizzes: [sample]}\n"
    text = contents.read_text().replace("[sums, sample]", "[sums]")
    contents.write_text(text.rstrip("\n") + "\n" + unit)
    grader("quiz", "sums", "--seed", "1", typed="two\nfour\n")
    assert "question 1 of 2" in grader("quiz", "--mix", "9").out
    grader("quiz", "sample", typed="keys\nq\n")
    assert "question 1 of 9" in grader("quiz", "--mix", "9", "--seed", "2").out


def test_parts_of_quizzes_are_asked(big: Course, grader: Grader) -> None:
    """One topic, so many questions, or both; only a whole quiz counts as taken."""
    ended = grader("quiz", "--topic", "double", typed="two\nkeys\n")
    assert (ended.code, "2 of 2" in ended.out) == (0, True)
    arguments = ("quiz", "sample", "--count", "3", "--seed", "4")
    first = grader(*arguments, typed="s\n" * 6).out
    assert "question 3 of 3" in first
    assert first == grader(*arguments, typed="s\n" * 6).out
    assert "quiz sample  begun      3 questions asked" in grader().out
    ended = grader("quiz", "sample", "--topic", "maks")
    assert ended.code == 2
    assert "no question is about 'maks'" in ended.err
    assert "Topics here: double, sample." in ended.err


def test_an_exam_tells_nothing_before_its_end(big: Course, grader: Grader) -> None:
    """No verdict, no hint and no second try; everything is said at the end."""
    grader("quiz", "sample", "--exam", "--seed", "1", typed="queries\n?\nGPT\ns\n?\n")
    first = grader("quiz", "sample", "--exam", typed="q\n").out
    assert "Going on where you left: 2 of 10 are answered, 1 skipped." in first
    assert "question 3 of 10" in first
    assert "WRONG" not in first
    ended = grader("quiz", "sample", "--exam", typed="s\n" * 16)
    asked, _, afterwards = ended.out.rpartition("Question 1. ")
    assert "WRONG" not in asked
    assert "no hints" not in asked  # that was said at its beginning
    verdicts = [afterwards.index(word) for word in ("WRONG", "PARTLY", "Sample: 0.5 of 11")]
    assert verdicts == sorted(verdicts)
    again = grader("quiz", "sample", "--exam", typed="?\nq\n").out
    assert "An exam: no hints" in again
    assert "An exam gives no hints." in again


def test_what_an_exam_still_asks_is_not_told(big: Course, grader: Grader) -> None:
    """Neither what was skipped in it, nor what was answered wrong; once it is over, it is."""
    grader("quiz", "sample", "--exam", "--seed", "1", typed="queries\ns\nq\n")
    assert "Right is" not in grader("quiz", "sample", "--wrong").out
    grader("quiz", "sample", "--exam", typed="s\n" * 30)
    assert "Right is" in grader("quiz", "sample", "--wrong").out


def test_a_quiz_that_grew_while_it_was_left_is_not_taken_whole(big: Course, grader: Grader) -> None:
    """What was asked is scored, and what came meanwhile never was."""
    path = big.root / "quizzes/sums.yaml"
    grader("quiz", "sums", typed="2\nq\n")
    more = "- {id: three, ask: What is 1 + 2?, answer: 3}\n"
    path.write_text(f"{path.read_text().rstrip()}\n{more}")
    ended = grader("quiz", "sums", typed="2\n2\n2\n")
    assert "Going on where you left" in ended.out
    with Progress(big.root) as progress:
        assert "sums" not in progress.quiz_standings()


def test_an_exam_ends_when_its_time_is_up(
    big: Course, grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock runs on while one is away, and an answer that comes too late does not count."""
    ended = grader("quiz", "sample", "--exam", "--minutes", "10", typed="keys\n")
    assert "Time left: 10 minutes" in ended.out
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 660)
    ended = grader("quiz", "sample", "--exam", typed="GPT, a decoder\n")
    assert "The time is up." in ended.out
    assert "Sample: 1 of 11" in ended.out
    assert marks(big) == {"single": Mark.RIGHT}


def test_a_late_answer_does_not_count(
    big: Course, grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Typed before the end but sent after it is after it."""
    late = time.time() + 100

    def type_slowly(_: str) -> str:
        monkeypatch.setattr(time, "time", lambda: late)
        return "keys"

    monkeypatch.setattr(quiz_loop, "ask", type_slowly)
    ended = grader("quiz", "sample", "--exam", "--minutes", "1")
    assert "The time is up." in ended.out
    assert marks(big) == {}


def test_without_a_name_the_quiz_that_was_left_comes_first(big: Course, grader: Grader) -> None:
    """`grader quiz` goes on with whatever was left, and else takes the first that is not taken."""
    grader("quiz", "sample", typed="keys\n")
    assert "Sample, question 2 of 10" in grader("quiz").out
    grader("quiz", "sample", "--seed", "9", typed="s\n" * 20)
    assert "Sums, question 1 of 2" in grader("quiz").out


def test_a_question_whose_answer_changed_is_asked_again(big: Course, grader: Grader) -> None:
    """A mark that was given by another key does not stand; a mere rewording leaves it."""
    grader("quiz", "sample", typed="keys\nGPT, a decoder\n")
    path = big.root / "quizzes/sample.yaml"
    path.write_text(path.read_text().replace("Over which axis", "Along which axis"))
    assert "question 3 of 10" in grader("quiz", "sample").out
    path.write_text(path.read_text().replace("right: keys", "right: the keys"))
    ended = grader("quiz", "sample", typed="the keys\nq\n")
    assert "question 1 of 10" in ended.out
    assert "question 3 of 10" in ended.out


def test_a_quiz_that_is_no_more_is_not_gone_on_with(big: Course, grader: Grader) -> None:
    """What was left of it is put aside, and the next quiz is asked."""
    grader("quiz", "sample", typed="keys\n")
    contents = big.root / "course.yaml"
    contents.write_text(contents.read_text().replace("[sums, sample]", "[sums]"))
    assert "Sums, question 1 of 2" in grader("quiz").out


def test_a_quiz_waits_for_no_import_that_it_does_not_need(tiny: Course) -> None:
    """Neither NumPy nor the scheduler nor grading is loaded to ask a question."""
    source = (
        "import sys; from grader.terminal.app import run; run(['quiz', 'sums']);"
        "heavy = {'numpy', 'fsrs', 'difflib', 'grader.grading', 'grader.exercise'};"
        "print('heavy:', *heavy & set(sys.modules))"
    )
    command = [sys.executable, "-c", source]
    ended = subprocess.run(command, input="", capture_output=True, text=True, check=False)
    assert "question 1 of 2" in ended.stdout
    assert ended.stdout.endswith("heavy:\n")
    assert ended.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--minutes", "5"], "--minutes needs --exam"),
        (["sums", "--exam", "--answers", "course.yaml"], "--answers needs a name, and marks all"),
        (["sums", "--missed", "--answers", "course.yaml"], "--answers needs a name, and marks all"),
        (["--count", "0"], "not in the range"),
        (["sums", "--exam", "--minutes", "0"], "not in the range"),
        (["sums", "--exam", "--minutes", "1e9"], "not in the range"),  # more than is kept
        (["sums", "--seed", str(2**64)], "not in the range"),
        (["sums", "--answers", "course.yaml"], "this file of answers cannot be read:"),
    ],
)
def test_options_that_do_not_go_together(
    tiny: Course, grader: Grader, arguments: list[str], message: str
) -> None:
    """A slip is one message, with exit 2."""
    ended = grader("quiz", *arguments)
    assert ended.code == 2
    assert message in ended.err


def test_a_broken_quiz_is_told_by_line(tiny: Course, grader: Grader) -> None:
    """Relative to the course, with every fault, and nothing is asked."""
    path = tiny.root / "quizzes/sums.yaml"
    path.write_text(path.read_text().replace("practise: double", "practise: duble"))
    ended = grader("quiz", "sums")
    assert (ended.code, ended.out) == (2, "")
    assert "quizzes/sums.yaml:12:13: there is no exercise 'duble'. Write 'double'." in ended.err


def test_killed_in_the_middle_nothing_is_lost(tiny: Course) -> None:
    """Every answer is on the disk before its verdict is shown."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "grader", "quiz", "sums", "--seed", "1"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin and process.stdout
    process.stdin.write("two\n")
    process.stdin.flush()
    while "CORRECT" not in process.stdout.readline():
        pass
    process.kill()
    process.communicate()
    assert marks(tiny) == {"one-and-one": Mark.RIGHT}


def test_the_same_seed_marks_a_file_about_the_same_values(big: Course, grader: Grader) -> None:
    """Without one, the first values of each question; the report says which seed it was."""
    answers = big.root / "answers.yaml"
    answers.write_text("number: 64\n")
    for seed, right in ((None, True), (0, None), (1, None), (2, None)):
        options = [] if seed is None else ["--seed", str(seed)]
        body = json.loads(
            grader("quiz", "sample", "--answers", str(answers), "--json", *options).out
        )
        (number,) = [a for a in body["answers"] if a["question"] == "number"]
        assert body["seed"] == seed
        assert (number["outcome"] == "right") is (number["right"] == "64")
        assert right is None or number["ask"].startswith("d_model = 256 and 4 heads")


def test_what_a_quiz_has_at_most_can_be_recorded(tiny: Course) -> None:
    """A record that we have written is never refused as damaged, whatever a quiz says."""
    offered = [f"{number:02}{TALL * (MAX_TEXT - 2)}" for number in range(2 * MOST)]
    match = Match(tuple(zip(offered[:MOST], offered[MOST:], strict=True)))
    question = Question("q", "Which?", match, "key", weight=999_999.999_999)
    quiz = Quiz("sums", "Sums", (question,) * MAX_QUESTIONS)
    ids = tuple(f"{number}{TALL * (MAX_BYTES // 40)}" for number in range(9))
    with Progress(tiny.root) as progress:
        record = QuizRecord(progress)
        sitting = record.begin(Round("sums", "sums", Mode.PRACTICE, 1, ids, True))
        record.save(sitting, verdict := Verdict(question, Reply(match.right)))
        record.close(sitting, Result(quiz, (verdict,) * MAX_QUESTIONS))
    with Progress(tiny.root) as progress:
        assert not progress.notice
        standing, (answer,) = progress.quiz_standings()["sums"], QuizRecord(progress).history()
        assert standing.best == standing.max_score > 999_999 * MAX_QUESTIONS
        assert answer.reply.given == match.right
