"""What search engines are told about the site: its questions with the day they last changed, and where not to look."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemap_views
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from questions.models import Question


class QuestionSitemap(Sitemap):
    """The visible primaries by their ids, 50,000 to a page. An alternate's address leads to one of these."""

    limit = 50_000

    def items(self) -> QuerySet[Question]:
        # By id, so that a page keeps its questions when new ones come.
        return Question.objects.primaries().visible().order_by("pk").only("text", "last_activity_at")

    def lastmod(self, question: Question) -> datetime:
        return question.last_activity_at

    def get_latest_lastmod(self) -> datetime | None:
        # Django would read every question for this.
        newest = Question.objects.primaries().visible().order_by("-last_activity_at").first()
        return newest.last_activity_at if newest else None


_SITEMAPS: dict[str, type[Sitemap] | Sitemap] = {"questions": QuestionSitemap}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return sitemap_views.index(request, _SITEMAPS, sitemap_url_name="sitemap-section")


@require_safe
def section(request: HttpRequest, section: str) -> HttpResponse:
    return sitemap_views.sitemap(request, _SITEMAPS, section)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything that is read may be found; searches, forms, histories of texts and the moderators' pages may not."""
    others = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    prefixes = ["", *(f"/{code}" for code in others)] if settings.LANGUAGE_IN_ADDRESS else [""]
    context = {"sitemap": request.build_absolute_uri(reverse("sitemap")), "prefixes": prefixes}
    return render(request, "site/robots.txt", context, content_type="text/plain; charset=utf-8")
