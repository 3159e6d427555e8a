"""An exercise's pictures as a learner sees them: yours beside the reference's."""

from __future__ import annotations

from grader.exercise.pictures import Panel
from grader.grading.pictures import ExercisePictures, PictureViews
from grader.present.picture_text import render_panels
from grader.present.style import Style
from grader.records.text import Paragraph, Text, spans_of

AGREED = "On these inputs yours agrees with the reference."


def render_pictures(drawn: ExercisePictures, style: Style) -> str:
    """Return every picture with its sentence, and what is to be said of the learner's file."""
    path = style.paint(f"  {drawn.path}", "faint")
    head = [style.paint(drawn.exercise, "bold"), path]
    of_the_file = [style.wrap(text, "  ") for text in drawn.notes]
    blocks = [head, *of_the_file, *(_picture(each, style) for each in drawn.pictures)]
    return "\n\n".join("\n".join(block) for block in blocks)


def panels_of(drawn: ExercisePictures) -> list[Panel]:
    """Return all panels of an exercise, for each picture one group."""
    return [
        panel._replace(group=each.picture.title)
        for each in drawn.pictures
        for panel in _panels(each)
    ]


def _picture(drawn: PictureViews, style: Style) -> list[str]:
    abreast = 2 if any(view.yours for view in drawn.views) else 0
    return [
        style.paint(drawn.picture.title, "name"),
        *_caption(drawn.picture.caption, style),
        "",
        render_panels(_panels(drawn), style, abreast),
        *_verdict(drawn, style),
    ]


def _caption(caption: str, style: Style) -> list[str]:
    """Return a caption in paragraphs, further in: an author's lines begin not as ours do."""
    paragraphs = (" ".join(part.split()) for part in caption.split("\n\n") if part.strip())
    return style.wrap(Text(tuple((Paragraph(spans_of(each)),) for each in paragraphs)), "  ")


def _panels(drawn: PictureViews) -> list[Panel]:
    """Return the panels in pairs; those that stand alone come last."""
    pairs = [
        panel._replace(title=f"{whose}: {panel.title}")
        for view in drawn.views
        for whose, panel in (("yours", view.yours), ("reference", view.reference))
        if panel and view.yours
    ]
    alone = [view.reference for view in drawn.views if not view.yours]
    return pairs + [panel._replace(title=f"reference: {panel.title}") for panel in alone]


def _verdict(drawn: PictureViews, style: Style) -> list[str]:
    """Say whether the two agree; where they do not, once for all views of which the same is so."""
    troubles: dict[tuple[str, Text], list[str]] = {}
    for view in drawn.views:
        if view.trouble:
            opening = "Yours differs from the reference" if view.yours else "There is none of yours"
            troubles.setdefault((opening, view.trouble), []).append(view.reference.title)
    if not troubles and all(view.yours for view in drawn.views):
        return [style.paint(line, "good") for line in style.wrap(AGREED)]
    lines = []
    for (opening, trouble), titles in troubles.items():
        named = f" ({', '.join(titles)})" if len(titles) < len(drawn.views) else ""
        first, *rest = style.wrap(trouble.after(f"{opening}{named}: "))
        lines += [style.paint(first, "bad"), *rest]
    return lines
