"""The contract of names: functions, arguments and their order stay; arguments are only ever appended."""

import inspect
import re

import pytest

import mbr_udfs
from mbr_udfs import CATALOGUE
from mbr_udfs.catalogue import Function
from mbr_udfs.vba_names import RESERVED, vba_name

FROZEN = """
MBR_LIMIT(year, limit, [age])
MBR_SOURCE(year, limit)
MBR_DEFERRAL_LIMIT(year, [age], [prior_wages], [plan_has_roth], [catch_up_offered], [super_catch_up_offered])
MBR_ROTH_CATCH_UP(year, age, prior_wages)
MBR_ROOM(year, deferrals, employer, [after_tax], [age], [pay], [plan_cap], [catch_up_reading], [elsewhere])
MBR_BINDING(year, deferrals, employer, [after_tax], [age], [pay], [plan_cap], [catch_up_reading], [elsewhere])
MBR_PAY_DATES(year, frequency, any_pay_date, [shift], [second_day], [rows])
MBR_MATCH(pay, deferral, formula, [year])
MBR_SCHEDULE(household, [payments], [elections], [actuals], [rows])
MBR_ELECTIONS(household, [payments], [elections], [actuals], [prefer], [rows])
MBR_PATH(after_tax, in_plan, in_service)
MBR_DELAY_COST(contributions, growth, rate, [years])
MBR_ACP_LIMIT(nhce_acp)
MBR_ESTIMATED_TAX(current_tax, prior_tax, prior_agi, [status], [withholding])
MBR_GROWTH(annual, years, growth, [timing], [drag], [opening], [exit_rate])
CONVERT_TAXABLE(basis, value, [converted], [earnings_to])
CONVERT_TAX(basis, value, rate, [converted], [earnings_to])
CONVERT_SCHEDULE(contributions, cadence, growth, [rate], [earnings_to], [until], [rows])
CONVERT_FORM_1099R(basis, value, [converted], [earnings_to], [path], [rows])
BACKDOOR_LIMIT(year, [age], [compensation])
BACKDOOR_ROTH_LIMIT(year, magi, status, [age])
BACKDOOR_TAXABLE(contributed, converted, year_end_value, [prior_basis], [decimals], [late_contribution], [other_distributions])
BACKDOOR_FORM_8606(contributed, converted, year_end_value, [prior_basis], [decimals], [late_contribution], [other_distributions])
MBR_VERSION()
"""  # noqa: E501

every = pytest.mark.parametrize("function", list(CATALOGUE), ids=lambda function: function.name)


def test_frozen_names_and_order():
    assert {f.syntax for f in CATALOGUE} == set(FROZEN.split("\n")) - {""}


def test_each_is_importable_under_its_excel_name():
    for function in CATALOGUE:
        assert getattr(mbr_udfs, function.name) is function
        assert function.name in mbr_udfs.__all__


@every
def test_name_is_no_cell_address(function: Function):
    assert re.fullmatch(r"(MBR|CONVERT|BACKDOOR)_[A-Z0-9_]+", function.name)


@every
def test_texts_fit_the_function_wizard(function: Function):
    assert 0 < len(function.description) <= 255
    assert sum(len(a.name) for a in function.arguments) <= 254
    for argument in function.arguments:
        assert 0 < len(argument.text) <= 255, argument.name
        assert argument.text.endswith("."), argument.name


@every
def test_arguments_can_stand_in_vba_and_required_come_first(function: Function):
    assert not {vba_name(a.name).lower() for a in function.arguments} & RESERVED
    required = [a.required for a in function.arguments]
    assert required == sorted(required, reverse=True)


@every
def test_every_function_has_an_example(function: Function):
    assert function.sections["Example"]


@every
def test_everything_blank_is_one_sentence(function: Function):
    answer = function(*([None] * len(function.arguments)))
    if function.arguments:
        assert answer.startswith("#MBR! ")
        assert answer.endswith(".")


def test_the_one_argument_that_vba_reserves_is_renamed_there_only():
    assert {a.name for f in CATALOGUE for a in f.arguments if vba_name(a.name) != a.name} == {"until"}


@every
def test_rubbish_is_one_sentence_and_never_a_traceback(function: Function):
    for cell in (
        "#N/A",
        -2146826246,
        float("nan"),
        float("inf"),
        True,
        "rubbish",
        [[1.0, None], ["x", 2.0]],
        object(),
        -5.0,
        {},
    ):
        answer = function(*([cell] * len(function.arguments)))
        if function.arguments and isinstance(answer, str) and answer.startswith("#MBR! "):
            assert "failed on these inputs" not in answer, (cell, answer)
            assert answer.endswith("."), answer
            assert "\n" not in answer


def test_too_many_arguments_is_a_sentence():
    assert mbr_udfs.MBR_VERSION(1.0) == "#MBR! MBR_VERSION takes at most 0 arguments."


def test_arguments_can_be_named_in_python():
    assert mbr_udfs.MBR_ROOM(2026, 32500, 10000, age=52) == 37500.0
    assert mbr_udfs.MBR_ROOM(2026, 1, 2, deferrals=3).startswith("#MBR! MBR_ROOM has no argument deferrals")


def test_a_defect_of_ours_is_one_sentence_too():
    def MBR_BROKEN(rate: mbr_udfs.conversion.TaxRate) -> mbr_udfs.conversion.TaxRate:
        """Fails."""
        raise KeyError(rate)

    answer = Function(MBR_BROKEN)(0.06)
    assert answer == "#MBR! MBR_BROKEN failed on these inputs (KeyError); please report them."


def test_signatures_hold_the_only_metadata():
    for function in CATALOGUE:
        assert [a.name for a in function.arguments] == list(inspect.signature(function.body).parameters)
