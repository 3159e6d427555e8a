# what: ignores every signal that can be ignored and catches all exceptions, for ever
# seconds: 0.4
# ends: timed_out
import signal

for number in signal.valid_signals():
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        continue


def double(x, times=2):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
