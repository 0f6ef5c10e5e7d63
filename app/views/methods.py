"""Methods: how each number was computed, from the pages in docs/methods."""

import re
from pathlib import Path

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from app.access import public

bp = Blueprint("methods", __name__)

_HERE = Path(__file__).resolve().parent.parent
_PAGE_LINK = re.compile(r"\]\(([a-z][a-z-]{1,60})\.md\)")
"""In the repository a page links to a file; served, to the page beside it."""
_NAME = re.compile(r"[a-z][a-z-]{1,60}")


def methods_folder() -> Path:
    """The folder of method pages: inside the installed package, or in docs/ of a checkout."""
    return next(path for path in (_HERE / "methods", _HERE.parent / "docs" / "methods") if path.is_dir())


def method_names() -> list[str]:
    """Names of the method pages, in the order of the alphabet."""
    return sorted(path.stem for path in methods_folder().glob("*.md") if _NAME.fullmatch(path.stem))


@bp.get("/methods")
@public
def index() -> ResponseReturnValue:
    """Every method page."""
    pages = [(name, _title(_read(name))) for name in method_names()]
    return render_template("methods/index.html", pages=pages)


@bp.get("/methods/<name>")
@public
def show(name: str) -> ResponseReturnValue:
    """One method: what it does, its formula, what it cannot say, where it comes from."""
    if name not in method_names():
        abort(404)
    text = _PAGE_LINK.sub(r"](\1)", _read(name))
    return render_template("methods/show.html", title=_title(text), text=text.split("\n", 1)[1])


def _read(name: str) -> str:
    return (methods_folder() / f"{name}.md").read_text(encoding="utf-8")


def _title(text: str) -> str:
    return text.split("\n", 1)[0].removeprefix("# ").strip()
