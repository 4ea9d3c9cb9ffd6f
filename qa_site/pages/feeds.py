"""Atom feeds: the newest questions, those of a tag, the answers to a question, and what was merged."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed, SyndicationFeed
from django.utils.translation import gettext
from django.views.decorators.http import conditional_page, require_safe

from answers.models import Answer
from questions.access import question_to
from questions.markdown import lead
from questions.models import Act, Question, Tag

_ENTRIES = 30


@dataclass(frozen=True)
class Entry:
    """A line of a feed. `name` stays what it is when the address changes with a rewording."""

    name: str
    title: str
    link: str
    text: str
    author: str | None
    published: datetime
    updated: datetime


@dataclass(frozen=True)
class FeedOf:
    """What one request wants a feed of; `about` is the tag or the question, if it is of one."""

    host: str
    about: Any = None


def _language() -> str:
    """The language of the address or of the site, whoever asks, for what asks for feeds is a program.

    By the date alone, nobody could tell that a feed changed because another language was asked for.
    """
    return translation.get_language() if settings.LANGUAGE_IN_ADDRESS else settings.LANGUAGE_CODE


def _tag(host: str, day: datetime) -> str:
    """The beginning of a tag URI (RFC 4151): who gave the name, and when.

    That is a domain, without port; the signs of other addresses ("[2001:db8::7]") have no place in it.
    """
    name = "-".join(re.findall(r"[\w.-]+", split_domain_port(host)[0]))
    return f"tag:{name},{day:%Y-%m-%d}"


class _Atom(Feed):
    """A feed of entries, each with an id that outlives its address."""

    feed_type = Atom1Feed
    link = "/"

    def get_object(self, request: HttpRequest) -> FeedOf:
        return FeedOf(request.get_host())

    def get_feed(self, obj: FeedOf, request: HttpRequest) -> SyndicationFeed:
        # The feed alone: why there is none is said on a page, in its reader's language.
        with translation.override(_language()):
            return super().get_feed(obj, request)

    def entries(self, about: Any) -> Iterable[Entry]:
        raise NotImplementedError

    def items(self, feed: FeedOf) -> list[tuple[str, Entry]]:
        return [(feed.host, entry) for entry in self.entries(feed.about)]

    def item_guid(self, item: tuple[str, Entry]) -> str:
        host, entry = item
        return f"{_tag(host, entry.published)}:{entry.name}"

    def item_title(self, item: tuple[str, Entry]) -> str:
        return item[1].title

    def item_link(self, item: tuple[str, Entry]) -> str:
        return item[1].link

    def item_description(self, item: tuple[str, Entry]) -> str:
        return item[1].text

    def item_author_name(self, item: tuple[str, Entry]) -> str | None:
        return item[1].author

    def item_pubdate(self, item: tuple[str, Entry]) -> datetime:
        return item[1].published

    def item_updateddate(self, item: tuple[str, Entry]) -> datetime:
        return item[1].updated


def _of_questions(questions: Iterable[Question]) -> Iterable[Entry]:
    for question in questions:
        yield Entry(
            name=f"question/{question.pk}",
            title=question.text,
            link=question.get_absolute_url(),
            text=question.lead or gettext("Nobody has answered this yet."),
            author=question.author_name,
            published=question.created_at,
            updated=max(question.created_at, question.last_activity_at),
        )


class _Newest(_Atom):
    def title(self) -> str:
        return gettext("{site}: newest questions").format(site=settings.SITE_NAME)

    def entries(self, about: None) -> Iterable[Entry]:
        questions = Question.objects.primaries().visible().with_author()
        return _of_questions(questions.order_by("-created_at", "-pk")[:_ENTRIES])


class _OfTag(_Atom):
    def get_object(self, request: HttpRequest, name: str) -> FeedOf:  # type: ignore[override]
        tag = get_object_or_404(Tag.objects.in_use(), slug=name.lower().replace("\x00", ""))
        return FeedOf(request.get_host(), tag)

    def title(self, feed: FeedOf) -> str:
        return gettext("{site}: questions about {tag}").format(site=settings.SITE_NAME, tag=feed.about.name)

    def link(self, feed: FeedOf) -> str:  # type: ignore[override]
        return reverse("tag", args=[feed.about.slug])

    def entries(self, about: Tag) -> Iterable[Entry]:
        questions = Question.objects.tagged(about).visible().with_author()
        return _of_questions(questions.order_by("-created_at", "-pk")[:_ENTRIES])


class _OfQuestion(_Atom):
    def get_object(self, request: HttpRequest, pk: int) -> FeedOf:  # type: ignore[override]
        # The feed of an alternate is that of its page, as an address once served still leads somewhere.
        primary = question_to("read", request, pk).primary
        if primary.is_hidden:
            raise Http404(gettext("There is no feed of a question that readers do not see."))
        return FeedOf(request.get_host(), primary)

    def title(self, feed: FeedOf) -> str:
        return feed.about.text

    def feed_guid(self, feed: FeedOf) -> str:
        # The address changes with the wording; by another id readers would take it for another feed.
        return f"{_tag(feed.host, feed.about.created_at)}:question/{feed.about.pk}/answers"

    def link(self, feed: FeedOf) -> str:  # type: ignore[override]
        return feed.about.get_absolute_url()

    def entries(self, about: Question) -> Iterable[Entry]:
        answers = Answer.objects.of_family(about).visible().with_author_and_home()
        for answer in answers.order_by("-created_at", "-pk")[:_ENTRIES]:
            yield Entry(
                name=f"answer/{answer.pk}",
                title=gettext("Answer by {author}").format(author=answer.author_name),
                link=answer.get_absolute_url(),
                text=lead(answer.html, 500),
                author=answer.author_name,
                published=answer.created_at,
                updated=answer.edited_at or answer.created_at,
            )


class _Merges(_Atom):
    def title(self) -> str:
        return gettext("{site}: what was merged").format(site=settings.SITE_NAME)

    def link(self) -> str:  # type: ignore[override]
        return reverse("merges")

    def entries(self, about: None) -> Iterable[Entry]:
        acts = Act.objects.of_visible_questions().with_people_and_wordings()
        for act in acts.newest()[:_ENTRIES]:
            yield Entry(
                name=f"act/{act.pk}",
                title=act.sentence,
                link=reverse("question-history", args=[act.question_id]),
                text=act.reason,
                author=act.by.name if act.by else None,
                published=act.created_at,
                updated=act.created_at,
            )


def _view(feed: _Atom):
    """A reader that asks again is told "not modified" as long as nothing changed."""

    @require_safe
    @conditional_page
    def view(request: HttpRequest, **of: Any) -> HttpResponse:
        response = feed(request, **of)
        response.headers["Content-Language"] = _language()
        return response

    return view


newest, of_tag, of_question, merges = (_view(feed()) for feed in (_Newest, _OfTag, _OfQuestion, _Merges))
