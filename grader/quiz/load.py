"""YAML becomes a `Quiz`, or a list of everything that is wrong with it.

The file is read as nodes, not as values, so a text stays what its author typed (`no` does not
become False, nor `012` ten), and every complaint can point at line and column.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from grader.errors import CourseError
from grader.quiz.model import Choice, Document, Question, Quiz, Source

MAX_CHOICES = 9
DOCUMENTS = "documents.yaml"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_quiz(path: Path, exercises: Collection[str], documents: Mapping[str, Document]) -> Quiz:
    """Read the quiz at `path`.

    `exercises` are the names that `practise` may give, `documents` those that a `source` may name.

    Raises
    ------
    CourseError
        With one line `file:line:column: what is wrong. What to write instead.` for each fault.
    """
    reader = _Reader(path, exercises, documents)
    root = reader.compose()
    quiz = reader.quiz(root) if root else None
    if quiz is None or reader.faults:
        raise CourseError("\n".join(["this quiz cannot be used as it stands:", *reader.faults]))
    return quiz


def load_documents(folder: Path) -> dict[str, Document]:
    """Return the documents that questions may rest on, by the names they are cited with."""
    path = folder / DOCUMENTS
    if not path.is_file():
        return {}
    reader = _Reader(path, (), {})
    root = reader.compose()
    entries = reader.mapping(root, "the list of documents") if root else {}
    documents = {name: reader.document(name, node) for name, node in entries.items()}
    if reader.faults:
        raise CourseError("\n".join([f"{DOCUMENTS} cannot be used:", *reader.faults]))
    return documents


class _Reader:
    """Reads nodes of one file and collects its faults."""

    def __init__(
        self, path: Path, exercises: Collection[str], documents: Mapping[str, Document]
    ) -> None:
        self.path, self.exercises, self.documents = path, exercises, documents
        self._found: list[tuple[int, int, str]] = []

    @property
    def faults(self) -> list[str]:
        """Everything found wrong so far, from the top of the file to its end."""
        return [told for *_, told in sorted(self._found)]

    def compose(self) -> yaml.Node | None:
        """Parse the file into nodes."""
        try:
            text = self.path.read_bytes().decode("utf-8")
            node: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
        except FileNotFoundError:
            self._unreadable("there is no such file. Write it, or take it out of the list.")
        except UnicodeDecodeError as error:
            self._unreadable(f"byte {error.start} is not UTF-8. Save the file as UTF-8.")
        except yaml.YAMLError as error:
            self._not_yaml(error)
        else:
            if node is None:
                self._unreadable("the file is empty. Begin it with `quiz: NAME`.")
            return node
        return None

    def quiz(self, root: yaml.Node) -> Quiz | None:
        """Read the whole file."""
        fields = self.fields(root, "a quiz", ("quiz", "title", "questions"), ())
        name = self.text(fields.get("quiz"), "quiz")
        if name and name != self.path.stem:
            self._fault(fields["quiz"], f"the quiz is called {name!r}", f"Write {self.path.stem}.")
        nodes = self.items(fields.get("questions"))
        if "questions" in fields and not nodes:
            self._fault(fields["questions"], "there are no questions", "Add `- id: …` below.")
        questions = [self._question(node) for node in nodes]
        self._refuse_twice(nodes, [question.id for question in questions])
        return Quiz(name, self.text(fields.get("title"), "title"), tuple(questions))

    def document(self, name: str, node: yaml.Node) -> Document:
        """Read one document's title and sections."""
        fields = self.fields(node, f"the document {name}", ("title", "sections"), ())
        sections = [self.text(item, "a section") for item in self.items(fields.get("sections"))]
        return Document(self.text(fields.get("title"), "title"), tuple(sections))

    def _question(self, node: yaml.Node) -> Question:
        fields = self.fields(node, "a question", ("id", "ask", "choices"), ("source", "practise"))
        choices = [self._choice(item) for item in self.items(fields.get("choices"))]
        if "choices" in fields:
            self._check_choices(fields["choices"], choices)
        practise = self.text(fields["practise"], "practise") if "practise" in fields else None
        if practise is not None and practise not in self.exercises:
            near = _nearest(practise, self.exercises)
            self._fault(fields["practise"], f"there is no exercise {practise!r}", near)
        return Question(
            self.text(fields.get("id"), "id"),
            self.text(fields.get("ask"), "ask").rstrip(),
            tuple(choices),
            self._source(fields["source"]) if "source" in fields else None,
            practise,
        )

    def _choice(self, node: yaml.Node) -> Choice:
        fields = self.fields(node, "a choice", ("because",), ("right", "wrong"))
        kinds = [kind for kind in ("right", "wrong") if kind in fields]
        if len(kinds) != 1:
            self._fault(
                node, "a choice is either right or wrong", "Write `- right: …` or `- wrong: …`."
            )
        text = self.text(fields.get(kinds[0]) if kinds else None, "a choice")
        return Choice(text, kinds[:1] == ["right"], self.text(fields.get("because"), "because"))

    def _check_choices(self, node: yaml.Node, choices: Sequence[Choice]) -> None:
        right = sum(choice.right for choice in choices)
        if right != 1:
            told = f"{right or 'none'} of the choices {'are' if right > 1 else 'is'} right"
            self._fault(node, told, "Mark exactly one with `right:`.")
        if not 2 <= len(choices) <= MAX_CHOICES:
            self._fault(node, f"there are {len(choices)} choices", f"Offer 2 to {MAX_CHOICES}.")
        texts = [choice.text for choice in choices]
        for text in dict.fromkeys(text for text in texts if texts.count(text) > 1):
            self._fault(node, f"the choice {text!r} is offered twice", "Change one of them.")

    def _source(self, node: yaml.Node) -> Source:
        fields = self.fields(node, "a source", ("document", "section"), ())
        name = self.text(fields.get("document"), "document")
        section = self.text(fields.get("section"), "section")
        document = self.documents.get(name, Document(name, ()))
        if name and name not in self.documents:
            told = f"{DOCUMENTS} has no document {name!r}"
            self._fault(fields["document"], told, _nearest(name, self.documents))
        elif section and section not in document.sections:
            told = f"{name} has no section {section!r}"
            self._fault(fields["section"], told, _nearest(section, document.sections))
        return Source(document.title, section)

    def fields(
        self, node: yaml.Node, what: str, required: Sequence[str], optional: Sequence[str]
    ) -> dict[str, yaml.Node]:
        """Return a mapping's nodes by key; complain of keys that are missing or unknown."""
        found = self.mapping(node, what)
        known = (*required, *optional)
        for key in found:
            if key not in known:
                self._fault(found[key], f"{what} has no key {key!r}", _nearest(key, known))
        for key in required:
            if key not in found and isinstance(node, yaml.MappingNode):
                self._fault(node, f"{what} needs the key {key!r}", f"Add `{key}: …`.")
        return found

    def mapping(self, node: yaml.Node, what: str) -> dict[str, yaml.Node]:
        """Return a mapping's nodes by key, refusing a key that stands twice."""
        if not isinstance(node, yaml.MappingNode):
            self._fault(node, f"{what} is not `key: value` lines", "Write it so.")
            return {}
        found: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            key = str(key_node.value)
            if key in found:
                self._fault(key_node, f"the key {key!r} stands here twice", "Take one out.")
            found[key] = value
        return found

    def items(self, node: yaml.Node | None) -> list[yaml.Node]:
        """Return the nodes of a list."""
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self._fault(node, "this is not a list", "Begin each item with `- `.")
            return []
        return list(node.value)

    def text(self, node: yaml.Node | None, what: str) -> str:
        """Return the text of a node just as it was typed."""
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self._fault(node, f"{what} is not a text", f'Put it in quotes: {what}: "…"')
            return ""
        if not node.value.strip():
            self._fault(node, f"{what} is empty", "Write something, or take the key out.")
        return str(node.value)

    def _refuse_twice(self, nodes: Sequence[yaml.Node], ids: Sequence[str]) -> None:
        for index, (node, name) in enumerate(zip(nodes, ids, strict=True)):
            if name and name in ids[:index]:
                self._fault(node, f"the id {name!r} is used twice", "Give each its own id.")

    def _fault(self, node: yaml.Node, what: str, cure: str) -> None:
        mark = node.start_mark
        place = f"{self.path}:{mark.line + 1}:{mark.column + 1}"
        self._found.append((mark.line, mark.column, f"{place}: {what}. {cure}"))

    def _unreadable(self, what: str) -> None:
        self._found.append((0, 0, f"{self.path}:1:1: {what}"))

    def _not_yaml(self, error: yaml.YAMLError) -> None:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line, mark.column) if mark else (0, 0)
        problem = getattr(error, "problem", None) or str(error)
        cure = "Look at the indentation there, and at what stands open above it."
        if "mapping values" in problem or "cannot start any token" in problem:
            cure = 'Put the text in quotes: "like: this".'
        told = f"{self.path}:{line + 1}:{column + 1}: this is not YAML: {problem}. {cure}"
        self._found.append((line, column, told))


def _nearest(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    if near:
        return f"Write {near[0]!r}."
    return f"Write one of: {', '.join(known)}." if known else "There are none to name."
