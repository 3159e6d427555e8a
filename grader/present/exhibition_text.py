"""An exercise's pictures as a learner sees them: yours beside the reference's."""

from __future__ import annotations

from grader.exercise.panels import Panel
from grader.grading.pictures import ExercisePictures, PictureViews
from grader.present.panels_text import render_panels
from grader.present.style import Style
from grader.records.text import Text

AGREED = "On these inputs yours agrees with the reference."


def render_exhibition(exhibition: ExercisePictures, style: Style) -> str:
    """Return every picture with its sentence, and what is to be said of the learner's file."""
    path = style.paint(f"  {exhibition.path}", "faint")
    head = [style.paint(exhibition.exercise, "bold"), path]
    of_the_file = [style.wrap(text, "  ") for text in exhibition.notes]
    blocks = [head, *of_the_file, *(_exhibit(each, style) for each in exhibition.pictures)]
    return "\n\n".join("\n".join(block) for block in blocks)


def panels_of(exhibition: ExercisePictures) -> list[Panel]:
    """Return all panels of an exercise, for each picture one group."""
    return [
        panel._replace(group=exhibit.picture.title)
        for exhibit in exhibition.pictures
        for panel in _panels(exhibit)
    ]


def _exhibit(exhibit: PictureViews, style: Style) -> list[str]:
    abreast = 2 if any(view.yours for view in exhibit.views) else 0
    return [
        style.paint(exhibit.picture.title, "name"),
        *style.wrap(exhibit.picture.caption),
        "",
        render_panels(_panels(exhibit), style, abreast),
        *_verdict(exhibit, style),
    ]


def _panels(exhibit: PictureViews) -> list[Panel]:
    """Return the panels in pairs; those that stand alone come last."""
    pairs = [
        panel._replace(title=f"{whose}: {panel.title}")
        for view in exhibit.views
        for whose, panel in (("yours", view.yours), ("reference", view.reference))
        if panel and view.yours
    ]
    alone = [view.reference for view in exhibit.views if not view.yours]
    return pairs + [panel._replace(title=f"reference: {panel.title}") for panel in alone]


def _verdict(exhibit: PictureViews, style: Style) -> list[str]:
    """Say whether the two agree; where they do not, once for all views of which the same is so."""
    troubles: dict[tuple[str, Text], list[str]] = {}
    for view in exhibit.views:
        if view.trouble:
            opening = "Yours differs from the reference" if view.yours else "There is none of yours"
            troubles.setdefault((opening, view.trouble), []).append(view.reference.title)
    if not troubles and all(view.yours for view in exhibit.views):
        return [style.paint(line, "good") for line in style.wrap(AGREED)]
    lines = []
    for (opening, trouble), titles in troubles.items():
        named = f" ({', '.join(titles)})" if len(titles) < len(exhibit.views) else ""
        first, *rest = style.wrap(trouble.after(f"{opening}{named}: "))
        lines += [style.paint(first, "bad"), *rest]
    return lines
