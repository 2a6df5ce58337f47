"""Takes standard output over, as the platform's module does on import: what is printed lands in the debug output."""
import io
import sys

real_stdout = sys.stdout
my_stdout = io.StringIO()
sys.stdout = my_stdout
