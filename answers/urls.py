"""Addresses of what concerns answers."""

from django.urls import path

from answers import views

urlpatterns = [
    path("answers/<int:pk>/", views.permanent, name="answer"),
    path("answers/<int:pk>/edit/", views.edit, name="edit-answer"),
    path("answers/<int:pk>/history/", views.history, name="answer-history"),
    path("answers/<int:pk>/useful/", views.useful, name="useful"),
    path("answers/<int:pk>/hide/", views.hide, name="hide-answer"),
    path("answers/<int:pk>/report/", views.report_answer, name="report-answer"),
    path("questions/<int:pk>/answer/", views.write, name="write-answer"),
    path("questions/<int:pk>/report/", views.report_question, name="report-question"),
    path("preview/", views.preview, name="preview"),
]
