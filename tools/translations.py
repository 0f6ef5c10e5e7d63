"""Collects the strings of code and templates into the catalogues of app/translations."""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAPPING = """[python: app/**.py]
[jinja2: templates/**.html]
trim_blocks = true
lstrip_blocks = true
"""


def babel(*arguments: str) -> None:
    """One pybabel command in the project's folder."""
    subprocess.run([sys.executable, "-m", "babel.messages.frontend", "-q", *arguments], cwd=ROOT, check=True)


def collect(folder: Path) -> None:
    """Extracts, then updates each catalogue; new strings come in empty, changed ones are not guessed.

    The catalogue keeps its own header (it says that the Welsh is a draft, and how plurals go); doing this
    twice changes nothing. Strings that are no longer used go, with their translations.

    Args:
        folder: where the catalogues are, each in `<language>/LC_MESSAGES/messages.po`.
    """
    with tempfile.TemporaryDirectory() as scratch:
        mapping, template = Path(scratch) / "babel.cfg", Path(scratch) / "messages.pot"
        mapping.write_text(MAPPING)
        babel(
            "extract", "-F", str(mapping), "-k", "_l", "-k", "lazy_gettext", "--no-location", "--sort-output",
            "-o", str(template), ".",
        )  # fmt: skip
        known = (folder / "cy" / "LC_MESSAGES" / "messages.po").exists()
        kept = ["--no-fuzzy-matching", "--ignore-obsolete", "--ignore-pot-creation-date"]
        act = ["update", *kept] if known else ["init"]
        babel(*act, "--width", "110", "-i", str(template), "-d", str(folder), "-l", "cy")


if __name__ == "__main__":
    collect(ROOT / "app" / "translations")
