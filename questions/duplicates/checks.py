"""What `manage.py check` says about the matcher."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Warning, register

from questions.duplicates import model


@register
def model_is_whole(**_: Any) -> list[CheckMessage]:
    problem = model.problem()
    return [Warning(problem, hint=model.REMEDY, id="questions.W001")] if problem else []
