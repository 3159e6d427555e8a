# what: makes small objects until the machine has no memory left, and goes on where it is told not to
# ends: out_of_memory timed_out crashed failed
# seconds: 2
kept = []


def double(x, times=2):
    while len(kept) < 25_000:
        try:
            kept.append([object()] * 2000)
        except MemoryError:
            raise MemoryError from None
    print("gained: memory beyond the limit")
