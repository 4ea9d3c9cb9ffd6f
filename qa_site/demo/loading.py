"""Fills an empty site with the questions, answers and merges of demo.toml, through the same verbs that people use."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from pathlib import Path

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from answers import answering, commenting, folding, proposing
from answers.models import Answer, Comment
from door.admitting import Admission
from qa_site.accounts.models import User
from questions import asking, following, merging, suggesting
from questions.models import Question

DEMO = Path(__file__).with_name("demo.toml")
ADMIN_EMAIL = "admin@example.org"


def is_empty() -> bool:
    """Whether nobody and nothing is on the site yet."""
    return not User.objects.exists() and not Question.objects.exists()


@transaction.atomic
def load(*, admin_password: str) -> None:
    """Write the demo with a demo admin who signs in as ADMIN_EMAIL. The site must be empty."""
    _Demo(tomllib.loads(DEMO.read_text()), admin_password).load()


class _Demo:
    def __init__(self, demo: dict, admin_password: str) -> None:
        self.demo = demo
        self.now = timezone.now()
        self.admin = User.objects.create_superuser(ADMIN_EMAIL, admin_password, name="Demo admin")
        EmailAddress.objects.create(user=self.admin, email=ADMIN_EMAIL, verified=True, primary=True)
        self.members = {
            member["name"]: User.objects.create_user(member["email"], name=member["name"])
            for member in demo["member"]
        }

    def load(self) -> None:
        for entry in self.demo["question"]:
            question = self.ask(entry)
            for text in entry.get("alternates", []):
                merging.add_alternate(text, to=question, by=self.admin, at=self.at(entry["days_ago"] - 0.5))
            for merged in entry.get("merged", []):
                self.merge(merged, question)
        for wrong in self.demo.get("wrong_merge", []):
            merging.merge(
                self.worded(wrong["source"]),
                into=self.worded(wrong["into"]),
                by=self.admin,
                reason=wrong["reason"],
                at=self.at(wrong["days_ago"]),
            )
        for suggestion in self.demo.get("suggestion", []):
            suggesting.suggest(
                self.worded(suggestion["source"]),
                into=self.worded(suggestion["into"]),
                by=self.members[suggestion["by"]],
                reason=suggestion["reason"],
            )

        for edit in self.demo.get("edit", []):
            answer, text = self.edited(edit)
            answering.edit(answer, text, by=self.members[edit["by"]], summary=edit["summary"])
        for proposal in self.demo.get("proposal", []):
            answer, text = self.edited(proposal)
            proposing.propose(
                answer,
                text,
                by=self.members[proposal["by"]],
                base=answering.newest_revision(answer),
                summary=proposal["summary"],
            )
        for fold in self.demo.get("fold", []):
            folding.fold(
                self.answer_that_begins(fold["answer"]),
                into=self.answer_that_begins(fold["into"]),
                by=self.admin,
                reason=fold["reason"],
            )

    def edited(self, entry: dict) -> tuple[Answer, str]:
        """The answer that an edit is of, and its text with the edit."""
        answer = self.answer_that_begins(entry["of"])
        if entry["replace"] not in answer.text:
            raise LookupError(f"demo.toml edits words that are not there: {entry['replace']}")
        return answer, answer.text.replace(entry["replace"], entry["with"])

    def answer_that_begins(self, words: str) -> Answer:
        return Answer.objects.select_related("question").get(text__startswith=words)

    def ask(self, entry: dict) -> Question:
        question = asking.ask(
            entry["text"],
            details=entry.get("details", "").strip(),
            tags=entry.get("tags", ()),
            at=self.at(entry["days_ago"]),
            **self.writer(entry),
        )
        for name in entry.get("follow", []):
            following.follow(question, by=self.members[name])
        self.comment(question, entry)
        for answer in entry.get("answer", []):
            self.answer(question, answer)
        return question

    def answer(self, question: Question, entry: dict) -> None:
        written = answering.answer(
            question,
            entry["text"].strip(),
            is_accepted=entry.get("accepted", False),
            useful_elsewhere=entry.get("useful", 0),
            at=self.at(entry["days_ago"]),
            **self.writer(entry),
        )
        self.comment(written, entry)

    def comment(self, on: Question | Answer, entry: dict, replies_to: Comment | None = None) -> None:
        """Write the comments of an entry, and the replies to each; "waits" says why one is held."""
        for said in entry.get("reply" if replies_to else "comment", []):
            written = commenting.comment(
                on,
                said["text"],
                replies_to=replies_to,
                at=self.at(said["days_ago"]),
                admission=Admission(
                    is_held="waits" in said, reasons=(said["waits"],) if "waits" in said else ()
                ),
                **self.writer(said),
            )
            self.comment(on, said, replies_to=written)

    def merge(self, entry: dict, question: Question) -> None:
        into = self.worded(entry["merged_into_text"]) if "merged_into_text" in entry else question
        merging.merge(
            self.ask(entry),
            into=into,
            by=self.admin,
            reason=entry["merged_by_reason"],
            at=self.at(entry["merged_days_ago"]),
        )

    def writer(self, entry: dict) -> dict:
        if "by" in entry:
            return {"by": self.members[entry["by"]]}
        return {"guest_name": entry.get("guest", "")}

    def worded(self, text: str) -> Question:
        question = Question.objects.worded(text)
        if question is None:
            raise LookupError(f"demo.toml speaks of a question that is not in it: {text}")
        return question

    def at(self, days_ago: float) -> datetime:
        return self.now - timedelta(days=days_ago)
