"""The channel to a process: whole frames, deadlines, and floods that end at their bounds."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pytest

from grader.learner import wire
from grader.learner.outside.answers import NONSENSE
from grader.learner.outside.channel import Channel, PolledChannel
from grader.learner.outside.spawn import pipes
from grader.learner.outside.threaded_channel import ThreadedChannel


class Ends(NamedTuple):
    """A channel, and the other side's ends of its three pipes."""

    channel: Channel
    reading: int
    answering: int
    printing: int


@pytest.fixture(params=[PolledChannel, ThreadedChannel])
def ends(request: pytest.FixtureRequest) -> Iterator[Ends]:
    """Return a channel of each kind; that of Windows works everywhere."""
    ours, theirs = pipes()
    yield Ends(request.param(*ours, 10), *theirs)


def test_a_frame_arrives_whole(ends: Ends) -> None:
    """However small the pieces that it comes in."""
    frame = wire.pack({"kind": "returned", "value": np.arange(3)})

    def drip() -> None:
        for byte in frame:
            os.write(ends.answering, bytes([byte]))

    threading.Thread(target=drip).start()
    message = ends.channel.receive(10)
    assert message["kind"] == "returned"
    np.testing.assert_array_equal(message["value"], [0, 1, 2])


def test_frames_that_come_together_are_told_apart(ends: Ends) -> None:
    """Two answers in one piece are two answers."""
    os.write(ends.answering, wire.pack(1) + wire.pack(2))
    assert [ends.channel.receive(10), ends.channel.receive(10)] == [1, 2]


def test_waiting_ends_with_the_time(ends: Ends) -> None:
    """Half a frame is no frame, and nobody waits for the rest for ever."""
    os.write(ends.answering, wire.pack([1, 2])[:-1])
    with pytest.raises(TimeoutError):
        ends.channel.receive(0.05)


def test_the_end_is_told_apart_from_waiting(ends: Ends) -> None:
    """A channel that was closed over there is over here."""
    os.write(ends.answering, wire.pack(1))
    for theirs in ends[1:]:
        os.close(theirs)
    assert ends.channel.receive(10) == 1
    with pytest.raises(EOFError):
        ends.channel.receive(10)


def test_a_frame_that_claims_too_much_is_nonsense(ends: Ends) -> None:
    """The lengths are looked at before anything is waited for."""
    os.write(ends.answering, b"\xff" * 12)
    assert ends.channel.receive(10) == NONSENSE


def test_what_is_printed_is_cut(ends: Ends) -> None:
    """More than the limit is thrown away while it comes, and said to be missing."""
    flood = threading.Thread(target=_write_all, args=[ends.printing, b"a" * 10**6])
    flood.start()
    with pytest.raises(TimeoutError):
        ends.channel.receive(0.5)
    flood.join(10)
    assert not flood.is_alive()
    ends.channel.close()
    assert ends.channel.printed == "a" * 10 + "\n[cut after 10 bytes]"


def test_what_was_printed_last_is_heard(ends: Ends) -> None:
    """Closing takes in what still stands in the pipe."""
    os.write(ends.printing, b"bye")
    for theirs in ends[1:]:
        os.close(theirs)
    ends.channel.close()
    assert ends.channel.printed == "bye"


def test_a_side_that_does_not_read_delays_nobody(ends: Ends) -> None:
    """A frame larger than the pipe goes out as fast as it is taken, and no answer is waited for."""
    ends.channel.send(b"x" * 10**6)
    with pytest.raises(TimeoutError):
        ends.channel.receive(0.05)
    taken = len(os.read(ends.reading, 1024))
    assert taken == 1024


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data[:65536]) :]


def test_what_nobody_takes_is_unsent(ends: Ends) -> None:
    """A reply that was not read is not sent yet; one that was read is."""
    ends.channel.send(wire.pack(1))
    os.write(ends.answering, wire.pack("read"))
    assert ends.channel.receive(10) == "read"
    assert wire.receive(lambda size: os.read(ends.reading, size)) == 1
    assert not ends.channel.has_unsent
    for _ in range(3):
        ends.channel.send(wire.pack(np.zeros(10**6)))
        os.write(ends.answering, wire.pack("unread"))
        assert ends.channel.receive(10) == "unread"
    assert ends.channel.has_unsent
