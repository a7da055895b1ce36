from guiju.cli.options import COMMON, Argument, Command, Values


def run(values: Values) -> int:
    print(values)
    return 0


COMMAND = Command("explain", Argument("paths", many=True), COMMON, run)
