"""Spam waves: what matches, that just what was shown is hidden, and that undoing brings all back as it was."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from answers import answering, commenting, moderation, reporting
from answers.invariants import INVARIANTS as ANSWERS
from answers.models import Answer, Comment, Report
from door.admitting import Admission
from door.models import Block, Guest
from qa_site.accounts.models import User
from qa_site.moderation import waves
from qa_site.moderation.models import DeskAct, HiddenByWave, Wave
from qa_site.moderation.wave_matching import Target, match, well_known
from questions import asking, merging
from questions import moderation as question_moderation
from questions.invariants import INVARIANTS as QUESTIONS
from questions.models import HomeTally, Question, State

Kind = Wave.Kind
HELD = Admission(is_held=True, reasons=("By a guest.",))
LINKS = "Buy at https://spam.example/now"


def check_invariants():
    for invariant in QUESTIONS + ANSWERS:
        assert invariant.first_offenders()[0] == 0, invariant.sentence


def hide(target, *, by, **options) -> Wave:
    matched = match(target, with_moderators=options.get("with_moderators", False))
    return waves.hide(target, by=by, reason="Spam", fingerprint=matched.fingerprint, **options)


def everything():
    """All that a wave may change, as it is just now."""
    return (
        list(Question.objects.order_by("pk").values()),
        list(Answer.objects.order_by("pk").values()),
        list(Comment.objects.order_by("pk").values()),
        list(HomeTally.objects.order_by("pk").values()),
        list(Report.objects.order_by("pk").values()),
    )


def matching(kind, value) -> list[str]:
    ids = match(Target(kind, value)).ids
    texts = [
        *Question.objects.filter(pk__in=ids["question"]).order_by("pk"),
        *Answer.objects.filter(pk__in=ids["answer"]).order_by("pk"),
        *Comment.objects.filter(pk__in=ids["comment"]).order_by("pk"),
    ]
    return [text.text for text in texts]


@pytest.fixture
def site(ask, asker, stranger, moderator):
    """A family with spam at the primary and at the alternate, spam of its own page, and what is no spam."""
    question = ask("How do bees find home?", by=asker)
    alternate = merging.add_alternate("How do bees get home?", to=question, by=asker).question
    good = answering.answer(question, "By the sun.", by=asker)
    answering.answer(question, LINKS + " best", by=stranger, useful_elsewhere=9)
    answering.answer(alternate, LINKS + " at the alternate", by=stranger)
    answering.answer(alternate, LINKS + " waits", guest_name="Bo", admission=HELD)
    spam = ask("Cheap pills?", details=LINKS, by=stranger)
    alternate_spam = merging.add_alternate("Cheap spam.example pills?", to=question, by=stranger).question
    answering.answer(spam, "A good answer to a bad question.", by=asker)
    commenting.comment(good, f"See <a href='//www.spam.example'>{LINKS}</a>", by=stranger)
    commenting.comment(question, "I wonder too.", by=asker)
    reporting.report(spam, "spam", by=asker)
    return {
        "question": question,
        "good": good,
        "spam": spam,
        "alternate": alternate,
        "alternate_spam": alternate_spam,
    }


def test_hiding_takes_all_out_of_sight_and_undoing_brings_it_back(site, moderator):
    before = everything()
    wave = hide(Target(Kind.LINK_DOMAIN, "spam.example"), by=moderator)
    assert wave.hidden_count == 5
    assert set(Answer.objects.filter(state=State.HIDDEN).values_list("text", flat=True)) == {
        LINKS + " best",
        LINKS + " at the alternate",
        LINKS + " waits",
    }
    assert Comment.objects.get(state=State.HIDDEN).text.startswith("See")
    question = Question.objects.get(pk=site["question"].pk)
    assert (question.answer_count, question.useful_count, question.lead) == (1, 0, "By the sun.")
    assert Question.objects.get(pk=site["spam"].pk).state == State.HIDDEN
    assert Report.objects.get().outcome == Report.Outcome.UPHELD
    check_invariants()
    call_command("check_families")

    undone = waves.undo(wave, by=moderator)
    assert undone == waves.Undone(restored=5, left=0)
    assert everything() == before
    check_invariants()
    assert [(act.kind, act.sentence) for act in DeskAct.objects.order_by("pk")] == [
        ("wave hidden", "5 texts that link to spam.example were hidden."),
        ("wave undone", "5 texts that link to spam.example are as before a wave was hidden."),
    ]


def test_open_reports_about_what_is_hidden_are_upheld_until_it_is_back_and_settled_ones_stay(
    site, asker, moderator
):
    answer, comment = Answer.objects.get(text=LINKS + " best"), Comment.objects.get(text__startswith="See")
    reporting.report(answer, "rude", by=asker)
    reporting.settle(answer, Report.Outcome.DECLINED, by=moderator)
    for text in (answer, comment):
        reporting.report(text, "spam", by=asker)
    before = everything()
    wave = hide(Target(Kind.LINK_DOMAIN, "spam.example"), by=moderator)
    outcomes = Report.objects.order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == ["upheld", "declined", "upheld", "upheld"]
    waves.undo(wave, by=moderator)
    assert everything() == before


def test_a_hidden_alternate_is_not_counted_until_it_is_back(site, stranger, moderator):
    wave = hide(Target(Kind.ACCOUNT, str(stranger.pk)), by=moderator)
    question = Question.objects.get(pk=site["question"].pk)
    assert question.wording_count == 2
    check_invariants()
    waves.undo(wave, by=moderator)
    question.refresh_from_db()
    assert question.wording_count == 3
    check_invariants()


def test_what_somebody_decided_since_stays_and_is_told(site, moderator):
    wave = hide(Target(Kind.LINK_DOMAIN, "spam.example"), by=moderator)
    restored, rejected, hidden_anew = Answer.objects.filter(state=State.HIDDEN).order_by("pk")
    moderation.set_state(restored, State.APPROVED, by=moderator)
    moderation.set_state(rejected, State.REJECTED, by=moderator)
    moderation.set_state(hidden_anew, State.APPROVED, by=moderator)
    moderation.set_state(hidden_anew, State.HIDDEN, by=moderator)
    question_moderation.set_state(site["spam"], State.SPAM, by=moderator)
    undone = waves.undo(wave, by=moderator)
    assert undone == waves.Undone(restored=1, left=4)
    states = dict(Answer.objects.values_list("pk", "state"))
    assert [states[text.pk] for text in (restored, rejected, hidden_anew)] == [
        State.APPROVED,
        State.REJECTED,
        State.HIDDEN,
    ]
    assert Question.objects.get(pk=site["spam"].pk).state == State.SPAM
    assert "4 more stay" in DeskAct.objects.get(kind="wave undone").sentence
    check_invariants()


def test_a_wave_is_undone_once_and_within_thirty_days(site, moderator):
    wave = hide(Target(Kind.LINK_DOMAIN, "spam.example"), by=moderator)
    Wave.objects.update(created_at=timezone.now() - timedelta(days=31))
    with pytest.raises(waves.CannotUndo, match="more than 30 days"):
        waves.undo(wave, by=moderator)
    assert Answer.objects.filter(state=State.HIDDEN).exists()
    Wave.objects.update(created_at=wave.created_at)
    waves.undo(wave, by=moderator)
    with pytest.raises(waves.CannotUndo, match="already"):
        waves.undo(wave, by=moderator)


def test_two_waves_over_the_same_texts_hide_each_once(site, stranger, moderator):
    before = everything()
    first = hide(Target(Kind.LINK_DOMAIN, "spam.example"), by=moderator)
    second = hide(Target(Kind.ACCOUNT, str(stranger.pk)), by=moderator)
    assert (first.hidden_count, second.hidden_count) == (5, 1)
    waves.undo(first, by=moderator)
    waves.undo(second, by=moderator)
    assert everything() == before


@pytest.mark.parametrize("change", ["a new text", "a decision", "another domain"])
def test_nothing_is_hidden_when_other_texts_match_than_were_shown(site, stranger, moderator, change):
    target = Target(Kind.LINK_DOMAIN, "spam.example")
    shown = match(target).fingerprint
    if change == "a new text":
        answering.answer(site["question"], LINKS + " again", by=stranger)
    elif change == "a decision":
        moderation.hide(Answer.objects.get(text__endswith="best"), by=moderator)
    else:
        target = Target(Kind.LINK_DOMAIN, "other.example")
    before = everything()
    with pytest.raises(waves.WaveChanged):
        waves.hide(target, by=moderator, reason="Spam", fingerprint=shown)
    assert everything() == before
    assert not Wave.objects.exists()


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org",
        "HTTPS://EXAMPLE.ORG/path",
        "see http://shop.example.org/?a=b",
        "http://www.example.org:8080/",
        "https://user:pass@example.org/",
        "https://example.org./",
        "[a](https://example.org)",
        '<a href="//example.org/x">a</a>',
        '<a href="https:\\\\example.org">a</a>',
        "(www.example.org)",
    ],
)
def test_a_link_to_the_domain_or_below_it_is_found(ask, stranger, link):
    commenting.comment(ask("A question?"), link, by=stranger)
    assert matching(Kind.LINK_DOMAIN, "example.org") == [link] or "href" in link
    commented = Comment.objects.get()
    if "example.org" in commented.html:
        assert match(Target(Kind.LINK_DOMAIN, "example.org")).count == 1


@pytest.mark.parametrize(
    "link",
    [
        "https://badexample.org",
        "https://example.organic",
        "https://example.org.uk/",
        "https://example-org.net/",
        "https://exampleXorg/",
        "https://fine.net/?about=example.org",
        "https://example.org@fine.net/",
        "I like example.org very much",
        "mailto:me@example.org",
    ],
)
def test_what_only_looks_like_the_domain_is_not(ask, stranger, link):
    question = ask("A question?")
    commenting.comment(question, link, by=stranger)
    answering.answer(question, link, by=stranger)
    assert matching(Kind.LINK_DOMAIN, "example.org") == []


def test_a_domain_with_other_letters_is_found_in_every_spelling(ask, stranger):
    question = ask("A question?")
    answering.answer(question, "One [a](https://münchen.example/)", by=stranger)
    answering.answer(question, "Two [a](https://xn--mnchen-3ya.example/)", by=stranger)
    answering.answer(question, "Three [a](https://m%C3%BCnchen.example/)", by=stranger)
    for spelling in ("münchen.example", "xn--mnchen-3ya.example"):
        assert len(matching(Kind.LINK_DOMAIN, spelling)) == 3


def test_the_website_of_a_comment_counts_as_a_link(ask):
    comment = commenting.comment(ask("A question?"), "Nice.", guest_name="Bo")
    Comment.objects.filter(pk=comment.pk).update(website="https://spam.example/")
    assert matching(Kind.LINK_DOMAIN, "spam.example") == ["Nice."]


@pytest.mark.parametrize(
    "sign", ["100%", "a_b", "back\\slash", "c++ (2.0)", "[x]", "^$", "a.b*", "it's", '"q"', "{1,2}"]
)
def test_every_sign_of_a_phrase_is_just_a_sign(ask, stranger, sign):
    question = ask("A question?")
    answering.answer(question, f"It says {sign.upper()} here", by=stranger)
    answering.answer(question, "It says 100 axb backslash c (210) x a1bb its q here", by=stranger)
    assert matching(Kind.PHRASE, sign) == [f"It says {sign.upper()} here"]


def test_a_phrase_is_found_over_line_ends_and_in_every_field(ask, stranger):
    question = ask("Where to buy cheap pills?", by=stranger)
    ask("Another?", details="buy\ncheap pills", by=stranger)
    answering.answer(question, "Buy  cheap\r\n pills!", by=stranger)
    commenting.comment(question, "buy cheap paint", by=stranger)
    assert len(matching(Kind.PHRASE, "buy CHEAP pills")) == 3


def test_case_does_not_matter_in_any_script(ask, stranger):
    answering.answer(ask("A question?"), "Лучшее КАЗИНО города", by=stranger)
    assert matching(Kind.PHRASE, "казино") == ["Лучшее КАЗИНО города"]


def test_a_block_of_addresses_and_a_domain_of_addresses(ask, asker, stranger):
    question = ask("A question?", by=asker)
    guest = Guest.objects.create(
        token="12345678-1234-5678-1234-567812345678", email="x@mail.spam.example", created_at=timezone.now()
    )
    admission = Admission(guest=guest, address_block="a" * 32)
    commenting.comment(question, "From a guest", guest_name="Bo", admission=admission)
    User.objects.filter(pk=stranger.pk).update(email="me@spam.example")
    commenting.comment(question, "From a member", by=stranger)
    commenting.comment(question, "From another", by=asker)
    assert matching(Kind.EMAIL_DOMAIN, "spam.example") == ["From a guest", "From a member"]
    assert matching(Kind.EMAIL_DOMAIN, "pam.example") == []
    assert matching(Kind.ADDRESS_BLOCK, "a" * 32) == ["From a guest"]


def test_texts_of_moderators_are_left_out_unless_they_are_asked_for(ask, moderator, admin, stranger):
    question = ask("A question?")
    for by in (moderator, admin, stranger):
        commenting.comment(question, "cheap pills", by=by)
    target = Target(Kind.PHRASE, "cheap pills")
    matched = match(target)
    assert (matched.count, matched.by_moderators) == (1, 2)
    assert hide(target, by=admin, with_moderators=True).hidden_count == 3


def test_members_with_other_approved_texts_are_warned_about(ask, asker, stranger):
    question = ask("A question?", by=asker)
    for number in range(3):
        commenting.comment(question, f"A good word {number}", by=asker)
    for by in (asker, stranger):
        commenting.comment(question, "cheap pills", by=by)
    matched = match(Target(Kind.PHRASE, "cheap pills"))
    assert well_known(matched) == [asker]
    assert well_known(match(Target(Kind.ACCOUNT, str(asker.pk)))) == []


def test_hiding_can_block_as_well_and_undoing_leaves_the_block(site, stranger, moderator):
    until = timezone.now() + timedelta(days=7)
    wave = hide(Target(Kind.ACCOUNT, str(stranger.pk)), by=moderator, block_until=until)
    assert Block.objects.get().user == stranger
    assert set(DeskAct.objects.values_list("kind", flat=True)) == {"wave hidden", "blocked"}
    waves.undo(wave, by=moderator)
    assert Block.objects.in_force().exists()


def test_when_the_block_cannot_be_set_nothing_is_hidden(admin, moderator, ask):
    ask("Mine?", by=admin)
    before = everything()
    with pytest.raises(waves.CannotBlock):
        hide(
            Target(Kind.ACCOUNT, str(admin.pk)),
            by=moderator,
            with_moderators=True,
            block_until=timezone.now() + timedelta(days=7),
        )
    assert everything() == before
    assert not HiddenByWave.objects.exists()


def test_the_number_of_statements_does_not_grow_with_the_wave(
    ask, stranger, moderator, django_assert_max_num_queries
):
    def fill(name: str, count: int) -> Target:
        for number in range(count):
            question = asking.ask(f"Question {name} {number}?", by=stranger, details=f"pills-{name}")
            answering.answer(question, f"pills-{name}", by=stranger)
            commenting.comment(question, f"pills-{name}", by=stranger)
        return Target(Kind.PHRASE, f"pills-{name}")

    few, many = fill("few", 1), fill("many", 12)
    with django_assert_max_num_queries(45) as first:
        hide(few, by=moderator)
    with django_assert_max_num_queries(len(first)):
        wave = hide(many, by=moderator)
    assert wave.hidden_count == 36
    with django_assert_max_num_queries(30):
        waves.undo(wave, by=moderator)
    check_invariants()


@pytest.mark.django_db(transaction=True)
def test_a_wave_and_decisions_at_once_lose_nothing(moderator, stranger, ask):
    questions = [ask(f"Question {number}?", by=stranger) for number in range(8)]
    answers = [answering.answer(question, "cheap pills", by=stranger) for question in questions]
    comments = [commenting.comment(question, "cheap pills", by=stranger) for question in questions]
    target = Target(Kind.PHRASE, "cheap pills")

    def in_thread(task):
        try:
            return task()
        except Exception as error:
            return error
        finally:
            connection.close()

    def decide(number: int):
        moderation.set_state(answers[number], State.SPAM, by=moderator)
        moderation.set_comment_state(comments[number], State.SPAM, by=moderator)
        merging.merge(questions[number], into=questions[(number + 1) % 8], by=moderator)

    tasks = [lambda n=n: decide(n) for n in range(8)] + [lambda: hide(target, by=moderator)] * 3
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(in_thread, tasks))
    allowed = (
        waves.WaveChanged,
        waves.NothingMatches,
        merging.CannotMerge,
        question_moderation.NothingToChange,
    )
    assert all(not isinstance(result, Exception) or isinstance(result, allowed) for result in results), (
        results
    )
    check_invariants()
    for wave in Wave.objects.all():
        waves.undo(wave, by=moderator)
    check_invariants()
    assert not Answer.objects.filter(state=State.HIDDEN).exists()


@pytest.mark.django_db(transaction=True)
def test_readers_and_writers_elsewhere_do_not_wait_for_a_wave(moderator, stranger, ask):
    touched, other = ask("A question?", by=stranger), ask("Another?", by=stranger)
    answering.answer(touched, "cheap pills", by=stranger)

    def elsewhere():
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '2s'")
            seen = Answer.objects.visible().filter(question=touched).count()
            return seen, answering.answer(other, "Unrelated.", by=stranger).question_id
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        hide(Target(Kind.PHRASE, "cheap pills"), by=moderator)
        assert pool.submit(elsewhere).result(timeout=60) == (1, other.pk)
