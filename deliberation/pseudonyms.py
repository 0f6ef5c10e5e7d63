"""Pseudonyms and codes: drawn at random, easy to say aloud, never by order of arrival."""

from collections.abc import Container
from random import Random

from deliberation.errors import RuleError

COLOURS = (
    "Amber", "Aqua", "Bronze", "Cherry", "Copper", "Coral", "Cream", "Crimson", "Denim", "Ebony", "Emerald",
    "Ginger", "Golden", "Green", "Hazel", "Indigo", "Ivory", "Jade", "Lemon", "Lilac", "Lime", "Mango", "Maroon",
    "Mint", "Navy", "Ochre", "Olive", "Orange", "Peach", "Pearl", "Pink", "Plum", "Purple", "Red", "Rose", "Ruby",
    "Rust", "Saffron", "Sage", "Sand", "Scarlet", "Silver", "Sky", "Slate", "Teal", "Violet", "White", "Yellow",
)  # fmt: skip
CREATURES = (
    "Badger", "Bat", "Bee", "Beetle", "Blackbird", "Curlew", "Deer", "Dolphin", "Dove", "Duck", "Eagle", "Falcon",
    "Finch", "Fox", "Frog", "Gannet", "Goose", "Hare", "Hawk", "Hedgehog", "Heron", "Jay", "Kestrel", "Kingfisher",
    "Lapwing", "Lark", "Linnet", "Magpie", "Mole", "Moth", "Newt", "Nightjar", "Otter", "Owl", "Partridge",
    "Pheasant", "Pigeon", "Plover", "Puffin", "Raven", "Robin", "Rook", "Seal", "Sparrow", "Squirrel", "Starling",
    "Stoat", "Swallow", "Swan", "Swift", "Tern", "Thrush", "Toad", "Trout", "Vole", "Wagtail", "Woodpecker", "Wren",
)  # fmt: skip
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0, 1, I, L, O or U: nothing that is misread aloud or on paper."""


def draw_pseudonym(taken: Container[str], rng: Random) -> str:
    """Two words such as "Amber Heron"; a third, a number, once most pairs are taken."""
    for _ in range(200):
        name = f"{rng.choice(COLOURS)} {rng.choice(CREATURES)}"
        if name not in taken:
            return name
    for _ in range(200):
        name = f"{rng.choice(COLOURS)} {rng.choice(CREATURES)} {rng.randrange(100, 100_000)}"
        if name not in taken:
            return name
    raise RuleError("no_pseudonym_left")


def draw_code(rng: Random, *, groups: int = 2, letters: int = 4) -> str:
    """A code such as "K7QM-2XHD"."""
    return "-".join("".join(rng.choice(CODE_LETTERS) for _ in range(letters)) for _ in range(groups))


def tidy_code(text: str) -> str:
    """What somebody typed, as a code: capitals, no blanks or dashes."""
    return "".join(c for c in text.upper() if c.isalnum())
