"""The groups of the site and what their members may do."""

from django.contrib.auth.models import Group, Permission

MODERATORS = "Moderators"

# "app.codename" as in user.has_perm(); the admin shows the same list at the group.
MODERATORS_MAY = (
    "questions.merge_question",
    "questions.unmerge_question",
    "questions.promote_question",
    "questions.reword_question",
    "questions.hide_question",
    "questions.lock_question",
    "questions.close_comments",
    "questions.decide_duplicatecandidate",
    "answers.edit_answer",
    "answers.hide_answer",
    "answers.protect_answer",
    "answers.fold_answer",
    "answers.review_edit",
    "answers.moderate_comment",
    "answers.settle_report",
    "moderation.hide_wave",
    "moderation.block_writers",
    "moderation.watch_words",
)


def give_moderators_their_permissions(**kwargs: object) -> None:
    """Create the group Moderators if it is missing, with its permissions as far as they exist by now.

    Permissions that an admin has added to the group are left alone; one of these that was taken away comes
    back with the next migrate, so whoever is to do less belongs into a group of another name.
    """
    group, _ = Group.objects.get_or_create(name=MODERATORS)
    for label in MODERATORS_MAY:
        app, codename = label.split(".")
        permission = Permission.objects.filter(content_type__app_label=app, codename=codename).first()
        if permission is not None:
            group.permissions.add(permission)
