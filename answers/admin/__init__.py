"""Answers, what readers say about them, and their log in Django's admin; changes go through the verbs."""

from answers.admin import answers, readers, records

__all__ = ["answers", "readers", "records"]
