"""Addresses of the desk, of appeals and of the public log. The queues of the three kinds of texts are one."""

from django.urls import URLPattern, path

from qa_site.moderation.kinds import KINDS
from qa_site.moderation.views import appeals, desk, hiding, log, reports

urlpatterns: list[URLPattern] = [
    path("review/", desk.overview, name="review"),
    path("review/reports/", reports.reports, name="review-reports"),
    path("review/reports/undo/", reports.undo, name="review-reports-undo"),
    path("review/appeals/", appeals.appeals, name="review-appeals"),
    path("review/appeals/<int:pk>/", appeals.decide, name="review-appeal"),
    path("log/", log.log, name="log"),
    path("questions/<int:pk>/hide/", hiding.hide_question, name="hide-question"),
    path("answers/<int:pk>/hide/", hiding.hide_answer, name="hide-answer"),
]
for plural, kind in KINDS.items():
    of = {"plural": plural}
    urlpatterns += [
        path(f"review/{plural}/", desk.queue, of, name=f"review-{plural}"),
        path(f"review/{plural}/next/", desk.next_text, of, name=f"review-{plural}-next"),
        path(f"review/{plural}/undo/", desk.undo_acts, of, name=f"review-{plural}-undo"),
        path(f"review/{plural}/<int:pk>/", desk.one, of, name=f"review-{kind.name}"),
        path(f"{plural}/<int:pk>/appeal/", appeals.ask_again, of, name=f"appeal-{kind.name}"),
    ]
