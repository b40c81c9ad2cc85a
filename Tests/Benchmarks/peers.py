"""What Python's C libraries reach: peers.py OPERATION FILE SECONDS prints the nanoseconds that one run takes."""

import sys
import time


def ryml_tree(text):
    import ryml

    # A tree that is there already is filled again, which is the fastest that the library offers.
    tree = ryml.Tree()

    def run():
        tree.clear()
        tree.clear_arena()
        ryml.parse_in_arena(text, tree=tree)

    return run


def orjson_parse(text):
    import orjson

    return lambda: orjson.loads(text)


def orjson_write(text):
    import orjson

    value = orjson.loads(text)
    return lambda: orjson.dumps(value)


def pyyaml_compose(text):
    import yaml

    return lambda: yaml.compose(text, Loader=yaml.CSafeLoader)


OPERATIONS = {"ryml-tree": ryml_tree, "orjson-parse": orjson_parse, "orjson-write": orjson_write,
              "pyyaml-compose": pyyaml_compose}


def main():
    operation, path, seconds = sys.argv[1:]
    with open(path, "rb") as file:
        run = OPERATIONS[operation](file.read())
    runs = 0
    start = now = time.perf_counter_ns()
    end = start + float(seconds) * 1e9
    while now < end:
        run()
        runs += 1
        now = time.perf_counter_ns()
    print(f"{(now - start) / runs:.1f}")


if __name__ == "__main__":
    main()
