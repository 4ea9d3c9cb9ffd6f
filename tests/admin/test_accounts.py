"""People in the admin: added with an address, deactivated rather than deleted, made mighty by the mighty."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from qa_site.accounts.models import User
from tests.admin.conftest import list_of, page_of

STAFF_PERMISSIONS = [
    "accounts.view_user",
    "accounts.add_user",
    "accounts.change_user",
    "accounts.delete_user",
]


def posted(user: User, **changes: object) -> dict[str, object]:
    data = {"name": user.name, "email": user.email or ""}
    for flag in ["is_active", "is_staff", "is_superuser"]:
        if getattr(user, flag):
            data[flag] = "on"
    return data | changes


def test_who_opens_the_admin_signs_in_as_everywhere_and_comes_back(client, admin):
    admin.set_password("quiet waters 42")
    admin.save()
    EmailAddress.objects.create(user=admin, email=admin.email, verified=True, primary=True)
    to_sign_in = client.get(reverse("admin:index"), follow=True).redirect_chain[-1][0]
    assert to_sign_in == "/accounts/login/?next=%2Fadmin%2F"
    credentials = {"login": "admin@example.org", "password": "quiet waters 42"}
    page = client.post(to_sign_in, credentials, follow=True)
    assert page.redirect_chain[-1][0] == reverse("admin:index")
    assert page.context["user"] == admin


def test_the_admin_has_no_sign_in_of_its_own(client, admin):
    admin.set_password("quiet waters 42")
    admin.save()
    credentials = {"username": "admin@example.org", "password": "quiet waters 42"}
    response = client.post(reverse("admin:login"), credentials)
    assert response.url.startswith("/accounts/login/")
    assert "_auth_user_id" not in client.session


def test_a_person_is_added_with_address_name_and_password(superuser):
    data = {
        "email": "New@Example.org",
        "name": "Noor",
        "usable_password": "true",
        "password1": "quiet waters 42",
        "password2": "quiet waters 42",
    }
    assert superuser.post(list_of(User) + "add/", data).status_code == 302
    user = User.objects.get(name="Noor")
    assert user.email == "new@example.org"
    assert user.check_password("quiet waters 42")
    assert not user.is_staff


@pytest.mark.parametrize("email", ["", "ASKER@example.org"])
def test_an_address_is_needed_and_is_one_persons(email, superuser, asker):
    data = {"email": email, "name": "Noor", "usable_password": "false"}
    page = superuser.post(list_of(User) + "add/", data)
    assert page.context["adminform"].form.errors["email"]


def test_people_without_an_address_can_be_saved(superuser, db):
    imported = User.objects.create_user(None, name="Imported")
    User.objects.create_user(None, name="Another")
    assert superuser.post(page_of(imported), posted(imported, name="Renamed")).status_code == 302
    imported.refresh_from_db()
    assert (imported.name, imported.email) == ("Renamed", None)


def test_a_new_address_is_the_one_to_sign_in_with(superuser, asker):
    EmailAddress.objects.create(user=asker, email="asker@example.org", verified=True, primary=True)
    superuser.post(page_of(asker), posted(asker, email="Amina@example.org"))
    address = EmailAddress.objects.get()
    assert (address.user, address.email, address.primary) == (asker, "amina@example.org", True)
    asker.refresh_from_db()
    assert asker.email == "amina@example.org"


def test_people_are_deactivated_and_never_deleted(superuser, act, admin, asker):
    assert superuser.post(page_of(asker, "delete"), {"post": "yes"}).status_code == 403
    assert act([asker, admin], "deactivate_selected") == ["Deactivated: 1."]
    asker.refresh_from_db()
    admin.refresh_from_db()
    assert (asker.is_active, admin.is_active) == (False, True)
    act([asker], "reactivate_selected")
    asker.refresh_from_db()
    assert asker.is_active


def test_staff_who_may_change_people_cannot_make_anybody_mighty(staff, act, stranger, admin):
    browser = staff(*STAFF_PERMISSIONS)
    browser.post(page_of(stranger), posted(stranger, name="Jo", is_superuser="on", is_staff="on"))
    stranger.refresh_from_db()
    assert (stranger.name, stranger.is_superuser) == ("Jo", False)
    assert browser.post(page_of(admin), posted(admin, email="mine@example.org")).status_code == 403
    assert browser.get(reverse("admin:auth_user_password_change", args=[admin.pk])).status_code == 403
    act([admin], "deactivate_selected")
    admin.refresh_from_db()
    assert (admin.email, admin.is_active) == ("admin@example.org", True)


def test_people_are_found_by_name_and_address_with_what_they_wrote(superuser, asker, stranger, ask):
    ask("Who wrote this?", by=asker)
    for typed in ["amina", "asker@"]:
        [found] = superuser.get(list_of(User), {"q": typed}).context["cl"].result_list
        assert (found, found.questions_written, found.answers_written) == (asker, 1, 0)


def test_allauths_addresses_can_be_searched(superuser, asker):
    EmailAddress.objects.create(user=asker, email="asker@example.org")
    assert superuser.get(list_of(EmailAddress), {"q": "x"}).status_code == 200
