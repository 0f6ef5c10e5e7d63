"""`python -m bench`: runs every part and prints one JSON object."""

import json
import platform
import sys

from bench import analysis, votes


def main() -> None:
    """All parts, one after another; two cores are not enough for two at once."""
    found = {
        "machine": {"python": platform.python_version(), "system": platform.platform()},
        "votes": votes.measure(),
        "analysis": analysis.measure(),
    }
    json.dump(found, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
