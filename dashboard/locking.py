"""One at a time: whoever brings figures in, publishes or rolls back holds the data folder's lock."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: The file in the data folder that is held.
LOCK = ".lock"


class BusyError(RuntimeError):
    """Somebody else is bringing figures in or publishing them."""


@contextmanager
def hold_lock(data: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold a data folder's lock; the system lets it go when the process ends, however it does.

    Raises `BusyError` at once where it is held and `wait` is not wanted.
    """
    with (data / LOCK).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise BusyError("figures are being loaded or published just now: try again in a minute") from None
        yield
