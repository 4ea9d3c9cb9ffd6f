"""Which addresses count as one block, and whom a request is from."""

import logging

import pytest

from door import addresses

HERE, FAR = "192.0.2.1", "198.51.100.1"


def test_this_machine_is_a_block_like_any_other(rf):
    buckets = {addresses.bucket_of(rf.get("/", REMOTE_ADDR=told)) for told in ("127.0.0.1", HERE, FAR)}
    assert len(buckets) == 3
    assert addresses.bucket_of(rf.get("/", REMOTE_ADDR="")) == ""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:7:1::1", "2001:db8:7:ffff::2", True),
        ("2001:db8:7::1", "2001:db8:8::1", False),
        ("192.0.2.1", "192.0.3.1", False),
        ("192.0.2.1", "::ffff:192.0.2.9", True),
        ("192.0.2.1", "192.0.2.1:4711", True),
        ("2001:db8:7::1", "[2001:db8:7::2]:4711", True),
        ("2001:db8:7::1", "[2001:db8:7::2]", True),
    ],
)
def test_a_block_is_what_one_household_has_however_its_address_is_written(rf, one, other, same):
    first, second = (addresses.bucket_of(rf.get("/", REMOTE_ADDR=told)) for told in (one, other))
    assert first
    assert second
    assert (first == second) is same


@pytest.mark.parametrize("told", ["unknown", "", "192.0.2", "[", "%eth0", "x" * 9000])
def test_what_is_no_address_is_no_block_and_no_error(rf, settings, told):
    settings.TRUSTED_PROXIES = 1
    request = rf.get("/", REMOTE_ADDR="", headers={"X-Forwarded-For": told})
    assert addresses.bucket_of(request) == addresses.address_block(request) == ""


def test_a_guest_behind_a_proxy_of_this_machine_is_no_neighbour_of_the_others(rf):
    for told in ("127.0.0.1", "::1", "::ffff:127.0.0.1"):
        assert addresses.address_block(rf.get("/", REMOTE_ADDR=told)) == ""
    assert len(addresses.address_block(rf.get("/", REMOTE_ADDR=HERE))) == 32


def test_forwarded_addresses_count_as_far_as_the_setting_trusts_them(rf, settings):
    request = rf.get("/", REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": f"{FAR}, {HERE}"})
    settings.TRUSTED_PROXIES = 1
    assert addresses.bucket_of(request) == addresses.bucket_of(rf.get("/", REMOTE_ADDR=HERE))
    settings.TRUSTED_PROXIES = 0
    assert addresses.bucket_of(request) == addresses.bucket_of(rf.get("/", REMOTE_ADDR="127.0.0.1"))


def test_a_proxy_that_nobody_told_the_site_of_is_warned_of_once(rf, caplog):
    addresses._warn_of_a_proxy.cache_clear()
    request = rf.get("/", REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": HERE})
    with caplog.at_level(logging.WARNING, logger="door.addresses"):
        for _ in range(3):
            addresses.bucket_of(request)
    assert [record.message[:21] for record in caplog.records] == ["A proxy on this machi"]
