"""The words for mistakes that were found together."""

from __future__ import annotations

from dataclasses import replace

from grader.grading.diagnose.hypotheses import BOTH, Hypothesis, listed
from grader.grading.diagnose.several import Found
from grader.records import Diagnosis
from grader.records.text import Paragraph, Text, parse, spans_of

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
    if len(texts) == 1:
        (text,) = texts
    else:
        counted = zip(texts, found.needed, strict=True)
        opening = f"{NUMBERS[len(texts)]} things at once."
        text = listed(opening, (_counted(*each) for each in counted))
    if not found.left:
        return text
    verb = "is" if found.left == 1 else "are"
    left = f"{found.left} of the {found.failing} failing checks {verb} not explained by this."
    return Text((*text.groups, (Paragraph(spans_of(left)),)))


def _counted(text: Text, checks: int) -> Text:
    """Return a text that says at the end of its first paragraph in how many checks it shows."""
    shows = f"in {checks} check{'s' if checks > 1 else ''}" if checks else "on plainer inputs"
    first, *others = text.blocks
    if not isinstance(first, Paragraph):
        return text
    opening = Paragraph((*first.spans, f" It shows {shows}."))
    (_, *rest), *groups = text.groups
    return Text(((opening, *rest), *groups))


def _with_others(slip: Hypothesis, others: tuple[Hypothesis, ...]) -> Text:
    message = parse(slip.message)
    if not others:
        return message
    any_of = (each.message for each in (slip, *others)[:MAX_CANDIDATES])
    return listed("One of these:", any_of)
