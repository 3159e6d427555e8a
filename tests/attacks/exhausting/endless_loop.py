# what: computes for ever in every call, so that whoever waits for the grade waits for ever
# seconds: 0.5
# ends: timed_out
def double(x, times=2):
    while True:
        times += 1
