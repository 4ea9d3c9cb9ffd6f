"""Every address of the site."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from qa_site.components import views as components
from qa_site.pages import (
    cards,
    errors,
    feeds,
    history,
    keys,
    language,
    look,
    merging,
    newcomers,
    question,
    reviewing,
    search,
    sitemaps,
    user,
    words,
)
from qa_site.statistics import views as statistics

admin.site.site_header = admin.site.site_title = format_lazy(
    _("{site}: administration"), site=settings.SITE_NAME
)
# One sign-in for all, with one limit on guessing.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

pages = [
    path("", include("questions.urls")),
    path("", include("answers.urls")),
    path("", include("qa_site.moderation.desk_urls")),
    path("", include("qa_site.moderation.urls")),
    path("questions/<int:pk>/merge/<int:into>/", merging.merge_preview, name="merge-preview"),
    path("questions/<int:pk>/history/", history.history, name="question-history"),
    path("questions/<int:pk>/feed/", feeds.of_question, name="question-feed"),
    path("questions/<int:pk>/card.png", cards.card, name="question-card"),
    path("questions/<int:pk>/", question.question, name="question-by-number"),
    path("questions/<int:pk>/<str:slug>/", question.question, name="question"),
    path("review/duplicates/<int:pk>/", reviewing.pair, name="review-pair"),
    path("feed/", feeds.newest, name="feed"),
    path("tags/<str:name>/feed/", feeds.of_tag, name="tag-feed"),
    path("merges/feed/", feeds.merges, name="merges-feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<str:section>.xml", sitemaps.section, name="sitemap-section"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/<str:name>.csv", statistics.numbers, name="statistics-numbers"),
    path("components/", components.components, name="components"),
    path("look/", look.choose, name="look"),
    path("newcomers/", newcomers.close, name="close-newcomers"),
    path("language/", language.choose, name="language"),
    path("keys/", keys.keys, name="keys"),
    path("words/<str:language>.js", words.words, name="script-words"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("search/", search.search, name="search"),
    path("users/<int:pk>/", user.user, name="user"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
# The site's own language has the plain addresses, and those keep working whatever the setting.
urlpatterns = i18n_patterns(*pages, prefix_default_language=False) if settings.LANGUAGE_IN_ADDRESS else pages

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
