# what: leaves secrets in NumPy, builtins, modules and the environment, and looks for those of the last
# again: yes
import builtins
import os
import sys

import numpy as np

PLACES = [np, builtins, sys, os, np.linalg, np.random, type(sys)]


def double(x, times=2):
    for place in PLACES[:-1]:
        if hasattr(place, "left_behind") and place.left_behind != os.getpid():
            print("gained: what another submission left in", place)
        place.left_behind = os.getpid()
    if os.environ.get("LEFT_BEHIND", str(os.getpid())) != str(os.getpid()):
        print("gained: the environment of another submission")
    os.environ["LEFT_BEHIND"] = str(os.getpid())
    if "left_behind" in sys.modules and sys.modules["left_behind"] != os.getpid():
        print("gained: a module of another submission")
    sys.modules["left_behind"] = os.getpid()
    return None
