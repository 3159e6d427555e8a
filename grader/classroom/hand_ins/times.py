"""Times as platforms write them, in UTC or not at all: what cannot be read is not known."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_STAMP = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)? *(Z|[+-]\d\d:?\d\d|[\w/+-]+)?"
)
_LONGEST = 100  # characters of a time stamp
_FIRST, _END = 1970, 2200  # years
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")
# As Moodle writes them in English: Thursday, 7 May 2026, 2:02 AM; or with the 24 hours of a site.
_WORDS = ("%A, %d %B %Y, %I:%M %p", "%A, %d %B %Y, %H:%M", "%d %B %Y, %I:%M %p", "%d %B %Y, %H:%M")
_GERMAN = re.compile(r"(?:[A-Z][a-z]+, )?(\d\d?)\. ([^\W\d]+) (\d{4}), (\d\d?:\d\d)")
_MONTHS = {"Januar": 1, "Februar": 2, "März": 3, "April": 4, "Mai": 5, "Juni": 6, "Juli": 7}
_MONTHS |= {"August": 8, "September": 9, "Oktober": 10, "November": 11, "Dezember": 12}
_UNITS = {"day": 86400, "hour": 3600, "min": 60, "sec": 1, "year": 31536000}
_UNITS |= {"tag": 86400, "stunde": 3600, "sek": 1, "jahr": 31536000}
_AMOUNT = re.compile(rf"(?<!\d)(\d{{1,6}}) ({'|'.join(_UNITS)})", re.IGNORECASE)


class LocalTime(tzinfo):
    """The zone of this machine, in which each date has its own offset, of summer or of winter."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """Return how far the clock is ahead of UTC at a moment."""
        if moment is None:
            return None
        clock = moment.replace(tzinfo=None)
        return clock - clock.astimezone(timezone.utc).replace(tzinfo=None)

    def dst(self, moment: datetime | None) -> None:
        """Return None: how much of the offset is that of summer is not known."""

    def tzname(self, moment: datetime | None) -> str:
        """Return what the zone is called."""
        return "local time"


def utc(moment: datetime) -> str:
    """Return a moment as it is kept: 2026-05-05T19:15:33Z.

    Raises
    ------
    ValueError
        Nothing was handed in then: a clock was wrong, or somebody made the time up.
    """
    there = moment.astimezone(timezone.utc)
    if not _FIRST <= there.year < _END:
        raise ValueError(f"{there.year} is no year in which anything is handed in")
    return there.strftime("%Y-%m-%dT%H:%M:%SZ")


def moment_of(text: str) -> datetime:
    """Return the moment that `utc` has written."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)


def read_stamp(text: str, zone: tzinfo | None = timezone.utc) -> str:
    """Return the moment of a time stamp, in UTC; nothing where it is none.

    One that names no zone is of `zone`; where that is None, it is not known.
    """
    try:
        clock, named = written(text)
        there = named or zone
        return utc(clock.replace(tzinfo=there)) if there else ""
    except (ValueError, OverflowError, OSError):
        return ""


def written(text: str) -> tuple[datetime, tzinfo | None]:
    """Return what a time stamp says by the clock, and the zone that it names, or None.

    Raises
    ------
    ValueError
        It is none, or of a zone that is not known.
    """
    found = _STAMP.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if not found:
        raise ValueError("it is no time stamp")
    numbers = (int(each or 0) for each in found.groups()[:6])
    zone = _zone(found[7]) if found[7] else None
    if found[7] and zone is None:
        raise ValueError(f"there is no zone {found[7]}")
    return datetime(*numbers), zone  # type: ignore[arg-type]


def read_words(text: str, zone: tzinfo) -> str:
    """Return the moment that Moodle's words mean in a zone, be they English or German.

    Other words mean nothing.
    """
    words = " ".join(text.split()) if len(text) <= _LONGEST else ""
    if (german := _GERMAN.fullmatch(words)) and german[2] in _MONTHS:
        day, month, year, clock = german.groups()
        return read_stamp(f"{year}-{_MONTHS[month]:02}-{day:>02} {clock:>05}", zone)
    for form in _WORDS if words else ():
        try:
            return utc(datetime.strptime(words, form).replace(tzinfo=zone))
        except (ValueError, OverflowError, OSError):
            continue
    return ""


def read_amount(text: str) -> int | None:
    """Return the seconds of "1 day 2 hours" or "26:03:00"; None where there is no such thing."""
    clock = re.fullmatch(r"(\d{1,6}):(\d\d):(\d\d)", text.strip())
    if clock:
        hours, minutes, seconds = map(int, clock.groups())
        return 3600 * hours + 60 * minutes + seconds
    found = [(int(number), unit.casefold()) for number, unit in _AMOUNT.findall(text)]
    return sum(number * _UNITS[unit] for number, unit in found) if found else None


def _zone(name: str) -> tzinfo | None:
    if name in ("Z", "UTC", "GMT"):
        return timezone.utc
    if found := _OFFSET.fullmatch(name):
        away = timedelta(hours=int(found[2]), minutes=int(found[3]))
        return timezone(-away if found[1] == "-" else away) if away < timedelta(days=1) else None
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # there is none of that name
        return None
