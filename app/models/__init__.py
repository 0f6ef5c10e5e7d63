"""Every table of Folkmoot, so that one import knows them all."""

from app.models import (
    analysis,
    comments,
    consent,
    dialogues,
    events,
    learning,
    moderation,
    on_behalf,
    people,
    questionnaires,
    questions,
    requests,
    stewardship,
    terms,
    vault,
    voting,
)

__all__ = [
    "analysis",
    "comments",
    "consent",
    "dialogues",
    "events",
    "learning",
    "moderation",
    "on_behalf",
    "people",
    "questionnaires",
    "questions",
    "requests",
    "stewardship",
    "terms",
    "vault",
    "voting",
]
