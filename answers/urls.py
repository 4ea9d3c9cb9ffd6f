"""Addresses of what concerns answers."""

from django.urls import path

from answers.views import history, moderating, reacting, reading, writing

urlpatterns = [
    path("answers/<int:pk>/", reading.permanent, name="answer"),
    path("answers/<int:pk>/edit/", writing.edit, name="edit-answer"),
    path("answers/<int:pk>/history/", history.history, name="answer-history"),
    path("answers/<int:pk>/useful/", reacting.useful, name="useful"),
    path("answers/<int:pk>/hide/", moderating.hide, name="hide-answer"),
    path("answers/<int:pk>/report/", reacting.report_answer, name="report-answer"),
    path("questions/<int:pk>/answer/", writing.write, name="write-answer"),
    path("questions/<int:pk>/report/", reacting.report_question, name="report-question"),
    path("preview/", writing.preview, name="preview"),
]
