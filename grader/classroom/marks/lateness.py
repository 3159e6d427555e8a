"""How late something is, and what that takes off."""

from __future__ import annotations

import re
from datetime import datetime
from math import ceil
from typing import NamedTuple

from grader.classroom.hand_ins.times import LocalTime, moment_of, utc, written
from grader.errors import UsageError

_UNITS = {"": 60, "s": 1, "sec": 1, "min": 60, "h": 3600, "hour": 3600, "d": 86400, "day": 86400}
_UNITS |= {"minute": 60, "week": 604800}
_YEARS = range(1970, 2201)  # others are slips, and not every system knows them
_LATE = re.compile(r"(\d{1,3}(?:\.\d+)?) ?%(?: ?/ ?(hour|day|week))?")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d) *(Z|[+-]\d\d:?\d\d)?")
_SPAN = re.compile(r"(\d{1,6}) ?([a-z]*)")


class Lateness(NamedTuple):
    """How late a hand-in is: by how many seconds, where that is known, or only whether it is."""

    is_late: bool | None = None
    seconds: int | None = None


class Deduction(NamedTuple):
    """What being late takes off: a share of the points, once or for each unit that has begun."""

    share: float
    unit: int = 0  # seconds

    def of(self, lateness: Lateness, grace: int) -> float | None:
        """Return the share that a hand-in loses; None where that depends on what nobody knows."""
        seconds = lateness.seconds
        if not lateness.is_late or (seconds is not None and seconds <= grace):
            return 0.0
        if not self.unit:
            return self.share
        if seconds is None:
            return None
        return min(1.0, self.share * ceil(seconds / self.unit))


def lateness_of(
    due: str, submitted_at: str, is_late: bool | None, late_seconds: int | None
) -> Lateness:
    """Return how late a hand-in is: by its time, else by what its platform says."""
    if due and submitted_at:
        seconds = int((moment_of(submitted_at) - moment_of(due)).total_seconds())
        return Lateness(seconds > 0, max(seconds, 0))
    if late_seconds is not None:
        return Lateness(late_seconds > 0, late_seconds)
    return Lateness(is_late, 0 if is_late is False else None)


def deduction_of(text: str) -> Deduction:
    """Return what is meant by 10%/day, 5%/hour or 20%; nothing takes nothing off.

    Raises
    ------
    UsageError
        It is none of these.
    """
    found = _LATE.fullmatch(text.strip())
    if not text.strip():
        return Deduction(0.0)
    if not found or float(found[1]) > 100:
        raise UsageError(
            f"{text!r} is nothing to take off",
            next="Write a share of the points, once or for each day that has begun: --late 20% or"
            " --late 10%/day",
        )
    return Deduction(float(found[1]) / 100, _UNITS[found[2]] if found[2] else 0)


def seconds_of(text: str) -> int:
    """Return the seconds of 15min, 2h or 1day; a number alone are minutes.

    Raises
    ------
    UsageError
        It is no such thing.
    """
    found = _SPAN.fullmatch(text.strip().casefold())
    unit = found[2] if found and found[2] in _UNITS else found and found[2].removesuffix("s")
    if not found or unit not in _UNITS:
        raise UsageError(f"{text!r} is no time to wait", next="Write --grace 15min, or 2h.")
    return int(found[1]) * _UNITS[unit]


def due_of(text: str) -> datetime:
    """Return the moment that is meant, in the zone that it names, or in that of this machine.

    A day alone, be it with its zone, is its last second. There is one way to write each.

    Raises
    ------
    UsageError
        It is none.
    """
    try:
        day = _DAY.fullmatch(text.strip())
        clock, zone = written(f"{day[1]} 23:59:59 {day[2] or ''}" if day else text)
        due = clock.replace(tzinfo=zone or LocalTime())
        if int(utc(due)[:4]) not in _YEARS:
            raise ValueError("nothing is due then")
        return due
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            f"{text!r} is no date",
            next='Write it with its offset: --due "2026-05-05 23:59:59+02:00", or 2026-05-05,'
            f" in a year from {_YEARS[0]} to {_YEARS[-1]}.",
        ) from error
