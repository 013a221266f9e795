"""Its place puts this folder on the path, so that every test can use the invented village (village.py)."""

pytest_plugins = ["demo_fixtures", "report_fixtures"]
