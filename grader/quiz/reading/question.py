"""One question, read from its nodes: its texts, its options, and its answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from math import prod
from zlib import crc32

import yaml

from grader.quiz.kinds.base import Kind
from grader.quiz.model import Document, Question, Source
from grader.quiz.reading.answer_keys import BRACED, KEYS, MOST_DRAWS, read_key
from grader.quiz.reading.nodes import NodeFile, nearest

DOCUMENTS = "documents.yaml"
_ID = re.compile(r"[A-Za-z0-9][\w.-]*")
_NAME = re.compile(r"[A-Za-z_]\w*")
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")
_TEXTS = ("ask", "because", "code", "hint", "proof")
OPTIONS = (
    *("because", "hint", "weight", "tags", "source", "practise", "code"),
    *("vars", "tolerance", "unit", "partial", "proof"),
)
# Which options make sense with which answers only; the others go with all of them.
_ONLY_WITH = {
    "vars": ("answer", "shape"),
    "tolerance": ("answer",),
    "unit": ("answer",),
    "partial": ("choices", "order", "match"),
    "proof": ("answer", "shape"),
}


class QuestionReader:
    """Reads the questions of one file; what is wrong is noted in the file."""

    def __init__(
        self,
        file: NodeFile,
        quiz: str,
        exercises: Collection[str],
        documents: Mapping[str, Document],
    ) -> None:
        self._file, self._quiz = file, quiz
        self._exercises, self._documents = exercises, documents
        self._lines: dict[str, int] = {}

    def read(self, node: yaml.Node) -> Question:
        """Return the question that a node holds."""
        fields = self._file.fields(node, "a question", ("id", "ask"), (*KEYS, *OPTIONS))
        name = self._id(fields.get("id"))
        texts = {key: self._file.text(fields[key], key) for key in _TEXTS if key in fields}
        variables = self._variables(fields)
        kind = read_key(self._file, node, fields, " ".join(texts.values()), variables)
        self._check_options(fields)
        self._check_braces(fields, variables)
        return Question(
            name,
            texts.get("ask", ""),
            kind,
            _fingerprint(kind),
            self._quiz,
            because=texts.get("because", ""),
            code=texts.get("code", "").rstrip(),
            hint=texts.get("hint", ""),
            sources=self._sources(fields["source"]) if "source" in fields else (),
            practise=self._practise(fields["practise"]) if "practise" in fields else None,
            tags=self._tags(fields["tags"]) if "tags" in fields else (),
            weight=self._weight(fields["weight"]) if "weight" in fields else 1.0,
            variables=variables,
            proof=texts.get("proof", "").rstrip(),
            where=self._file.where(node),
        )

    def _id(self, node: yaml.Node | None) -> str:
        name = self._file.word(node, "id")
        if node is None or not name:
            return name
        if not _ID.fullmatch(name):
            better = re.sub(r"[^\w.-]+", "-", name).strip("-") or "a-name"
            told = f"the id {name!r} is not made of letters, digits and hyphens"
            self._file.fault(node, told, f"Write {better!r}.")
        elif name in self._lines:
            cure = f"Line {self._lines[name]} has it too: give each question its own."
            self._file.fault(node, f"the id {name!r} is used twice", cure)
        self._lines.setdefault(name, node.start_mark.line + 1)
        return name

    def _tags(self, node: yaml.Node) -> tuple[str, ...]:
        return tuple(self._file.word(tag, "a tag") for tag in self._file.items(node))

    def _practise(self, node: yaml.Node) -> str:
        name = self._file.word(node, "practise")
        if name and name not in self._exercises:
            told = f"there is no exercise {name!r}"
            self._file.fault(node, told, nearest(name, self._exercises))
        return name

    def _weight(self, node: yaml.Node) -> float:
        text = self._file.word(node, "weight")
        if re.fullmatch(r"\d+(\.\d+)?", text) and float(text) > 0:
            return float(text)
        if text:
            self._file.fault(node, f"the weight {text!r} is not above 0", "Write 2, or 0.5.")
        return 1.0

    def _sources(self, node: yaml.Node) -> tuple[Source, ...]:
        """Read one source, or a list of them."""
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        if not nodes:
            cure = "Write {document: …, section: …}, or take the key out."
            self._file.fault(node, "source is empty", cure)
        sources = tuple(self._source(item) for item in nodes)
        for index, source in enumerate(sources):
            if source.document and source.section and source in sources[:index]:
                told = f"the section {source.section!r} of {source.document} stands here twice"
                self._file.fault(nodes[index], told, "Take one of them out.")
        return sources

    def _source(self, node: yaml.Node) -> Source:
        fields = self._file.fields(node, "a source", ("document", "section"), ())
        name = self._file.word(fields.get("document"), "document")
        section = self._file.text(fields.get("section"), "section")
        document = self._documents.get(name, Document(name, ()))
        if name and name not in self._documents:
            told = f"{DOCUMENTS} has no document {name!r}"
            self._file.fault(fields["document"], told, nearest(name, self._documents))
        elif name and section and section not in document.sections:
            told = f"{name} has no section {section!r}"
            self._file.fault(fields["section"], told, nearest(section, document.sections))
        return Source(name, section, document.title)

    def _variables(self, fields: Mapping[str, yaml.Node]) -> dict[str, tuple[str, ...]]:
        found = self._file.mapping(fields["vars"], "vars") if "vars" in fields else {}
        for name, node in found.items():
            if not _NAME.fullmatch(name):
                told = f"the variable {name!r} cannot stand in braces"
                self._file.fault(node, told, "Give it a name like d.")
        return {name: self._values(name, node) for name, node in found.items()}

    def _values(self, name: str, node: yaml.Node) -> tuple[str, ...]:
        nodes = self._file.items(node)
        if not nodes and isinstance(node, yaml.SequenceNode):
            self._file.fault(node, f"{name} has no values", "Write some: [4, 8].")
        values = [self._file.word(item, f"a value of {name}") for item in nodes]
        for item, value in zip(nodes, values, strict=True):
            if value and not _NUMBER.fullmatch(value):
                told = f"the value {value!r} of {name} is not a number"
                self._file.fault(item, told, "Write it plainly, such as 12, -0.5 or 1e-5.")
        return tuple(value for value in values if _NUMBER.fullmatch(value)) or ("1",)

    def _check_options(self, fields: Mapping[str, yaml.Node]) -> None:
        answers = [key for key in KEYS if key in fields]
        for option, kinds in _ONLY_WITH.items():
            if option in fields and len(answers) == 1 and answers[0] not in kinds:
                told = f"{option!r} has no meaning with {answers[0]!r}"
                belongs = " and ".join(f"`{kind}`" for kind in kinds)
                self._file.fault(fields[option], told, f"It goes with {belongs}: take it out.")

    def _check_braces(
        self, fields: Mapping[str, yaml.Node], variables: Mapping[str, Sequence[str]]
    ) -> None:
        """Complain of `{name}` that has no values, and of values that nothing uses."""
        used: set[str] = set()
        for key in (*(_TEXTS if variables else ()), "answer", "shape"):
            names = set(BRACED.findall(str(fields[key].value))) if key in fields else set()
            used |= names
            for name in sorted(names - set(variables)):
                told = f"{key} has {{{name}}}, which is not among vars"
                cure = nearest(name, variables) if variables else f"Add vars: {{{name}: [1, 2]}}."
                self._file.fault(fields[key], told, cure)
        for name in sorted(set(variables) - used):
            told = f"nothing uses the variable {name!r}"
            self._file.fault(fields["vars"], told, f"Write {{{name}}} in ask, or take it out.")
        if (ways := prod(map(len, variables.values()))) > MOST_DRAWS:
            told = f"these values can be drawn in {ways:,} ways"
            self._file.fault(fields["vars"], told, f"Offer at most {MOST_DRAWS:,}.")


def _fingerprint(kind: Kind) -> str:
    """Return what changes with the right answer: it tells versions of one question apart."""
    return f"{crc32(f'{kind.name} {kind.content}'.encode()):08x}"
