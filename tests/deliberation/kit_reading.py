"""Reading the folders of kits, and how hard their words are, for the tests of their content."""

import json
import re
from pathlib import Path
from typing import Any

import yaml

KITS = Path(__file__).resolve().parents[2] / "kits"
FOLDERS = sorted(folder for folder in KITS.iterdir() if (folder / "kit.yaml").is_file())
EXAMPLE = KITS / "national-medical-imaging"
AGENDAS = [folder for folder in FOLDERS if "agenda: true" in (folder / "kit.yaml").read_text(encoding="utf-8")]
WHOLE = [folder for folder in FOLDERS if folder not in AGENDAS]
UNPLACED = {"slide-checklist", "rapporteur-guide"}
"""Texts of an agenda for the developer and the rapporteur: they stand in no stage."""
CURRENT = "how-it-works-today"
APPROACHES = ("delegated", "collective", "individual")
KINDS = {"learn", "survey", "discuss", "vote", "compare", "draft", "prioritise", "ratify", "break"}
FACTS = {
    "who_decides", "how_chosen", "what_they_see", "decision_rule", "time_per_decision", "cost_per_decision",
    "say_no", "appeal", "if_it_goes_wrong", "cannot_take_part", "partners", "real_example", "evidence",
}  # fmt: skip
RUNGS = {"below_inform", "inform", "consult", "involve", "collaborate", "empower"}

# Medical terms and names of real or invented things that cannot be put more simply: each counts as "scan".
EXCEPTIONS = re.compile(
    r"\b(COVID(?:-19)?|MRI|CT|AI|X-rays?|NHS|ultrasound|impact assessments?|Brightlung|Elmford|Northdale University"
    r"|Genomics England|UK Longitudinal Linkage Collaboration|National COVID-19 Chest Imaging Database"
    r"|Access Review Committee|Participant Panel)\b"
)
NEGATIONS = re.compile(r"\b(no|not|never|nobody|none|nothing|without|neither|nor|cannot|\w+n't)\b", re.IGNORECASE)


def read_yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def read_material(path: Path) -> dict[str, Any]:
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return {**yaml.safe_load(front), "body": body}


class Kit:
    """One kit folder, read whole."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.about = read_yaml(folder / "kit.yaml")
        self.models = {m["key"]: m for m in map(read_yaml, sorted((folder / "models").glob("*.yaml")))}
        self.materials = {m["key"]: m for m in map(read_material, sorted((folder / "materials").glob("*.md")))}
        self.statements = read_yaml(folder / "statements.yaml")
        self.sessions = read_yaml(folder / "sessions.yaml")
        self.stages = [stage for session in self.sessions for stage in session["stages"]]
        self.glossary = read_yaml(folder / "glossary.yaml")
        self.codebook = read_yaml(folder / "codebook.yaml")
        self.terms = read_yaml(folder / "terms.yaml")
        self.permissions = read_yaml(folder / "consent" / "permissions.yaml")
        self.questionnaires = {
            path.stem: json.loads(path.read_text(encoding="utf-8"))
            for path in sorted((folder / "questionnaires").glob("*.json"))
        }
        self.sources = {source["key"] for source in self.about["sources"]}

    def questions(self, name: str) -> list[dict[str, Any]]:
        return [element for page in self.questionnaires[name]["pages"] for element in page["elements"]]

    def text_of_everything(self) -> str:
        files = [path for path in sorted(self.folder.rglob("*")) if path.is_file()]
        return "\n".join(path.read_text(encoding="utf-8") for path in files)


def syllables(word: str) -> int:
    word = re.sub(r"[^a-z]", "", word.lower())
    count = len(re.findall(r"[aeiouy]+", word))
    if word.endswith(("es", "ed")) and not word.endswith(("ted", "ded", "ses", "ces", "zes", "ges", "xes", "shes")):
        count -= 1
    if word.endswith("e") and not word.endswith("le"):
        count -= 1
    return max(count, 1)


def plain_text(markdown: str) -> str:
    """Running text of Markdown: list items, headings and table cells each end a sentence."""
    lines = []
    for line in re.sub(r"\n(?![\n#|*\-\d>])", " ", markdown).splitlines():
        line = re.sub(r"^\s*(?:#+|[-*]|\d+\.)\s+", "", line.replace("**", "")).replace("|", ". ")
        if re.search(r"[A-Za-z]", line):
            lines.append(line.strip(" .:-") + ".")
    return " ".join(lines)


def reading_grade(text: str) -> float:
    """School grade: the mean of Flesch-Kincaid and the Automated Readability Index (grade 4-6 is age 9-11)."""
    text = EXCEPTIONS.sub("scan", plain_text(text))
    sentences = max(1, sum(1 for part in re.split(r"[.!?:]+", text) if re.search(r"[A-Za-z]", part)))
    words = re.findall(r"[A-Za-z0-9][A-Za-z0-9'’-]*", text)
    length = len(words) / sentences
    kincaid = 0.39 * length + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    ari = 4.71 * sum(len(re.sub(r"\W", "", word)) for word in words) / len(words) + 0.5 * length - 21.43
    return (kincaid + ari) / 2


def negations(text: str) -> int:
    """The most negative words found in one sentence of `text`."""
    return max(len(NEGATIONS.findall(sentence)) for sentence in re.split(r"[.!?]+", text))
