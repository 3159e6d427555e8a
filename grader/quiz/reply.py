"""What a typed line means: an answer, or a command.

`!` marks a question as doubtful, and no letter does: any letter from a to i may be a choice's, and
a reply must not change its meaning from one question to the next.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from grader.quiz.characters import plain_characters
from grader.quiz.kinds.base import Given, Kind, Unreadable

_SURE = re.compile(r"(?P<answer>.*\S)\s+(?P<confidence>[1-3])", re.DOTALL)
MAX_REPLY = 2000  # characters, so that whatever is looked for in them is soon found


class Command(Enum):
    """What a line may ask for instead of answering."""

    SKIP = "s"
    QUIT = "q"
    HINT = "?"
    DOUBT = "!"


class Reply(NamedTuple):
    """An answer, None for a skip; and how sure it was given, from 1 (a guess) to 3 (sure)."""

    given: Given | None
    confidence: int | None = None


SKIPPED = Reply(None)


def read_line(line: str, kind: Kind) -> Command | Reply:
    """Return what a typed line means; `Unreadable` says what would mean something."""
    text = plain_characters(line).strip()
    for command in Command:
        if text.lower() == command.value:
            return command
    return read_reply(text, kind)


def read_reply(reply: Given, kind: Kind) -> Reply:
    """Return the answer, and the confidence that may stand behind it."""
    if _length(reply) > MAX_REPLY:
        raise Unreadable(f"That is no answer: it has more than {MAX_REPLY:,} characters.")
    reply = _in_plain_characters(reply)
    try:
        return Reply(kind.read(reply))
    except Unreadable:
        sure = _SURE.fullmatch(reply) if isinstance(reply, str) else None
        if not sure:
            raise
        return Reply(kind.read(sure["answer"]), int(sure["confidence"]))


def _length(reply: Given) -> int:
    """Return how many characters an answer has; another part of it counts as one."""
    parts = [*reply.keys(), *reply.values()] if isinstance(reply, dict) else reply
    return len(parts) if isinstance(parts, str) else sum(len(part) + 1 for part in parts)


def _in_plain_characters(reply: Given) -> Given:
    if isinstance(reply, dict):
        return {plain_characters(thing): plain_characters(it) for thing, it in reply.items()}
    if isinstance(reply, list):
        return [plain_characters(item) for item in reply]
    return plain_characters(reply)
