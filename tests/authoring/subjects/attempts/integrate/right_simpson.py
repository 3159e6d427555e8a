def integrate(f, a, b, n=50):
    h = (b - a) / n
    return sum(f(a + i * h) + 4 * f(a + (i + 0.5) * h) + f(a + (i + 1) * h) for i in range(n)) * h / 6
