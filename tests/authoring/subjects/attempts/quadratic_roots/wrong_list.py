# what: a list is returned.
import cmath


def roots(a, b, c):
    half = cmath.sqrt(b * b - 4 * a * c)
    return [(-b + half) / (2 * a), (-b - half) / (2 * a)]
