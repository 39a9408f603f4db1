"""Documents that leave the workbook: templates to fill in."""
