"""The questions of an assessment in our own words, after the Ada Lovelace Institute's guide (CC-BY-4.0).

Each question: (what is asked, a line that helps to answer it).
"""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from deliberation.assessment_template import AssessmentQuestion as Q
from deliberation.assessment_template import Section

SECTIONS: Mapping[Section, LazyString] = {
    Section.PROJECT: _l("The project"),
    Section.ETHICS: _l("Ethical considerations"),
    Section.SCENARIOS: _l("Scenarios"),
    Section.HARMS: _l("Harms"),
}
SECTION_HELP: Mapping[Section, LazyString] = {
    Section.PROJECT: _l("What you want to do, with what, and who it touches."),
    Section.ETHICS: _l("What your system could do to people’s privacy, choices and fairness, now and in later uses."),
    Section.SCENARIOS: _l(
        "How things go if all goes well, and how they go wrong: when it works as meant, and when it fails."
    ),
    Section.HARMS: _l("The register of harms holds them one by one. These questions are about all of them together."),
}
QUESTIONS: Mapping[Q, tuple[LazyString, LazyString]] = {
    Q.PLAIN_SUMMARY: (
        _l("Summary in plain words"),
        _l("Five to ten short sentences for somebody who knows neither AI nor medicine. The public reads this first."),
    ),
    Q.MISSION: (
        _l("What is your organisation for, and where can people read about it?"),
        _l("One or two sentences and an address. Say whether it makes a profit."),
    ),
    Q.TEAM: (_l("Who is in the team, and what does each do?"), _l("Roles are enough. Say who is missing.")),
    Q.PURPOSE: (_l("What problem do you want to solve?"), _l("Say for whom it is a problem today.")),
    Q.INTENDED_USES: (
        _l("How is the system meant to be used?"),
        _l("Who uses it, where, at which point of somebody’s care, and what do they do with its answer?"),
    ),
    Q.NOT_INTENDED: (_l("What is it not meant for?"), _l("Name uses that are close by and that you rule out.")),
    Q.INPUTS: (_l("What goes in?"), _l("Data from here, data from elsewhere, and who labelled it.")),
    Q.OUTPUTS: (_l("What comes out?"), _l("What somebody sees on the screen, and how sure the system says it is.")),
    Q.STAKEHOLDERS: (
        _l("Who is affected?"),
        _l("One group on each line, as exactly as you can: “radiographers on night shifts”, not “users”."),
    ),
    Q.PRIVACY: (
        _l("Privacy and sharing"),
        _l("Think of later uses too: who could get the data or the model, and what could they find out?"),
    ),
    Q.STEERING: (
        _l("Watching, nudging, deciding for people"),
        _l("Could it be used to watch people, push them one way, or decide what is good for them?"),
    ),
    Q.CONSENT: (
        _l("Consent and choice"),
        _l("What do people know about this? Can they say no, and what happens then?"),
    ),
    Q.FAIRNESS: (
        _l("Profiling and unfair treatment"),
        _l("For whom might it work less well, and how would you know?"),
    ),
    Q.DESKILLING: (
        _l("Work and skill"),
        _l("What would staff stop doing or learning? What if it is switched off one day?"),
    ),
    Q.MISUSE: (
        _l("Misuse"),
        _l("Poor training, uses that creep wider, rules that are not kept, somebody who means harm."),
    ),
    Q.ENVIRONMENT: (_l("The environment"), _l("Energy and machines, to make it and to run it.")),
    Q.BENEFITS: (_l("Who gains what?"), _l("By group. Say how sure you are and what that rests on.")),
    Q.BEST: (_l("The best case"), _l("It works, and is used as meant. What has changed, for whom?")),
    Q.MOST_LIKELY: (_l("The most likely case"), _l("The workshop with the panel adds this. You may begin now.")),
    Q.WORST_INTENDED: (
        _l("The worst case, working as intended"),
        _l("It does just what you built it to do, and people are still worse off. How?"),
    ),
    Q.WORST_FAILING: (
        _l("The worst case, failing"),
        _l("It is wrong, or breaks, or is fed the wrong thing. Who is hurt, and who notices?"),
    ),
    Q.SUCCESS: (
        _l("What has to hold for it to work well?"),
        _l("How people work with it, what they are told, how it fits their day, what machines it needs."),
    ),
    Q.HURDLES: (_l("What stands in the way?"), _l("What might stop the good, even if the system works.")),
    Q.DISTRIBUTION: (
        _l("Who bears the harms, and who has the gains?"),
        _l("Are they the same people? Who had least say?"),
    ),
    Q.DESIGN_DECISIONS: (
        _l("What did you decide differently because of these harms?"),
        _l("Say also what you decided not to change, and why."),
    ),
    Q.MONITORING: (
        _l("How will you watch for harm, and who stops it?"),
        _l("What is measured, how often, by whom, and at which sign it is switched off."),
    ),
    Q.NOT_KNOWN: (_l("What do you not know yet?"), _l("And how you could find out.")),
    Q.WHAT_CHANGED: (
        _l("What changed after the workshop with the panel?"),
        _l("For the second version. Name the panel’s points by their numbers."),
    ),
}
