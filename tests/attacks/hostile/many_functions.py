# what: defines twenty thousand functions and no answer, all to be listed in the report
# ends: failed
for number in range(20_000):
    exec(f"def double_{number}(x): pass")
