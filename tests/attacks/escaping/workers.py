# what: starts workers of its own by the ways that are made for computing in parallel
import multiprocessing
import os
import pty
from concurrent.futures import ProcessPoolExecutor


def work():
    print("gained: another process", flush=True)


def pool():
    with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as workers:
        workers.submit(work).result(1)


def terminal():
    if pty.fork()[0] == 0:
        print("gained: another process", flush=True)
        os._exit(0)
    work()


def worker():
    multiprocessing.get_context("fork").Process(target=work).start()


def double(x, times=2):
    for way in (worker, pool, terminal):
        try:
            way()
        except (OSError, ImportError) as error:
            print(error)
