# what: the sign of the discriminant is lost.
# names: quadratic_roots.takes_the_size_of_the_discriminant
from math import sqrt


def roots(a, b, c):
    half = sqrt(abs(b**2 - 4 * a * c))
    return {(half - b) / 2 / a, (-half - b) / 2 / a}
