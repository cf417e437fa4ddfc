"""`python -m grantrules` is the command `grantrules`."""

import sys

from grantrules.cli import main

if __name__ == "__main__":
    sys.exit(main())
