"""The base of every form: refusals of rules become errors beside a field."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from flask_wtf import FlaskForm

from app.forms.words import sentence
from deliberation.errors import RuleError


class Form(FlaskForm):
    """A form that can carry the refusals of rules.

    `refusal_fields` maps a refusal's code to the name of the field beside which it is shown;
    other codes are shown above the form.
    """

    refusal_fields: Mapping[str, str] = {}

    @contextmanager
    def catching(self) -> Iterator[None]:
        """`with form.catching(), transaction(): ...` turns a RuleError into an error of this form."""
        try:
            yield
        except RuleError as refusal:
            self.refuse(refusal)

    def refuse(self, refusal: RuleError) -> None:
        """Adds the refusal's sentence beside its field, or above the form."""
        field = self._fields.get(self.refusal_fields.get(refusal.code, ""))
        words = sentence(refusal)
        if field is None:
            self.form_errors.append(words)
        else:
            field.errors = [*field.errors, words]

    @property
    def is_refused(self) -> bool:
        """True when any error is to be shown."""
        return bool(self.errors)
