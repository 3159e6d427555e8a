"""A stack: what was put on it last is taken off first."""

from grader.exercise import Exercise, calls

exercise = Exercise(
    hints=["Where in a list can something be added and taken at little cost?"],
    tags={"full": "unless the stack is full"},
)


@exercise.reference
class Stack:
    """A stack for at most `most` things."""

    def __init__(self, most):
        self._things = []
        self._most = most

    def push(self, thing):
        """Put something on top; raise OverflowError where there is no room."""
        if len(self._things) == self._most:
            raise OverflowError("the stack is full")
        self._things.append(thing)

    def pop(self):
        """Take off what is on top, and return it; raise IndexError where there is nothing."""
        return self._things.pop()

    @property
    def height(self):
        """How many things there are."""
        return len(self._things)


@exercise.case
def two_things_come_back_in_turn(rng):
    one, other = (int(n) for n in rng.choice(9, 2, replace=False))
    return calls(("new", 3), ("push", one), ("push", other), ("pop",), ("pop",), ("height",))


@exercise.case(tags=["full"], raises=OverflowError)
def a_full_stack_refuses(rng):
    return calls(("new", 1), ("push", int(rng.integers(9))), ("push", 2))


@exercise.case(tags=["edge"], raises=IndexError)
def an_empty_stack_has_nothing(rng):
    return calls(("new", 1), ("pop",))


@exercise.mistake
class TakesTheOldest(Stack):
    """You take off what lies at the bottom.

    That is a queue. Which end of the list is the top?
    """

    def pop(self):
        return self._things.pop(0)


@exercise.mistake
class HasNoEnd(Stack):
    """You put on more than the stack may hold.

    When is there no room?
    """

    def push(self, thing):
        self._things.append(thing)
