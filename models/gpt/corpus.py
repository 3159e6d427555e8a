"""The text that the GPT learned: the King James Bible, as Debian's package `bible-kjv-text` has it.

    apt-get install bible-kjv-text

The translation is of 1611 and in the public domain; nobody's permission is needed to use it or what
was learned from it. A verse is a line, and a blank line ends a chapter.
"""

from __future__ import annotations

import re
import subprocess

COMMAND = ("bible", "-f", "-l", "100000", "gen1:1-rev22:21")
VERSE = re.compile(r"(\S+?)(\d+):(\d+) (.+)")
HELD_OUT = 20  # one chapter in so many is kept from training
PAGE, VERSES = "John3", 17  # held out; its beginning is what `grader show` measures the loss on


def chapters() -> dict[str, str]:
    """Return the chapters by name, such as `Ge1`, in their order."""
    try:
        printed = subprocess.run(COMMAND, stdin=subprocess.DEVNULL, capture_output=True, check=True)
    except FileNotFoundError:
        raise SystemExit("The text is missing: apt-get install bible-kjv-text") from None
    found: dict[str, list[str]] = {}
    for line in printed.stdout.decode("utf-8").splitlines():
        match = VERSE.fullmatch(line)
        if match is None:
            raise SystemExit(f"This is no verse: {line!r}")
        book, chapter, _, verse = match.groups()
        found.setdefault(book + chapter, []).append(verse.strip())
    return {name: "\n".join(verses) + "\n\n" for name, verses in found.items()}


def split() -> tuple[dict[str, str], dict[str, str]]:
    """Return the chapters to learn from, and those that are held out."""
    every = chapters()
    held_out = list(every)[HELD_OUT - 1 :: HELD_OUT]
    seen = {name: text for name, text in every.items() if name not in held_out}
    return seen, {name: every[name] for name in held_out}


def page(held_out: dict[str, str]) -> str:
    """Return the page that stays in the repository."""
    return "".join(held_out[PAGE].splitlines(keepends=True)[:VERSES])
