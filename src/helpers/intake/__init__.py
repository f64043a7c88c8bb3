"""Client files in: any export becomes one table of responses, with what was rejected and why."""
