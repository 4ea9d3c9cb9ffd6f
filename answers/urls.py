"""Addresses of what concerns answers."""

from django.urls import path

from answers.views import (
    commenting,
    confirming,
    copies,
    history,
    moderating,
    proposals,
    reacting,
    reading,
    reporting,
    writing,
)

urlpatterns = [
    path("answers/<int:pk>/", reading.permanent, name="answer"),
    path("answers/<int:pk>/edit/", writing.edit, name="edit-answer"),
    path("answers/<int:pk>/history/", history.history, name="answer-history"),
    path("answers/<int:pk>/compare/", history.compare_texts, name="compare-texts"),
    path("answers/<int:pk>/restore/<int:number>/", history.restore_text, name="restore-text"),
    path("answers/<int:pk>/useful/", reacting.useful, name="useful"),
    path("answers/<int:pk>/protect/", moderating.protect, name="protect-answer"),
    path("answers/<int:pk>/fold/", moderating.fold, name="fold-answer"),
    path("answers/<int:pk>/combine/<int:into>/", moderating.combine, name="combine-answers"),
    path("answers/<int:pk>/accept/", reacting.accept, name="accept-answer"),
    path("answers/<int:pk>/report/", reporting.report_answer, name="report-answer"),
    path("answers/<int:pk>/comment/", commenting.on_answer, name="comment-on-answer"),
    path("questions/<int:pk>/comment/", commenting.on_question, name="comment-on-question"),
    path("comments/<int:pk>/", commenting.permanent, name="comment"),
    path("comments/<int:pk>/reply/", commenting.reply, name="reply"),
    path("guests/confirm/<str:signed>/", confirming.confirm, name="confirm-guest"),
    path("comments/<int:pk>/report/", reporting.report_comment, name="report-comment"),
    path("questions/<int:pk>/answer/", writing.write, name="write-answer"),
    path("questions/<int:pk>/report/", reporting.report_question, name="report-question"),
    path("users/<int:pk>/report/", reporting.report_member, name="report-member"),
    path("review/edits/", proposals.waiting, name="review-edits"),
    path("review/edits/<int:pk>/", proposals.proposal, name="review-edit"),
    path("review/copies/", copies.waiting, name="review-copies"),
    path("review/copies/<int:pk>/", copies.settle, name="settle-copy"),
    path("review/copies/<int:pk>/reconsider/", copies.reconsider, name="reconsider-copy"),
    path("preview/", writing.preview, name="preview"),
]
