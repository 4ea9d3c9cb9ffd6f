"""What moderators do beside deciding about single texts: waves, appeals, private notes, and the log of it."""

from qa_site.moderation.models.acts import DeskAct
from qa_site.moderation.models.appeals import Appeal, AppealQuerySet
from qa_site.moderation.models.notes import Note
from qa_site.moderation.models.waves import HiddenByWave, Wave

__all__ = ["Appeal", "AppealQuerySet", "DeskAct", "HiddenByWave", "Note", "Wave"]
