# what: fills pipes and makes them larger, whose contents are the kernel's memory and nobody's
import fcntl
import os

filled, kept = 0, []


def double(x, times=2):
    global filled
    try:
        while filled < 3 * 2**24:
            taken, given = os.pipe()
            kept.append((taken, given))
            try:
                fcntl.fcntl(given, 1031, 2**20)
            except OSError as error:
                print(error) if len(kept) < 2 else None
            os.set_blocking(given, False)
            filled += os.write(given, bytes(2**20)) or 0
        print("gained: memory in pipes", filled)
    except OSError as error:
        print(error, filled)
