"""What the invented Oversight Group of the example is, and what its members say and are told. All of it SYNTHETIC."""

from dataclasses import dataclass

from deliberation.oversight import AdviceType, Response, Severity

GROUP = "Oversight Group (invented)"
REMIT = (
    "The group advises on **how** the dialogue is run and on **what people are shown**: is it right, fair and clear,"
    " and is anybody missing? It does not decide, and it does not approve."
)
TERMS = """- Members speak for themselves, not for their organisations.
- What is said in the group may be told outside; who said it may not, unless that person agrees.
- Expenses are paid, and members who are not paid elsewhere get the real living wage for each hour.
- If the team does not act on a must-fix, the chair may write to the commissioner, and the letter is published.
- Observers may speak when the chair asks them to.
"""
RULES = "Members and their interests at once; minutes when they are clear; advice with its answer when its gate closes."


@dataclass(frozen=True)
class Person:
    """An invented member. `email`: has an account. `left`: days before today on which they left."""

    name: str
    organisation: str
    interests: str = ""
    email: str = ""
    is_chair: bool = False
    is_observer: bool = False
    deputy_of: str = ""
    left: int = 0


PEOPLE = (
    Person(
        "Cleo Example", "Example Patients Together (invented)", "Trustee of a patients' charity that once took a grant"
        " from a scanner maker.", "cleo.chair@example.org", is_chair=True,
    ),
    Person("Olu Example", "Example Hospital, imaging (invented)", "Reads scans for a living.", "overseer@example.org"),
    Person("Mair Example", "Example Carers' Network (invented)", "None."),
    Person("Tariq Example", "Example Imaging Ltd (invented)", "Works for a firm that buys access to scans."),
    Person("Dev Example", "Example University, ethics of data (invented)", "Has written in favour of data trusts."),
    Person("Joan Example", "Example Patients Together (invented)", "None.", deputy_of="Cleo Example"),
    Person("Sol Example", "Example Public Body (invented)", "", is_observer=True),
    Person("Nia Example", "Example Rural Health Board (invented)", "None.", left=15),
)  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """One piece of advice. `on`: key of a text, or of a gate's first item; `part`: words of the paragraph meant.

    `answers`: (response, reason, version that changed, why it is disputed or ""). `settled`: the member's last word.
    """

    on: str
    severity: Severity
    type: AdviceType
    text: str
    part: str = ""
    by_chair: bool = False
    is_named: bool = False
    answers: tuple[tuple[Response, str, str, str], ...] = ()
    settled: str | None = None
    override: str = ""


FIXED = "It makes a guess, such as"
"""The words of the first text that a must-fix had changed; see `CHANGE`."""
CHANGE = ("It makes a guess, such as", "It makes a guess, and it can be wrong. It may say, for example,")

FIRST = (
    Piece(
        "health-data-and-ai", Severity.MUST_FIX, AdviceType.BALANCE,
        "This part says how AI guesses and not that a guess can be wrong. People will think that it finds things"
        " as a doctor does. Say so in the same breath.",
        part=FIXED, is_named=True,
        answers=((Response.ACCEPTED, "You are right. The sentence says so now.", "version 2", ""),),
        settled="Good. This is what I meant.",
    ),
    Piece(
        "health-data-and-ai", Severity.CONSIDER, AdviceType.CLARITY,
        "Ultrasound will be new to some as a scan. A picture would help.",
        part="Health data is what is stored",
        answers=((Response.DEFERRED, "We have no picture that we may use yet. We look for one.", "", ""),),
    ),
    Piece(
        "who-asks-and-why", Severity.SHOULD, AdviceType.OMISSION,
        "Public bodies ask too, and the police have asked elsewhere. Leaving them out looks like an answer.",
        part="- **Hospitals** want",
        answers=((
            Response.PARTLY, "Public bodies belong here and will be added. The police have not asked for scans in any"
            " case we could find, so we do not name them.", "", "",
        ),),
    ),
    Piece(
        "G0", Severity.SHOULD, AdviceType.BALANCE,
        "The question asks how access should be granted. It should leave room for not granting it at all.",
        by_chair=True,
        answers=((
            Response.ACCEPTED, "The question stays, because the commissioner put it. Each text and each vote now says"
            " that “no access” is an answer and is counted.", "the texts", "",
        ),),
        settled="Settled for me, as long as it is so in every stage.",
    ),
    Piece(
        "plan", Severity.SHOULD, AdviceType.PROCESS,
        "Twenty minutes at tables after so much to take in is not enough. Give half an hour and drop something else.",
        by_chair=True, is_named=True,
        answers=((
            Response.NOT_ACCEPTED, "The session would run past three hours, which people told us is too long.", "",
            "People who need time say the least in a rush. I would rather drop one of the two talks.",
        ),),
    ),
    Piece(
        "G1", Severity.SHOULD, AdviceType.ACCESSIBILITY,
        "Who has no device of their own cannot take part as it stands. Lend one, or let people come by phone.",
        answers=((Response.ACCEPTED, "Paper and phone are offered in every invitation now.", "the invitation", ""),),
        settled="",
    ),
    Piece(
        "G1", Severity.CONSIDER, AdviceType.LEGAL,
        "Should the national opt-out not be changed while you are at it?",
        answers=((Response.OUT_OF_SCOPE, "The dialogue cannot change it. It is on people's list.", "", ""),),
    ),
)  # fmt: skip

SECOND = (
    Piece(
        "case-chest-scans", Severity.MUST_FIX, AdviceType.ACCURACY,
        "“Checked in one minute” is a firm's claim without a source. It should not stand beside facts.",
        part="Brightlung says that a scan", by_chair=True, is_named=True,
        answers=((
            Response.PARTLY, "It is an invented firm's claim, and the text says who says it. We will add what is not"
            " known for the next run.", "", "",
        ),),
        override="The story is invented and says so at its top. The firm's claim stands there as a claim, so that"
        " people can doubt it. We will write beside it what is not known.",
    ),
)  # fmt: skip

LAST = (
    Piece(
        "G4", Severity.SHOULD, AdviceType.BALANCE,
        "Those who said no to any access are in one finding only, and last. Name them where the others are named.",
        by_chair=True,
    ),
    Piece(
        "G4", Severity.CONSIDER, AdviceType.CLARITY,
        "“Most” means 24 people in one place and 40 in another. Use the same word for the same number.",
        is_named=True,
    ),
)  # fmt: skip
