"""What a person sees when something is refused or goes wrong: never a traceback."""

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from app.access import current_participant
from app.forms.words import sentence
from deliberation.errors import NotAllowed, RuleError

TITLES = {  # status -> title, what to do
    400: (
        _l("Something in that request was not right"),
        _l("Go back, look at the page again and try once more."),
    ),
    403: (
        _l("You do not have permission to see this"),
        _l("If you think you should, ask the person who runs the dialogue."),
    ),
    404: (
        _l("Page not found"),
        _l("If you typed the address, check that it is right. If you followed a link, it may have ended."),
    ),
    405: (
        _l("This address cannot be used like that"),
        _l("Go back and use the buttons of the page."),
    ),
    413: (
        _l("That was too much at once"),
        _l("Send less text, or a smaller file."),
    ),
    429: (
        _l("Too many tries"),
        _l("Wait a minute and try again. Nothing is lost."),
    ),
    500: (
        _l("Something went wrong on our side"),
        _l("What you had sent before is kept. Try again in a minute."),
    ),
}


def init_errors(app: Flask) -> None:
    """Registers the pages for refusals, HTTP errors and faults."""
    app.register_error_handler(RuleError, _refused)
    app.register_error_handler(CSRFError, _no_token)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _fault(app))


def _page(status: int, title: object, text: object) -> ResponseReturnValue:
    if request.headers.get("Folkmoot-Fragment"):
        return str(text), status, {"Content-Type": "text/plain; charset=utf-8"}
    return render_template(
        "errors/page.html", title=title, text=text, status=status, unsaved=_unsaved_words(status)
    ), status


def _unsaved_words(status: int) -> list[str]:
    """What a participant wrote that could not be kept: shown again, so that nobody has to think of it twice."""
    if request.method != "POST" or status == 413 or current_participant() is None:
        return []
    return [words for _name, words in request.form.items(multi=True) if " " in words.strip()]


def _refused(error: RuleError) -> ResponseReturnValue:
    status = 403 if isinstance(error, NotAllowed) and error.code == "not_allowed" else 409
    return _page(status, _l("This cannot be done now") if status == 409 else TITLES[403][0], sentence(error))


def _no_token(_error: CSRFError) -> ResponseReturnValue:
    text = _l("This page was open for too long. Go back, load it again and send it once more.")
    return _page(400, TITLES[400][0], text)


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    if isinstance(error, SecurityError):  # a host that is not ours: no address of a page can be made there
        return str(TITLES[400][0]), 400, {"Content-Type": "text/plain; charset=utf-8"}
    title, text = TITLES.get(error.code, TITLES[400] if error.code < 500 else TITLES[500])
    return _page(error.code, title, text)


def _fault(app: Flask):  # type: ignore[no-untyped-def]
    def handle(error: Exception) -> ResponseReturnValue:
        if app.config["PROPAGATE_FAULTS"]:
            raise error
        app.logger.exception("fault at %s", request.endpoint)
        return _page(500, *TITLES[500])

    return handle
