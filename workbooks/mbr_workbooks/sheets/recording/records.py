"""Records: what really happened, as lists to be typed or imported, with what the plan says beside them."""

from __future__ import annotations

from mbr_workbooks.pay_columns import FIELDS, KINDS
from mbr_workbooks.sheet import Condition, Sheet, Table, Validation, address, area
from mbr_workbooks.sheets.common import heading
from mbr_workbooks.sheets.list_table import list_table
from mbr_workbooks.sheets.recording.records_beside import SAYS, beside_conversions, beside_pays
from mbr_workbooks.sheets.recording.records_top import TOP_ROWS, records_top
from mbr_xl.client import OWNERS, Client, inputs

LINKS_ROW = 3
FIRST_ROW = 5
MOST_IMPORT = 24
ABOUT = {
    "paid": "One line a pay, as its stub shows it: it takes the place of the planned pay of that date and kind. Beside"
    " it, what was planned and elected.",
    "converted": "One line a conversion, as the plan confirmed it. Until the last of them they take the place of the"
    " planned ones.",
}
OWN_PAGE = ("converted", "forms")
LINK_WORDS = {"paid": "Pays", "converted": "Conversions", "forms": "Forms", "ledger": "Ledger"}
IMPORT_WORDS = (
    "How mbr-xl import-pay reads a pay file: the head of a column (or a source or a kind that stands in it), and what"
    " it is. Filled by the import; correct it here."
)


def records_sheet(client: Client | None) -> Sheet:
    sheet = Sheet("Records", tab_color="#D9A400", freeze=(LINKS_ROW + 1, 0), landscape=True)
    heading(
        sheet,
        "Records",
        "What really happened. A recorded pay takes the place of the planned one; the rest of the year is planned"
        " again.",
        home=9,
    )
    sheet.widths = {0: 3, 1: 13.5, 2: 13, **dict.fromkeys(range(3, SAYS), 10.7), 8: 12.5, SAYS: 84, SAYS + 1: 3}
    sheet.widths |= dict.fromkeys(range(SAYS + 2, SAYS + 30), 11)
    places: dict[str, int] = {}
    row = FIRST_ROW + TOP_ROWS
    for owner, item in inputs():
        if item.metadata.get("sheet") != "Records":
            continue
        if item.name in OWN_PAGE:
            sheet.page_breaks.append(row)
        places[LINK_WORDS.get(item.name, item.metadata["label"])] = row
        sheet.section(row, 1, item.metadata["label"], SAYS)
        about = ABOUT.get(item.name, item.metadata["note"])
        sheet.put(row + 1, 1, f"{about[:1].upper()}{about[1:].rstrip('.')}." if about else None, "note")
        given = getattr(getattr(client, owner), item.name) if client else ()
        head = row + 2
        row = list_table(sheet, head, 1, OWNERS[owner], item, given) + 1
        sheet.heights[head] = 47 if item.name == "converted" else 32
        if item.name == "paid":
            beside_pays(sheet, head, item.metadata["most"])
        elif item.name == "converted":
            beside_conversions(sheet, head, item.metadata["most"])
    sheet.page_breaks.append(row)
    places["Pay file"] = row
    end = _import_columns(sheet, row)
    records_top(sheet, FIRST_ROW)
    sheet.put(LINKS_ROW, 1, "Go to", "note")
    for column, (word, place) in enumerate(places.items(), start=2):
        sheet.put(LINKS_ROW, column, word, "link")
        sheet.links[LINKS_ROW, column] = f"internal:Records!{address(place, 1)}"
    sheet.print_area = area(0, 0, end, SAYS + 1)
    return sheet


def _import_columns(sheet: Sheet, row: int) -> int:
    """The list by which a pay file is read; gives the row below it."""
    sheet.section(row, 1, "Columns of the pay file", SAYS)
    sheet.put(row + 1, 1, IMPORT_WORDS, "note")
    head, first = row + 2, row + 3
    for line in range(first, first + MOST_IMPORT):
        sheet.put(line, 0, "▸", "marker")
        sheet.put(line, 1, None, "input_text")
        sheet.put(line, 2, None, "input_word")
    words = (*FIELDS, *KINDS)
    for column, (name, title, rule, message, choices) in enumerate(
        (
            ("import_head", "In the file", "text", "The head of a column, a source or a kind, as the file has it.", ()),
            ("import_field", "What it is", "list", "The column of Records that it fills, or a kind of pay.", words),
        ),
        start=1,
    ):
        sheet.named(name, first, column, MOST_IMPORT)
        sheet.validations.append(Validation(area(first, column, MOST_IMPORT), rule, title, message, choices))
    sheet.tables.append(Table("tblImportColumns", area(head, 1, MOST_IMPORT + 1, 2), ("In the file", "What it is")))
    unnamed = f'=AND({address(first, 1)}<>"",{address(first, 2)}="")'
    sheet.conditions.append(Condition(area(first, 2, MOST_IMPORT), unnamed, "look_fill"))
    return first + MOST_IMPORT
