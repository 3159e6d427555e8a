# what: goes on when the trusted side has hung up: the end of its input is not the end of it
import os
import sys
import time

channel = sys.meta_path[0]._channel


def never(*args):
    while True:
        time.sleep(1)


os._exit = never
channel.receive = never


def double(x, times=2):
    return None
