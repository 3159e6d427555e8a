# what: reads the compiled definition that Python keeps beside the definition
# tiers: landlock bubblewrap
import glob
import marshal
import os


def double(x, times=2):
    folder = "@COURSE@/solutions/numbers/__pycache__"
    try:
        names = [os.path.join(folder, name) for name in os.listdir(folder)]
    except OSError as error:
        print(error)
        names = glob.glob(folder + "/*") + [f"{folder}/double.cpython-311.pyc"]
    for name in names:
        try:
            with open(name, "rb") as file:
                code = marshal.loads(file.read()[16:])
        except OSError as error:
            print(error)
            continue
        print("gained:", code)
    return None
