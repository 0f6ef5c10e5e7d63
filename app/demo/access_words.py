"""What the invented teams of the example wrote: three applications for access. Nothing here is real."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from deliberation.access_applications import Detail as D
from deliberation.access_applications import Environment, OptOut, Route
from deliberation.assessment_template import AssessmentQuestion as Q
from deliberation.harms import Scenario


@dataclass(frozen=True)
class Case:
    """One invented application. `harms`: text, stakeholder, scenario, four ratings, mitigation, owner, due."""

    title: str
    organisation: str
    route: Route
    details: Mapping[D, str] = field(default_factory=dict)
    environment: Environment | None = None
    opt_out: OptOut | None = None
    window: tuple[date, date] | None = None
    contact: tuple[str, str] = ("", "")
    answers: Mapping[Q, str] = field(default_factory=dict)
    harms: tuple[tuple[Any, ...], ...] = ()


_W = Scenario
NODULES = Case(
    title="Finding lung nodules earlier on chest CT",
    organisation="Example Imaging Ltd (invented)",
    route=Route.TRAIN,
    details={
        D.PURPOSE: ("To train a program that marks lung nodules on chest CT, so that a radiologist looks there first."),
        D.PRODUCT: "A prototype works on public scans. It has not been used for any patient.",
        D.REGULATION: ("It will be a class IIa medical device. No mark yet; a regulator has been asked for advice."),
        D.PUBLIC_BENEFIT: (
            "Fewer late findings. The health service gets the finished product at half price for ten years."
        ),
        D.ETHICS: ("Research ethics committee reference EX-26-014 (invented), favourable opinion with conditions."),
        D.COMMERCIAL_TERMS: (
            "We pay the cost of access. We own the model. A share of sales goes back to the data trust."
        ),
        D.WHO_USES: "Four engineers and two radiologists, all employed by us, working from one office.",
        D.TRAINING: ("All have done the safe-researcher training within a year. The radiologists are registered."),
        D.AGREEMENT: "Our managing director signs for the company, and each person signs for themselves.",
        D.SECURITY: "The environment is run by the host. We see no names and can copy nothing out.",
        D.DATA_WANTED: (
            "CT scans of the chest of 12,000 adults from 2019 to 2024 with reports. With fewer than "
            "10,000 we found too few small nodules."
        ),
        D.LEGAL_BASIS: "Legitimate interests; health data for scientific research with safeguards.",
        D.CONFIDENTIALITY_BASIS: "The data has been stripped of what names people before we see it.",
        D.DPIA: "DPIA-EX-114, signed on 12 January 2026 (invented).",
        D.OUTPUTS: "The weights of one model, and tables of how well it does by age band and sex.",
        D.OUTPUT_CHECKS: "The host checks each file by hand. No table shows a group of fewer than ten people.",
        D.MODEL_AFTERWARDS: "We keep the model. Scans and copies in the environment are deleted by the host.",
    },
    environment=Environment.SECURE,
    opt_out=OptOut.APPLIED,
    window=(date(2026, 12, 1), date(2027, 11, 30)),
    contact=("Alex Example", "nodules@example.org"),
    answers={
        Q.PLAIN_SUMMARY: (
            "We want to teach a computer to find small lumps in the lungs. It learns from old scans of "
            "the chest. A doctor still looks at each scan. The computer only says where to look "
            "first.\n\nIt may find cancer sooner. It may also mark lumps that are harmless, and then people"
            " have tests they do not need. It may work less well for people whose scans it has seen few "
            "of."
        ),
        Q.MISSION: (
            "We are a company of forty people and make a profit. We build tools for people who read "
            "scans. See example.org/imaging (invented)."
        ),
        Q.TEAM: (
            "Two radiologists, four engineers, one nurse who leads on patients' views. Nobody in the team"
            " has had lung cancer; two readers from a patients' group help us."
        ),
        Q.PURPOSE: (
            "Small nodules are missed on busy days. Some people learn of a cancer a year later than they could have."
        ),
        Q.INTENDED_USES: (
            "It runs before the radiologist opens the scan. It puts scans with marks at the top of the "
            "list and shows the marks on request."
        ),
        Q.NOT_INTENDED: ("Reading without a radiologist. Screening people without symptoms. Any use by insurers."),
        Q.INPUTS: (
            "CT scans and reports from the asset. Labels by our radiologists. 4,000 public scans from elsewhere."
        ),
        Q.OUTPUTS: "A mark on the scan and one of three words: unlikely, possible, likely.",
        Q.STAKEHOLDERS: (
            "People who have a chest CT because of a cough or weight loss\nRadiologists in busy city "
            "hospitals\nRadiographers who take the scans at night\nPeople with harmless nodules who are "
            "called back\nLung cancer nurses"
        ),
        Q.PRIVACY: (
            "The model might remember rare scans. We test whether a scan can be told to have been in its "
            "training. A later owner of our company could use the model elsewhere; the agreement forbids "
            "that."
        ),
        Q.STEERING: (
            "Hospitals might use marks to check on how fast radiologists work. Our contract rules that "
            "out, but we cannot see it."
        ),
        Q.CONSENT: (
            "People were not asked one by one. Posters and the website tell them. Who opted out is not in the data."
        ),
        Q.FAIRNESS: (
            "Few scans come from people under 40 and from the north. We report results for each group of more than ten."
        ),
        Q.DESKILLING: (
            "New radiologists might learn to look only where the mark is. They read their first 500 scans without it."
        ),
        Q.MISUSE: ("Using marks as a reason to skip the second reader. The screen says that it must not be so used."),
        Q.ENVIRONMENT: "About 600 hours on one graphics card in all.",
        Q.BENEFITS: (
            "People with early cancer: treatment sooner. Radiologists: less fear of missing something. "
            "We: income. How sure: one study of 900 scans."
        ),
        Q.BEST: "One in ten late findings is found at once. People start treatment weeks sooner.",
        Q.MOST_LIKELY: "Some nodules are found sooner. More people are called back, and most of them are well.",
        Q.WORST_INTENDED: (
            "So many harmless nodules are marked that people live with months of worry and scans they did not need."
        ),
        Q.WORST_FAILING: (
            "After a change of scanner it marks nothing, and radiologists trust the empty screen. Cancers"
            " are missed until somebody counts."
        ),
        Q.SUCCESS: (
            "Radiologists have time to disagree with it. Patients are told that a program helped. The "
            "hospital's network is fast enough."
        ),
        Q.HURDLES: "Too few radiologists to look at what it finds. Old scanners.",
        Q.DISTRIBUTION: (
            "People with harmless nodules bear most of the harm; people with early cancer have most of "
            "the gain. The first had no say until the workshop."
        ),
        Q.DESIGN_DECISIONS: "We show words instead of a score. We dropped automatic sorting of urgent cases.",
        Q.MONITORING: (
            "Each month the hospital counts missed and called back, by group. The medical director "
            "switches it off if misses rise by a tenth."
        ),
        Q.NOT_KNOWN: "How often it changes a radiologist's mind wrongly. A trial could tell.",
    },
    harms=(
        (
            "Cancers are missed after a change of scanner, because an empty screen is trusted.",
            "People with early lung cancer",
            _W.WORST_FAILING,
            (5, 5, 4, 2),
            "A test set is run after every change of scanner. No mark is shown as “not checked” until it passes.",
            "medical director",
            date(2027, 1, 31),
        ),
        (
            "People with harmless nodules are called back and worry for months.",
            "People with harmless nodules",
            _W.WORST_INTENDED,
            (4, 4, 3, 4),
            "A threshold agreed with patients. A nurse calls within two days.",
            "lung cancer nurse",
            date(2027, 2, 28),
        ),
        (
            "It works less well for people under 40 and nobody notices.",
            "People under 40 with a cough",
            _W.MOST_LIKELY,
            (4, 3, 4, 1),
            "Results by age band each month, with a note where a group is too small to tell.",
            "lead engineer",
            date(2027, 3, 31),
        ),
        (
            "New radiologists learn to look only where the mark is.",
            "Radiologists in training",
            _W.BEST,
            (3, 2, 3, 2),
            "First 500 scans are read without marks.",
            "head of training",
            date(2027, 6, 30),
        ),
        (
            "A rare scan can be told to have been in the training.",
            "A person with a rare disease",
            _W.WORST_FAILING,
            (5, 2, 3, 1),
            "A membership test before the model leaves the environment.",
            "lead engineer",
            date(2027, 10, 31),
        ),
    ),
)
STROKE = Case(
    title="Testing a stroke triage tool",
    organisation="Example Imaging Ltd (invented)",
    route=Route.TEST,
    details={
        D.PURPOSE: "To test whether our stroke tool works as well here as it says on the box.",
        D.PRODUCT: "Version 3 is sold in two countries.",
        D.DATA_WANTED: "CT scans of the head of 800 people with suspected stroke.",
    },
    environment=Environment.EXTRACT,
    answers={
        Q.MISSION: "The same company as for nodules. See example.org/imaging (invented).",
        Q.PURPOSE: "To save minutes between the scan and treatment.",
        Q.INTENDED_USES: "Sends a message to the stroke team when it sees a clot.",
        Q.STAKEHOLDERS: "Patients\nStroke teams in district hospitals\nUsers",
        Q.BEST: "People are treated twenty minutes sooner.",
    },
    harms=(
        (
            "A clot is missed and the team is not called.",
            "users",
            _W.WORST_INTENDED,
            (5, None, None, None),
            "",
            "",
            None,
        ),
        (
            "Alarms at night tire the team out.",
            "Stroke teams in district hospitals",
            _W.MOST_LIKELY,
            (3, 3, 2, 4),
            "Only one alarm a scan.",
            "",
            None,
        ),
    ),
)
BONES = Case(
    title="How bone age reads in children from different backgrounds",
    organisation="Example University (invented)",
    route=Route.RESEARCH,
    details={
        D.PURPOSE: "To find out whether common charts of bone age fit children from all backgrounds.",
        D.RESEARCH_QUESTION: (
            "Do readings differ by ethnicity once age and sex are the same? We compare 3,000 scans with two charts."
        ),
        D.PUBLIC_BENEFIT: "Children are treated by their real age. The result is free for all.",
        D.ETHICS: "Research ethics committee reference EX-26-031 (invented).",
        D.COMMERCIAL_TERMS: "None. A public charity pays. Nobody owns the result.",
        D.WHO_USES: "Two researchers and a paediatric radiologist at one university.",
        D.TRAINING: "Safe-researcher training this year.",
        D.AGREEMENT: "The university's data officer.",
        D.SECURITY: "Secure environment of the host; no download.",
        D.DATA_WANTED: "Hand X-rays of 3,000 children from 2015 to 2024, with age, sex and ethnicity.",
        D.LEGAL_BASIS: "Task in the public interest; scientific research with safeguards.",
        D.CONFIDENTIALITY_BASIS: "Stripped of what names people before we see it.",
        D.DPIA: "DPIA-EX-127, 3 March 2026 (invented).",
        D.OUTPUTS: "Tables and one article.",
        D.OUTPUT_CHECKS: "Checked by the host; no group below ten.",
        D.MODEL_AFTERWARDS: "There is no model that leaves. Copies are deleted by the host.",
    },
    environment=Environment.SECURE,
    opt_out=OptOut.APPLIED,
    window=(date(2027, 1, 15), date(2027, 12, 31)),
    contact=("Avi Example", "bones@example.org"),
    answers={
        Q.PLAIN_SUMMARY: (
            "Doctors look at the bones of a hand to guess how old a child is. They use charts that were "
            "made long ago from a few children. We want to know if the charts fit all children. We look "
            "at old X-rays. We do not build a product.\n\nIt may stop wrong treatment. It may also be used "
            "to doubt the age of children who seek safety. We say plainly that it must not be."
        ),
        Q.MISSION: "A public university. See example.org/bones (invented). No profit.",
        Q.TEAM: "Two researchers, one radiologist, one parent who advises us.",
        Q.PURPOSE: "Growth problems are treated by charts that may not fit.",
        Q.INTENDED_USES: "Reading by doctors of children's growth.",
        Q.NOT_INTENDED: "Guessing the age of people who seek asylum. Any use by police or border staff.",
        Q.INPUTS: "X-rays of hands, with age, sex and ethnicity as recorded.",
        Q.OUTPUTS: "How far each chart is off, by group.",
        Q.STAKEHOLDERS: (
            "Children who are treated because they grow slowly or fast\nTheir parents\nChildren who seek "
            "asylum alone\nDoctors for growth in children's hospitals"
        ),
        Q.PRIVACY: "Few children of some backgrounds: small groups are left out or put together.",
        Q.STEERING: (
            "Officials could use the result to decide about children. We cannot stop them from reading an article."
        ),
        Q.CONSENT: "Parents were not asked one by one. Those who opted out are not in the data.",
        Q.FAIRNESS: "Ethnicity is often recorded wrongly. We check with a second source where there is one.",
        Q.DESKILLING: "None that we can see.",
        Q.MISUSE: "Quoting one figure without its range. Each figure carries its range.",
        Q.ENVIRONMENT: "A laptop for some days.",
        Q.BENEFITS: "Children with growth problems. How sure: small studies elsewhere point the same way.",
        Q.BEST: "Hospitals use better charts within two years.",
        Q.WORST_INTENDED: "The finding is used to call children older than they are.",
        Q.WORST_FAILING: ("A mistake in the labels turns the result round, and charts are changed the wrong way."),
        Q.SUCCESS: "Doctors for growth read it and agree on new charts.",
        Q.HURDLES: "Too few scans of small groups.",
        Q.DISTRIBUTION: "Children who seek asylum could bear the harm and have none of the gain.",
        Q.DESIGN_DECISIONS: "We publish no tool that gives an age for one child.",
        Q.MONITORING: "A year later we look who cites it and for what.",
        Q.NOT_KNOWN: "How ethnicity was recorded in each hospital.",
    },
    harms=(
        (
            "The finding is used to call children older than they are.",
            "Children who seek asylum alone",
            _W.WORST_INTENDED,
            (5, 4, 5, 3),
            "A plain statement in the article and to the press. No tool for single children.",
            "lead researcher",
            date(2027, 11, 30),
        ),
        (
            "Wrong labels turn the result round.",
            "Children who are treated because they grow slowly or fast",
            _W.WORST_FAILING,
            (5, 3, 2, 2),
            "A second reader for one scan in ten.",
            "radiologist",
            date(2027, 5, 31),
        ),
        (
            "A child in a small group can be recognised.",
            "A child of a small community",
            _W.WORST_FAILING,
            (4, 3, 2, 2),
            "Groups below ten are put together.",
            "lead researcher",
            date(2027, 9, 30),
        ),
    ),
)
