# what: a new list is returned.
# names: rotate.makes_another_list
def rotate(things, steps=1):
    things = things[steps:] + things[:steps]
    return things
