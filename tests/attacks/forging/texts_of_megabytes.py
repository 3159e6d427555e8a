# what: sends texts of megabytes, line by line and full of escapes, for the report to be made of
import sys

channel = sys.meta_path[0]._channel
TEXT = "a\n" * 700_000


def double(x, times=2):
    channel.send({"kind": "unusable", "description": TEXT})
    channel.send({"kind": "missing", "defined": ["passed\r\x1b[1A"] * 50_000})
    raised = {"kind": "raised", "type": TEXT, "types": ["E" * 10**6], "frames": [], "column": 1}
    channel.send(raised | {"message": TEXT})
