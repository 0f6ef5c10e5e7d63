"""The form about a combination that others put together."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from app.forms import labels, task_labels
from app.forms.why import WhyForm


class SupportForm(WhyForm):
    """Three answers, none chosen before, and why."""

    support = RadioField(
        _l("What do you say to this mix?"),
        choices=labels.choices(task_labels.SUPPORTS),
        validators=[InputRequired(_l("Choose one of the answers first."))],
    )
