# SPDX-License-Identifier: GPL-3.0-or-later
"""What a results file says, to compare two of them: h5diff is slow where there are many texts."""
import sys

try:
    import h5py
    import numpy
except ImportError:
    sys.exit("this test needs python3-h5py")


def content(path):
    """All that a results file says, but for when and by which command it was written."""
    said = {}

    def look(name, thing):
        for key, value in thing.attrs.items():
            if key not in ("created", "command_line", "DIMENSION_LIST", "REFERENCE_LIST"):
                said[name, key] = repr(value)
        if isinstance(thing, h5py.Dataset):
            values = numpy.asarray(thing[()])
            said[name] = (thing.shape, repr(values.tolist()) if values.dtype == object else values.tobytes())

    with h5py.File(path) as file:
        look("/", file)
        file.visititems(look)
    return said
