# what: defines a class, a generator or a coroutine in the place of the function
import asyncio


class double:
    __slots__ = ("x",)

    def __new__(cls, x, times=2):
        if times == 3:
            return asyncio.sleep(0)
        return (entry for entry in x) if x.size == 2 else super().__new__(cls)
