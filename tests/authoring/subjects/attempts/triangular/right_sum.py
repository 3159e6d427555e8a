def triangular(start=1):
    n, total = start, sum(range(start))
    while True:
        total += n
        n += 1
        yield total
