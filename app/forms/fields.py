"""Fields that wtforms does not bring."""

import uuid
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField


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
