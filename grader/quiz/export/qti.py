"""QTI 1.2 in a zip, as Canvas imports quizzes, Classic ones and New ones alike."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element, indent, tostring

from grader.quiz.export.exported import Exported, Loss, losses_of, lost_in_marking, lost_options
from grader.quiz.export.qti_item import element, item, metadata_field
from grader.quiz.kinds.arranged import Match, Order
from grader.quiz.kinds.base import Partial
from grader.quiz.model import Question, Quiz

_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_PACKAGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
_META_TYPE = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
_THEN = (1980, 1, 1, 0, 0, 0)  # the first moment of a zip: the same quiz makes the same bytes


def write_qti(quizzes: Sequence[Quiz]) -> Exported:
    """Return the quizzes as one package, an assessment for each."""
    files = {"imsmanifest.xml": _manifest(quizzes)}
    for quiz in quizzes:
        files[f"{_name(quiz)}/{_name(quiz)}.xml"] = _assessment(quiz)
        files[f"{_name(quiz)}/assessment_meta.xml"] = _meta(quiz)
    losses = (*_lost_tags(quizzes), *losses_of(quizzes, _lost))
    return Exported(_zipped(files), losses)


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


def _assessment(quiz: Quiz) -> Element:
    """Return the questions."""
    parts = [
        element("qtimetadata", metadata_field("cc_maxattempts", "unlimited")),
        element("section", *map(item, quiz.questions), ident="root_section"),
    ]
    assessment = element("assessment", *parts, ident=_name(quiz), title=quiz.title)
    return element("questestinterop", assessment, xmlns=_QTI)


def _meta(quiz: Quiz) -> Element:
    """Return what Canvas keeps of a quiz beside its questions: it may be taken again and again."""
    entries = {
        "title": quiz.title,
        "shuffle_answers": "true",
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
            file = quiz.questions[0].where.rpartition(":")[0]
            yield Loss(file, "", "tags are in the package as qmd_topic, and Canvas shows none")


def _lost(question: Question) -> Iterator[str]:
    yield from lost_options(question, "weight")
    marked = Partial.EACH if isinstance(question.kind, (Match, Order)) else Partial.ALL
    yield from lost_in_marking(question.kind, marked)
