import numpy as np

embed = lambda ids, table: table[np.where(ids < 0, len(table), ids)]
unembed = lambda x, table: np.tensordot(x, table, axes=(-1, -1))
