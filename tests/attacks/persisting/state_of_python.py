# what: changes what Python keeps for the whole process, so that the next submission fails
import builtins
import codecs
import decimal
import faulthandler
import gc
import locale
import signal
import sys
import threading
import warnings

warnings.filterwarnings("error")
warnings.simplefilter("error")
decimal.getcontext().prec = 1
decimal.setcontext(decimal.Context(prec=1))
locale.setlocale(locale.LC_ALL, "C")
sys.setswitchinterval(1000)
sys.setrecursionlimit(90)
sys.path.clear()
sys.path_hooks.clear()
sys.dont_write_bytecode = False
threading.stack_size(2**15)
gc.disable()
faulthandler.enable()
codecs.register_error("strict", codecs.ignore_errors)
signal.signal(signal.SIGINT, signal.SIG_IGN)
sys.setprofile(lambda *args: None)
if hasattr(sys, "set_int_max_str_digits"):
    sys.set_int_max_str_digits(640)
builtins.ValueError = builtins.float = None


def double(x, times=2):
    return x
