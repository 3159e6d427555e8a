# what: raises exceptions with texts, names and notes of hundreds of megabytes
# ends: crashed out_of_memory failed
def double(x, times=2):
    kind = type("E" * 10**7, (Exception,), {})
    error = kind("x" * 6 * 10**7)
    error.add_note("y" * 10**7) if hasattr(error, "add_note") else None
    raise error
