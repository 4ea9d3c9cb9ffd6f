"""The addresses of the site as they are with LANGUAGE_IN_ADDRESS=1."""

from django.conf.urls.i18n import i18n_patterns

from qa_site.urls import handler400, handler403, handler404, handler500, pages  # noqa: F401

urlpatterns = i18n_patterns(*pages, prefix_default_language=False)
