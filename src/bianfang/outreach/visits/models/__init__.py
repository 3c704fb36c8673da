"""Checklists, rounds, targets, visits, group talks; the forms of checklists and their answers."""

from bianfang.outreach.visits.models.form import ChecklistForm, VisitAnswers
from bianfang.outreach.visits.models.visit import (
    Checklist,
    Forum,
    Round,
    RoundChange,
    RoundQuerySet,
    ScopedByVisits,
    Target,
    Topic,
    TopicTold,
    Visit,
    Visitor,
)

__all__ = [
    "Checklist",
    "ChecklistForm",
    "Forum",
    "Round",
    "RoundChange",
    "RoundQuerySet",
    "ScopedByVisits",
    "Target",
    "Topic",
    "TopicTold",
    "Visit",
    "VisitAnswers",
    "Visitor",
]
