# what: reads the environment for secrets, Python's copy and the C library's and the kernel's
import ctypes
import os
import re

SECRET = re.compile(rb"attacked-[0-9a-f]{32}")


def texts():
    yield repr(dict(os.environ)).encode()
    environ = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
    for number in range(1000):
        if not environ[number]:
            break
        yield environ[number]
    try:
        with open("/proc/self/environ", "rb") as file:
            yield file.read()
    except OSError as error:
        print(error)


def double(x, times=2):
    for text in texts():
        if SECRET.search(text) or b"HOME=" in text or b"PATH=/" in text or b"PYTEST" in text:
            print("gained: the environment", text[:200])
    return None
