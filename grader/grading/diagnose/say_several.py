"""The words for mistakes that were found together."""

from __future__ import annotations

from dataclasses import replace

from grader.grading.diagnose.hypotheses import BOTH, Hypothesis, listed
from grader.grading.diagnose.several import Found
from grader.records import Diagnosis
from grader.records.text import Paragraph, Text, parse

MAX_CANDIDATES = 3
NUMBERS = {2: "Two", 3: "Three", 4: "Four", 5: "Five"}
FROM_THE_LEAST = ("relation", "inherited", "mistake")  # kinds, by how much their author knows


def say_found(function: str, found: Found) -> Diagnosis:
    """Return a diagnosis of all mistakes that were found, the plainest first."""
    kind = max((each.kind for each in found.theory), key=FROM_THE_LEAST.index)
    certain = zip(found.theory, found.others, strict=True)
    names = [each.name for each, others in certain if each.name and not others]
    return Diagnosis(kind, _message(found), BOTH.join(names) or None, function)


def tentative(hypothesis: Hypothesis) -> Hypothesis:
    """Return a hypothesis that says of itself that something else may have done the same."""
    opening = "This would give what you get, though other things would, too:"
    return replace(hypothesis, message=listed(opening, [hypothesis.message]))


def _message(found: Found) -> Text:
    texts = [_with_others(*each) for each in zip(found.theory, found.others, strict=True)]
    if len(texts) == 1 and 2 * found.left > found.failing:
        opening = f"This may be a part of it; {_unexplained(found)} by it:"
        return listed(opening, texts)
    if len(texts) == 1:
        return _with_end(texts[0], _left(found))
    counted = zip(texts, found.needed, strict=True)
    opening = f"{NUMBERS[len(texts)]} things at once.{_left(found)}"
    return listed(opening, (_with_end(text, _shows(checks)) for text, checks in counted))


def _left(found: Found) -> str:
    """Return a sentence on the failing checks that are not explained, if there are such."""
    return f" {_unexplained(found)} by this." if found.left else ""


def _unexplained(found: Found) -> str:
    verb = "is" if found.left == 1 else "are"
    return f"{found.left} of the {found.failing} failing checks {verb} not explained"


def _shows(checks: int) -> str:
    where = f"in {checks} check{'s' if checks > 1 else ''}" if checks else "on plainer inputs"
    return f" It shows {where}."


def _with_end(text: Text, end: str) -> Text:
    """Return a text with a sentence more at the end of its first paragraph, which is never cut."""
    (first, *blocks), *groups = text.groups
    if not isinstance(first, Paragraph):
        return text
    return Text(((Paragraph((*first.spans, end)), *blocks), *groups))


def _with_others(slip: Hypothesis, others: tuple[Hypothesis, ...]) -> Text:
    message = parse(slip.message)
    if not others:
        return message
    any_of = (each.message for each in (slip, *others)[:MAX_CANDIDATES])
    return listed("One of these:", any_of)
