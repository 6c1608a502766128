"""`python -m songstory` is the command line."""

from songstory.cli import main

main()
