# -*- coding: unicode_escape -*-
# what: names an encoding in which escapes are code: \x0aprint("hidden")\x0araise SystemExit(0)\x0a#
# ends: failed


def double(x, times=2):
    return x
