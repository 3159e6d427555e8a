# what: links its own names to the files of the course, so that these are read or refused by them
import os

FILES = ["course.yaml", "solutions/numbers/double.py", "exercises/numbers/double.py", ".grader"]


def double(x, times=2):
    for name in FILES:
        for link in (os.link, os.symlink):
            for source, place in ((f"@COURSE@/{name}", "@MARKER@/link"), ("/etc", "@COURSE@/link")):
                try:
                    link(source, place)
                    print("gained: a link", source, place)
                    os.unlink(place)
                except OSError as error:
                    print(error)
