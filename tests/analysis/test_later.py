"""Libraries that take long to load are loaded when they are first used, and not by starting the program."""

import subprocess
import sys

from analysis.later import Later

SLOW = ("scipy.stats", "sklearn", "scipy.optimize")


def test_what_stands_for_a_module_gives_what_the_module_has():
    found = Later("fractions")
    assert found.Fraction(1, 3) + found.Fraction(1, 6) == found.Fraction(1, 2)


def test_starting_the_program_loads_none_of_the_slow_libraries():
    code = f"import sys, app.cli; print(*[name for name in {SLOW!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_program_works_out_products_in_one_thread():
    code = (
        "import app.cli, numpy, scipy.linalg, threadpoolctl;"
        "print(*[one['num_threads'] for one in threadpoolctl.threadpool_info() if one['user_api'] == 'blas'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == {"1"}
