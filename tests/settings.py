"""The site's settings, changed only where a test must not wait or write: fast password hashes, mail in memory."""

from qa_site.settings import *  # noqa: F403

SECRET_KEY = "only for tests"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The tests' people write quickly.
FORM_MIN_SECONDS = 0
# Would come in the middle of some test that counts queries.
SWEEP_DOOR_EVERY = 0
# Static files are found where they lie, without a collected folder.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
# Most tests need no model and are quicker without; those that do ask for the fixture `with_model`.
EMBEDDING_MODEL_DIR = "no/such/folder"
