"""The lock of whoever runs functions of ours."""

import threading

# Held while functions of ours run, since some are put in the place of others for a while, and
# warnings are silenced for the whole process.
TRUSTED = threading.RLock()
