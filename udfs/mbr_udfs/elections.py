"""The best elections, as dated steps."""

from typing import Annotated

from mbr_udfs.catalogue import Noted, cell_function
from mbr_udfs.cells import Value
from mbr_udfs.height import Rows, padded
from mbr_udfs.kinds import DATE, MONEY, RATE, TABLE, TEXT
from mbr_udfs.pay import Actuals, Payments
from mbr_udfs.preferences import wishes_in


@cell_function
def MBR_ELECTIONS(
    household: Annotated[
        list[list[Value]],
        TABLE,
        "Two columns, name and value, as the Inputs sheet has them; change_from is the first pay date that a new "
        "election can reach.",
    ],
    payments: Payments = None,
    elections: Annotated[
        list[list[Value]] | None,
        TABLE,
        "Rates by date as they are now: they count before the first step, and for commission all year.",
    ] = None,
    actuals: Actuals = None,
    prefer: Annotated[
        str | None,
        TEXT,
        "Words with commas: level, early, bonus first or pay checks first, between elections that bring the same; Roth "
        "or pre-tax; deferral 10000; with commission; a step such as 0.1% (blank: 1%); no change to 4 changes (1); "
        "changes on 4/1/2026 7/1/2026.",
    ] = None,
    rows: Rows = None,
) -> Annotated[Noted[list[list[object]]], TABLE]:
    """Returns the best elections as dated steps, a row each: they break no limit and no floor of cash, then keep the
    most match, then defer all that is allowed, then put in the most after-tax. The last columns say it in words, and
    what is left and why.

    Searched are one set of elections from the first pay that can change and a later change, from any later pay: each
    for itself and, in percent, both together. At most the share most_elected of a pay is elected in all (blank: 75%),
    or the plan's highest election if that is lower. Elections are the best for these inputs as they stand: a bonus that
    comes in higher than planned can pass a limit. Pays given as actuals are no longer open: the steps begin with the
    first pay after them, and share what they leave. In a plan whose elections are dollars the best whole dollars of
    each pay are given.

    Of the words of prefer, deferral is what to defer in the year in place of all that is allowed, what is made
    included, and more only where the whole match takes more; with commission lets commission follow the base election
    in place of staying as it is; changes on names the days on which alone the plan lets elections change, those of the
    first step too. What mbr-xl solve has besides, a day of decision with pays of lead, and a range of the bonus, is not
    here: give change_from, and try the bonus.

    Cash counts where household has a pay stub (stub_gross, stub_net and what was withheld of it) and checking: the
    elections then keep cash_floor, with savings drawn where need be, as `mbr-xl solve` does. What moves the balance
    are monthly_spending and lists in rows of the same name, one for each item: amount_date, amount_dollars and
    amount_flow; vest_date, vest_shares, vest_price and so on; trading_start and trading_end. Without stub or checking
    nothing is known of cash, and it limits nothing.

    Source: 26 USC 401(a)(17), 402(g), 414(v), 415(c).

    Example:
    =MBR_ELECTIONS({"tax_year",2026;"pay_frequency","monthly";"any_pay_date","1/30/2026";"annual_salary",240000;
    "separate_elections","no";"match_period","per pay";"match","50% of 6%"})
    =MBR_ELECTIONS({"tax_year",2026;"pay_frequency","monthly";"any_pay_date","1/30/2026";"annual_salary",240000;
    "separate_elections","no";"match_period","per pay";"match","50% of 6%";"federal_rate",0.24;"stub_gross",20000;
    "stub_federal",4000;"stub_net",14470;"checking",20000;"monthly_spending",10500;"spending_day",15;
    "cash_floor",5000})
    =MBR_ELECTIONS({"tax_year",2026;"pay_frequency","monthly";"any_pay_date","1/30/2026";"annual_salary",240000;
    "separate_elections","yes"}, {"date","kind","amount","separate","in_plan_pay","in_match_pay","in_additions_pay";
    "9/15/2026","bonus",40000,"yes","yes","yes","yes"}, , , "no change, 0.1%, Roth")
    =MBR_ELECTIONS({"tax_year",2026;"pay_frequency","monthly";"any_pay_date","1/30/2026";"annual_salary",240000;
    "separate_elections","no"}, , , , "deferral $12,000, no change, changes on 7/1/2026")

    Errors:
    =MBR_ELECTIONS({"tax_year",2026;"any_pay_date","1/30/2026"})
    =MBR_ELECTIONS({"tax_year",2026;"pay_frequency","monthly";"any_pay_date","1/30/2026";"annual_salary",240000;
    "separate_elections","no"}, , , , "late")
    """
    from mbr_udfs.fields import head
    from mbr_udfs.household_range import read_client
    from mbr_xl.engine.electing.solve import solve
    from mbr_xl.engine.plan import rules_of

    client = read_client(household, payments, elections, actuals)
    wishes = wishes_in(prefer or "", client.household.tax_year)
    found = solve(client, rules_of(client.household), wishes)
    rates = [f"{kind}_{name}" for kind in ("base", "bonus") for name in ("pretax", "roth", "after_tax")]
    heads = ["Starting with", *(head(name).replace("roth", "Roth") for name in rates), "In words", "Left, and why"]
    table: list[list[object]] = [[*heads]]
    for step, words in zip(found.steps, found.words, strict=True):
        chosen = [getattr(step, name) for name in rates]
        kind = MONEY if client.household.election_unit == "dollars" else RATE
        shown = ["" if amount is None else kind.show(amount) for amount in chosen]
        table.append([DATE.show(step.start), *shown, f"{words[0].upper()}{words[1:]}.", ""])
    table[1][-1] = " ".join(found.unused)
    return Noted(padded(table, rows), found.plan.headlines.limits_note)
