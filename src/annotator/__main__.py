"""`python -m annotator`, the same program as `annotator`."""

import sys

from annotator.cli import main

sys.exit(main())
