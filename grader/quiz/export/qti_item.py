"""One question as an item of QTI 1.2, in the form that Canvas exports and imports.

The elements are those of the standard (IMS Question and Test Interoperability ASI 1.2.1), and
`question_type` tells Canvas which of its own kinds it is. A condition holds one spelling, since the
standard joins several in one condition by `and`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from grader.quiz.export.exported import as_asked, with_places
from grader.quiz.export.texts import decimal, escaped, explanation, spellings, stem, typeset
from grader.quiz.kinds.arranged import Match
from grader.quiz.kinds.base import Kind
from grader.quiz.kinds.choice import Choices, Truth
from grader.quiz.kinds.typed import Number, Printed
from grader.quiz.model import Question

_RESPONSE = "response1"
_GENERAL = "general_fb"
_TYPES = {
    Truth: "true_false_question",
    Number: "numerical_question",
    Match: "matching_question",
}


class _Label(NamedTuple):
    """One thing to choose, and what is said of it."""

    ident: str
    text: str
    right: bool = False
    because: str = ""


def element(tag: str, *inside: Element | str, **attributes: str) -> Element:
    """Return an element of XML with a text or other elements inside."""
    node = Element(tag, attributes)
    for part in inside:
        if isinstance(part, str):
            node.text = part
        else:
            node.append(part)
    return node


def metadata_field(label: str, entry: str) -> Element:
    """Return something that is said of an item or an assessment."""
    return element("qtimetadatafield", element("fieldlabel", label), element("fieldentry", entry))


def item(question: Question) -> Element:
    """Return a question with its first values."""
    asked = typeset(with_places(as_asked(question)), choices=False)
    said = explanation(asked)
    feedback = [_feedback(_GENERAL, said)] if said else []
    for label in _labels(asked.kind):
        if label.because:
            feedback.append(_feedback(f"{label.ident}_fb", f"<p>{escaped(label.because)}</p>"))
    return element(
        "item",
        _metadata(asked),
        element("presentation", _material(stem(asked)), *_responses(asked.kind)),
        _processing(asked.kind, bool(said)),
        *feedback,
        ident=f"q-{asked.id}",
        title=asked.id,
    )


def _metadata(question: Question) -> Element:
    kind = question.kind
    ids = [label.ident for label in _labels(kind)] or ["answer_1"]
    name = _TYPES.get(type(kind), "short_answer_question")
    if isinstance(kind, Choices):
        name = "multiple_answers_question" if kind.several else "multiple_choice_question"
    fields = [
        metadata_field("question_type", name),
        metadata_field("points_possible", f"{question.weight:g}"),
        metadata_field("original_answer_ids", ",".join(ids)),
        metadata_field("assessment_question_identifierref", f"ref-{question.id}"),
    ]
    topics = [element("qmd_topic", ", ".join(question.tags))] if question.tags else []
    return element("itemmetadata", element("qtimetadata", *fields), *topics)


def _labels(kind: Kind) -> Sequence[_Label]:
    """Return what there is to choose from; for a match, what something is to be found for."""
    if isinstance(kind, Choices):
        given = [(choice.text, choice.right, choice.because) for choice in kind.choices]
    elif isinstance(kind, Truth):
        given = [("True", kind.is_true, ""), ("False", not kind.is_true, "")]
    else:
        given = [(one, True, "") for one, _ in kind.pairs] if isinstance(kind, Match) else []
    return [_Label(f"answer_{number}", *entry) for number, entry in enumerate(given, 1)]


def _second(kind: Match) -> list[_Label]:
    """Return what the things of a match are to be matched with."""
    return [_Label(f"match_{number}", text) for number, text in enumerate(kind.offered, 1)]


def _response_to(label: _Label) -> str:
    """Return the name of the response to one thing of a match."""
    return f"response_{label.ident}"


def _responses(kind: Kind) -> list[Element]:
    """Return what is to be answered: choices, or a line to type a number or any text in."""
    labels = _labels(kind)
    if isinstance(kind, Match):
        return [_choice(_response_to(one), _second(kind), of=one.text) for one in labels]
    if labels:
        several = isinstance(kind, Choices) and kind.several
        return [_choice(_RESPONSE, labels, several)]
    number = {"fibtype": "Decimal"} if isinstance(kind, Number) else {}
    line = element("render_fib", element("response_label", ident="answer_1"), **number)
    return [element("response_str", line, ident=_RESPONSE, rcardinality="Single")]


def _choice(ident: str, labels: Sequence[_Label], several: bool = False, of: str = "") -> Element:
    asked = [_material(of, "text/plain")] if of else []
    most = {"maxnumber": str(len(labels))} if several else {}
    offered = [
        element("response_label", _material(label.text, "text/plain"), ident=label.ident)
        for label in labels
    ]
    choices = element("render_choice", *offered, **most)
    cardinality = "Multiple" if several else "Single"
    return element("response_lid", *asked, choices, ident=ident, rcardinality=cardinality)


def _processing(kind: Kind, explained: bool) -> Element:
    """Return how answers are marked; with `explained`, what is said of the question is shown too.

    New Quizzes take a line to type in for an essay where a condition says `other`, so there the
    conditions that mark it show the explanation. (Canvas shows it whatever is typed.)
    """
    limits = element("decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
    conditions = _conditions(kind)
    if explained and _labels(kind):
        conditions = [_condition(element("other"), _show(_GENERAL), go_on=True), *conditions]
    elif explained:
        for condition in conditions:
            condition.append(_show(_GENERAL))
    return element("resprocessing", element("outcomes", limits), *conditions)


def _conditions(kind: Kind) -> list[Element]:
    """Return what an answer is worth, and what is shown for it."""
    labels = _labels(kind)
    if isinstance(kind, Match):
        idents = {label.text: label.ident for label in _second(kind)}
        score = f"{100 / len(kind.pairs):.2f}"
        return [
            _condition(_equal(idents[two], _response_to(one)), _score("Add", score), go_on=True)
            for one, (_, two) in zip(labels, kind.pairs, strict=True)
        ]
    if labels:
        reasons = [
            _condition(_equal(label.ident), _show(f"{label.ident}_fb"), go_on=True)
            for label in labels
            if label.because
        ]
        return [*reasons, _condition(_chosen(kind, labels), _score())]
    if isinstance(kind, Number):
        return [_condition(_near(kind), _score())]
    case = {"case": "Yes"} if isinstance(kind, Printed) else {}
    return [_condition(_equal(text, **case), _score()) for text in spellings(kind)]


def _chosen(kind: Kind, labels: Sequence[_Label]) -> Element:
    """Return the condition that the right choice was made, or all that are right and no other."""
    if not (isinstance(kind, Choices) and kind.several):
        return next(_equal(label.ident) for label in labels if label.right)
    equal = {label: _equal(label.ident) for label in labels}
    return element("and", *(e if one.right else element("not", e) for one, e in equal.items()))


def _near(kind: Number) -> Element:
    low, high = decimal(kind.value - kind.margin), decimal(kind.value + kind.margin)
    above = element("vargte", low, respident=_RESPONSE)
    below = element("varlte", high, respident=_RESPONSE)
    return element("or", _equal(decimal(kind.value)), element("and", above, below))


def _condition(test: Element, *then: Element, go_on: bool = False) -> Element:
    """Return what follows from a test; with `go_on`, the conditions behind it are looked at too."""
    goes_on = {"continue": "Yes" if go_on else "No"}
    return element("respcondition", element("conditionvar", test), *then, **goes_on)


def _equal(text: str, response: str = _RESPONSE, **options: str) -> Element:
    return element("varequal", text, respident=response, **options)


def _score(action: str = "Set", score: str = "100") -> Element:
    return element("setvar", score, action=action, varname="SCORE")


def _show(ident: str) -> Element:
    return element("displayfeedback", feedbacktype="Response", linkrefid=ident)


def _feedback(ident: str, text: str) -> Element:
    return element("itemfeedback", element("flow_mat", _material(text)), ident=ident)


def _material(text: str, texttype: str = "text/html") -> Element:
    return element("material", element("mattext", text, texttype=texttype))
