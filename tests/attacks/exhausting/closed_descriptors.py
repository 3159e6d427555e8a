# what: closes every descriptor that it has and lives on, so that nothing is ever heard of it
# seconds: 0.5
# ends: crashed
import os
import time


def double(x, times=2):
    os.closerange(0, 4096)
    time.sleep(30)
