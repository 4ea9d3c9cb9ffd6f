"""The people and the helpers that every test may ask for."""

import signal

import hypothesis
import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.utils import translation

from qa_site.accounts.groups import MODERATORS
from qa_site.accounts.models import User
from questions import asking
from questions.duplicates import stems
from questions.models import Question

# The machines of tests may be busy, so no test fails by the clock.
hypothesis.settings.register_profile("site", deadline=None)
hypothesis.settings.load_profile("site")

# What a shell starts in the background ignores Ctrl-C, and so would the programs that tests start and interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def nothing_kept():
    """What the site keeps for some minutes is not there for the next test, whose questions are others."""
    cache.clear()
    stems.forget_rarity()
    # A request in another language leaves the thread in it.
    translation.deactivate()


@pytest.fixture
def asker(db) -> User:
    return User.objects.create_user("asker@example.org", name="Amina")


@pytest.fixture
def stranger(db) -> User:
    return User.objects.create_user("stranger@example.org", name="Jonas")


@pytest.fixture
def moderator(db) -> User:
    user = User.objects.create_user("moderator@example.org", name="Mei")
    user.groups.add(Group.objects.get(name=MODERATORS))
    return user


@pytest.fixture
def admin(db) -> User:
    return User.objects.create_superuser("admin@example.org", name="Ada")


@pytest.fixture
def ask(db):
    """Ask a question by its wording alone, as nobody in particular."""

    def ask_it(text: str, **options) -> Question:
        return asking.ask(text, **options)

    return ask_it


@pytest.fixture
def with_model(settings):
    """The site as it is with the encoder's weights, which tests are otherwise without."""
    settings.EMBEDDING_MODEL_DIR = ""
