"""What waits, was rejected, is spam or was hidden: its words stand at no address of the site, and it counts nowhere."""

import re
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.utils import timezone

from answers import answering, commenting, moderation
from answers.models import Answer, Comment
from door.admitting import Admission
from door.models import Guest
from qa_site.accounts.models import User
from questions import asking, merging
from questions import moderation as question_moderation
from questions.models import Act, Question, State
from tests.pages.conftest import PageClient, signed_in
from tests.pages.test_doors import ROUTES

pytestmark = pytest.mark.django_db

# What every hidden word holds. Pages are full of random tokens, in which four letters stand soon enough; twelve do not.
MARK = "zyxqwvkjbpgh"
STATES = [State.PENDING, State.REJECTED, State.SPAM, State.HIDDEN]


def secret(what: str, state: str) -> str:
    """A word that nobody writes by chance."""
    return f"{MARK.title()}{what}{state}"


@pytest.fixture
def shown(ask, asker, moderator):
    """A page as readers see it, with an alternate, an answer and a comment."""
    question = ask("How warm is lava on a cold day?", by=asker, tags=["lava"])
    merging.add_alternate("What is the warmth of lava on a cold day?", to=question, by=asker)
    answer = answering.answer(question, "About 1,000 °C.", by=asker)
    commenting.comment(answer, "Good to know.", by=asker)
    return question


@pytest.fixture
def writer(db) -> User:
    return User.objects.create_user(f"{MARK}member@example.org", name="Wanda")


def hold_some(shown: Question, writer: User, moderator: User) -> None:
    """Write one of each kind in each state, by a guest and by a member, and something beside what is shown."""
    answer = shown.answers.get()
    for number, state in enumerate(STATES):
        guest = Guest.objects.create(
            token=uuid4(),
            email=f"{MARK}mail{number}@example.org",
            name=secret("Name", state),
            created_at=timezone.now(),
        )
        admission = Admission(is_held=True, reasons=(secret("Reason", state),), guest=guest)
        for by, name in ((None, secret("Name", state)), (writer, "")):
            who = secret("Guest" if name else "Member", state)
            options = {"by": by, "guest_name": name, "admission": admission}
            question = asking.ask(
                f"How warm is lava {who}question?",
                details=f"{who}details lava",
                tags=[f"{who}tag".lower()],
                **options,
            )
            texts = [
                question,
                answering.answer(shown, f"{who}answer lava is warm on a cold day", **options),
                answering.answer(question, f"{who}answer2 lava is warm on a cold day", **options),
                commenting.comment(shown, f"{who}comment", **options),
                commenting.comment(
                    answer, f"{who}comment2", website=f"https://{MARK}site.example", **options
                ),
            ]
            for text in texts if state != State.PENDING else []:
                if isinstance(text, Question):
                    question_moderation.set_state(text, state, by=moderator)
                elif isinstance(text, Answer):
                    moderation.set_state(text, state, by=moderator)
                else:
                    moderation.set_comment_state(text, state, by=moderator)


def addresses(shown: Question) -> list[str]:
    """Every address of the site that a GET may be sent to, with every number that leads to something."""
    numbers = {
        "questions": Question.objects.values_list("pk", flat=True),
        "answers": Answer.objects.values_list("pk", flat=True),
        "comments": Comment.objects.values_list("pk", flat=True),
        "acts": Act.objects.values_list("pk", flat=True),
        "users": User.objects.values_list("pk", flat=True),
    }
    found = []
    for route in ROUTES.values():
        for pk in numbers.get(route.split("/")[0], [1]):
            address = (
                route.replace("<int:pk>", str(pk))
                .replace("<int:into>", str(shown.pk))
                .replace("<int:number>", "1")
                .replace("<str:slug>", "x")
                .replace("<str:name>", "lava")
                .replace("<str:signed>", "x")
            )
            found.append(f"/{address}")
    words = ["lava", "warm", MARK, "How warm is lava", *(secret("Guest", state) for state in STATES)]
    for word in [*words, *(f"How warm is lava {secret('Member', state)}question?" for state in STATES)]:
        found += [f"/search/?q={word}", f"/ask/similar/?text={word}", f"/ask/?text={word}"]
        found += [f"/tags-complete/?tags={word}", f"/questions/{shown.pk}/merge/?q={word}"]
        found += [f"/questions/{shown.pk}/suggest-merge/?q={word}"]
    found += [f"{shown.get_absolute_url()}?order={order}" for order in ("useful", "newest", "oldest")]
    return sorted({*found, *(f"/tags/{secret('Guest', state)}tag/" for state in STATES)})


def without_what_was_typed(page: str, address: str) -> str:
    """The page without the words that the reader typed into the address."""
    page = re.sub(r'\?next=[^"]*', "", page)
    for typed in re.findall(r"=(.+)$", address):
        page = re.sub(re.escape(typed), "", page, flags=re.IGNORECASE)
    return page


def test_no_word_of_what_readers_do_not_see_stands_at_any_address(shown, writer, moderator, stranger):
    hold_some(shown, writer, moderator)
    visible = set(Question.objects.visible().values_list("pk", flat=True))
    leaks = []
    for client in (PageClient(), signed_in(stranger)):
        for address in addresses(shown):
            response = client.get(address)
            assert response.status_code < 500, address
            if response.headers.get("Content-Type") == "image/png":
                assert int(address.split("/")[2]) in visible, address
                continue
            page = without_what_was_typed(response.content.decode() + response.get("Location", ""), address)
            if address.startswith(f"/tags/{MARK.title()}"):
                # A tag of nothing that readers see is as one that nobody ever gave; the page offers to search for it.
                assert response.status_code == 404
                continue
            leaks += [
                (address, page[max(0, at.start() - 60) : at.end() + 30])
                for at in re.finditer(MARK, page, re.IGNORECASE)
            ]
    assert leaks == []


def counts(client, shown: Question) -> list[str]:
    """The pages on which something is counted or listed, without what differs from one request to the next."""
    pages = []
    for address in (
        *("/", "/active/", "/unanswered/", "/useful/", "/tags/", "/tags/lava/", "/alternates/", "/merges/"),
        *("/search/?q=lava", "/ask/similar/?text=lava on a cold day", shown.get_absolute_url()),
        f"/users/{shown.author_id}/",
    ):
        cache.clear()
        page = client.get(address).content.decode()
        pages.append(re.sub(r'name="(csrfmiddlewaretoken|stamp)" value="[^"]*"|<time.*?</time>', "", page))
    return pages


def test_what_readers_do_not_see_counts_nowhere(shown, writer, moderator, stranger):
    clients = (PageClient(), signed_in(stranger))
    before = [counts(client, shown) for client in clients]
    hold_some(shown, writer, moderator)
    assert [counts(client, shown) for client in clients] == before


def test_the_page_of_a_member_of_whom_nothing_is_shown_counts_nothing(shown, writer, moderator, stranger):
    hold_some(shown, writer, moderator)
    page = signed_in(stranger).get(writer.get_absolute_url()).content.decode()
    assert MARK not in page.lower()


def test_only_who_looks_after_hidden_things_learns_of_a_text_that_waits_by_its_number(
    shown, writer, moderator, stranger
):
    hold_some(shown, writer, moderator)
    never_there = Question.objects.order_by("-pk")[0].pk + 1_000
    for question in Question.objects.filter(state=State.PENDING):
        missing = signed_in(stranger).get(f"/questions/{never_there}/")
        waiting = signed_in(stranger).get(f"/questions/{question.pk}/")
        assert (missing.status_code, waiting.status_code) == (404, 404)
        pages = [
            re.sub(r'\d+|value="[^"]*"', "", response.content.decode()) for response in (missing, waiting)
        ]
        assert pages[0] == pages[1]
        assert signed_in(moderator).get(f"/questions/{question.pk}/").status_code == 301
