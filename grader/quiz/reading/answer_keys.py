"""The answer of a question, read from its nodes: which way of asking it is, and what is right."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import islice, product

import yaml

from grader.quiz.arithmetic import NotArithmetic, evaluate, names_in
from grader.quiz.kinds.arranged import Match, Order
from grader.quiz.kinds.base import MOST, Kind, Partial, Unreadable, squeezed
from grader.quiz.kinds.choice import Choice, Choices, Truth
from grader.quiz.kinds.typed import Number, Printed, Shape, Words, fill, plain, split_sizes
from grader.quiz.reading.nodes import NodeFile, clipped, nearest, shown

BRACED = re.compile(r"\{([A-Za-z_]\w*)\}")
MOST_DRAWS = 1_000  # of the values of one question
COMMANDS = ("s", "q", "?", "!")
_TRUTHS = {"true": True, "yes": True, "false": False, "no": False}


class _Key:
    """What is at hand where an answer is read."""

    def __init__(
        self,
        file: NodeFile,
        fields: Mapping[str, yaml.Node],
        words: str,
        variables: Mapping[str, Sequence[str]],
    ) -> None:
        self.file, self.fields, self.words, self.variables = file, fields, words, variables

    def partial(self) -> Partial:
        """Read how an answer in parts is scored."""
        if "partial" not in self.fields:
            return Partial.NET
        node = self.fields["partial"]
        text = self.file.word(node, "partial")
        known = [partial.value for partial in Partial]
        if text in known:
            return Partial(text)
        self.file.fault(node, f"partial cannot be {text!r}", nearest(text, known))
        return Partial.NET

    def choices(self, node: yaml.Node) -> Kind:
        """Read the choices, and check that they can be chosen from."""
        nodes = self.file.items(node)
        choices = [self._choice(item) for item in nodes]
        if isinstance(node, yaml.SequenceNode):
            self._refuse_too_many(node, "choices", len(choices))
            self._refuse_equal(nodes, [choice.text for choice in choices], "the choice")
            right = sum(choice.right for choice in choices)
            if choices and all(choice.text for choice in choices) and not right:
                told = f"none of the {len(choices)} choices is right"
                self.file.fault(node, told, "Begin the right one with `right:`.")
            if len(choices) > 1 and right == len(choices):
                told = f"all of the {right} choices are right"
                self.file.fault(node, told, "Add one that begins with `wrong:`.")
            if right == 1 and "partial" in self.fields:
                told = "'partial' has no meaning with a single right choice"
                self.file.fault(self.fields["partial"], told, "Take it out.")
        return Choices(tuple(choices) or (Choice("", True),), self.partial())

    def answer(self, node: yaml.Node) -> Kind:
        """Read a truth or a number."""
        text = self.file.word(node, "answer")
        if text.lower() in _TRUTHS and not self.variables:
            for option in ("tolerance", "unit", "proof"):
                if option in self.fields:
                    told = f"{option!r} has no meaning with true or false"
                    self.file.fault(self.fields[option], told, "Take it out.")
            return Truth(_TRUTHS[text.lower()])
        unit = self.file.word(self.fields["unit"], "unit") if "unit" in self.fields else ""
        number = Number(text, self._tolerance(), unit)
        if text and self._has_all_names(text):
            self._check_number(node, number)
        return number

    def accept(self, node: yaml.Node) -> Kind:
        """Read the spellings that are accepted."""
        nodes = [node] if isinstance(node, yaml.ScalarNode) else self.file.items(node)
        words = [self.file.text(item, "accept") for item in nodes]
        if isinstance(node, yaml.SequenceNode) and not words:
            self.file.fault(node, "accept is empty", "Write what is right: [softmax].")
        for item, word in zip(nodes, words, strict=True):
            self._refuse_command(item, word)
            if re.search(r"\s[1-3]$", word):
                told = f"the number at the end of {word!r} would be read as a confidence"
                joined = re.sub(r"\s+(?=\d$)", "-", word)
                self.file.fault(item, told, f"Join it, such as {joined}.")
        self._refuse_equal(nodes, words, "the answer", plain)
        return Words(tuple(words) or ("",))

    def shape(self, node: yaml.Node) -> Kind:
        """Read a shape, whose names are words of the question."""
        if isinstance(node, yaml.SequenceNode):
            sizes = tuple(self.file.word(item, "a size") for item in node.value)
        else:
            sizes = self._sizes(node, self.file.word(node, "shape"))
        known = set(re.findall(r"[A-Za-z_]\w*", self.words))
        for size in sizes:
            if size and size != "...":
                known |= self._size_names(node, size)
        return Shape(sizes, frozenset(known))

    def order(self, node: yaml.Node) -> Kind:
        """Read the steps."""
        nodes = self.file.items(node)
        steps = [self.file.text(item, "a step") for item in nodes]
        if isinstance(node, yaml.SequenceNode):
            self._refuse_too_many(node, "steps", len(steps))
            self._refuse_equal(nodes, steps, "the step")
        return Order(tuple(steps), self.partial())

    def match(self, node: yaml.Node) -> Kind:
        """Read the pairs."""
        found = self.file.mapping(node, "match")
        pairs = [(thing, self.file.text(item, thing)) for thing, item in found.items()]
        if isinstance(node, yaml.MappingNode):
            self._refuse_too_many(node, "pairs", len(pairs))
            self._refuse_equal(list(found.values()), [two for _, two in pairs], "the match")
        return Match(tuple(pairs), self.partial())

    def prints(self, node: yaml.Node) -> Kind:
        """Read what the code prints."""
        text = self.file.text(node, "prints")
        self._refuse_command(node, text.strip())
        if "code" not in self.fields:
            self.file.fault(node, f"there is no code that prints {clipped(text)}", "Add `code: |`.")
        return Printed(text)

    def _choice(self, node: yaml.Node) -> Choice:
        fields = self.file.fields(node, "a choice", (), ("right", "wrong", "because"))
        kinds = [kind for kind in ("right", "wrong") if kind in fields]
        if len(kinds) != 1 and isinstance(node, yaml.MappingNode):
            told = "a choice is right or wrong, and this is " + ("both" if kinds else "neither")
            self.file.fault(node, told, "Begin it with `- right: …` or `- wrong: …`.")
        text = self.file.text(fields.get(kinds[0]) if kinds else None, "a choice")
        because = self.file.text(fields["because"], "because") if "because" in fields else ""
        return Choice(text, kinds[:1] == ["right"], because)

    def _check_number(self, node: yaml.Node, number: Number) -> None:
        """Work a number out with all values that may be drawn: a learner is to find none amiss."""
        names = list(self.variables)
        for values in islice(product(*self.variables.values()), MOST_DRAWS):
            drawn = dict(zip(names, values, strict=True))
            try:
                _ = number.filled(drawn).value
            except NotArithmetic as error:
                with_values = ", ".join(f"{name} = {value}" for name, value in drawn.items())
                told = f"with {with_values}, {error}" if drawn else str(error)
                self.file.fault(node, told, _arithmetic_cure(number.expression, str(error)))
                return

    def _has_all_names(self, text: str) -> bool:
        """Tell whether each `{name}` has values; one that has none is told elsewhere."""
        return set(BRACED.findall(text)) <= set(self.variables)

    def _tolerance(self) -> str:
        if "tolerance" not in self.fields:
            return ""
        node = self.fields["tolerance"]
        text = self.file.word(node, "tolerance")
        try:
            allowed = evaluate(text.removesuffix("%"))
        except NotArithmetic:
            allowed = -1.0
        if text and allowed < 0:
            told = f"the tolerance {text!r} is not a number from 0 up"
            self.file.fault(node, told, "Write 0.01, or 1%.")
            return ""
        return text

    def _sizes(self, node: yaml.Node, text: str) -> tuple[str, ...]:
        try:
            return split_sizes(text) if text else ()
        except Unreadable as error:
            told = f"{str(error)[0].lower()}{str(error)[1:-1]}: {text!r}"
            self.file.fault(node, told, "Write it as (B, H, T, D).")
            return ()

    def _size_names(self, node: yaml.Node, size: str) -> frozenset[str]:
        size = fill(size, {name: values[0] for name, values in self.variables.items()})
        if not self._has_all_names(size):
            return frozenset()
        try:
            names = names_in(size)
            evaluate(size, dict.fromkeys(names, 7.0))
        except NotArithmetic as error:
            cure = "Write a name, a number or arithmetic like T / 2."
            self.file.fault(node, str(error), cure)
            return frozenset()
        return names

    def _refuse_too_many(self, node: yaml.Node, what: str, count: int) -> None:
        if not 2 <= count <= MOST:
            told = f"there {'is' if count == 1 else 'are'} {count} {what}"
            told = told.removesuffix("s") if count == 1 else told
            self.file.fault(node, told, f"Give 2 to {MOST}.")

    def _refuse_equal(
        self,
        nodes: Sequence[yaml.Node],
        texts: Sequence[str],
        what: str,
        compared: Callable[[str], str] = squeezed,
    ) -> None:
        seen = list(map(compared, texts))
        for index, node in enumerate(nodes):
            if seen[index] and seen[index] in seen[:index]:
                line = nodes[seen.index(seen[index])].start_mark.line + 1
                at = node.start_mark.line + 1
                told = f"{what} {clipped(texts[index])} stands here twice"
                where = f"Line {line} has it too: change" if line != at else "Change"
                self.file.fault(node, told, f"{where} one of them.")

    def _refuse_command(self, node: yaml.Node, text: str) -> None:
        if text.lower() in COMMANDS:
            told = f"the answer {text!r} is a command when it is typed"
            self.file.fault(node, told, "Ask for something longer.")


KEYS: dict[str, Callable[[_Key, yaml.Node], Kind]] = {
    "choices": _Key.choices,
    "answer": _Key.answer,
    "accept": _Key.accept,
    "shape": _Key.shape,
    "order": _Key.order,
    "match": _Key.match,
    "prints": _Key.prints,
}


def _arithmetic_cure(text: str, error: str) -> str:
    if re.fullmatch(r"0\d+", text):
        return f"Write {text.lstrip('0') or '0'}."
    if re.fullmatch(r"\d+:\d+", text):
        return "Write a ratio as a / b, and a time with `accept:`."
    if re.fullmatch(r"\d+,\d+", text):
        return f"Write {text.replace(',', '.')}."
    if "is not arithmetic" in error:
        return "Write true, false or arithmetic; for words, `accept: [...]` instead."
    return "Mend the arithmetic, or the values."


def read_key(
    file: NodeFile,
    node: yaml.Node,
    fields: Mapping[str, yaml.Node],
    words: str,
    variables: Mapping[str, Sequence[str]],
) -> Kind:
    """Return the way of asking with its answer. `words` is the question's text.

    Where it is faulty, that is noted in the file, and what is returned is good for nothing but to
    go on with the rest.
    """
    found = [name for name in KEYS if name in fields]
    if len(found) == 1:
        return KEYS[found[0]](_Key(file, fields, words, variables), fields[found[0]])
    if isinstance(node, yaml.MappingNode):
        if found:
            told = f"a question has one answer, and this has {' and '.join(map(repr, found))}"
            file.fault(fields[found[1]], told, "Take one of them out.")
        else:
            told = f"the question {shown(fields['id'])}" if "id" in fields else "this question"
            file.fault(node, f"{told} has no answer", f"Add one of: {', '.join(KEYS)}.")
    return Truth(True)
