"""What two synthetic panels said in their workshops, how one team answered, and what the panel says of the answers."""

from dataclasses import dataclass
from datetime import date

from app.demo.access_words import Case
from deliberation.access_applications import Environment, OptOut, Route
from deliberation.assessment_template import AssessmentQuestion as Q
from deliberation.harms import Scenario
from deliberation.panel import Axis, ChangeKind, Prompt, ReviewVerdict, Strength

_S, _P = Strength, Prompt


@dataclass(frozen=True)
class Point:
    """One invented panel point. `note`: which note of the tables it comes from; `seed`: which statement, by number."""

    text: str
    strength: Strength
    prompts: tuple[Prompt, ...]
    dissent: str = ""
    note: int | None = None
    seed: int | None = None


@dataclass(frozen=True)
class Answer:
    """The team's answer to the point at the same place. `question` or `harm` (its place) names where it changed."""

    kind: ChangeKind
    words: str
    question: Q | None = None
    harm: int | None = None


NOTES = (
    (_P.FAILS, "table 1", "If it is down, an empty screen looks the same as a healthy lung. Nobody would know."),
    (_P.WHO, "table 1", "Night staff are missing in the plan. They have the least time to argue with a machine."),
    (_P.RISKS, "table 2", "A letter that says “we found something” is scary. People wait by the phone for weeks."),
    (_P.GOOD, "table 2", "One of us lost a brother to a cancer that was seen too late. This could have helped him."),
    (_P.GAINS, "table 2", "The firm earns for years. The data trust gets a share, but nobody says how much."),
)
POINTS = (
    Point("An empty screen must not look like a healthy lung. It has to say when nothing was checked.",
          _S.EVERYONE, (_P.FAILS, _P.RISKS), note=0, seed=10),
    Point("Say what happens at night, when one person reads all the scans and is tired.",
          _S.MOST, (_P.WHO, _P.RISKS), note=1, seed=8),
    Point("Somebody has to call people who are called back, the same week, and speak their language.",
          _S.MOST, (_P.DONE,), "Two people said that a letter is enough if it is kind.", note=2),
    Point("It may work less well for people under 40 and for people from the north. Stop it there until you know.",
          _S.SOME, (_P.RISKS, _P.FAILS), "Some said: then those people lose the good of it as well.", seed=7),
    Point("This can help people to be treated sooner. That is why most of us want it to go on.",
          _S.MOST, (_P.GOOD,), "One person said that no firm should learn from our scans.", note=3, seed=1),
    Point("Say in plain numbers how much of the money comes back to the NHS.",
          _S.EVERYONE, (_P.GAINS,), note=4, seed=11),
)  # fmt: skip
OBJECTION = "It was the north and the coast, and it was “stop”, not “take care”."
"""What one panel member asked to change in the fourth point; the words were changed, and checked again."""
FOURTH_BEFORE = "It may work less well for people under 40. Take care there until you know."
REPORT = (
    "The panel of ten met for three hours. The talk was lively and fair. Nobody was left out.\n\n"
    "**What the team said when asked.** The team did not know how often the program stops working. They said that it "
    "“hardly ever” happens. Asked twice who would notice, they said that the hospital would.\n\n"
    "**What the panel cared about most.** An empty screen that looks like a healthy lung. This came up at both tables "
    "before the break and again after it. Three people said that they would say no to the project if this stays.\n\n"
    "**What stayed open.** How much money comes back to the NHS. The team said that this is still being talked about. "
    "Whether the program was tried on scans from the north: the team could not say.\n\n"
    "**Where the panel did not agree.** One person is against any use of scans by a firm, and stayed with that. Two "
    "said that a kind letter is enough for people who are called back."
)
OWN_NOTES = (
    "The panel liked the project. Most of them see how it helps people with early cancer.\n\n"
    "They asked about failures. We explained that the hospital checks every month.\n\n"
    "There were some worries about letters to people who are called back. We said that a nurse will call."
)
"""The applicant's own notes: shorter, kinder to the project, and silent on what stayed open."""
CHANGES = {
    Q.WORST_FAILING: (
        "After a change of scanner it marks nothing, and radiologists trust the empty screen. Cancers are missed until "
        "somebody counts. At night one person reads all the scans, so nobody else would see it. The screen now says "
        "“not checked” in large letters, and the list shows that scan first."
    ),
    Q.STAKEHOLDERS: (
        "People who have a chest CT because of a cough or weight loss\nRadiologists in busy city hospitals\nThe one "
        "radiologist on duty at night\nRadiographers who take the scans at night\nPeople with harmless nodules who are "
        "called back, also those who do not speak English\nLung cancer nurses"
    ),
}
"""What the team changed in its answers between version 1 and version 2."""
HARM_CHANGES = {
    2: (
        "A threshold agreed with patients. A nurse calls within two days, with an interpreter where one is needed.",
        date(2027, 2, 28),
    ),
}
ANSWERS = (
    Answer(ChangeKind.CHANGED, "You were right. We had not thought of the empty screen. It now says “not checked”.",
           question=Q.WORST_FAILING),
    Answer(ChangeKind.CHANGED, "We added the person on duty at night, and asked two of them what they need.",
           question=Q.STAKEHOLDERS),
    Answer(ChangeKind.CHANGED, "A nurse calls within two days. We added an interpreter.", harm=2),
    Answer(ChangeKind.NOT_CHANGED, "If we stop it for people under 40, we cannot learn if it works for them. We show "
           "a warning for this group instead, and publish the numbers each month."),
    Answer(ChangeKind.NOT_CHANGED, "Thank you. Nothing has to change for this."),
    Answer(ChangeKind.NOT_CHANGED, "The share is being agreed with the data trust. We will publish it before we start. "
           "We cannot give a number today."),
)  # fmt: skip
REVIEWS = (
    (9, 1, 0), (8, 1, 0), (7, 2, 0), (1, 4, 4), (8, 1, 0), (0, 3, 6),
)  # fmt: skip
"""For each point: how many of the nine who read the answers said answered, partly, not answered."""
REVIEW_WORDS = {
    (3, ReviewVerdict.NOT_ANSWERED): "A warning helps nobody who is tired. We said stop.",
    (3, ReviewVerdict.PARTLY): "The numbers each month are good. But who looks at them?",
    (5, ReviewVerdict.NOT_ANSWERED): "They said the same in the workshop. No number is no answer.",
}
ADDENDUM = (
    "Nine of ten people on the panel read the answers. They find the first three points answered. On people under 40 "
    "they are split: some take the warning, more want it stopped there until the numbers are known. Most do not find "
    "the point about money answered and ask for a number before access begins."
)
MAKE_UP = {
    Axis.AGE: (("under 35", 3, 3), ("35 to 64", 5, 5), ("65 and over", 2, 2)),
    Axis.GENDER: (("women", 5, 5), ("men", 5, 5)),
    Axis.REGION: (("the north and the coast", 4, 3), ("elsewhere", 6, 7)),
    Axis.ETHNICITY: (("ethnic minorities", 4, 4), ("white British", 6, 6)),
    Axis.SOCIO_ECONOMIC: (("lower income", 5, 5), ("others", 5, 5)),
    Axis.HEALTH: (("a long-term condition or hard to reach care", 5, 5), ("none of these", 5, 5)),
}
COMMENTS = (
    "People who cannot get to the hospital twice.", "It learns from big towns. We are not a big town.",
    "The firm does, for years. We should as well.", "Whoever is last in the list when the machine is wrong.",
    "My aunt waited a year. Sooner is better.", "Tell us in plain words that a program looked at our scan.",
)  # fmt: skip

WRISTS = Case(
    title="Spotting broken wrists on X-rays at night",
    organisation="Example Children’s Hospital (invented)",
    route=Route.TEST,
    environment=Environment.SECURE,
    opt_out=OptOut.APPLIED,
    window=(date(2027, 1, 1), date(2027, 12, 31)),
    contact=("Avi Example", "wrists@example.org"),
    answers={
        Q.PLAIN_SUMMARY: (
            "At night there is often nobody who reads X-rays all day long. We want to test a program that marks where "
            "a wrist may be broken. A doctor looks at each X-ray too. The program may help to miss fewer breaks. It "
            "may also mark bones that are fine, and then people get a cast they do not need."
        ),
        Q.STAKEHOLDERS: "Children who fall\nParents who wait at night\nJunior doctors on duty",
        Q.WORST_FAILING: "It marks nothing in small children, and a doctor who is new trusts it.",
        Q.WORST_INTENDED: "More children get a cast for nothing.",
    },
    harms=(
        ("A break is missed in a small child.", "Children under five", Scenario.WORST_FAILING, (5, 4, 3, 3),
         "A second doctor looks the next morning.", "head of emergency care", date(2027, 2, 28)),
    ),
)  # fmt: skip
WRIST_POINTS = (
    Point("Say how well it works in small children before anyone uses it on them.",
          _S.EVERYONE, (_P.RISKS, _P.FAILS), seed=7),
    Point("Parents should be told that a program looked, and be asked if that is fine.",
          _S.MOST, (_P.DONE, _P.WHO), "One person said that this takes too long at night."),
    Point("It can help new doctors who are alone at night.", _S.MOST, (_P.GOOD,), seed=2),
)  # fmt: skip
WRIST_REPORT = (
    "The panel met online for three hours.\n\nMost of the talk was about small children. The team said that it has "
    "few X-rays of children under five. The panel asked three times what that means. The team then said that it does "
    "not know.\n\nParents on the panel spoke of long waits. They see what a quick answer is worth."
)
