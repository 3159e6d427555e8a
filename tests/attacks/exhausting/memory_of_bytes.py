# what: allocates bytes and strings that grow until the machine has no memory left
# ends: out_of_memory failed
def double(x, times=2):
    grown = bytearray(1)
    while len(grown) < 2**31:
        grown *= 2
        if len(grown) > 2**29:
            print("gained: memory beyond the limit")
            break
