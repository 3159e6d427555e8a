"""One question, read from its nodes: its texts, its options, and its answer."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import prod
from typing import NamedTuple
from zlib import crc32

import yaml

from grader.course.formulas import beyond_formulas
from grader.quiz.kinds.base import Kind
from grader.quiz.kinds.choice import Choices, Truth
from grader.quiz.kinds.typed import BRACED
from grader.quiz.model import TEXTS, Document, Question, Source
from grader.quiz.reading.answer_keys import KEYS, AnswerReader, refuse_unknown
from grader.quiz.reading.faults import clipped
from grader.quiz.reading.nodes import MAX_TEXT, NodeFile

MOST_DRAWS = 1_000  # of the values of one question
MOST_OF_A_QUIZ = 10_000  # of all its questions: each way is worked out
MOST_NAMES = 10  # of those that values are drawn for
MAX_FORMULAS = 1_000  # characters of all that is typeset of a question: each is looked for
_ID = r"[A-Za-z0-9][\w.-]*"
_NUMBER = r"(?=.{1,40}$)-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?"
_POSITIVE = r"(?=.*[1-9])\d{1,6}(\.\d{1,6})?"
_ARXIV = r"\d{4}\.\d{4,5}|[a-z-]+/\d{7}"
OPTIONS = (
    *("because", "hint", "weight", "tags", "source", "practise", "code", "picture"),
    *("vars", "tolerance", "unit", "partial", "shuffle", "proof", "formulas"),
)
_TYPESET = ("ask", "because", "choices", "hint")
_AS_TYPED = ("code", "proof", "picture", "formulas")  # which no program looks through for TeX
_TEX_CURE = "Take it out, as on a page it links, loads or defines something."
# Which options make sense with which answers only; the others go with all of them.
_ONLY_WITH = {
    "vars": "number, shape",
    "tolerance": "number",
    "unit": "number",
    "partial": "several right answers, order, match",
    "shuffle": "one right choice, or several right answers",
    "proof": "number, shape",
}


class QuestionReader(NamedTuple):
    """Reads the questions of one quiz; what is wrong with them is noted in its file."""

    file: NodeFile
    quiz: str
    exercises: Collection[str]
    documents: Mapping[str, Document]
    draws_left: int = MOST_OF_A_QUIZ

    def read_all(self, nodes: Iterable[yaml.Node]) -> Iterator[Question]:
        """Yield the questions that nodes hold."""
        left = self.draws_left
        for node in nodes:
            question = self._replace(draws_left=left).read(node)
            yield question
            left = max(0, left - ways_of(question.variables))

    def read(self, node: yaml.Node) -> Question:
        """Return the question that a node holds."""
        file = self.file
        fields = file.fields(node, "a question", ("id", "ask"), (*KEYS, *OPTIONS))
        get = fields.get
        texts = {key: file.text(get(key), key) for key in TEXTS}
        self._refuse_tex(node for key, node in fields.items() if key not in _AS_TYPED)
        variables = self._variables(fields) if "vars" in fields else {}
        answers = AnswerReader(file, fields, " ".join(texts.values()), variables)
        kind = self._kind(node, answers)
        return Question(
            id=file.word(get("id"), "id", _ID, "Write letters, digits and hyphens."),
            kind=kind,
            key=_fingerprint(kind, variables),
            quiz=self.quiz,
            sources=self._sources(get("source")),
            practise=file.one_of(get("practise"), "exercise", self.exercises) or None,
            tags=tuple(file.lines(get("tags"), "a tag")),
            weight=float(file.word(get("weight"), "weight", _POSITIVE, "Write 2, or 0.5.") or 1),
            variables=variables,
            formulas=self._formulas(fields),
            where=file.where(node),
            **texts,
        )

    def _kind(self, node: yaml.Node, answers: AnswerReader) -> Kind:
        """Read the one answer, and refuse the options that do not go with it."""
        fields = answers.fields
        found = [key for key in KEYS if key in fields]
        if len(found) > 1:
            problem = f"a question has one answer, and this has {' and '.join(map(repr, found))}"
            self.file.fault(fields[found[1]], problem, "Take one of them out.")
        elif not found and fields:
            cure = f"Add one of: {', '.join(KEYS)}."
            self.file.fault(node, "the question has no answer", cure)
        if len(found) != 1:
            return Truth(True)
        kind = KEYS[found[0]](answers, fields[found[0]])
        several = isinstance(kind, Choices) and kind.several
        for option, kinds in _ONLY_WITH.items():
            if option in fields and ("several" if several else kind.name) not in kinds:
                problem = f"{option!r} has no meaning with this answer"
                self.file.fault(fields[option], problem, f"It goes with {kinds}: take it out.")
        return kind

    def _sources(self, node: yaml.Node | None) -> tuple[Source, ...]:
        """Read one source, or a list of them."""
        is_list = isinstance(node, yaml.SequenceNode)
        nodes = [node] if node and not is_list else self.file.items(node)
        sources = [self._source_of(item) for item in nodes]
        self.file.once("the source", nodes, [source.section and str(source) for source in sources])
        return tuple(sources)

    def _source_of(self, node: yaml.Node) -> Source:
        keys = node.value if isinstance(node, yaml.MappingNode) else ()
        if any(key.value == "paper" for key, _ in keys):
            return self._paper(node)
        fields = self.file.fields(node, "a source", ("document", "section"))
        name = self.file.one_of(fields.get("document"), "document", self.documents)
        document = self.documents.get(name, Document("", ()))
        section = fields.get("section") if name else None
        return Source(name, self.file.one_of(section, "section", document.sections), document.title)

    def _paper(self, node: yaml.Node) -> Source:
        file = self.file
        fields = file.fields(node, "a source", ("paper", "section", "arxiv"))
        cure = "Write it as 1706.03762."
        number = file.word(fields.get("arxiv"), "arxiv", _ARXIV, cure)
        section = file.line(fields.get("section"), "section")
        return Source(f"arXiv:{number}", section, file.line(fields.get("paper"), "paper"), number)

    def _formulas(self, fields: Mapping[str, yaml.Node]) -> tuple[tuple[str, str], ...]:
        """Read the TeX of formulas, each of which has to stand in a text that is typeset."""
        file, found = self.file, self.file.mapping(fields.get("formulas"), "formulas")
        typeset = file.scalars(fields[key] for key in _TYPESET if key in fields)
        texts = " ".join(str(each.value) for each in typeset)
        if sum(map(len, found)) > MAX_FORMULAS:
            problem = f"these formulas have more than {MAX_FORMULAS:,} characters"
            file.fault(fields["formulas"], problem, "Typeset fewer of them.")
            return ()
        for text, node in found.items():
            if text not in texts:
                cure = "Write it as it stands in ask, because or a choice."
                file.fault(node, f"no text of the question has {text!r}", cure)
        formulas = tuple((text, file.word(node, "a formula")) for text, node in found.items())
        for _, tex in formulas:
            if command := beyond_formulas(tex):
                file.fault(fields["formulas"], f"{command} is more than a formula", _TEX_CURE)
        return formulas

    def _refuse_tex(self, nodes: Iterable[yaml.Node]) -> None:
        """Refuse texts that whatever typesets them elsewhere would do more with than that.

        Where TeX begins and ends may stand in two others, as an export puts them side by side.
        """
        for node in self.file.scalars(nodes):
            if command := beyond_formulas(str(node.value)):
                self.file.fault(node, f"{command} is more than a formula", _TEX_CURE)

    def _variables(self, fields: Mapping[str, yaml.Node]) -> dict[str, tuple[str, ...]]:
        """Read the values of `{name}`, and check that the texts have those names and no others."""
        file, found = self.file, self.file.mapping(fields["vars"], "vars")
        if len(found) > MOST_NAMES:
            problem = f"values are to be drawn for {len(found):,} names"
            file.fault(fields["vars"], problem, f"Use at most {MOST_NAMES}.")
            return {}
        for key in TEXTS:
            if found and key in fields:
                refuse_unknown(file, fields[key], found)
        used = {*BRACED.findall(" ".join(str(node.value) for node in fields.values()))}
        for name in found:
            if name not in used:
                cure = f"Write {{{name}}} in ask, or take it out. A name is a word, such as d_k."
                file.fault(fields["vars"], f"nothing uses the variable {name!r}", cure)
        values = {name: self._values(node) for name, node in found.items()}
        self._require_short(fields, values)
        most = min(MOST_DRAWS, self.draws_left)
        if (ways := ways_of(values)) > most:
            all_ways = "" if most == MOST_DRAWS else f", where {MOST_OF_A_QUIZ:,} are for a quiz"
            problem = f"these values can be drawn in {ways:,} ways{all_ways}"
            file.fault(fields["vars"], problem, f"Offer at most {most:,}.")
            return {name: values[name][:1] for name in values}
        return values

    def _require_short(
        self, fields: Mapping[str, yaml.Node], values: Mapping[str, Sequence[str]]
    ) -> None:
        """Refuse texts that are longer than any of a quiz once the longest values are in them."""
        longest = {name: max(map(len, each)) for name, each in values.items()}
        for node in self.file.scalars(fields.values()):
            text = str(node.value)
            filled = len(text) + sum(longest.get(name, 0) for name in BRACED.findall(text))
            if filled > MAX_TEXT:
                problem = f"with its values this text has more than {MAX_TEXT:,} characters"
                self.file.fault(node, f"{problem}: {clipped(text)}", "Ask about less of it.")

    def _values(self, node: yaml.Node) -> tuple[str, ...]:
        cure = "Write it plainly, such as 12, -0.5 or 1e-5."
        found = [self.file.word(n, "a value", _NUMBER, cure) for n in self.file.items(node)]
        return tuple(filter(None, found)) or ("1",)


def ways_of(variables: Mapping[str, Sequence[str]]) -> int:
    """Return in how many ways values can be drawn."""
    return prod(map(len, variables.values())) if variables else 0


def _fingerprint(kind: Kind, variables: Mapping[str, Sequence[str]]) -> str:
    """Return what changes with the right answer: it tells versions of one question apart.

    Where values are drawn, a seed draws others as soon as there are more to draw from.
    """
    drawn = f" {sorted(variables.items())}" if variables else ""
    return f"{crc32(f'{kind.name} {kind.content}{drawn}'.encode()):08x}"
