"""A model as a learner meets it: its lesson, its answers, what breaks it, whose functions ran."""

from __future__ import annotations

from collections.abc import Sequence

from grader.errors import in_one_line
from grader.exercise.model import Model
from grader.grading.model_files import Credits
from grader.grading.models import Ablation, Watched
from grader.present.picture_text import render_panels
from grader.present.style import Style


def render_lesson(model: Model, style: Style) -> str:
    """Return what the model is, and what to look at."""
    return "\n".join([style.paint(model.title, "bold"), "", *style.wrap(model.lesson)])


def render_watched(watched: Watched, model: Model, style: Style) -> str:
    """Return a text with its answer, and the picture that belongs to it."""
    answer = style.paint(in_one_line(watched.answer), "bold")
    lines = [f"{in_one_line(watched.text)}  ->  {answer}"]
    if watched.panels or watched.borrowed:
        lines += ["", render_seen(watched, model, style)]
    return "\n".join(lines)


def render_seen(watched: Watched, model: Model, style: Style) -> str:
    """Return the picture that belongs to a text which was streamed."""
    lines = [render_panels(watched.panels, style)] if watched.panels else []
    if watched.borrowed:
        whose = " The picture is the reference's." if watched.panels else ""
        lines += ["", *style.wrap(model.unseen + whose)]
    return "\n".join(lines)


def render_answers(texts: Sequence[str], answers: Sequence[str]) -> str:
    """Return texts beside their answers."""
    width = max(map(len, texts))
    return "\n".join(
        f"  {text:<{width}}  ->  {in_one_line(answer)}"
        for text, answer in zip(texts, answers, strict=True)
    )


def render_wrong(credits: Credits, exercise: str, style: Style) -> str:
    """Return, before a model runs, which exercises do not pass and whose functions run then."""
    *others, last = credits.wrong
    names = f"{', '.join(others)} and {last}" if others else last
    verb, its = ("does", "its") if len(credits.wrong) == 1 else ("do", "their")
    opening = f"Your {names} {verb} not pass yet"
    if set(credits.wrong) <= set(credits.yours):
        return "\n".join(style.wrap(f"{opening}. What you see is what comes of it."))
    message = (
        f"{opening}, so the reference runs in {its} place. To see what comes of yours:"
        f" grader show {exercise} --mine"
    )
    return "\n".join(style.wrap(message))


def render_credits(credits: Credits, style: Style, is_asked: bool = False) -> str:
    """Return whose functions have worked; none of the learner's, where that `is_asked`."""
    yours, reference = ", ".join(credits.yours), ", ".join(credits.reference)
    if not credits.reference:
        return "\n".join(style.wrap(f"All of it is yours: {yours}."))
    if is_asked:
        return "\n".join(style.wrap(f"As you asked, the reference did all of it: {reference}."))
    if not credits.yours:
        message = (
            f"None of it is yours yet: the reference stood in for {reference}. Each exercise that"
            " you pass takes its place in here."
        )
        return "\n".join(style.wrap(message))
    return "\n".join(
        [*style.wrap(f"Yours: {yours}."), *style.wrap(f"The reference stood in for: {reference}.")]
    )


def render_ablations(ablations: Sequence[Ablation], model: Model, style: Style) -> str:
    """Return a table of what is left when something is taken away, and why."""
    names = [f"without {each.without}" if each.without else "the whole model" for each in ablations]
    width = max(map(len, (*names, *(f"without {name}" for name in model.without))))
    if model.page:
        lines = style.wrap(model.page)
    else:
        lines = [f"Right, of {ablations[0].total} {model.texts} that were kept from it:", ""]
    for name, each in zip(names, ablations, strict=True):
        row = _measured if model.page else _counted
        lines += row(name, each, width, style)
    for name, each in zip(names, ablations, strict=True):
        if each.without:
            lines += ["", *style.wrap(model.without[each.without])]
        if each.borrowed:
            message = (
                f"Your functions do not call what is taken away here, so {name} it is the reference"
                " that you see."
            )
            lines += style.wrap(message)
    return "\n".join(lines)


def _counted(name: str, ablation: Ablation, width: int, style: Style) -> list[str]:
    """Return the share that is right, and an example beside it, in a line."""
    text, answer = ablation.example
    share = f"{100 * ablation.right / ablation.total:.1f} %"
    return [f"  {name:<{width}}  {share:>7}   {text} -> {in_one_line(answer)}"]


def _measured(name: str, ablation: Ablation, width: int, style: Style) -> list[str]:
    """Return the loss in a line, and below it how a text goes on."""
    loss = "" if ablation.loss is None else f"{ablation.loss:.2f}"
    went_on = " ".join("".join(ablation.example).split())
    return ["", f"  {name:<{width}}  {loss:>7}", *style.wrap(went_on, "    ")]
