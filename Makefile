# convene: what can be made. 'make' alone lists it.

PREFIX = /usr/local
DESTDIR =
# How long 'make fuzz' looks for faults.
SECONDS = 600

SHELL = /bin/sh
RELEASE = swift build -c release --static-swift-stdlib
OUT = .build/release
PROGRAMS = $(OUT)/convened $(OUT)/convene
SOURCES = $(shell find Sources Package.swift -type f)
FORMATTED = Package.swift Sources Tests $(wildcard Benchmarks/Package.swift Benchmarks/Sources) \
	Benchmarks/Recurrence/Package.swift Benchmarks/Recurrence/Sources/RecurrenceBenchmark

SEEDS = 100
# Of 'make torture'; with a seed, its rounds begin with that one.
ROUNDS = 500
SEED =

.PHONY: help setup build demo test run install bench bench-delivery bench-recurrence fuzz simulate torture mutations interop format lint clean

help:
	@echo 'make demo      set up, build, and show convene at work in a temporary place'
	@echo 'make test      set up, and run every test'
	@echo 'make build     set up, and build the release'
	@echo 'make install   install into DESTDIR=$(DESTDIR) PREFIX=$(PREFIX)'
	@echo 'make run       run the daemon in the foreground (ARGS="--socket PATH")'
	@echo 'make bench     measure; make bench-delivery only reminders, make bench-recurrence only the recurrence engine'
	@echo 'make fuzz      look for inputs that crash or hang a reader (SECONDS=$(SECONDS))'
	@echo 'make simulate  years in which everything fails that can (SEEDS=1000)'
	@echo 'make mutations takes each safeguard out in turn, and lets the simulation find out'
	@echo 'make torture   kill the real daemon, and let its disk and journal fail (ROUNDS=$(ROUNDS))'
	@echo 'make interop   try the protocol with the clients that others wrote'
	@echo 'make format    format the sources; make lint only looks'

# What is missing is installed, once.
setup:
	@scripts/setup.sh --tests

$(PROGRAMS) &: $(SOURCES)
	@scripts/setup.sh
	@echo 'Building the release (some minutes at first)'
	@$(RELEASE) --product convened
	@$(RELEASE) --product convene
	@touch -c $(PROGRAMS)

build: $(PROGRAMS)

demo:
	@scripts/setup.sh
	@$(MAKE) --no-print-directory build
	@scripts/demo.sh $(OUT)

# The tests find the Python clients through CONVENE_PYTHON, and more vectors through CONVENE_VECTORS.
test: setup
	@echo 'Building and running all tests (some minutes at first)'
	@start=$$(date +%s); \
	CONVENE_PYTHON="$(CURDIR)/.build-venv/bin/python3" swift test && \
	echo "All tests passed, in $$(($$(date +%s) - start)) seconds with the build."

run: build
	@exec $(OUT)/convened $(ARGS)

# SIZES="1000" leaves out the million, whose schedule takes some minutes to write; SIZES=talks measures talks in rounds only.
bench: build bench-recurrence
	@swift build -c release --package-path Benchmarks --product measure
	@swift build -c release --package-path Benchmarks --product sample-schedule
	@Benchmarks/.build/release/measure $(OUT) Benchmarks/.build/release/sample-schedule $(SIZES)

# Reminders alone, beside their floors: one at a time, 10,000 in a second, a journal and a schedule of a million.
bench-delivery: build
	@swift build -c release --package-path Benchmarks --product measure
	@swift build -c release --package-path Benchmarks --product sample-schedule
	@Benchmarks/.build/release/measure $(OUT) Benchmarks/.build/release/sample-schedule reminders
	@Benchmarks/.build/release/measure $(OUT) Benchmarks/.build/release/sample-schedule delivery $(SIZES)

bench-recurrence:
	@scripts/setup.sh --comparison
	@scripts/bench-recurrence.sh .build-venv/bin/python3

fuzz:
	@scripts/setup.sh
	@scripts/fuzz.sh $(SECONDS)

# A failing seed is printed, and replays exactly.
simulate: setup
	@swift build -c release --product simulate
	@$(OUT)/simulate $(SEEDS)

mutations: setup
	@scripts/mutations.sh $(SEEDS)

# The real programs with a real journald. A failing round is printed with its seed and kept.
torture: setup build
	@swift build --product torture
	@CONVENE_BUILT=$(CURDIR)/$(OUT) .build/debug/torture $(ROUNDS) $(if $(SEED),--seed $(SEED))

interop: setup
	@swift build
	@scripts/interop.sh .build/debug

format:
	@swift format --in-place --parallel --recursive $(FORMATTED)

lint:
	@swift format lint --strict --parallel --recursive $(FORMATTED)

install: build
	@scripts/install.sh $(OUT) '$(DESTDIR)' '$(PREFIX)'

clean:
	rm -rf .build .build-venv
