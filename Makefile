# What one can do here. Each recipe is one line one could also type.
.PHONY: install demo test lint types imports web browser docs words aachen kill

install:            ## install the project for working on it
	python -m pip install -c constraints.txt -e ".[dev]"

demo:               ## from nothing to a printed report
	sozialraum demo

test:               ## all tests that need no browser
	python -m pytest

lint:               ## style of Python and TypeScript
	ruff check . && ruff format --check . && python -m tools.npm run check

types:              ## types of Python
	mypy

imports:            ## imports follow the way of the data
	lint-imports

web:                ## build and test the web application
	python -m tools.npm ci --ignore-scripts && python -m tools.npm run build && python -m tools.npm test

browser:            ## tests in a real browser
	python -m pytest tests/browser

docs:               ## the documentation as pages, in site/
	python -m pip install -c constraints.txt -e ".[docs]" && mkdocs build --strict

words:              ## bring the English catalogue up to date
	python -m tools.words

aachen:             ## the calculation example with real census cells
	python examples/staedteregion_aachen/build.py ../shared/data aachen

kill:               ## kill -9 at 100 random moments
	python benchmarks/kill_test.py --times 100
