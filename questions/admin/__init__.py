"""Wordings, their log and what hangs on them in Django's admin.

Whatever changes a family goes through the verbs; its edges and shortcuts are shown here and never edited.
"""

from questions.admin import duplicates, log, matcher, questions, records, tags  # noqa: F401  (importing registers)
