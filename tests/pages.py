"""Walks through a page of the documents as a reader would: writes files, runs commands."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import ROOT, Ended

# What a page may show besides, and no walk carries out: it installs, builds or is not ours.
ELSEWHERE = {"python", ".venv/bin/python", "pip", "source", "make", "pytest"}


def walk(name: str, grader: Callable[..., Ended], here: pytest.MonkeyPatch) -> int:
    """Do all that a page shows, compare what it says is printed, and return how many commands ran.

    A block below a path is written to that file. In a `console` block what stands below a command
    is what it prints, and `...` stands for anything. A command of an `sh` block has only to work.
    """
    ran = 0
    for adds, path, language, body in _blocks(name):
        if path:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            before = Path(path).read_text("utf-8") + "\n\n" if adds else ""
            Path(path).write_text(before + body, "utf-8")
            continue
        for command, shown in _commands(language, body):
            ended = _follow(command, grader, here)
            if ended is not None:
                _compare(command, ended, shown)
                ran += 1
    return ran


def programs(name: str) -> set[tuple[str, ...]]:
    """Return the first three words of every command that a page shows."""
    blocks = [(language, body) for _, path, language, body in _blocks(name) if not path]
    lines = [command for block in blocks for command, _ in _commands(*block)]
    return {tuple(shlex.split(line, comments=True)[:3]) for line in lines}


def _blocks(name: str) -> list[tuple[str, str, str, str]]:
    pattern = r"(?:^(Add to )?`([^`\n]+)`:\n\n)?^```(\w+)\n(.*?)^```"
    return re.findall(pattern, (ROOT / name).read_text("utf-8"), re.S | re.M)


def _compare(command: str, ended: Ended, shown: str | None) -> None:
    """Hold what a command printed against what is shown; only a slip that is shown may be one."""
    if shown is None:
        assert ended.code in (0, 1), (command, ended.err)
        return
    printed = ended.err if ended.code == 2 else ended.out
    pattern = re.escape(shown).replace(re.escape("...\n"), ".*").replace(re.escape("..."), ".*")
    assert re.fullmatch(pattern, printed, re.S), f"{command}\n{printed}"


def _commands(language: str, body: str) -> Iterator[tuple[str, str | None]]:
    """Yield the commands of a block, each with what it is said to print, if that is said."""
    if language == "console":
        yield from re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", body, re.M)
    if language == "sh":
        yield from ((line, None) for line in body.splitlines() if line.strip())


def _follow(command: str, grader: Callable[..., Ended], here: pytest.MonkeyPatch) -> Ended | None:
    """Carry out one command; None for what is not run here."""
    program, *words = shlex.split(command, comments=True)
    if program in ELSEWHERE or (words[:2] == ["class", "similar"] and not find_spec("copydetect")):
        return None
    if program == "grader":
        sys.modules.pop("solutions", None)  # as in a process of its own, they are read again
        return grader(*words)
    if program == "cat":
        return Ended(0, "".join(Path(word).read_text("utf-8") for word in words), "")
    {"cd": here.chdir, "cp": shutil.copy}[program](*words)
    return Ended(0, "", "")
