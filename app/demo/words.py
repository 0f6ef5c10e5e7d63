"""Words of the synthetic panel, all written by us: comments by subject and leaning, statements, reasons.

No real person said any of this. Each subject has voices of several leanings, so that draft themes have
something to find and dissent is there to be kept.
"""

OPENERS = ("", "", "", "My view: ", "For me it is this: ", "At our table I said this: ", "One thing: ")

COMMENTS: dict[str, tuple[str, ...]] = {
    "hopes": (
        "doctors could spot cancer earlier if the computer has seen many scans.",
        "shorter waits would be the best thing about it. My neighbour waited months for a result.",
        "a second pair of eyes at night in a small hospital would be a good thing.",
        "if my old scan helps the next person get the right care, that is worth something.",
        "rare illnesses might be found sooner when scans from many hospitals are put together.",
        "it could free up time so that doctors can talk with people again.",
    ),
    "worries": (
        "I worry that a company finds out who I am, even without my name on the scan.",
        "once the scans are out of the hospital, nobody can ever get them back.",
        "scans could be hacked. Big organisations lose data every year.",
        "what if an insurer gets hold of it and my costs go up?",
        "the computer may work less well for people with darker skin if few of them are in the data.",
        "I fear that it starts with cancer and ends with adverts.",
        "people may trust the machine too much and stop checking its answers.",
    ),
    "trust_experts": (
        "the experts should check each request, because they know what is in a scan.",
        "I would leave it to a committee at the hospital. They know more than I do.",
        "a committee that does this every week gets good at it and gets faster.",
        "one named person should be in charge, so that we know who puts it right.",
        "experts and lay members together on one committee would give me peace of mind.",
        "a committee is fine as long as it writes down why it said yes or no.",
    ),
    "doubt_experts": (
        "who picks the committee? If friends pick friends, I have no trust in it.",
        "one or two patients among ten experts will never win a vote.",
        "committees meet behind closed doors and we hear nothing.",
        "somebody on the committee may have a friend in the company that asks.",
    ),
    "panel": (
        "a panel of patients should see every request from a company.",
        "a choice is fairer when many kinds of people make it together.",
        "people who live with an illness see risks that experts miss.",
        "a panel should be picked by lot, like a jury, so that everyone has a chance.",
        "members of the panel should be paid and trained, or only some can afford to come.",
        "let the panel set the rules once a year and let experts apply them each week.",
        "our table wants the panel to be able to say no, not only to give advice.",
    ),
    "doubt_panel": (
        "can a panel meet for every request? Three hundred a year is a lot of evenings.",
        "in a group the loudest voices win and quiet people go home annoyed.",
        "it costs a lot to train and pay a panel, and that money comes from care.",
        "a panel may turn down what helps a few very ill people.",
    ),
    "own_choice": (
        "it is my body and my scan, so ask me first.",
        "each person should be able to say no at any time, with one phone call.",
        "I want to look up who has used my scans and what came of it.",
        "let me choose the uses. Cancer research yes, adverts no.",
        "saying no must not change the care that I get.",
        "a simple opt-out that works everywhere is what I need.",
    ),
    "doubt_choice": (
        "please do not text me each time. I would tick anything to make it stop.",
        "my mum is not online, so choosing by phone leaves her out.",
        "if many people say no, the tool works less well for some groups.",
        "most people would tick the box without reading it, me too on a busy day.",
    ),
    "openness": (
        "show me the yeses and the noes in a public list, in plain words.",
        "tell us what was decided, by whom, and why. Then I can live with a no that goes my way or not.",
        "a register on paper in the library, not only on a website.",
        "tell people afterwards what the company made from our scans.",
        "publish how much money is made and what comes back to the hospital.",
    ),
    "redress": (
        "if it goes wrong, name who puts it right and how fast.",
        "there must be a real penalty when a company breaks the rules, not a letter.",
        "somebody outside should check the people who decide, once a year.",
        "a breach should end the access the same day.",
    ),
    "money": (
        "if a company makes a profit from our scans, some of it should come back to patients.",
        "fine for a hospital study, but a company should pay a fair price.",
        "I do not mind profit if the tool is then cheap for every hospital.",
        "the value should stay in this country and go into care.",
    ),
    "against": (
        "scans should be for my own care and nothing else.",
        "nobody should train AI on our scans, whoever decides.",
        "I do not want any of these models, because I do not want access at all.",
    ),
    "groups": (
        "people like my grandmother never get asked. Somebody has to go to them.",
        "put it in other languages and in large print, or the same people answer again.",
        "who speaks for children and for people who are too ill to choose?",
        "carers have no time for a survey each week.",
    ),
    "research": (
        "has anyone tried a patient panel on data before? Was it slow?",
        "somebody should find out what one decision costs in time and money.",
        "do people who opt out differ from those who stay in? That should be studied.",
        "how long does a lay member need before they feel sure enough to vote?",
    ),
}

PROMPT_SUBJECTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("good about", ("hopes",)),
    ("worries", ("worries", "against")),
    ("not know before", ("worries", "research")),
    ("unclear", ("research", "redress")),
    ("two questions", ("research",)),
    ("still needs an answer", ("research", "groups")),
    ("find out", ("research",)),
    ("matters to you when", ("openness", "redress", "groups")),
    ("used for ai at all", ("hopes", "against", "money")),
    ("trust to decide", ("trust_experts", "doubt_experts")),
    ("tell the rest", ("openness", "money")),
    ("go wrong", ("redress", "worries")),
    ("sit in the group", ("panel", "groups")),
    ("does not agree", ("panel", "doubt_panel")),
    ("how much time", ("doubt_panel", "panel")),
    ("good point", ("panel", "doubt_panel", "trust_experts")),
    ("how often", ("own_choice", "doubt_choice")),
    ("children", ("groups", "own_choice")),
    ("said no", ("doubt_choice", "groups")),
    ("fast answer", ("trust_experts", "panel")),
    ("full control", ("own_choice", "doubt_choice")),
    ("small check", ("trust_experts", "money", "redress")),
    ("never accept", ("against", "money", "worries")),
    ("hard to choose", ("panel", "trust_experts", "own_choice")),
    ("need to know", ("research", "openness")),
    ("left out", ("groups",)),
    ("true for this", ("openness", "redress", "money")),
)
"""A piece of a prompt, lower case -> the subjects of comments that answer it. Any other prompt: openness."""

REPLIES = (
    "I agree with this.",
    "I see it another way. Speed matters when people are ill.",
    "That is what our table said too.",
    "Who would pay for that?",
    "Yes, and it should be in plain words.",
    "I had not thought of that before.",
)

STATEMENTS = (
    ("A public list should show each request and the answer to it.", "approve"),
    ("Companies should pay a fair price for the use of our scans.", "approve"),
    ("People on a panel should be paid for their time.", "approve"),
    ("The rules should be set by a panel and used by experts.", "approve"),
    ("Saying no must never change the care that a person gets.", "approve"),
    ("An outside body should check the people who decide, each year.", "approve"),
    ("A company that breaks the rules should lose access the same day.", "approve"),
    ("Somebody should ask people who are not online in person.", "approve"),
    ("Scans of children should be kept out until they can choose.", "approve"),
    ("A panel should be picked by lot, like a jury.", "approve"),
    ("The car park at my hospital costs too much.", "off_topic"),
    ("A panel of patients ought to see all requests from companies.", "repeated"),
    ("The ones with the thing should not do it like before.", "unclear"),
    ("There should be one phone number to say no to everything.", "wait"),
    ("Profits should go to the hospital that took the scan.", "wait"),
    ("A decision should be looked at again after two years.", "wait"),
)

RATING_REASONS = (
    "It is clear who decides.",
    "I would want to know how they are picked.",
    "It sounds slow.",
    "I like that many people have a say.",
    "I can see myself using this.",
    "Too much for one person to think about.",
)

DIFFERENCES = (
    "Hearing from the speaker about how long it takes.",
    "What people at my table told me about being ill.",
    "The case about the start-up.",
)

FINDINGS = (
    "People want to be told what was decided, by whom, and why.",
    "Many people want patients to have a real vote on requests from companies, not only a voice.",
    "People trust experts with the technical check, and want somebody outside to check the experts.",
    "A simple way to say no, at any time, is a condition for many people.",
    "Being asked about each use would wear many people out.",
    "If companies gain from the scans, people want some of the gain to come back to care.",
    "Some people want no use of scans for AI at all, whoever decides.",
    "People want somebody to find out what one decision costs in time and money.",
    "Who is picked to decide matters to people as much as which model is used.",
)

CLAUSES = (
    (1, "These Terms of Reference were made from a synthetic dialogue, to show how Folkmoot works.", ()),
    (2, "The dialogue asked how access to medical imaging data should be granted for AI.", (0,)),
    (3, "The Fund supports research on ways of deciding in which patients and the public have a real vote.", (1,)),
    (3, "The Fund supports research that makes each decision on access, and its reasons, open to the public.", (0,)),
    (4, "Combinations in which a public panel sets the rules and experts apply them are an area of focus.", (1, 2)),
    (4, "Simple and lasting ways for a person to say no are an area of focus.", (3, 4)),
    (5, "What does one decision on access cost, in time and in money, under each model?", (7,)),
    (5, "Does mixing approaches slow decisions down, and does it change whether people trust them?", (2,)),
    (6, "Whether scans should be used for AI at all lies outside this Fund. That some said no is on record.", (6,)),
    (11, "Bids say what comes back to care if the work makes money.", (5,)),
    (13, "Each project tells the participants of the dialogue what it found, in plain words.", (0,)),
    (10, "Bids are made in two stages.", ()),
)
"""Section number, the commissioner's wording, places in FINDINGS of what it rests on."""

EVIDENCE: tuple[tuple[tuple[str, str], ...], ...] = (
    (
        ("A public list should show each request and the answer to it.", "supports"),
        ("I want to be able to look up who has used my scans and why.", "supports"),
        ("Committees meet behind closed doors, so it is hard to check on them.", "supports"),
    ),
    (
        ("A panel of patients should see every request from a company.", "supports"),
        ("One or two patients on a committee will have too little say.", "supports"),
        ("It would take too long for a patient panel to answer each request.", "tempers"),
    ),
    (
        ("Experts should check each request, as they know about scans.", "supports"),
        ("An outside body should check the people who decide, each year.", "supports"),
        ("Experts may side with companies and forget about patients.", "tempers"),
    ),
    (
        ("Each person should be able to say no at any time.", "supports"),
        ("If lots of people say no, the AI may work less well for some groups.", "tempers"),
    ),
    (
        ("It would wear me out to be asked about each use of my scans.", "supports"),
        ("I should be asked before my scans are used to train AI.", "tempers"),
    ),
    (
        ("Companies should pay a fair price for the use of our scans.", "supports"),
        ("Patients can get a better deal from companies if they stand together.", "supports"),
    ),
    (
        ("My scans should be used for my own care and for nothing else.", "supports"),
        ("Nobody should be allowed to train AI on our scans, whoever decides.", "supports"),
        ("I like the idea that my scan could help the next person.", "tempers"),
    ),
    (("It would cost too much to train and pay a panel of patients.", "supports"),),
    (
        ("A choice is fairer when many kinds of people make it together.", "supports"),
        ("A panel should be picked by lot, like a jury.", "supports"),
    ),
)
"""For each of FINDINGS: the statements it cites, and which way each speaks."""

THEME_WORDS = ("list", "panel", "experts", "no", "text", "profit", "nobody", "cost", "picked")
"""For each of FINDINGS: a word by which the theme it cites is found, if a draft has it."""

PARTICIPANTS_WORDING = "We want to know what was decided, who decided it, and why. Tell us in plain words."
"""The participants' wording of the clause about openness; the commissioner's stands beside it."""

CONDITIONS = (
    "If the money goes back into care.",
    "Only if names are taken off the scans first.",
    "If I am told what came of it.",
    "Only for cancer and other serious illnesses.",
    "If somebody outside checks it each year.",
    "If the panel is paid and trained.",
)
"""What an "it depends" depends on, in the synthetic panel's words."""

CITED_CONDITIONS = {1: "If the panel is paid and trained.", 5: "If the money goes back into care."}
"""Place in FINDINGS -> the condition that the finding cites, so that it travels to clauses."""
CRITERIA: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("We are told what was decided, by whom, and why", ("by whom", "yeses and the noes")),
    ("Somebody is named who puts it right if it goes wrong", ("puts it right",)),
    ("Somebody outside checks the people who decide", ("omebody outside", "real penalty")),
    ("People who never get asked are asked too", ("never get asked", "other languages")),
    ("Somebody speaks for children and people too ill to choose", ("speaks for children",)),
    ("It finds illness earlier and care gets better", ("spot cancer earlier", "shorter waits", "next person")),
    ("Nobody makes a profit from it without giving back", ("profit", "sell")),
)
"""Criteria in words near to the panel's, and pieces of comments that they come from; those nobody said are left out."""

MISSING = (
    "It must not take months. Speed matters too.",
    "I miss that I can change my mind later.",
    "Nothing here says what it may cost.",
)
GRID_REASONS = (
    "A few experts can do this, but only if somebody checks them.",
    "A group needs more time for this than it has.",
    "On my own I would never find out.",
    "It works if the list is open to everyone.",
    "We could not agree at our table, so we say partly.",
)
MIX_REASONS: dict[str, tuple[str, ...]] = {
    "support": ("Everybody has a part in it.", "I can say no, and somebody still looks at the whole."),
    "could_live_with_it": ("Not my first choice, but it is fair.", "Fine if it does not take for ever."),
    "do_not_support": (
        "Nobody asked me, and this does not ask me either.",
        "It sounds good, but who pays for all of this?",
        "I do not want my scans used for this at all.",
    ),
}
MODEL_COMMENTS: tuple[tuple[str, str, str, str], ...] = (
    (
        "mixed-committee", "for", "Experts and patients at one table would give me peace of mind.",
        "Experts and patients at one table",
    ),
    (
        "mixed-committee", "against", "One or two patients among ten experts will never win a vote.",
        "will never win a vote",
    ),
    (
        "citizens-panel", "for", "A choice is fairer when many kinds of people make it.",
        "fairer when many kinds of people make it",
    ),
    (
        "citizens-panel", "against", "Three hundred requests a year is a lot of evenings for one panel.",
        "a lot of evenings for one panel",
    ),
    ("opt-out", "for", "One phone call and I am out. That is what I need.", "One phone call and I am out."),
    (
        "opt-out", "against", "Most of my street has never heard of it, so they cannot say no.",
        "they cannot say no",
    ),
    ("data-trust", "for", "I like that somebody has a duty to look after it.", ""),
)
"""Key of a model, side, a comment on it, and the part that a facilitator takes into the card ("": none)."""
