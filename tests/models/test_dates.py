"""The dates that the translator learned from, and what it can read."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from grader.errors import UsageError
from models.dates import dates


def test_a_tenth_of_the_days_is_held_out() -> None:
    """No day of the held-out tenth is among those of the training."""
    known, held_out = map(set, dates.split())
    assert not known & held_out
    assert len(held_out) == (len(known) + len(held_out)) // 10


def test_the_same_dates_are_held_out_every_time() -> None:
    """What is held out does not depend on when one asks."""
    assert dates.held_out_pairs(20) == dates.held_out_pairs(20)
    known, _ = dates.split()
    held_out = {date.fromisoformat(pair.iso).toordinal() for pair in dates.held_out_pairs(500)}
    assert not held_out & set(known)


def test_every_format_fits_and_tells_its_day() -> None:
    """Each format has its own way with a day, within what the model reads."""
    day = date(2023, 9, 27)
    texts = {dates.write(day, form).text for form in dates.FORMATS}
    assert len(texts) == len(dates.FORMATS) >= 14
    assert "the 27th of september, 2023" in texts
    assert all(dates.normalised(text) == text for text in texts)


@pytest.mark.parametrize(
    ("day", "text"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (13, "13th"), (22, "22nd")]
)
def test_ordinals(day: int, text: str) -> None:
    """The teens are the exception."""
    assert dates.write(date(2000, 1, day), "{th}").text == text


def test_ids_spell_what_they_were_made_of() -> None:
    """Text to ids and back; padding is told by the lengths."""
    ids, lengths = dates.read_ids(["3/4/2021", "2 may 1999"], dates.MAX_READ)
    assert ids.shape == (2, dates.MAX_READ)
    assert lengths.tolist() == [8, 10]
    (row,) = dates.written_ids(["2021-04-03"])
    assert dates.written(row[1:]) == "2021-04-03"
    assert dates.written(np.array([1, dates.START, dates.STOP, 1])) == "1?"


@pytest.mark.parametrize("text", ["", "  ", "3 März 2021", "x" * 33])
def test_what_the_model_cannot_read_is_refused(text: str) -> None:
    """It says what it cannot read, and shows what it can."""
    with pytest.raises(UsageError, match="the 3rd of March, 2021"):
        dates.normalised(text)
