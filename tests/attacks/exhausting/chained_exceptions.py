# what: raises an exception with a traceback of a hundred thousand places and causes in a circle
# ends: crashed failed
def double(x, times=2):
    error = RuntimeError("the last")
    for _ in range(100_000):
        try:
            raise error
        except RuntimeError as again:
            error = again
    error.__cause__ = RuntimeError("a circle")
    error.__cause__.__context__ = error
    raise error
