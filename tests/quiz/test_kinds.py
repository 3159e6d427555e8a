"""Each kind of question: what a reply means, how much of it is right, and what a learner reads."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.quiz.characters import in_quotes
from grader.quiz.kinds.arranged import Match, Order
from grader.quiz.kinds.base import Given, Kind, Partial, Unreadable
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
    ("prints", "[[1 0], [0, 1.00]]", Mark.RIGHT),
    ("prints", "[[1 0 0 1]]", Mark.WRONG),
    ("prints", "[[1. 0.] [0. 1.1]]", Mark.WRONG),
]  # fmt: skip
PAIRS = (("x", "1"), ("y", "2"), ("z", "3"))
MALFORMED = [
    ("single", "", "That is no answer."),
    ("single", "d", "'d' is none of a-c."),
    ("single", "4", "'4' is none of a-c."),
    ("single", "0", "'0' is none of a-c."),
    ("single", "²", "'²' is none of a-c."),
    ("single", "ab", "Only one of them is right: choose one."),
    ("several", ",", "Choose at least one of them."),
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


@pytest.mark.parametrize(
    ("printed", "typed", "is_right"),
    [
        ("-800.0", "-800", True),
        ("-inf -800.0", "-inf, -800", True),
        ("[nan nan]", "[nan, nan]", True),
        ("[1. 2.]", "(1, 2)", False),
        ("[12 3]", "[1 23]", False),
        ("1e-05", "0.00001", True),
        ("True\nFalse", "True, False", True),
        ("True", "1", False),
        ("loss 0.5", "loss 0.50", False),
        ("nan", "0", False),
        ("-0.5", "\N{MINUS SIGN}0.5", True),
    ],
)
def test_printed_numbers_go_by_their_value(printed: str, typed: str, is_right: bool) -> None:
    """In lists and arrays as well, with commas or without; other words by their characters."""
    assert Printed(printed).share(typed) == is_right


@pytest.mark.parametrize(
    ("kind", "typed", "is_right"),
    [
        (Words(("don't",)), "don\u2019t", True),
        (Words(("softmax",)), "\u201csoftmax\u201d", True),
        (Words(("softmax",)), "\ufeffsoftmax", True),
        (Words(("softmax",)), "soft\u00admax\u200b", True),
        (Words(("soft-max",)), "soft\u2013max", True),
        (Words(("softmax",)), "``Softmax``.", True),
        (Words(("softmax",)), "'\"`Softmax`\"'", True),
        (Words(("softmax",)), "'" * 900 + "softmax" + "'" * 900, True),
        (Words(("f'",)), "f'", True),
        (Words(("f'",)), "`f'`", True),
        (Words(("f'",)), "f", False),
        (Words(("soft-max",)), "soft\u2212max", True),
        (Words(("soft-max",)), "soft\u2011max", True),
        (Words(("soft-max",)), "soft max", True),
        (Words(("caf\u00e9",)), "cafe\u0301", True),
        (Words(("softmax",)), "\uff33\uff4f\uff46\uff54max", True),
        (Words(("a-b",)), "ab", False),
        (Words(("3-1",)), "3 1", False),
        (Number("-64"), "\u221264", True),
        (Number("-64"), "\u201264\u200b", True),
        (Number("64"), "\uff16\uff14", True),
        (Number("4"), "2\u00b2", None),
        (Choices((Choice("\u201ca\u201d", False), Choice('"a"', True))), '"a"', True),
        (Number("4", unit="kB\u2013s"), "4 kB\u2013s", True),
        (Number("4", unit="gro\u0308\u00dfe"), "4 gr\u00f6\u00dfe", True),
        (Choices((Choice("don't", True), Choice("do", False))), "don\u2019t", True),
        (Choices((Choice("say \u201cno\u201d", True), Choice("do", False))), 'say "no"', True),
        (Truth(False), "\uff46", True),
        (Shape(("2", "3")), "(2,\u00a03)", True),
        (Shape(("...", "3")), "(\u2026, 3)", True),
        (Order(("x-y", "z")), "x\u2013y, z", True),
        (Match((("x", "don't"), ("y", "do"))), "don\u2019t, do", True),
    ],
)
def test_characters_that_look_alike_are_the_plain_ones(
    kind: Kind, typed: str, is_right: bool | None
) -> None:
    """What editors, phones and copying put in the place of ASCII, whatever is asked."""
    try:
        reply = read_line(typed, kind)
    except Unreadable:
        reply = None
    share = isinstance(reply, Reply) and reply.given is not None and kind.share(reply.given)
    assert reply is None if is_right is None else share == is_right


@pytest.mark.parametrize(
    ("accepted", "typed", "reply", "is_right"),
    [
        (("GPT-2", "GPT2"), "GPT 2", Reply("GPT 2"), True),
        (("GPT-2", "GPT2"), "gpt 2 3", Reply("gpt 2", 3), True),
        (("GPT-2", "GPT2"), "GPT-2 3", Reply("GPT-2", 3), True),
        (("Llama-3",), "Llama 3", Reply("Llama 3"), True),
        (("GPT",), "GPT 2", Reply("GPT", 2), True),
        (("GPT-2",), "GPT 3", Reply("GPT", 3), False),
    ],
)
def test_a_number_that_belongs_to_the_answer_is_no_confidence(
    accepted: tuple[str, ...], typed: str, reply: Reply, is_right: bool
) -> None:
    """The whole is tried before its last word is read as one."""
    kind = Words(accepted)
    assert read_line(typed, kind) == reply
    assert kind.share(reply.given or "") == is_right


@pytest.mark.parametrize("typed", ["2 x 3", "2×3", "2x3", "2 X 3", "2, 3", "[2, 3]", "(2,3) 2"])
def test_a_shape_may_be_written_with_a_cross(typed: str) -> None:
    """As well as with commas, in brackets or not."""
    kind = Shape(("2", "3"))
    reply = read_line(typed, kind)
    assert isinstance(reply, Reply)
    assert reply.given == "(2, 3)"


@pytest.mark.parametrize(
    ("expression", "tolerance", "right", "near"),
    [
        ("2**50", "", "1,125,899,906,842,624", "1125899906842625"),
        ("1234567890123", "", "1,234,567,890,123", "1234567890124"),
        ("2**53", "", "9,007,199,254,740,992", "9007199254740993"),
        ("2**70 + 1", "", "1,180,591,620,717,411,303,425", "2**70"),
        ("-9876543210987", "", "-9,876,543,210,987", "-9876543210988"),
        ("3 * 2**42", "", "13,194,139,533,312", "13194139533313"),
        ("1.2345678901234", "0", "1.2345678901234", "1.2345678901235"),
        ("1 / 3", "0", "0.333333333333333", "0.33333333333"),
        ("1 / 3", "", "0.333333", "0.3"),
        ("1 / 1000000", "1%", "1e-06", "0"),
        ("10**40", "", "1e+40", "2e40"),
    ],
)
def test_a_long_number_is_exact(expression: str, tolerance: str, right: str, near: str) -> None:
    """What is shown as right counts, and its neighbour does not."""
    kind = Number(expression, tolerance)
    assert kind.right == right
    assert kind.share(kind.read(right)) == 1
    assert kind.share(kind.read(near)) == 0


AXES = {"batch": "B", "heads": "H", "time": "T", "width": "D"}


@pytest.mark.parametrize(
    ("kind", "reply"),
    [
        (Match(tuple(AXES.items())), AXES),
        (Match(tuple(AXES.items())), "b,h,t,d"),
        (Order(("B", "H", "T", "D"), offered=("H", "B", "D", "T")), ["B", "H", "T", "D"]),
        (Order(("B", "H", "T", "D"), offered=("H", "B", "D", "T")), "b, a, d, c"),
    ],
)
def test_texts_of_one_letter_are_known_where_not_all_can_be_labels(
    kind: Kind, reply: Given
) -> None:
    """H and T label nothing among four, so B and D are not taken for labels either."""
    assert kind.share(kind.read(reply)) == 1


@pytest.mark.parametrize("things", ["012", "213"])
def test_things_that_are_numbers_are_known_by_their_places(things: str) -> None:
    """In a line that is typed; a file names them."""
    kind = Match(tuple(zip(things, ("rows", "columns", "depth"), strict=True)))
    assert kind.share(kind.read("1a 2b 3c")) == 1
    assert kind.share(kind.read(dict(kind.pairs))) == 1


@pytest.mark.parametrize(
    ("text", "typed"),
    [("masks", '"masks"'), ("a b", '"a b"'), ('x"; ls "$(id)', "'x\"; ls \"$(id)'")],
)
def test_a_topic_is_typed_as_it_is(text: str, typed: str) -> None:
    """A shell makes nothing else of it: whoever wrote a quiz may call it anything."""
    assert in_quotes(text) == typed


@pytest.mark.parametrize(
    ("kind", "typed", "is_right"),
    [
        (Words(("...",)), "...", True),
        (Words(("...",)), "'", False),
        (Words(("'",)), '"', False),
        (Printed("9007199254740993"), "9007199254740992", False),
        (Printed("1e+16"), "10000000000000001", False),
        (Printed("1e+16"), "10000000000000000.0", True),
        (Printed("10"), "1_0", False),
        (Printed("1,000,000"), "1 0 0", False),
        (Printed("1,024 2"), "1,024 2.0", True),
        (Printed("(2,)"), "(2)", False),
        (Printed("(2,)"), "(2., )", True),
        (Printed("{1: 2}"), "{1:2}", True),
        (Number("log(1000) / log(10)"), "3", True),
        (Number("64 ** (1 / 3)"), "3.97", False),
        (Shape(("(T + 1) * (S + 1)",), frozenset("TS")), "(T + 1) * (S + 1)", True),
        (Shape(("(H + 2)", "(W + 2)"), frozenset("HW")), "(H + 2), (W + 2)", True),
        (Shape(("(H + 2)", "(W + 2)"), frozenset("HW")), "((H + 2), (W + 2))", True),
    ],
)
def test_what_is_nearly_right_is_told_from_what_is(kind: Kind, typed: str, is_right: bool) -> None:
    """Signs that are an answer, whole numbers beyond those of a float, brackets within a shape."""
    assert kind.share(kind.read(typed)) == is_right


def test_letters_for_a_shape_of_numbers_are_asked_for_again() -> None:
    """They are not marked, though the question's own words have them."""
    with pytest.raises(Unreadable, match="Give numbers"):
        Shape(("2", "3"), frozenset("BH")).read("(B, H)")


def test_a_size_in_a_list_may_have_a_comma_of_its_own() -> None:
    """1,024 is one size, as it is anywhere else that a number is given."""
    shape = Shape(("1024", "3"))
    assert shape.share(shape.read(["1,024", "3"])) == 1.0


def test_a_printed_line_is_taken_as_it_is(questions: dict[str, Question]) -> None:
    """A number at its end is a confidence only behind just what is printed."""
    assert read_line("6.0 3", questions["prints"].kind) == Reply("6.0 3")
    assert read_line("6.0 3", Printed("6.0")) == Reply("6.0", 3)
    assert read_line("6.0 3", Printed("6.0 3")) == Reply("6.0 3")
    assert read_line("[1, 2] 3", Printed("[1, 2]")) == Reply("[1, 2]", 3)


@pytest.mark.parametrize(
    ("printed", "too_much"),
    [("1\n2", "1 2 3"), ("2500 16", "2500 16 1"), ("(4, 2) 1", "(4, 2) 1 1"), ("1 2", "1, 2, 3")],
)
def test_a_number_behind_a_row_of_numbers_is_one_more(printed: str, too_much: str) -> None:
    """A loop that is thought to go round once too often is no right answer that is sure."""
    kind = Printed(printed)
    assert read_line(too_much, kind) == Reply(too_much)
    assert not kind.share(too_much) and kind.share(printed)
    assert "nothing else" in kind.invitation


@pytest.mark.parametrize(
    "printed", ["6.0", "[1, 2]", "[0, 2] [0.75, 0.25]", "loss 3", "(2,)", "True"]
)
def test_behind_anything_else_a_number_says_how_sure(printed: str) -> None:
    """It cannot be meant as one more of what is printed."""
    assert read_line(f"{printed} 3", Printed(printed)) == Reply(printed, 3)


REWORDED = {
    "choice": (
        Choices((Choice("the keys  of K", True), Choice("Nothing", False))),
        Choices((Choice("The keys of K", True), Choice("nothing", False))),
    ),
    "choices": (
        Choices((Choice("gpt", True), Choice("Bert", False), Choice("a  decoder", True))),
        Choices((Choice("GPT", True), Choice("BERT", False), Choice("A decoder", True))),
    ),
    "order": (Order(("first", "then  this", "last")), Order(("First", "then this", "Last"))),
    "match": (Match((("q", "query"), ("k", "a  key"))), Match((("Q", "Query"), ("K", "A key")))),
}


@pytest.mark.parametrize("name", REWORDED)
def test_an_answer_holds_where_only_capitals_or_spaces_were_mended(name: str) -> None:
    """The question keeps its history then, so what was right before stays so."""
    before, now = REWORDED[name]
    assert before.content == now.content
    assert before.share(before.right) == now.share(before.right) == 1.0
    assert not any("Right is" in remark.what for remark in now.remarks(before.right))


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


def test_things_may_differ_in_capitals_alone() -> None:
    """N and n are two things; each has what fits it, by letter and by name."""
    kind = Match((("N", "how many"), ("n", "which"), ("d", "width")))
    assert kind.share(kind.right) == 1.0
    assert kind.remarks(kind.right) == ()
    assert kind.read("a b c") == kind.right
    assert kind.read({"n": "which", "N": "how many", "d": "width"}) == kind.right
    assert kind.share({"N": "which", "n": "how many", "d": "width"}) == 0.0
