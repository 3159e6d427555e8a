"""QTI 1.2 in a zip, as Canvas imports quizzes, Classic ones and New ones alike."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from grader.quiz.export.exported import (
    Exported,
    Loss,
    losses_of,
    lost_in_typing,
    lost_options,
    lost_order,
    lost_parts,
)
from grader.quiz.export.qti_item import item
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
        files[_path(quiz, f"{_name(quiz)}.xml")] = _assessment(quiz)
        files[_path(quiz, "assessment_meta.xml")] = _meta(quiz)
    losses = (*_lost_tags(quizzes), *losses_of(quizzes, _lost))
    return Exported(_zipped(files), losses)


def _name(quiz: Quiz) -> str:
    return f"quiz-{quiz.name}"


def _path(quiz: Quiz, file: str) -> str:
    return f"{_name(quiz)}/{file}"


def _manifest(quizzes: Sequence[Quiz]) -> Element:
    """Return the list of what is in the package."""
    root = Element("manifest", xmlns=_PACKAGE, identifier="manifest")
    metadata = SubElement(root, "metadata")
    SubElement(metadata, "schema").text = "IMS Content"
    SubElement(metadata, "schemaversion").text = "1.1.3"
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    for quiz in quizzes:
        name = _name(quiz)
        meta, path = f"{name}-meta", _path(quiz, "assessment_meta.xml")
        resource = SubElement(resources, "resource", identifier=name, type="imsqti_xmlv1p2")
        SubElement(resource, "file", href=_path(quiz, f"{name}.xml"))
        SubElement(resource, "dependency", identifierref=meta)
        resource = SubElement(resources, "resource", identifier=meta, type=_META_TYPE, href=path)
        SubElement(resource, "file", href=path)
    return root


def _assessment(quiz: Quiz) -> Element:
    """Return the questions."""
    root = Element("questestinterop", xmlns=_QTI)
    assessment = SubElement(root, "assessment", ident=_name(quiz), title=quiz.title)
    field = SubElement(SubElement(assessment, "qtimetadata"), "qtimetadatafield")
    SubElement(field, "fieldlabel").text = "cc_maxattempts"
    SubElement(field, "fieldentry").text = "unlimited"
    section = SubElement(assessment, "section", ident="root_section")
    for question in quiz.questions:
        item(section, question)
    return root


def _meta(quiz: Quiz) -> Element:
    """Return what Canvas keeps of a quiz beside its questions: it may be taken again and again."""
    root = Element("quiz", xmlns=_CANVAS, identifier=_name(quiz))
    points = sum(question.weight for question in quiz.questions)
    entries = {
        "title": quiz.title,
        "shuffle_answers": "true",
        "scoring_policy": "keep_highest",
        "quiz_type": "assignment",
        "points_possible": f"{points:g}",
        "show_correct_answers": "true",
        "allowed_attempts": "-1",
        "available": "false",
    }
    for tag, text in entries.items():
        SubElement(root, tag).text = text
    return root


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
    kind = question.kind
    yield from lost_options(question, "weight")
    yield from lost_in_typing(kind)
    yield from lost_order(kind)
    yield from lost_parts(kind, Partial.EACH if isinstance(kind, (Match, Order)) else Partial.ALL)
