"""Dates as people write them, and the characters that the translator reads and writes.

Everything is drawn from a seed: the same dates are held out from training today and in the test.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from grader.errors import UsageError

Array = np.ndarray[Any, Any]

# How a date may be written. Where all are numbers, the day comes first unless the year does.
FORMATS = (
    "{y}-{mm}-{dd}",
    "{y}/{mm}/{dd}",
    "{dd}/{mm}/{y}",
    "{d}/{m}/{y}",
    "{dd}.{mm}.{y}",
    "{d}.{m}.{y}",
    "{dd}-{mm}-{y}",
    "{d} {month} {y}",
    "{th} {month} {y}",
    "{th} {month}, {y}",
    "{th} of {month} {y}",
    "{th} of {month}, {y}",
    "the {th} of {month} {y}",
    "the {th} of {month}, {y}",
    "{month} {d} {y}",
    "{month} {d}, {y}",
    "{month} {th}, {y}",
    "{d} {mon} {y}",
    "{d}-{mon}-{y}",
    "{mon} {d}, {y}",
    "{day}, {d} {mon} {y}",
    "{weekday}, {d} {month} {y}",
    "{weekday}, {month} {d}, {y}",
)
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FIRST, LAST = date(1900, 1, 1), date(2099, 12, 31)
SPLIT_SEED = 2017

PADDING = "\0"
READS = PADDING + " ,-./0123456789abcdefghijklmnopqrstuvwxyz"
WRITES = "0123456789-"
START, STOP = len(WRITES), len(WRITES) + 1
MAX_READ = 32
MAX_WRITTEN = len("2021-03-03") + 1  # and the stop


class Pair(NamedTuple):
    """A date as somebody wrote it, and its translation."""

    text: str
    iso: str


def split() -> tuple[Array, Array]:
    """Return the days to train with and the tenth that is held out, as ordinals."""
    days = np.arange(FIRST.toordinal(), LAST.toordinal() + 1)
    np.random.default_rng(SPLIT_SEED).shuffle(days)
    held_out = len(days) // 10
    return days[held_out:], days[:held_out]


def draw(rng: np.random.Generator, days: Array, count: int) -> list[Pair]:
    """Draw days, each written in a format that is drawn as well."""
    chosen = rng.choice(days, size=count, replace=count > len(days))
    formats = rng.integers(len(FORMATS), size=count)
    return [
        write(date.fromordinal(int(day)), FORMATS[number])
        for day, number in zip(chosen, formats, strict=True)
    ]


def held_out_pairs(count: int) -> list[Pair]:
    """Return dates that the model never saw in training: the same at every call."""
    return draw(np.random.default_rng(SPLIT_SEED), split()[1], count)


def write(day: date, form: str) -> Pair:
    """Write a day in one of the formats."""
    month, weekday = MONTHS[day.month - 1], WEEKDAYS[day.weekday()]
    text = form.format(
        y=day.year,
        m=day.month,
        mm=f"{day.month:02}",
        d=day.day,
        dd=f"{day.day:02}",
        th=f"{day.day}{_suffix(day.day)}",
        month=month,
        mon=month[:3],
        weekday=weekday,
        day=weekday[:3],
    )
    return Pair(text, day.isoformat())


def _suffix(number: int) -> str:
    if 11 <= number <= 13:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def normalised(text: str) -> str:
    """Return a date as the model wants to read it: in small letters, with single spaces.

    Raises
    ------
    UsageError
        There is nothing to read, too much, or a character that the model has never seen.
    """
    text = " ".join(text.lower().split())
    if unknown := sorted(set(text) - set(READS[1:])):
        raise UsageError(
            f"the model has never seen {', '.join(map(repr, unknown))}",
            next="It reads letters, digits and , . - / as in: the 3rd of March, 2021",
        )
    if not 0 < len(text) <= MAX_READ:
        raise UsageError(
            f"the model reads 1 to {MAX_READ} characters, and these are {len(text)}",
            next="Give it one date, as in: the 3rd of March, 2021",
        )
    return text


def read_ids(texts: Sequence[str], width: int = 0) -> tuple[Array, Array]:
    """Return the ids of texts, and their lengths: (batch, n) and (batch,).

    They are padded to the longest of them, or to a larger `width`.
    """
    lengths = np.array([len(text) for text in texts])
    ids = np.zeros((len(texts), max(width, *lengths)), dtype=np.int64)
    for row, text in zip(ids, texts, strict=True):
        row[: len(text)] = [READS.index(character) for character in text]
    return ids, lengths


def written_ids(isos: Sequence[str]) -> Array:
    """Return the ids of translations between a start and a stop: (batch, 12)."""
    return np.array([[START, *map(WRITES.index, iso), STOP] for iso in isos])


def written(ids: Sequence[int]) -> str:
    """Return what ids spell, up to the stop; a start in the midst of it is a question mark."""
    known = dict(enumerate(WRITES))
    text = []
    for number in ids:
        if number == STOP:
            break
        text.append(known.get(int(number), "?"))
    return "".join(text)
