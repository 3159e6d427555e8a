"""The answer of a question, read from its nodes: which way of asking it is, and what is right."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import product
from typing import NamedTuple

import yaml

from grader.quiz.arithmetic import NotArithmetic, evaluate, names_in
from grader.quiz.kinds.arranged import Match, Order
from grader.quiz.kinds.base import MOST, Kind, Partial, Unreadable, squeezed
from grader.quiz.kinds.choice import Choice, Choices, Truth
from grader.quiz.kinds.typed import BRACED, Number, Printed, Shape, Words, fill, plain, split_sizes
from grader.quiz.reading.faults import clipped, nearest
from grader.quiz.reading.nodes import NodeFile
from grader.quiz.reply import Reply, read_line

_TRUTHS = {"true": True, "yes": True, "false": False, "no": False}
MOST_SPELLINGS = 100  # of one answer: each is compared with what is typed
MOST_SIZES = 16  # of a shape
_TOLERANCE = r"(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*%?"


class AnswerReader(NamedTuple):
    """Reads the answer of a question that has those fields and says those `words`."""

    file: NodeFile
    fields: Mapping[str, yaml.Node]
    words: str
    variables: Mapping[str, Sequence[str]]

    def choices(self, node: yaml.Node) -> Kind:
        """Read the choices."""
        nodes = self.file.items(node)
        choices = [self._choice(item) for item in nodes]
        self._check_offered(node, nodes, [choice.text for choice in choices])
        right = [choice.right for choice in choices]
        if len(right) > 1 and len(set(right)) == 1 and all(choice.text for choice in choices):
            problem = f"{'all' if right[0] else 'none'} of the choices are right"
            cure = "Begin at least one with `right:`, and one with `wrong:`."
            self.file.fault(node, problem, cure)
        is_fixed = self.file.one_of(self.fields.get("shuffle"), "shuffle", _TRUTHS)
        return Choices(tuple(choices), self._partial(), not _TRUTHS[is_fixed or "true"])

    def answer(self, node: yaml.Node) -> Kind:
        """Read a truth, or a number, which is worked out with all values that may be drawn."""
        text = self.file.word(node, "answer")
        if text.lower() in _TRUTHS:
            return Truth(_TRUTHS[text.lower()])
        cure = "Write 0.01, or 1%."
        tolerance = self.file.word(self.fields.get("tolerance"), "tolerance", _TOLERANCE, cure)
        number = Number(text, tolerance, self.file.line(self.fields.get("unit"), "unit"))
        is_complete = text and refuse_unknown(self.file, node, self.variables)
        for values in product(*self.variables.values()) if is_complete else ():
            drawn = dict(zip(self.variables, values, strict=True))
            try:
                filled = number.filled(drawn)
                _ = filled.value, filled.margin
            except NotArithmetic as error:
                given = ", ".join(f"{name} = {value}" for name, value in drawn.items())
                problem = f"with {given}, {error}" if drawn else str(error)
                cure = "Write true, false, or arithmetic such as 1 / 2; words go with `accept:`."
                self.file.fault(node, problem, cure)
                break
        return number

    def accept(self, node: yaml.Node) -> Kind:
        """Read the spellings that are accepted."""
        is_one = isinstance(node, yaml.ScalarNode)
        nodes = [node] if is_one else self.file.items(node, MOST_SPELLINGS)
        words = [self.file.line(item, "accept") for item in nodes]
        kind = Words(tuple(words) or ("",))
        for item, word in zip(nodes, words, strict=True):
            self._refuse_misread(item, word, kind)
        self.file.once("the answer", nodes, map(plain, words))
        return kind

    def shape(self, node: yaml.Node) -> Kind:
        """Read a shape, whose names are words of the question."""
        is_list = isinstance(node, yaml.SequenceNode)
        texts = self.file.texts(node, "a size") if is_list else [self.file.word(node, "shape")]
        text = ", ".join(texts)
        first = {name: values[0] for name, values in self.variables.items()}
        names = set(re.findall(r"[A-Za-z_]\w*", self.words))
        try:
            sizes = split_sizes(text) if refuse_unknown(self.file, node, self.variables) else ()
            if len(sizes) > MOST_SIZES:
                raise Unreadable("No array of ours has so many.")
            for size in (fill(size, first) for size in sizes if size != "..."):
                names |= names_in(size)
                evaluate(size, dict.fromkeys(names_in(size), 7.0))
        except (NotArithmetic, Unreadable):
            self.file.fault(node, f"{clipped(text)} is no shape", "Write it as (B, H, T / 2, D).")
            sizes = ()
        return Shape(sizes, frozenset(names))

    def order(self, node: yaml.Node) -> Kind:
        """Read the steps."""
        nodes = self.file.items(node)
        steps = [self.file.line(item, "a step") for item in nodes]
        self._check_offered(node, nodes, steps)
        return Order(tuple(steps), self._partial())

    def match(self, node: yaml.Node) -> Kind:
        """Read the pairs."""
        found = self.file.mapping(node, "match")
        fitting = [self.file.line(item, thing) for thing, item in found.items()]
        self._check_offered(node, list(found.values()), fitting)
        return Match(tuple(zip(found, fitting, strict=True)), self._partial())

    def prints(self, node: yaml.Node) -> Kind:
        """Read what the code prints."""
        kind = Printed(self.file.text(node, "prints"))
        self._refuse_misread(node, kind.printed, kind)
        if "code" not in self.fields:
            self.file.fault(node, "there is no code that prints this", "Add `code: |`.")
        return kind

    def _choice(self, node: yaml.Node) -> Choice:
        fields = self.file.fields(node, "a choice", (), ("right", "wrong", "because"))
        kinds = [kind for kind in ("right", "wrong") if kind in fields]
        if len(kinds) != 1 and isinstance(node, yaml.MappingNode):
            problem = "a choice is right or wrong, and this is " + ("both" if kinds else "neither")
            self.file.fault(node, problem, "Begin it with `- right: …` or `- wrong: …`.")
        text = self.file.text(fields.get(kinds[0]) if kinds else None, "a choice")
        because = self.file.text(fields.get("because"), "because")
        return Choice(text, kinds[:1] == ["right"], because)

    def _partial(self) -> Partial:
        known = [partial.value for partial in Partial]
        return Partial(self.file.one_of(self.fields.get("partial"), "partial", known) or "net")

    def _check_offered(
        self, node: yaml.Node, nodes: Sequence[yaml.Node], texts: Sequence[str]
    ) -> None:
        if nodes and not 2 <= len(nodes) <= MOST:
            self.file.fault(node, f"a list of {len(nodes)} is offered", f"Give 2 to {MOST}.")
        self.file.once("the text", nodes, map(squeezed, texts))

    def _refuse_misread(self, node: yaml.Node, text: str, kind: Kind) -> None:
        """Refuse an answer that is a command, or ends in a confidence, when it is typed."""
        try:
            meant = read_line(text, kind) if text else Reply(text)
        except Unreadable as error:
            problem = f"the answer {clipped(text)} cannot be typed. {str(error).rstrip('.')}"
            self.file.fault(node, problem, "Ask for something shorter.")
            return
        if not isinstance(meant, Reply) or meant.confidence:
            problem = f"the answer {text!r} means something else when it is typed"
            self.file.fault(node, problem, "Ask for something longer, or join it, such as GPT-3.")


KEYS: dict[str, Callable[[AnswerReader, yaml.Node], Kind]] = {
    "choices": AnswerReader.choices,
    "answer": AnswerReader.answer,
    "accept": AnswerReader.accept,
    "shape": AnswerReader.shape,
    "order": AnswerReader.order,
    "match": AnswerReader.match,
    "prints": AnswerReader.prints,
}


def refuse_unknown(file: NodeFile, node: yaml.Node, variables: Collection[str]) -> bool:
    """Refuse a text with a `{name}` that has no values; tell whether there is none."""
    every = dict.fromkeys(BRACED.findall(str(node.value)))
    unknown = [name for name in every if name not in variables]
    for name in unknown:
        cure = nearest(name, variables) if variables else f"Add vars: {{{name}: [1, 2]}}."
        file.fault(node, f"{{{name}}} is not among vars", cure)
    return not unknown
