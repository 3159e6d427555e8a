"""One question as an item of QTI 1.2, in the form that Canvas exports and imports.

The elements are those of the standard (IMS Question and Test Interoperability ASI 1.2.1), and
`question_type` tells Canvas which of its own kinds it is. A condition holds one spelling, since the
standard joins several in one condition by `and`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from grader.quiz.export.exported import as_asked, with_places
from grader.quiz.export.texts import decimal, escaped, explanation, spellings, stem
from grader.quiz.kinds.arranged import Match
from grader.quiz.kinds.base import Kind
from grader.quiz.kinds.choice import Choices, Truth
from grader.quiz.kinds.typed import Number, Printed
from grader.quiz.model import Question

_RESPONSE = "response1"
_GENERAL = "general_fb"


class _Label(NamedTuple):
    """One thing to choose, and what is said of it."""

    ident: str
    text: str
    right: bool = False
    because: str = ""


def item(parent: Element, question: Question) -> None:
    """Add a question with its first values to a section."""
    asked = with_places(as_asked(question))
    node = SubElement(parent, "item", ident=f"q-{asked.id}", title=asked.id)
    _metadata(node, asked)
    presentation = SubElement(node, "presentation")
    _material(presentation, stem(asked))
    _present(asked.kind, presentation)
    said = explanation(asked)
    _processing(node, asked.kind, bool(said))
    if said:
        _say(node, _GENERAL, said)
    for label in _labels(asked.kind):
        if label.because:
            _say(node, f"{label.ident}_fb", f"<p>{escaped(label.because)}</p>")


def _metadata(node: Element, question: Question) -> None:
    metadata = SubElement(node, "itemmetadata")
    fields = SubElement(metadata, "qtimetadata")
    ids = [label.ident for label in _labels(question.kind)] or ["answer_1"]
    entries = {
        "question_type": _type(question.kind),
        "points_possible": f"{question.weight:g}",
        "original_answer_ids": ",".join(ids),
        "assessment_question_identifierref": f"ref-{question.id}",
    }
    for label, entry in entries.items():
        field = SubElement(fields, "qtimetadatafield")
        SubElement(field, "fieldlabel").text = label
        SubElement(field, "fieldentry").text = entry
    if question.tags:
        SubElement(metadata, "qmd_topic").text = ", ".join(question.tags)


def _type(kind: Kind) -> str:
    if isinstance(kind, Choices):
        return "multiple_answers_question" if kind.several else "multiple_choice_question"
    known = {
        Truth: "true_false_question",
        Number: "numerical_question",
        Match: "matching_question",
    }
    return known.get(type(kind), "short_answer_question")


def _labels(kind: Kind) -> Sequence[_Label]:
    """Return what there is to choose from; for a match, what something is to be found for."""
    if isinstance(kind, Choices):
        given = [(choice.text, choice.right, choice.because) for choice in kind.choices]
    elif isinstance(kind, Truth):
        given = [("True", kind.is_true, ""), ("False", not kind.is_true, "")]
    else:
        given = [(one, True, "") for one, _ in kind.pairs] if isinstance(kind, Match) else []
    return [_Label(f"answer_{number}", *entry) for number, entry in enumerate(given, 1)]


@singledispatch
def _present(kind: Kind, parent: Element) -> None:
    """Add what is to be answered: a line to type in, for a number or for any text."""
    response = SubElement(parent, "response_str", ident=_RESPONSE, rcardinality="Single")
    number = {"fibtype": "Decimal"} if isinstance(kind, Number) else {}
    SubElement(SubElement(response, "render_fib", number), "response_label", ident="answer_1")


@_present.register(Choices)
@_present.register(Truth)
def _(kind: Choices | Truth, parent: Element) -> None:
    several = isinstance(kind, Choices) and kind.several
    _choice(parent, _RESPONSE, _labels(kind), several=several)


@_present.register
def _(kind: Match, parent: Element) -> None:
    for one in _labels(kind):
        _choice(parent, _of(one), _second(kind), of=one.text)


def _second(kind: Match) -> list[_Label]:
    """Return what the things of a match are to be matched with."""
    return [_Label(f"match_{number}", text) for number, text in enumerate(kind.offered, 1)]


def _of(label: _Label) -> str:
    """Return the name of the response to one thing of a match."""
    return f"response_{label.ident}"


def _choice(
    parent: Element, ident: str, labels: Sequence[_Label], several: bool = False, of: str = ""
) -> None:
    cardinality = "Multiple" if several else "Single"
    response = SubElement(parent, "response_lid", ident=ident, rcardinality=cardinality)
    if of:
        _material(response, of, "text/plain")
    most = {"maxnumber": str(len(labels))} if several else {}
    choices = SubElement(response, "render_choice", most)
    for label in labels:
        one = SubElement(choices, "response_label", ident=label.ident)
        _material(one, label.text, "text/plain")


def _processing(node: Element, kind: Kind, explained: bool) -> None:
    """Add how answers are marked; with `explained`, what is said of the question is shown too.

    New Quizzes take a line to type in for an essay where a condition says `other`, so there the
    conditions that mark it show the explanation. (Canvas shows it whatever is typed.)
    """
    processing = SubElement(node, "resprocessing")
    limits = {"maxvalue": "100", "minvalue": "0", "varname": "SCORE", "vartype": "Decimal"}
    SubElement(SubElement(processing, "outcomes"), "decvar", limits)
    is_typed = not _labels(kind)
    if explained and not is_typed:
        shown = _condition(processing, go_on=True)
        SubElement(shown[0], "other")
        _feedback(shown, _GENERAL)
    _process(kind, processing)
    if explained and is_typed:
        for condition in processing.findall("respcondition"):
            _feedback(condition, _GENERAL)


@singledispatch
def _process(kind: Kind, parent: Element) -> None:
    """Add what an answer is worth, and what is shown for it."""
    for text in spellings(kind):
        condition = _condition(parent)
        equal = _equal(condition[0], text)
        if isinstance(kind, Printed):
            equal.set("case", "Yes")
        _score(condition)


@_process.register
def _(kind: Number, parent: Element) -> None:
    condition = _condition(parent)
    either = SubElement(condition[0], "or")
    _equal(either, decimal(kind.value))
    both = SubElement(either, "and")
    bounds = {"vargte": kind.value - kind.margin, "varlte": kind.value + kind.margin}
    for tag, bound in bounds.items():
        SubElement(both, tag, respident=_RESPONSE).text = decimal(bound)
    _score(condition)


@_process.register(Choices)
@_process.register(Truth)
def _(kind: Choices | Truth, parent: Element) -> None:
    labels = _labels(kind)
    for label in labels:
        if label.because:
            shown = _condition(parent, go_on=True)
            _equal(shown[0], label.ident)
            _feedback(shown, f"{label.ident}_fb")
    condition = _condition(parent)
    if isinstance(kind, Choices) and kind.several:
        every = SubElement(condition[0], "and")
        for label in labels:
            _equal(every if label.right else SubElement(every, "not"), label.ident)
    else:
        _equal(condition[0], next(label.ident for label in labels if label.right))
    _score(condition)


@_process.register
def _(kind: Match, parent: Element) -> None:
    idents = {label.text: label.ident for label in _second(kind)}
    for one, (_, two) in zip(_labels(kind), kind.pairs, strict=True):
        condition = _condition(parent, go_on=True)
        _equal(condition[0], idents[two], _of(one))
        _score(condition, 100 / len(kind.pairs))


def _condition(parent: Element, go_on: bool = False) -> Element:
    """Add a condition, empty as yet; with `go_on`, those behind it are looked at as well."""
    condition = SubElement(parent, "respcondition", {"continue": "Yes" if go_on else "No"})
    SubElement(condition, "conditionvar")
    return condition


def _equal(parent: Element, text: str, response: str = _RESPONSE) -> Element:
    equal = SubElement(parent, "varequal", respident=response)
    equal.text = text
    return equal


def _score(condition: Element, part: float | None = None) -> None:
    action = "Add" if part else "Set"
    score = SubElement(condition, "setvar", action=action, varname="SCORE")
    score.text = f"{part:.2f}" if part else "100"


def _feedback(condition: Element, ident: str) -> None:
    SubElement(condition, "displayfeedback", feedbacktype="Response", linkrefid=ident)


def _say(node: Element, ident: str, text: str) -> None:
    feedback = SubElement(node, "itemfeedback", ident=ident)
    _material(SubElement(feedback, "flow_mat"), text)


def _material(parent: Element, text: str, texttype: str = "text/html") -> None:
    SubElement(SubElement(parent, "material"), "mattext", texttype=texttype).text = text
