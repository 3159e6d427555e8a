# what: an attribute is missing, and so is the limit.
# names: stack.HasNoEnd
class Stack:
    def __init__(self, most):
        self.things = []

    def push(self, thing):
        self.things.append(thing)

    def pop(self):
        return self.things.pop()
