"""The site as started from a shell: what it writes for itself, and what it refuses to start with."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qa_site.secret_key import read_or_create_secret_key

ROOT = Path(__file__).parents[2]


# The last is set for the browser tests, which may have run before in this process.
_OF_THESE_TESTS = {"DJANGO_SETTINGS_MODULE", "SECRET_KEY", "DEBUG", "DJANGO_ALLOW_ASYNC_UNSAFE"}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in _OF_THESE_TESTS}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=clean | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_key_is_written_once_and_for_its_owner_only(tmp_path):
    path = tmp_path / "var" / "secret_key"
    key = read_or_create_secret_key(path)
    assert len(key) >= 50
    assert read_or_create_secret_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_many_processes_that_start_at_once_agree_on_one_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: read_or_create_secret_key(tmp_path / "secret_key"), range(8)))
    assert len(set(keys)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_debug_is_off_unless_asked_for(tmp_path):
    show = "from django.conf import settings; print(settings.DEBUG)"
    assert manage("shell", "-v0", "-c", show, VAR_DIR=str(tmp_path)).stdout.strip() == "False"
    assert manage("shell", "-v0", "-c", show, VAR_DIR=str(tmp_path), DEBUG="1").stdout.strip() == "True"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("HTTPS", "2"),
        ("GUESTS_MAY_ASK", "perhaps"),
        ("EMAIL_VERIFICATION", "sometimes"),
        ("HSTS_SECONDS", "long"),
        ("LIMITS", "ask=often"),
        ("EMAIL_URL", "nonsense"),
        ("TIME_ZONE", "Europe/Atlantis"),
        ("DATABASE_URL", "mysql://user:sesame@host/name"),
        ("DATABASE_URL", "nonsense"),
    ],
)
def test_a_setting_that_cannot_be_understood_stops_the_start_with_its_name(tmp_path, name, value):
    result = manage("check", VAR_DIR=str(tmp_path), **{name: value})
    assert result.returncode == 1
    assert name in result.stderr
    assert "Traceback" not in result.stderr
    assert "sesame" not in result.stderr


def test_an_error_of_the_site_is_written_to_the_console(tmp_path):
    code = "import logging; logging.getLogger('django.request').error('it broke')"
    result = manage("shell", "-v0", "-c", code, VAR_DIR=str(tmp_path))
    assert "ERROR django.request: it broke" in result.stderr


PRODUCTION = {"HTTPS": "1", "ALLOWED_HOSTS": "qa.example.org", "BEHIND_PROXY": "1", "TRUSTED_PROXIES": "1"}


@pytest.mark.parametrize("more", [{}, {"SECRET_KEY": "k" * 20 + "0123456789abcdefghijklmnopqrstuvwxyz"}])
def test_the_check_for_a_public_site_has_nothing_to_say(tmp_path, more):
    result = manage(
        "check", "--deploy", "--fail-level", "WARNING", VAR_DIR=str(tmp_path), **PRODUCTION, **more
    )
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout
    assert result.stderr == ""


def test_a_public_site_speaks_https_alone_and_its_cookies_with_it(tmp_path):
    code = """if True:
        from django.test import Client
        plain, encrypted = Client(), Client(headers={"X-Forwarded-Proto": "https", "Host": "qa.example.org"})
        print(plain.get("/accounts/login/", headers={"Host": "qa.example.org"})["Location"])
        page = encrypted.get("/accounts/login/")
        print(page["Strict-Transport-Security"], page.cookies["csrftoken"].OutputString())
        from django.conf import settings
        print(settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY, settings.SESSION_COOKIE_SAMESITE)
    """
    result = manage("shell", "-v0", "-c", code, VAR_DIR=str(tmp_path), DEBUG="1", **PRODUCTION)
    leads, header, session = result.stdout.strip().splitlines()
    assert leads == "https://qa.example.org/accounts/login/"
    assert header.startswith("max-age=86400 csrftoken=")
    assert {"HttpOnly", "Secure", "SameSite=Lax"} <= set(header.split("; "))
    assert session == "True True Lax"
