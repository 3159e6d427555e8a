"""What is bounded of pictures and lessons has room for those of this course."""

from __future__ import annotations

from grader.course.course import read_course
from grader.course.lesson import MAX_NAME
from grader.exercise.pictures import MAX_PICTURES, MAX_TEXT, MAX_VALUES, MAX_VIEWS
from grader.grading.examiner import examiner_of
from grader.grading.pictures import view_results
from grader.present.picture_png import MAX_LABEL, MAX_PANELS
from tests.conftest import ROOT


def test_no_bound_is_felt() -> None:
    """Twice as many pictures, views, labels and formulas would do; no label of a PNG is cut."""
    course = read_course(ROOT)
    for name in course.exercises:
        examiner = examiner_of(course, name)
        definition = examiner.definition
        assert all(2 * len(formula) <= MAX_NAME for formula in definition.formulas), name
        drawn = [view_results(examiner, picture) for picture in definition.pictures]
        assert 2 * len(drawn) <= MAX_PICTURES, name
        assert all(2 * len(results) <= MAX_VIEWS for results in drawn), name
        panels = [result.panel for results in drawn for result in results]
        assert 3 * len(panels) <= MAX_PANELS, name  # two of each are drawn
        for panel in panels:
            texts = (panel.title, *panel.rows, *panel.columns, *panel.words)
            assert all(2 * len(text) <= MAX_TEXT for text in texts), (name, panel.title)
            labels = (*panel.rows, *panel.columns)
            assert all(2 * len(label) <= MAX_LABEL for label in labels), (name, panel.title)
            assert 2 * len(panel.words) <= MAX_VALUES >= 2 * panel.values.size, name
            assert "\n" not in "".join((panel.title, *labels)), (name, panel.title)
