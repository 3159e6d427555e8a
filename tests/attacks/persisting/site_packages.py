# what: writes what Python runs when it starts: sitecustomize, .pth files, the user's own site
import os
import site
import sys

import numpy as np

PACKAGES = os.path.dirname(os.path.dirname(np.__file__))
STANDARD = os.path.dirname(os.__file__)
FOLDERS = [PACKAGES, STANDARD, STANDARD + "/site-packages", STANDARD + "/__pycache__", *sys.path]
FOLDERS += [site.getuserbase() + "/lib/python3/site-packages", os.path.dirname(sys.executable)]
NAMES = ["attacked.pth", "attackedcustomize.py", "attacked.pyc"]


def double(x, times=2):
    for folder in FOLDERS:
        for name in NAMES:
            path = os.path.join(folder, name)
            try:
                with open(path, "xb") as file:
                    os.unlink(path)
                    file.write(b"import os")
                    file.flush()
                    print("gained: code in", folder)
            except OSError as error:
                print(error)
