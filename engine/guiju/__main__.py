"""`python -m guiju` is `guiju`."""

from guiju.cli import main

if __name__ == "__main__":
    main()
