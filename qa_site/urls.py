"""Every address of the site."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from qa_site.pages import errors, history, merging, question, reviewing, search, user

admin.site.site_header = admin.site.site_title = f"{settings.SITE_NAME}: administration"
# One sign-in for all, with one limit on guessing.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", include("questions.urls")),
    path("", include("answers.urls")),
    path("", include("qa_site.moderation.desk_urls")),
    path("", include("qa_site.moderation.urls")),
    path("questions/<int:pk>/merge/<int:into>/", merging.merge_preview, name="merge-preview"),
    path("questions/<int:pk>/history/", history.history, name="question-history"),
    path("questions/<int:pk>/", question.question, name="question-by-number"),
    path("questions/<int:pk>/<str:slug>/", question.question, name="question"),
    path("review/duplicates/<int:pk>/", reviewing.pair, name="review-pair"),
    path("search/", search.search, name="search"),
    path("users/<int:pk>/", user.user, name="user"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
