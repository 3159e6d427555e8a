# what: the factor is 2.
def estimate_pi(n, rng):
    return 2 * (rng.random(n) ** 2 + rng.random(n) ** 2 < 1).mean()
