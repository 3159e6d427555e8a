"""A YAML file read as nodes, not as values, and everything that is wrong with it.

So a text stays what its author typed (`no` does not become False, nor `012` ten), and every fault
has a line and a column. What is missing or faulty is read as empty, so that an author learns of all
faults at once; what is empty is not complained of again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import yaml

from grader.backstop import within_bounds
from grader.errors import CourseError, in_one_line
from grader.files import (
    MAX_QUIZ,
    NotYaml,
    inside_of,
    read_regular,
    require_few_signs,
    require_small,
)
from grader.quiz.reading.faults import Loader, clipped, explained, in_quotes, near, nearest

# What YAML refuses, and what it takes for the end of a line where no editor shows one.
_NOT_TEXT = re.compile("[^\t\n -~\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]")
MAX_STUMBLES = 99  # of YAML's parser: each takes reading the file once more
MAX_REREAD = 500_000  # characters, over all readings: a large file may stumble less often
MAX_FAULTS = 100  # after which a file is not read on; aliases repeat one as often as they stand
MAX_SAID = 1000  # characters of what is said of one, which quotes the file
MAX_TEXT = 20_000  # characters of one: a learner reads a few lines
MAX_KEYS = 1000  # of one mapping
MAX_ITEMS = 1000  # of one list that is part of a question
_STRING = "tag:yaml.org,2002:str"  # the tag of every scalar to which its author gave none
_KINDS = {yaml.ScalarNode: "a tag", yaml.SequenceNode: "a list", yaml.MappingNode: "`key: value`"}
T = TypeVar("T")


class _TooManyFaults(Exception):
    """Nobody reads more of them, and each takes time."""


class NodeFile:
    """The nodes of one file and its faults; `label` is its path as people see it.

    YAML may stumble `stumbles` times in it before it is given up.
    """

    def __init__(self, path: Path, label: str = "", stumbles: int = MAX_STUMBLES) -> None:
        self.path, self.label = path, label or in_one_line(str(path))
        self._stumbles = stumbles
        self._faults: set[tuple[tuple[int, int], str, str]] = set()
        self._found = 0
        self._lines: list[str] = []

    def read(self, make: Callable[[yaml.Node], T], refusal: str) -> T:
        """Return what `make` makes of the file.

        Raises
        ------
        CourseError
            With `refusal`, and below it `file:line:column: what. cure` for each fault.
        """
        with within_bounds(self.label):
            root, made = self._compose(), None
            with suppress(_TooManyFaults):
                made = make(root) if root else None
        if made is None or self._faults:
            lines = [
                f"{self.label}:{line + 1}:{column + 1}: {what}. {cure}"
                for (line, column), what, cure in sorted(self._faults)
            ]
            raise CourseError(refusal, lines=lines)
        return made

    def fault(self, at: yaml.Node | tuple[int, int], what: str, cure: str) -> None:
        """Note what is wrong at a place, with the offending text, and what to write instead."""
        place = at if isinstance(at, tuple) else (at.start_mark.line, at.start_mark.column)
        self._faults.add((place, what[:MAX_SAID], cure[:MAX_SAID]))
        self._found += 1
        if self._found >= MAX_FAULTS:
            raise _TooManyFaults

    def where(self, node: yaml.Node) -> str:
        """Return `file:line` of a node."""
        return f"{self.label}:{node.start_mark.line + 1}"

    def mapping(self, node: yaml.Node | None, what: str, cure: str = "") -> dict[str, yaml.Node]:
        """Return a mapping's nodes by key, refusing a key that stands twice."""
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            problem = f"{what} is not `key: value` lines, but {clipped(self._source(node))}"
            self.fault(node, problem, cure or "Write `key: value`.")
            return {}
        if len(node.value) > MAX_KEYS:
            self.fault(node, f"{what} has more than {MAX_KEYS:,} keys", "Part it.")
            return {}
        for key, _ in node.value:
            self._require_line(key, _name(key), "a key")
        found = {_name(key): value for key, value in node.value}
        if len(found) < len(node.value):
            keys = [key for key, _ in node.value]
            self.once("the key", keys, map(_name, keys))
        return found

    def fields(
        self, node: yaml.Node, what: str, required: Sequence[str], optional: Sequence[str] = ()
    ) -> dict[str, yaml.Node]:
        """Return a mapping's nodes by key, refusing it if keys are missing or unknown.

        An unknown key is then taken for the one that it is nearest to.
        """
        keys = [f"`{key}: …`" for key in required or optional[:2]]
        found = self.mapping(node, what, f"Write {(' and ' if required else ' or ').join(keys)}.")
        known = (*required, *optional)
        for key_node, value in node.value if found else ():
            if (key := _name(key_node)) not in known:
                left = [name for name in known if name not in found]
                self.fault(key_node, f"{what} has no key {key!r}", nearest(key, left))
                found |= {name: value for name in near(key, left)}
        for key in required if isinstance(node, yaml.MappingNode) else ():
            if key not in found:
                self.fault(node, f"{what} needs the key {key!r}", f"Add `{key}: …`.")
        return found

    def items(self, node: yaml.Node | None, most: int = MAX_ITEMS) -> list[yaml.Node]:
        """Return the nodes of a list, refusing an empty one, and one of more than `most`."""
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            problem = f"{clipped(self._source(node))} is not a list"
            self.fault(node, problem, "Begin each item with `- `.")
            return []
        if not node.value:
            self.fault(node, "there is nothing in this list", "Write something, or take it out.")
        if len(node.value) > most:
            self.fault(node, f"this list has more than {most:,} items", "Part it.")
            return []
        return list(node.value)

    def texts(self, node: yaml.Node | None, what: str) -> list[str]:
        """Return the texts of a list."""
        return [self.text(item, what) for item in self.items(node)]

    def lines(self, node: yaml.Node | None, what: str) -> list[str]:
        """Return the texts of a list, each of one line."""
        return [self.line(item, what) for item in self.items(node)]

    def line(self, node: yaml.Node | None, what: str) -> str:
        """Return a text of one line, such as a title: it stands in a line of ours."""
        text = self.text(node, what)
        return text if node is None or self._require_line(node, text, what) else ""

    def once(self, what: str, nodes: Iterable[yaml.Node], texts: Iterable[str]) -> None:
        """Refuse each node whose text stands before it as well."""
        lines: dict[str, int] = {}
        for node, text in zip(nodes, texts, strict=True):
            if text and text in lines:
                cure = f"Line {lines[text]} has it too: change one of them."
                self.fault(node, f"{what} {clipped(text)} stands here twice", cure)
            lines.setdefault(text, node.start_mark.line + 1)

    def text(self, node: yaml.Node | None, what: str) -> str:
        """Return the text of a node just as it was typed, refusing one that a ` #` cuts short."""
        if isinstance(node, yaml.ScalarNode) and not node.style:  # not in quotes nor below a `|`
            end = node.end_mark
            rest = self._lines[end.line][end.column : end.column + MAX_SAID]
            if rest.lstrip().startswith("#"):
                place = end.line, end.column + rest.index("#")
                cure = "Put the text in quotes, or the comment on a line of its own."
                self.fault(place, f"` #` ends {what} here, and {clipped(rest)} is a comment", cure)
        return self.word(node, what)

    def word(self, node: yaml.Node | None, what: str, pattern: str = "", cure: str = "") -> str:
        """Return a short value that matches a pattern, if there is one; a comment may follow."""
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode) or node.tag != _STRING:
            source = self._source(node)
            problem = f"{what} is read as {_KINDS[type(node)]}: {clipped(source)}"
            self.fault(node, problem, f"Put it in quotes: {in_quotes(source)}.")
            return ""
        word = str(node.value).rstrip("\n")
        if found := node.style == '"' and _NOT_TEXT.search(word):  # by way of an escape
            self.fault(node, f"{what} has the character {found[0]!a} in it", "Take it out.")
        elif not word.strip():
            self.fault(node, f"{what} is empty", "Write something, or take the key out.")
        elif pattern and not re.fullmatch(pattern, word):
            self.fault(node, f"{what} cannot be {word!r}", cure)
        else:
            return word
        return ""

    def _require_line(self, node: yaml.Node, text: str, what: str) -> bool:
        """Refuse what has a line end or a control character in it; tell whether it has none."""
        if found := _NOT_TEXT.search(text):
            self.fault(node, f"{what} has the character {found[0]!a} in it", "Take it out.")
        elif "\n" in text:
            self.fault(node, f"{what} has more than one line", "Write it in one.")
        else:
            return True
        return False

    def scalars(self, nodes: Iterable[yaml.Node]) -> Iterator[yaml.ScalarNode]:
        """Yield every text in nodes, keys as well, whatever they are made of."""
        waiting = [*nodes]
        while waiting:
            node = waiting.pop()
            if isinstance(node, yaml.ScalarNode):
                yield node
            waiting += inside_of(node)

    def require_short(self, root: yaml.Node) -> None:
        """Refuse texts that are longer than any of a quiz; where there is one, read no further."""
        long = [node for node in self.scalars([root]) if len(node.value) > MAX_TEXT]
        for node in long:
            problem = f"this text has more than {MAX_TEXT:,} characters: {clipped(node.value)}"
            self.fault(node, problem, "Ask about less of it.")
        if long:
            raise _TooManyFaults

    def one_of(self, node: yaml.Node | None, what: str, known: Collection[str]) -> str:
        """Return a value that has to be known."""
        word = self.word(node, what)
        if node and word and word not in known:
            self.fault(node, f"there is no {what} {word!r}", nearest(word, known))
            return ""
        return word

    def _source(self, node: yaml.Node) -> str:
        """Return what stands in the file where a node begins, to the end of the line at most."""
        begin = node.start_mark.column
        return self._lines[node.start_mark.line][begin : begin + MAX_SAID].strip()

    def _compose(self) -> yaml.Node | None:
        """Parse the file, with a harmless character in place of each that YAML stumbles over."""
        text = self._text()
        if text is None:
            return None
        self._lines, lines = text.split("\n"), text.split("\n")
        for _ in range(min(self._stumbles, 1 + MAX_REREAD // len(text))):
            try:
                node: yaml.Node | None = yaml.compose("\n".join(lines), Loader=Loader)
                require_small(node)
            except RecursionError:
                self.fault((0, 0), "the brackets of this file are nested too deeply", "Close them.")
                return None
            except NotYaml as error:
                self.fault((0, 0), f"the file is too much: {error}", "Write out what is needed.")
                return None
            except yaml.MarkedYAMLError as error:
                (line, column), what, cure, instead = explained(error, lines)
                self.fault((line, column), what, cure)
                if not instead:
                    return None
                before, end = lines[line], column + len(instead)
                lines[line] = before[:column] + instead + before[end:]
            else:
                if node is None:
                    self.fault((0, 0), "the file is empty", "Write `key: value` lines.")
                return node
        return None

    def _text(self) -> str | None:
        try:
            body = read_regular(self.path, MAX_QUIZ)
            require_few_signs(body)
        except OSError as error:
            cure = "Write it, or take it out of course.yaml."
            self.fault((0, 0), f"the file cannot be read: {error.strerror}", cure)
            return None
        except NotYaml as error:
            self.fault((0, 0), f"the file is too much: {error}", "Write several files.")
            return None
        text = f"{_with_plain_ends(body.decode('utf-8-sig', 'surrogateescape'))}\n"
        if found := _NOT_TEXT.search(text):
            *above, before = text[: found.start()].split("\n")
            what = f"the character {found[0]!a} is not text in UTF-8"
            self.fault((len(above), len(before)), what, "Take it out, or save the file as UTF-8.")
            return None
        return text


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _name(key: yaml.Node) -> str:
    return str(key.value) if isinstance(key, yaml.ScalarNode) else "[…]"
