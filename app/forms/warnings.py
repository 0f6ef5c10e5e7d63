"""What a warning about personal data calls each thing that was found."""

from flask_babel import lazy_gettext as _l

from deliberation.personal_data import PersonalData

PERSONAL_DATA = {
    PersonalData.EMAIL: _l("an e-mail address"),
    PersonalData.NHS_NUMBER: _l("an NHS number"),
    PersonalData.PHONE: _l("a phone number"),
    PersonalData.POSTCODE: _l("a postcode"),
}
