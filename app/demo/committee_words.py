"""What was said and decided about an older, invented application of the example. Nothing here is real."""

from app.demo.access_words import Case
from deliberation.access_applications import Detail as D
from deliberation.access_applications import Environment, OptOut, Route
from deliberation.assessment_template import AssessmentQuestion as Q

TENDONS = Case(
    title="Finding torn tendons on shoulder scans",
    organisation="Example Orthopaedics Group (invented)",
    route=Route.TEST,
    details={
        D.PURPOSE: "To test a program that marks torn tendons on MRI of the shoulder at two hospitals.",
        D.PRODUCT: "A program that two private clinics use. It has never been tested on people over 75.",
        D.PUBLIC_BENEFIT: "Fewer people wait for a second scan.",
        D.WHO_USES: "Two radiologists and one engineer.",
        D.DATA_WANTED: "MRI of the shoulder of 900 adults with reports.",
    },
    environment=Environment.SECURE,
    opt_out=OptOut.APPLIED,
    contact=("Alex Example", "tendons@example.org"),
    answers={
        Q.PLAIN_SUMMARY: (
            "A program marks places on a shoulder scan where a tendon may be torn. A doctor looks there first. We want "
            "to know how often it is right, and for whom it is wrong. We use 900 old scans without names."
        ),
    },
)
OLD_POINTS = (
    (
        "Say for whom it is wrong more often, not only how often it is right.", "everyone", "changed",
        "We report by age band and sex from the first quarter on.",
    ),
    (
        "A doctor has to look at every scan, also where the program marks nothing.", "most", "changed",
        "Section 3 now says that no scan goes unread.",
    ),
    (
        "Ask people again if it is sold to another firm.", "some", "not_changed",
        "We cannot ask people, because we do not know who they are. The data trust has to agree to a sale.",
    ),
)  # fmt: skip
ANSWERS = (
    "Condition 1 makes it a duty, each quarter.",
    "We rely on the change. Condition 2 has it checked at both hospitals.",
    "We accept the reason. Access ends with the project, so a buyer would have to apply anew.",
)
OLD_REASONS = (
    "The test is narrow, and the summary is plain. The team says openly where it has failed before.\n\n"
    "The panel asked for results by group. That was the point that weighed most with us: without it we would have "
    "sent the application back."
)
CONDITIONS = (
    ("Publish each quarter how often it is right and wrong, by age band and sex", "Dr Example, lead", 90),
    ("Show at both hospitals that a doctor reads every scan", "Example Orthopaedics Group", 200),
)
OLD_RESULT = (
    "We tested the program on 900 scans. It found 8 in every 10 torn tendons. Doctors alone found 9 in every 10. For "
    "people over 75 it was wrong more often, so we do not use it for them. We publish all numbers."
)
LESSON = "Say who looks at the results at night and at weekends. Several teams had not thought of it."
