"""Matches as published, as employers word them, and as refused."""

import pytest

from mbr_xl.engine.match import match_amount, parse_match
from mbr_xl.errors import InputError
from mbr_xl.household import Tier


def match(pay, deferral, text, limit=None):
    """Dollars in, dollars out."""
    tiers, alternative, most = parse_match(text)
    amount = match_amount(round(pay * 100), round(deferral * 100), tiers, alternative, most, limit and limit * 100)
    return amount / 100


@pytest.mark.parametrize(
    ("pay", "deferral", "text", "expect"),
    [
        (250_000, 17_000, "50% of 5%", 6_250),  # IRS's Mary: 300,000 of pay, of which 250,000 counts in 2012
        (7_692.31, 942.31, "50% of 6%", 230.77),  # 200,000 biweekly
        (200_000, 24_500, "50% of 6%", 6_000),
        (10_000, 2_500, "100% of 6%", 600),  # Dana's check
        (10_000, 1_500, "100% of 6%", 600),  # and her eighth
        (10_000, 0, "100% of 6%", 0),  # and her ninth
        (240_000, 19_000, "100% of 6%", 14_400),  # what Will gets
        (12_500, 2_500, "50% of 8%", 500),  # 150,000 a year, 6,000 of match
        (25_000, 3_000, "50% of 6%", 750),  # 300,000 a year, 12%
        (175_000, 23_500, "50% of 8%", 7_000),  # Tim
        (3_125, 300, "50% of 6%", 93.75),  # 75,000 in 24 checks
    ],
)
def test_published(pay, deferral, text, expect):
    assert match(pay, deferral, text) == expect


@pytest.mark.parametrize(
    ("pay", "deferral", "text", "expect"),
    [
        (300_000, 24_500, "greater of 50% up to the deferral limit and 100% of $3000", 12_250),  # as Google
        (300_000, 4_000, "greater of 50% up to the deferral limit and 100% of $3000", 3_000),
        (300_000, 2_000, "Greater of 50% up to the deferral limit or 100% of $3,000", 2_000),
        (300_000, 24_500, "100% of $6000 + 50% of $11000", 11_500),  # as Nvidia
        (300_000, 9_000, "100% of $6000 + 50% of $11000", 7_500),
        (300_000, 32_500, "50% up to the deferral limit", 12_250),  # as Microsoft: catch-up is not matched
        (300_000, 24_500, "50% of 6%", 9_000),  # as Apple: 50%, 75% or 100% by years of service
        (300_000, 24_500, "75% of 6%", 13_500),
        (300_000, 24_500, "100% of 6%", 18_000),
        (200_000, 24_500, "50% of the first 4% of pay", 4_000),  # as Amazon
        (200_000, 12_000, "7% of pay for reaching 6%", 14_000),  # as ExxonMobil
        (200_000, 11_999.99, "7% of pay for reaching 6%", 0),  # half a cent may be missing, not a cent
        (200_000, 11_999, "7% of pay if 6%", 0),
        (200_000, 2_000, "4% for reaching 1% + 4% for reaching 2%", 8_000),  # as Chevron
        (200_000, 4_000, "4% for reaching 1% + 4% for reaching 2%", 16_000),
        (100_000, 5_000, "100% of 3% + 50% of 2%", 4_000),  # the safe harbor match
        (100_000, 4_000, "100% of 3% + 50% of 2%", 3_500),
        (300_000, 24_500, "100% of 6%, at most $9,000", 9_000),
        (300_000, 24_500, "100% of 6% up to a maximum of $9,000.50", 9_000.5),
        (100_000, 10_000, "33.3333% of 6%", 2_000),
        (100_000, 10_000, "none", 0),
    ],
)
def test_as_employers_word_it(pay, deferral, text, expect):
    assert match(pay, deferral, text, 24_500) == expect


def test_an_award_allows_half_a_cent_a_pay():
    tiers, _, _ = parse_match("7% of pay for reaching 6%")
    # 6% of $40.07 is $2.4042, rounded $2.40: the saver who elects 6% reached it.
    assert match_amount(4007, 240, tiers) == 280
    assert match_amount(4007, 239, tiers) == 0
    # Two such pays: 4.80 of 4.8084, within two halves of a cent.
    assert match_amount(8014, 480, tiers, lines=2) == 561
    assert match_amount(8014, 479, tiers, lines=2) == 0


def test_parsed():
    assert parse_match("100% of 3% + 50% of 2%") == (
        (Tier("share", 1_000_000, 30_000), Tier("share", 500_000, 20_000)),
        (),
        None,
    )
    assert parse_match("50% UP TO THE deferral limit; at most $9,000") == ((Tier("limit", 500_000),), (), 900_000)
    assert parse_match("greater of 50% of 6%; 100% of $2000 at most $5000") == (
        (Tier("share", 500_000, 60_000),),
        (Tier("dollars", 1_000_000, 200_000),),
        500_000,
    )
    assert parse_match("7% of pay for reaching 6%") == ((Tier("award", 70_000, 60_000),), (), None)
    assert parse_match("0.5% of 0.25%")[0] == (Tier("share", 5_000, 2_500),)


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "50", "50%", "50% of", "50 of 6", "50% of 6", "0% of 6%", "50% of 0%", "50% of 101%", "1100% of 6%",
        "100% of 3% +", "+ 50% of 2%", "100% of 60% + 50% of 60%", "greater of 50% of 6%",
        "greater of 50% of 6% and 1% of 2% and 3% of 4%", "50% up to $2000", "50% of $0", "50% of 6000",
        "1% of 1% + 1% of 1% + 1% of 1% + 1% of 1% + 1% of 1%", "half of 6%", "-50% of 6%", "100% of 3% and 50% of 2%",
    ],
)  # fmt: skip
def test_refused_with_an_example(text):
    with pytest.raises(InputError, match="give for example 100% of 3%") as refusal:
        parse_match(text)
    assert "\n" not in str(refusal.value)


def test_a_match_up_to_the_limit_needs_the_year():
    with pytest.raises(InputError, match="year"):
        match(300_000, 24_500, "50% up to the deferral limit")
    with pytest.raises(InputError, match="negative"):
        match_amount(-1, 0, ())
