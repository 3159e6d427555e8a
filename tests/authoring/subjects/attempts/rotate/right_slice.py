def rotate(things, steps=1):
    things[:] = things[steps:] + things[:steps]
