# -*- coding: rot13 -*-
# what: names an encoding of letters, so that what is compiled is not what a person reads
# ends: crashed
# ends-with: SyntaxError
qrs qbhoyr(k, gvzrf=2):
    erghea k
