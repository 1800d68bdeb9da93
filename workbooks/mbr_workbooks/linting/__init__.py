"""What Excel would repair, refuse or show wrong in a workbook: its parts, names, styles, cells, tables and formulas."""
