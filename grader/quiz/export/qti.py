"""QTI 1.2 in a zip, as Canvas imports quizzes, Classic ones and New ones alike."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element, indent, tostring

from grader.quiz.export.exported import (
    Exported,
    Loss,
    file_of,
    losses_of,
    lost_documents,
    lost_in_marking,
    lost_options,
)
from grader.quiz.export.qti_item import element, item, metadata_field
from grader.quiz.export.texts import decimal
from grader.quiz.kinds.arranged import Match, Order
from grader.quiz.kinds.base import Partial
from grader.quiz.kinds.choice import Choices
from grader.quiz.kinds.typed import Number
from grader.quiz.model import Question, Quiz

_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
_META_TYPE = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
_CANVAS_STEP = 1e-4  # the numbers of its questions have four decimals
_THEN = (1980, 1, 1, 0, 0, 0)  # the first moment of a zip: the same quiz makes the same bytes


def write_qti(quizzes: Sequence[Quiz]) -> Exported:
    """Return the quizzes as one package, an assessment for each."""
    files = {"imsmanifest.xml": _manifest(quizzes)}
    for quiz in quizzes:
        files[f"{_name(quiz)}/{_name(quiz)}.xml"] = _assessment(quiz)
        files[f"{_name(quiz)}/assessment_meta.xml"] = _meta(quiz)
    lost = [loss for quiz in quizzes for loss in _lost_of(quiz)]
    return Exported(_zipped(files), (*_lost_tags(quizzes), *lost_documents(quizzes), *lost))


def _name(quiz: Quiz) -> str:
    return f"quiz-{quiz.name}"


def _manifest(quizzes: Sequence[Quiz]) -> Element:
    """Return the list of what is in the package."""
    parts = [
        element("metadata", element("schema", "IMS Content"), element("schemaversion", "1.1.3")),
        element("organizations"),
        element("resources", *(part for quiz in quizzes for part in _resources(_name(quiz)))),
    ]
    return element("manifest", *parts, xmlns=_PACKAGE, identifier="manifest")


def _resources(name: str) -> Iterator[Element]:
    meta, path = f"{name}-meta", f"{name}/assessment_meta.xml"
    parts = [
        element("file", href=f"{name}/{name}.xml"),
        element("dependency", identifierref=meta),
    ]
    yield element("resource", *parts, identifier=name, type="imsqti_xmlv1p2")
    file = element("file", href=path)
    yield element("resource", file, identifier=meta, type=_META_TYPE, href=path)


def _keeps_order(quiz: Quiz) -> bool:
    """Tell whether some choices are to keep their order: in Canvas then all do."""
    kinds = [question.kind for question in quiz.questions]
    return any(isinstance(kind, Choices) and kind.fixed for kind in kinds)


def _assessment(quiz: Quiz) -> Element:
    """Return the questions, shuffled once for all where Canvas is not to shuffle them."""
    questions = (quiz.shuffled(0) if _keeps_order(quiz) else quiz).questions
    parts = [
        element("qtimetadata", metadata_field("cc_maxattempts", "unlimited")),
        element("section", *map(item, questions), ident="root_section"),
    ]
    assessment = element("assessment", *parts, ident=_name(quiz), title=quiz.title)
    return element("questestinterop", assessment, xmlns=_QTI)


def _meta(quiz: Quiz) -> Element:
    """Return what Canvas keeps of a quiz beside its questions: it may be taken again and again."""
    entries = {
        "title": quiz.title,
        "shuffle_answers": "false" if _keeps_order(quiz) else "true",
        "scoring_policy": "keep_highest",
        "quiz_type": "assignment",
        "points_possible": f"{sum(question.weight for question in quiz.questions):g}",
        "show_correct_answers": "true",
        "allowed_attempts": "-1",
        "available": "false",
    }
    parts = [element(tag, text) for tag, text in entries.items()]
    return element("quiz", *parts, xmlns=_CANVAS, identifier=_name(quiz))


def _zipped(files: Mapping[str, Element]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, root in files.items():
            indent(root)
            entry = zipfile.ZipInfo(path, _THEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, tostring(root, "utf-8", xml_declaration=True))
    return packed.getvalue()


def _lost_tags(quizzes: Sequence[Quiz]) -> Iterator[Loss]:
    for quiz in quizzes:
        if any(question.tags for question in quiz.questions):
            what = "tags are in the package as qmd_topic, and Canvas shows none"
            yield Loss(file_of(quiz), "", what)


def _lost_of(quiz: Quiz) -> Iterator[Loss]:
    is_kept = _keeps_order(quiz)
    if is_kept:
        what = "some choices keep their order, so all have the same order for everybody"
        yield Loss(file_of(quiz), "", what)
    yield from losses_of([quiz], lambda question: _lost(question, not is_kept))


def _lost(question: Question, shuffles: bool) -> Iterator[str]:
    yield from lost_options(question, "weight")
    kind = question.drawn(None).kind
    marked = Partial.EACH if isinstance(kind, (Match, Order)) else Partial.ALL
    yield from lost_in_marking(kind, marked, shuffles)
    if isinstance(kind, Number):
        yield from _rounded(kind)
    in_choices = [c.text for c in kind.choices] if isinstance(kind, Choices) else []
    if any(formula in text for formula, _ in question.formulas for text in in_choices):
        yield "a formula in its choices is not typeset"


def _rounded(kind: Number) -> Iterator[str]:
    """Yield that Canvas rounds a number of which every digit counts."""
    rounded = round(kind.value, 4)
    if kind.margin < _CANVAS_STEP and rounded != kind.value:
        yield f"Canvas rounds to four decimals: {decimal(kind.value)} becomes {decimal(rounded)}"
