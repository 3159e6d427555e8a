"""Each kind of question: what a reply means, how much of it is right, and what a learner reads."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.quiz.kinds.arranged import Match, Order
from grader.quiz.kinds.base import Kind, Partial, Unreadable
from grader.quiz.kinds.choice import Choice, Choices, Truth
from grader.quiz.kinds.typed import Number, Printed, Shape, Words
from grader.quiz.mark import Mark, Verdict
from grader.quiz.model import Question
from grader.quiz.reply import Command, Reply, read_line
from tests.quiz.samples import SAMPLE, load, sample

REPLIES = [
    # question, what is typed, the mark
    ("single", "a", Mark.RIGHT),
    ("single", " A ", Mark.RIGHT),
    ("single", "1", Mark.RIGHT),
    ("single", "Keys", Mark.RIGHT),
    ("single", "b", Mark.WRONG),
    ("single", "196", Mark.WRONG),
    ("several", "a,c", Mark.RIGHT),
    ("several", "c a", Mark.RIGHT),
    ("several", "ca", Mark.RIGHT),
    ("several", "1, 3", Mark.RIGHT),
    ("several", "gpt, a decoder", Mark.RIGHT),
    ("several", "a", Mark.PARTLY),
    ("several", "a,b,c", Mark.PARTLY),
    ("several", "a,b", Mark.WRONG),
    ("several", "b,d", Mark.WRONG),
    ("truth", "f", Mark.RIGHT),
    ("truth", "False", Mark.RIGHT),
    ("truth", "no", Mark.RIGHT),
    ("truth", "2", Mark.RIGHT),
    ("truth", "t", Mark.WRONG),
    ("number", "64", Mark.RIGHT),
    ("number", "64.0", Mark.RIGHT),
    ("number", "256/4", Mark.RIGHT),
    ("number", "2^6", Mark.RIGHT),
    ("number", "65", Mark.WRONG),
    ("rounded", "333", Mark.RIGHT),
    ("rounded", "333.33 ms", Mark.RIGHT),
    ("rounded", "334ms", Mark.RIGHT),
    ("rounded", "335", Mark.WRONG),
    ("words", "softmax", Mark.RIGHT),
    ("words", " Soft-Max.", Mark.RIGHT),
    ("words", "sigmoid", Mark.WRONG),
    ("shape", "(B, H, T, T)", Mark.RIGHT),
    ("shape", "B,H,T,T", Mark.RIGHT),
    ("shape", "[B, H, T, 2*T - T]", Mark.RIGHT),
    ("shape", "(B, H, T, D)", Mark.WRONG),
    ("shape", "(B, T, T)", Mark.WRONG),
    ("order", "a,b,c", Mark.RIGHT),
    ("order", "1 2 3", Mark.RIGHT),
    ("order", "scores, mask, softmax", Mark.RIGHT),
    ("order", "bac", Mark.PARTLY),
    ("order", "cba", Mark.WRONG),
    ("match", "a b c", Mark.RIGHT),
    ("match", "1a 2b 3c", Mark.RIGHT),
    ("match", "3=c, 1=a, 2=b", Mark.RIGHT),
    ("match", "bca", Mark.WRONG),
    ("prints", "[[1. 0.] [0. 1.]]", Mark.RIGHT),
    ("prints", "[[1.  0.][0. 1.]]", Mark.RIGHT),
    ("prints", "[[1 0] [0 1]]", Mark.WRONG),
]  # fmt: skip
PAIRS = (("x", "1"), ("y", "2"), ("z", "3"))
MALFORMED = [
    ("single", "", "That is no answer."),
    ("single", "d", "'d' is none of a-c."),
    ("single", "4", "'4' is none of a-c."),
    ("single", "0", "'0' is none of a-c."),
    ("single", "²", "'²' is none of a-c."),
    ("single", "ab", "Only one of them is right: choose one."),
    ("several", "a,e", "'e' is none of a-d."),
    ("several", "1 3 2", "'1 3' is none of a-d."),
    ("truth", "maybe", "'maybe' is neither t (true) nor f (false)."),
    ("number", "sixty", "'sixty' is not a number, such as 64 or 0.5."),
    ("number", "0,5", "'0,5' is not a number, such as 64 or 0.5."),
    ("number", "1/0", "'1/0' is not a number, such as 64 or 0.5."),
    ("rounded", "333 s", "'333 s' is not a number (ms), such as 64 or 0.5."),
    ("words", "   ", "That is no answer."),
    ("shape", "B H T T", "'B H T T' is no size. Give a shape, such as (2, 3)."),
    ("shape", "(B, , T)", "A size is missing between two commas."),
    ("shape", "(b, h, t, t)", "The question has no b: use its own letters."),
    ("order", "ab", "Give all 3 of them, each once."),
    ("order", "aab", "Give all 3 of them, each once."),
    ("order", "a b d", "'d' is none of a-c."),
    ("match", "ab", "Give a letter for each of 1-3."),
    ("match", "1a 2b", "Give a letter for each of 1-3."),
    ("match", "a b d", "'d' is none of a-c."),
    ("prints", " ", "That is no answer."),
]  # fmt: skip


@pytest.fixture
def questions(tmp_path: Path) -> dict[str, Question]:
    """Return one question of each kind."""
    return sample(tmp_path)


@pytest.mark.parametrize(("name", "typed", "mark"), REPLIES)
def test_a_reply_is_marked(
    questions: dict[str, Question], name: str, typed: str, mark: Mark
) -> None:
    """Right, partly right and wrong are told apart, however the reply is typed."""
    reply = read_line(typed, questions[name].kind)
    assert isinstance(reply, Reply)
    assert Verdict(questions[name], reply).mark is mark


@pytest.mark.parametrize(("name", "typed", "message"), MALFORMED)
def test_a_malformed_reply_is_no_answer(
    questions: dict[str, Question], name: str, typed: str, message: str
) -> None:
    """What cannot be read is said, with what would be, and is not marked."""
    with pytest.raises(Unreadable) as raised:
        read_line(typed, questions[name].kind)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("name", "typed", "confidence"),
    [
        ("single", "a 3", 3),
        ("single", "1 3", 3),
        ("several", "a,c 2", 2),
        ("several", "1,3 2", 2),
        ("truth", "f 1", 1),
        ("number", "64 3", 3),
        ("rounded", "333 ms 2", 2),
        ("words", "softmax 3", 3),
        ("shape", "B,H,T,T 3", 3),
        ("shape", "(B, H, T, T) 3", 3),
        ("order", "abc 3", 3),
        ("order", "1 2 3", None),
        ("order", "1 2 3 3", 3),
        ("match", "a b c 1", 1),
        ("match", "1a 2b 3c 1", 1),
        ("prints", "[[1. 0.] [0. 1.]]", None),
    ],
)  # fmt: skip
def test_a_number_behind_an_answer_is_the_confidence(
    questions: dict[str, Question], name: str, typed: str, confidence: int | None
) -> None:
    """From 1 to 3, behind any answer; where the number is part of the answer it stays one."""
    reply = read_line(typed, questions[name].kind)
    assert isinstance(reply, Reply)
    assert reply.confidence == confidence
    assert Verdict(questions[name], reply).mark is Mark.RIGHT


def test_a_printed_line_is_taken_as_it_is(questions: dict[str, Question]) -> None:
    """A program may print a number at the end of a line, so none is taken for a confidence."""
    assert read_line("6.0 3", questions["prints"].kind) == Reply("6.0 3")


@pytest.mark.parametrize(
    ("typed", "command"), [("s", "SKIP"), (" Q ", "QUIT"), ("?", "HINT"), ("!", "DOUBT")]
)
def test_commands_are_the_same_for_every_kind(
    questions: dict[str, Question], typed: str, command: str
) -> None:
    """No letter from a to i is one, so a choice's letter is never taken for a command."""
    assert all(read_line(typed, q.kind) is Command[command] for q in questions.values())


@pytest.mark.parametrize(
    ("partial", "typed", "share"),
    [
        (Partial.ALL, "a,b", 1.0),
        (Partial.ALL, "a", 0.0),
        (Partial.ALL, "a,b,c", 0.0),
        (Partial.NET, "a", 0.5),
        (Partial.NET, "a,b,c", 0.5),
        (Partial.NET, "a,c,d", 0.0),
        (Partial.NET, "a,b,c,d,e", 0.0),
        (Partial.EACH, "a", 0.8),
        (Partial.EACH, "a,c", 0.6),
        (Partial.EACH, "c,d,e", 0.0),
    ],
)
def test_partial_answers_are_worth_what_the_author_says(
    partial: Partial, typed: str, share: float
) -> None:
    """All or nothing; right ones less wrong ones; or every choice that is as it should be."""
    texts = ["one", "two", "three", "four", "five"]
    kind = Choices(tuple(Choice(text, text in ("one", "two")) for text in texts), partial)
    assert kind.share(kind.read(typed)) == share


@pytest.mark.parametrize(
    ("kind", "given", "share"),
    [
        (Order(("w", "x", "y", "z"), Partial.EACH), ["x", "w", "y", "z"], 5 / 6),
        (Order(("w", "x", "y", "z"), Partial.NET), ["x", "w", "y", "z"], 4 / 6),
        (Order(("w", "x", "y", "z"), Partial.ALL), ["x", "w", "y", "z"], 0),
        (Match(PAIRS, Partial.EACH), {"x": "1", "y": "3", "z": "2"}, 1 / 3),
        (Match(PAIRS, Partial.NET), {"x": "1", "y": "2", "z": "2"}, 1 / 3),
        (Match(PAIRS, Partial.ALL), {"x": "1", "y": "2", "z": "2"}, 0),
    ],
)
def test_parts_of_an_order_and_of_a_match_count(kind: Kind, given: object, share: float) -> None:
    """Of steps, the pairs that stand the right way round; of things, those matched rightly."""
    assert kind.share(given) == pytest.approx(share)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("expression", "tolerance", "right", "wrong"),
    [
        ("1 / 3", "", ["0.33", "0.333", "1/3"], ["0.3", "0.34"]),
        ("2048", "", ["2048", "2,048"], ["2048.1", "2047"]),
        ("2048", "1", ["2049"], ["2049.5"]),
        ("2048", "5%", ["2140"], ["2200"]),
        ("0.1 + 0.2", "0", ["0.3"], ["0.31"]),
        ("1e-5", "", ["0.00001", "1e-5"], ["0"]),
    ],
)
def test_a_number_need_not_be_exact(
    expression: str, tolerance: str, right: list[str], wrong: list[str]
) -> None:
    """A whole one is, unless a tolerance is given; any other is right within 1 in 100."""
    kind = Number(expression, tolerance)
    assert [kind.share(kind.read(typed)) for typed in right] == [1.0] * len(right)
    assert [kind.share(kind.read(typed)) for typed in wrong] == [0.0] * len(wrong)


def test_the_reason_for_the_choice_and_for_the_right_one(questions: dict[str, Question]) -> None:
    """What was chosen is explained first, then what is right."""
    wrong = Verdict(questions["single"], Reply("queries")).remarks
    assert [*wrong] == [
        ("", "That would make each key's weights sum to 1."),
        ("Right is a: keys", "Each query's weights sum to 1."),
    ]
    several = Verdict(questions["several"], Reply(["GPT", "BERT"])).remarks
    assert [remark.what for remark in several] == [
        "b: BERT is wrong",
        "Right is c: a decoder",
    ]
    assert Verdict(questions["truth"], Reply("true")).remarks[-1].because.startswith("A causal")


KINDS: list[Kind] = [
    Choices((Choice("x", True), Choice("y", False), Choice("12", False))),
    Choices((Choice("x", True), Choice("y", True), Choice("z", False)), Partial.EACH),
    Truth(True),
    Number("512 / 8", "1%", "ms"),
    Words(("softmax", "soft-max")),
    Shape(("B", "T / 2", "..."), frozenset("BT")),
    Order(("x", "y", "z")),
    Match(PAIRS, Partial.EACH),
    Printed("[[1 2]\n [3 4]]"),
]  # fmt: skip
GIVEN = st.one_of(
    st.text(),
    st.lists(st.sampled_from(["x", "y", "z", "12", ""])),
    st.dictionaries(st.sampled_from("xyz"), st.sampled_from("123")),
)


@given(st.sampled_from(KINDS), GIVEN, st.floats(0.1, 10))
def test_marking_never_raises_and_never_exceeds_the_weight(
    kind: Kind, given: object, weight: float
) -> None:
    """Whatever was saved as an answer, it is worth something from nothing to the weight."""
    question = Question("one", "Which?", kind, weight=weight)
    verdict = Verdict(question, Reply(given))  # type: ignore[arg-type]
    assert 0 <= verdict.points <= weight
    assert isinstance(kind.say(given), str)  # type: ignore[arg-type]
    assert verdict.remarks is not None


@given(st.sampled_from(KINDS), st.text())
def test_whatever_is_typed_is_an_answer_a_command_or_unreadable(kind: Kind, typed: str) -> None:
    """Nothing else is raised, and an answer that was read can be marked and read again."""
    try:
        meant = read_line(typed, kind)
    except Unreadable as error:
        assert str(error)
        return
    if isinstance(meant, Reply) and meant.given is not None:
        assert kind.share(kind.read(meant.given)) == kind.share(meant.given)


@given(st.sampled_from(KINDS), GIVEN, st.integers(0, 2**32))
def test_shuffling_never_changes_a_mark(kind: Kind, given: object, seed: int) -> None:
    """The order in which something is offered is no part of an answer."""
    shuffled = kind.shuffled(Random(seed))
    assert shuffled.share(given) == kind.share(given)  # type: ignore[arg-type]
    assert shuffled.content == kind.content
    assert shuffled.share(shuffled.right) == 1
    assert sorted(text for _, text in shuffled.options()) == sorted(
        text for _, text in kind.options()
    )


def test_steps_are_never_offered_in_their_order() -> None:
    """Otherwise the question would answer itself."""
    kind = Order(("x", "y"))
    assert all(kind.shuffled(Random(seed)).options()[0] == ("a", "y") for seed in range(20))


LINES = Choices(tuple(Choice(f"Line {n}", n == 4) for n in (4, 10, 1, 3)))


@pytest.mark.parametrize("seed", range(5))
def test_choices_that_differ_in_a_number_stand_in_its_order(seed: int) -> None:
    """A list of lines, or of sizes, is easier to read so, and gives nothing away."""
    texts = [text for _, text in LINES.shuffled(Random(seed)).options()]
    assert texts == ["Line 1", "Line 3", "Line 4", "Line 10"]
    sizes = Choices((Choice("512", True), Choice("20,480", False), Choice("2,048", False)))
    texts = [text for _, text in sizes.shuffled(Random(seed)).options()]
    assert texts == ["512", "2,048", "20,480"]


def test_a_number_means_the_choice_that_bears_it() -> None:
    """Not the place where it stands; and one that none of them bears means nothing."""
    assert LINES.shuffled(Random(1)).read("4") == "Line 4"
    assert LINES.shuffled(Random(1)).read("c") == "Line 4"
    assert read_line("4 3", LINES) == Reply("Line 4", 3)
    with pytest.raises(Unreadable, match="'2' is none of a-d"):
        LINES.read("2")
    several = replace(LINES, choices=(*LINES.choices, Choice("Line 2", True)))
    assert several.read("2, 4") == ["Line 4", "Line 2"]
    layers = Match((("layer 2", "x"), ("layer 1", "y")))
    assert layers.read("1a 2b") == {"layer 2": "x", "layer 1": "y"}  # these are labelled 1 and 2


def test_shuffles_differ(questions: dict[str, Question]) -> None:
    """The right choice does not always stand in the same place, and a seed repeats itself."""
    orders = [questions["single"].shuffled(seed).kind.options() for seed in range(20)]
    assert len(set(orders)) > 2
    assert orders[3] == questions["single"].shuffled(3).kind.options()


def test_values_are_drawn_by_the_seed(tmp_path: Path) -> None:
    """Text, hint and answer are about the same values, whichever are drawn."""
    drawn = {seed: load(tmp_path, SAMPLE).questions[3].drawn(seed) for seed in range(30)}
    assert len({question.ask for question in drawn.values()}) == 4
    question = next(q for q in drawn.values() if q.ask.startswith("d_model = 512 and 4 heads"))
    assert question.kind.right == "128"
    assert question.hint == "They share 512 features."
    assert drawn[3].ask == load(tmp_path, SAMPLE).questions[3].drawn(3).ask
