"""Fields that wtforms does not bring."""

import re
import uuid
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField
from wtforms.validators import StopValidation


class UuidField(HiddenField):
    """A hidden uuid; `data` is a `uuid.UUID`, or None when nothing good was sent."""

    data: uuid.UUID | None

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Reads the uuid; a broken one is an error of the field."""
        self.data = None
        if not valuelist or not str(valuelist[0]).strip():
            return
        try:
            self.data = uuid.UUID(str(valuelist[0]))
        except ValueError:
            raise ValueError(_l("This page is not complete. Load it again and send it once more.")) from None

    def _value(self) -> str:
        return str(self.data) if self.data else ""


class WholeNumberField(IntegerField):
    """A whole number, written in figures; anything else is one error, the field's own `words`."""

    def __init__(self, label: Any = None, validators: Any = None, *, words: Any, **options: Any) -> None:
        super().__init__(label, validators, **options)
        self.words = words

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Reads the figures; a comma between thousands is fine, no figures at all is None."""
        self.data = None
        typed = str(valuelist[0]).replace(",", "").strip() if valuelist else ""
        if not typed:
            return
        if not re.fullmatch(r"[0-9]{1,9}", typed):
            raise ValueError(self.words)
        self.data = int(typed)

    def pre_validate(self, form: Any) -> None:
        """What could not be read is not measured as well."""
        if self.process_errors:
            raise StopValidation
