"""What a dialogue made from blank starts with: consent words and an outline of the Terms of Reference."""

from deliberation.consent import Purpose

CONSENT_TEXTS: dict[Purpose, tuple[str, str]] = {
    Purpose.PRIVACY_NOTICE: (
        "",
        """## In short

- We keep your name and contact details in one place, and your views in another.
- Your views carry a made-up name, never your own.
- Your name is never with your votes. Analysts see votes under made-up names. Everyone else sees totals
  when voting closes.
- You can see, print and take back what you gave.
- You can say no to any of this and nothing bad happens to you.

## Who is in charge

The controller is the organiser of this dialogue.

## Why we may do this

The organiser says here which reason in law (the lawful basis) lets them keep what you say.

## How long we keep it

We keep your name and contact details until 3 months after the last session. We keep your views, under
your made-up name, for 5 years after the report.

## Your rights

You can ask to see what we hold, to have it put right, or to have it removed. You can object at any time.
Press "Leave this dialogue", or write to the organiser. You need no reason.

If you leave, your words and votes leave the live data. Figures that are already published stay.""",
    ),
    Purpose.TAKE_PART: (
        "",
        """- I have read what you do with what I say.
- I could ask questions and I got answers.
- I choose if I take part. I can skip any question and leave at any time, and I need no reason.
- I know that totals of the whole group are published as they are, such as "2 of 47 disagreed".
- I will not share what others say about their health or their lives.

Please choose. There is no wrong answer.""",
    ),
    Purpose.QUOTES: (
        "You may quote my words",
        "If yes, we may print your words with no name, after a second person has checked them. "
        "If no, your words count just the same and stay out of print.",
    ),
    Purpose.RECORDING: (
        "You may record the session",
        "If yes, we keep the sound until the notes are checked. If no, someone takes notes when you speak.",
    ),
    Purpose.CONTACT_LATER: (
        "You may contact me later",
        "If yes, we write to tell you what was done with your ideas. "
        "If no, we remove your contact details after 3 months.",
    ),
    Purpose.MACHINE_SORTING: (
        "A computer may help to sort my words",
        "If yes, a program helps to group your words with others like them. "
        "If no, only people read them, and they count just the same.",
    ),
}
"""Purpose -> (label, text). The organiser is asked to make the notice their own."""

TERMS_TITLE = "Terms of Reference"
OUTLINE: tuple[tuple[str, bool], ...] = (
    ("Summary and status", True),
    ("Background, and how the public shaped this", True),
    ("Aims", True),
    ("Areas of focus", True),
    ("Questions of interest", True),
    ("Scope and exclusions", True),
    ("The data and the route to access", False),
    ("Good involvement in bids", False),
    ("Eligibility, lots and awards", False),
    ("How to apply, in two stages", False),
    ("Criteria, weights and public reviewers", False),
    ("Ethics, information governance and equality", False),
    ("Outputs, and what goes back to participants", False),
    ("Evaluation and learning", False),
    ("Governance and contacts", False),
)
"""(title, required) of the fifteen sections, in order."""

APPROACHES: tuple[dict[str, str], ...] = (
    {
        "key": "delegated",
        "name": "Someone decides for us",
        "plain": "A person or a small group decides for you and for people like you.",
        "longer": "",
    },
    {
        "key": "collective",
        "name": "We decide together",
        "plain": "People decide as part of a bigger group.",
        "longer": "",
    },
    {
        "key": "individual",
        "name": "I decide for myself",
        "plain": "You decide for yourself, or for someone you care for.",
        "longer": "",
    },
)
