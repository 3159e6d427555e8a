# what: imports itself, its package and its neighbour in a circle without end
# ends-with: No module named 'exercises.numbers.double'
# ends: crashed failed
import importlib
import sys

import exercises.numbers.double

del sys.modules["exercises.numbers.double"]
importlib.import_module("exercises.numbers.double")


def double(x, times=2):
    return x
