"""The learner's side of the border: compiles one file, makes the calls it is asked for.

It runs in an interpreter of its own that never holds a reference, an expected value or a verdict.
It imports nothing of ours but the wire. Whatever a learner's code does in here, all that leaves
is a frame of plain values, which the other side believes no further than its contents.
"""

from __future__ import annotations

import builtins
import contextlib
import faulthandler
import gc
import importlib
import linecache
import os
import signal
import site
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib.machinery import ModuleSpec
from io import TextIOWrapper
from types import FrameType, ModuleType
from typing import Any, cast

from grader.learner import wire
from grader.learner.inside.bans import put_bans
from grader.learner.inside.behaviour import perform
from grader.learner.inside.chained import counted, own_function, resolved
from grader.learner.inside.measured import measured
from grader.learner.inside.raised import MAX_FRAMES, MAX_TEXT, print_lines_as_given, spell_raised

MAX_PATH = 200
READY = wire.pack({"kind": "ready"})
# The audit events of Python that ask something of the system that may be refused.
ASKS_THE_SYSTEM = ("open", "os.", "socket.", "subprocess.", "mmap.", "ctypes.dlopen", "pty.")


def main(confine: Callable[[], None]) -> None:
    """Serve one submission over standard input and output, once `confine` has run."""
    refusal = ""
    try:
        confine()
    except OSError as error:  # better no grade than one that was not confined as promised
        refusal = str(error) or type(error).__name__
    channel = Channel(*_claim_standard_streams())
    if refusal:
        channel.send({"kind": "unready", "reason": refusal})
        return
    channel.leave_on_request()
    add_usual_names()
    asked = _note_requests()
    gc.freeze()  # NumPy stays: a collection during the learner's calls need not look at it
    gc.enable()
    channel.send_frame(READY)
    leave = os._exit  # from here on, whatever has a name may be replaced
    try:
        _serve(channel, asked)
    except BaseException:  # a traceback through lines of ours would tell a learner nothing
        channel.let_go()
        leave(1)


def _serve(channel: Channel, asked: list[str]) -> None:
    """Run the file that comes, and make the calls."""
    job, calls = channel.receive(), channel.receive_calls()
    sys.meta_path.insert(0, ExerciseFinder(channel))
    put_bans(job["without"], channel.files)
    module = ModuleType(job["module"])
    sys.modules[job["module"]] = module
    try:
        execute(module, job["source"], job["path"], channel.files)
    except BaseException as error:  # a learner's file may raise anything, SystemExit too
        channel.send(spell_raised(error, channel.files, asked))
        return
    for name in job["stood_in_for"]:
        setattr(module, name, _stand_in(channel, job["module"], name))
    channel.send({"kind": "loaded"})
    bound = 0 if sys.platform == "linux" else job["above_rest"]  # there, the system holds it
    while True:
        for call in calls:
            with measured(bound) as excess:
                answer = answer_of(module, call["function"], call, channel.files, asked)
            channel.send_answer(excess() or answer)
        calls = channel.receive_calls()  # which leaves when there will be no more


class Channel:
    """Frames to and from the trusted process, and the paths of the `files` that came from it."""

    def __init__(self, incoming: int, outgoing: int) -> None:
        self._read, self._outgoing = partial(os.read, incoming), outgoing
        self._printed = (sys.stdout, sys.stderr)
        self.files: set[str] = set()

    def leave_on_request(self) -> None:
        """When a signal says that time is up, write where the code is, print what is left, and go.

        The place is written at once, whatever the code is in the middle of; what it printed can
        only be let go where Python gets a turn.
        """
        if not hasattr(faulthandler, "register"):  # Windows
            return
        signal.signal(signal.SIGUSR1, self._leave)
        faulthandler.register(signal.SIGUSR1, self._outgoing, all_threads=False, chain=True)

    def _leave(self, number: int, frame: FrameType | None) -> None:
        self.let_go()
        os._exit(0)

    def let_go(self) -> None:
        """Let go what was printed, as far as that is possible."""
        for stream in self._printed:
            with contextlib.suppress(Exception):  # closed, or in the middle of printing
                stream.flush()

    def receive(self) -> Any:
        """Return the next message; leave quietly when the trusted process has hung up."""
        try:
            return wire.receive(self._read)
        except EOFError:
            os._exit(0)

    def receive_calls(self) -> list[Any]:
        """Return the calls that are to be made next: each is a frame, of any size for one."""
        return [self.receive() for _ in range(self.receive())]

    def send(self, message: dict[str, Any]) -> None:
        """Send a message, after everything printed so far."""
        self.send_frame(wire.pack(message, wire.MAX_ANSWER))

    def send_answer(self, answer: dict[str, Any]) -> None:
        """Send what came of a call, or why that cannot cross."""
        try:
            self.send(answer)
        except MemoryError as error:  # nothing of it has been sent
            self.send(spell_raised(error, self.files, []))
        except wire.WireError as error:
            self.send({"kind": "unusable", "description": str(error)[:MAX_TEXT]})

    def send_frame(self, frame: bytes) -> None:
        """Send a message that is packed already."""
        for stream in self._printed:
            if not stream.closed:
                stream.flush()
        left = memoryview(frame)  # of which no copies are made
        while left:
            left = left[os.write(self._outgoing, left) :]

    def ask(self, message: dict[str, Any]) -> Any:
        """Send a question and return the reply."""
        self.send(message)
        return self.receive()


class ExerciseFinder:
    """Imports `exercises.<unit>.<name>` from bytes that the trusted process hands over.

    A module comes either as source or as a stand-in: the names of functions whose calls are
    answered by the trusted process. The finder is its own loader; it does not inherit from
    importlib.abc, which takes a fifth as long to import as NumPy.
    """

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find the course's own packages and modules; leave every other name to Python."""
        parts = name.split(".")
        if parts[0] != "exercises" or len(parts) > 3:
            return None
        loader = cast(Any, self)
        if len(parts) < 3:
            return ModuleSpec(name, loader, is_package=True)
        reply = self._channel.ask({"kind": "import", "module": name})
        return ModuleSpec(name, loader, loader_state=reply) if reply else None

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """Leave the making of the module to Python."""
        return None

    def exec_module(self, module: ModuleType) -> None:
        """Fill a module with what the trusted process sent for it."""
        state = module.__spec__.loader_state if module.__spec__ else None
        if not state:
            return
        if "source" in state:
            execute(module, state["source"], state["path"], self._channel.files)
        for name in state.get("functions", ()):
            setattr(module, name, _stand_in(self._channel, module.__name__, name))


def _stand_in(channel: Channel, module: str, function: str) -> Callable[..., Any]:
    """Return a function whose calls are answered across the border.

    What stands in may lean on a function of the learner's own, which is then called before there
    is a reply.
    """

    def stand_in(*args: Any, **kwargs: Any) -> Any:
        call = {"module": module, "function": function, "args": args, "kwargs": kwargs}
        reply = channel.ask({"kind": "call", **call})
        while "call" in reply:
            channel.send_answer(_called_back(channel, reply["call"]))
            reply = channel.receive()
        if "type" in reply:
            kind = getattr(builtins, reply["type"], RuntimeError)
            raise kind(reply["message"])
        return reply["value"]

    stand_in.__name__ = stand_in.__qualname__ = function
    return stand_in


def _called_back(channel: Channel, call: dict[str, Any]) -> dict[str, Any]:
    try:
        module = importlib.import_module(call["module"])
    except BaseException as error:  # whatever it is, it is the answer to this call
        return spell_raised(error, channel.files, [])
    answer = answer_of(module, call["function"], call, channel.files, [])
    if answer["kind"] == "returned":  # nobody asks there what became of the arguments
        answer |= {"args": (), "kwargs": {}}
    return answer


def _claim_standard_streams() -> tuple[int, int]:
    """Keep the pipes for ourselves; what the learner reads is empty, what they print is stderr."""
    incoming, outgoing = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # not lost where the process is ended
    return incoming, outgoing


def add_usual_names() -> None:
    """Add `exit`, `help` and the like: a learner's own Python has them, this one lacks them."""
    if not hasattr(builtins, "exit"):  # the zygote has done so for all that it forks
        site.setquit()
        site.setcopyright()
        site.sethelper()
        print_lines_as_given()


def unload_our_modules() -> None:
    """Remove our modules, through which more of ours could be imported."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "grader"]:
        del sys.modules[name]


def _note_requests() -> list[str]:
    """Keep in a list what the code last asked of the system: it is reported if that is refused."""
    asked: list[str] = []

    def note(event: str, args: tuple[Any, ...]) -> None:
        if event.startswith(ASKS_THE_SYSTEM):
            about = args[0] if args and isinstance(args[0], str) else ""
            asked[:] = [event, about[:MAX_PATH]]

    sys.addaudithook(note)
    return asked


def execute(module: ModuleType, source: bytes, path: str, files: set[str]) -> None:
    """Run a learner's file as a module, and note its path among the `files` that came."""
    files.add(path)
    module.__file__ = path
    # So that a traceback the learner prints by themselves shows their lines.
    text = source.decode("utf-8-sig")
    linecache.cache[path] = (len(text), None, text.splitlines(True), path)
    # The text, not the bytes: a cookie that names another encoding would make other code of them.
    exec(compile(text, path, "exec", dont_inherit=True), module.__dict__)


def answer_of(
    module: ModuleType, name: str, call: dict[str, Any], files: set[str], asked: list[str]
) -> dict[str, Any]:
    """Call a function of a module, and return the message about what came of it."""
    function = vars(module).get(name)
    if not callable(function):
        defined = [name for name, value in vars(module).items() if _is_own(value, module)]
        return {"kind": "missing", "defined": defined[:MAX_FRAMES]}
    args, kwargs = call["args"], call["kwargs"]
    find = partial(own_function, vars(module))
    try:
        given = [resolved(each, find) for each in args]
        named = {name: resolved(each, find) for name, each in kwargs.items()}
        value = counted(perform(function, given, named, call.get("manner", {})), call.get("own"))
    except BaseException as error:  # whatever it is, it is the answer to this call
        return spell_raised(error, files, asked)
    return {"kind": "returned", "value": value, "args": args, "kwargs": kwargs}


def _is_own(value: Any, module: ModuleType) -> bool:
    return callable(value) and getattr(value, "__module__", None) == module.__name__
