"""Where the `folkmoot` command starts: the program is loaded, and does what was asked.

Nothing that is loaded here is ever garbage: looking for some while it is loaded takes a second of five, and taking all
of it apart at the end takes two.
"""

import atexit
import gc
import os

# Products here are small, and thirty threads answer people at once: more threads for one product only wait for each
# other (twice the CPU time for a hint about close statements). Whoever starts the program may ask for another number.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
gc.disable()
from app.command_line import cli  # noqa: E402

gc.freeze()
gc.enable()
atexit.register(gc.freeze)


def main() -> None:
    """The entry point of the `folkmoot` console script."""
    cli()


if __name__ == "__main__":
    main()
