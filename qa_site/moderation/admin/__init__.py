"""What the door and the desk keep, in Django's admin."""

from qa_site.moderation.admin import desk, door

__all__ = ["desk", "door"]
