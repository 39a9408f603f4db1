"""Documents that leave the workbook: templates to fill in, a workbook to take along."""

# Formats of the workbook; here, so that the command line knows them without importing what makes it.
SOORTEN = ("xlsx", "ods")
