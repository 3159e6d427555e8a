# what: raises exceptions that loop, leave or raise again as soon as somebody looks at them
# seconds: 1
import os


class Hostile(Exception):
    def __str__(self):
        if len(self.args[0]) == 3:
            os._exit(0)
        if len(self.args[0]) == 6:
            while True:
                pass
        raise Hostile(self.args[0])

    @property
    def __traceback__(self):
        raise SystemExit(0)

    __repr__ = __str__


class Lying(type):
    @property
    def __mro__(cls):
        raise KeyboardInterrupt

    __name__ = property(lambda cls: cls)


class Odd(SyntaxError, metaclass=Lying):
    msg, filename, lineno, offset = 10**400, "exercises/numbers/double.py", "x", object()


def double(x, times=2):
    raise Hostile("x" * x.size) if times > 0 else Odd
