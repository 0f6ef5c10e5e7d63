"""Names of people in a text, by the words around them and a few hundred given names: no list of everybody."""

import re
from dataclasses import dataclass


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TITLES = _set("dr mr mrs ms mx prof professor rev cllr")
"""These make a name of what follows, however they are written; the next ones only with a capital."""
_TITLES_WITH_A_CAPITAL = _set("Miss Sir Dame Lady Lord Doctor Nurse Sister Father Reverend Councillor")
_RELATIONS = _set(
    "daughter daughters son sons child baby girl boy wife husband partner mum mom mam mother dad father sister sisters"
    " brother brothers gran grandma grandmother grandad grandpa grandfather nan nana granddaughter grandson aunt auntie"
    " uncle cousin niece nephew friend friends mate neighbour girlfriend boyfriend fiancé fiancée gp doctor consultant"
    " surgeon oncologist radiologist midwife nurse carer therapist dentist boss manager colleague teacher patient"
    " merch mab ngwraig ngŵr nhad chwaer mrawd ffrind"
)
_OWNERS = _set("my our his her their your fy ein")
_PEOPLE = _set("i i'm he she he's she's they who someone somebody man woman lady person was am is are whose")
_NO_NAMES = _set(
    "I A An The And But Or So If It He She We They You My Our Your This That These Those There What When Who Why How"
    " Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August"
    " September October November December Covid Corona Google Facebook Microsoft Amazon Apple Palantir Mayor Justice"
    " God Jesus Christmas Easter England Scotland Wales Ireland Britain London Europe English Scottish Welsh Irish"
    " British European American Chinese Indian Polish Muslim Christian Jewish Hindu Sikh Trust Hospital Clinic"
    " Surgery Practice Ward Care Health Data Not No Yes Is Was Are Were Has Had Have Can Could Will Would Should"
)
_PLACES = _set(
    "Hospital Hospitals Institute Centre Center Trust Foundation University College School Street Road Avenue Lane"
    " Ward Act Law Bill Hospice Clinic Surgery Practice House Park Infirmary Fund Charity Report Review Inquiry"
    " Syndrome Disease Airport Station Square Church Cathedral Building Project Day Award Prize"
)
_BEFORE_PLACES = _set("St Saint Queen King Prince Princess Great Royal The")
_GIVEN = _set(
    """
    Aaron Abdul Abdullah Abigail Adam Adebayo Adrian Agnieszka Ahmed Aisha Alan Alannah Alasdair Alastair Alejandro
    Aled Alex Alexander Alexandra Ali Alice Alison Amanda Amelia Amina Amir Amy Ana Anastasia Andrea Andrew Andrzej
    Aneurin Angela Angharad Angus Anita Ann Anna Anne Annie Anthony Antonio Anwen Aoife Archie Arjun Arthur Ashok
    Ayesha Babatunde Barbara Barry Beatrice Becky Ben Benjamin Bernadette Bethan Beth Betty Beverley Bronwen Bronagh
    Callum Cameron Carl Carlos Carol Caroline Carys Catherine Catrin Ceri Charles Charlie Charlotte Cheryl Chidi
    Chioma Chinedu Chloe Chris Christina Christine Christopher Ciara Claire Clare Colin Connor Conor Craig Cerys Dafydd
    Daniel Danielle Darren David Deborah Declan Deepak Delyth Denise Derek Diane Dilys Dominic Donald Donna
    Dorothy Duncan Dylan Eamon Edward Eileen Eilidh Eirlys Elaine Eleanor Elin Elizabeth Ella Ellen Ellie Eluned Emily
    Emma Emyr Eric Esther Ethan Eva Evelyn Ewa Farah Fatima Fiona Francesca Frances Francis Fraser Frederick
    Gareth Gary Gavin Gemma Geoffrey George Gerald Geraint Gethin Gillian Giovanni Glenys Gloria Gordon Graham
    Grzegorz Gurpreet Gwen Gwyneth Gwilym Hannah Harold Harpreet Harriet Harry Hassan Hayley Helen Henry Huw
    Hussein Iain Ian Ibrahim Ieuan Ifan Imran Ioan Irene Isaac Isabel Isabella Isla Iwan Jacob Jacqueline Jake James
    Jamie Jane Janet Janice Jason Jayne Jean Jennifer Jenny Jeremy Jessica Jill Joan Joanna Joanne Joe John Jonathan
    Jorge Jose Joseph Josephine Joshua Joyce Juan Judith Julia Julian Julie Juliet Kamal Karen Karl Kate Katarzyna
    Katherine Kathleen Katie Kayleigh Keith Kelly Kenneth Kerry Kevin Khadija Kieran Kirsty Kwame Krzysztof Laura Lauren
    Lee Leanne Lesley Leslie Lewis Liam Linda Lisa Llinos Lloyd Lorraine Louis Louise Lowri Lucas Lucy Luke Lynn Lynne
    Magdalena Mair Malcolm Małgorzata Manjit Mandy Marcus Mared Margaret Maria Mariam Marian Marie Marilyn Marion Martha
    Martin Maryam Mary Matilda Matthew Maureen Megan Melanie Melissa Mererid Meera Michael Michelle Mohamed Mohammad
    Mohammed Moira Molly Muhammad Mustafa Myfanwy Nadia Nancy Naomi Natalie Natasha Nathan Neil Nia Niamh Nicholas
    Nicola Nigel Nikhil Nkechi Noah Nora Norman Olga Oliver Olivia Olu Olusegun Omar Osman Owain Oluwaseun Padraig
    Pamela Patricia Patrick Paul Paula Pauline Peter Philip Philippa Phoebe Phyllis Piotr Priya Rachel Raj
    Rajesh Rebecca Rhiannon Rhian Rhodri Rhys Richard Robert Roberta Robin Roger Ronald Roisin Rosie Ruth Ryan
    Saeed Sally Samantha Samina Samuel Sandra Sanjay Sara Sarah Saira Sean Shabnam Shanice Sharon Sheila Shirley Sian
    Simon Sinead Siobhan Sioned Sophia Sophie Stacey Stefan Stephanie Stephen Steven Stuart Sunita Susan Suzanne Sunil
    Sylvia Tamara Tanya Tariq Teresa Terence Theresa Thomas Timothy Tomasz Tracey Tracy Trevor Tunde Uzma Valerie
    Vanessa Veronica Vicky Vijay Vikram Vincent Vivienne Wayne Wendy Winston Yasmin Yusuf Yvonne Zainab Zoe Zofia
    """
)
_LOWER_GIVEN = frozenset(name.lower() for name in _GIVEN)
_WORD = re.compile(r"[^\W\d_]{1,60}(?:['’-][^\W\d_]{1,60}){0,3}")
MOST_WORDS = 3
"""A name is taken to have at most this many words after its cue."""


@dataclass(frozen=True)
class _Word:
    words: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.words.lower().replace("’", "'")


def find_names(text: str) -> list[tuple[int, int]]:
    """(from, to) of each name, in order and apart. The work grows with the length of the text and no faster."""
    words = [_Word(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
    found: list[tuple[int, int]] = []
    place = 0
    while place < len(words):
        count = _name_at(text, words, place, follows=bool(found) and _joined(text, found[-1][1], words[place].start))
        if count:
            end = words[place + count - 1].end
            if text[end - 2 : end] in {"'s", "’s"}:
                end -= 2
            found.append((words[place].start, end))
        place += count or 1
    return found


def _joined(text: str, end: int, start: int) -> bool:
    """Whether a name that ended there and a word that starts here are joined: "Ella and Imogen"."""
    return start - end <= 5 and text[end:start] in {" and ", " & ", " a ", " ac "}


def _name_at(text: str, words: list[_Word], place: int, *, follows: bool) -> int:
    """How many words from here on are a name; 0 when none starts here."""
    is_given = _given(words[place])
    cued = follows or (place > 0 and _cue(text, words, place))
    if not (is_given or cued):
        return 0
    if not _is_namelike(words[place]):
        # "my daughter anna": a given name in lower case counts only right after its cue
        return int(cued and words[place].low in _LOWER_GIVEN and words[place].low not in {"will", "mark", "joy"})
    count = 1
    while (
        count < MOST_WORDS
        and place + count < len(words)
        and _is_namelike(words[place + count])
        and text[words[place + count - 1].end : words[place + count].start] == " "
    ):
        count += 1
    if any(word.words in _PLACES for word in words[place : place + count + 1][1:]):
        return 0
    if is_given and not cued and place > 0 and words[place - 1].words in _BEFORE_PLACES:
        return 0
    return count


def _cue(text: str, words: list[_Word], place: int) -> bool:
    """Whether the words just before say that a name comes."""
    before = words[place - 1]
    gap = text[before.end : words[place].start]
    if before.low in _TITLES or before.words in _TITLES_WITH_A_CAPITAL:
        return gap in {" ", ". ", "."}
    if before.low in _RELATIONS and gap in {" ", ", "}:
        return any(word.low in _OWNERS for word in words[max(0, place - 4) : place - 1])
    if gap != " ":
        return False
    earlier = [word.low for word in words[max(0, place - 6) : place - 1]]
    if before.low in {"is", "was", "are"} and earlier[-1:] in (["name"], ["names"]):
        return True
    if before.low == "name's":
        return True
    if before.low in {"called", "named"}:
        return any(word in _PEOPLE or word in _RELATIONS for word in earlier[-4:])
    return False


def _given(word: _Word) -> bool:
    return word.words.removesuffix("'s").removesuffix("’s") in _GIVEN


def _is_namelike(word: _Word) -> bool:
    """A capital and small letters after it (McKay, O'Neill, Lloyd-Jones), and no day, month or land."""
    bare = word.words.removesuffix("'s").removesuffix("’s")
    return len(bare) > 1 and bare[0].isupper() and not bare.isupper() and bare not in _NO_NAMES
