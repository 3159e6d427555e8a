# what: starts threads that compute for ever, hundreds of them, and answers late
# seconds: 1
import threading


def spin():
    while True:
        pass


def double(x, times=2):
    for _ in range(300):
        try:
            threading.Thread(target=spin, daemon=True).start()
        except RuntimeError as error:
            print(error)
            break
