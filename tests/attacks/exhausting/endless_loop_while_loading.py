# what: never comes to the end of being loaded, before any call has a limit of its own
# seconds: 0.3
# ends: timed_out
while True:
    pass


def double(x, times=2):
    return x
