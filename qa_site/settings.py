"""All settings of the site, read from the environment (and .env), in the order of Django's own documentation.

Every variable is described in .env.example. A value that cannot be understood stops the start with a
message that names it; nothing is guessed.
"""

from pathlib import Path
from zoneinfo import available_timezones

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from door.allowances import read_allowances
from qa_site.postgres.url import database_from_url
from qa_site.secret_key import read_or_create_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")


def flag(name: str, *, default: bool) -> bool:
    """A yes or no. Whatever else it says stops the start, where environ would take it for a no."""
    value = env.str(name, default="").strip().lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    if value:
        raise ImproperlyConfigured(f"{name} is “{value}”; it takes 1 or 0.")
    return default


def names(name: str, *, default: list[str]) -> list[str]:
    """Names between commas."""
    return [part.strip() for part in env.str(name, default="").split(",") if part.strip()] or default


def number(name: str, *, default: int) -> int:
    value = env.str(name, default="").strip() or str(default)
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is “{value}”; it takes a whole number.")
    return int(value)


def share(name: str, *, default: float) -> float:
    """A number from 0 to 1."""
    value = env.str(name, default="").strip() or str(default)
    try:
        number = float(value)
    except ValueError:
        number = -1
    if not 0 <= number <= 1:
        raise ImproperlyConfigured(f"{name} is “{value}”; it takes a number from 0 to 1, such as 0.85.")
    return number


def choice(name: str, *choices: str) -> str:
    """One of these; the first when nothing is said."""
    value = env.str(name, default="") or choices[0]
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is “{value}”; it takes one of {', '.join(choices)}.")
    return value


# Core -----------------------------------------------------------------------------------------------------

DEBUG = flag("DEBUG", default=False)

# Everything that the site writes lives here: the embedded database, the key file, collected static files.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()

SECRET_KEY = env.str("SECRET_KEY", default="") or read_or_create_secret_key(VAR_DIR / "secret_key")

ALLOWED_HOSTS = names("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = names("CSRF_TRUSTED_ORIGINS", default=[])
CSRF_FAILURE_VIEW = "qa_site.pages.errors.csrf_failure"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.forms",
    "django.contrib.postgres",
    # Before allauth, some of whose words it replaces.
    "qa_site.accounts",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "taggit",
    "qa_site",
    "door",
    "questions",
    "answers",
    "qa_site.moderation",
    "qa_site.stackexchange",
    "qa_site.demo",
]

MIDDLEWARE = [
    "qa_site.accounts.languages.FreshLanguageMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Static files are compressed already. Pads every page by a random length, so that its size tells nothing of the
    # secrets on it (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "qa_site.accounts.languages.AccountLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "door.middleware.LimitsMiddleware",
    "qa_site.pages.errors.ErrorPagesMiddleware",
    "door.keeping_out.KeepOutMiddleware",
]

ROOT_URLCONF = "qa_site.urls"
WSGI_APPLICATION = "qa_site.wsgi.application"

# Texts longer than this are refused before they are read into memory; the forms' own limits are lower.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# No form takes a file; what is sent all the same is dropped while it is read.
FILE_UPLOAD_HANDLERS = ["qa_site.uploads.DropFiles"]

# Database -------------------------------------------------------------------------------------------------

if env.str("DATABASE_URL", default=""):
    DATABASES = {"default": database_from_url(env.str("DATABASE_URL"))}
else:
    DATABASES = {"default": {"ENGINE": "qa_site.embedded_postgres", "NAME": "qa_site"}}
# A connection of the pool is tried before a request uses it, so that a database that was restarted is not felt.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# One pool a process; its size bounds how many requests of a worker may hold a connection at once.
DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 10, "timeout": 10}

EMBEDDED_POSTGRES_DIR = VAR_DIR / "postgres"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# E-mail ---------------------------------------------------------------------------------------------------

try:
    vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
except ImproperlyConfigured as error:
    raise ImproperlyConfigured(f"EMAIL_URL cannot be read: {error}.") from error
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="webmaster@localhost")

# Globalization --------------------------------------------------------------------------------------------

LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("fr", "Français"), ("es", "Español"), ("ar", "العربية")]
LANGUAGE_CODE = choice("SITE_LANGUAGE", *(code for code, _ in LANGUAGES))
# Every page has an address in each language then, such as /de/questions/, and the address alone tells which.
LANGUAGE_IN_ADDRESS = flag("LANGUAGE_IN_ADDRESS", default=False)
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
if TIME_ZONE not in available_timezones():
    raise ImproperlyConfigured(f"TIME_ZONE is “{TIME_ZONE}”; it takes a name such as Europe/Berlin.")
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "qa_site.formats"

# HTTP and security ----------------------------------------------------------------------------------------

# Served over HTTPS: cookies are then marked secure and plain requests are redirected.
HTTPS = flag("HTTPS", default=False)
# Behind a proxy that ends HTTPS and always sets X-Forwarded-Proto itself; anyone else could make it up.
if flag("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# For how long browsers refuse plain HTTP. A day does no lasting harm where HTTPS was switched on too early.
SECURE_HSTS_SECONDS = number("HSTS_SECONDS", default=24 * 60 * 60 if HTTPS else 0)
# What else runs under the names below ours, and whether the domain goes into the lists that browsers are built with,
# is for the owner of the domain to decide and hard to take back; so these two warnings are not for everybody.
SECURE_HSTS_INCLUDE_SUBDOMAINS = flag("HSTS_INCLUDE_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = flag("HSTS_PRELOAD", default=False)
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
# No other site learns what was read here, no page shows ours in a frame or keeps a hold on its window.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Scripts read no cookie: the token of a form stands in the form.
CSRF_COOKIE_HTTPONLY = True

# The pages use none of these, so no text that slipped through could.
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
        "gyroscope", "magnetometer", "microphone", "midi", "payment", "publickey-credentials-get",
        "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
    )
}  # fmt: skip

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# Logging --------------------------------------------------------------------------------------------------

# To the console, which is what a process manager reads; Django's own default would be silent without DEBUG.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Pages that were not found are no errors of the site.
        "django.request": {"level": "ERROR"},
        # Would warn of every HEAD that Django answers as it does a GET, leaving the body for the server to drop.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}

# Templates ------------------------------------------------------------------------------------------------

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "qa_site.pages.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.l10n",
                "django.contrib.humanize.templatetags.humanize",
                "qa_site.templatetags.site",
            ],
        },
    },
]

# Finds our own templates of form fields before Django's.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Accounts -------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_REDIRECT_URL = "home"
LOGIN_URL = "account_login"

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "qa_site.accounts.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "qa_site.accounts.forms.SignupForm"
ACCOUNT_USER_DISPLAY = "qa_site.accounts.models.shown_name"
ACCOUNT_EMAIL_VERIFICATION = choice("EMAIL_VERIFICATION", "mandatory", "optional", "none")
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGOUT_ON_GET = False
# The door counts instead (door/limits.py): allauth counts in the cache, of which every process has its own.
ACCOUNT_RATE_LIMITS = False
# Neither signing in, signing up nor a forgotten password tells whether somebody has an account.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"

# Static files ---------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "qa_site.faces.finders.FaceFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# The site itself ------------------------------------------------------------------------------------------

SITE_NAME = env.str("SITE_NAME", default="One Answer")
GUESTS_MAY_ASK = flag("GUESTS_MAY_ASK", default=True)
GUESTS_MAY_ANSWER = flag("GUESTS_MAY_ANSWER", default=True)
GUESTS_MAY_COMMENT = flag("GUESTS_MAY_COMMENT", default=True)
# What guests write waits for a moderator, unless they confirmed their address and a comment of theirs was approved.
HOLD_GUESTS = flag("HOLD_GUESTS", default=True)
# Also the first text of every member waits, even without links.
HOLD_NEWCOMERS = flag("HOLD_NEWCOMERS", default=False)
# More links than this hold a comment, and whatever strangers write.
MAX_LINKS = number("MAX_LINKS", default=2)
# So many texts within so many minutes from one account, guest or block of addresses; what comes then waits.
BURST_TEXTS = number("BURST_TEXTS", default=5)
BURST_MINUTES = number("BURST_MINUTES", default=5)
# Texts that the classifier takes for spam with this certainty, 0 to 1, wait.
SPAM_HELD_FROM = share("SPAM_HELD_FROM", default=0.9)
# Days after a question or an answer was written in which it takes comments; 0 for ever.
COMMENTS_CLOSE_AFTER = number("COMMENTS_CLOSE_AFTER", default=0)
# Whom nothing holds, and who counts what became of a writer's texts: the door knows nothing of what is inside.
NEVER_JUDGED = "answers.moderate_comment"
WRITER_RECORDS = "qa_site.moderation.records"
# What puts a text before moderators in which watched words stand.
FLAG_TEXTS = "answers.flagging.flag"
QUESTIONS_PER_PAGE = 20

# Shows the pictures that people put into their texts by address, which tells other sites who reads; else they
# become links. Texts are rendered when they are written, so a change is for what is written from then on.
SHOW_PICTURES = flag("SHOW_PICTURES", default=False)
if SHOW_PICTURES:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append("https:")

# Who edits the answers of others at once; everybody else with an account proposes edits.
EDITORS = choice("EDITORS", "trusted", "members", "moderators")
# A member is trusted after so many answers that others found useful, or proposed edits that were accepted.
TRUSTED_FROM = number("TRUSTED_FROM", default=3)

# How many seconds people without an account take at least to fill in a form; programs are quicker.
FORM_MIN_SECONDS = number("FORM_MIN_SECONDS", default=2)
# A text is hidden until a moderator looks when members whose words weigh so much together report it; 0 for never.
REPORTS_HIDE = number("REPORTS_HIDE", default=3)

# How often each act may be done, where that is to be other than in door/allowances.py.
try:
    LIMITS = read_allowances(env.str("LIMITS", default=""))
except ValueError as error:
    raise ImproperlyConfigured(f"LIMITS: {error}") from error
# What the door asks of the site: which act a request is, and for the page past a limit.
LIMITED_ACT = "qa_site.limited.act_of"
LIMIT_PAGE = "qa_site.limited.too_many"
# After so many counted requests of a process, rows of the door that are worth nothing any more are deleted.
SWEEP_DOOR_EVERY = 500
# How many guests from one block of addresses may find the same answer useful.
USEFUL_PER_ADDRESS_BLOCK = number("USEFUL_PER_ADDRESS_BLOCK", default=5)
# How many proxies of ours stand before the site, each of which adds to X-Forwarded-For the address it was asked from.
TRUSTED_PROXIES = number("TRUSTED_PROXIES", default=0)

# A program that is asked about texts of people who are not known yet, as a dotted path; "" for none. What takes longer
# than so many seconds, or fails, holds the text (docs/how-to/stop-spam.md).
SPAM_CHECKER = env.str("SPAM_CHECKER", default="")
SPAM_CHECKER_TIMEOUT = number("SPAM_CHECKER_TIMEOUT", default=2)
# For door.akismet.check: the key that the service gave, the address of this site as it is known there, and the service.
SPAM_CHECKER_KEY = env.str("SPAM_CHECKER_KEY", default="")
SPAM_CHECKER_SITE = env.str("SPAM_CHECKER_SITE", default="")
SPAM_CHECKER_URL = env.str("SPAM_CHECKER_URL", default="https://rest.akismet.com/1.1/comment-check")

# Under what terms people give what they write; shown in the footer and beside the contributors.
LICENCE = env.str("LICENCE", default="CC BY-SA 4.0")
LICENCE_URL = env.str("LICENCE_URL", default="https://creativecommons.org/licenses/by-sa/4.0/")

# How sure the matcher must be, 0 to 1: to ask “Is this your question?”, and to make the words of a member who says
# yes an alternate at once rather than after a moderator has looked (docs/explanation/finding-duplicates.md).
SAME_QUESTION_FROM = share("SAME_QUESTION_FROM", default=0.7)
ALTERNATE_AT_ONCE_FROM = share("ALTERNATE_AT_ONCE_FROM", default=0.8)

# Where the weights of the encoder are, unless they come from the package of requirements-model.txt.
EMBEDDING_MODEL_DIR = env.str("EMBEDDING_MODEL_DIR", default="")
