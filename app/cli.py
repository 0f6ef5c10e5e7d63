"""Where the `folkmoot` command starts: the program is loaded, and does what was asked.

Nothing that is loaded here is ever garbage: looking for some while it is loaded takes a second of five, and taking all
of it apart at the end takes two.
"""

import atexit
import gc

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
