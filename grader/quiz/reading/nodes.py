"""A YAML file read as nodes, not as values, and everything that is wrong with it.

So a text stays what its author typed (`no` does not become False, nor `012` ten), and every
complaint can point at line and column. Where YAML itself stumbles over a text that lacks quotes,
one character is mended in the copy that is read, so that the rest of the file is checked as well.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from grader.errors import CourseError

if TYPE_CHECKING:
    from grader.quiz.reading.yaml_faults import Mending

# What YAML refuses, and what it takes for the end of a line where no editor shows one.
_NOT_TEXT = re.compile("[^\t\n -~\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_Base: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Loader(_Base):  # type: ignore[misc]
    """Makes nodes without guessing at types: every scalar is a text, unless it bears a tag."""

    def resolve(self, kind: type[yaml.Node], value: str, implicit: Any) -> str:
        """Return no tag worth the name."""
        return ""

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """Do nothing: only resolvers by path need it."""

    def ascend_resolver(self) -> None:
        """Do nothing: only resolvers by path need it."""


class Fault(NamedTuple):
    """Something wrong at a place: what, with the offending text, and what to write instead."""

    line: int
    column: int
    what: str
    cure: str


class NodeFile:
    """The nodes of one file and its faults.

    `shown` is the file's path as it is told, and `begins` what such a file begins with.
    """

    def __init__(self, path: Path, shown: str = "", begins: str = "quiz: NAME") -> None:
        self.path, self.shown = path, shown or str(path)
        self._beginning = f"Begin it with `{begins}`."
        self._faults: list[Fault] = []
        self._lines: list[str] = []
        self._with_hash: frozenset[int] = frozenset()

    @property
    def faults(self) -> list[str]:
        """Everything found wrong so far as `file:line:column: what. cure`, from top to end."""
        return [
            f"{self.shown}:{fault.line + 1}:{fault.column + 1}: {fault.what}. {fault.cure}"
            for fault in sorted(dict.fromkeys(self._faults))
        ]

    def raise_faults(self, what: str) -> None:
        """Raise a `CourseError` with all faults, if there are any."""
        if self._faults:
            raise CourseError("\n".join([what, *self.faults]))

    def compose(self) -> yaml.Node | None:
        """Parse the file into nodes; None where that cannot be done."""
        text = self._text()
        if text is None:
            return None
        self._lines = text.split("\n")
        numbered = enumerate(self._lines)
        self._with_hash = frozenset(number for number, line in numbered if "#" in line)
        return self._compose(text)

    def where(self, node: yaml.Node) -> str:
        """Return `file:line` of a node."""
        return f"{self.shown}:{node.start_mark.line + 1}"

    def fault(self, node: yaml.Node, what: str, cure: str) -> None:
        """Note that something is wrong with a node."""
        self._note(node.start_mark.line, node.start_mark.column, what, cure)

    def mapping(
        self, node: yaml.Node, what: str, cure: str = "Write `key: value`."
    ) -> dict[str, yaml.Node]:
        """Return a mapping's nodes by key, refusing a key that stands twice."""
        if not isinstance(node, yaml.MappingNode):
            self.fault(node, f"{what} is not `key: value` lines, but {self._shown(node)}", cure)
            return {}
        found: dict[str, yaml.Node] = {}
        for key_node, value in node.value:
            key = _name(key_node)
            if key in found:
                cure = f"Line {found[key].start_mark.line + 1} has it too: take one out."
                self.fault(key_node, f"the key {key!r} stands here twice", cure)
            found[key] = value
        return found

    def fields(
        self, node: yaml.Node, what: str, required: Sequence[str], optional: Sequence[str]
    ) -> dict[str, yaml.Node]:
        """Return a mapping's nodes by key; complain of keys that are missing or unknown.

        An unknown key is then taken for the one that it is nearest to.
        """
        keys = [f"`{key}: …`" for key in required or optional[:2]]
        found = self.mapping(node, what, f"Write {(' and ' if required else ' or ').join(keys)}.")
        for key in [key for key in found if key not in (*required, *optional)]:
            left = [name for name in (*required, *optional) if name not in found]
            self._fault_key(node, key, what, nearest(key, left))
            found |= {near: found[key] for near in _near(key, left)}
        for key in required:
            if key not in found and isinstance(node, yaml.MappingNode):
                self.fault(node, f"{what} needs the key {key!r}", f"Add `{key}: …`.")
        return found

    def items(self, node: yaml.Node | None) -> list[yaml.Node]:
        """Return the nodes of a list."""
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.fault(node, f"{self._shown(node)} is not a list", "Begin each item with `- `.")
            return []
        return list(node.value)

    def text(self, node: yaml.Node | None, what: str) -> str:
        """Return the text of a node just as it was typed, refusing one that a ` #` cuts short."""
        if node is None:
            return ""
        end = node.end_mark  # a text in quotes or below a `|` has a style, and is cut by nothing
        if end.line in self._with_hash and isinstance(node, yaml.ScalarNode) and not node.style:
            rest = self._lines[end.line][end.column :]
            if rest.lstrip().startswith("#"):
                self._note(
                    end.line,
                    end.column + rest.index("#"),
                    f"` #` ends {what} here, and {clipped(rest.strip())} is a comment",
                    "Put the text in quotes, or the comment on a line of its own.",
                )
        return self.word(node, what)

    def word(self, node: yaml.Node | None, what: str) -> str:
        """Return a short value as it was typed; a comment may follow it."""
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self._not_a_text(node, what)
            return ""
        if node.tag not in ("", "!"):
            told = f"{what} begins with `!`, which makes a tag of {clipped(self._source(node))}"
            self.fault(node, told, self._quoted(node))
            return ""
        if node.style == '"' and (control := _CONTROL.search(node.value)):  # by way of an escape
            self.fault(node, f"{what} has the character {control[0]!a} in it", "Take it out.")
        if not node.value.strip():
            self.fault(node, f"{what} is empty", "Write something, or take the key out.")
        return str(node.value).rstrip("\n")

    def plain(self, node: yaml.Node) -> Any:
        """Return a node as a text, a list or a mapping of texts, or None where it says nothing."""
        if isinstance(node, yaml.SequenceNode):
            return [self.word(item, "an item") for item in node.value]
        if isinstance(node, yaml.MappingNode):
            return {k: self.word(item, k) for k, item in self.mapping(node, "an answer").items()}
        nothing = isinstance(node, yaml.ScalarNode) and not node.style
        return None if nothing and node.value in ("", "~", "null") else str(node.value)

    def _not_a_text(self, node: yaml.Node, what: str) -> None:
        line = self._source(node)
        why = "a list"
        if isinstance(node, yaml.MappingNode):
            why = "a mapping, because of the `{`" if line[:1] == "{" else "`key: value`"
        self.fault(node, f"{what} is read as {why}: {clipped(line)}", self._quoted(node))

    def _fault_key(self, node: yaml.Node, key: str, what: str, cure: str) -> None:
        at = next(k for k, _ in node.value if _name(k) == key)
        self.fault(at, f"{what} has no key {key!r}", cure)

    def _source(self, node: yaml.Node) -> str:
        """Return what stands in the file from where a node begins to the end of the line."""
        return self._lines[node.start_mark.line][node.start_mark.column :].strip()

    def _shown(self, node: yaml.Node) -> str:
        return shown(node) if isinstance(node, yaml.ScalarNode) else clipped(self._source(node))

    def _quoted(self, node: yaml.Node) -> str:
        from grader.quiz.reading.yaml_faults import in_quotes

        return f"Put it in quotes: {in_quotes(self._source(node))}."

    def _text(self) -> str | None:
        try:
            text = self.path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        except FileNotFoundError:
            self._note(0, 0, "there is no such file", "Write it, or take it out of course.yaml.")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n")
            column = error.start - error.object.rfind(b"\n", 0, error.start) - 1
            byte = f"byte {error.object[error.start]:#04x} is not UTF-8"
            self._note(line, column, byte, "Save the file as UTF-8.")
        else:
            return text
        return None

    def _compose(self, text: str) -> yaml.Node | None:
        if found := _NOT_TEXT.search(text):
            before = text[: found.start()]
            column = found.start() - before.rfind("\n") - 1
            told = f"the character {found[0]!a} is not text"
            self._note(before.count("\n"), column, told, "Take it out.")
            return None
        while True:
            try:
                node: yaml.Node | None = yaml.compose(text, Loader=Loader)
            except RecursionError:
                self._note(0, 0, "the brackets of this file are nested too deeply", "Close them.")
                return None
            except yaml.MarkedYAMLError as error:
                from grader.quiz.reading.yaml_faults import explained

                mended = self._mended(text, explained(error, self._lines))
                if mended is None:
                    return None
                text = mended
            else:
                if node is None:
                    self._note(0, 0, "the file is empty", self._beginning)
                return node

    def _mended(self, text: str, found: Mending) -> str | None:
        """Note what YAML stumbled over; return the text without it, if it can go on."""
        self._note(found.line, found.column, found.what, found.cure)
        if not found.instead:
            return None
        lines = text.split("\n")
        line, column = found.line, found.column
        before = lines[line]
        lines[line] = before[:column] + found.instead + before[column + len(found.instead) :]
        return None if lines[line] == before else "\n".join(lines)

    def _note(self, line: int, column: int, what: str, cure: str) -> None:
        self._faults.append(Fault(line, column, what, cure))


def shown(node: yaml.Node) -> str:
    """Return a node as it is quoted in a complaint."""
    return clipped(str(node.value)) if isinstance(node, yaml.ScalarNode) else "this"


def clipped(text: str, most: int = 50) -> str:
    """Return a text in quotes, cut where it is long."""
    line = " ".join(text.split())
    return repr(line if len(line) <= most else line[: most - 1] + "…")


def nearest(name: str, known: Collection[str]) -> str:
    """Return the cure for a wrong name: the known one that is nearest, or all of them."""
    for near in _near(name, known):
        return f"Write {near!r}."
    return f"Write one of: {', '.join(known)}." if known else "There are none to name."


def _near(name: str, known: Collection[str]) -> list[str]:
    import difflib

    return difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)


def _name(key: yaml.Node) -> str:
    return str(key.value) if isinstance(key, yaml.ScalarNode) else "[…]"
