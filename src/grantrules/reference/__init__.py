"""
Lists that other people keep: activities, countries, currencies, regions.

Each module answers from a table in `data/`, read when it is first asked and then kept. `data/README.md` says
where the tables come from and under which terms. All modules share one manner: `normalise` takes what
somebody wrote and gives the one canonical text of a code, or a `CodeSlip` that says what is wrong with it;
the other functions take canonical codes.
"""
