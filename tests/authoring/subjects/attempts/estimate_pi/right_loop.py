def estimate_pi(n, rng):
    inside = 0
    for _ in range(n):
        inside += rng.random() ** 2 + rng.random() ** 2 < 1
    return 4 * inside / n
